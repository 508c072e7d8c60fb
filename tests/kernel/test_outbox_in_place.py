"""Posts that only change what stands: they post nothing anew, and swallow nothing that was to be posted."""

from __future__ import annotations

import pytest

from core.kernel.posting import InPlace, ToRooms
from core.kernel.work import Work
from tests.kernel.test_outbox import states
from tests.kernel.wire import Wire
from tests.meeting_room import ROOM, MeetingRoom, anna, words
from tests.toy_feature.commands import ReturnBadge
from tests.toy_feature.records import Badge


@pytest.fixture(autouse=True)
def _in_place(toy: MeetingRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `badge return` change a badge's card where it stands, and post none."""

    def change(cmd: ReturnBadge, work: Work) -> None:
        badge = work.get(Badge, cmd.badge)
        badge.move("returned")
        work.post(InPlace(ToRooms()), "toy/badge", key=f"card:{badge.ref}", record=badge, badge=badge)

    monkeypatch.setitem(toy.core.registry.handlers, ReturnBadge, change)  # type: ignore[arg-type]


async def test_a_card_not_sent_yet_is_posted_as_it_is_now(toy: MeetingRoom, wire: Wire) -> None:
    await toy.say(anna, "badge a")
    await toy.say(anna, "badge b")
    await toy.say(anna, "badge return BDG-001")
    await toy.deliver()
    assert wire.said(ROOM) == ["a #1", "b #2"]
    assert "returned" in words(wire.sent[0].card)
    assert states(toy) == ["sent", "sent", "replaced"]


async def test_what_stands_in_a_list_alone_is_named_in_no_second_list(toy: MeetingRoom, wire: Wire) -> None:
    for name in "abcdef":
        await toy.say(anna, f"badge {name}")
    await toy.deliver()
    wire.sent.clear()
    for number in range(1, 7):
        await toy.say(anna, f"badge return BDG-{number:03}")
    await toy.deliver()
    assert wire.said(ROOM) == []
    assert states(toy) == ["listed"] * 6 + ["replaced"] * 6


async def test_a_card_whose_message_was_deleted_is_not_posted_again(toy: MeetingRoom, wire: Wire) -> None:
    await toy.say(anna, "badge a")
    await toy.deliver()
    wire.messages.clear()
    await toy.say(anna, "badge return BDG-001")
    await toy.say(anna, "badge b")
    await toy.deliver()
    assert wire.said(ROOM) == ["a #1", "b #2"]
    assert states(toy) == ["sent", "replaced", "sent"]
    assert [entry["event"] for entry in toy.trail()].count("PostUndelivered") == 0

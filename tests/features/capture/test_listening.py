"""What is read and what is not: only where a meeting runs, only what the room lets it, and never what is off."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from core.api import Address, Core, Options
from core.features.actions.records import Action
from core.kernel.clock import SetClock
from core.kernel.database import Store
from tests.features.capture import hands
from tests.features.capture.talking import PLEASE, SMALL_TALK, SOMEONE, proposals, stored
from tests.features.meetings.planned import planned, standing, started
from tests.meeting_room import ROOM, START, MeetingRoom, anna, jurgen, luis, marta, priya, stranger, tomas, words

ELSEWHERE = Address("slack", "T1", "C-lunch")


async def test_nothing_is_read_where_no_meeting_runs(room: MeetingRoom) -> None:
    await planned(room)
    before = stored(room)
    assert not await room.core.listens(ROOM)
    assert not await room.core.listens(ELSEWHERE)
    assert await room.talk(tomas, PLEASE, j=jurgen) is None
    assert await room.talk(tomas, "Action: order the filters") is None
    assert stored(room) == before


async def test_it_is_read_from_the_start_to_the_end(talk: MeetingRoom) -> None:
    assert await talk.core.listens(ROOM)
    await talk.talk(tomas, PLEASE, j=jurgen)
    await talk.say(anna, "meeting end anyway")
    assert not await talk.core.listens(ROOM)
    await talk.talk(tomas, SOMEONE)
    assert [row.ref for row in proposals(talk)] == ["PRP-001"]


@pytest.mark.parametrize(
    "line", [SMALL_TALK, f"[off] {SOMEONE}", f" [OFF] {SOMEONE}", f"/me {SOMEONE}", "", "   ", "￼", "👋" * 400]
)
async def test_what_is_nothing_leaves_nothing(talk: MeetingRoom, line: str) -> None:
    before = stored(talk)
    assert await talk.talk(tomas, line) is None
    assert stored(talk) == before


async def test_nobody_unknown_is_proposed_anything(talk: MeetingRoom) -> None:
    before = stored(talk)
    assert await talk.talk(stranger, SOMEONE) is None
    assert stored(talk) == before


async def test_an_auditor_reads_and_proposes_nothing(talk: MeetingRoom) -> None:
    await talk.say(anna, "member add @p side:sponsor role:auditor", p=stranger)
    before = stored(talk)
    assert await talk.talk(stranger, SOMEONE) is None
    assert stored(talk) == before
    assert "needs one of these roles" in words(await talk.talk(stranger, "Action: chase the CoA"))


async def test_a_room_may_be_set_to_tags_alone(talk: MeetingRoom) -> None:
    assert "marked as records" in words(await talk.say(anna, "listen tags"))
    await talk.talk(tomas, PLEASE, j=jurgen)
    await talk.talk(luis, "I've finished ACT-001, report is in the shared folder")
    assert proposals(talk) == []
    await talk.talk(tomas, "Action: order the filters")
    assert [row.text for row in talk.rows(Action)] == ["order the filters"]


async def test_a_room_may_be_set_to_nothing_and_back(talk: MeetingRoom) -> None:
    assert "reads nothing" in words(await talk.say(marta, "listen off"))
    assert not await talk.core.listens(ROOM)
    await talk.talk(tomas, "Action: order the filters")
    assert talk.rows(Action) == []
    assert "reads the talk" in words(await talk.say(marta, "listen natural"))
    await talk.talk(tomas, SOMEONE)
    assert len(proposals(talk)) == 1
    changes = [entry["changes"]["listen"] for entry in talk.trail() if entry["event"] == "ListeningSet"]
    assert changes == [[None, "off"], ["off", "natural"]]


async def test_only_a_lead_or_the_chair_says_what_is_read(talk: MeetingRoom) -> None:
    assert "A lead, or the chair" in words(await talk.say(luis, "listen off"))
    assert await talk.core.listens(ROOM)
    assert "Say this in the room" in words(
        await talk.say(anna, "listen off", at=Address("slack", "T1", "U-aoife", direct=True))
    )


async def test_the_start_card_and_the_list_of_rooms_say_what_is_read(talk: MeetingRoom) -> None:
    card = words(standing(talk, "MTG-001 · PPQ readiness · running"))
    assert "Tandem reads this room until the meeting ends" in card
    await talk.say(anna, "listen tags")
    await talk.deliver()
    card = words(standing(talk, "MTG-001 · PPQ readiness · running"))
    assert "only what is marked as a record" in card
    assert "read: only what is marked" in words(await talk.say(priya, "transfer room list"))
    assert "#joint: read only where it is marked" in words(await talk.say(priya, "transfer show"))
    await talk.say(anna, "listen off")
    await talk.deliver()
    assert "Tandem reads nothing here" in words(standing(talk, "MTG-001 · PPQ readiness · running"))


@pytest_asyncio.fixture
async def raised(store: Store) -> AsyncIterator[MeetingRoom]:
    """A meeting that runs, with a sentence that needs no call."""
    clock = SetClock(START)
    core = Core.over(store, Options(clock=clock, open_to_all=True, more_features=[hands]))
    core.start()
    room = MeetingRoom(core, clock)
    await started(room)
    yield room
    await core.close()


def hands_up(room: MeetingRoom) -> list[tuple[str, str]]:
    """Who raised a hand, and how."""
    return [(entry["name"], entry["record"]) for entry in room.trail() if entry["event"] == "HandRaised"]


async def test_a_sentence_that_needs_no_call_is_heard_as_if_it_called(raised: MeetingRoom) -> None:
    await raised.talk(luis, "hand+")
    await raised.talk(marta, "  Hand+ later.")
    assert hands_up(raised) == [("Luís Gonçalves", "hand:now"), ("Marta Kowalczyk", "hand:later")]
    assert "Then do not raise it" in words(await raised.talk(luis, "hand+ never"))
    await raised.say(anna, "listen tags")
    await raised.talk(tomas, "hand+")
    assert hands_up(raised)[-1] == ("Tomáš Dvořák", "hand:now")


async def test_talk_that_only_begins_like_one_is_talk(raised: MeetingRoom) -> None:
    before = stored(raised)
    assert await raised.talk(luis, "hand+ over the documents tomorrow, that is what I said") is None
    assert stored(raised) == before


async def test_it_needs_the_call_again_when_the_meeting_is_over(raised: MeetingRoom) -> None:
    await raised.say(anna, "meeting end anyway")
    assert await raised.talk(luis, "hand+") is None
    assert hands_up(raised) == []
    await raised.say(luis, "hand+")
    assert hands_up(raised) == [("Luís Gonçalves", "hand:now")]

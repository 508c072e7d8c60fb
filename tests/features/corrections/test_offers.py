"""A change that somebody asks for in natural talk, as a button offers it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from core.api import Form
from core.features.actions.records import Action
from core.features.corrections.offers import correction_of
from core.kernel.access import SYSTEM
from core.kernel.ids import PersonId, Ref
from core.kernel.messages import Due
from tests.features.corrections.test_correcting import action_of, corrected, given
from tests.meeting_room import MeetingRoom, anna, luis, marta, words
from tests.test_templates import PLAIN_SENTENCE

ACT = Ref("ACT-001")


def offered(room: MeetingRoom, owners: tuple[str, ...] = (), due: Due | None = None) -> str:
    with room.core.asking.reads(room.core.directories.look("NVT"), SYSTEM) as reads:
        return correction_of(ACT, reads, tuple(PersonId(one) for one in owners), due)


async def test_a_button_says_it_and_a_form_asks_why(room: MeetingRoom) -> None:
    await given(room, minutes=60)
    says = offered(room, due=Due(date(2026, 4, 10)))
    assert says == "correct ACT-001 by 2026-04-10"
    form = await room.press(anna, says)
    assert isinstance(form, Form)
    assert {block.name: block.value for block in form.blocks if hasattr(block, "name")}["due"] == date(2026, 4, 10)
    owner = action_of(room).owners[0]
    await room.fill(
        anna, form, record=ACT, text="send the batch record", owners=(owner,), due="2026-04-10", reason="the audit"
    )
    assert (action_of(room).due, corrected(room)[0]["reason"]) == (date(2026, 4, 10), "the audit")


async def test_where_no_reason_is_due_one_press_does_it(room: MeetingRoom) -> None:
    await given(room)
    await room.press(anna, offered(room, due=Due(date(2026, 4, 10), datetime(2026, 4, 10, 15, 30, tzinfo=UTC))))
    action = action_of(room)
    assert (action.due, action.due_at) == (date(2026, 4, 10), datetime(2026, 4, 10, 15, 30, tzinfo=UTC))


async def test_people_are_named_by_their_ids(room: MeetingRoom) -> None:
    await given(room)
    people = {one.name: one.person for one in room.core.directories.look("NVT").members.values()}
    says = offered(room, (people[marta.name], people[luis.name]))
    assert PLAIN_SENTENCE.fullmatch(says)
    await room.press(anna, says)
    [action] = room.rows(Action)
    assert action.owners == [people[marta.name], people[luis.name]]


async def test_whoever_may_not_is_told_who_may(room: MeetingRoom) -> None:
    await given(room)
    answer = words(await room.press(luis, offered(room, due=Due(date(2026, 4, 10)))))
    assert "ACT-001 was recorded by Aoife Ní Bhriain" in answer

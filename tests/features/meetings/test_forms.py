"""Forms about meetings: refused at the door where they could only be refused; a reason that is due is asked for."""

from __future__ import annotations

import pytest

from core.api import FormErrors
from core.features.meetings.records import AgendaItem
from core.view import Form, Notice, Text, plain
from tests.features.meetings.planned import meeting, planned, started
from tests.meeting_room import MeetingRoom, anna, luis, marta, priya, words

NONE = "No meeting is planned here"
NOT_ON = "No meeting is running here, and none is planned"


@pytest.mark.parametrize(
    ("says", "why"),
    [
        ("agenda add", NONE),
        ("agenda drop", NONE),
        ("agenda order", NONE),
        ("agenda done", NOT_ON),
        ("meeting invite", NONE),
        ("meeting move", NONE),
        ("meeting cancel", NONE),
        ("meeting present", NOT_ON),
        ("meeting absent", NOT_ON),
        ("transfer keep", "Nobody asked to close NVT"),
        ("transfer reopen", "NVT is open"),
    ],
)
async def test_nothing_is_asked_about_what_is_not_there(room: MeetingRoom, says: str, why: str) -> None:
    await room.opened()
    refused = await room.press(anna, says)
    assert isinstance(refused, Notice), says
    assert why in words(refused)


@pytest.mark.parametrize("says", ["agenda drop 1", "agenda drop", "agenda order", "meeting move", "meeting cancel"])
async def test_whoever_may_not_is_told_before_they_fill_anything_in(room: MeetingRoom, says: str) -> None:
    await planned(room, "one", "two")
    refused = await room.press(priya, says)
    assert isinstance(refused, Notice)
    assert "The chair of MTG-001, Aoife Ní Bhriain, or a lead does this" in words(refused)


async def test_an_item_is_asked_for_where_there_is_one_to_drop(room: MeetingRoom) -> None:
    await planned(room)
    assert "The agenda of MTG-001 is empty" in words(await room.press(anna, "agenda drop"))
    await room.say(anna, "agenda add one")
    await room.say(anna, 'agenda drop 1 reason:"nobody has it"')
    await room.say(anna, "agenda add two")
    before = len(room.trail())
    assert isinstance(await room.press(anna, "agenda drop"), Form)
    assert len(room.trail()) == before, "a trial leaves nothing behind"


async def test_a_running_meeting_is_neither_moved_nor_cancelled(room: MeetingRoom) -> None:
    await started(room, "one")
    for says in ("meeting move MTG-001", "meeting cancel MTG-001"):
        assert "this can only be done before it starts" in words(await room.press(anna, says))


async def test_a_reason_that_is_due_is_asked_for_and_then_taken(room: MeetingRoom) -> None:
    await planned(room, "one")
    room.clock.advance(minutes=30)
    form = await room.say(anna, "meeting cancel")
    assert isinstance(form, Form)
    assert [plain(block.spans) for block in form.blocks if isinstance(block, Text)] == ["MTG-001 · PPQ readiness"]
    assert meeting(room).planned
    await room.fill(anna, form, meeting="MTG-001", reason="no data yet")
    assert (meeting(room).state, meeting(room).reason) == ("cancelled", "no data yet")


async def test_a_dropped_item_needs_its_reason_too(room: MeetingRoom) -> None:
    await planned(room, "one")
    room.clock.advance(minutes=30)
    form = await room.say(marta, "agenda drop 1")
    assert isinstance(form, Form)
    await room.fill(marta, form, number="1", meeting="MTG-001", reason="moved to April")
    assert [(one.state, one.reason) for one in room.rows(AgendaItem)] == [("dropped", "moved to April")]


async def test_where_none_runs_the_next_one_is_named(room: MeetingRoom) -> None:
    await planned(room)
    said = words(await room.say(anna, "here"))
    assert "The next one is MTG-001 “PPQ readiness”, Thu 12 Mar 2026 14:00" in said
    assert "meeting start MTG-001" in said
    assert "meeting start" not in words(await room.say(luis, "here")), "he could not"


async def test_who_moves_the_agenda_on_reads_what_is_on_now_and_how_it_ended(room: MeetingRoom) -> None:
    await started(room, "one", "two")
    assert words(await room.say(anna, "agenda next")).startswith("Now: 1 · one")
    room.clock.advance(minutes=2)
    assert words(await room.say(anna, "agenda next")).startswith("Now: 2 · two")
    assert words(await room.say(anna, "agenda next anyway")).startswith("2 · two")
    ended = await room.say(anna, "meeting end anyway")
    assert words(ended).startswith("Ended: PPQ readiness\nMTG-001 ended at 14:02")
    assert "Minutes: MIN-001, posted in the room" in words(ended)


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("decision reverse DEC-001", {"decision": "DEC-001"}),
        ("meeting cancel MTG-001", {"meeting": "MTG-001"}),
        ("agenda drop 1", {"number": "1", "meeting": "MTG-001"}),
        ('meeting move MTG-001 to:"13 Mar 2026 14:00"', {"meeting": "MTG-001", "to": "13 Mar 2026 14:00"}),
    ],
)
async def test_a_reason_that_is_left_empty_is_asked_for_beside_its_input(
    room: MeetingRoom, sentence: str, values: dict[str, str]
) -> None:
    await planned(room, "one")
    await room.say(anna, "agenda post")  # from now on the people have it, and changes need a reason
    await room.say(anna, "decision run PPQ-1 on line 4")
    await room.say(marta, "decision agree DEC-001")
    room.clock.advance(minutes=16)  # no slip of the pen any more
    before = room.trail()
    form = await room.press(anna, sentence)
    assert isinstance(form, Form)
    needed = [block for block in form.blocks if getattr(block, "name", "") == "reason"]
    assert [getattr(block, "required", None) for block in needed] == [True]
    errors = await room.fill(anna, form, **values, reason="  ")
    assert isinstance(errors, FormErrors)
    assert list(errors.fields) == ["reason"]
    assert errors.fields["reason"].startswith("This is needed:")
    assert errors.form is not None
    assert room.trail() == before


async def test_a_plan_without_owner_and_date_is_asked_for_beside_its_inputs(room: MeetingRoom) -> None:
    await planned(room)
    await room.say(anna, "action send the batch record")
    form = await room.press(anna, "action plan ACT-001")
    assert isinstance(form, Form)
    errors = await room.fill(anna, form, action="ACT-001")
    assert isinstance(errors, FormErrors)
    assert set(errors.fields.values()) == {"Fill in one of these at least."}

"""Forms opened from cards: under what they are about, and refused at the door where they could only be refused."""

from __future__ import annotations

import pytest

from core.features.actions.records import Action
from core.kernel.ids import Account
from core.view import Form, Notice, Text, Tone, plain
from tests.meeting_room import MeetingRoom, anna, luis, marta, tomas, words


def read_first(form: object) -> list[str]:
    """The lines of a form that are not to be filled in."""
    assert isinstance(form, Form), words(form)  # type: ignore[arg-type]
    return [plain(block.spans) for block in form.blocks if isinstance(block, Text)]


async def recorded(room: MeetingRoom) -> MeetingRoom:
    await room.opened()
    await room.say(anna, "action send the batch record @p by Friday", p=luis)
    return room


async def test_a_form_is_opened_under_the_text_of_its_record(room: MeetingRoom) -> None:
    await recorded(room)
    form = await room.press(luis, "action done ACT-001")
    assert read_first(form) == ["ACT-001 · send the batch record"]
    assert form.title == "Say that it is done"
    assert not any("such as ACT" in block.hint for block in form.blocks if hasattr(block, "hint"))
    await room.say(anna, "action check the labels")
    assert read_first(await room.press(anna, "action plan ACT-002")) == ["ACT-002 · check the labels"]


@pytest.mark.parametrize(
    ("who", "says", "why"),
    [
        (tomas, "action done ACT-001", "is Luís Gonçalves’s: only an owner says this"),
        (tomas, "action decline ACT-001", "is Luís Gonçalves’s: only an owner says this"),
        (tomas, "action reassign ACT-001", "an owner or a lead gives it to somebody else"),
        (luis, "action cancel ACT-001", "A lead, QA or the chair of the meeting cancels an action"),
        (luis, "action done ACT-009", "There is no ACT-009 in NVT"),
        (marta, "decision reverse DEC-004", "There is no DEC-004 in NVT"),
    ],
)
async def test_whoever_may_not_is_told_before_they_fill_anything_in(
    room: MeetingRoom, who: object, says: str, why: str
) -> None:
    await recorded(room)
    refused = await room.press(who, says)  # type: ignore[arg-type]
    assert isinstance(refused, Notice)
    assert why in words(refused)


async def test_what_is_over_opens_no_form(room: MeetingRoom) -> None:
    await recorded(room)
    before = len(room.trail())
    assert isinstance(await room.press(luis, "action done ACT-001"), Form)
    assert len(room.trail()) == before, "a trial leaves nothing behind"
    await room.say(luis, 'action done ACT-001 evidence:"MBR-114 v4"')
    for says in ("action done ACT-001", "action reassign ACT-001", "action cancel ACT-001", "action decline ACT-001"):
        assert "is done already" in words(await room.press(marta, says))
    assert room.rows(Action)[0].evidence == "MBR-114 v4"


async def test_a_form_that_needs_a_person_opens_where_somebody_could_be_named(room: MeetingRoom) -> None:
    await recorded(room)
    assert isinstance(await room.press(luis, "action reassign ACT-001"), Form)
    await room.press(luis, "action accept ACT-001")
    assert isinstance(await room.press(luis, "action reassign ACT-001"), Form), "the reason is asked for in it"


@pytest.mark.parametrize("owners", [(), (luis,)])
async def test_what_was_recorded_in_part_keeps_no_form_open(room: MeetingRoom, owners: tuple[Account, ...]) -> None:
    await room.opened()
    form = await room.press(anna, "action")
    assert isinstance(form, Form)
    answer = await room.fill(anna, form, text="check the labels", owners=owners, due="")
    assert isinstance(answer, Notice)
    assert "ACT-001 recorded: check the labels" in words(answer)
    assert answer.tone is Tone.PLAIN


async def test_a_refusal_names_the_speakers_own_reference(room: MeetingRoom) -> None:
    await recorded(room)
    assert "action plan ACT-001" in words(await room.say(anna, "action plan ACT-001 by 31 February"))


async def test_days_in_figures_are_read_as_the_transfer_says(room: MeetingRoom) -> None:
    await recorded(room)
    await room.say(anna, "action check the seals by 04/05")
    assert str(room.rows(Action)[1].due) == "2026-05-04"
    await room.say(anna, "transfer set dates:MM/DD")
    await room.say(anna, "action check the caps by 04/05")
    assert str(room.rows(Action)[2].due) == "2026-04-05"


async def test_what_was_done_is_said_with_the_line_of_its_card(room: MeetingRoom) -> None:
    await recorded(room)
    answer = words(await room.say(luis, "action accept ACT-001"))
    assert "Recorded: ACT-001 · send the batch record · Luís Gonçalves · Fri 13 Mar 2026 · accepted" in answer
    answer = words(await room.say(luis, 'action done ACT-001 evidence:"MBR-114 v4"'))
    assert "Recorded: ACT-001 · send the batch record · Luís Gonçalves · Fri 13 Mar 2026 · done" in answer


async def test_who_cannot_cancel_reads_who_does(room: MeetingRoom) -> None:
    await recorded(room)
    assert "action decline ACT-001" in words(await room.press(luis, "action cancel ACT-001")), "it is theirs"
    refused = words(await room.press(tomas, "action cancel ACT-001"))
    assert refused.endswith("cancels an action: Aoife Ní Bhriain, Priya Raghunathan.")

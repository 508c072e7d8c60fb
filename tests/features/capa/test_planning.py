"""A plan's lines: one owner and a date each, nothing half done, and every refusal says what would be right."""

from __future__ import annotations

import pytest

from core.api import FormErrors
from core.features.capa.records import Capa, CapaLine
from core.view import Form, Input, PeopleInput, Text, plain
from tests.features.actions.people import auditor, card_of, direct, director, in_nvt, to, yuki
from tests.features.capa.plans import HOLD_TIME, RETRAIN, capa, in_a_meeting, line, opened, with_lines
from tests.meeting_room import MeetingRoom, anna, buttons, jurgen, luis, marta, priya, stranger, tomas, words


async def test_a_capa_of_its_own(room: MeetingRoom) -> None:
    await opened(room)
    assert (capa(room).title, capa(room).state, capa(room).open) == ("Hold time was never challenged", "draft", True)
    assert (capa(room).meeting, capa(room).came_from) == (None, ())
    assert "Each line has one owner and a date" in words(card_of(room, "CAPA-001"))
    assert isinstance(await room.say(anna, "capa new"), Form)  # a title is missing
    assert len(room.rows(Capa)) == 1


async def test_from_an_action_by_one_press(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "action verify the batch record @p by Friday", p=luis)
    await room.deliver()
    card = card_of(room, "ACT-001")
    form = await room.press(anna, buttons(card)["CAPA…"], place=card.place)
    assert isinstance(form, Form)
    assert (
        next(block.value for block in form.blocks if getattr(block, "name", "") == "title") == "verify the batch record"
    )
    assert asked(form) == ["title"]
    assert "ACT-001 · verify the batch record" in shown(form)
    await room.fill(anna, form, title="Batch record was not verified")
    await room.deliver()
    assert capa(room).action == "ACT-001"
    assert "CAPA: CAPA-001" in words(card_of(room, "ACT-001"))
    assert "Comes from: ACT-001" in words(card_of(room, "CAPA-001"))


def asked(form: object) -> list[str]:
    """The inputs of a form, by name."""
    assert isinstance(form, Form)
    return [block.name for block in form.blocks if isinstance(block, Input)]


def shown(form: object) -> str:
    """What a form says above its inputs."""
    assert isinstance(form, Form)
    return "\n".join(plain(block.spans) for block in form.blocks if isinstance(block, Text))


async def test_a_form_that_knows_what_it_came_from_asks_for_nothing_else(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "decision the hold time is challenged")
    await room.deliver()
    card = card_of(room, "DEC-001")
    for form in (
        await room.press(anna, buttons(card)["CAPA…"], place=card.place),
        await room.say(anna, "capa new DEC-001"),
    ):
        assert asked(form) == ["title"]
        assert "DEC-001 · the hold time is challenged" in shown(form)
    again = await room.fill(anna, form, title=" ")
    assert isinstance(again, FormErrors)
    assert (asked(again.form), shown(again.form)) == (["title"], shown(form))
    await room.fill(anna, again.form, title="Hold time")
    assert (capa(room).title, capa(room).decision, capa(room).action) == ("Hold time", "DEC-001", None)
    assert asked(await room.say(anna, "capa new")) == ["title", "decision", "action"]


async def test_a_line_is_no_capa_to_add_a_line_to_and_a_reference_no_title(room: MeetingRoom) -> None:
    await with_lines(room)
    before = len(room.trail())
    told = words(await room.say(marta, 'capa line CAPA-001.1 corrective "retrain" @p by 20 March', p=luis))
    assert "CAPA-001.1 is a line already" in told
    assert "capa line CAPA-001 corrective" in told
    for said in ("capa new CAPA-001", 'capa new "capa-001"', "capa new MBR-114"):
        assert "is a reference, and tells nobody what went wrong" in words(await room.say(marta, said))
    assert len(room.trail()) == before


async def test_what_it_came_from_may_be_said(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "decision the hold time is challenged")
    await room.say(marta, 'capa new "Hold time" DEC-001')
    assert capa(room).decision == "DEC-001"
    assert "There is no DEC-009" in words(await room.say(marta, 'capa new "Hold time" DEC-009'))
    assert "Say what it comes from" in words(await room.press(marta, "capa from"))
    await room.say(anna, "decision reverse DEC-001 reason:superseded")
    assert "nothing comes from it any more" in words(await room.say(marta, "capa from DEC-001"))


@pytest.mark.parametrize(
    ("said", "came_from"),
    [
        ('capa from DEC-001 "Hold time"', ("DEC-001", None)),
        ('capa from "Hold time" DEC-001', ("DEC-001", None)),
        ("capa from DEC-001 Hold time", ("DEC-001", None)),
        ("capa from act-1 “Hold time”", (None, "ACT-001")),
    ],
)
async def test_one_that_comes_from_a_record_may_be_called_otherwise_at_once(
    room: MeetingRoom, said: str, came_from: tuple[str | None, str | None]
) -> None:
    await in_nvt(room)
    await room.say(anna, "decision the hold time is challenged")
    await room.say(anna, "action look into the hold time by Friday")
    answer = words(await room.say(anna, said))
    assert (capa(room).title, capa(room).decision, capa(room).action) == ("Hold time", *came_from), answer


@pytest.mark.parametrize(
    "said",
    [
        'capa line CAPA-001 corrective "challenge the hold time" @p',
        'capa line CAPA-001 corrective "challenge the hold time" by Friday',
        'capa line CAPA-001 "challenge the hold time" @p by Friday',
        "capa line CAPA-001 corrective @p by Friday",
        'capa line corrective "challenge the hold time" @p by Friday',
    ],
)
async def test_a_line_that_lacks_something_opens_its_form_and_records_nothing(room: MeetingRoom, said: str) -> None:
    await opened(room)
    people = {"p": luis} if "@p" in said else {}
    form = await room.say(anna, said, **people)
    assert isinstance(form, Form)
    assert form.message == "AddCapaLine"
    assert room.rows(CapaLine) == []
    answer = await room.fill(
        anna, form, capa="capa-1", kind=("corrective",), text="challenge it", owner=(luis,), due="2026-03-20"
    )
    assert "CAPA-001.1" in words(answer)


async def test_a_date_that_is_a_guess_is_looked_at_in_the_form(room: MeetingRoom) -> None:
    await opened(room)
    form = await room.say(anna, 'capa line CAPA-001 corrective "challenge it" @p by next Friday', p=luis)
    assert isinstance(form, Form)
    assert room.rows(CapaLine) == []
    due = next(block.value for block in form.blocks if getattr(block, "name", "") == "due")
    assert str(due) == "2026-03-20"
    await room.fill(anna, form, capa="CAPA-001", kind=("corrective",), text="challenge it", owner=(luis,), due=str(due))
    assert str(line(room).due) == "2026-03-20"


async def test_what_a_form_still_needs_is_named_in_a_few_words(room: MeetingRoom) -> None:
    await opened(room)
    form = await room.say(anna, "capa line CAPA-001")
    answer = await room.fill(anna, form, capa="CAPA-001", kind=(), text="challenge it", owner=(luis,), due="2026-03-20")
    assert words(answer) == "kind: This is needed: what kind it is."


async def test_one_owner_and_no_more(room: MeetingRoom) -> None:
    await opened(room)
    answer = words(
        await room.say(anna, 'capa line CAPA-001 corrective "challenge it" @l @j by Friday', l=luis, j=jurgen)
    )
    assert "one person at a time" in answer
    assert room.rows(CapaLine) == []


async def test_who_can_own_nothing(room: MeetingRoom) -> None:
    await opened(room)
    said = 'capa line CAPA-001 corrective "challenge it" @p by Friday'
    assert "an auditor here, who reads and owns nothing" in words(await room.say(anna, said, p=auditor))
    assert "is no member here yet" in words(await room.say(anna, said, p=stranger))
    await room.say(marta, 'member remove @p reason:"new job"', p=luis)
    assert "Luís Gonçalves" in words(await room.say(anna, said, p=luis))
    assert room.rows(CapaLine) == []
    assert "CAPA-001.1" in words(await room.say(anna, said, p=director))  # management may


async def test_a_date_that_is_over_is_no_date(room: MeetingRoom) -> None:
    await opened(room)
    answer = words(await room.say(anna, 'capa line CAPA-001 corrective "challenge it" @p by 2026-03-06', p=luis))
    assert "Fri 6 Mar 2026 is over already" in answer


async def test_who_plans(room: MeetingRoom) -> None:
    await opened(room)
    for who in (tomas, luis, director, auditor):
        assert "lead, qa" in words(await room.say(who, 'capa new "x"'))
        assert "lead, qa" in words(await room.say(who, RETRAIN, l=luis))
    for who in (priya, jurgen, marta):
        assert "CAPA-001." in words(await room.say(who, RETRAIN, l=luis))


async def test_a_meeting_s_lines_know_it(room: MeetingRoom) -> None:
    await with_lines(room)
    await in_a_meeting(room)
    await room.say(anna, 'capa line CAPA-001 preventive "review at each gate" @p by 10 April', p=priya)
    assert [row.meeting for row in room.rows(CapaLine)] == [None, None, "MTG-001"]


async def test_a_line_changes_hands_and_date(room: MeetingRoom) -> None:
    await with_lines(room)
    await room.say(anna, "capa assign CAPA-001.1 @y by 24 March", y=yuki)
    sent = await room.deliver()
    assert "You need do nothing more." in words(to(luis, sent)[0])
    assert words(to(yuki, sent)[0]).startswith("For you: CAPA-001.1")
    assert "Not yours any more." in words(card_of_first(room, "CAPA-001.1", luis))
    changed = line(room)
    assert (str(changed.due), changed.side, changed.accepted) == ("2026-03-24", "sponsor", False)
    assert list(reminders_of(room, "CAPA-001.1").values()) == ["Mon 23 Mar 00:00", "Tue 24 Mar 00:00"]  # nine in Tokyo


def card_of_first(room: MeetingRoom, ref: str, account: object) -> object:
    return next(card for card in room.cards(direct(account)) if card.place and card.place.record == ref)


def reminders_of(room: MeetingRoom, ref: str) -> dict[str, str]:
    return {
        key: f"{when:%a %d %b %H:%M}" for key, when in sorted(room.jobs().items(), key=lambda one: one[1]) if ref in key
    }


async def test_what_is_accepted_changes_with_a_reason_and_is_accepted_anew(room: MeetingRoom) -> None:
    await with_lines(room)
    await room.say(luis, "capa accept CAPA-001.1")
    assert line(room).state == "in_progress"
    assert "say why it changes" in words(await room.say(anna, "capa assign CAPA-001.1 by 24 March"))
    assert "at least 5 characters" in words(await room.say(anna, "capa assign CAPA-001.1 by 24 March reason:why"))
    await room.say(anna, 'capa assign CAPA-001.1 by 24 March reason:"line 4 is down"')
    changed = line(room)
    assert (changed.state, changed.accepted, str(changed.due)) == ("planned", False, "2026-03-24")
    assert changed.owner is not None
    sent = await room.deliver()
    corrected = "Corrected: @Aoife Ní Bhriain, Mon 9 Mar 2026 09:00 (Europe/Dublin) · due date (was Fri 20 Mar 2026) · "
    assert f"{corrected}line 4 is down" in words(card_of(room, "CAPA-001.1"))
    [told] = [out.card for out in sent if out.card.summary.startswith("Corrected: CAPA-001.1")]
    assert "It was: Fri 20 Mar 2026" in words(told)
    assert "accept it as it is now, or decline it" in words(told)
    assert buttons(told) == {"Accept": "capa accept CAPA-001.1", "Decline…": "capa decline CAPA-001.1"}
    [entry] = [one for one in room.trail() if one["event"] == "CapaLineAssigned"]
    assert entry["reason"] == "line 4 is down"
    assert entry["changes"]["due"] == ["2026-03-20", "2026-03-24"]


async def test_the_form_asks_why_only_where_a_reason_is_due(room: MeetingRoom) -> None:
    await with_lines(room)
    assert asked(await room.say(anna, "capa assign CAPA-001.1")) == ["line", "owner", "due"]
    await room.say(luis, "capa accept CAPA-001.1")
    form = await room.say(anna, "capa assign CAPA-001.1")
    assert isinstance(form, Form)
    assert [block.name for block in form.blocks if isinstance(block, Input) and block.required][-1] == "reason"


async def test_nothing_to_change_opens_the_form_or_says_so(room: MeetingRoom) -> None:
    await with_lines(room)
    form = await room.say(anna, "capa assign CAPA-001.1")
    assert isinstance(form, Form)
    assert asked(form) == ["line", "owner", "due"]
    shown = {getattr(block, "name", ""): getattr(block, "value", None) for block in form.blocks}
    assert str(shown["due"]) == "2026-03-20"
    answer = await room.fill(anna, form, line="CAPA-001.1", owner=(luis,), due="2026-03-20", reason="")
    assert "CAPA-001.1 is Luís Gonçalves’s and due on Fri 20 Mar 2026 already." in words(answer)
    assert "is over already" in words(await room.say(anna, "capa assign CAPA-001.1 by 2026-03-02"))


async def test_whoever_left_is_not_chosen_for_a_line_that_was_theirs(room: MeetingRoom) -> None:
    await with_lines(room)
    await room.say(marta, 'member remove @p reason:"new job"', p=luis)
    form = await room.say(anna, "capa assign CAPA-001.1")
    assert isinstance(form, Form)
    [owner] = [block for block in form.blocks if isinstance(block, PeopleInput)]
    assert (owner.value, owner.required) == ((), True)
    assert luis.name not in [option.label for option in owner.options]
    filled = {"line": "CAPA-001.1", "due": "2026-03-20"}
    assert "Luís Gonçalves is no longer part of this transfer" in words(await room.fill(anna, form, owner=(), **filled))
    await room.fill(anna, form, owner=(jurgen,), **filled)
    assert line(room).owner == line(room, "CAPA-001.2").owner


@pytest.mark.parametrize("said", ["CAPA-001.1", "capa-1.1", "capa-001.01"])
async def test_a_line_is_said_with_its_number_after_a_dot(room: MeetingRoom, said: str) -> None:
    await with_lines(room)
    assert "CAPA-001.1" in words(await room.say(anna, f"capa assign {said} by 24 March"))
    assert str(line(room).due) == "2026-03-24"
    assert str(line(room, "CAPA-001.2").due) == "2026-03-27"


async def test_which_line_is_meant(room: MeetingRoom) -> None:
    await opened(room)
    assert "CAPA-001 has no line yet" in words(await room.say(anna, "capa assign CAPA-001 by 24 March"))
    await room.say(anna, RETRAIN, l=luis)
    assert "CAPA-001.1" in words(await room.say(anna, "capa assign CAPA-001 by 24 March"))  # the only one
    await room.say(anna, HOLD_TIME, j=jurgen)
    answer = words(await room.say(anna, "capa assign CAPA-001 by 25 March"))
    assert "[CAPA-001.1 → capa assign CAPA-001.1 by 2026-03-25]" in answer
    assert "[CAPA-001.2 → capa assign CAPA-001.2 by 2026-03-25]" in answer
    assert "There is no CAPA-001.9" in words(await room.say(anna, "capa assign CAPA-001.9 by 25 March"))
    assert "There is no CAPA-009" in words(
        await room.say(anna, 'capa line CAPA-009 corrective "x" @p by Friday', p=luis)
    )


async def test_a_closed_transfer_takes_no_capa(room: MeetingRoom) -> None:
    await with_lines(room)
    await room.say(anna, 'transfer close reason:"moved in house"')
    await room.say(marta, "transfer agree")
    for said in ('capa new "x"', "capa assign CAPA-001.1 by 24 March", "capa from DEC-001"):
        assert "is closed" in words(await room.say(anna, said))
    assert "is closed" in words(await room.say(luis, "capa accept CAPA-001.1"))


async def test_a_redelivery_adds_no_second_line(room: MeetingRoom) -> None:
    await opened(room)
    for _ in range(3):
        answer = words(await room.say(anna, RETRAIN, delivery="once", l=luis))
    assert "CAPA-001.1" in answer
    assert len(room.rows(CapaLine)) == 1


async def test_an_owner_of_qa_does_not_approve_it(room: MeetingRoom) -> None:
    await with_lines(room)
    shown = words(card_of(room, "CAPA-001"))
    assert "@Jürgen Weiß: owns a line, so somebody else of QA approves this CAPA" in shown
    assert "@Luís Gonçalves: owns" not in shown

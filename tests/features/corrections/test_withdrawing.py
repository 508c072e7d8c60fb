"""`undo`: what one recorded is taken back, keeps its number and its card, and nobody waits for it any more."""

from __future__ import annotations

from typing import Any

import pytest

from core.api import Form
from core.features.actions.records import Action
from core.features.capa.records import Capa, CapaLine
from core.features.decisions.records import Decision
from core.features.minutes.records import Minutes
from core.features.questions.records import AskedQuestion, Note, Risk
from tests.features.corrections.test_correcting import corrected, given
from tests.meeting_room import MeetingRoom, anna, buttons, jurgen, luis, marta, priya, tomas, words

SAID = {
    "ACT-001": ("action send the batch record @p by 2026-03-20", Action),
    "DEC-001": ("decision we take 3 batches", Decision),
    "QUE-001": ("question which filter?", AskedQuestion),
    "RSK-001": ("risk the filter is late", Risk),
    "NOT-001": ("note the filter is here", Note),
    "CAPA-001": ('capa new "hold time was never challenged"', Capa),
}


async def recorded(room: MeetingRoom, ref: str) -> None:
    await room.opened()
    line, _ = SAID[ref]
    await room.say(anna, line, **({"p": luis} if "@p" in line else {}))
    await room.deliver()


@pytest.mark.parametrize("ref", SAID)
async def test_one_s_own_last_record_is_taken_back(room: MeetingRoom, ref: str) -> None:
    await recorded(room, ref)
    await room.say(anna, "undo")
    [row] = room.rows(SAID[ref][1])
    assert (row.state, getattr(row, "open", False)) == ("withdrawn", False)
    [entry] = corrected(room, "RecordWithdrawn")
    assert (entry["record"], entry["reason"]) == (ref, "slip of the pen")
    assert entry["changes"]["state"][1] == "withdrawn"
    await room.deliver()
    shown = words(room.cards()[-1])
    assert "withdrawn" in shown.lower()
    assert "slip of the pen" in shown
    assert not [says for says in buttons(room.cards()[-1]).values() if says.partition(" ")[0] != "capa"]

    again = words(await room.say(anna, "undo"))
    assert f"{ref} is withdrawn already. What is older is taken back by its name." in again


@pytest.mark.parametrize("ref", SAID)
async def test_nothing_more_happens_to_what_is_withdrawn(room: MeetingRoom, ref: str) -> None:
    await recorded(room, ref)
    await room.say(anna, f"undo {ref}")
    acts = {
        "ACT": ["action accept {}", 'action done {} evidence:"x"', "action reassign {} @p", "action plan {} by Friday"],
        "DEC": ["decision agree {}", 'decision object {} reason:"why so"', 'decision reverse {} reason:"why so"'],
        "QUE": ["question answer {} this one"],
        "RSK": ['risk close {} reason:"it came"'],
        "CAPA": ['capa line {} corrective "x" @p by 20 March'],
    }
    before = room.trail()
    for act in acts.get(ref.partition("-")[0], []):
        said = act.format(ref)
        answer = words(await room.say(marta, said, **({"p": jurgen} if "@p" in said else {})))
        assert "withdrawn" in answer, (said, answer)
    assert room.trail() == before


async def test_its_owner_is_told_and_no_reminder_comes(room: MeetingRoom) -> None:
    await given(room)
    assert [key for key in room.jobs() if key.startswith("remind:")]
    await room.say(anna, "undo")
    assert [key for key in room.jobs() if key.startswith("remind:")] == []
    sent = [out for out in await room.deliver() if out.address.channel == "U-luís"]
    told, own = sent
    assert (own.message is not None, buttons(own.card)) == (True, {})
    assert "State: withdrawn" in words(own.card)
    assert words(told.card) == (
        "Withdrawn: ACT-001 send the batch record\n@Aoife Ní Bhriain took it back: slip of the pen\n"
        "You need do nothing more."
    )
    assert "Nothing waits for you." in words(await room.say(luis, "mine"))


@pytest.mark.parametrize(
    ("last", "act", "told"),
    [
        ("question which filter?", "decision agree DEC-001", "“decision agree” came last, about DEC-001"),
        ("note it came", 'risk close RSK-001 reason:"it came"', "“risk close” came last, about RSK-001"),
        ("note it came", 'meeting new "PPQ" at:"tomorrow 14:00"', "“meeting new” came last and made MTG-001"),
        ("note it came", "correct RSK-001 «the filter»", "“correct” came last, about RSK-001"),
        ("note it came", 'undo RSK-001 reason:"no risk"', "“undo” came last, about RSK-001"),
    ],
)
async def test_what_came_last_and_made_no_record_costs_no_other_one(
    room: MeetingRoom, last: str, act: str, told: str
) -> None:
    await room.opened()
    await room.say(anna, "risk the filter is late")
    await room.say(luis, "decision we take 3 batches")
    await room.say(anna, last)
    await room.say(anna, act)
    before = room.trail()
    answer = words(await room.say(anna, "undo"))
    named = "QUE-001" if last.startswith("question") else "NOT-001"
    assert told in answer
    assert f"undo {named}" in answer
    assert room.trail() == before
    await room.say(anna, f"undo {named}")
    assert room.trail()[-1]["event"] == "RecordWithdrawn"


async def test_what_was_mended_since_is_still_the_last(room: MeetingRoom) -> None:
    await recorded(room, "NOT-001")
    await room.say(anna, "s/filter/pump/")
    await room.say(anna, "undo")
    assert room.rows(Note)[0].state == "withdrawn"


async def test_what_others_say_in_between_does_not_count(room: MeetingRoom) -> None:
    await recorded(room, "NOT-001")
    await room.say(luis, "decision we take 3 batches")
    await room.say(marta, "decision agree DEC-001")
    await room.say(anna, "list")
    await room.say(anna, "undo")
    assert room.rows(Note)[0].state == "withdrawn"


async def test_the_number_stays_used(room: MeetingRoom) -> None:
    await recorded(room, "NOT-001")
    await room.say(anna, "undo")
    await room.say(anna, "note the filter is there")
    assert [(row.ref, row.state) for row in room.rows(Note)] == [("NOT-001", "withdrawn"), ("NOT-002", "recorded")]
    assert "NOT-001 the filter is here · withdrawn" in words(await room.say(anna, "note list"))


async def test_after_a_quarter_of_an_hour_a_reason_is_asked_for(room: MeetingRoom) -> None:
    await recorded(room, "NOT-001")
    room.clock.advance(minutes=20)
    form = await room.say(anna, "undo")
    assert isinstance(form, Form)
    assert form.says == 'undo NOT-001 reason:"the reason"'
    assert {block.name: block.required for block in form.blocks if hasattr(block, "required")}["reason"]
    await room.fill(anna, form, record="NOT-001", reason="it is not true")
    assert corrected(room, "RecordWithdrawn")[0]["reason"] == "it is not true"


async def test_after_an_hour_it_has_to_be_named(room: MeetingRoom) -> None:
    await recorded(room, "NOT-001")
    room.clock.advance(minutes=61)
    answer = words(await room.say(anna, "undo"))
    assert "You recorded nothing here in the last hour" in answer
    assert "undo NOT-001" in answer
    await room.say(anna, 'undo NOT-001 reason:"it is not true"')
    assert room.rows(Note)[0].state == "withdrawn"
    assert "You have made no record here yet" in words(await room.say(luis, "undo"))


@pytest.mark.parametrize(("who", "may"), [(anna, True), (priya, False), (tomas, False), (marta, False), (luis, False)])
async def test_its_author_may(room: MeetingRoom, who: Any, may: bool) -> None:
    await given(room, minutes=30)
    answer = words(await room.say(who, 'undo ACT-001 reason:"it is booked"'))
    assert (room.rows(Action)[0].state == "withdrawn") is may
    if not may:
        assert "ACT-001 was recorded by Aoife Ní Bhriain: it is taken back by them or by the chair." in answer
        assert ('action cancel ACT-001 reason:"why"' in answer) is (who in (priya, marta))


async def test_the_chair_may_and_the_author_is_told(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(luis, "note the filter is here")
    await room.say(anna, 'meeting new "PPQ" at:now for:60m')
    await room.say(anna, "meeting start MTG-001")
    await room.deliver()
    assert isinstance(await room.say(anna, "undo NOT-001"), Form), "no slip of hers"
    await room.say(anna, 'undo NOT-001 reason:"that is not so"')
    told = next(out for out in await room.deliver() if out.address.channel == "U-luís")
    assert words(told.card) == (
        "Withdrawn: NOT-001 the filter is here\n@Aoife Ní Bhriain (Norvane Therapeutics): that is not so"
    )


@pytest.mark.parametrize(
    ("ref", "then", "who", "says"),
    [
        ("ACT-001", "action accept ACT-001", luis, "Luís Gonçalves accepted ACT-001: it is not taken back any more"),
        ("ACT-001", 'action done ACT-001 evidence:"MBR"', luis, "ACT-001 is done already"),
        ("ACT-001", 'action cancel ACT-001 reason:"no use"', anna, "ACT-001 is cancelled already"),
        ("ACT-001", 'capa new "hold time" action:ACT-001', anna, "CAPA-001 came from ACT-001, which stays therefore."),
        ("DEC-001", "decision agree DEC-001", marta, "DEC-001 was agreed to by Marta Kowalczyk"),
        ("QUE-001", "question answer QUE-001 this one", luis, "QUE-001 is answered by now"),
        ("RSK-001", 'risk close RSK-001 reason:"it came"', jurgen, "RSK-001 is closed by now"),
        ("CAPA-001", 'capa line CAPA-001 corrective "x" @p by 20 March', anna, "CAPA-001 has lines by now"),
    ],
)
async def test_what_others_built_on_stays(room: MeetingRoom, ref: str, then: str, who: Any, says: str) -> None:
    await recorded(room, ref)
    await room.say(who, then, **({"p": luis} if "@p" in then else {}))
    before = room.trail()
    assert says in words(await room.say(anna, f'undo {ref} reason:"it was wrong"'))
    assert says in words(await room.say(anna, f"undo {ref}"))
    assert room.trail() == before


async def test_the_refusal_names_the_sentence_that_is_right(room: MeetingRoom) -> None:
    await recorded(room, "ACT-001")
    await room.say(luis, "action accept ACT-001")
    assert 'action cancel ACT-001 reason:"why"' in words(await room.say(anna, "undo ACT-001"))
    await room.say(anna, "decision we take 3 batches")
    await room.say(marta, "decision agree DEC-001")
    assert 'decision reverse DEC-001 reason:"why"' in words(await room.say(anna, "undo DEC-001"))


async def test_an_objection_is_no_yes_but_asks_for_a_reason(room: MeetingRoom) -> None:
    await recorded(room, "DEC-001")
    await room.say(marta, 'decision object DEC-001 reason:"too few"')
    assert isinstance(await room.say(anna, "undo DEC-001"), Form)
    await room.say(anna, 'undo DEC-001 reason:"they are right"')
    [decision] = room.rows(Decision)
    assert (decision.state, decision.undone["reason"]) == ("withdrawn", "they are right")
    await room.deliver()
    assert "Withdrawn by @Aoife Ní Bhriain" in words(room.cards()[-1])


async def test_a_capa_line_and_then_its_capa(room: MeetingRoom) -> None:
    await recorded(room, "CAPA-001")
    await room.say(anna, 'capa line CAPA-001 corrective "review it" @p by 20 March', p=luis)
    await room.deliver()
    await room.say(anna, "undo")
    [line] = room.rows(CapaLine)
    assert (line.state, line.open) == ("withdrawn", False)
    assert [key for key in room.jobs() if "CAPA-001.1" in key] == []
    told = [out for out in await room.deliver() if out.address.channel == "U-luís"]
    assert "Withdrawn: CAPA-001.1 review it" in words(told[-1].card)
    plan = words(await room.say(anna, "capa CAPA-001"))
    assert "CAPA-001.1 corrective · review it · @Luís Gonçalves · Fri 20 Mar 2026 · withdrawn" in plan
    assert "corrective" in plan.partition("Still lacks: ")[2]
    await room.say(anna, "undo CAPA-001")
    assert room.rows(Capa)[0].state == "withdrawn"


async def test_an_agenda_that_stands_names_no_capa_that_was_taken_back(room: MeetingRoom) -> None:
    await recorded(room, "CAPA-001")
    await room.say(anna, 'meeting new "PPQ review" at:"13 Mar 2026 10:00" for:60m')
    await room.say(anna, "agenda post")
    await room.deliver()

    def agendas() -> list[str]:
        return [words(card) for card in room.cards() if card.place and card.place.record == "MTG-001"]

    assert any("Open CAPA: CAPA-001" in one for one in agendas())
    before = len(agendas())
    await room.say(anna, "undo CAPA-001")
    await room.deliver()
    assert len(agendas()) == before
    assert "CAPA-001" not in "".join(agendas())
    await room.say(anna, 'capa new "Filter integrity"')
    await room.deliver()
    assert any("Open CAPA: CAPA-002" in one for one in agendas())


async def test_the_minutes_count_what_was_withdrawn_and_say_so(room: MeetingRoom) -> None:
    """As they do with what was cancelled: a number that is missing would be asked about."""
    await room.opened()
    await room.say(anna, 'meeting new "PPQ" at:now for:60m')
    await room.say(anna, "meeting start MTG-001")
    for line, _ in list(SAID.values())[:5]:
        await room.say(anna, line, **({"p": luis} if "@p" in line else {}))
        await room.say(anna, "undo")
    await room.say(anna, "meeting end anyway")
    [minutes] = room.rows(Minutes)
    for heading in ("Decisions (1)", "Actions (1)", "Questions (1)", "Risks (1)", "Notes (1)"):
        assert heading in minutes.markdown
    for line in (
        "**DEC-001** we take 3 batches – withdrawn",
        "**ACT-001** send the batch record – due Fri 20 Mar 2026, withdrawn",
        "**QUE-001** which filter? – Aoife Ní Bhriain (Norvane Therapeutics) – withdrawn",
        "**RSK-001** the filter is late – Aoife Ní Bhriain (Norvane Therapeutics) – withdrawn",
        "**NOT-001** the filter is here – Aoife Ní Bhriain (Norvane Therapeutics) – withdrawn",
    ):
        assert line in minutes.markdown
    await room.deliver()
    posted = next(words(card) for card in room.cards() if card.summary.startswith("Minutes of"))
    assert posted.count("withdrawn") == 5


async def test_after_the_minutes_they_stay_as_posted(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, 'meeting new "PPQ" at:now for:60m')
    await room.say(anna, "meeting start MTG-001")
    await room.say(anna, "note the filter is here")
    await room.say(anna, "meeting end anyway")
    [minutes] = room.rows(Minutes)
    await room.say(anna, "undo NOT-001")
    assert room.rows(Minutes)[0].markdown == minutes.markdown
    await room.deliver()
    note = next(card for card in room.cards() if card.summary.startswith("NOT-001"))
    assert "slip of the pen · the minutes of MTG-001 stay as posted" in words(note)


async def test_a_capa_that_is_taken_back_says_so_wherever_it_is_named(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "action send the batch record @p by 2026-03-20", p=luis)
    await room.say(anna, "capa from ACT-001")
    await room.say(anna, 'capa new "hold time was never challenged" ACT-001')
    await room.deliver()
    assert words(await room.say(anna, "undo CAPA-001")) == (
        "Recorded: CAPA-001 · hold time was never challenged · withdrawn"
    )
    await room.deliver()
    [action] = [card for card in room.cards() if card.place and card.place.record == "ACT-001"]
    assert "CAPA: CAPA-001 (withdrawn)" in words(action)
    [plan] = [card for card in room.cards() if card.place and card.place.record == "CAPA-001"]
    assert plan.summary.endswith("· withdrawn")

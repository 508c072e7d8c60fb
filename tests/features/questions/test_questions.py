"""Questions, risks and notes: recorded, shown, answered or closed, listed and exported."""

from typing import Any

import pytest

from core.api import Card, Form, List
from core.features.questions.records import AskedQuestion, Note, Risk
from core.kernel.access import OPERATOR
from core.kernel.ids import TransferId
from core.view import Tone
from tests.meeting_room import (
    MeetingRoom,
    anna,
    buttons,
    jurgen,
    luis,
    marta,
    person,
    priya,
    stranger,
    tomas,
    words,
)

auditor = person("Zeynep Şahin", "T2")
KINDS = {"question": (AskedQuestion, "QUE-001"), "risk": (Risk, "RSK-001"), "note": (Note, "NOT-001")}
HOSTILE = '<!channel> </at> {{7*7}} ]]> &amp; #read("x") \u202etxt \x00\x1b \ud800 <b>'


def exported(room: MeetingRoom, key: str) -> list[dict[str, Any]]:
    directory = room.core.directories.look(TransferId("NVT"))
    with room.core.asking.reads(directory, OPERATOR) as reads:
        return list(room.core.registry.exporters[key](reads))


async def test_a_question_is_put_to_somebody_and_answered_in_place(room: MeetingRoom) -> None:
    await room.opened()
    await room.deliver()
    answer = words(await room.say(anna, "question @p which filter do we use?", p=luis))
    assert "QUE-001" in answer
    await room.deliver()
    card = room.cards()[-1]
    assert words(card).splitlines()[:3] == [
        "Question QUE-001: which filter do we use?",
        "Put to: @Luís Gonçalves (Tarnbrook Manufacturing)",
        "Asked by: @Aoife Ní Bhriain (Norvane Therapeutics)",
    ]
    assert buttons(card) == {"Answer…": "question answer QUE-001"}
    [question] = room.rows(AskedQuestion)
    assert room.core.directories.look(question.transfer).name_of(question.asked_of[0]) == "Luís Gonçalves"

    form = await room.press(luis, "question answer QUE-001", place=card.place)
    assert isinstance(form, Form)
    await room.fill(luis, form, question="QUE-001", answer="The 0.2 µm one of the second supplier")
    await room.deliver()
    assert len(room.cards()) == 2
    shown = words(room.cards()[-1])
    assert "Answer\nThe 0.2 µm one of the second supplier" in shown
    assert "@Luís Gonçalves (Tarnbrook Manufacturing), Mon 9 Mar 2026" in shown
    assert buttons(room.cards()[-1]) == {}

    refused = words(await room.say(priya, 'question answer QUE-001 "the other one"'))
    assert "QUE-001 is answered already, by Luís Gonçalves" in refused
    [question] = room.rows(AskedQuestion)
    assert (question.state, question.open, question.version) == ("answered", False, 2)
    assert question.answer == "The 0.2 µm one of the second supplier"


async def test_an_answer_needs_no_quotes(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "question which filter do we use?")
    await room.say(luis, "question answer QUE-001 the 0.2 µm one")
    assert room.rows(AskedQuestion)[0].answer == "the 0.2 µm one"


async def test_a_person_in_the_middle_stays_in_the_question(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "question do we send the batch record to @p first?", p=luis)
    [question] = room.rows(AskedQuestion)
    assert question.text == "do we send the batch record to @Luís Gonçalves first?"
    assert len(question.asked_of) == 1


async def test_somebody_unknown_stays_in_the_words(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "question @p which filter do we use?", p=stranger)
    [question] = room.rows(AskedQuestion)
    assert question.text == "@Nobody Known which filter do we use?"
    assert question.asked_of == []


async def test_a_risk_is_closed_with_a_reason(room: MeetingRoom) -> None:
    await room.opened()
    await room.deliver()
    await room.say(luis, "risk the second supplier may be late")
    await room.deliver()
    card = room.cards()[-1]
    assert "Risk RSK-001: the second supplier may be late" in words(card)
    assert "State: identified" in words(card)
    assert buttons(card) == {"Close…": "risk close RSK-001"}

    assert "lead, qa" in words(await room.say(luis, 'risk close RSK-001 reason:"they delivered"'))
    assert "at least 5 characters" in words(await room.say(marta, 'risk close RSK-001 reason:"ok"'))
    assert isinstance(await room.press(marta, "risk close RSK-001"), Form)
    assert room.rows(Risk)[0].version == 1
    await room.say(marta, 'risk close RSK-001 reason:"they delivered on Friday"')
    await room.deliver()
    assert len(room.cards()) == 2
    assert "Closed\nthey delivered on Friday" in words(room.cards()[-1])
    assert "RSK-001 is closed already" in words(await room.say(anna, 'risk close RSK-001 reason:"once more"'))
    [risk] = room.rows(Risk)
    assert (risk.state, risk.open, risk.closed_because) == ("closed", False, "they delivered on Friday")
    closing = room.trail()[-1]
    assert (closing["record"], closing["event"], closing["reason"]) == (
        "RSK-001",
        "RiskClosed",
        "they delivered on Friday",
    )


async def test_a_note_is_quiet(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(tomas, "note the batch record is at version 4")
    await room.deliver()
    card = room.cards()[-1]
    assert card.tone is Tone.QUIET
    assert words(card) == ("Note NOT-001: the batch record is at version 4\n@Tomáš Dvořák (Norvane Therapeutics)")


@pytest.mark.parametrize("noun", KINDS)
async def test_a_button_opens_the_form_and_a_form_sent_twice_records_once(room: MeetingRoom, noun: str) -> None:
    kind, ref = KINDS[noun]
    await room.opened()
    form = await room.press(anna, noun)
    assert isinstance(form, Form)
    for _ in range(2):
        answer = words(await room.fill(anna, form, delivery="form-1", text="The label is signed by QA"))
        assert ref in answer
    assert [row.text for row in room.rows(kind)] == ["The label is signed by QA"]


@pytest.mark.parametrize("noun", KINDS)
async def test_the_same_delivery_makes_one_record(room: MeetingRoom, noun: str) -> None:
    kind, ref = KINDS[noun]
    await room.opened()
    for _ in range(3):
        await room.say(anna, f"{noun} the label is signed by QA", delivery="once", slash=False)
    assert [row.ref for row in room.rows(kind)] == [ref]


@pytest.mark.parametrize("noun", KINDS)
async def test_hostile_and_far_too_long_text(room: MeetingRoom, noun: str) -> None:
    kind, _ = KINDS[noun]
    await room.opened()
    assert "3000 are the most" in words(await room.say(anna, f"{noun} " + "x" * 50_000))
    assert room.rows(kind) == []
    await room.say(anna, f"{noun} {HOSTILE}")
    await room.deliver()
    assert "<!channel> </at> {{7*7}} ]]> &amp; #read" in words(room.cards()[-1])


@pytest.mark.parametrize("noun", KINDS)
async def test_an_auditor_reads_only(room: MeetingRoom, noun: str) -> None:
    kind, ref = KINDS[noun]
    await room.opened()
    await room.say(anna, f"{noun} the label is signed by QA")
    await room.say(marta, "member add @p role:auditor", p=auditor)
    assert "may not do this here" in words(await room.say(auditor, f"{noun} whatever comes to my mind"))
    assert f"{ref} the label is signed by QA" in words(await room.say(auditor, f"{noun} list"))
    assert len(room.rows(kind)) == 1


async def test_an_auditor_neither_answers_nor_closes(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "question which filter do we use?")
    await room.say(anna, "risk the second supplier may be late")
    await room.say(marta, "member add @p role:auditor", p=auditor)
    for sentence in ('question answer QUE-001 "any"', 'risk close RSK-001 reason:"not mine"'):
        assert "may not do this here" in words(await room.say(auditor, sentence))
    assert room.rows(AskedQuestion)[0].open
    assert room.rows(Risk)[0].open


async def test_unknown_references_are_named(room: MeetingRoom) -> None:
    await room.opened()
    assert "There is no QUE-007 in NVT" in words(await room.say(anna, 'question answer QUE-007 "yes"'))
    assert "There is no RSK-007 in NVT" in words(await room.say(anna, 'risk close RSK-007 reason:"long gone"'))


async def test_a_closed_transfer_takes_nothing_more(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, 'transfer close reason:"all done"')
    await room.say(marta, "transfer agree")
    for noun in KINDS:
        assert "NVT is closed" in words(await room.say(anna, f"{noun} something more"))


async def test_lists_show_what_is_open_first_and_ten_at_a_time(room: MeetingRoom) -> None:
    await room.opened()
    for number in range(1, 13):
        await room.say(anna, f"question what about lot {number}?")
    await room.say(anna, "question @p who signs the label?", p=jurgen)
    await room.say(luis, 'question answer QUE-012 "it is fine"')
    first = await room.say(luis, "question list")
    assert isinstance(first, Card)
    lines = words(first).splitlines()
    assert lines[:3] == [
        "Questions",
        "- QUE-013 who signs the label? · open · @Jürgen Weiß",
        "- QUE-011 what about lot 11? · open",
    ]
    assert len(lines) == 11
    [block] = [block for block in first.blocks if isinstance(block, List)]
    assert (block.more, block.left) == ("question list page:2", 3)
    assert words(await room.press(luis, block.more or "")).splitlines()[-1] == "- QUE-012 what about lot 12? · answered"
    assert "the pages are 1 to 2" in words(await room.say(luis, "question list page:3"))


@pytest.mark.parametrize("noun", ["risk", "note"])
async def test_the_lists_of_risks_and_notes_go_on(room: MeetingRoom, noun: str) -> None:
    await room.opened()
    assert f"No {noun} is recorded yet" in words(await room.say(luis, f"{noun} list"))
    for number in range(1, 12):
        await room.say(anna, f"{noun} lot {number} arrives late")
        room.clock.advance(minutes=1)
    first = await room.say(luis, f"{noun} list")
    assert isinstance(first, Card)
    assert "lot 11 arrives late" in words(first).splitlines()[1]
    [block] = [block for block in first.blocks if isinstance(block, List)]
    assert (block.more, block.left) == (f"{noun} list page:2", 1)
    assert "lot 1 arrives late" in words(await room.press(luis, block.more or ""))


async def test_the_export(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(luis, "question which filter do we use?")
    await room.say(anna, 'question answer QUE-001 "the 0.2 µm one"')
    await room.say(luis, "risk the second supplier may be late")
    await room.say(anna, 'risk close RSK-001 reason:"they delivered"')
    await room.say(luis, "note the batch record is at version 4")
    common = {
        "transfer": "NVT",
        "created_at": "2026-03-09T09:00:00.000Z",
        "created_by": "Luís Gonçalves",
        "meeting": None,
        "by": "Luís Gonçalves",
    }
    assert exported(room, "questions") == [
        {
            **common,
            "id": "QUE-001",
            "state": "answered",
            "text": "which filter do we use?",
            "answer": "the 0.2 µm one",
        }
    ]
    assert exported(room, "risks") == [
        {
            **common,
            "id": "RSK-001",
            "state": "closed",
            "text": "the second supplier may be late",
            "answer": "they delivered",
        }
    ]
    assert exported(room, "notes") == [
        {
            **common,
            "id": "NOT-001",
            "state": "recorded",
            "text": "the batch record is at version 4",
            "answer": None,
        }
    ]


async def test_what_is_said_in_a_meeting_belongs_to_it(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, 'meeting new "PPQ readiness review" at:"9 Mar 2026 10:00" for:60m')
    await room.say(anna, "meeting start")
    for noun, (kind, _) in KINDS.items():
        form = await room.press(luis, noun)  # the running meeting's buttons
        assert isinstance(form, Form)
        await room.fill(luis, form, text="The label is signed by QA")
        assert [row.meeting for row in room.rows(kind)] == ["MTG-001"]

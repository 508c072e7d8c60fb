"""A form asks for what a sentence left out, and becomes the message that the sentence would have been."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from core.kernel.errors import Unclear
from core.kernel.ids import Side
from core.kernel.messages import Due, Message
from core.kernel.turn import Filled
from core.speech import BadForm, Incomplete, Understood, fill, form_for
from core.view import ChoiceInput, DateInput, Form, Option, PeopleInput, TextInput
from tests.speech.meeting_words import (
    ACCOUNTS,
    JURGEN,
    LUIS,
    NAMES,
    ROOM,
    SIOBHAN,
    AcceptAction,
    AddMember,
    CallMeeting,
    DeclineAction,
    DropAgendaItem,
    InviteToMeeting,
    ListActions,
    MoveMeeting,
    OpenTransfer,
    OrderAgenda,
    ProposeAction,
    Role,
    heard,
)


def asked(sentence: str) -> Form:
    """The form that opens for a sentence with parts missing."""
    reading = heard(sentence)
    assert isinstance(reading, Incomplete), reading
    return form_for(reading.kind, reading.values, ROOM)


def filled(form: Form, kind: type[Message], **changed: object) -> Message:
    """The message of a form that is sent with what stands in it, but for what was changed."""
    values = {block.name: block.value for block in form.blocks if not hasattr(block, "spans")}  # type: ignore[union-attr]
    values = {name: value.isoformat() if isinstance(value, date) else value or "" for name, value in values.items()}
    return fill(kind, Filled(form.message, form.given, {**values, **changed}), ROOM).message  # type: ignore[arg-type]


def test_a_form_asks_for_every_part_and_shows_what_is_known() -> None:
    form = asked('meeting new "PPQ readiness review" chair:@luis stage:kickoff')
    assert (form.title, form.submit, form.message) == ("Meeting new", "Record", "CallMeeting")
    assert form.blocks == (
        TextInput("title", "What the meeting is about", "PPQ readiness review", longest=300),
        TextInput("at", "When it starts", hint="tomorrow 14:00", longest=60),
        TextInput("minutes", "How long", hint="60m, 1h 30m", required=False, longest=60),
        ChoiceInput(
            "stage",
            "Stage",
            (
                Option("kickoff", "kickoff"),
                Option("process_validation", "process validation"),
                Option("ppq_readiness", "ppq readiness"),
            ),
            ("kickoff",),
            required=False,
        ),
        PeopleInput("chair", "Chair", (LUIS,), required=False),
    )
    assert form.says == ('meeting new "PPQ readiness review" chair:@Luís Gonçalves at:"tomorrow 14:00" stage:kickoff')


def test_what_to_type_names_the_person_who_is_added() -> None:
    assert asked("member add").says.startswith("member add @person role:")
    assert "@person" not in asked('member add "Ana"').says


def test_the_inputs_of_an_action() -> None:
    form = asked("action @luis @jurgen by Friday")
    assert form.blocks == (
        TextInput("text", "What is to be done", multiline=True),
        PeopleInput("owners", "Who does it", (LUIS, JURGEN), required=False, many=True),
        DateInput("due", "Due", date(2026, 3, 13), required=False),
    )


def test_the_inputs_of_other_parts() -> None:
    assert asked("action decline ACT-012").blocks == (
        TextInput("action", "Action", "ACT-012", longest=60),
        TextInput("reason", "Why", hint="at least 5 characters"),
    )
    assert asked("action decline").blocks[0] == TextInput("action", "Action", hint="such as ACT-012", longest=60)
    assert asked("agenda order").blocks == (TextInput("items", "Numbers of the items", hint="3,1,2", longest=60),)
    assert form_for(OrderAgenda, {"items": (3, 1)}, ROOM).blocks[0].value == "3,1"  # type: ignore[union-attr]


def test_an_example_in_a_hint_stands_below_the_input() -> None:
    code = asked("transfer new").blocks[4]
    assert code == TextInput("code", "Short code", hint="such as NVT", required=False, longest=12)


def test_what_is_given_goes_along_but_for_the_texts_that_a_platform_could_not_carry() -> None:
    form = form_for(CallMeeting, {"title": "x" * 300, "chair": LUIS, "minutes": 90}, ROOM)
    assert json.loads(form.given) == {"chair": LUIS, "minutes": 90}


def test_a_question_is_not_recorded() -> None:
    assert form_for(ListActions, {}, ROOM).submit == "Show"


def test_labels_are_translated() -> None:
    german = {"action": "Maßnahme", "Record": "Eintragen"}
    form = form_for(AcceptAction, {}, ROOM, lambda said: german.get(said, said))
    assert form.submit == "Eintragen"
    assert form.blocks[0].label == "Maßnahme"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "sentence",
    [
        'meeting new "PPQ readiness review" at:"26 Mar 2026 14:00" for:90m stage:kickoff chair:@luis',
        'action verify the batch record @luis @jurgen by "2026-03-20"',
        "action verify the batch record @luis by 15:30 tomorrow",
        'action decline ACT-012 reason:"supplier late"',
        "agenda drop 2 reason:late again",
        "agenda order 3,1,2",
        'transfer new "X" sponsor:A cmo:B tz:Europe/Dublin side:cmo',
        'transfer milestone "PPQ-1 start" on:2026-04-20',
        "member add @siobhan side:sponsor role:qa",
        "member remove @luis reason:left us",
        "question answer QUE-002 5 ppm",
        "mine side:cmo",
    ],
)
def test_a_form_sent_as_it_was_opened_is_the_message_it_was_opened_for(sentence: str) -> None:
    reading = heard(sentence)
    assert isinstance(reading, Understood)
    kind = type(reading.message)
    form = form_for(kind, vars(reading.message), ROOM)
    assert filled(form, kind) == reading.message


def test_an_input_wins_over_what_was_given() -> None:
    form = asked("action @luis by Friday")
    assert filled(form, ProposeAction, text=" verify it ", owners=(JURGEN,), due="2026-04-01") == ProposeAction(
        text="verify it", owners=(JURGEN,), due=Due(date(2026, 4, 1))
    )


def test_an_emptied_input_takes_away_what_was_given() -> None:
    form = asked("action @luis by Friday")
    assert filled(form, ProposeAction, text="verify it", owners=(), due="") == ProposeAction(text="verify it")


def test_the_hour_of_a_due_day_stays_while_its_day_stays() -> None:
    at = datetime(2026, 3, 13, 15, 30, tzinfo=UTC)
    form = form_for(ProposeAction, {"text": "verify it", "due": Due(date(2026, 3, 13), at)}, ROOM)
    assert filled(form, ProposeAction) == ProposeAction(text="verify it", due=Due(date(2026, 3, 13), at))
    moved = filled(form, ProposeAction, due="2026-03-14")
    assert moved == ProposeAction(text="verify it", due=Due(date(2026, 3, 14)))


def test_text_in_a_form_is_text_and_no_sentence() -> None:
    said = "accept ACT-012 @Luís Gonçalves by Friday side:cmo"
    assert filled(asked("action"), ProposeAction, text=said) == ProposeAction(text=said)


def test_people_may_come_as_accounts() -> None:
    form = asked("meeting invite")
    assert filled(form, InviteToMeeting, people=(ACCOUNTS[LUIS], ACCOUNTS[JURGEN])) == InviteToMeeting(
        people=(LUIS, JURGEN)
    )
    form = asked("member add")
    assert filled(form, AddMember, account=(SIOBHAN,), side=("cmo",), role=("lead",)) == AddMember(
        account=SIOBHAN, side=Side.CMO, role=Role.LEAD
    )
    assert filled(form, AddMember, account=(LUIS,), role="qa") == AddMember(account=ACCOUNTS[LUIS], role=Role.QA)


def test_a_reference_in_a_form_may_name_its_transfer() -> None:
    sent = Filled("AcceptAction", "{}", {"action": "nvt/act-12"})
    assert fill(AcceptAction, sent, ROOM) == Understood(AcceptAction(action="ACT-012"), "NVT")


@pytest.mark.parametrize(
    ("kind", "values", "faults"),
    [
        (ProposeAction, {"text": " "}, {"text": "This is needed: what is to be done."}),
        (ProposeAction, {"text": "\u200b\u3164"}, {"text": "This is needed: what is to be done."}),
        (ProposeAction, {"text": "x" * 3001}, {"text": "This text has 3001 characters; 3000 are the most."}),
        (DeclineAction, {"action": "ACT-012", "reason": "no"}, {"reason": "A reason needs at least 5 characters"}),
        (DeclineAction, {"action": "twelve", "reason": "too late"}, {"action": "“twelve” is no reference"}),
        (
            MoveMeeting,
            {"meeting": "DEC-001", "to": "31 Feb 2026 14:00", "reason": "x"},
            {"meeting": "no reference such as MTG-012", "to": "February 2026 has 28 days", "reason": "at least 5"},
        ),
        (CallMeeting, {"title": "x", "at": "now", "minutes": "ages"}, {"minutes": "“ages” is no length of time."}),
        (CallMeeting, {"title": "x", "at": "now", "stage": ("party",)}, {"stage": "Say one of: kickoff"}),
        (CallMeeting, {"title": "x", "at": "now", "chair": (LUIS, JURGEN)}, {"chair": "Only one person"}),
        (CallMeeting, {"title": "x", "at": "now", "chair": (SIOBHAN,)}, {"chair": "is no member here"}),
        (InviteToMeeting, {"people": ("p-nobody",)}, {"people": "p-nobody is no member here"}),
        (DropAgendaItem, {"item": "-1", "reason": "too late"}, {"item": "“-1” is no whole number"}),
        (OrderAgenda, {"items": "3,x"}, {"items": "“x” is no whole number"}),
        (
            OpenTransfer,
            {"title": "x", "sponsor": "A", "cmo": "B", "tz": "Mars/Base", "code": "x" * 13},
            {"tz": "“Mars/Base” is no IANA zone", "code": "12 are the most"},
        ),
    ],
)  # fmt: skip
def test_each_input_at_fault_is_told_its_own_fault(
    kind: type[Message], values: dict[str, object], faults: dict[str, str]
) -> None:
    with pytest.raises(BadForm) as bad:
        fill(kind, Filled(kind.called(), "{}", values), ROOM)  # type: ignore[arg-type]
    assert bad.value.fields.keys() == faults.keys()
    for name, sentence in faults.items():
        assert sentence in bad.value.fields[name]


@pytest.mark.parametrize("given", ["[]", "{", '{"unknown": 1}', '{"action": 7}', '{"says": 1}', "null", '"x"'])
def test_a_form_of_another_day_is_refused(given: str) -> None:
    sent = Filled("AcceptAction", given, {"action": "ACT-012"})
    with pytest.raises(Unclear, match="Open it again"):
        fill(AcceptAction, sent, ROOM)


def test_people_without_a_name_here_are_shown_by_what_is_known() -> None:
    assert NAMES[LUIS] in form_for(CallMeeting, {"chair": LUIS}, ROOM).says

"""Sentences become messages: the parts are found wherever they stand."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from core.kernel.ids import Account, Identity, Side
from core.kernel.messages import Due
from core.kernel.turn import MENTION
from core.speech import Ambiguous, AskedForHelp, Incomplete, Understood, understand
from tests.speech.meeting_words import (
    AOIFE,
    GRAMMAR,
    HUNG,
    JURGEN,
    LUIS,
    ROOM,
    SIOBHAN,
    AcceptAction,
    AddAgendaItem,
    AddMember,
    AnswerQuestion,
    CallMeeting,
    DeclineAction,
    DropAgendaItem,
    FinishAgendaItem,
    InviteToMeeting,
    ListActions,
    Mine,
    MoveMeeting,
    OpenTransfer,
    OrderAgenda,
    ProposeAction,
    RemoveMember,
    Role,
    SetMilestone,
    SetStage,
    ShowAgenda,
    StartMeeting,
    TakeNote,
    heard,
    message,
)

FRIDAY = Due(date(2026, 3, 13))


@pytest.mark.parametrize(
    ("sentence", "text", "owners", "due"),
    [
        ("action verify the batch record @luis by Friday", "verify the batch record", (LUIS,), FRIDAY),
        ("action by Friday @luis verify the batch record", "verify the batch record", (LUIS,), FRIDAY),
        ("action @luis to verify the batch record by Friday.", "verify the batch record", (LUIS,), FRIDAY),
        ("ACTION: @luis please verify the batch record", "verify the batch record", (LUIS,), None),
        ("action @luis and @jurgen to verify it by Friday", "verify it", (LUIS, JURGEN), FRIDAY),
        ("action @luis, @jurgen & @hung: verify it", "verify it", (LUIS, JURGEN, HUNG), None),
        ("action verify it, @luis, by Friday, please", "verify it", (LUIS,), FRIDAY),
        ("action verify it (@luis) (by Friday)", "verify it", (LUIS,), FRIDAY),
        ("action verify it – @luis – by Friday", "verify it", (LUIS,), FRIDAY),
        ("action verify it, owner: @luis", "verify it", (LUIS,), None),
        ("action for @luis: verify it", "verify it", (LUIS,), None),
        ("action ask @luis for the data", "ask for the data", (LUIS,), None),
        ("action send the data to @luis by Friday", "send the data to @Luís Gonçalves", (LUIS,), FRIDAY),
        ("action verify it @luis @luis", "verify it", (LUIS,), None),
        ("action verify it @Luís Gonçalves", "verify it", (LUIS,), None),
        ("action verify it @luís gonçalves by Friday", "verify it", (LUIS,), FRIDAY),
        ("action mail luis@tarnbrook.example", "mail luis@tarnbrook.example", (), None),
        ("action verify it before PPQ-1", "verify it", (), Due(date(2026, 4, 17))),
        ("action verify step 1:\n  a)  weigh\n  b) blend @luis", "verify step 1:\na) weigh\nb) blend", (LUIS,), None),
        ("action “verify it by Friday” @luis", "verify it by Friday", (LUIS,), None),
        ("action he wrote “by Friday” here @luis by Friday", "he wrote “by Friday” here", (LUIS,), FRIDAY),
        ('action order a 5" pipe @luis by Friday', 'order a 5" pipe', (LUIS,), FRIDAY),
        ("action see https://x.example/a?side:cmo now", "see https://x.example/a?side:cmo now", (), None),
        ("action ratio 1:2, reason:none", "ratio 1:2, reason:none", (), None),
    ],
)
def test_an_action(sentence: str, text: str, owners: tuple[str, ...], due: Due | None) -> None:
    assert message(sentence) == ProposeAction(text=text, owners=owners, due=due)


@pytest.mark.parametrize(
    ("sentence", "text", "owners"),
    [
        ("action @siobhan to verify it", "@Siobhán O'Rourke to verify it", ()),
        ("action verify it @siobhan", "verify it @Siobhán O'Rourke", ()),
        ("action @luis and @siobhan to verify it", "@Luís Gonçalves and @Siobhán O'Rourke to verify it", (LUIS,)),
    ],
)
def test_an_unknown_owner_stays_in_the_words(sentence: str, text: str, owners: tuple[str, ...]) -> None:
    assert message(sentence) == ProposeAction(text=text, owners=owners)


def test_a_mention_that_no_part_takes_stays_in_the_words() -> None:
    assert message("note @luis and @siobhan agree") == TakeNote(text="@Luís Gonçalves and @Siobhán O'Rourke agree")


@pytest.mark.parametrize("sentence", ["meeting invite @luis, @jurgen and @hung", "meeting invite @luis @jurgen @hung"])
def test_people(sentence: str) -> None:
    assert message(sentence) == InviteToMeeting(people=(LUIS, JURGEN, HUNG))


@pytest.mark.parametrize(
    "sentence",
    [
        'meeting new "PPQ readiness review" at:"26 Mar 2026 14:00" for:90m stage:ppq_readiness chair:@luis',
        "meeting new “PPQ readiness review” at:“26 Mar 2026 14:00” for:“1h 30m” stage:PPQ-readiness @luis",
        "meeting new „PPQ readiness review“ chair:@luis at:26 Mar 2026 14:00 for:1h 30m stage:ppq_readiness",
        "meeting new «PPQ readiness review» At: «26 Mar 2026 14:00», For: 90m, chair: @luis stage:ppq_readiness",
        "Meeting\u00a0New PPQ readiness review at:2026–03–26T14:00 for:90m stage:ppq_readiness chair:@luis",
        'meeting new\u200f PPQ readiness review @luis at:\u2068"26 Mar 2026 14:00"\u2069 for:90 stage:ppq_readiness',
    ],
)
def test_a_meeting_however_it_is_typed(sentence: str) -> None:
    meeting = message(sentence)
    assert isinstance(meeting, CallMeeting)
    assert meeting.title.strip("\u200f \u2068\u2069") == "PPQ readiness review"
    assert (meeting.at, meeting.minutes) == (datetime(2026, 3, 26, 14, tzinfo=UTC), 90)
    assert (meeting.stage, meeting.chair) == ("ppq_readiness", LUIS)


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (
            'transfer new "Product X 50 mg" sponsor:Norvane Therapeutics cmo:"Tarnbrook" tz:europe/dublin side:CMO',
            OpenTransfer(
                title="Product X 50 mg",
                sponsor="Norvane Therapeutics",
                cmo="Tarnbrook",
                tz="Europe/Dublin",
                side=Side.CMO,
            ),
        ),
        ("transfer stage PPQ readiness", SetStage(stage="ppq_readiness")),
        (
            'transfer milestone "PPQ-1 start" on:2026-04-20',
            SetMilestone(milestone="PPQ-1 start", on=date(2026, 4, 20)),
        ),
        (
            "meeting move MTG-2 to:tomorrow 15:00 reason:room is taken",
            MoveMeeting(meeting="MTG-002", to=datetime(2026, 3, 13, 15, tzinfo=UTC), reason="room is taken"),
        ),
        ("meeting start", StartMeeting()),
        ("meeting start mtg–12.", StartMeeting(meeting="MTG-012")),
        ("meeting start please", StartMeeting()),
        ('agenda add "PPQ status" @luis for:10m', AddAgendaItem(text="PPQ status", presenter=LUIS, minutes=10)),
        ("agenda add PPQ status", AddAgendaItem(text="PPQ status")),
        ("agenda add “PPQ status", AddAgendaItem(text="PPQ status")),
        ("agenda done 2", FinishAgendaItem(item=2)),
        ("agenda done #2", FinishAgendaItem(item=2)),
        ("agenda drop 2 reason:no time for 3", DropAgendaItem(item=2, reason="no time for 3")),
        ("agenda order 3,1,2", OrderAgenda(items=(3, 1, 2))),
        ("agenda order 3, 1 2.", OrderAgenda(items=(3, 1, 2))),
        ("agenda", ShowAgenda()),
        ("mine", Mine()),
        ("mine side:sponsor", Mine(side=Side.SPONSOR)),
        ("question answer QUE-002 «5 ppm»", AnswerQuestion(question="QUE-002", answer="5 ppm")),
        ("question answer QUE-002 as QUE-001", AnswerQuestion(question="QUE-002", answer="as QUE-001")),
        (
            "action decline ACT-012 reason:ask @luis instead",
            DeclineAction(action="ACT-012", reason="ask @Luís Gonçalves instead"),
        ),
        ("action list @luis overdue", ListActions(which="overdue", owner=LUIS)),
        ('member remove @luis reason:"left us"', RemoveMember(person=LUIS, reason="left us")),
        ("member add @siobhan role: qa", AddMember(account=SIOBHAN, role=Role.QA)),
        (
            "member add @siobhan side:sponsor role:QA",
            AddMember(account=SIOBHAN, side=Side.SPONSOR, role=Role.QA),
        ),
        (
            'member add "Siobhán O\'Rourke" email:siobhan@norvane.example role:qa',
            AddMember(name="Siobhán O'Rourke", email="siobhan@norvane.example", role=Role.QA),
        ),
    ],
)
def test_a_sentence_is_its_message(sentence: str, said: object) -> None:
    assert message(sentence) == said


def test_options_are_of_their_own_type() -> None:
    added = message("member add @siobhan role:qa")
    assert isinstance(added, AddMember)
    assert type(added.role) is Role


def test_a_reference_may_name_its_transfer() -> None:
    assert heard("action accept nvt/act-12") == Understood(AcceptAction(action="ACT-012"), "NVT")
    assert heard("action decline NVT/ACT-012") == Incomplete(DeclineAction, {"action": "ACT-012"}, ("reason",), "NVT")


def test_what_was_said_comes_along_where_a_part_is_missing() -> None:
    assert heard('meeting new "PPQ readiness review" chair:@luis') == Incomplete(
        CallMeeting, {"title": "PPQ readiness review", "chair": LUIS}, ("at",)
    )
    assert heard("action") == Incomplete(ProposeAction, {}, ("text",))
    assert heard("action @luis by Friday") == Incomplete(ProposeAction, {"owners": (LUIS,), "due": FRIDAY}, ("text",))
    assert heard("action decline ACT-012 reason:") == Incomplete(DeclineAction, {"action": "ACT-012"}, ("reason",))


def test_two_readings_are_both_whole() -> None:
    assert heard("action accept ACT-012 and send the report @luis by Friday") == Ambiguous(
        (
            Understood(AcceptAction(action="ACT-012")),
            Understood(ProposeAction(text="accept ACT-012 and send the report", owners=(LUIS,), due=FRIDAY)),
        )
    )


def test_a_reading_that_does_not_hold_is_not_offered() -> None:
    assert heard("action accept ACT-012 by 31 February") == Understood(AcceptAction(action="ACT-012"))


@pytest.mark.parametrize(
    ("sentence", "noun"),
    [("", None), ("  \u00a0", None), ("help", None), ("?", None), ("Help Action", "action"), ("agenda help", "agenda"),
     ("transfer", "transfer")],
)  # fmt: skip
def test_help_is_asked_for(sentence: str, noun: str | None) -> None:
    assert heard(sentence) == AskedForHelp(noun)


def test_two_hundred_mentions() -> None:
    people = tuple(
        Account(Identity("rehearsal", "training", f"u{number}"), f"Person {number}") for number in range(199)
    )
    aoife = Account(Identity("rehearsal", "training", "aoife"), "Aoife Ní Bhriain")
    reading = understand(f"action check it {MENTION * 200}", (*people, aoife), GRAMMAR, ROOM)
    assert isinstance(reading, Understood)
    assert isinstance(reading.message, ProposeAction)
    assert reading.message.owners == (AOIFE,)
    assert reading.message.text.startswith("check it @Person 0")

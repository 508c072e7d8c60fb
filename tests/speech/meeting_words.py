"""Toy messages in the shape of the meeting's real ones, and a room to say them in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated

from core.kernel.ids import Account, Identity, PersonId, Ref, Side
from core.kernel.messages import (
    Command,
    Day,
    Due,
    DueBy,
    InQuotes,
    Literal,
    Minutes,
    Moment,
    Number,
    OneOf,
    Order,
    People,
    Question,
    Quoted,
    Reason,
    Reference,
    SaidTime,
    Shorthand,
    Someone,
    Stranger,
    TimeSaid,
    Value,
    Words,
    Zone,
)
from core.kernel.turn import MENTION
from core.speech import Grammar, Hearing, Reading, Understood, understand


class Role(StrEnum):
    LEAD = "lead"
    QA = "qa"
    EXPERT = "expert"


STAGES = ("kickoff", "process_validation", "ppq_readiness")


@dataclass(frozen=True, kw_only=True)
class OpenTransfer(Command):
    """Open a transfer with this room."""

    says = "transfer new"
    title: Annotated[str, Quoted("what is transferred")]
    sponsor: Annotated[str, Value("the sponsor's name")]
    cmo: Annotated[str, Value("the manufacturer's name")]
    tz: Annotated[str, Zone("zone of the meetings")]
    code: Annotated[str | None, Value("short code, such as NVT", longest=12)] = None
    stage: Annotated[str | None, OneOf("stage", options=STAGES)] = None
    side: Annotated[Side | None, OneOf("your company")] = None


@dataclass(frozen=True, kw_only=True)
class SetStage(Command):
    """Move the transfer to another stage."""

    says = "transfer stage"
    stage: Annotated[str, OneOf("stage", options=STAGES, bare=True)]


@dataclass(frozen=True, kw_only=True)
class SetMilestone(Command):
    """Set the day of a milestone."""

    says = "transfer milestone"
    milestone: Annotated[str, Quoted("milestone")]
    on: Annotated[date, Day("its day")]


@dataclass(frozen=True, kw_only=True)
class AddMember(Command):
    """Give a person a company and a role."""

    says = "member add"
    account: Annotated[Account | None, Stranger("who")] = None
    name: Annotated[str | None, Quoted("name")] = None
    email: Annotated[str | None, Value("e-mail address")] = None
    side: Annotated[Side | None, OneOf("company")] = None
    role: Annotated[Role, OneOf("role")]


@dataclass(frozen=True, kw_only=True)
class RemoveMember(Command):
    """Take a person off the transfer."""

    says = "member remove"
    person: Annotated[PersonId, Someone("who")]
    reason: Annotated[str, Reason("why")]


@dataclass(frozen=True, kw_only=True)
class CallMeeting(Command):
    """Call a meeting."""

    says = "meeting new"
    title: Annotated[str, Quoted("what the meeting is about")]
    at: Annotated[datetime, Moment("when it starts")]
    minutes: Annotated[int, Minutes("how long", said_as="for")] = 60
    stage: Annotated[str | None, OneOf("stage", options=STAGES)] = None
    chair: Annotated[PersonId | None, Someone("chair", said_as="chair")] = None


@dataclass(frozen=True, kw_only=True)
class MoveMeeting(Command):
    """Move a meeting to another time."""

    says = "meeting move"
    meeting: Annotated[Ref, Reference("meeting", prefix="MTG")]
    to: Annotated[datetime, Moment("new start")]
    reason: Annotated[str, Reason("why")]


@dataclass(frozen=True, kw_only=True)
class StartMeeting(Command):
    """Start a meeting, by itself the next one."""

    says = "meeting start"
    meeting: Annotated[Ref | None, Reference("meeting", prefix="MTG")] = None


@dataclass(frozen=True, kw_only=True)
class InviteToMeeting(Command):
    """Invite people to a meeting."""

    says = "meeting invite"
    meeting: Annotated[Ref | None, Reference("meeting", prefix="MTG")] = None
    people: Annotated[tuple[PersonId, ...], People("who")]


@dataclass(frozen=True, kw_only=True)
class ShowAgenda(Question):
    """Show the agenda."""

    says = "agenda"


@dataclass(frozen=True, kw_only=True)
class AddAgendaItem(Command):
    """Put an item on the agenda."""

    says = "agenda add"
    text: Annotated[str, Quoted("what to talk about")]
    presenter: Annotated[PersonId | None, Someone("presenter")] = None
    minutes: Annotated[int | None, Minutes("how long", said_as="for")] = None


@dataclass(frozen=True, kw_only=True)
class FinishAgendaItem(Command):
    """Mark an item as done."""

    says = "agenda done"
    item: Annotated[int, Number("number of the item")]


@dataclass(frozen=True, kw_only=True)
class DropAgendaItem(Command):
    """Take an item off the agenda."""

    says = "agenda drop"
    item: Annotated[int, Number("number of the item")]
    reason: Annotated[str, Reason("why")]


@dataclass(frozen=True, kw_only=True)
class OrderAgenda(Command):
    """Put the agenda in another order."""

    says = "agenda order"
    items: Annotated[tuple[int, ...], Order("numbers of the items")]


@dataclass(frozen=True, kw_only=True)
class ProposeAction(Command):
    """Record what somebody is to do."""

    says = "action"
    text: Annotated[str, Words("what is to be done")]
    owners: Annotated[tuple[PersonId, ...], People("who does it", keep=True)] = ()
    due: Annotated[Due | None, DueBy("due")] = None


@dataclass(frozen=True, kw_only=True)
class AcceptAction(Command):
    """Accept an action that you own."""

    says = "action accept"
    action: Annotated[Ref, Reference("action", prefix="ACT")]


@dataclass(frozen=True, kw_only=True)
class DeclineAction(Command):
    """Decline an action."""

    says = "action decline"
    action: Annotated[Ref, Reference("action", prefix="ACT")]
    reason: Annotated[str, Reason("why")]


@dataclass(frozen=True, kw_only=True)
class FinishAction(Command):
    """Say that an action is done."""

    says = "action done"
    action: Annotated[Ref, Reference("action", prefix="ACT")]
    evidence: Annotated[str | None, Value("evidence")] = None


@dataclass(frozen=True, kw_only=True)
class ReassignAction(Command):
    """Give an action to another person."""

    says = "action reassign"
    action: Annotated[Ref, Reference("action", prefix="ACT")]
    owner: Annotated[PersonId, Someone("new owner")]


@dataclass(frozen=True, kw_only=True)
class ListActions(Question):
    """List the actions."""

    says = "action list"
    which: Annotated[str | None, OneOf("which", options=("mine", "open", "overdue"), bare=True)] = None
    owner: Annotated[PersonId | None, Someone("owner")] = None
    side: Annotated[Side | None, OneOf("company")] = None


@dataclass(frozen=True, kw_only=True)
class ProposeDecision(Command):
    """Record a decision."""

    says = "decision"
    text: Annotated[str, Words("what was decided")]


@dataclass(frozen=True, kw_only=True)
class AgreeDecision(Command):
    """Agree to a decision for your company."""

    says = "decision agree"
    decision: Annotated[Ref, Reference("decision", prefix="DEC")]


@dataclass(frozen=True, kw_only=True)
class AskQuestion(Command):
    """Record an open question."""

    says = "question"
    text: Annotated[str, Words("what is asked")]


@dataclass(frozen=True, kw_only=True)
class AnswerQuestion(Command):
    """Answer a question."""

    says = "question answer"
    question: Annotated[Ref, Reference("question", prefix="QUE")]
    answer: Annotated[str, Quoted("answer", longest=3000)]


@dataclass(frozen=True, kw_only=True)
class TakeNote(Command):
    """Record a note."""

    says = "note"
    text: Annotated[str, Words("note", longest=3000)]


@dataclass(frozen=True, kw_only=True)
class Mine(Question):
    """Show what you owe."""

    says = "mine"
    page: Annotated[int | None, Number("page")] = None
    side: Annotated[Side | None, OneOf("company")] = None


@dataclass(frozen=True, kw_only=True)
class WantFloor(Command):
    """Ask for the floor."""

    says = "q+"
    also = ("raise hand",)
    person: Annotated[PersonId | None, Someone("who", leading=True)] = None
    meeting: Annotated[Ref | None, Reference("meeting", prefix="MTG", leading=True)] = None
    text: Annotated[str, Words("about what")] = ""


@dataclass(frozen=True, kw_only=True)
class LeaveQueue(Command):
    """Leave the queue."""

    says = "q-"


@dataclass(frozen=True, kw_only=True)
class WhoIsHere(Question):
    """See who is here."""

    says = "who is here"
    also = ("who's here", "present")


@dataclass(frozen=True, kw_only=True)
class RemindUs(Command):
    """Say something later."""

    says = "remind us"
    at: Annotated[SaidTime, TimeSaid("when")]
    text: Annotated[str, Words("of what")]


@dataclass(frozen=True, kw_only=True)
class MendRecord(Command):
    """Let a record read otherwise."""

    says = "mend"
    record: Annotated[Ref, Reference("record")]
    text: Annotated[str, InQuotes("how it should read")] = ""
    owners: Annotated[tuple[PersonId, ...], People("who does it")] = ()
    due: Annotated[Due | None, DueBy("by when")] = None
    reason: Annotated[str, Reason("why")] = ""


@dataclass(frozen=True, kw_only=True)
class SwapWords(Command):
    """Let words of a record give way to others."""

    says = "swap"
    shorthand = Shorthand(
        begins=r"w(?P<mark>[/|])",
        goes_on=r"(?P<old>(?:(?!(?P=mark)).)++)(?P=mark)(?P<new>(?:(?!(?P=mark)).)*+)(?P=mark)(?=\s|$)",
        like="w/old/new/",
    )
    old: Annotated[str, Literal("what it says")]
    new: Annotated[str, Literal("what it should say")] = ""
    record: Annotated[Ref | None, Reference("record")] = None
    reason: Annotated[str, Reason("why")] = ""


KINDS = (
    OpenTransfer,
    SetStage,
    SetMilestone,
    AddMember,
    RemoveMember,
    CallMeeting,
    MoveMeeting,
    StartMeeting,
    InviteToMeeting,
    ShowAgenda,
    AddAgendaItem,
    FinishAgendaItem,
    DropAgendaItem,
    OrderAgenda,
    ProposeAction,
    AcceptAction,
    DeclineAction,
    FinishAction,
    ReassignAction,
    ListActions,
    ProposeDecision,
    AgreeDecision,
    AskQuestion,
    AnswerQuestion,
    TakeNote,
    Mine,
    WantFloor,
    LeaveQueue,
    WhoIsHere,
    RemindUs,
    MendRecord,
    SwapWords,
)
GRAMMAR = Grammar(KINDS)

AOIFE, LUIS, JURGEN, HUNG = (PersonId(name) for name in ("p-aoife", "p-luis", "p-jurgen", "p-hung"))
NAMES = {
    AOIFE: "Aoife Ní Bhriain",
    LUIS: "Luís Gonçalves",
    JURGEN: "Jürgen Weiß",
    HUNG: "Nguyễn Văn Hùng",
}
ACCOUNTS = {
    person: Account(Identity("rehearsal", "training", person.removeprefix("p-")), name)
    for person, name in NAMES.items()
}
SIOBHAN = Account(Identity("rehearsal", "training", "siobhan"), "Siobhán O'Rourke")
"""Someone who is no member."""

SHORT_NAMES = {
    "@aoife": ACCOUNTS[AOIFE],
    "@luis": ACCOUNTS[LUIS],
    "@jurgen": ACCOUNTS[JURGEN],
    "@hung": ACCOUNTS[HUNG],
    "@siobhan": SIOBHAN,
}

THURSDAY = datetime(2026, 3, 12, 14, 30, tzinfo=UTC)
ROOM = Hearing(
    now=THURSDAY,
    zone="Europe/Dublin",
    milestones={"PPQ-1 start": date(2026, 4, 20)},
    member_of={account.identity: person for person, account in ACCOUNTS.items()},
    names=NAMES,
)


def with_mentions(sentence: str) -> tuple[str, tuple[Account, ...]]:
    """The sentence as an adapter hands it on: `@luis` and the like become mentions."""
    places = sorted(
        (at, short) for short in SHORT_NAMES for at in range(len(sentence)) if sentence.startswith(short, at)
    )
    mentions = tuple(SHORT_NAMES[short] for _, short in places)
    for short in SHORT_NAMES:
        sentence = sentence.replace(short, MENTION)
    return sentence, mentions


def heard(sentence: str) -> Reading:
    """What the sentence turns out to be in the room."""
    return understand(*with_mentions(sentence), GRAMMAR, ROOM)


def message(sentence: str) -> object:
    """The message that the sentence is."""
    reading = heard(sentence)
    assert isinstance(reading, Understood), reading
    return reading.message

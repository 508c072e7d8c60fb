"""What stands in the minutes: one frozen view, from which card, Markdown and page are drawn alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select

from core.features.actions.records import Action
from core.features.decisions.records import Decision
from core.features.meetings.held import held_lines
from core.features.meetings.records import AgendaItem, Captured, Meeting
from core.features.meetings.views import PresenceView, heard_at, known_of
from core.features.minutes.actions import OwnerLines, by_owner
from core.features.minutes.capas import CapaPart, capas_of
from core.features.minutes.decisions import DecisionLine, decision_line
from core.features.minutes.earlier import EarlierLine, earlier_of
from core.features.minutes.motions import MotionPart, motions_in
from core.features.minutes.reach import Unreached, unreached
from core.features.minutes.readiness import ReadinessPart, readiness_in
from core.features.minutes.since import since_start
from core.features.minutes.unconfirmed import UnconfirmedLine, unconfirmed_of
from core.features.minutes.undoing import withdrawn_of
from core.features.questions.records import AskedQuestion, Note, Risk
from core.features.transfers.lines import account_of, leads_of
from core.features.transfers.stage_titles import stage_title
from core.kernel.ids import Audience, PersonId, Ref, Side
from core.kernel.records import spoken
from core.kernel.templates import PersonView, TimeView
from core.kernel.work import Reads

C = TypeVar("C", bound=Captured)


@dataclass(frozen=True, slots=True)
class Attendance:
    """One company's people at the meeting: there, excused, and invited but neither; `known` tells how of the first."""

    company: str
    side: str
    present: tuple[PersonView, ...]
    regrets: tuple[PersonView, ...]
    absent: tuple[PersonView, ...]
    known: tuple[PresenceView, ...] = ()


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """An agenda item; `reached` tells whether it was taken up, `state` is spoken."""

    number: int
    text: str
    presenter: PersonView | None
    reached: bool
    state: str


@dataclass(frozen=True, slots=True)
class Line:
    """A question, risk or note; `outcome` is the answer, or why it was closed or withdrawn, as `settled_by` said.

    `state` is `open` or the life cycle's, spoken; empty for a note that stands, and in minutes written before it was
    kept.
    """

    ref: str
    text: str
    by: PersonView | None
    outcome: str
    state: str = ""
    settled_by: PersonView | None = None


@dataclass(frozen=True, slots=True)
class HeldPart:
    """How many lines were said and wait, so that they are no record yet, and `by` whom they may be recorded."""

    count: int
    by: tuple[PersonView, ...]


@dataclass(frozen=True, slots=True)
class MinutesView:
    """The minutes of one meeting, whole. Counts are of records, not of lines."""

    minutes: str
    meeting: str
    title: str
    transfer: str
    transfer_title: str
    stage: str
    starts_at: TimeView
    started_at: TimeView | None
    ended_at: TimeView | None
    chair: PersonView
    companies: tuple[Attendance, ...]
    agenda: tuple[AgendaLine, ...]
    decisions: tuple[DecisionLine, ...]
    owners: tuple[OwnerLines, ...]
    action_count: int
    questions: tuple[Line, ...]
    risks: tuple[Line, ...]
    notes: tuple[Line, ...]
    seq: int
    head: str
    capas: tuple[CapaPart, ...] = ()
    readiness: ReadinessPart | None = None
    unreached: tuple[Unreached, ...] = ()
    held: HeldPart | None = None
    motions: tuple[MotionPart, ...] = ()
    unconfirmed: tuple[UnconfirmedLine, ...] = ()
    earlier: tuple[EarlierLine, ...] = ()


def contents(reads: Reads, meeting: Meeting, ref: Ref, seq: int, head: str) -> MinutesView:
    """The minutes of `meeting` as its records stand now; `seq` and `head` name the joint chain's last entry."""
    actions = captured(reads, Action, meeting)
    facts, since = reads.directory.facts, since_start(reads, meeting)
    return MinutesView(
        minutes=ref,
        meeting=meeting.ref,
        title=meeting.title,
        transfer=reads.transfer,
        transfer_title=facts.title if facts else "",
        stage=stage_title(meeting.stage, reads.words),
        starts_at=reads.time(meeting.starts_at),
        started_at=reads.time(meeting.started_at) if meeting.started_at else None,
        ended_at=reads.time(meeting.ended_at) if meeting.ended_at else None,
        chair=reads.person(meeting.chair, heard_at(meeting.chair, meeting)),
        companies=tuple(_attendance(reads, meeting, side) for side in Side),
        agenda=_agenda(reads, meeting),
        decisions=tuple(decision_line(reads, row) for row in captured(reads, Decision, meeting)),
        owners=by_owner(reads, actions),
        action_count=len(actions),
        questions=tuple(_question(reads, row) for row in captured(reads, AskedQuestion, meeting)),
        risks=tuple(_risk(reads, row) for row in captured(reads, Risk, meeting)),
        notes=tuple(_note(reads, row) for row in captured(reads, Note, meeting)),
        seq=seq,
        head=head,
        capas=capas_of(reads, meeting, since),
        readiness=readiness_in(reads, meeting, since),
        unreached=unreached(reads, meeting),
        held=_held(reads, meeting),
        motions=motions_in(reads, meeting),
        unconfirmed=unconfirmed_of(reads, meeting),
        earlier=earlier_of(reads, meeting, since),
    )


def _held(reads: Reads, meeting: Meeting) -> HeldPart | None:
    """Only their number: what nobody vouches for yet is no fact of the meeting (AT-14)."""
    lines = held_lines(meeting, reads)
    if not lines:
        return None
    who: dict[PersonId, None] = {}
    for line in lines:
        identity = account_of(line).identity
        speaker = reads.directory.active_accounts.get(identity)
        leads = [lead.person for lead in leads_of(identity, Audience.JOINT, reads)]
        who.update(dict.fromkeys([speaker] if speaker else leads))
    return HeldPart(len(lines), tuple(reads.person(one) for one in who))


def captured(reads: Reads, kind: type[C], meeting: Meeting) -> Sequence[C]:
    """Everything of a kind that was captured in the meeting, in the order of its numbers."""
    return reads.all(
        select(kind)
        .where(kind.transfer == reads.transfer, kind.meeting == meeting.ref)
        .order_by(kind.created_at, kind.ref)
    )


def _attendance(reads: Reads, meeting: Meeting, side: Side) -> Attendance:
    def ours(people: Iterable[PersonId]) -> tuple[PersonView, ...]:
        there = (reads.person(person, heard_at(person, meeting)) for person in people)
        return tuple(one for one in there if one.side == side)

    said = {*meeting.present, *meeting.regrets}
    there = ours(meeting.present)
    expected = dict.fromkeys([meeting.chair, *meeting.invited])
    return Attendance(
        reads.directory.company(side),
        side,
        there,
        ours(meeting.regrets),
        ours(person for person in expected if person not in said),
        tuple(known_of(PersonId(one.id), meeting, reads) for one in there),
    )


def _agenda(reads: Reads, meeting: Meeting) -> tuple[AgendaLine, ...]:
    items = reads.all(
        select(AgendaItem)
        .where(AgendaItem.transfer == reads.transfer, AgendaItem.meeting == meeting.ref)
        .order_by(AgendaItem.position)
    )
    return tuple(
        AgendaLine(
            item.number,
            item.text,
            reads.person(item.presenter) if item.presenter else None,
            item.state not in ("planned", "dropped"),
            spoken(item.state),
        )
        for item in items
    )


def _taken_back(reads: Reads, row: AskedQuestion | Risk | Note) -> Line | None:
    withdrawn = withdrawn_of(reads, row)
    if withdrawn is None:
        return None
    return Line(row.ref, row.text, reads.author(row), withdrawn.reason, spoken(row.state), withdrawn.by)


def _question(reads: Reads, row: AskedQuestion) -> Line:
    if taken_back := _taken_back(reads, row):
        return taken_back
    state = "open" if row.open else spoken(row.state)
    return Line(
        row.ref, row.text, reads.author(row), row.answer or "", state, _who(reads, row.answered_by, row.answered_at)
    )


def _risk(reads: Reads, row: Risk) -> Line:
    if taken_back := _taken_back(reads, row):
        return taken_back
    state = "open" if row.open else spoken(row.state)
    settled_by = _who(reads, row.closed_by, row.closed_at)
    return Line(row.ref, row.text, reads.author(row), row.closed_because or "", state, settled_by)


def _note(reads: Reads, row: Note) -> Line:
    if taken_back := _taken_back(reads, row):
        return taken_back
    return Line(row.ref, row.text, reads.author(row), "", "withdrawn" if row.state == "withdrawn" else "")


def _who(reads: Reads, person: PersonId | None, at: datetime | None) -> PersonView | None:
    return reads.person(person, at) if person else None

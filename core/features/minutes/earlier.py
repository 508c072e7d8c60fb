"""What a meeting did to records from before it: a decision agreed or reversed, an action done, a question answered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from core.features.actions.records import Action
from core.features.decisions.records import Decision
from core.features.meetings.events import MeetingStarted
from core.features.meetings.records import Captured, Meeting
from core.features.questions.records import AskedQuestion, Risk
from core.kernel.audit import Entry, chain_name, entries_of
from core.kernel.ids import Audience, PersonId, Ref, is_reference
from core.kernel.records import spoken
from core.kernel.templates import PersonView
from core.kernel.work import Reads

KINDS: dict[str, type[Captured]] = {"DEC": Decision, "ACT": Action, "QUE": AskedQuestion, "RSK": Risk}
"""By what their references begin with."""


@dataclass(frozen=True, slots=True)
class EarlierLine:
    """A record and how it stood before and after the meeting, spoken; `by` acted last."""

    ref: str
    text: str
    before: str
    after: str
    by: PersonView | None


@dataclass(slots=True)
class _Moves:
    """The state that a record had first and last, and who moved it last, for which company."""

    first: str
    last: str
    person: str | None
    side: str | None = None


def earlier_of(reads: Reads, meeting: Meeting) -> tuple[EarlierLine, ...]:
    """In the order in which they were first touched; from the joint trail between the meeting's start and now."""
    lines = (_line(ref, moves, reads, meeting) for ref, moves in _moves(reads, meeting).items())
    return tuple(line for line in lines if line is not None)


def _line(ref: Ref, moves: _Moves, reads: Reads, meeting: Meeting) -> EarlierLine | None:
    """None for a record of this meeting, and for one that stands as it stood before."""
    kind = KINDS.get(ref.partition("-")[0])
    row = reads.one(select(kind).where(kind.transfer == reads.transfer, kind.ref == ref)) if kind else None
    if row is None or row.meeting == meeting.ref or moves.first == moves.last:
        return None
    by = PersonId(moves.person) if moves.person is not None and moves.person in reads.directory.members else None
    before, after = state_words(moves.first), state_words(moves.last)
    return EarlierLine(row.ref, row.headline, before, after, reads.person(by, side=moves.side) if by else None)


def _moves(reads: Reads, meeting: Meeting) -> dict[Ref, _Moves]:
    moves: dict[Ref, _Moves] = {}
    for body in _entries(reads, meeting):
        ref, changed = Ref(body["record"]), body["changes"].get("state")
        if not changed or changed[0] is None or not is_reference(ref):
            continue
        known = moves.setdefault(ref, _Moves(changed[0], changed[1], None))
        known.last, known.person, known.side = changed[1], body["person"], body["side"]
    return moves


def _entries(reads: Reads, meeting: Meeting) -> Iterator[dict[str, Any]]:
    """The bodies since its start, in order; with those of the commit that holds its end too."""
    chain = chain_name(reads.transfer, Audience.JOINT)
    beside = {one["seq"]: one["body"] for one in reads.unwritten if one["chain"] == chain and one["record"]}
    of_meeting = entries_of(meeting.ref, reads.transfer)
    known = {one.seq: one.body for one in reads.all(of_meeting)} | beside
    started = next((seq for seq, body in sorted(known.items()) if _starts(body, meeting)), None)
    if started is None:
        return
    since = select(Entry).where(Entry.chain == chain, Entry.seq > started, Entry.record.is_not(None))
    bodies = {one.seq: one.body for one in reads.all(since)} | beside
    yield from (json.loads(bodies[seq]) for seq in sorted(bodies) if seq > started)


def _starts(body: str, meeting: Meeting) -> bool:
    return MeetingStarted.called() in body and bool(json.loads(body)["record"] == meeting.ref)


def state_words(state: str) -> str:
    """A state as the minutes say it."""
    return "done, not verified" if state == "done_claimed" else spoken(state)

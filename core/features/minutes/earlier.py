"""What a meeting did to records from before it: a decision agreed or reversed, an action done, a question answered."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from core.features.actions.records import Action
from core.features.decisions.records import Decision
from core.features.meetings.records import Captured, Meeting
from core.features.minutes.since import Since, person_of
from core.features.questions.records import AskedQuestion, Risk
from core.kernel.ids import Ref, is_reference
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


def earlier_of(reads: Reads, meeting: Meeting, since: Since) -> tuple[EarlierLine, ...]:
    """In the order in which they were first touched."""
    lines = (_line(ref, moves, reads, meeting) for ref, moves in _moves(since).items())
    return tuple(line for line in lines if line is not None)


def _line(ref: Ref, moves: _Moves, reads: Reads, meeting: Meeting) -> EarlierLine | None:
    """None for a record of this meeting, and for one that stands as it stood before."""
    kind = KINDS.get(ref.partition("-")[0])
    row = reads.one(select(kind).where(kind.transfer == reads.transfer, kind.ref == ref)) if kind else None
    if row is None or row.meeting == meeting.ref or moves.first == moves.last:
        return None
    before, after = state_words(moves.first), state_words(moves.last)
    return EarlierLine(row.ref, row.headline, before, after, person_of(moves.person, moves.side, reads))


def _moves(since: Since) -> dict[Ref, _Moves]:
    moves: dict[Ref, _Moves] = {}
    for body in since:
        ref, changed = Ref(body["record"]), body["changes"].get("state")
        if not changed or changed[0] is None or not is_reference(ref):
            continue
        known = moves.setdefault(ref, _Moves(changed[0], changed[1], None))
        known.last, known.person, known.side = changed[1], body["person"], body["side"]
    return moves


def state_words(state: str) -> str:
    """A state as the minutes say it."""
    return "done, not verified" if state == "done_claimed" else spoken(state)

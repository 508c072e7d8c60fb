"""Life cycles as data: the states of each record and the moves between them; what is not listed is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType


class IllegalMove(ValueError):
    """A record cannot go from `state` to `to`; `allowed` are the states it can go to, sorted."""

    def __init__(self, name: str, state: str, to: str, allowed: Iterable[str]) -> None:
        self.name = name
        self.state = state
        self.to = to
        self.allowed = tuple(sorted(allowed))
        super().__init__(f"{name}: {state} → {to} is no move; allowed: {', '.join(self.allowed) or 'none'}")


@dataclass(frozen=True, slots=True)
class LifeCycle:
    """The states of one kind of record: the one it starts in, and where each may go.

    `over` are those in which it is done with, although something may lead out of them yet.
    """

    name: str
    start: str
    moves: Mapping[str, frozenset[str]]
    over: frozenset[str] = frozenset()

    @property
    def states(self) -> frozenset[str]:
        """Every state there is."""
        return frozenset(self.moves)

    def allows(self, state: str, to: str) -> bool:
        """Whether a record may go from `state` to `to`; staying is no move."""
        return to in self.moves.get(state, ())

    def check(self, state: str, to: str) -> None:
        """Raises IllegalMove unless a record may go from `state` to `to`."""
        if not self.allows(state, to):
            raise IllegalMove(self.name, state, to, self.moves.get(state, ()))

    @property
    def alive(self) -> frozenset[str]:
        """Every state that something leads out of, but for those in which the record is done with."""
        return frozenset(state for state, moves in self.moves.items() if moves) - self.over


def _cycle(name: str, start: str, over: str = "", **moves: str) -> LifeCycle:
    """States named only as targets are final ones."""
    listed = {state: frozenset(to.split()) for state, to in moves.items()}
    final = {to: frozenset[str]() for targets in listed.values() for to in targets if to not in listed}
    return LifeCycle(name, start, MappingProxyType({start: frozenset(), **final, **listed}), frozenset(over.split()))


MEETING = _cycle(
    "meeting",
    "draft",
    draft="scheduled agenda_posted cancelled",
    scheduled="agenda_posted in_progress cancelled",
    agenda_posted="in_progress cancelled",
    in_progress="suspended closed",
    suspended="in_progress closed",
)

AGENDA_ITEM = _cycle("agenda item", "planned", planned="discussed dropped", discussed="decided deferred parked")

ACTION = _cycle(
    "action",
    "proposed",
    # A slip is cancelled before anyone accepted it: otherwise it would have to be accepted first. Whoever said it, or
    # the chair, withdraws it only until then.
    proposed="open cancelled withdrawn",
    # No sentence starts an action, so done may be said on an open one; back to proposed is a decline.
    open="in_progress done_claimed proposed cancelled withdrawn",
    # Given to somebody else after it was accepted, it is to be accepted anew.
    in_progress="open done_claimed cancelled",
    done_claimed="closed reopened",
    reopened="open",
)

DECISION = _cycle(
    "decision",
    "proposed",
    proposed="agreed withdrawn",
    # Both companies agreed, so one of them alone asks; the other one joins in, or either says that it stands. Who
    # agreed for one of them turned out not to be of it: their join is taken back, and it waits for that one again. Only
    # so, where they reversed it, does one hold again.
    over="reversed",
    agreed="superseded reversal_asked proposed",
    reversal_asked="reversed agreed proposed",
    reversed="reversal_asked agreed proposed",
)

CAPA = _cycle(
    "CAPA",
    "draft",
    draft="planned cancelled withdrawn",
    planned="approved cancelled",
    approved="in_implementation cancelled",
    in_implementation="implemented cancelled",
    implemented="effectiveness_pending cancelled",
    effectiveness_pending="closed_effective ineffective inconclusive cancelled",
    ineffective="reopened",
    # Its plan is drafted anew; the version tells the plans apart.
    reopened="draft",
    # The check gets another period.
    inconclusive="effectiveness_pending",
)

CAPA_LINE = _cycle(
    "CAPA line",
    "planned",
    planned="in_progress cancelled withdrawn",
    # Given to somebody else after it was begun, it is to be accepted anew.
    in_progress="planned done_claimed cancelled",
    done_claimed="closed returned",
    returned="in_progress cancelled",
)

CHECKLIST = _cycle("checklist", "preparing", preparing="started cancelled", started="closed")

CHECKLIST_ITEM = _cycle(
    "checklist item",
    "open",
    open="evidence_attached waived not_applicable",
    # What somebody gave, verified or waived falls with their join; whoever took the last step takes it back, and QA
    # reopens what was settled.
    over="verified waived not_applicable",
    evidence_attached="verified rejected open",
    rejected="open",
    verified="evidence_attached open",
    waived="open",
    not_applicable="open",
)

QUESTION = _cycle("question", "open", open="answered dropped withdrawn")

RISK = _cycle(
    "risk",
    "identified",
    # Closed with a reason alone as long as nothing scores a risk.
    identified="assessed closed withdrawn",
    assessed="treated accepted",
    treated="closed",
    accepted="closed",
)

NOTE = _cycle("note", "recorded", recorded="withdrawn")

FLOOR = _cycle("floor", "open", open="closed")

# Said once at its time; one that was said as a length of time ends with its meeting.
REMINDER = _cycle("reminder", "waiting", waiting="said cancelled dropped")

MOTION = _cycle(
    "motion",
    "open",
    # Nobody closed it before the meeting ended: it lapses, whatever the votes.
    open="carried not_carried withdrawn lapsed",
    # A vote makes no decision: somebody records one, and both companies still agree to that.
    carried="decided",
    # What was recorded of it was taken back: it may be recorded again.
    decided="carried",
)

PROPOSAL = _cycle(
    "proposal",
    "proposed",
    # Withdrawn with the line that it was read from; left where the meeting ended first.
    proposed="confirmed declined withdrawn left",
)

MINUTES = _cycle(
    "minutes",
    "draft",
    draft="chair_checked",
    chair_checked="in_review",
    in_review="approved_one_side",
    approved_one_side="approved",
    approved="signed amended",
    signed="amended",
)

LIFE_CYCLES = (
    MEETING,
    AGENDA_ITEM,
    CHECKLIST,
    CHECKLIST_ITEM,
    ACTION,
    DECISION,
    CAPA,
    CAPA_LINE,
    QUESTION,
    RISK,
    NOTE,
    FLOOR,
    REMINDER,
    MOTION,
    PROPOSAL,
    MINUTES,
)

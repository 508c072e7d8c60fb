"""How ready each company is: what is verified of what applies, and which blockers still stand in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from core.features.checklists.finding import checklist_of, items_of
from core.features.checklists.records import ATTACHED, BOTH, NOT_APPLICABLE, OPEN, VERIFIED, WAIVED, Checklist
from core.features.meetings.records import Meeting
from core.kernel.complements import Complement, Fact, Offer
from core.kernel.errors import msg
from core.kernel.ids import Side
from core.kernel.registry import complements
from core.kernel.work import Reads


class Counted(Protocol):
    """What readiness looks at, be it an item now or one as it stood at the start."""

    @property
    def side(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def blocker(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class StoodItem:
    """An item as the snapshot of a meeting's start keeps it."""

    side: str
    state: str
    blocker: bool


@dataclass(frozen=True, slots=True)
class Readiness:
    """One company's items: `verified` of `total`, which counts all that apply; an item of both counts for each.

    `waiting` have evidence that nobody verified yet; `blockers` are those neither verified nor waived.
    """

    company: str
    verified: int
    total: int
    waiting: int
    waived: int
    not_applicable: int
    blockers: int

    @property
    def is_ready(self) -> bool:
        """Whether nothing is left to do."""
        return self.verified + self.waived == self.total


def readiness_of(items: Sequence[Counted], reads: Reads) -> tuple[Readiness, ...]:
    """Both companies' readiness, the sponsor's first (source: domain, section 1.1)."""
    return tuple(_of(side, items, reads) for side in Side)


def _of(side: Side, items: Sequence[Counted], reads: Reads) -> Readiness:
    ours = [item for item in items if item.side in (BOTH, side)]
    states = [item.state for item in ours]
    return Readiness(
        reads.directory.company(side),
        states.count(VERIFIED),
        len(ours) - states.count(NOT_APPLICABLE),
        states.count(ATTACHED),
        states.count(WAIVED),
        states.count(NOT_APPLICABLE),
        sum(item.blocker and item.state in (OPEN, ATTACHED) for item in ours),
    )


def readiness_now(checklist: Checklist, reads: Reads) -> tuple[Readiness, ...]:
    """As the items stand; once the meeting has begun, as they stood then."""
    if checklist.at_start is not None:
        stood = [StoodItem(one["side"], one["state"], one["blocker"]) for one in checklist.at_start]
        return readiness_of(stood, reads)
    return readiness_of(items_of(reads, checklist.meeting), reads)


def in_words(one: Readiness, at_start: bool, reads: Reads) -> str:
    """`9 of 12 ready, 1 blocker open`; `at_start`: as it stood when the meeting began."""
    ready = msg("{verified} of {total} ready at the start") if at_start else msg("{verified} of {total} ready")
    said = [reads.words.translate(ready)]
    if one.waived:
        said.append(reads.words.translate(msg("{waived} waived")))
    if one.waiting:
        said.append(reads.words.translate(msg("{waiting} to verify")))
    if one.blockers:
        blockers = msg("1 blocker open") if one.blockers == 1 else msg("{blockers} blockers open")
        said.append(reads.words.translate(blockers))
    return ", ".join(said).format(
        verified=one.verified, total=one.total, waived=one.waived, waiting=one.waiting, blockers=one.blockers
    )


@complements("meetings/agenda")
def add_readiness(reads: Reads, meeting: Meeting) -> Complement | None:
    """A fact for each company's readiness on the card of a meeting, and the way to the list."""
    checklist = checklist_of(reads, meeting.ref) if meeting.stage else None
    if checklist is None:
        return None
    stood = checklist.at_start is not None
    facts = tuple(Fact(one.company, in_words(one, stood, reads)) for one in readiness_now(checklist, reads))
    return Complement(facts, (Offer(reads.words.translate(msg("Checklist")), f"checklist {meeting.ref}"),))


MOST_NAMED = 8


@complements("meetings/ending")
def add_open_blockers(reads: Reads, meeting: Meeting) -> Complement | None:
    """Before a meeting ends: the blockers that are still open, which nobody can settle on this list afterwards."""
    checklist = checklist_of(reads, meeting.ref) if meeting.stage else None
    if checklist is None:
        return None
    blockers = [item.item for item in items_of(reads, meeting.ref) if item.blocker and not item.settled]
    if not blockers:
        return None
    more = f" +{len(blockers) - MOST_NAMED}" if len(blockers) > MOST_NAMED else ""
    fact = Fact(reads.words.translate(msg("Open blockers")), ", ".join(blockers[:MOST_NAMED]) + more, grave=True)
    offer = Offer(reads.words.translate(msg("Open blockers")), f"checklist {meeting.ref} blockers")
    return Complement((fact,), (offer,))

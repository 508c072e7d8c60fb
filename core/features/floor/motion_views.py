"""What is shown of motions: who voted how in each company, what the count came to, and the list of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.features.decisions.records import Decision
from core.features.floor.counting import count_of, who_voted
from core.features.floor.records import Motion
from core.features.floor.views import item_words
from core.features.meetings.records import Meeting
from core.kernel.ids import PersonId, Side
from core.kernel.registry import shows
from core.kernel.templates import PersonView, TimeView
from core.kernel.work import Reads
from core.rules.votes import ABSTAIN, NO, YES


@dataclass(frozen=True, slots=True)
class CompanyVotes:
    """One company's votes, by name; `missing` are those who are there and have not voted, while it is open."""

    company: str
    yes: tuple[PersonView, ...]
    no: tuple[PersonView, ...]
    abstained: tuple[PersonView, ...]
    missing: tuple[PersonView, ...]


@dataclass(frozen=True, slots=True)
class MotionView:
    """A motion. `headline` is its text on one line; `item` the agenda item under which it was put, in words.

    `state` is open, carried, not_carried, withdrawn, lapsed or decided; `decision` is what was recorded of it, and
    `undone` how that ended, withdrawn or reversed, empty while it stands.
    """

    ref: str
    headline: str
    text: str
    state: str
    by: PersonView | None
    meeting: str
    item: str
    companies: tuple[CompanyVotes, ...]
    yes: int
    no: int
    abstained: int
    closed_by: PersonView | None
    closed_at: TimeView | None
    decision: str
    undone: str = ""


@shows("floor/motion")
def motion_view(reads: Reads, motion: Motion) -> MotionView:
    counted = count_of(motion)
    recorded = reads.get(Decision, motion.decision) if motion.decision else None
    return MotionView(
        motion.ref,
        motion.headline,
        motion.text,
        motion.state,
        reads.author(motion),
        motion.meeting,
        item_words(motion.item or "", reads),
        tuple(company_votes(motion, side, reads) for side in Side),
        counted.yes,
        counted.no,
        counted.abstained,
        reads.person(motion.closed_by) if motion.closed_by else None,
        reads.time(motion.closed_at) if motion.closed_at else None,
        motion.decision or "",
        recorded.state if recorded is not None and recorded.state in ("withdrawn", "reversed") else "",
    )


def company_votes(motion: Motion, side: Side, reads: Reads) -> CompanyVotes:
    """One company's votes on a motion."""

    def people(vote: str) -> tuple[PersonView, ...]:
        return tuple(reads.person(one) for one in who_voted(motion, vote, side))

    missing = _not_heard(motion, side, reads) if motion.state == "open" else ()
    return CompanyVotes(
        reads.directory.company(side),
        people(YES),
        people(NO),
        people(ABSTAIN),
        tuple(reads.person(one) for one in missing),
    )


def _not_heard(motion: Motion, side: Side, reads: Reads) -> Sequence[PersonId]:
    """Those of a company who are there and may vote, and have not yet."""
    voted = {one["person"] for one in motion.votes}
    members = reads.directory.members
    return [
        one
        for one in reads.get(Meeting, motion.meeting).present
        if one not in voted and members[one].side == side and reads.roles.role_for("motion.vote", members[one].roles)
    ]


@dataclass(frozen=True, slots=True)
class MotionLine:
    """A motion in the list."""

    ref: str
    headline: str
    state: str
    yes: int
    no: int
    abstained: int
    decision: str


@dataclass(frozen=True, slots=True)
class MotionsView:
    """The motions of a transfer, the open ones first and the newest before the older ones; `left` are not shown."""

    lines: tuple[MotionLine, ...]
    next: int
    left: int


@shows("floor/motions")
def motions_view(reads: Reads, rows: Sequence[Motion], following: int, left: int) -> MotionsView:
    return MotionsView(tuple(_line(row) for row in rows), following, left)


def _line(motion: Motion) -> MotionLine:
    counted = count_of(motion)
    return MotionLine(
        motion.ref,
        motion.headline,
        motion.state,
        counted.yes,
        counted.no,
        counted.abstained,
        motion.decided or "",
    )

"""Motions in the minutes: what was moved, what the count came to in each company, and what was recorded of it."""

from __future__ import annotations

from dataclasses import dataclass

from core.features.floor.counting import count_of
from core.features.floor.motions import motions_of
from core.features.floor.records import Motion
from core.features.meetings.records import Meeting
from core.kernel.errors import msg
from core.kernel.ids import Side
from core.kernel.records import spoken
from core.kernel.templates import PersonView
from core.kernel.work import Reads

STANDING = {"decided": msg("carried"), "lapsed": msg("not closed")}
"""What the minutes call a state that has a word of its own only in the records."""


@dataclass(frozen=True, slots=True)
class CompanyCount:
    """One company's votes on a motion, counted."""

    company: str
    yes: int
    no: int
    abstained: int


@dataclass(frozen=True, slots=True)
class MotionPart:
    """A motion with its count; `state` is spoken, `decision` what somebody recorded of it before the meeting ended."""

    ref: str
    text: str
    state: str
    by: PersonView | None
    yes: int
    no: int
    abstained: int
    companies: tuple[CompanyCount, ...]
    decision: str


def motions_in(reads: Reads, meeting: Meeting) -> tuple[MotionPart, ...]:
    """The motions of a meeting as they stand, in the order of their numbers."""
    return tuple(_part(reads, motion) for motion in motions_of(meeting, reads))


def _part(reads: Reads, motion: Motion) -> MotionPart:
    counted = count_of(motion)
    return MotionPart(
        motion.ref,
        motion.text,
        reads.words.translate(STANDING.get(motion.state, spoken(motion.state))),
        reads.author(motion),
        counted.yes,
        counted.no,
        counted.abstained,
        tuple(_company(reads, motion, side) for side in Side),
        motion.decided or "",
    )


def _company(reads: Reads, motion: Motion, side: Side) -> CompanyCount:
    counted = count_of(motion, side)
    return CompanyCount(reads.directory.company(side), counted.yes, counted.no, counted.abstained)

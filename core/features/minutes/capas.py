"""CAPA in the minutes: what this meeting opened or added a line to, and what is open from before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from core.features.capa.lines import lines_of
from core.features.capa.records import Capa, CapaLine
from core.features.meetings.records import Meeting
from core.features.minutes.earlier import state_words
from core.kernel.ids import Audience
from core.kernel.records import spoken
from core.kernel.templates import PersonView, TimeView
from core.kernel.work import Reads


@dataclass(frozen=True, slots=True)
class CapaLinePart:
    """A line of a CAPA; `new`: it was added in this meeting. `accepted`: its owner took it on; `state` is spoken."""

    ref: str
    kind: str
    text: str
    owner: PersonView | None
    accepted: bool
    due: date
    due_at: TimeView | None
    state: str
    new: bool


@dataclass(frozen=True, slots=True)
class CapaPart:
    """A CAPA with all its lines; `new`: it was opened in this meeting. `came_from` are references."""

    ref: str
    title: str
    state: str
    new: bool
    came_from: tuple[str, ...]
    lines: tuple[CapaLinePart, ...]


def capas_of(reads: Reads, meeting: Meeting) -> tuple[CapaPart, ...]:
    """The CAPAs of both companies that belong into the minutes of `meeting`, in the order of their numbers.

    One company's own stand in no minutes that both read.
    """
    touched = select(CapaLine.capa).where(CapaLine.transfer == reads.transfer, CapaLine.meeting == meeting.ref)
    found = reads.all(
        select(Capa)
        .where(Capa.transfer == reads.transfer, Capa.audience == Audience.JOINT)
        .where(or_(Capa.open, Capa.meeting == meeting.ref, Capa.ref.in_(touched)))
        .order_by(Capa.created_at, Capa.ref)
    )
    return tuple(_part(reads, capa, meeting) for capa in found)


def _part(reads: Reads, capa: Capa, meeting: Meeting) -> CapaPart:
    return CapaPart(
        capa.ref,
        capa.title,
        spoken(capa.state),
        capa.meeting == meeting.ref,
        capa.came_from,
        tuple(_line(reads, line, meeting) for line in lines_of(capa.ref, reads)),
    )


def _line(reads: Reads, line: CapaLine, meeting: Meeting) -> CapaLinePart:
    return CapaLinePart(
        line.ref,
        line.kind,
        line.text,
        reads.person(line.owner) if line.owner else None,
        line.accepted,
        line.due,
        reads.time(line.due_at) if line.due_at else None,
        state_words(line.state),
        line.meeting == meeting.ref,
    )

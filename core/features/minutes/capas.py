"""CAPA in the minutes: what this meeting opened or added a line to, and what is open from before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select

from core.features.capa.lines import days_late, lines_of
from core.features.capa.records import Capa, CapaLine
from core.features.meetings.current import time_words
from core.features.meetings.records import Meeting
from core.features.minutes.earlier import state_words
from core.features.minutes.since import Since, person_of
from core.kernel.ids import Audience, PersonId
from core.kernel.records import spoken
from core.kernel.templates import PersonView, TimeView, day_words
from core.kernel.work import Reads


@dataclass(frozen=True, slots=True)
class LineChange:
    """What of a line changed while the meeting ran: `what` is text, owner or due; `old` and `new` are words."""

    what: str
    old: str
    new: str
    by: PersonView | None
    at: TimeView
    reason: str


@dataclass(frozen=True, slots=True)
class CapaLinePart:
    """A line of a CAPA; `new`: it was added in this meeting. `accepted`: its owner took it on; `state` is spoken.

    `late` are the days since it was due, None where it is not overdue; minutes of earlier releases tell neither that
    nor what changed.
    """

    ref: str
    kind: str
    text: str
    owner: PersonView | None
    accepted: bool
    due: date
    due_at: TimeView | None
    state: str
    new: bool
    late: int | None = None
    changes: tuple[LineChange, ...] = ()


Changes = Mapping[str, Sequence[LineChange]]


@dataclass(frozen=True, slots=True)
class CapaPart:
    """A CAPA with all its lines; `new`: it was opened in this meeting. `came_from` are references."""

    ref: str
    title: str
    state: str
    new: bool
    came_from: tuple[str, ...]
    lines: tuple[CapaLinePart, ...]


def capas_of(reads: Reads, meeting: Meeting, since: Since) -> tuple[CapaPart, ...]:
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
    changes = _changes(since, reads)
    return tuple(_part(reads, capa, meeting, changes) for capa in found)


def _part(reads: Reads, capa: Capa, meeting: Meeting, changes: Changes) -> CapaPart:
    return CapaPart(
        capa.ref,
        capa.title,
        spoken(capa.state),
        capa.meeting == meeting.ref,
        capa.came_from,
        tuple(_line(reads, line, meeting, changes) for line in lines_of(capa.ref, reads)),
    )


def _line(reads: Reads, line: CapaLine, meeting: Meeting, changes: Changes) -> CapaLinePart:
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
        days_late(line, reads),
        tuple(changes.get(line.ref, ())),
    )


def _changes(since: Since, reads: Reads) -> Changes:
    """What changed of lines that there were already, by their references."""
    found: dict[str, list[LineChange]] = {}
    for body in since:
        if body["record"].startswith("CAPA-") and "created_at" not in body["changes"]:
            found.setdefault(body["record"], []).extend(_changed(body, reads))
    return found


def _changed(body: dict[str, Any], reads: Reads) -> Iterator[LineChange]:
    by, at = person_of(body["person"], body["side"], reads), reads.time(datetime.fromisoformat(body["at"]))
    for what, words in _WORDS.items():
        if what in body["changes"]:
            old, new = (words(value, reads) for value in body["changes"][what])
            yield LineChange(what, old, new, by, at, body["reason"] or "")


def _name(owner: str | None, reads: Reads) -> str:
    return reads.directory.known_as(PersonId(owner)) if owner else "–"


_WORDS: Mapping[str, Callable[[str | None, Reads], str]] = {
    "text": lambda text, _: text or "–",
    "owner": _name,
    "due": lambda due, _: day_words(date.fromisoformat(due)) if due else "–",
    "due_at": lambda due_at, reads: time_words(datetime.fromisoformat(due_at), reads) if due_at else "–",
}
"""The parts of a line whose change the minutes tell, and each value in words."""

"""The lines of CAPAs: those of one, those that somebody must still do, how late one is, and one in a few words."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import select

from core.features.actions.deadlines import last_day
from core.features.capa.records import CapaLine
from core.features.transfers.owners import zone_of
from core.kernel.complements import Fact
from core.kernel.errors import msg
from core.kernel.ids import PersonId, Ref
from core.kernel.templates import day_words
from core.kernel.work import Reads


def lines_of(capa: Ref, reads: Reads) -> Sequence[CapaLine]:
    """The lines of a CAPA, in order."""
    here = select(CapaLine).where(CapaLine.transfer == reads.transfer, CapaLine.capa == capa)
    return reads.all(here.order_by(CapaLine.number))


def open_lines(reads: Reads, owner: PersonId | None = None, overdue: bool = False) -> Sequence[CapaLine]:
    """The lines that somebody must still do, of one owner or of all, or of those the overdue; the urgent first."""
    wanted = select(CapaLine).where(CapaLine.transfer == reads.transfer, CapaLine.open)
    if owner is not None:
        wanted = wanted.where(CapaLine.owner == owner)
    if overdue:
        wanted = wanted.where(CapaLine.deadline < reads.now)
    return reads.all(wanted.order_by(CapaLine.deadline, CapaLine.ref))


def days_late(line: CapaLine, reads: Reads) -> int | None:
    """Days since it was due, on its owner's calendar; None where it is not overdue."""
    if not line.open or line.deadline >= reads.now:
        return None
    zone = zone_of(line.owner, reads) if line.owner else reads.zone
    today = reads.now.astimezone(ZoneInfo(zone)).date()
    return max(0, (today - last_day(line.due, line.due_at, zone)).days)


def fact_of(line: CapaLine, reads: Reads, whose: bool = False) -> Fact:
    """A line in somebody's list: the kind, what, perhaps whose, by when, and what it waits for."""
    say = reads.words.translate
    late = days_late(line, reads)
    due = day_words(line.due)
    parts = [f"{say(line.kind)}: {line.headline}"]
    parts.append(say(msg("was due {day}")).format(day=due) if late is not None else due)
    if whose and line.owner is not None:
        parts.insert(1, reads.directory.known_as(line.owner))
    if line.owner is None:
        parts.append(say(msg("needs an owner")))
    elif not line.accepted:
        parts.append(say(msg("not accepted yet")))
    return Fact(line.ref, " · ".join(parts), grave=late is not None)

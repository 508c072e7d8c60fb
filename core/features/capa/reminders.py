"""Reminders of lines by direct message: stored commands that look again; what is due on one morning is one message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from core.features.actions.deadlines import Step, reminders
from core.features.actions.events import OwnerReminded, ReminderWithheld
from core.features.actions.reminders import NOBODY, remind_of, take_along, why_needless
from core.features.capa.lines import fact_of, open_lines
from core.features.capa.records import CapaLine
from core.features.transfers.owners import entitled_leads, hearers_for, is_others, zone_of
from core.kernel.complements import Complement, Offer
from core.kernel.errors import msg
from core.kernel.ids import PersonId, Ref
from core.kernel.messages import Command
from core.kernel.posting import ToPerson
from core.kernel.registry import complements, handles, reacts
from core.kernel.work import Reads, Work


@dataclass(frozen=True, kw_only=True)
class RemindCapaOwner(Command):
    """Remind the owner of a CAPA's line by direct message; their lead in their place, where they cannot be reached."""

    needs: ClassVar[str] = "capa.remind"

    line: Ref
    owner: PersonId
    step: Step
    due: date


def plan_reminders(line: CapaLine, work: Work) -> None:
    """Promise the owner's reminders that still lie ahead."""
    if line.owner is None or not line.open:
        return
    for step, when in _steps(line, work).items():
        if when > work.now:
            command = RemindCapaOwner(line=line.ref, owner=line.owner, step=step, due=line.due)
            work.schedule(_key(line, step), when, command)


def take_back_reminders(line: CapaLine, work: Work) -> None:
    """Take back what was promised."""
    for step in Step:
        work.unschedule(_key(line, step))


def _key(line: CapaLine, step: Step) -> str:
    return f"remind:{line.ref}:{step}"


@handles(RemindCapaOwner)
def remind_capa_owner(cmd: RemindCapaOwner, work: Work) -> None:
    line = work.get(CapaLine, cmd.line)
    expected = line.open and cmd.owner == line.owner and cmd.due == line.due
    needless = why_needless(cmd, line.due_at, expected, work)
    if needless:
        work.record(ReminderWithheld(record=line.ref), reason=needless)
        return
    if is_others(line.audience, cmd.owner, work):
        _tell_leads(line, cmd.owner, work)
        return
    since = reminders(cmd.due, line.due_at, zone_of(cmd.owner, work)).get(cmd.step, work.now)
    actions = take_along(cmd.owner, since, work)
    if actions:  # theirs and the line are one message, which the event brings together
        remind_of(actions, cmd.owner, since, work)
    else:
        _tell(cmd.owner, since, work)


def _tell_leads(line: CapaLine, owner: PersonId, work: Work) -> None:
    """A line of a company's own CAPA whose owner is of the other one by now: its leads hear of it, alone."""
    leads, key = entitled_leads(line.audience, work), f"moved:{line.ref}:{work.now:%Y%m%d%H%M}"
    for lead in leads:
        parts = {"line": line, "owner": owner, "hearer": lead.person}
        work.post(ToPerson(lead.person), "capa/reminder", key=key, record=line, **parts)
    _note([line], "" if leads else NOBODY, work)


def _tell(owner: PersonId, since: datetime, work: Work) -> None:
    """One message a morning, each of its own: a card that only changed would call nobody."""
    lines, hearers = due_lines(owner, since, work), hearers_for(owner, work)
    for hearer in hearers:
        to, key = ToPerson(hearer), f"remind-capa:{owner}:{since:%Y%m%d%H%M}"
        if len(lines) == 1:
            [line] = lines
            work.post(to, "capa/reminder", key=key, record=line, line=line, owner=owner, hearer=hearer)
        else:
            work.post(to, "capa/reminders", key=key, lines=lines, owner=owner, hearer=hearer)
    _note(lines, "" if hearers else NOBODY, work)


def _note(lines: Sequence[CapaLine], why: str, work: Work) -> None:
    """Each is told of now: no reminder of this morning comes again."""
    for line in lines:
        for step, when in _steps(line, work).items():
            if when <= work.now:
                work.unschedule(_key(line, step))
        work.record(OwnerReminded(record=line.ref), reason=why)


@reacts(OwnerReminded)
def come_along(event: OwnerReminded, work: Work) -> None:
    """A message about actions that speaks for the morning tells of the owner's lines too."""
    if event.owner is not None and event.since is not None:
        _note(due_lines(event.owner, event.since, work), work.reason, work)


@complements("actions/reminders")
def lines_that_come_along(reads: Reads, owner: PersonId, since: datetime) -> Complement | None:
    lines = due_lines(owner, since, reads)
    accept = reads.words.translate(msg("Accept {ref}"))
    offers = (Offer(accept.format(ref=line.ref), f"capa accept {line.ref}") for line in lines if not line.accepted)
    return Complement(tuple(fact_of(line, reads) for line in lines), tuple(offers))


def due_lines(owner: PersonId, since: datetime, reads: Reads) -> list[CapaLine]:
    """The owner's lines with a reminder from `since` until now (UTC), the most urgent first."""
    lines = [line for line in open_lines(reads, owner) if not is_others(line.audience, owner, reads)]
    return [line for line in lines if any(since <= when <= reads.now for when in _steps(line, reads).values())]


def _steps(line: CapaLine, reads: Reads) -> Mapping[Step, datetime]:
    return reminders(line.due, line.due_at, zone_of(line.owner, reads)) if line.owner else {}

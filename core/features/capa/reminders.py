"""Reminders of a line by direct message, in its owner's morning: stored commands that look again before they speak."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from core.features.actions.deadlines import Step, reminders
from core.features.actions.events import OwnerReminded, ReminderWithheld
from core.features.actions.owners import zone_of
from core.features.actions.telling import leads_in_reach
from core.features.capa.records import CapaLine
from core.kernel.ids import PersonId, Ref
from core.kernel.messages import Command
from core.kernel.posting import ToPerson
from core.kernel.registry import handles
from core.kernel.work import Work


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
    for step, when in reminders(line.due, line.due_at, zone_of(line.owner, work)).items():
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
    needless = _why_needless(cmd, line, work)
    if needless:
        work.record(ReminderWithheld(record=line.ref), reason=needless)
        return
    members, owner = work.directory.members, cmd.owner
    reached = members[owner].active and bool(members[owner].accounts)
    hearers = [owner] if reached else [lead.person for lead in leads_in_reach(members[owner].side, work)]
    key = f"remind:{line.ref}:{line.version}:{cmd.step}"
    for hearer in hearers:
        work.post(ToPerson(hearer), "capa/reminder", key=key, record=line, line=line, owner=owner, hearer=hearer)
    work.record(OwnerReminded(record=line.ref), reason="" if hearers else "nobody of this company can be reached")


def _why_needless(cmd: RemindCapaOwner, line: CapaLine, work: Work) -> str:
    """Why nothing is to be said, for the trail; empty where the reminder is due, late as it may be."""
    facts = work.directory.facts
    if facts is None or not facts.open:
        return "the transfer is closed"
    if not line.open or cmd.owner != line.owner or cmd.due != line.due:
        return "it is not expected of this person any more"
    on_the_day = reminders(cmd.due, line.due_at, zone_of(cmd.owner, work)).get(Step.DAY)
    if cmd.step is Step.EVE and on_the_day is not None and work.now >= on_the_day:
        return "late: the reminder of the day itself is due as well"
    return ""

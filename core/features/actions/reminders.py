"""Reminders by direct message, at nine in the owner's morning: stored commands that look again before they speak."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from core.features.actions.deadlines import Step, reminders
from core.features.actions.events import OwnerReminded, ReminderWithheld
from core.features.actions.owners import zone_of
from core.features.actions.records import Action
from core.features.actions.telling import leads_in_reach
from core.kernel.ids import PersonId, Ref
from core.kernel.messages import Command
from core.kernel.posting import ToPerson
from core.kernel.registry import handles
from core.kernel.work import Work


@dataclass(frozen=True, kw_only=True)
class RemindOwner(Command):
    """Remind an owner of an action by direct message; their lead in their place, where they cannot be reached."""

    needs: ClassVar[str] = "action.remind"

    action: Ref
    owner: PersonId
    step: Step
    due: date


def plan_reminders(action: Action, work: Work) -> None:
    """Promise each owner's reminders that still lie ahead."""
    if action.due is None or not action.open:
        return
    for owner in action.owners:
        for step, when in reminders(action.due, action.due_at, zone_of(owner, work)).items():
            if when > work.now:
                command = RemindOwner(action=action.ref, owner=owner, step=step, due=action.due)
                work.schedule(_key(action, owner, step), when, command)


def take_back_reminders(owners: Sequence[PersonId], action: Action, work: Work) -> None:
    """Take back what was promised to these owners."""
    for owner in owners:
        for step in Step:
            work.unschedule(_key(action, owner, step))


def _key(action: Action, owner: PersonId, step: Step) -> str:
    return f"remind:{action.ref}:{owner}:{step}"


@handles(RemindOwner)
def remind_owner(cmd: RemindOwner, work: Work) -> None:
    action = work.get(Action, cmd.action)
    needless = _why_needless(cmd, action, work)
    if needless:
        work.record(ReminderWithheld(record=action.ref), reason=needless)
        return
    members, owner = work.directory.members, cmd.owner
    reached = members[owner].active and bool(members[owner].accounts)
    hearers = [owner] if reached else [lead.person for lead in leads_in_reach(members[owner].side, work)]
    # Each reminder is a message of its own: a card that only changed would call nobody.
    key = f"remind:{action.ref}:{action.version}:{cmd.step}:{owner}"
    for hearer in hearers:
        to = ToPerson(hearer)
        work.post(to, "actions/reminder", key=key, record=action, action=action, owner=owner, hearer=hearer)
    work.record(OwnerReminded(record=action.ref), reason="" if hearers else "nobody of this company can be reached")


def _why_needless(cmd: RemindOwner, action: Action, work: Work) -> str:
    """Why nothing is to be said, for the trail; empty where the reminder is due, late as it may be."""
    facts = work.directory.facts
    if facts is None or not facts.open:
        return "the transfer is closed"
    if not action.open or cmd.owner not in action.owners or action.due != cmd.due:
        return "it is not expected of this person any more"
    on_the_day = reminders(cmd.due, action.due_at, zone_of(cmd.owner, work)).get(Step.DAY)
    if cmd.step is Step.EVE and on_the_day is not None and work.now >= on_the_day:
        return "late: the reminder of the day itself is due as well"
    return ""

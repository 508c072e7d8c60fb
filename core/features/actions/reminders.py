"""Reminders at nine in the owner's morning: stored commands that look again, and the first one speaks for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Protocol

from sqlalchemy import select

from core.features.actions.deadlines import Step, reminders
from core.features.actions.events import OwnerReminded, ReminderWithheld
from core.features.actions.records import Action
from core.features.checklists import reminders as checklists
from core.features.transfers.owners import entitled_leads, hearers_for, is_others, zone_of
from core.kernel.ids import PersonId, Ref
from core.kernel.messages import Command
from core.kernel.posting import ToPerson
from core.kernel.registry import handles
from core.kernel.work import Work

NOBODY = "nobody of this company can be reached"


@dataclass(frozen=True, kw_only=True)
class RemindOwner(Command):
    """Remind an owner of an action by direct message; their lead in their place, where they cannot be reached."""

    needs: ClassVar[str] = "action.remind"

    action: Ref
    owner: PersonId
    step: Step
    due: date


class Reminding(Protocol):
    """A reminder of what an owner is to do by a day."""

    @property
    def owner(self) -> PersonId:
        """Who is reminded."""
        ...

    @property
    def step(self) -> Step:
        """Of the day itself, or of its eve."""
        ...

    @property
    def due(self) -> date:
        """The day."""
        ...


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
    if is_others(action.audience, cmd.owner, work):
        _tell_leads(action, cmd.owner, work)
        return
    moment = reminders(cmd.due, action.due_at, zone_of(cmd.owner, work)).get(cmd.step, work.now)
    remind_of([action, *take_along(cmd.owner, moment, work, besides=action.ref)], cmd.owner, moment, work)


def _tell_leads(action: Action, owner: PersonId, work: Work) -> None:
    """What is a company's own and its owner's no more, who is of the other one by now, its leads hear: alone."""
    leads, key = entitled_leads(action.audience, work), f"moved:{action.ref}:{work.now:%Y%m%d%H%M}"
    for lead in leads:
        parts = {"action": action, "owner": owner, "hearer": lead.person, "since": work.now}
        work.post(ToPerson(lead.person), "actions/reminder", key=key, record=action, **parts)
    work.record(OwnerReminded(record=action.ref), reason="" if leads else NOBODY)


def remind_of(actions: Sequence[Action], owner: PersonId, since: datetime, work: Work) -> None:
    """Tell an owner, or whoever stands in, of actions with a reminder from `since` (UTC) until now.

    The first event names the owner and that moment: what a later feature would remind of then comes along.
    """
    hearers = hearers_for(owner, work)
    for hearer in hearers:
        _tell(hearer, owner, actions, since, work)
    why = "" if hearers else NOBODY
    checklists.take_along(owner, since, why, work)
    first, *others = actions
    work.record(OwnerReminded(record=first.ref, owner=owner, since=since), reason=why)
    for one in others:
        work.record(OwnerReminded(record=one.ref), reason=why)


def _tell(hearer: PersonId, owner: PersonId, actions: Sequence[Action], moment: datetime, work: Work) -> None:
    """One message a morning, each of its own: a card that only changed would call nobody."""
    to, key = ToPerson(hearer), f"remind:{owner}:{moment:%Y%m%d%H%M}"
    if len(actions) == 1:
        [action] = actions
        work.post(
            to, "actions/reminder", key=key, record=action, action=action, owner=owner, hearer=hearer, since=moment
        )
    else:
        work.post(to, "actions/reminders", key=key, actions=actions, owner=owner, hearer=hearer, since=moment)


def take_along(owner: PersonId, moment: datetime, work: Work, besides: str = "") -> list[Action]:
    """The owner's actions with a reminder from `moment` until now, but for one: told of here and not again."""
    zone, found = zone_of(owner, work), []
    open_now = work.all(select(Action).where(Action.transfer == work.transfer, Action.open).order_by(Action.deadline))
    for action in open_now:
        if action.ref == besides or action.due is None or owner not in action.owners:
            continue
        if is_others(action.audience, owner, work):
            continue
        for step, when in reminders(action.due, action.due_at, zone).items():
            its_own = RemindOwner(action=action.ref, owner=owner, step=step, due=action.due)
            if moment <= when <= work.now and not _why_needless(its_own, action, work):
                work.unschedule(_key(action, owner, step))
                found.append(action)
    return found


def _why_needless(cmd: RemindOwner, action: Action, work: Work) -> str:
    expected = action.open and cmd.owner in action.owners and action.due == cmd.due
    return why_needless(cmd, action.due_at, expected, work)


def why_needless(cmd: Reminding, due_at: datetime | None, expected: bool, work: Work) -> str:
    """Why nothing is to be said, for the trail; empty where the reminder is due, late as it may be. `expected`: the
    owner is still to do it, by that day."""
    facts = work.directory.facts
    if facts is None or not facts.open:
        return "the transfer is closed"
    if not expected:
        return "it is not expected of this person any more"
    on_the_day = reminders(cmd.due, due_at, zone_of(cmd.owner, work)).get(Step.DAY)
    if cmd.step is Step.EVE and on_the_day is not None and work.now >= on_the_day:
        return "late: the reminder of the day itself is due as well"
    return ""

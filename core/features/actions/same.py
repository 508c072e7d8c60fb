"""Two people turn out to be one: the actions of the one that are not over are the other's."""

from __future__ import annotations

from sqlalchemy import select

from core.features.actions.events import ActionPlanned
from core.features.actions.owners import deadline
from core.features.actions.records import Action
from core.features.actions.reminders import plan_reminders, take_back_reminders
from core.features.actions.telling import show
from core.features.meetings.same import as_one
from core.features.transfers.events import PeopleJoined
from core.kernel.registry import reacts
from core.kernel.work import Work


@reacts(PeopleJoined)
def hand_over(event: PeopleJoined, work: Work) -> None:
    alive = select(Action).where(Action.transfer == work.transfer, Action.state.in_(Action.cycle.alive))
    for action in work.all(alive):
        if event.gone in (*action.owners, *action.told):
            _hand_over(action, event, work)


def _hand_over(action: Action, event: PeopleJoined, work: Work) -> None:
    take_back_reminders([event.gone], action, work)
    action.owners = as_one(action.owners, event)
    action.accepted = as_one(action.accepted, event)
    action.told = as_one(action.told, event)
    action.deadline = deadline(action, work)
    plan_reminders(action, work)
    work.record(ActionPlanned(record=action.ref))
    show(action, work)

"""Two people turn out to be one: the open actions of the one are the other's."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from core.features.actions.events import ActionPlanned
from core.features.actions.owners import deadline
from core.features.actions.records import Action
from core.features.actions.reminders import plan_reminders, take_back_reminders
from core.features.actions.telling import show
from core.features.transfers.events import PeopleJoined
from core.kernel.ids import PersonId
from core.kernel.registry import reacts
from core.kernel.work import Work


@reacts(PeopleJoined)
def hand_over(event: PeopleJoined, work: Work) -> None:
    for action in work.all(select(Action).where(Action.transfer == work.transfer, Action.open)):
        if event.gone in action.owners:
            _hand_over(action, event, work)


def _hand_over(action: Action, event: PeopleJoined, work: Work) -> None:
    take_back_reminders([event.gone], action, work)
    action.owners = _as_one(action.owners, event)
    action.accepted = _as_one(action.accepted, event)
    action.told = _as_one(action.told, event)
    action.deadline = deadline(action, work)
    plan_reminders(action, work)
    work.record(ActionPlanned(record=action.ref))
    show(action, work)


def _as_one(people: Sequence[PersonId], event: PeopleJoined) -> list[PersonId]:
    return list(dict.fromkeys(event.kept if person == event.gone else person for person in people))

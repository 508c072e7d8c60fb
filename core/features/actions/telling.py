"""Whom an action is shown to: one card in each room, one in the conversation with each owner who was told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.features.actions.records import Action
from core.features.transfers.owners import leads_in_reach
from core.kernel.ids import PersonId, Side
from core.kernel.posting import ToPerson, ToRooms
from core.kernel.registry import redraws
from core.kernel.work import Reads, Work


@dataclass(frozen=True, slots=True)
class Remark:
    """What was just done to what somebody is to do, by whom and why: `declined`, `reassigned` or another such word."""

    what: str
    by: PersonId
    reason: str


def to_be_told(owners: Sequence[PersonId], reads: Reads) -> list[PersonId]:
    """Those of the owners who do not know it yet and can be reached: not whoever says it."""
    members = reads.directory.members
    return [person for person in owners if person != reads.actor.person and members[person].accounts]


def show(action: Action, work: Work, remark: Remark | None = None, informed: Sequence[PersonId] = ()) -> None:
    """Post the action's card in every room and to everyone told of it, or change it there.

    `informed` were told before: where it is not theirs any more, their card says so.
    """
    key = f"card:{action.ref}"
    work.post(ToRooms(), "actions/item", key=key, record=action, action=action, remark=remark)
    for person in dict.fromkeys([*action.told, *informed]):
        work.post(ToPerson(person), "actions/own", key=key, record=action, action=action, owner=person)


def tell_released(people: Sequence[PersonId], action: Action, remark: Remark, work: Work) -> None:
    """Tell those who had an action on their list, but not whoever did it, that nothing more is expected of them."""
    for person in to_be_told(people, work):
        key = f"released:{action.ref}:{action.version}"
        work.post(ToPerson(person), "actions/released", key=key, record=action, action=action, remark=remark)


def tell_reopened(action: Action, remark: Remark, work: Work) -> None:
    """Tell the owners and whoever recorded it, whose cards said that it is done, but not whoever takes that back."""
    author = action.created_by
    others = [author] if author is not None and author in work.directory.members else []
    for person in to_be_told(list(dict.fromkeys([*action.owners, *others])), work):
        key = f"reopened:{action.ref}:{action.version}"
        work.post(ToPerson(person), "actions/reopened", key=key, record=action, action=action, remark=remark)


def tell_leads(sides: Sequence[Side | None], action: Action, remark: Remark, work: Work) -> None:
    """Tell the leads of those companies that an action has nobody left who does it."""
    for side in dict.fromkeys(sides):
        for lead in leads_in_reach(side, work):
            if lead.person != work.actor.person:
                key = f"declined:{action.ref}:{action.version}"
                to = ToPerson(lead.person)
                work.post(to, "actions/declined", key=key, record=action, action=action, remark=remark)


@redraws(Action)
def show_again(action: Action, stands: bool, work: Work) -> None:
    show(action, work)

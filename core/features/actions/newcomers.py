"""Owners who are named before they are members: the action keeps their accounts, and is theirs once they are added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from sqlalchemy import Select, select

from core.features.actions.events import ActionPlanned
from core.features.actions.owners import MOST, deadline
from core.features.actions.recording import assign
from core.features.actions.records import MEMBER, Action
from core.features.actions.reminders import plan_reminders, take_back_reminders
from core.features.actions.standing import living_transfer, still_open
from core.features.actions.telling import show
from core.features.transfers.events import MemberAdded
from core.features.transfers.introducing import introduce
from core.features.transfers.newcomers import Newcomer
from core.features.transfers.owners import MAY_OWN
from core.kernel.errors import Refused, msg
from core.kernel.ids import PersonId, Ref
from core.kernel.messages import Command, Reference
from core.kernel.registry import handles, reacts
from core.kernel.work import Ask, Work


@dataclass(frozen=True, kw_only=True)
class IntroduceOwner(Command):
    """Add the person whom an action names as an owner and who is no member yet."""

    says: ClassVar[str] = "action introduce"
    heading: ClassVar[str] = msg("Add who is to do it")
    needs: ClassVar[str] = "action.plan"

    action: Annotated[Ref, Reference("the action", prefix="ACT")]


@dataclass(frozen=True, kw_only=True)
class GiveToNewcomer(Command):
    """Give a new member the actions that named them as an owner before."""

    needs: ClassVar[str] = "action.join"

    person: PersonId


@handles(IntroduceOwner)
def introduce_owner(cmd: IntroduceOwner, work: Work) -> Ask:
    living_transfer(work)
    action = still_open(work.get(Action, cmd.action))
    named = newcomers_of(action)
    if not named:
        raise Refused(msg("Everybody whom {ref} names as an owner is a member."), ref=action.ref)
    by_whom = msg(
        "{name} is added by a lead: {leads}. The same button on {ref} asks them for the company and the role."
    )
    return introduce(named[0], action.ref, by_whom, work)


@reacts(MemberAdded)
def look_for_their_actions(event: MemberAdded, work: Work) -> None:
    """The newcomer is no member before this command is done: the actions follow in one of their own."""
    if work.one(_waiting(work)) is not None:
        person = PersonId(event.record.removeprefix("member:"))
        work.schedule(f"newcomer:{person}", work.now, GiveToNewcomer(person=person))


def _waiting(work: Work) -> Select[Action]:
    still = select(Action).where(Action.transfer == work.transfer, Action.open, Action.newcomers.is_not(None))
    return still.order_by(Action.ref)


@handles(GiveToNewcomer)
def give_to_newcomer(cmd: GiveToNewcomer, work: Work) -> None:
    for action in work.all(_waiting(work)):
        named = newcomers_of(action)
        accounts = work.directory.members[cmd.person].accounts
        left = [one for one in named if one.account.identity not in accounts]
        if len(left) < len(named):
            _join(cmd.person, action, left, work)


def _join(person: PersonId, action: Action, left: Sequence[Newcomer], work: Work) -> None:
    """Make the person an owner where they may be one; whoever else is no member yet stays named."""
    before = action.owners
    may_own = bool(work.directory.members[person].roles & MAY_OWN) and len(before) < MOST
    if may_own and person not in before:
        take_back_reminders(before, action, work)
        assign([*before, person], action, work)
        action.deadline = deadline(action, work)
        plan_reminders(action, work)
    keep_newcomers(action, left)
    work.record(ActionPlanned(record=action.ref))
    show(action, work)


def newcomers_of(action: Action) -> list[Newcomer]:
    """Those whom it names as owners and who were no members when it was recorded."""
    return [Newcomer.of(one) for one in action.newcomers or ()]


def keep_newcomers(action: Action, people: Sequence[Newcomer]) -> None:
    """Keep who is still to become a member, and that this is to be confirmed."""
    action.newcomers = [one.as_json() for one in people] or None
    rest = [what for what in action.confirm if what != MEMBER]
    action.confirm = [*rest, MEMBER] if people else rest

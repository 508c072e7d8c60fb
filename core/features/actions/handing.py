"""An action changes hands, or is not to be done any more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.features.actions.events import ActionCancelled, ActionReassigned
from core.features.actions.owners import deadline, names
from core.features.actions.recording import assign
from core.features.actions.records import Action
from core.features.actions.reminders import plan_reminders, take_back_reminders
from core.features.actions.standing import living_transfer, still_open
from core.features.actions.telling import Remark, show, tell_released
from core.features.meetings.current import chairs_of
from core.kernel.errors import NotAllowed, Refused, msg
from core.kernel.ids import PersonId, Ref
from core.kernel.messages import Command, People, Reason, Reference, checked_reason
from core.kernel.registry import handles
from core.kernel.work import Work

MAY_RECORD = frozenset({"lead", "qa", "expert"})
"""Roles that record actions and name their owners; the role table says the same, and a test holds them together."""


@dataclass(frozen=True, kw_only=True)
class ReassignAction(Command):
    """Give an action to other people; they accept it anew."""

    says: ClassVar[str] = "action reassign"
    heading: ClassVar[str] = msg("Give to somebody else")
    needs: ClassVar[str] = "action.reassign"

    action: Annotated[Ref, Reference("the action", prefix="ACT")]
    owners: Annotated[tuple[PersonId, ...], People("who does it from now on")]
    reason: Annotated[str, Reason("why, if somebody accepted it already")] = ""


@dataclass(frozen=True, kw_only=True)
class CancelAction(Command):
    """Cancel an action that is not to be done any more, with a reason."""

    says: ClassVar[str] = "action cancel"
    heading: ClassVar[str] = msg("Cancel an action")
    needs: ClassVar[str] = "action.cancel"

    action: Annotated[Ref, Reference("the action", prefix="ACT")]
    reason: Annotated[str, Reason("why it is not needed")]


@handles(ReassignAction)
def reassign_action(cmd: ReassignAction, work: Work) -> None:
    living_transfer(work)
    action = still_open(work.get(Action, cmd.action))
    _only_lead_or_owner(action, work)
    before, informed = action.owners, action.told
    if set(before) == set(cmd.owners):
        raise Refused(msg("{ref} is {owners}’s already."), ref=action.ref, owners=names(before, work))
    reason = _reason(cmd, action, work)
    take_back_reminders(before, action, work)
    assign(cmd.owners, action, work)
    begin_anew(action)
    action.deadline = deadline(action, work)
    plan_reminders(action, work)
    work.record(ActionReassigned(record=action.ref), reason=reason)
    remark = _remark("reassigned", reason, work)
    tell_released([person for person in before if person not in action.owners], action, remark, work)
    show(action, work, remark, informed=informed)


def _only_lead_or_owner(action: Action, work: Work) -> None:
    """One that nobody owns is given by all who record actions."""
    if "lead" in work.actor.roles or work.actor.person in action.owners:
        return
    if action.owners:
        raise NotAllowed(
            msg("{ref} is {owners}’s: an owner or a lead gives it to somebody else. Ask {who}."),
            ref=action.ref,
            owners=names(action.owners, work),
            who=work.directory.named("lead", side=work.actor.side),
        )
    if not work.actor.roles & MAY_RECORD:
        raise NotAllowed(msg("{ref} has no owner yet: a lead, QA or an expert names one."), ref=action.ref)


def _reason(cmd: ReassignAction, action: Action, work: Work) -> str:
    if cmd.reason:
        return checked_reason(cmd.reason)
    if action.accepted:
        raise Refused(
            msg("{owners} accepted {ref}: say why it changes hands."),
            ref=action.ref,
            owners=names(action.accepted, work),
            examples=(f'action reassign {action.ref} @name reason:"why"',),
        )
    return ""


def begin_anew(action: Action) -> None:
    """Whoever stays has accepted it; the others are asked."""
    action.accepted = [person for person in action.accepted if person in action.owners]
    if action.state == "in_progress" and not action.accepted:
        action.move("open")


@handles(CancelAction)
def cancel_action(cmd: CancelAction, work: Work) -> None:
    living_transfer(work)
    action = still_open(work.get(Action, cmd.action))
    _only_lead_qa_or_chair(action, work)
    reason = checked_reason(cmd.reason)
    take_back_reminders(action.owners, action, work)
    action.move("cancelled")
    action.open = False
    work.record(ActionCancelled(record=action.ref), reason=reason)
    remark = _remark("cancelled", reason, work)
    tell_released(action.owners, action, remark, work)
    show(action, work, remark)


def _only_lead_qa_or_chair(action: Action, work: Work) -> None:
    if work.actor.roles & {"lead", "qa"} or work.actor.person in chairs_of(action.meeting, work):
        return
    may = [member.known_as for member in work.directory.holding("lead", "qa", side=work.actor.side)]
    if work.actor.person in action.owners and work.actor.person not in action.accepted:
        raise NotAllowed(
            msg("A lead, QA or the chair of the meeting cancels an action: {names}. You may decline it:"),
            names=", ".join(may),
            examples=(f'action decline {action.ref} reason:"why"',),
        )
    raise NotAllowed(msg("A lead, QA or the chair of the meeting cancels an action: {names}."), names=", ".join(may))


def _remark(what: str, reason: str, work: Work) -> Remark:
    assert work.actor.person is not None  # the role table lets only members in
    return Remark(what, work.actor.person, reason)

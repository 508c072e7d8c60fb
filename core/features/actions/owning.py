"""What owners say of an action: accepted, declined, done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.features.actions.events import ActionAccepted, ActionClaimedDone, ActionDeclined, ActionReopened
from core.features.actions.owners import deadline, leads_an_owner, only_owner, side_of
from core.features.actions.records import OWNER, Action
from core.features.actions.reminders import plan_reminders, take_back_reminders
from core.features.actions.standing import living_transfer, still_open
from core.features.actions.telling import Remark, show, tell_leads, tell_reopened
from core.kernel.errors import Refused, msg
from core.kernel.ids import PersonId, Ref
from core.kernel.messages import Command, Reason, Reference, Value, checked_reason
from core.kernel.registry import handles
from core.kernel.work import Work


@dataclass(frozen=True, kw_only=True)
class AcceptAction(Command):
    """Accept an action that is yours; where several own it, each accepts."""

    says: ClassVar[str] = "action accept"
    heading: ClassVar[str] = msg("Accept an action")
    needs: ClassVar[str] = "action.own"

    action: Annotated[Ref, Reference("the action", prefix="ACT")]


@dataclass(frozen=True, kw_only=True)
class DeclineAction(Command):
    """Decline an action that is yours and that you have not accepted."""

    says: ClassVar[str] = "action decline"
    heading: ClassVar[str] = msg("Decline an action")
    needs: ClassVar[str] = "action.own"

    action: Annotated[Ref, Reference("the action", prefix="ACT")]
    reason: Annotated[str, Reason("why not")]


@dataclass(frozen=True, kw_only=True)
class FinishAction(Command):
    """Say that an action is done, and what shows it."""

    says: ClassVar[str] = "action done"
    heading: ClassVar[str] = msg("Say that it is done")
    needs: ClassVar[str] = "action.own"

    action: Annotated[Ref, Reference("the action", prefix="ACT")]
    evidence: Annotated[str, Value("what shows it, such as a document, a number or a link", longest=1000)]


@dataclass(frozen=True, kw_only=True)
class ReopenAction(Command):
    """Take “done” back: an action that was said to be done, and is not, is to be done as before."""

    says: ClassVar[str] = "action reopen"
    heading: ClassVar[str] = msg("Say that it is not done")
    needs: ClassVar[str] = "action.own"

    action: Annotated[Ref, Reference("the action", prefix="ACT")]
    reason: Annotated[str, Reason("why it is not done")]


@handles(AcceptAction)
def accept_action(cmd: AcceptAction, work: Work) -> None:
    living_transfer(work)
    action = still_open(work.get(Action, cmd.action))
    person = only_owner(action, work)
    if person in action.accepted:
        raise Refused(
            msg("You accepted {ref} already. When it is done:"),
            ref=action.ref,
            examples=(f'action done {action.ref} evidence:"what shows it"',),
        )
    take_on(person, action, work)
    show(action, work)


def take_on(person: PersonId, action: Action, work: Work) -> None:
    """Note that an owner does it."""
    action.accepted = [*action.accepted, person]
    if action.state == "open":
        action.move("in_progress")
    work.record(ActionAccepted(record=action.ref))


@handles(DeclineAction)
def decline_action(cmd: DeclineAction, work: Work) -> None:
    living_transfer(work)
    action = still_open(work.get(Action, cmd.action))
    person, reason = only_owner(action, work), checked_reason(cmd.reason)
    if person in action.accepted:
        raise Refused(
            msg("You accepted {ref}: it can only be given to somebody else, with a reason."),
            ref=action.ref,
            examples=(f'action reassign {action.ref} @name reason:"why"',),
        )
    take_back_reminders([person], action, work)
    informed = action.told
    action.owners = [one for one in action.owners if one != person]
    action.told = [one for one in action.told if one != person]
    action.side, action.deadline = side_of(action.owners, work), deadline(action, work)
    remark = Remark("declined", person, reason)
    if not action.owners:
        action.move("proposed")
        action.confirm = [OWNER, *action.confirm]
        tell_leads([work.directory.side_of(person)], action, remark, work)
    work.record(ActionDeclined(record=action.ref), reason=reason)
    show(action, work, remark, informed=informed)


@handles(FinishAction)
def finish_action(cmd: FinishAction, work: Work) -> None:
    living_transfer(work)
    action = still_open(work.get(Action, cmd.action))
    if not leads_an_owner(action, work):
        only_owner(action, work)
    take_back_reminders(action.owners, action, work)
    action.move("done_claimed")
    action.evidence, action.open = cmd.evidence, False
    work.record(ActionClaimedDone(record=action.ref))
    show(action, work)


@handles(ReopenAction)
def reopen_action(cmd: ReopenAction, work: Work) -> None:
    """Whoever may say that it is done may say that it is not."""
    living_transfer(work)
    action = work.get(Action, cmd.action)
    if action.open:
        raise Refused(msg("{ref} is not done yet: there is nothing to take back."), ref=action.ref)
    if action.state != "done_claimed":
        still_open(action)
    if not leads_an_owner(action, work):
        only_owner(action, work)
    assert work.actor.person is not None  # the role table lets only members in
    remark = Remark("reopened", work.actor.person, checked_reason(cmd.reason))
    for state in ("reopened", "open", *(("in_progress",) if action.accepted else ())):
        action.move(state)
    action.evidence, action.open = None, True
    plan_reminders(action, work)
    work.record(ActionReopened(record=action.ref), reason=remark.reason)
    tell_reopened(action, remark, work)
    show(action, work, remark)

"""Recording an action, whole or in part, and giving it what it lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.features.actions.deadlines import deadline_of
from core.features.actions.events import ActionPlanned, ActionRecorded
from core.features.actions.owners import check_own, check_owners, deadline, names, side_of
from core.features.actions.records import DUE, MEMBER, OWNER, Action
from core.features.actions.reminders import plan_reminders, take_back_reminders
from core.features.actions.standing import living_transfer, still_open
from core.features.actions.telling import show, to_be_told
from core.features.meetings.current import during
from core.features.transfers.newcomers import Newcomer
from core.features.transfers.owners import zone_of
from core.kernel.errors import Refused, msg
from core.kernel.ids import Account, PersonId, Ref
from core.kernel.messages import Command, Due, DueBy, People, Reference, Words
from core.kernel.registry import handles
from core.kernel.templates import day_words
from core.kernel.work import Ask, Draw, Work


@dataclass(frozen=True, kw_only=True)
class RecordAction(Command):
    """Record what somebody is to do; what is not said yet is asked for on its card."""

    says: ClassVar[str] = "action"
    heading: ClassVar[str] = msg("Record an action")
    needs: ClassVar[str] = "action.record"

    text: Annotated[str, Words("what is to be done")]
    owners: Annotated[tuple[PersonId, ...], People("who does it", keep=True, newcomers="newcomers")] = ()
    due: Annotated[Due | None, DueBy("by when")] = None
    newcomers: tuple[Account, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PlanAction(Command):
    """Give an action the owner or the date that it lacks, or say that its guessed date is right."""

    says: ClassVar[str] = "action plan"
    heading: ClassVar[str] = msg("Give an owner and a date")
    needs: ClassVar[str] = "action.plan"

    action: Annotated[Ref, Reference("the action", prefix="ACT")]
    owners: Annotated[tuple[PersonId, ...], People("who does it")] = ()
    due: Annotated[Due | None, DueBy("by when")] = None


@handles(RecordAction)
def record_action(cmd: RecordAction, work: Work) -> Draw:
    living_transfer(work)
    check_owners(cmd.owners, work, len(cmd.newcomers))
    owners, due = list(cmd.owners), cmd.due
    zones = [zone_of(person, work) for person in owners] or [work.zone]
    ends = deadline_of(due.day, due.at, zones) if due else None
    action = Action(
        ref=work.number("ACT"),
        state="open" if owners else "proposed",
        text=cmd.text,
        owners=owners,
        accepted=[],
        told=to_be_told(owners, work),
        side=side_of(owners, work),
        due=due.day if due else None,
        due_at=due.at if due else None,
        deadline=ends,
        confirm=_to_confirm(cmd, past=ends is not None and ends <= work.now),
        newcomers=[Newcomer(account).as_json() for account in cmd.newcomers] or None,
        open=True,
        **during(work),
    )
    work.add(action)
    work.record(ActionRecorded(record=action.ref))
    plan_reminders(action, work)
    show(action, work)
    return work.aside("actions/recorded", action=action)


def _to_confirm(cmd: RecordAction, past: bool) -> list[str]:
    asks = {OWNER: not cmd.owners, DUE: cmd.due is None or cmd.due.ask or past, MEMBER: bool(cmd.newcomers)}
    return [what for what, asked in asks.items() if asked]


@handles(PlanAction)
def plan_action(cmd: PlanAction, work: Work) -> Ask | None:
    living_transfer(work)
    action = still_open(work.get(Action, cmd.action))
    before = action.owners
    others = () if set(cmd.owners) == set(before) else cmd.owners
    due = None if cmd.due is None or _is_settled(cmd.due, action) else cmd.due
    if not others and due is None:
        return _ask_for_plan(action, work)
    if others:
        _give_owners(others, action, work)
    if due is not None:
        _give_due(due, action, work)
    take_back_reminders(before, action, work)
    action.deadline = deadline(action, work)
    plan_reminders(action, work)
    work.record(ActionPlanned(record=action.ref))
    show(action, work)
    return None


def _ask_for_plan(action: Action, work: Work) -> Ask:
    if not {OWNER, DUE}.intersection(action.confirm):
        raise _planned_already(action, work)
    known: dict[str, object] = {"action": action.ref, "owners": tuple(action.owners)}
    if action.due is not None:
        known["due"] = Due(action.due, action.due_at)
    return work.form(PlanAction, **known)


def _give_owners(owners: Sequence[PersonId], action: Action, work: Work) -> None:
    if action.owners:
        raise Refused(
            msg("{ref} has an owner already, {owners}. This is how it changes hands:"),
            ref=action.ref,
            owners=names(action.owners, work),
            examples=(f"action reassign {action.ref} @name",),
        )
    assign(owners, action, work)


def assign(owners: Sequence[PersonId], action: Action, work: Work) -> None:
    """Give an action its owners, whoever had it or was to have it before, and note who of them is told."""
    check_own(owners, action, work)
    check_owners(owners, work)
    action.owners = list(owners)
    told = [person for person in action.told if person in owners]
    action.told = [*told, *(person for person in to_be_told(owners, work) if person not in told)]
    action.side = side_of(owners, work)
    action.newcomers = None
    action.confirm = [what for what in action.confirm if what not in (OWNER, MEMBER)]
    if action.state == "proposed":
        action.move("open")


def _is_settled(due: Due, action: Action) -> bool:
    """Whether this is the action's confirmed date already."""
    return DUE not in action.confirm and _is_same(due, action)


def _is_same(due: Due, action: Action) -> bool:
    return due.day == action.due and due.at in (None, action.due_at)


def _give_due(due: Due, action: Action, work: Work) -> None:
    """Give the date that lacked; the same one said again is no guess any more, however it is read. One that is past is
    asked about, also where a form gave it."""
    if DUE not in action.confirm:
        raise _due_is_fixed(action)
    same = _is_same(due, action)
    if not same:
        action.due, action.due_at = due.day, due.at
    ends = deadline(action, work)
    past = ends is not None and ends <= work.now
    if same or not (due.ask or past):
        action.confirm = [what for what in action.confirm if what != DUE]


def _due_is_fixed(action: Action) -> Refused:
    return Refused(
        msg(
            "{ref} is due on {day}, and that is confirmed. Whoever recorded it, the chair, or a lead or QA of their "
            "company corrects it, with a reason:"
        ),
        ref=action.ref,
        day=day_words(action.due) if action.due else "",
        examples=(f'correct {action.ref} by Friday reason:"why"',),
    )


def _planned_already(action: Action, work: Work) -> Refused:
    return Refused(
        msg("{ref} has its owner, {owners}, and its date, {day}. This is how it changes hands:"),
        ref=action.ref,
        owners=names(action.owners, work),
        day=day_words(action.due) if action.due else "",
        examples=(f"action reassign {action.ref} @name",),
    )

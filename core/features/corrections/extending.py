"""The owner of an action needs another day: whoever may correct it is asked, and says yes with one press."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar

from core.features.actions.deadlines import deadline_of
from core.features.actions.records import DUE, Action
from core.features.actions.standing import living_transfer
from core.features.corrections.changing import check_date
from core.features.corrections.events import DateAskedFor
from core.features.corrections.kinds import Correctable
from core.features.corrections.offers import correction_of
from core.features.corrections.standing import author_of, check_can_change, is_slip, may_correct
from core.features.corrections.wanted import Wanted
from core.features.meetings.current import chairs_of
from core.features.transfers.owners import zone_of
from core.kernel.errors import NotAllowed, Refused, msg
from core.kernel.ids import PersonId, Ref
from core.kernel.messages import Command, Due, DueBy, Reason, Reference, checked_reason
from core.kernel.posting import ToPerson
from core.kernel.registry import handles, shows
from core.kernel.templates import PersonView, TimeView
from core.kernel.work import Draw, Reads, Work

ASKED_FOR = "reason:its owner asked for it"
"""The reason that the trail has for a date that was given so."""


@dataclass(frozen=True, kw_only=True)
class AskForDate(Command):
    """Ask whoever may correct an action that you own for another date; they say yes with one press."""

    says: ClassVar[str] = "action extend"
    heading: ClassVar[str] = msg("Ask for another date")
    needs: ClassVar[str] = "action.extend"

    action: Annotated[Ref, Reference("the action", prefix="ACT")]
    due: Annotated[Due, DueBy("by when")]
    reason: Annotated[str, Reason("why, for whoever decides")] = ""


@handles(AskForDate)
def ask_for_date(cmd: AskForDate, work: Work) -> Draw:
    living_transfer(work)
    action = work.get(Action, cmd.action)
    check_can_change(action, work)
    _only_who_has_to_ask(action, cmd.due, work)
    check_date(action, cmd.due, work)
    reason = checked_reason(cmd.reason) if cmd.reason else ""
    wish: dict[str, Any] = {"action": action, "by": work.actor.person, "due": cmd.due, "reason": reason}
    asked = asked_about(action, work)
    if not asked:
        raise Refused(
            msg(
                "Nobody but its owners may give {ref} another date here, and nobody gives themselves more time: a lead "
                "adds somebody who leads or is QA as well."
            ),
            ref=action.ref,
            examples=("member add @name role:lead",),
        )
    for one in asked:
        work.post(ToPerson(one), "corrections/extension", key=f"extension:{action.ref}", **wish)
    work.record(DateAskedFor(record=action.ref), reason=reason)
    return work.card("corrections/extension_asked", action=action, asked=asked, due=cmd.due)


def _only_who_has_to_ask(action: Action, due: Due, work: Work) -> None:
    """Raises Refused for whoever may give that date without asking, NotAllowed for whoever does not own the action."""
    person = work.actor.person
    if may_correct(action, person, work) and not gives_oneself_time(action, due, work):
        raise Refused(
            msg("You may give {ref} another date yourself:"),
            ref=action.ref,
            examples=(correction_of(action.ref, work, (), due),),
        )
    if person is None or person not in action.owners:
        raise NotAllowed(
            msg("Whoever owns {ref} asks for another date: {names}."),
            ref=action.ref,
            names=", ".join(map(work.directory.known_as, action.owners)) or "–",
        )


def asked_about(action: Action, reads: Reads) -> list[PersonId]:
    """Who recorded it, and the chair; the leads of that company, where neither can be reached, else its QA. Nobody who
    owns it: one's own date is another person's to move."""
    author = author_of(action, reads)
    owners = {*action.owners, reads.actor.person}
    wanted = dict.fromkeys([*([author.person] if author else []), *chairs_of(action.meeting, reads)])
    people = [one for one in wanted if may_correct(action, one, reads) and one not in owners]
    members = reads.directory.members
    found = [one for one in people if members[one].active and members[one].accounts]
    side = author.side if author else None
    for role in ("lead", "qa"):
        holding = reads.directory.holding(role, side=side)
        found = found or [one.person for one in holding if one.accounts and one.person not in owners]
    return found


def gives_oneself_time(action: Action, due: Due, reads: Reads) -> bool:
    """Whether the actor owns it and wants a later date for it: never one's own to give (source: domain, extension
    requests), but for a slip that is mended at once. One that has no date yet, or a guess, gets its first."""
    if reads.actor.person not in action.owners or action.deadline is None or DUE in action.confirm:
        return False
    zones = [zone_of(person, reads) for person in action.owners]
    later = deadline_of(due.day, due.at, zones)
    return later is not None and later > action.deadline and not is_slip(action, reads)


def check_not_for_oneself(record: Correctable, wanted: Wanted, reads: Reads) -> None:
    """Raises NotAllowed, with the sentence that asks another person. A CAPA's line is looked at where it changes."""
    if not isinstance(record, Action) or wanted.due is None or not gives_oneself_time(record, wanted.due, reads):
        return
    if wanted.owners is not None and reads.actor.person not in wanted.owners:
        return
    raise NotAllowed(
        msg("{ref} is yours, and nobody gives themselves more time. Ask for it, and another person gives it:"),
        ref=record.ref,
        examples=(correction_of(record.ref, reads, (), wanted.due, verb=AskForDate.says),),
    )


@dataclass(frozen=True, slots=True)
class ExtensionView:
    """An owner's wish for another date: `due` is when it is due now, `day` and `at` what they ask for, `says` gives it.

    `at` is the moment where a time was said, `reason` why they ask, if they said it.
    """

    record: str
    headline: str
    by: PersonView
    due: date | None
    day: date
    at: TimeView | None
    says: str
    reason: str = ""


@shows("corrections/extension")
def extension_view(reads: Reads, action: Action, by: PersonId, due: Due, reason: str) -> ExtensionView:
    says = f"{correction_of(action.ref, reads, (), due)} {ASKED_FOR}"
    at = reads.time(due.at) if due.at else None
    return ExtensionView(action.ref, action.headline, reads.person(by), action.due, due.day, at, says, reason)


@dataclass(frozen=True, slots=True)
class ExtensionAskedView:
    """Who was asked for another date of an action."""

    record: str
    day: date
    at: TimeView | None
    asked: tuple[PersonView, ...]


@shows("corrections/extension_asked")
def extension_asked_view(reads: Reads, action: Action, asked: list[PersonId], due: Due) -> ExtensionAskedView:
    at = reads.time(due.at) if due.at else None
    return ExtensionAskedView(action.ref, due.day, at, tuple(map(reads.person, asked)))

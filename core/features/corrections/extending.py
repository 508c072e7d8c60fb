"""The owner of an action needs another day: whoever may correct it is asked, and says yes with one press."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar

from core.features.actions.records import Action
from core.features.actions.standing import living_transfer
from core.features.corrections.changing import check_date
from core.features.corrections.events import DateAskedFor
from core.features.corrections.offers import correction_of
from core.features.corrections.standing import author_of, check_can_change, may_correct
from core.features.meetings.current import chairs_of
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
    person = work.actor.person
    if may_correct(action, person, work):
        raise Refused(
            msg("You may give {ref} another date yourself:"),
            ref=action.ref,
            examples=(correction_of(action.ref, work, (), cmd.due),),
        )
    if person is None or person not in action.owners:
        raise NotAllowed(
            msg("Whoever owns {ref} asks for another date: {names}."),
            ref=action.ref,
            names=", ".join(map(work.directory.name_of, action.owners)) or "–",
        )
    check_date(action, cmd.due, work)
    reason = checked_reason(cmd.reason) if cmd.reason else ""
    wish: dict[str, Any] = {"action": action, "by": person, "due": cmd.due, "reason": reason}
    asked = asked_about(action, work)
    for one in asked:
        work.post(ToPerson(one), "corrections/extension", key=f"extension:{action.ref}", **wish)
    work.record(DateAskedFor(record=action.ref), reason=reason)
    return work.card("corrections/extension_asked", action=action, asked=asked, due=cmd.due)


def asked_about(action: Action, reads: Reads) -> list[PersonId]:
    """Who recorded it, and the chair; the leads of that company, where neither can be reached."""
    author = author_of(action, reads)
    own = reads.actor.person
    wanted = dict.fromkeys([*([author.person] if author else []), *chairs_of(action.meeting, reads)])
    people = [one for one in wanted if may_correct(action, one, reads) and one != own]
    members = reads.directory.members
    found = [one for one in people if members[one].active and members[one].accounts]
    side = author.side if author else None
    return found or [lead.person for lead in reads.directory.holding("lead", side=side) if lead.accounts]


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

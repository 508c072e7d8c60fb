"""Reminders of what is due: one message for each owner and morning, of all meetings, at nine on the owner's clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import ClassVar

from core.features.checklists.events import ItemReminderWithheld, OwnerRemindedOfItems
from core.features.checklists.finding import items_of, live_checklists, seen_to_live
from core.features.checklists.owners import people_of
from core.features.checklists.records import ChecklistItem
from core.features.meetings.records import Meeting
from core.features.transfers.owners import hearers_for, zone_of
from core.kernel.complements import Complement, Fact, Offer
from core.kernel.errors import msg
from core.kernel.ids import PersonId, Ref
from core.kernel.messages import Command
from core.kernel.posting import ToPerson
from core.kernel.registry import handles
from core.kernel.work import Reads, Work
from core.rules.working_days import at_local, eve_of

NINE = time(9)
AFTER_THE_ACTIONS = timedelta(minutes=1)
"""The actions of a morning speak first, and take the items along in their message."""

Morning = tuple[PersonId, date]
Due = list[tuple[Meeting, list[ChecklistItem]]]


@dataclass(frozen=True, kw_only=True)
class RemindOfItems(Command):
    """Remind an owner of all items that are due on a day or on the working day after it."""

    needs: ClassVar[str] = "checklist.remind"

    owner: PersonId
    day: date


def plan_reminders(items: Iterable[ChecklistItem], work: Work) -> None:
    """Promise each owner's reminders that still lie ahead: on the working day before, and on the day itself."""
    for owner, day in mornings(items, work):
        when = at_local(day, NINE, zone_of(owner, work))
        if when > work.now:
            work.schedule(_key(owner, day), when + AFTER_THE_ACTIONS, RemindOfItems(owner=owner, day=day))


def take_back_reminders(items: Sequence[ChecklistItem], meeting: Ref, work: Work) -> None:
    """Take back what was promised for these items of a meeting, but for mornings that another meeting's need."""
    others = [held.ref for _, held in live_checklists(work) if held.ref != meeting]
    needed = mornings(items_of(work, *others), work) if others else {}
    for owner, day in mornings(items, work):
        if (owner, day) not in needed:
            work.unschedule(_key(owner, day))


def mornings(items: Iterable[ChecklistItem], reads: Reads) -> dict[Morning, None]:
    """Whom these items have reminded, and on which days, each once."""
    return {
        (person, day): None
        for item in items
        for person in people_of(item, reads)
        for day in (eve_of(item.due), item.due)
    }


def _key(owner: PersonId, day: date) -> str:
    return f"checklist:{owner}:{day.isoformat()}"


def due_on(day: date, items: Iterable[ChecklistItem]) -> list[ChecklistItem]:
    """Of these, what waits for evidence and is due by that day or by the working day after it."""
    return [item for item in items if item.to_do and eve_of(item.due) <= day]


@handles(RemindOfItems)
def remind_of_items(cmd: RemindOfItems, work: Work) -> None:
    owned: Due = [(meeting, items) for meeting, items in seen_to_live(work, cmd.owner) if meeting.planned]
    due: Due = [(meeting, mine) for meeting, items in owned if (mine := due_on(cmd.day, items))]
    needless = _why_needless(cmd, owned, bool(due), work)
    if needless:
        work.record(ItemReminderWithheld(record=f"person:{work.directory.name_of(cmd.owner)}"), reason=needless)
        return
    hearers = hearers_for(cmd.owner, work)
    for hearer in hearers:
        # A message of its own each morning: a card that only changed would call nobody.
        key = f"items:{cmd.owner}:{cmd.day.isoformat()}"
        work.post(ToPerson(hearer), "checklists/reminder", key=key, due=due, owner=cmd.owner, hearer=hearer)
    for meeting, _ in due:
        why = "" if hearers else "nobody of this company can be reached"
        work.record(OwnerRemindedOfItems(record=meeting.ref), reason=why)


def _why_needless(cmd: RemindOfItems, owned: Due, is_due: bool, work: Work) -> str:
    """Why nothing is to be said, for the trail; empty where the reminder is due, late as it may be."""
    if not is_due:
        return "nothing of this person's is due any more"
    later = mornings((item for _, items in owned for item in items if item.to_do), work)
    zone = zone_of(cmd.owner, work)
    theirs = [day for person, day in later if person == cmd.owner]
    if any(cmd.day < day and at_local(day, NINE, zone) <= work.now for day in theirs):
        return "late: the reminder of a later morning is due as well"
    return ""


def come_along(owner: PersonId, since: datetime, reads: Reads) -> Complement | None:
    """What an owner would be reminded of from `since` (UTC) until now, as one fact for another reminder's card."""
    due = _due_since(owner, since, reads)
    if not due:
        return None
    says = reads.words.translate
    before = ", ".join(
        says(msg("{items} before {ref} “{title}”")).format(
            items=", ".join(item.item for item in items), ref=meeting.ref, title=meeting.title
        )
        for meeting, items in due
    )
    offer = Offer(says(msg("Checklist")), f"checklist {due[0][0].ref} mine")
    return Complement((Fact(says(msg("Checklist")), before, grave=True),), (offer,))


def take_along(owner: PersonId, since: datetime, why: str, work: Work) -> None:
    """Note that the owner's items from `since` until now are told of in another message: none of its own follows."""
    due = _due_since(owner, since, work)
    for day in _days_since(owner, since, seen_to_live(work, owner), work):
        work.unschedule(_key(owner, day))
    for meeting, _ in due:
        work.record(OwnerRemindedOfItems(record=meeting.ref), reason=why)


def _due_since(owner: PersonId, since: datetime, reads: Reads) -> Due:
    owned: Due = [(meeting, items) for meeting, items in seen_to_live(reads, owner) if meeting.planned]
    days = _days_since(owner, since, owned, reads)
    if not days:
        return []
    return [(meeting, mine) for meeting, items in owned if (mine := due_on(max(days), items))]


def _days_since(owner: PersonId, since: datetime, owned: Due, reads: Reads) -> list[date]:
    zone = zone_of(owner, reads)
    waiting = [item for _, items in owned for item in items if item.to_do]
    days = [day for person, day in mornings(waiting, reads) if person == owner]
    return [day for day in days if since <= at_local(day, NINE, zone) <= reads.now]

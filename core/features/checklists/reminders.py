"""Reminders of what is due: one message for each owner and day, however many items, at nine in their own morning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import ClassVar

from core.features.checklists.events import ItemReminderWithheld, OwnerRemindedOfItems
from core.features.checklists.finding import checklist_of, items_of
from core.features.checklists.owners import in_reach, zone_of
from core.features.checklists.records import ChecklistItem
from core.features.meetings.records import Meeting
from core.kernel.ids import PersonId, Ref
from core.kernel.messages import Command
from core.kernel.posting import ToPerson
from core.kernel.registry import handles
from core.kernel.work import Work
from core.rules.working_days import at_local, eve_of

NINE = time(9)


@dataclass(frozen=True, kw_only=True)
class RemindOfItems(Command):
    """Remind an owner of the items of a meeting that are due on a day or on the working day after it."""

    needs: ClassVar[str] = "checklist.remind"

    meeting: Ref
    owner: PersonId
    day: date


def plan_reminders(items: Sequence[ChecklistItem], work: Work) -> None:
    """Promise each owner's reminders that still lie ahead: on the working day before, and on the day itself."""
    for meeting, owner, day in _mornings(items):
        when = at_local(day, NINE, zone_of(owner, work))
        if when > work.now:
            work.schedule(_key(meeting, owner, day), when, RemindOfItems(meeting=meeting, owner=owner, day=day))


def take_back_reminders(items: Sequence[ChecklistItem], work: Work) -> None:
    """Take back what was promised for these items."""
    for meeting, owner, day in _mornings(items):
        work.unschedule(_key(meeting, owner, day))


def _mornings(items: Iterable[ChecklistItem]) -> list[tuple[Ref, PersonId, date]]:
    found = [(item.meeting, item.owner, day) for item in items if item.owner for day in (eve_of(item.due), item.due)]
    return list(dict.fromkeys(found))


def _key(meeting: Ref, owner: PersonId, day: date) -> str:
    return f"checklist:{meeting}:{owner}:{day.isoformat()}"


def due_on(day: date, owner: PersonId, items: Iterable[ChecklistItem]) -> list[ChecklistItem]:
    """What a person is reminded of on a day: theirs that wait for evidence and are due by then or the day after."""
    return [item for item in items if item.owner == owner and item.to_do and eve_of(item.due) <= day]


@handles(RemindOfItems)
def remind_of_items(cmd: RemindOfItems, work: Work) -> None:
    checklist = checklist_of(work, cmd.meeting)
    meeting = work.get(Meeting, cmd.meeting)
    due = due_on(cmd.day, cmd.owner, items_of(work, cmd.meeting))
    if checklist is None or not meeting.planned or not due:
        reason = (
            "nothing of this person's is due any more" if meeting.planned else "the meeting has begun or was cancelled"
        )
        work.record(ItemReminderWithheld(record=cmd.meeting), reason=reason)
        return
    hearers = in_reach(cmd.owner, work)
    for hearer in hearers:
        # A message of its own each time: a card that only changed would call nobody.
        key = f"items:{cmd.meeting}:{cmd.owner}:{cmd.day.isoformat()}"
        parts = {"meeting": meeting, "owner": cmd.owner, "hearer": hearer.person, "day": cmd.day}
        work.post(ToPerson(hearer.person), "checklists/reminder", key=key, record=checklist, **parts)
    work.record(
        OwnerRemindedOfItems(record=checklist.ref),
        reason="" if hearers else "nobody of this company can be reached",
    )

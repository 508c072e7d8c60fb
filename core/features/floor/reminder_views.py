"""What is shown of reminders: that one is set, that it is time, and those that are still to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from core.features.floor.records import Reminder
from core.kernel.registry import shows
from core.kernel.templates import PersonView, TimeView
from core.kernel.work import Reads

LATE = timedelta(minutes=2)
"""A reminder that is said later than this after its time says so."""


@dataclass(frozen=True, slots=True)
class ReminderView:
    """A reminder. `state` is waiting, said, cancelled or dropped; `number` is what people call it by.

    `span`: it ends with the meeting. `late`: it was said some time after `due`.
    """

    ref: str
    number: int
    headline: str
    text: str
    state: str
    due: TimeView
    meeting: str
    by: PersonView | None
    span: bool
    settled_by: PersonView | None
    late: bool


@shows("floor/reminder")
def reminder_view(reads: Reads, reminder: Reminder) -> ReminderView:
    return ReminderView(
        reminder.ref,
        reminder.number,
        reminder.headline,
        reminder.text,
        reminder.state,
        reads.time(reminder.due_at),
        reminder.meeting,
        reads.author(reminder),
        reminder.span,
        reads.person(reminder.settled_by) if reminder.settled_by else None,
        reminder.settled_at is not None and reminder.settled_at - reminder.due_at > LATE,
    )


@shows("floor/due")
def due_view(reads: Reads, reminder: Reminder) -> ReminderView:
    """What is said at the time itself."""
    return reminder_view(reads, reminder)


@dataclass(frozen=True, slots=True)
class RemindersView:
    """The reminders that are still to come, the next first."""

    lines: tuple[ReminderView, ...]


@shows("floor/reminders")
def reminders_view(reads: Reads, reminders: Sequence[Reminder]) -> RemindersView:
    return RemindersView(tuple(reminder_view(reads, one) for one in reminders))

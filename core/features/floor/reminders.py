"""Reminders for everybody at the meeting: said once at their time, and a length of time ends with the meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, ClassVar
from zoneinfo import ZoneInfo

from sqlalchemy import select

from core.features.floor.events import ReminderCancelled, ReminderDropped, ReminderSaid, ReminderSet
from core.features.floor.finding import without_lead_in
from core.features.floor.records import Reminder
from core.features.meetings.current import held_meeting, leads, time_words
from core.features.meetings.events import MeetingEnded
from core.features.meetings.records import Meeting
from core.features.transfers.events import TransferClosed
from core.features.transfers.opening import this_transfer
from core.kernel.errors import NotAllowed, Refused, msg
from core.kernel.ids import Ref
from core.kernel.messages import Command, Number, SaidTime, TimeSaid, Words
from core.kernel.posting import ToRooms
from core.kernel.records import spoken
from core.kernel.registry import handles, reacts, redraws
from core.kernel.work import Draw, Reads, Work

LATEST = timedelta(days=14)
"""How far ahead a reminder may be: what is to be done later is an action, with an owner."""
MOST_WAITING = 20
"""Reminders that wait in one meeting."""


@dataclass(frozen=True, kw_only=True)
class RemindUs(Command):
    """Have everybody at the meeting that runs reminded of something at a time, `in 20 minutes` or `at 15:30`."""

    says: ClassVar[str] = "remind us"
    heading: ClassVar[str] = msg("Remind us")
    needs: ClassVar[str] = "remind.set"
    overheard: ClassVar[bool] = True

    at: Annotated[SaidTime, TimeSaid("when")]
    text: Annotated[str, Words("of what", longest=500)]


@dataclass(frozen=True, kw_only=True)
class CancelReminder(Command):
    """Take back a reminder that is still to come: whoever set it, the meeting's chair or a lead."""

    says: ClassVar[str] = "remind cancel"
    heading: ClassVar[str] = msg("Cancel a reminder")
    needs: ClassVar[str] = "remind.set"

    number: Annotated[int, Number("the reminder's number")]


@dataclass(frozen=True, kw_only=True)
class SayReminder(Command):
    """Say a reminder in the rooms, at its time."""

    needs: ClassVar[str] = "remind.say"

    reminder: Ref


@handles(RemindUs)
def remind_us(cmd: RemindUs, work: Work) -> Draw:
    this_transfer(work)
    meeting = held_meeting(work, None)
    _must_be_soon(cmd, work)
    if len(reminders_of(meeting, work, "waiting")) >= MOST_WAITING:
        raise Refused(
            msg("{count} reminders wait in {ref}; more do not fit."),
            count=MOST_WAITING,
            ref=meeting.ref,
            examples=("remind list",),
        )
    reminder = Reminder(
        ref=work.number("REM"),
        state="waiting",
        text=without_lead_in(cmd.text),
        meeting=meeting.ref,
        due_at=cmd.at.at,
        span=cmd.at.span,
    )
    work.add(reminder)
    work.record(ReminderSet(record=reminder.ref))
    work.schedule(_key(reminder), reminder.due_at, SayReminder(reminder=reminder.ref))
    show_reminder(reminder, work)
    return work.aside("floor/reminder", reminder=reminder)


def _must_be_soon(cmd: RemindUs, work: Work) -> None:
    time, text = cmd.at, without_lead_in(cmd.text)
    if time.at <= work.now:
        raise Refused(
            msg("{time} is past. Say when:"),
            time=time_words(time.at, work),
            examples=(f"remind us in 20 minutes to {text}",),
        )
    if time.at - work.now > LATEST:
        raise Refused(
            msg("{time} is more than {days} days ahead: what is to be done then is an action, with an owner."),
            time=time_words(time.at, work),
            days=LATEST.days,
            examples=(f"action {text} @name by {time.at.astimezone(ZoneInfo(work.directory.zone)):%Y-%m-%d}",),
        )


@handles(SayReminder)
def say_reminder(cmd: SayReminder, work: Work) -> None:
    reminder = work.get(Reminder, cmd.reminder)
    if reminder.state != "waiting":
        return
    reminder.move("said")
    reminder.settled_at = work.now
    work.record(ReminderSaid(record=reminder.ref))
    work.post(ToRooms(), "floor/due", key=f"due:{reminder.ref}", record=reminder, reminder=reminder)
    show_reminder(reminder, work)


@handles(CancelReminder)
def cancel_reminder(cmd: CancelReminder, work: Work) -> Draw:
    this_transfer(work)
    reminder = work.get(Reminder, Ref(f"REM-{cmd.number:03d}"))
    if reminder.state != "waiting":
        raise Refused(
            msg("{ref} “{text}” is {state} already."),
            ref=reminder.ref,
            text=reminder.headline,
            state=work.words.translate(spoken(reminder.state)),
            examples=("remind list",),
        )
    if reminder.created_by != work.actor.person and not leads(work.get(Meeting, reminder.meeting), work):
        raise NotAllowed(
            msg("{name} set {ref}: they take it back, or the meeting’s chair or a lead does."),
            name=work.directory.known_as(reminder.created_by) if reminder.created_by else "",
            ref=reminder.ref,
        )
    reminder.move("cancelled")
    reminder.settled_by, reminder.settled_at = work.actor.person, work.now
    work.record(ReminderCancelled(record=reminder.ref))
    work.unschedule(_key(reminder))
    show_reminder(reminder, work)
    return work.aside("floor/reminder", reminder=reminder)


@reacts(MeetingEnded)
def end_with_meeting(event: MeetingEnded, work: Work) -> None:
    """What was to be said `in 20 minutes` was about the meeting; what was to be said at 15:30 is said at 15:30."""
    for reminder in reminders_of(work.get(Meeting, event.record), work, "waiting"):
        if reminder.span:
            _drop(reminder, work)


@reacts(TransferClosed)
def end_with_transfer(_event: TransferClosed, work: Work) -> None:
    """Nobody is reminded in the rooms of a transfer that is closed."""
    for reminder in waiting_reminders(work):
        _drop(reminder, work)


def _drop(reminder: Reminder, work: Work) -> None:
    reminder.move("dropped")
    reminder.settled_at = work.now
    work.record(ReminderDropped(record=reminder.ref))
    work.unschedule(_key(reminder))
    show_reminder(reminder, work)


def _key(reminder: Reminder) -> str:
    return f"remind:{reminder.ref}"


def show_reminder(reminder: Reminder, work: Work) -> None:
    """One card in every room that tells of it, changed in place; at its time it is said by another."""
    work.post(ToRooms(), "floor/reminder", key=f"card:{reminder.ref}", record=reminder, reminder=reminder)


def reminders_of(meeting: Meeting, reads: Reads, state: str) -> Sequence[Reminder]:
    """The reminders of a meeting that are in a state, the next first."""
    here = select(Reminder).where(Reminder.transfer == reads.transfer, Reminder.meeting == meeting.ref)
    return reads.all(here.where(Reminder.state == state).order_by(Reminder.due_at, Reminder.ref))


def waiting_reminders(reads: Reads) -> Sequence[Reminder]:
    """Every reminder of the transfer that is still to come, the next first."""
    here = select(Reminder).where(Reminder.transfer == reads.transfer, Reminder.state == "waiting")
    return reads.all(here.order_by(Reminder.due_at, Reminder.ref))


@redraws(Reminder)
def show_reminder_again(reminder: Reminder, stands: bool, work: Work) -> None:
    show_reminder(reminder, work)

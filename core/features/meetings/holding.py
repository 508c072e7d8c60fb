"""A meeting begins, and nobody has to remember to end it: Tandem asks when its time is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, ClassVar

from core.features.meetings.agenda_times import chair_or_leads, leads_reached, redraw_offer, take_back_posts
from core.features.meetings.boards import redraw
from core.features.meetings.current import (
    clock_words,
    only_chair_or_lead,
    planned_meeting,
    running_meeting,
    time_words,
)
from core.features.meetings.events import EndAsked, MeetingStarted
from core.features.meetings.presence import STARTED, note_present
from core.features.meetings.records import Meeting
from core.features.transfers.opening import this_transfer
from core.kernel.errors import Refused, msg
from core.kernel.ids import PersonId, Ref
from core.kernel.messages import Command, Reference
from core.kernel.posting import ToPerson
from core.kernel.registry import handles
from core.kernel.work import Work

EARLY = timedelta(days=1)
"""A meeting that starts sooner than this before its time has to be named."""
ASK_AGAIN = timedelta(minutes=30)


@dataclass(frozen=True, kw_only=True)
class StartMeeting(Command):
    """Start a meeting: Tandem reads this room until it ends."""

    says: ClassVar[str] = "meeting start"
    needs: ClassVar[str] = "meeting.lead"

    meeting: Annotated[Ref | None, Reference("the meeting", prefix="MTG")] = None


@dataclass(frozen=True, kw_only=True)
class AskToEnd(Command):
    """Ask the chair to end a meeting that runs over its time; the second time, ask the leads as well."""

    needs: ClassVar[str] = "agenda.due"

    meeting: Ref


@handles(StartMeeting)
def start_meeting(cmd: StartMeeting, work: Work) -> None:
    this_transfer(work)
    running = running_meeting(work)
    if running is not None and cmd.meeting in (None, running.ref):
        raise Refused(
            msg("{ref} “{title}” is running since {time}."),
            ref=running.ref,
            title=running.title,
            time=clock_words(running.started_at, work),
        )
    meeting = planned_meeting(work, cmd.meeting)
    if running is not None:
        raise Refused(
            msg("{ref} “{title}” is still running, and one meeting runs at a time. End it first:"),
            ref=running.ref,
            title=running.title,
            examples=(f"meeting end {running.ref}",),
        )
    only_chair_or_lead(meeting, work)
    if cmd.meeting is None and meeting.starts_at - work.now > EARLY:
        raise Refused(
            msg("{ref} “{title}” is planned for {time}. To start it now all the same:"),
            ref=meeting.ref,
            title=meeting.title,
            time=time_words(meeting.starts_at, work),
            examples=(f"meeting start {meeting.ref}",),
        )
    _begin(meeting, work)


def _begin(meeting: Meeting, work: Work) -> None:
    starter = work.actor.person
    meeting.move("in_progress")
    meeting.planned, meeting.running, meeting.started_at = False, True, work.now
    if starter:
        note_present([starter], STARTED, meeting, work)
    work.record(MeetingStarted(record=meeting.ref))
    take_back_posts(meeting, work)
    over = due_end(meeting)
    work.schedule(f"end:{meeting.ref}:1", over, AskToEnd(meeting=meeting.ref))
    work.schedule(f"end:{meeting.ref}:2", over + ASK_AGAIN, AskToEnd(meeting=meeting.ref))
    redraw(meeting, work)
    redraw_offer(meeting, work)


def due_end(meeting: Meeting) -> datetime:
    """When a running meeting is to be over, UTC: as planned, or after its length where it began long off its time."""
    began = meeting.started_at or meeting.starts_at
    in_full = began + timedelta(minutes=meeting.minutes)
    return min(meeting.ends_at, in_full) if meeting.ends_at > began else in_full


@handles(AskToEnd)
def ask_to_end(cmd: AskToEnd, work: Work) -> None:
    meeting = work.get(Meeting, cmd.meeting)
    if not meeting.running:
        return
    meeting.asked += 1
    work.record(EndAsked(record=meeting.ref))
    draw_asking(meeting, meeting.asked, work)


def draw_asking(meeting: Meeting, time: int, work: Work) -> None:
    """Post or change what was asked the first or the second time."""
    people: tuple[PersonId, ...] = chair_or_leads(meeting, work)
    if time > 1:
        people = tuple(dict.fromkeys([*people, *leads_reached(work)]))
    for person in people:
        work.post(ToPerson(person), "meetings/over", key=f"over:{meeting.ref}:{time}", record=meeting, meeting=meeting)

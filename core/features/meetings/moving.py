"""Another time for a meeting, or none: both are said in the rooms, and what waited for it moves or is taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar

from core.features.meetings.agenda_times import redraw_offer, replan_posts, take_back_posts
from core.features.meetings.boards import redraw
from core.features.meetings.current import only_chair_or_lead, planned_meeting, planned_meetings, running_meeting
from core.features.meetings.events import MeetingCancelled, MeetingMoved
from core.features.meetings.planning import time_to_come
from core.features.meetings.reasons import reason_or_slip
from core.features.meetings.records import Meeting
from core.features.transfers.events import TransferClosed
from core.features.transfers.opening import this_transfer
from core.kernel.errors import Refused, msg
from core.kernel.ids import Ref
from core.kernel.messages import Command, Moment, Reason, Reference
from core.kernel.posting import ToRooms
from core.kernel.registry import handles, reacts
from core.kernel.work import Ask, Work


@dataclass(frozen=True, kw_only=True)
class MoveMeeting(Command):
    """Move a meeting to another time; its agenda's posts move with it."""

    says: ClassVar[str] = "meeting move"
    heading: ClassVar[str] = msg("Move a meeting")
    needs: ClassVar[str] = "meeting.lead"

    meeting: Annotated[Ref | None, Reference("the meeting", prefix="MTG")] = None
    to: Annotated[datetime, Moment("when it starts instead")]
    reason: Annotated[str, Reason("why it moves")] = ""


@dataclass(frozen=True, kw_only=True)
class CancelMeeting(Command):
    """Cancel a meeting that has not started."""

    says: ClassVar[str] = "meeting cancel"
    heading: ClassVar[str] = msg("Cancel a meeting")
    needs: ClassVar[str] = "meeting.lead"

    meeting: Annotated[Ref | None, Reference("the meeting", prefix="MTG")] = None
    reason: Annotated[str, Reason("why it is not held")] = ""


@handles(MoveMeeting)
def move_meeting(cmd: MoveMeeting, work: Work) -> Ask | None:
    this_transfer(work)
    meeting = planned_meeting(work, cmd.meeting)
    only_chair_or_lead(meeting, work)
    before, after = meeting.starts_at, time_to_come(cmd.to, work, f'meeting move {meeting.ref} to:"tomorrow 14:00"')
    if after == before:
        raise Refused(msg("{ref} is planned for that time already."), ref=meeting.ref)
    reason = reason_or_slip(meeting, cmd.reason, work)
    if reason is None:
        return work.form(MoveMeeting, meeting=meeting.ref, to=after)
    meeting.starts_at = after
    work.record(MeetingMoved(record=meeting.ref), reason=reason)
    work.post(ToRooms(), "meetings/moved", record=meeting, meeting=meeting, before=before, reason=cmd.reason)
    redraw_offer(meeting, work)
    meeting.offered_for = None
    replan_posts(meeting, work)
    return None


@handles(CancelMeeting)
def cancel_meeting(cmd: CancelMeeting, work: Work) -> Ask | None:
    this_transfer(work)
    meeting = planned_meeting(work, cmd.meeting)
    only_chair_or_lead(meeting, work)
    reason = reason_or_slip(meeting, cmd.reason, work, "planned by mistake")
    if reason is None:
        return work.form(CancelMeeting, meeting=meeting.ref)
    _call_off(meeting, reason, work)
    return None


def _call_off(meeting: Meeting, reason: str, work: Work) -> None:
    meeting.move("cancelled")
    meeting.planned, meeting.reason = False, reason
    work.record(MeetingCancelled(record=meeting.ref), reason=reason)
    take_back_posts(meeting, work)
    work.post(ToRooms(), "meetings/cancelled", record=meeting, meeting=meeting)
    redraw(meeting, work)
    redraw_offer(meeting, work)


@reacts(TransferClosed)
def cancel_what_was_planned(_event: TransferClosed, work: Work) -> None:
    """A closed transfer holds no meetings. Raises Refused while one runs."""
    running = running_meeting(work)
    if running is not None:
        raise Refused(
            msg("{ref} “{title}” is running: end it first."),
            ref=running.ref,
            title=running.title,
            examples=(f"meeting end {running.ref}",),
        )
    for meeting in planned_meetings(work):
        _call_off(meeting, "the transfer is closed", work)

"""Who leaves a transfer is invited to none of its meetings any more that are yet to come, or still run."""

from __future__ import annotations

from core.features.meetings.boards import redraw
from core.features.meetings.current import planned_meetings, running_meeting
from core.features.meetings.events import InviteeLeft
from core.features.meetings.records import Meeting
from core.features.transfers.events import MemberRemoved
from core.kernel.ids import PersonId
from core.kernel.registry import reacts
from core.kernel.work import Reads, Work


def not_over_yet(reads: Reads) -> list[Meeting]:
    """The meeting that runs, and those that are yet to come."""
    running = running_meeting(reads)
    return [*([running] if running is not None else []), *planned_meetings(reads)]


@reacts(MemberRemoved)
def take_off_the_lists(event: MemberRemoved, work: Work) -> None:
    """Whoever was there counts as present still."""
    gone = PersonId(event.record.removeprefix("member:"))
    for meeting in not_over_yet(work):
        if gone not in meeting.invited:
            continue
        meeting.invited = [person for person in meeting.invited if person != gone]
        if meeting.planned:
            meeting.regrets = [person for person in meeting.regrets if person != gone]
        work.record(InviteeLeft(record=meeting.ref))
        redraw(meeting, work)

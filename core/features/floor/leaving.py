"""Who leaves a transfer leaves the speakers' queue, and the floor."""

from __future__ import annotations

from core.features.floor.boards import show_floor
from core.features.floor.events import QueueLeft
from core.features.floor.finding import floor_of
from core.features.floor.queueing import let_go
from core.features.meetings.current import running_meeting
from core.features.transfers.events import MemberRemoved
from core.kernel.ids import PersonId
from core.kernel.registry import reacts
from core.kernel.work import Work


@reacts(MemberRemoved)
def leave_with_them(event: MemberRemoved, work: Work) -> None:
    """What they voted while they were there stays counted."""
    meeting = running_meeting(work)
    floor = floor_of(meeting, work) if meeting is not None else None
    if meeting is None or floor is None or not let_go(PersonId(event.record.removeprefix("member:")), floor):
        return
    work.record(QueueLeft(record=floor.ref))
    show_floor(floor, meeting, work)

"""The floor follows the agenda: with another item nobody has it, whoever waits goes on waiting."""

from __future__ import annotations

from core.features.floor.boards import draw_board, show_floor
from core.features.floor.events import FloorFreed
from core.features.floor.finding import floor_of
from core.features.floor.records import Floor
from core.features.meetings.boards import redraw_running
from core.features.meetings.events import ItemDiscussed, ItemOpened, ItemSkipped, MeetingEnded
from core.features.meetings.records import Meeting
from core.kernel.messages import Event
from core.kernel.registry import reacts
from core.kernel.work import Work


@reacts(ItemDiscussed)
@reacts(ItemSkipped)
@reacts(ItemOpened)
def follow_agenda(event: Event, work: Work) -> None:
    meeting = work.get(Meeting, event.record.partition(".")[0])
    floor = floor_of(meeting, work)
    if floor is None or not floor.boards or not meeting.running:
        return
    left = floor.boards[-1]
    if left == (meeting.current or "") or left not in (event.record, ""):
        return
    _free(floor, work)
    if floor.queue:
        show_floor(floor, meeting, work)
    else:
        draw_board(floor, len(floor.boards), work)
        redraw_running(meeting, work)


@reacts(MeetingEnded)
def close_floor(event: MeetingEnded, work: Work) -> None:
    floor = floor_of(work.get(Meeting, event.record), work)
    if floor is None:
        return
    _free(floor, work)
    floor.move("closed")
    if floor.boards:
        draw_board(floor, len(floor.boards), work)


def _free(floor: Floor, work: Work) -> None:
    if floor.speaks is not None:
        floor.speaks = None
        work.record(FloorFreed(record=floor.ref))

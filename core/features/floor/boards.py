"""The messages that show the floor: one board for each agenda item under which somebody asked, changed in place."""

from __future__ import annotations

from core.features.floor.records import Floor
from core.features.meetings.boards import redraw_running
from core.features.meetings.records import Meeting
from core.kernel.posting import ToRooms
from core.kernel.registry import redraws
from core.kernel.work import Work


def begin_board(floor: Floor, meeting: Meeting, work: Work) -> None:
    """See to it that the last board is the one of the item that is on; the one before shows that it is left."""
    here = meeting.current or ""
    if floor.boards and floor.boards[-1] == here:
        return
    if floor.boards:
        draw_board(floor, len(floor.boards), work)
    floor.boards = [*floor.boards, here]


def show_floor(floor: Floor, meeting: Meeting, work: Work) -> None:
    """Post or change the board of the item that is on, and the meeting's card, which says the same."""
    begin_board(floor, meeting, work)
    draw_board(floor, len(floor.boards), work)
    redraw_running(meeting, work)


def draw_board(floor: Floor, number: int, work: Work) -> None:
    """Post or change one board, once however much a command changes of it."""
    key = f"floor:{floor.meeting}:{number}"
    if not any(post.key == key for post in work.posts):
        work.post(ToRooms(), "floor/board", key=key, record=floor, floor=floor, number=number)


@redraws(Floor)
def show_again(floor: Floor, stands: bool, work: Work) -> None:
    if floor.boards and (stands or floor.state == "open"):
        draw_board(floor, len(floor.boards), work)

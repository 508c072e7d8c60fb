"""The messages that carry a meeting, and how they change with it: one for each posted agenda, one while it runs."""

from __future__ import annotations

from core.features.meetings.current import running_meeting
from core.features.meetings.events import AgendaPosted
from core.features.meetings.records import AgendaItem, Meeting
from core.features.transfers.events import RoomChanged, RoomJoined, RoomRemoved, TransferChanged
from core.kernel.ids import Audience
from core.kernel.messages import Event
from core.kernel.posting import InPlace, ToAddress, ToRooms
from core.kernel.registry import reacts, redraws
from core.kernel.work import Work


def announce(meeting: Meeting, work: Work) -> None:
    """Post the meeting's card anew, so that it is seen; it carries the agenda and changes with it."""
    meeting.agenda_posts += 1
    _draw_agenda(meeting, meeting.agenda_posts, work)


def post_agenda(meeting: Meeting, work: Work) -> None:
    """Post the agenda as such: the people have it now."""
    announce(meeting, work)
    count_as_posted(meeting, work)


def count_as_posted(meeting: Meeting, work: Work) -> None:
    """Note that the people have the agenda."""
    if meeting.state == "scheduled":
        meeting.move("agenda_posted")
    work.record(AgendaPosted(record=meeting.ref))


def redraw(meeting: Meeting, work: Work) -> None:
    """Change every message that carries the meeting, in place."""
    for number in range(1, meeting.agenda_posts + 1):
        _draw_agenda(meeting, number, work)
    if meeting.started_at is not None:
        redraw_running(meeting, work)


def redraw_running(meeting: Meeting, work: Work) -> None:
    """Post or change the card that shows a meeting while it runs, once however much a command changes of it."""
    key = running_key(meeting)
    if not any(post.key == key and isinstance(post.to, ToRooms) for post in work.posts):
        work.post(ToRooms(), "meetings/running", key=key, record=meeting, meeting=meeting)


def running_key(meeting: Meeting) -> str:
    """The key of the card that shows a meeting while it runs."""
    return f"running:{meeting.ref}"


@reacts(RoomJoined)
@reacts(RoomRemoved)
@reacts(RoomChanged)
@reacts(TransferChanged)
def show_where_it_is_held(_event: Event, work: Work) -> None:
    """Whoever is read is told so at once: the card names the rooms, and whether talk is carried from one to another."""
    meeting = running_meeting(work)
    if meeting is not None:
        redraw_running(meeting, work)


@reacts(RoomRemoved)
def say_that_it_reads_no_more(event: RoomRemoved, work: Work) -> None:
    """The card that stands in a room which was taken out would claim for ever that its talk is read."""
    meeting = running_meeting(work)
    for room in work.directory.rooms:
        if meeting is not None and room.audience == Audience.JOINT and event.record == f"room:{room.address}":
            here = InPlace(ToAddress(room.address))
            key = running_key(meeting)
            work.post(here, "meetings/not_here", key=key, record=meeting, meeting=meeting, at=work.now)


def draw_item(item: AgendaItem, meeting: Meeting, work: Work) -> None:
    """Post the card of an item that is taken up, or change it when the item is left; each turn has its own."""
    key = f"item:{item.ref}:{item.openings}"
    work.post(ToRooms(), "meetings/item", key=key, record=item, item=item, meeting=meeting)


def _draw_agenda(meeting: Meeting, number: int, work: Work) -> None:
    work.post(ToRooms(), "meetings/agenda", key=f"agenda:{meeting.ref}:{number}", record=meeting, meeting=meeting)


@redraws(Meeting, always=True)
def show_again(meeting: Meeting, stands: bool, work: Work) -> None:
    if stands or meeting.planned or meeting.running:
        redraw(meeting, work)


@redraws(AgendaItem)
def show_item_again(item: AgendaItem, stands: bool, work: Work) -> None:
    meeting = work.get(Meeting, item.meeting)
    if item.openings and (stands or item.ref == meeting.current):
        draw_item(item, meeting, work)

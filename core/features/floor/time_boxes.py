"""An item that was given minutes has the room told once when they are over, and may be given more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Annotated, ClassVar

from core.features.floor.events import TimeGiven, TimeOver
from core.features.floor.finding import floor_for, floor_of
from core.features.floor.records import Floor, Nudge
from core.features.meetings.boards import draw_item, redraw_running
from core.features.meetings.current import clock_words, held_meeting
from core.features.meetings.events import ItemDiscussed, ItemOpened, ItemSkipped
from core.features.meetings.items import items_of, to_come
from core.features.meetings.records import AgendaItem, Meeting
from core.features.meetings.views import ItemLine, line_of
from core.features.transfers.opening import this_transfer
from core.kernel.errors import Refused, msg
from core.kernel.ids import PersonId, Ref
from core.kernel.messages import Command, Event, Minutes, Reference
from core.kernel.posting import ToRooms
from core.kernel.registry import handles, reacts, shows
from core.kernel.templates import PersonView, TimeView
from core.kernel.work import Draw, Reads, Work

MORE = 5
"""Minutes that an item is given more where nobody says how many."""


@dataclass(frozen=True, kw_only=True)
class GiveTime(Command):
    """Give the agenda item that is on more minutes, 5 where nobody says how many."""

    says: ClassVar[str] = "agenda more"
    needs: ClassVar[str] = "agenda.add"

    item: Annotated[Ref | None, Reference("the item that is on", prefix="MTG")] = None
    minutes: Annotated[int, Minutes("how many more", said_as="for")] = MORE
    had: Annotated[int | None, Minutes("how many it had, so that two presses give it once", said_as="had")] = None


@dataclass(frozen=True, kw_only=True)
class TellTimeOver(Command):
    """Tell the room that the time of an item is over, if it is still on in that turn and was given no more."""

    needs: ClassVar[str] = "agenda.due"

    item: Ref
    opening: int
    minutes: int


@reacts(ItemOpened)
def begin_time(event: ItemOpened, work: Work) -> None:
    """One that comes again with its time used up is not told of again: everybody knows."""
    _plan(work.get(AgendaItem, event.record), work)


@reacts(ItemDiscussed)
@reacts(ItemSkipped)
def end_time(event: Event, work: Work) -> None:
    work.unschedule(_key(event.record))
    meeting = work.get(Meeting, event.record.partition(".")[0])
    floor = floor_of(meeting, work)
    if floor is not None and floor.nudge is not None and floor.nudge["item"] == event.record:
        nudge, floor.nudge = floor.nudge, None
        _draw(nudge, meeting, work)


def _key(item: str) -> str:
    return f"time:{item}"


def _plan(item: AgendaItem, work: Work) -> None:
    due = ends_at(item)
    if due is not None and due > work.now:
        assert item.minutes is not None
        again = TellTimeOver(item=item.ref, opening=item.openings, minutes=item.minutes)
        work.schedule(_key(item.ref), due, again)


def ends_at(item: AgendaItem) -> datetime | None:
    """When the time of an item that is on is used up, UTC; None where it is not on or has none."""
    if item.opened_at is None or not item.minutes:
        return None
    return item.opened_at + timedelta(minutes=item.minutes, seconds=-item.spent)


@handles(TellTimeOver)
def tell_time_over(cmd: TellTimeOver, work: Work) -> None:
    item = work.get(AgendaItem, cmd.item)
    meeting = work.get(Meeting, item.meeting)
    if meeting.current != item.ref or (item.openings, item.minutes) != (cmd.opening, cmd.minutes):
        return
    floor = floor_for(meeting, work)
    floor.nudge = Nudge(item=item.ref, opening=cmd.opening, minutes=cmd.minutes)
    work.record(TimeOver(record=item.ref))
    _draw(floor.nudge, meeting, work)


@handles(GiveTime)
def give_time(cmd: GiveTime, work: Work) -> Draw:
    this_transfer(work)
    meeting = held_meeting(work, Ref(cmd.item.partition(".")[0]) if cmd.item else None)
    item = _on(cmd.item, meeting, work)
    _check_had(cmd.had, item, work)
    assert item.opened_at is not None  # it is on
    had = item.spent + (work.now - item.opened_at).total_seconds()
    item.minutes = max(item.minutes or 0, ceil(had / 60)) + cmd.minutes
    work.record(TimeGiven(record=item.ref))
    _plan(item, work)
    floor = floor_of(meeting, work)
    if floor is not None and floor.nudge is not None:
        _settle(floor, meeting, work)
    draw_item(item, meeting, work)
    redraw_running(meeting, work)
    return work.aside("meetings/item", item=item, meeting=meeting)


def _check_had(had: int | None, item: AgendaItem, work: Work) -> None:
    """Raises Refused where somebody gave it more since: a second press of the same button gives nothing."""
    until = ends_at(item)
    if had in (None, item.minutes) or until is None:
        return
    raise Refused(
        msg("Item {number} has been given more time already, until {time}. Nothing changed."),
        number=item.number,
        time=clock_words(until, work),
    )


def _settle(floor: Floor, meeting: Meeting, work: Work) -> None:
    assert floor.nudge is not None
    nudge, floor.nudge = floor.nudge, None
    _draw(nudge, meeting, work, work.actor.person)


def _on(said: Ref | None, meeting: Meeting, work: Work) -> AgendaItem:
    """The item that is on. Raises Refused where none is, or another than the one that a button was drawn for."""
    if meeting.current is None:
        raise Refused(msg("No item is on. To take one up:"), examples=("agenda next",))
    if said not in (None, meeting.ref, meeting.current):
        now = work.get(AgendaItem, meeting.current)
        raise Refused(
            msg("The agenda has moved on: item {number} “{text}” is on. Nothing changed."),
            number=now.number,
            text=now.text,
        )
    return work.get(AgendaItem, meeting.current)


def _draw(nudge: Nudge, meeting: Meeting, work: Work, by: PersonId | None = None) -> None:
    """Post or change what the room was told of an item's time; `by` gave it more."""
    item = work.get(AgendaItem, nudge["item"])
    key = f"time:{item.ref}:{nudge['opening']}:{nudge['minutes']}"
    work.post(ToRooms(), "floor/time_over", key=key, record=item, meeting=meeting, nudge=nudge, by=by)


@dataclass(frozen=True, slots=True)
class TimeOverView:
    """An item whose time is over: `minutes` were given by then. `on`: it still is, and nobody gave it more.

    `given_by` gave it more, `until` then; `next_up` is the item after it, None where it is the last one.
    """

    item: str
    meeting: str
    line: ItemLine
    minutes: int
    on: bool
    given_by: PersonView | None
    until: TimeView | None
    next_up: ItemLine | None


@shows("floor/time_over")
def time_over_view(reads: Reads, meeting: Meeting, nudge: Nudge, by: PersonId | None) -> TimeOverView:
    item = reads.get(AgendaItem, nudge["item"])
    waiting = to_come(items_of(reads, meeting), meeting.current)
    until = ends_at(item) if by else None
    on = meeting.current == item.ref and (item.openings, item.minutes) == (nudge["opening"], nudge["minutes"])
    return TimeOverView(
        item.ref,
        meeting.ref,
        line_of(item, meeting, reads),
        nudge["minutes"],
        on,
        reads.person(by) if by else None,
        reads.time(until) if until else None,
        line_of(waiting[0], meeting, reads) if waiting and on else None,
    )

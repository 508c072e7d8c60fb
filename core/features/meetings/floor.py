"""Which item has the floor: the next one comes on, the last one leaves it, and the time that it took is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import Annotated, ClassVar

from core.features.meetings.boards import draw_item, redraw_running
from core.features.meetings.current import held_meeting
from core.features.meetings.events import ItemDiscussed, ItemOpened, ItemSkipped
from core.features.meetings.going_on import ask_first, is_held_up
from core.features.meetings.items import EXAMPLE, item_numbered, items_of, to_come
from core.features.meetings.records import AgendaItem, Meeting
from core.features.transfers.opening import this_transfer
from core.kernel.errors import Refused, msg
from core.kernel.ids import PersonId, Ref
from core.kernel.messages import Command, Number, OneOf, Reference
from core.kernel.registry import handles
from core.kernel.work import Draw, Work

AT_ONCE = timedelta(seconds=60)
"""Whoever says `next` twice within this time, or two people, mean the same item (source: the W3C's Zakim bot)."""
ANYWAY = ("anyway", "really")
"""What is said along by whoever means it, whoever waits and however short the item was (source: the same)."""


@dataclass(frozen=True, kw_only=True)
class NextItem(Command):
    """Close the agenda item that is on, and take up the next one; if somebody waits to speak it is shown first."""

    says: ClassVar[str] = "agenda next"
    needs: ClassVar[str] = "agenda.add"

    after: Annotated[Ref | None, Reference("the item that is on, or the meeting where none is", prefix="MTG")] = None
    anyway: Annotated[str | None, OneOf("whoever waits", options=ANYWAY, bare=True)] = None


@dataclass(frozen=True, kw_only=True)
class SkipItem(Command):
    """Leave the item that is on for the end of the meeting, and take up the next one."""

    says: ClassVar[str] = "agenda skip"
    needs: ClassVar[str] = "agenda.add"

    after: Annotated[Ref | None, Reference("the item that is on", prefix="MTG")] = None
    anyway: Annotated[str | None, OneOf("whoever waits", options=ANYWAY, bare=True)] = None


@dataclass(frozen=True, kw_only=True)
class FinishItem(Command):
    """Mark an agenda item as discussed, whether it is on or not."""

    says: ClassVar[str] = "agenda done"
    heading: ClassVar[str] = msg("End an agenda item")
    needs: ClassVar[str] = "agenda.add"

    number: Annotated[int, Number("the item's number")]


@handles(NextItem)
def next_item(cmd: NextItem, work: Work) -> Draw:
    this_transfer(work)
    meeting = _held(cmd.after, work)
    waiting = to_come(items_of(work, meeting), meeting.current)
    if not waiting and meeting.current is None:
        raise _nothing_left(meeting, work)
    _must_be_meant(cmd, "next", meeting, work)
    if not cmd.anyway and is_held_up(meeting, work):
        return ask_first(meeting, "next", work)
    meeting.next_shown = None
    finished = finish_current(meeting, work)
    if waiting:
        _take_up(waiting[0], meeting, work)
    redraw_running(meeting, work)
    return work.aside("meetings/item", item=waiting[0] if waiting else finished, meeting=meeting)


@handles(SkipItem)
def skip_item(cmd: SkipItem, work: Work) -> Draw:
    this_transfer(work)
    meeting = _held(cmd.after, work)
    if meeting.current is None:
        raise Refused(msg("No item is on. To take one up:"), examples=("agenda next",))
    waiting = to_come(items_of(work, meeting), meeting.current)
    if not waiting:
        raise Refused(
            msg("This is the last item. To close it, or to end the meeting:"), examples=("agenda next", "meeting end")
        )
    _must_be_meant(cmd, "skip", meeting, work)
    if not cmd.anyway and is_held_up(meeting, work):
        return ask_first(meeting, "skip", work)
    meeting.next_shown = None
    item = leave_current(meeting, work)
    assert item is not None
    work.record(ItemSkipped(record=item.ref))
    draw_item(item, meeting, work)
    _take_up(waiting[0], meeting, work)
    redraw_running(meeting, work)
    return work.aside("meetings/item", item=waiting[0], meeting=meeting)


@handles(FinishItem)
def finish_item(cmd: FinishItem, work: Work) -> Draw:
    this_transfer(work)
    meeting = held_meeting(work, None)
    item = item_numbered(work, meeting, cmd.number)
    if item.ref == meeting.current:
        finish_current(meeting, work)
    elif item.state != "planned":
        raise Refused(
            msg("Item {number} “{text}” is {state} already."), number=item.number, text=item.text, state=item.state
        )
    else:
        item.move("discussed")
        work.record(ItemDiscussed(record=item.ref))
    redraw_running(meeting, work)
    return work.aside("meetings/item", item=item, meeting=meeting)


def _held(after: Ref | None, work: Work) -> Meeting:
    """The meeting that a button was drawn for, or the running one."""
    return held_meeting(work, Ref(after.partition(".")[0]) if after else None)


def _must_be_meant(cmd: NextItem | SkipItem, verb: str, meeting: Meeting, work: Work) -> None:
    """Raises Refused where the agenda has moved on since the speaker looked, or just now: said twice, it is once."""
    after, anyway = cmd.after, cmd.anyway
    if after is not None:
        if after != (meeting.current or meeting.ref):
            raise Refused(
                msg("The agenda has moved on since this card was drawn: {now}. Nothing changed."),
                now=_now_on(meeting, work),
            )
        return
    item = work.get(AgendaItem, meeting.current) if meeting.current else None
    if anyway or item is None or item.opened_at is None or item.opened_by is None:
        return
    ago = work.now - item.opened_at
    if ago < AT_ONCE:
        raise _taken_up_just_now(item, item.opened_by, ago, verb, work)


def _taken_up_just_now(item: AgendaItem, by: PersonId, ago: timedelta, verb: str, work: Work) -> Refused:
    own = msg(
        "You took up item {number} “{text}” {ago} ago, so nothing changed. If you mean the one after it, say it again "
        "in {left}, or now:"
    )
    other = msg(
        "{name} took up item {number} “{text}” {ago} ago, so nothing changed. If you mean the one after it, say it "
        "again in {left}, or now:"
    )
    return Refused(
        own if by == work.actor.person else other,
        name=work.directory.known_as(by),
        number=item.number,
        text=item.text,
        ago=_seconds(int(ago.total_seconds()), work),
        left=_seconds(ceil((AT_ONCE - ago).total_seconds()), work),
        examples=(f"agenda {verb} anyway",),
    )


def _seconds(count: int, work: Work) -> str:
    say = work.words.translate
    return say(msg("1 second")) if count == 1 else say(msg("{count} seconds")).format(count=count)


def _now_on(meeting: Meeting, work: Work) -> str:
    if meeting.current is None:
        return "no item is on"
    item = work.get(AgendaItem, meeting.current)
    return f"item {item.number} “{item.text}” is on"


def _nothing_left(meeting: Meeting, work: Work) -> Refused:
    if items_of(work, meeting):
        return Refused(
            msg("Every item of {ref} has been taken up. End the meeting, or add an item:"),
            ref=meeting.ref,
            examples=("meeting end", EXAMPLE),
        )
    return Refused(msg("The agenda of {ref} is empty. Add an item:"), ref=meeting.ref, examples=(EXAMPLE,))


def _take_up(item: AgendaItem, meeting: Meeting, work: Work) -> None:
    item.opened_at, item.opened_by = work.now, work.actor.person
    item.openings += 1
    meeting.current = item.ref
    work.record(ItemOpened(record=item.ref))
    draw_item(item, meeting, work)


def finish_current(meeting: Meeting, work: Work) -> AgendaItem | None:
    """Close the item that is on, if one is, as discussed; None where none is."""
    item = leave_current(meeting, work)
    if item is not None:
        item.move("discussed")
        work.record(ItemDiscussed(record=item.ref))
        draw_item(item, meeting, work)
    return item


def leave_current(meeting: Meeting, work: Work) -> AgendaItem | None:
    """Take the floor from the item that is on, if one is, and keep the time it took; its state is the caller's."""
    if meeting.current is None:
        return None
    item = work.get(AgendaItem, meeting.current)
    if item.opened_at is not None:
        item.spent += round((work.now - item.opened_at).total_seconds())
    item.opened_at = item.opened_by = None
    meeting.current = None
    return item

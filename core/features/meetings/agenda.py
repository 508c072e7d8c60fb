"""Making the agenda: items come on it, leave it, and change their order; their numbers stay what they were."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.features.meetings.boards import post_agenda, redraw
from core.features.meetings.current import (
    meeting_meant,
    not_over,
    only_chair_or_lead,
    planned_meeting,
)
from core.features.meetings.events import AgendaOrdered, ItemAdded, ItemDropped
from core.features.meetings.items import item_numbered, items_of
from core.features.meetings.reasons import reason_or_slip
from core.features.meetings.records import AgendaItem
from core.features.transfers.opening import this_transfer
from core.kernel.errors import Refused, msg
from core.kernel.ids import PersonId, Ref
from core.kernel.messages import Command, Minutes, Number, Order, Quoted, Reason, Reference, Someone
from core.kernel.registry import handles
from core.kernel.work import Ask, Draw, Work

MOST_ITEMS = 99


@dataclass(frozen=True, kw_only=True)
class AddItem(Command):
    """Put an item on the agenda, perhaps with who presents it and how long."""

    says: ClassVar[str] = "agenda add"
    heading: ClassVar[str] = msg("Add to the agenda")
    needs: ClassVar[str] = "agenda.add"

    text: Annotated[str, Quoted("what to talk about")]
    presenter: Annotated[PersonId | None, Someone("who presents it")] = None
    minutes: Annotated[int | None, Minutes("how long it takes", said_as="for")] = None
    meeting: Annotated[Ref | None, Reference("the meeting", prefix="MTG")] = None


@dataclass(frozen=True, kw_only=True)
class DropItem(Command):
    """Take an item off the agenda."""

    says: ClassVar[str] = "agenda drop"
    heading: ClassVar[str] = msg("Drop an agenda item")
    needs: ClassVar[str] = "agenda.add"

    number: Annotated[int, Number("the item's number")]
    reason: Annotated[str, Reason("why it goes")] = ""
    meeting: Annotated[Ref | None, Reference("the meeting", prefix="MTG")] = None


@dataclass(frozen=True, kw_only=True)
class OrderAgenda(Command):
    """Put the items that are still to come in another order; those not named follow."""

    says: ClassVar[str] = "agenda order"
    heading: ClassVar[str] = msg("Order the agenda")
    needs: ClassVar[str] = "meeting.lead"

    order: Annotated[tuple[int, ...], Order("the items' numbers")]
    meeting: Annotated[Ref | None, Reference("the meeting", prefix="MTG")] = None


@dataclass(frozen=True, kw_only=True)
class PostAgendaNow(Command):
    """Post the agenda now, beside the times at which it comes by itself."""

    says: ClassVar[str] = "agenda post"
    needs: ClassVar[str] = "meeting.lead"

    meeting: Annotated[Ref | None, Reference("the meeting", prefix="MTG")] = None


@handles(AddItem)
def add_item(cmd: AddItem, work: Work) -> Draw:
    this_transfer(work)
    meeting = not_over(meeting_meant(work, cmd.meeting), work)
    items = items_of(work, meeting)
    if len(items) >= MOST_ITEMS:
        raise Refused(msg("The agenda of {ref} has {most} items; more do not fit."), ref=meeting.ref, most=MOST_ITEMS)
    number = len(items) + 1
    item = AgendaItem(
        ref=Ref(f"{meeting.ref}.{number}"),
        state="planned",
        meeting=meeting.ref,
        number=number,
        position=1 + max((one.position for one in items), default=0),
        text=cmd.text,
        presenter=cmd.presenter,
        minutes=cmd.minutes,
        spent=0,
        openings=0,
    )
    work.add(item)
    work.record(ItemAdded(record=item.ref))
    redraw(meeting, work)
    return work.card("meetings/item_added", item=item, meeting=meeting)


@handles(DropItem)
def drop_item(cmd: DropItem, work: Work) -> Draw | Ask:
    this_transfer(work)
    meeting = not_over(meeting_meant(work, cmd.meeting), work)
    item = item_numbered(work, meeting, cmd.number)
    if work.actor.person not in (item.created_by, item.presenter):
        only_chair_or_lead(meeting, work)
    _must_be_to_come(item, meeting.current)
    reason = reason_or_slip(item, cmd.reason, work)
    if reason is None:
        return work.form(DropItem, number=item.number, meeting=meeting.ref)
    item.move("dropped")
    item.reason = reason
    work.record(ItemDropped(record=item.ref), reason=reason)
    redraw(meeting, work)
    return work.card("meetings/item_dropped", item=item, meeting=meeting)


def _must_be_to_come(item: AgendaItem, current: Ref | None) -> None:
    if item.ref == current:
        raise Refused(
            msg("Item {number} “{text}” is on now. To go on to the next, or leave it out:"),
            number=item.number,
            text=item.text,
            examples=("agenda next", "agenda skip"),
        )
    if item.state != "planned":
        raise Refused(
            msg("Item {number} “{text}” is {state} already."), number=item.number, text=item.text, state=item.state
        )


@handles(OrderAgenda)
def order_agenda(cmd: OrderAgenda, work: Work) -> Draw:
    this_transfer(work)
    meeting = not_over(meeting_meant(work, cmd.meeting), work)
    only_chair_or_lead(meeting, work)
    if len(set(cmd.order)) < len(cmd.order):
        raise Refused(msg("A number stands twice in that order. Name each item once, such as 3,1,2."))
    named = [item_numbered(work, meeting, number) for number in cmd.order]
    for item in named:
        _must_be_to_come(item, meeting.current)
    others = [item for item in items_of(work, meeting) if item not in named]
    settled = [item for item in others if item.state != "planned" or item.ref == meeting.current]
    rest = [item for item in others if item not in settled]
    for position, item in enumerate([*settled, *named, *rest], 1):
        item.position = position
    work.record(AgendaOrdered(record=meeting.ref))
    redraw(meeting, work)
    return work.card("meetings/ordered", meeting=meeting)


@handles(PostAgendaNow)
def post_agenda_now(cmd: PostAgendaNow, work: Work) -> None:
    this_transfer(work)
    meeting = planned_meeting(work, cmd.meeting)
    only_chair_or_lead(meeting, work)
    post_agenda(meeting, work)

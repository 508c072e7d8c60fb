"""The rooms of a transfer: which there are, whose each is, and taking one out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from sqlalchemy import select

from core.features.transfers.leaving import tell_who_is_left, tell_whose_part_ended
from core.features.transfers.opening import this_transfer
from core.features.transfers.records import Invite
from core.features.transfers.taking_back import Hanging, hanging_on, may_take_back, remove, take_back
from core.kernel.access import RoomOf
from core.kernel.errors import Choice, NotAllowed, WhichOne, msg
from core.kernel.ids import Audience, PersonId, Ref, Side
from core.kernel.messages import Command, Question, Reason, Reference, checked_reason
from core.kernel.posting import ToAddress, ToPerson
from core.kernel.registry import answers, handles
from core.kernel.work import Draw, Reads, Work


@dataclass(frozen=True, kw_only=True)
class ListRooms(Question):
    """List the rooms of this transfer: whose each is, and whether it can be reached."""

    says: ClassVar[str] = "transfer room list"
    needs: ClassVar[str] = "transfer.read"


@dataclass(frozen=True, kw_only=True)
class RemoveRoom(Command):
    """Take a room out of the transfer, this one or the one that is named; what was said in it stays recorded."""

    says: ClassVar[str] = "transfer room remove"
    heading: ClassVar[str] = msg("Take a room out")
    needs: ClassVar[str] = "transfer.room"

    room: Annotated[Ref | None, Reference("the room", prefix="ROM", like="ROM-002")] = None
    reason: Annotated[str, Reason("why it is taken out")]


@answers(ListRooms)
def list_rooms(_question: ListRooms, reads: Reads) -> Draw:
    return reads.card("transfers/rooms")


def rooms_seen(reads: Reads) -> list[RoomOf]:
    """The rooms that the reader may know of, but for those that were taken out."""
    return [room for room in reads.directory.rooms if room.audience in reads.session.sees and not room.removed]


def room_meant(number: Ref | None, reads: Reads) -> RoomOf:
    """The room that is named, or the one in which it is said. Raises WhichOne where that is none of them."""
    seen = rooms_seen(reads)
    here = reads.directory.room_at(reads.origin.room) if reads.origin and number is None else None
    for room in seen:
        if room.number == number or (here is not None and room.id == here.id):
            return room
    one = msg("{transfer} has several rooms. Which one do you mean?")
    none = msg("{transfer} has no room {ref}. Which one do you mean?")
    choices = tuple(Choice(room.number, room.label) for room in seen)
    raise WhichOne(one if number is None else none, transfer=reads.transfer, ref=number, choices=choices)


@handles(RemoveRoom)
def remove_room(cmd: RemoveRoom, work: Work) -> Draw:
    this_transfer(work)
    meant = room_meant(cmd.room, work)
    reason = checked_reason(cmd.reason)
    invite = work.one(select(Invite).where(Invite.transfer == work.transfer, Invite.room == meant.number))
    hanging = hanging_on(invite, work) if invite is not None and may_take_back(invite, work) else Hanging()
    gone = [meant, *(room for room in hanging.rooms if room.id != meant.id)]
    _check_one_stays(gone, work)
    remove(meant.id, reason, work)
    if invite is not None:
        tell_joined(invite, work)
        end_join(invite, hanging, meant, reason, work)
    ended = _led_until_now(invite, hanging)
    for room in gone:
        _tell_removed(room, reason, ended if room == meant else None, hanging.people, work)
    return work.card("transfers/room_removed", room=meant, reason=reason, ended=ended, left=hanging.people)


def end_join(invite: Invite, hanging: Hanging, room: RoomOf, reason: str, work: Work) -> None:
    """Take back what hangs on a join with `room`, and tell everybody whose part ends with it."""
    take_back(hanging, reason, work)
    led = _led_until_now(invite, hanging)
    for person in hanging.people:
        tell_whose_part_ended(person, room if person == led else None, reason, work)
    if led is not None:
        tell_who_is_left(led, hanging.people, reason, work)


def _led_until_now(invite: Invite | None, hanging: Hanging) -> PersonId | None:
    return invite.used_by if invite is not None and invite.used_by in hanging.people else None


def _check_one_stays(gone: Sequence[RoomOf], work: Work) -> None:
    joint = [room for room in rooms_seen(work) if room.audience == Audience.JOINT]
    if joint and all(room in gone for room in joint):
        raise NotAllowed(
            msg("{room} is the only room that both companies share: another one joins first, or the transfer closes."),
            room=gone[0].label,
            examples=("transfer invite",),
        )


def tell_joined(invite: Invite, work: Work) -> None:
    """Show the leads who invited who joined, from where; or, once it was taken back, that it was."""
    for lead in work.directory.holding("lead", side=Side(invite.side)):
        work.post(ToPerson(lead.person), "transfers/room_joined", key=f"room:{invite.ref}", invite=invite)


def _tell_removed(room: RoomOf, reason: str, ended: PersonId | None, people: Sequence[PersonId], work: Work) -> None:
    """Say it in the room itself, and to the leads who may know of it; `people` hear what it means for them."""
    told: dict[str, Any] = {"room": room, "reason": reason, "ended": ended}
    work.post(ToAddress(room.address), "transfers/room_removed", **told)
    for lead in work.directory.entitled(room.audience, "lead"):
        if lead.person not in (work.actor.person, *people):
            work.post(ToPerson(lead.person), "transfers/room_removed", key=f"removed:{room.number}", **told)

"""The rooms of a transfer: which there are, whose each is, and taking one out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from sqlalchemy import select

from core.features.transfers.belonging import CLAIM_WITHIN
from core.features.transfers.events import MemberRemoved, RoomRemoved
from core.features.transfers.leaving import tell_whose_invitation_ended
from core.features.transfers.numbering import REMOVED
from core.features.transfers.opening import show_leads, this_transfer
from core.features.transfers.records import Invite
from core.kernel.access import Member, Room, RoomOf
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
    joint = [room for room in rooms_seen(work) if room.audience == Audience.JOINT]
    if joint == [meant]:
        raise NotAllowed(
            msg("{room} is the only room that both companies share: another one joins first, or the transfer closes."),
            room=meant.label,
            examples=("transfer invite",),
        )
    room = work.one(select(Room).where(Room.id == meant.id))
    assert room is not None
    room.state = REMOVED
    work.record(RoomRemoved(record=room.trail_name()), reason=reason)
    invite = work.one(select(Invite).where(Invite.transfer == work.transfer, Invite.room == meant.number))
    ended = _take_back(invite, reason, work) if invite is not None else None
    if ended is not None:
        tell_whose_invitation_ended(ended, meant, reason, work)
    gone = ended.person if ended is not None else None
    _tell_removed(meant, reason, gone, work)
    return work.card("transfers/room_removed", room=meant, by=work.actor.name, reason=reason, ended=gone)


def _take_back(invite: Invite, reason: str, work: Work) -> Member | None:
    """Whoever leads by this code alone leads no more, if those who invited take it back soon; the one who does not."""
    tell_joined(invite, work)
    member = work.session.get(Member, (work.transfer, invite.used_by)) if invite.made_lead else None
    soon = invite.used_at is not None and work.now - invite.used_at <= CLAIM_WITHIN
    if member is None or not soon or work.actor.side != invite.side or member.roles != ["lead"]:
        return None
    if member.state != "active":
        return None
    member.state = "left"
    work.record(MemberRemoved(record=member.trail_name()), reason=reason)
    show_leads(work)
    return member


def tell_joined(invite: Invite, work: Work) -> None:
    """Show the leads who invited who joined, from where; or, once it was taken back, that it was."""
    for lead in work.directory.holding("lead", side=Side(invite.side)):
        work.post(ToPerson(lead.person), "transfers/room_joined", key=f"room:{invite.ref}", invite=invite)


def _tell_removed(room: RoomOf, reason: str, ended: PersonId | None, work: Work) -> None:
    """Say it in the room itself, and to the leads who may know of it; `ended` hears what it means for them."""
    told: dict[str, Any] = {"room": room, "by": work.actor.name, "reason": reason, "ended": ended}
    work.post(ToAddress(room.address), "transfers/room_removed", **told)
    for lead in work.directory.holding("lead"):
        if lead.person not in (work.actor.person, ended) and room.audience in (Audience.JOINT, lead.side):
            work.post(ToPerson(lead.person), "transfers/room_removed", key=f"removed:{room.number}", **told)

"""A company's own room: what is recorded there is its own, and the other company sees it by no road."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from sqlalchemy import select

from core.features.transfers.events import RoomAdded, RoomChanged
from core.features.transfers.numbering import add_room
from core.features.transfers.opening import show_transfer, this_transfer
from core.features.transfers.placing import room_meant
from core.kernel.access import RoomOf
from core.kernel.errors import Choice, NotAllowed, Refused, WhichOne, msg
from core.kernel.ids import OWN, Audience, Ref, TransferId
from core.kernel.messages import Command, Reason, Value, checked_reason
from core.kernel.posting import ToPerson, ToRoom
from core.kernel.registry import handles
from core.kernel.transfers import Room
from core.kernel.work import Draw, Work


@dataclass(frozen=True, kw_only=True)
class AddOwnRoom(Command):
    """Make this room your company's own in the transfer: what is recorded here the other company never sees."""

    says: ClassVar[str] = "transfer room internal"
    heading: ClassVar[str] = msg("Your company’s own room")
    needs: ClassVar[str] = "transfer.room"

    code: Annotated[str, Value("the transfer, such as NVT, where you belong to several", longest=12)] = ""


@dataclass(frozen=True, kw_only=True)
class ShareRoom(Command):
    """Make your company's own room one that both share from now on; what was recorded in it stays your own."""

    says: ClassVar[str] = "transfer room joint"
    heading: ClassVar[str] = msg("Share this room")
    needs: ClassVar[str] = "transfer.room"
    shared: ClassVar[bool] = True

    reason: Annotated[str, Reason("why both companies are to share it")]


@handles(AddOwnRoom)
def add_own_room(cmd: AddOwnRoom, work: Work) -> Draw:
    this_transfer(work)
    side = work.actor.side
    if work.origin is None or work.origin.room.direct or side is None:
        raise Refused(msg("Say this in the channel that is to be your company’s own room."))
    here = work.directory.room_at(work.origin.room)
    if here is not None and here.audience != Audience.JOINT:
        raise Refused(msg("This is {company}’s own room already."), company=work.directory.company(side))
    if here is not None:
        raise NotAllowed(
            msg(
                "Both companies share this room and read what stands in it: it cannot become one’s own. Say this in "
                "a channel where only your people are."
            )
        )
    own = work.directory.own(side)
    if own == OWN[side][-1]:
        raise Refused(
            msg("Too many joins of {company} were taken back in {transfer}: it can have no own room here any more."),
            company=work.directory.company(side),
            transfer=work.transfer,
        )
    room = add_room(work.origin.room, work.origin.room_name, own, work)
    work.record(RoomAdded(record=room.trail_name()))
    at = RoomOf(room.id, work.origin.room, room.name, own, open=True, number=room.number or Ref(""))
    for lead in work.directory.holding("lead", side=side):
        if lead.person != work.actor.person:
            work.post(ToPerson(lead.person), "transfers/own_room", room=at)
    work.post(ToRoom(room.id), "transfers/own_room", key=f"own:{room.number}", room=at)
    return work.aside("transfers/own_room", room=at)


@handles(ShareRoom)
def share_room(cmd: ShareRoom, work: Work) -> Draw:
    transfer = this_transfer(work)
    if work.origin is None or work.directory.room_at(work.origin.room) is None:
        raise Refused(msg("Say this in the room that both companies are to share."))
    meant = room_meant(None, work)
    reason = checked_reason(cmd.reason)
    if meant.audience == Audience.JOINT:
        raise Refused(msg("Both companies share {room} already."), room=meant.label)
    room = work.one(select(Room).where(Room.id == meant.id))
    assert room is not None
    room.audience = Audience.JOINT
    work.record(RoomChanged(record=room.trail_name()), reason=reason)
    show_transfer(transfer, work)
    return work.card("transfers/joined_answer", transfer=transfer, side=work.actor.side, leads=False)


def transfer_meant(code: str, known: list[TransferId]) -> TransferId:
    """The transfer that a room is to belong to: the one named, else the only one of the speaker's.

    Raises Refused, and WhichOne for somebody of several.
    """
    named = [one for one in known if one == code.strip().upper()] if code else known
    if len(named) == 1:
        return named[0]
    if not known:
        raise NotAllowed(msg("You belong to no transfer yet: join one first, with the code of the other company."))
    raise WhichOne(
        msg("You belong to several transfers. Which one is this room for?"),
        choices=tuple(Choice(one) for one in known),
        field="code",
    )

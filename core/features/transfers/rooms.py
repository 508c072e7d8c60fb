"""Rooms that Tandem comes to, loses and gets back: marked, and the leads told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from core.features.transfers.events import RoomBack, RoomLost, RoomWelcomed
from core.features.transfers.numbering import REMOVED
from core.features.transfers.reports import Trouble, tell_leads
from core.kernel.access import Room
from core.kernel.errors import Refused, msg
from core.kernel.ids import Audience
from core.kernel.messages import Command
from core.kernel.posting import ToAddress, ToRooms
from core.kernel.registry import handles
from core.kernel.turn import Address
from core.kernel.work import Work


@dataclass(frozen=True, kw_only=True)
class LoseRoom(Command):
    """Mark a room that can be posted in no more, and tell the leads."""

    needs: ClassVar[str] = "room.keep"

    room: Address
    why: str


@dataclass(frozen=True, kw_only=True)
class RegainRoom(Command):
    """Mark a lost room as open again."""

    needs: ClassVar[str] = "room.keep"

    room: Address


@dataclass(frozen=True, kw_only=True)
class WelcomeRoom(Command):
    """Say in a room that Tandem was just added to how to begin."""

    needs: ClassVar[str] = "room.keep"

    room: Address
    name: str


@handles(WelcomeRoom)
def welcome_room(cmd: WelcomeRoom, work: Work) -> None:
    work.post(ToAddress(cmd.room), "transfers/welcome", key="welcome", room=cmd.name)
    work.record(RoomWelcomed(record=f"room:{cmd.room}"))


@handles(LoseRoom)
def lose_room(cmd: LoseRoom, work: Work) -> None:
    room = _room(cmd.room, work)
    if room.state == "lost":
        raise Refused(msg("The room is marked as lost already."))
    room.state = "lost"
    work.record(RoomLost(record=room.trail_name()), reason=cmd.why)
    tell_leads(work, Trouble(f"#{room.name or room.channel}", cmd.why, whose=Audience(room.audience)))
    if room.audience == Audience.JOINT:
        work.post(ToRooms(), "transfers/room_lost", room=work.directory.room_at(cmd.room), why=cmd.why)


@handles(RegainRoom)
def regain_room(cmd: RegainRoom, work: Work) -> None:
    room = _room(cmd.room, work)
    if room.state == "open":
        raise Refused(msg("The room is open already."))
    room.state = "open"
    work.record(RoomBack(record=room.trail_name()))
    work.post(ToRooms(Audience(room.audience)), "transfers/room_back", room=work.directory.room_at(cmd.room))


def _room(address: Address, work: Work) -> Room:
    room = work.one(
        select(Room).where(
            Room.platform == address.platform,
            Room.tenant == address.tenant,
            Room.channel == address.channel,
            Room.state != REMOVED,
        )
    )
    if room is None:
        raise Refused(msg("No transfer lives in this room."))
    return room

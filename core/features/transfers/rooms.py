"""Rooms that Tandem comes to, loses and gets back: marked, and the leads told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from sqlalchemy import select

from core.features.transfers.events import RoomBack, RoomLost, RoomRenamed, RoomWelcomed
from core.features.transfers.numbering import REMOVED
from core.features.transfers.reports import Trouble, tell_leads
from core.kernel.audit import Entry, entries_of
from core.kernel.errors import DoneAlready, Refused, msg
from core.kernel.held import end_held, held_for
from core.kernel.ids import Audience
from core.kernel.messages import Command
from core.kernel.missed import drawn_anew, missed, told_anew
from core.kernel.posting import ToAddress, ToRooms
from core.kernel.registry import handles
from core.kernel.transfers import Room
from core.kernel.turn import Address
from core.kernel.work import Work

HEARD, REFUSED = "heard:", "undelivered:"
"""How the id of a command begins by which a room is back as somebody was heard there, or lost as it took no post."""
SOON = timedelta(hours=1)
"""A room that takes nothing shows so within this time after it is back: its cards are sent at once."""


@dataclass(frozen=True, kw_only=True)
class LoseRoom(Command):
    """Mark a room that can be posted in no more, and tell the leads."""

    needs: ClassVar[str] = "room.keep"

    room: Address
    why: str


@dataclass(frozen=True, kw_only=True)
class RegainRoom(Command):
    """Mark a lost room as open again, and bring its cards up to date; `heard`: somebody spoke there at that time."""

    needs: ClassVar[str] = "room.keep"

    room: Address
    heard: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class RenameRoom(Command):
    """Keep what a room is called on its platform now."""

    needs: ClassVar[str] = "room.keep"

    room: Address
    name: str


@dataclass(frozen=True, kw_only=True)
class WelcomeRoom(Command):
    """Say in a room that Tandem was just added to how to begin."""

    needs: ClassVar[str] = "room.keep"

    room: Address
    name: str


@handles(WelcomeRoom)
def welcome_room(cmd: WelcomeRoom, work: Work) -> None:
    work.post(ToAddress(cmd.room), "transfers/welcome", key="welcome", room=cmd.name, platform=cmd.room.platform)
    work.record(RoomWelcomed(record=f"room:{cmd.room}"))


@handles(LoseRoom)
def lose_room(cmd: LoseRoom, work: Work) -> None:
    room = _room(cmd.room, work)
    if room.state == "lost":
        raise Refused(msg("The room is marked as lost already."))
    room.state = "lost"
    work.record(RoomLost(record=room.trail_name()), reason=cmd.why)
    label = f"#{room.name or room.channel}"
    tell_leads(work, Trouble(label, cmd.why, whose=Audience(room.audience), at=str(cmd.room)))
    if room.audience == Audience.JOINT:
        work.post(ToRooms(), "transfers/room_lost", room=work.directory.room_at(cmd.room), why=cmd.why)


@handles(RegainRoom)
def regain_room(cmd: RegainRoom, work: Work) -> None:
    room = _room(cmd.room, work)
    if room.state == "open":
        raise Refused(msg("The room is open already."))
    history = _history(room, work)
    if cmd.heard is not None:
        _check_heard(cmd.heard, history)
    back = work.directory.room_at(cmd.room)
    assert back is not None
    held = held_for(cmd.room, work)
    behind = missed(back, history[0].at if history else work.now, work)
    room.state = "open"
    end_held(held, work)
    work.record(RoomBack(record=room.trail_name(), held=held))
    cards = drawn_anew(behind, back, work)
    work.post(ToRooms(back.audience), "transfers/room_back", room=back, behind=len(told_anew(cards, back, work)))
    work.posts += cards


@handles(RenameRoom)
def rename_room(cmd: RenameRoom, work: Work) -> None:
    room = _room(cmd.room, work)
    if room.name == cmd.name:
        raise DoneAlready(msg("The room is called so already."))
    room.name = cmd.name
    work.record(RoomRenamed(record=room.trail_name()))


def _history(room: Room, work: Work) -> list[Entry]:
    """The entries of when it was lost and when it was back, the newest first: of a lost room, when it was lost."""
    entries = work.all(entries_of(room.trail_name(), work.transfer, room.audience).order_by(Entry.seq.desc()))
    return [one for one in entries if one.tells(RoomLost.called()) or one.tells(RoomBack.called())]


def _check_heard(at: datetime, history: Sequence[Entry]) -> None:
    """What is said in a room shows that Tandem is there; not that it may post, where nobody but some may."""
    if history and at < history[0].at:
        raise Refused(msg("That was said before the room was lost."))
    if len(history) < 2:
        return
    lost, back = history[:2]
    in_vain = lost.command_id.startswith(REFUSED) and back.command_id.startswith(HEARD)
    if in_vain and lost.at - back.at < SOON:
        raise Refused(msg("People are heard in the room, but it takes no post."))


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

"""Rooms are numbered as they come to a transfer, so that people can name one that they are not in."""

from __future__ import annotations

from core.kernel.clock import new_id
from core.kernel.ids import Audience, RoomId
from core.kernel.transfers import Room
from core.kernel.turn import Address
from core.kernel.work import Work

OPEN, LOST, REMOVED = "open", "lost", "removed"
LONGEST_NAME = 200


def add_room(address: Address, name: str, audience: Audience, work: Work) -> Room:
    """A new room of the transfer, with the next free number."""
    taken = {room.number for room in work.directory.rooms}
    number = work.number("ROM", audience)
    while number in taken:  # the first rooms of older transfers were numbered by nobody
        number = work.number("ROM", audience)
    room = Room(
        id=RoomId(new_id()),
        transfer=work.transfer,
        platform=address.platform,
        tenant=address.tenant,
        channel=address.channel,
        name=name[:LONGEST_NAME],
        number=number,
        audience=audience,
        state=OPEN,
    )
    work.add(room)
    return room

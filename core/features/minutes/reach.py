"""The rooms that could not be reached while a meeting ran: who read there alone saw nothing of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from core.features.meetings.records import Meeting
from core.features.transfers.events import RoomBack, RoomLost
from core.kernel.access import RoomOf
from core.kernel.audit import Entry, entries_of
from core.kernel.ids import Audience
from core.kernel.templates import TimeView
from core.kernel.work import Reads


@dataclass(frozen=True, slots=True)
class Unreached:
    """A room and the time for which it was out of reach; `back` is None while it still is."""

    room: str
    platform: str
    since: TimeView
    back: TimeView | None


def unreached(reads: Reads, meeting: Meeting) -> tuple[Unreached, ...]:
    """The joint rooms that could not be reached for some of the meeting, by the trail."""
    began, ended = meeting.started_at or meeting.starts_at, meeting.ended_at or reads.now
    return tuple(
        Unreached(room.label, room.address.platform, reads.time(since), reads.time(back) if back else None)
        for room in reads.directory.rooms
        if room.audience == Audience.JOINT and not room.removed
        for since, back in _times_lost(room, reads)
        if since <= ended and (back is None or back >= began)
    )


def _times_lost(room: RoomOf, reads: Reads) -> Iterator[tuple[datetime, datetime | None]]:
    of_room = entries_of(f"room:{room.address}", reads.transfer)
    since: datetime | None = None
    for entry in reads.all(of_room.order_by(Entry.seq)):
        if entry.tells(RoomLost.called()):
            since = entry.at
        elif entry.tells(RoomBack.called()) and since is not None:
            yield since, entry.at
            since = None
    if since is not None:
        yield since, None

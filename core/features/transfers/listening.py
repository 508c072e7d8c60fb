"""Which rooms are not listened to as a whole: what is said of it on cards."""

from __future__ import annotations

from dataclasses import dataclass

from core.kernel.access import NATURAL
from core.kernel.ids import Audience
from core.kernel.work import Reads


@dataclass(frozen=True, slots=True)
class ListensView:
    """A room of which not all talk is read while a meeting runs: `tags` alone, or nothing (`off`)."""

    room: str
    mode: str


def listening_of(reads: Reads) -> tuple[ListensView, ...]:
    """The rooms that both companies share and of which not all talk is read."""
    shared = reads.directory.rooms_for(Audience.JOINT)
    return tuple(ListensView(room.label, room.listen) for room in shared if room.listen != NATURAL)

"""A room that is back gets the talk that it missed of a meeting that still runs; of one that is over, its number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from core.features.capture.listening import is_relayed
from core.features.capture.relaying import RelayedView
from core.features.meetings.current import running_meeting
from core.features.meetings.records import Meeting
from core.features.transfers.events import RoomBack
from core.kernel.access import RoomOf
from core.kernel.drawing import CannotDraw, kept_as
from core.kernel.held import HeldTalk
from core.kernel.ids import Ref
from core.kernel.posting import ToRoom
from core.kernel.registry import reacts, shows
from core.kernel.templates import TimeView
from core.kernel.work import Reads, Work


@reacts(RoomBack)
def carry_what_was_missed(event: RoomBack, work: Work) -> None:
    back = next((room for room in work.directory.rooms if f"room:{room.address}" == event.record), None)
    if back is None:
        return
    for ref, lines in groupby(event.held, lambda line: line.record):
        left = list(_not_carried(ref, tuple(lines), back, work))
        if left:
            meeting = work.get(Meeting, ref)
            work.post(ToRoom(back.id), "capture/not_carried", record=meeting, meeting=meeting, lines=left)


def _not_carried(ref: Ref, lines: Sequence[HeldTalk], back: RoomOf, work: Work) -> Iterator[HeldTalk]:
    """Carry the lines of a meeting where that still runs and its talk is wanted; the others come back."""
    meeting = running_meeting(work)
    runs = meeting is not None and meeting.ref == ref and is_relayed(work.directory)
    for line in lines:
        view = _said_in(line) if runs else None
        if view is None:
            yield line
        else:
            work.post(ToRoom(back.id), "capture/relayed", key=line.key, record=meeting, line=view)


def _said_in(line: HeldTalk) -> RelayedView | None:
    try:
        return kept_as(RelayedView, line.view)
    except CannotDraw:
        return None


@dataclass(frozen=True, slots=True)
class NotCarriedView:
    """Lines of a meeting that a room never got: how many, between when, and the rooms in which they stand."""

    meeting: str
    title: str
    count: int
    first: TimeView
    last: TimeView
    rooms: tuple[str, ...]


@shows("capture/not_carried")
def not_carried_view(reads: Reads, meeting: Meeting, lines: Sequence[HeldTalk]) -> NotCarriedView:
    said_in = [view.room for view in map(_said_in, lines) if view is not None]
    return NotCarriedView(
        meeting.ref,
        meeting.title,
        len(lines),
        reads.time(lines[0].at),
        reads.time(lines[-1].at),
        tuple(dict.fromkeys(said_in)),
    )

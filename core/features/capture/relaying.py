"""Talk carried to the other rooms of a meeting, as quoted lines, where the leads set it so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.features.capture.events import LineRelayed
from core.features.capture.listening import relays_at, rooms_carried_to
from core.features.meetings.current import running_meeting
from core.kernel.errors import Refused, msg
from core.kernel.ids import PersonId
from core.kernel.messages import Command
from core.kernel.posting import TALK, ToRoom
from core.kernel.registry import handles, shows
from core.kernel.work import Reads, Work

LONGEST = 2500
"""Characters of a line that are carried; what is longer ends in '…' and stands whole where it was said."""


@dataclass(frozen=True, kw_only=True)
class RelayLine(Command):
    """Carry a line of talk to the other rooms of the meeting, with who said it; `person` is None for a guest."""

    needs: ClassVar[str] = "line.relay"

    name: str
    person: PersonId | None
    text: str


@handles(RelayLine)
def relay_line(cmd: RelayLine, work: Work) -> None:
    origin, meeting = work.origin, running_meeting(work)
    if origin is None or meeting is None or not relays_at(work.directory, origin.room):
        raise Refused(msg("Lines of this room stay in it."))
    for room in rooms_carried_to(work.directory):
        if room.address != origin.room:
            key = f"{TALK}{origin.room.platform}:{origin.message}"
            work.post(ToRoom(room.id, holds=True), "capture/relayed", key=key, record=meeting, line=cmd)
    work.record(LineRelayed(record=meeting.ref))


@dataclass(frozen=True, slots=True)
class RelayedView:
    """A line of another room: who said it, of which company (empty for somebody who belongs to none), and where."""

    name: str
    company: str
    room: str
    text: str


@shows("capture/relayed")
def relayed_view(reads: Reads, line: RelayLine | RelayedView) -> RelayedView:
    if isinstance(line, RelayedView):  # it was kept for a room that is back
        return line
    here = reads.directory.room_at(reads.origin.room) if reads.origin else None
    side = reads.directory.side_of(line.person) if line.person else None
    text = line.text if len(line.text) <= LONGEST else f"{line.text[: LONGEST - 1].rstrip()}…"
    return RelayedView(line.name, reads.directory.company(side), here.label if here else "", text)

"""What of a room's talk is read while a meeting runs: all of it, tagged lines alone, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from sqlalchemy import select

from core.features.capture.events import ListeningSet
from core.features.capture.records import Proposal
from core.features.meetings.boards import redraw_running
from core.features.meetings.current import running_meeting
from core.features.transfers.opening import this_transfer
from core.kernel.access import NATURAL, OFF, TAGS, Directory, RoomOf
from core.kernel.errors import NotAllowed, Refused, msg
from core.kernel.ids import Audience, Ref
from core.kernel.messages import Command, OneOf
from core.kernel.registry import handles, shows
from core.kernel.transfers import Room
from core.kernel.turn import Address
from core.kernel.work import Ask, Draw, Reads, Work


@dataclass(frozen=True, kw_only=True)
class SetListening(Command):
    """Choose what Tandem reads here while a meeting runs, and whether reactions (✅ 📌 ❓ ⚠️) propose records."""

    says: ClassVar[str] = "listen"
    heading: ClassVar[str] = msg("What Tandem reads here")
    needs: ClassVar[str] = "room.listen"

    mode: Annotated[str, OneOf("what is read", options=(TAGS, NATURAL, OFF), bare=True)] = ""
    reactions: Annotated[str, OneOf("reactions propose records", options=("on", OFF))] = ""


@handles(SetListening)
def set_listening(cmd: SetListening, work: Work) -> Draw | Ask:
    this_transfer(work)
    meeting = running_meeting(work)
    if "lead" not in work.actor.roles and (meeting is None or work.actor.person != meeting.chair):
        raise NotAllowed(
            msg("A lead, or the chair while a meeting runs, says what Tandem reads in a room. Ask {who}."),
            who=work.directory.named("lead", side=work.actor.side),
        )
    here = work.directory.room_at(work.origin.room) if work.origin else None
    if here is None:
        raise Refused(msg("Say this in the room that it is about."))
    if not cmd.mode and not cmd.reactions:
        return work.form(SetListening, mode=here.listen, reactions="on" if here.reactions else OFF)
    mode, reactions = cmd.mode or here.listen, here.reactions if not cmd.reactions else cmd.reactions == "on"
    if (here.listen, here.reactions) != (mode, reactions):
        room = work.one(select(Room).where(Room.id == here.id))
        assert room is not None
        if here.listen != mode:
            room.listen = mode
        if here.reactions != reactions:
            room.reactions = reactions
        work.record(ListeningSet(record=room.trail_name()))
        if meeting is not None and here.audience == Audience.JOINT and here.listen != mode:
            redraw_running(meeting, work)
    return work.card("capture/listening", room=here, mode=mode, reactions=reactions)


@dataclass(frozen=True, slots=True)
class ListeningView:
    """What is read in a room from now on: `natural`, `tags` or `off`; `running`: a meeting runs there now.

    `relayed`: what is said there goes to the meeting's other rooms, where anything is read at all.
    `reactions`: reactions below its messages propose records; where they do not, `waiting` names the proposals that
    reactions made there before, and that wait for an answer.
    """

    room: str
    mode: str
    running: bool
    relayed: bool = False
    reactions: bool = False
    waiting: tuple[str, ...] = ()


@shows("capture/listening")
def listening_view(reads: Reads, room: RoomOf, mode: str, reactions: bool) -> ListeningView:
    relayed = is_relayed(reads.directory) and room.audience == Audience.JOINT
    waiting = () if reactions else _reacted_at(room.address, reads)
    return ListeningView(room.label, mode, meeting_on(reads.directory) is not None, relayed, reactions, waiting)


def _reacted_at(room: Address, reads: Reads) -> tuple[str, ...]:
    """What reactions in a room propose, and nobody has answered."""
    waiting = select(Proposal).where(Proposal.transfer == reads.transfer, Proposal.open)
    there = waiting.where(Proposal.line.startswith(f"{room}/", autoescape=True))
    return tuple(row.ref for row in reads.all(there.order_by(Proposal.created_at, Proposal.ref)) if row.reacted)


def meeting_on(directory: Directory) -> Ref | None:
    """The meeting that runs in a transfer now, from memory."""
    facts = directory.facts
    now_on = facts.current.get("meeting") if facts is not None and facts.open else None
    return Ref(now_on) if now_on else None


def reads_at(directory: Directory, address: Address) -> str:
    """What is read now of the lines at an address that do not call Tandem: NATURAL, TAGS or OFF."""
    room = directory.room_at(address) if meeting_on(directory) else None
    return room.listen if room is not None and room.open else OFF


def is_of_use(directory: Directory, address: Address) -> bool:
    """Whether anything may come of a line at an address that does not call Tandem."""
    return reads_at(directory, address) != OFF


def relays_at(directory: Directory, address: Address) -> bool:
    """Whether lines at an address go to the other rooms of a meeting that runs now; never from a company's own, nor
    from one where nothing is read."""
    room = directory.room_at(address)
    if room is None or room.audience != Audience.JOINT or reads_at(directory, address) == OFF:
        return False
    return is_relayed(directory)


def is_relayed(directory: Directory) -> bool:
    """Whether the talk of a meeting is wanted in all of its rooms, and there are several."""
    wanted = directory.facts is not None and directory.facts.settings.get("relay") == "on"
    return wanted and len(rooms_carried_to(directory)) > 1


def rooms_carried_to(directory: Directory) -> list[RoomOf]:
    """The rooms that both companies share; one that is lost gets its lines when it is back."""
    return [room for room in directory.rooms if room.audience == Audience.JOINT and not room.removed]

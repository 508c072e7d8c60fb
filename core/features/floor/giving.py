"""Giving the floor: the chair or a lead calls the first who waits, or somebody by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar

from core.features.floor.boards import begin_board, show_floor
from core.features.floor.events import FloorGiven
from core.features.floor.finding import floor_for, place_of, speaker
from core.features.floor.records import Floor, Speaker, Spoke
from core.features.meetings.current import held_meeting, only_chair_or_lead
from core.features.meetings.going_on import IN_HASTE
from core.features.meetings.records import Meeting
from core.features.transfers.opening import this_transfer
from core.kernel.errors import Refused, msg
from core.kernel.ids import PersonId, Ref
from core.kernel.messages import Command, Reference, Someone
from core.kernel.registry import handles
from core.kernel.work import Draw, Work


@dataclass(frozen=True, kw_only=True)
class GiveFloor(Command):
    """Give the floor to the first on the speakers' queue, or to somebody by name: the meeting's chair or a lead."""

    says: ClassVar[str] = "ack"
    needs: ClassVar[str] = "floor.give"
    overheard: ClassVar[bool] = True

    person: Annotated[PersonId | None, Someone("who speaks next")] = None
    meeting: Annotated[Ref | None, Reference("the meeting", prefix="MTG")] = None


@handles(GiveFloor)
def give_floor(cmd: GiveFloor, work: Work) -> Draw:
    this_transfer(work)
    meeting = held_meeting(work, cmd.meeting)
    only_chair_or_lead(meeting, work)
    floor = floor_for(meeting, work)
    if cmd.meeting is not None and cmd.person is None and _was_given_just_now(floor, work):
        return work.card("floor/given", floor=floor)
    called = _called(cmd.person, floor, meeting, work)
    begin_board(floor, meeting, work)
    floor.queue = [one for one in floor.queue if one["person"] != called["person"]]
    floor.speaks = {**called, "at": work.now.isoformat(timespec="milliseconds")}
    floor.spoke = [*floor.spoke, Spoke(person=called["person"], board=len(floor.boards))]
    work.record(FloorGiven(record=floor.ref))
    show_floor(floor, meeting, work)
    return work.aside("floor/given", floor=floor)


def _was_given_just_now(floor: Floor, work: Work) -> bool:
    """Two presses within this time, by one or by two, call one speaker."""
    return floor.speaks is not None and work.now - datetime.fromisoformat(floor.speaks["at"]) < IN_HASTE


def _called(person: PersonId | None, floor: Floor, meeting: Meeting, work: Work) -> Speaker:
    """Whoever is named, whether they wait or not, else the first who waits. Raises Refused where nobody does."""
    if person is not None:
        place = place_of(person, floor)
        return floor.queue[place] if place is not None else speaker(person, "", work)
    if not floor.queue:
        raise Refused(
            msg("Nobody waits to speak in {ref}. Whoever wants to says:"), ref=meeting.ref, examples=("q+", "ack @name")
        )
    return floor.queue[0]

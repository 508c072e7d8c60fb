"""The speakers' queue: people put themselves on it and take themselves off; the chair or a lead does so for others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.features.floor.boards import show_floor
from core.features.floor.events import FloorAsked, QueueLeft
from core.features.floor.finding import floor_for, floor_of, place_of, speaker, without_lead_in
from core.features.floor.records import Floor
from core.features.meetings.current import held_meeting, only_chair_or_lead
from core.features.meetings.records import Meeting
from core.features.transfers.opening import this_transfer
from core.kernel.errors import Refused, msg
from core.kernel.ids import PersonId, Ref
from core.kernel.messages import Command, Reference, Someone, Words
from core.kernel.registry import handles
from core.kernel.work import Draw, Work

MOST_WAITING = 40
"""People on one queue."""


@dataclass(frozen=True, kw_only=True)
class AskFloor(Command):
    """Ask for the floor: you are put on the speakers' queue of the meeting that runs; its chair puts others there."""

    says: ClassVar[str] = "q+"
    needs: ClassVar[str] = "floor.ask"
    overheard: ClassVar[bool] = True

    person: Annotated[PersonId | None, Someone("who wants to speak, if not you", leading=True)] = None
    meeting: Annotated[Ref | None, Reference("the meeting", prefix="MTG", leading=True)] = None
    about: Annotated[str, Words("what it is about", longest=300)] = ""


@dataclass(frozen=True, kw_only=True)
class LeaveQueue(Command):
    """Leave the speakers' queue, or give the floor back; the meeting's chair takes others off it."""

    says: ClassVar[str] = "q-"
    needs: ClassVar[str] = "floor.ask"
    overheard: ClassVar[bool] = True

    person: Annotated[PersonId | None, Someone("who leaves it, if not you", leading=True)] = None
    meeting: Annotated[Ref | None, Reference("the meeting", prefix="MTG", leading=True)] = None


@handles(AskFloor)
def ask_floor(cmd: AskFloor, work: Work) -> Draw:
    this_transfer(work)
    meeting = held_meeting(work, cmd.meeting)
    person = _meant(cmd.person, meeting, work)
    floor, about = floor_for(meeting, work), without_lead_in(cmd.about)
    place, before = place_of(person, floor), ""
    if place is None:
        if len(floor.queue) >= MOST_WAITING:
            raise Refused(
                msg("{count} people wait to speak in {ref}; more do not fit."), count=MOST_WAITING, ref=meeting.ref
            )
        floor.queue = [*floor.queue, speaker(person, about, work)]
    elif about and about != floor.queue[place]["about"]:
        before = floor.queue[place]["about"]
        floor.queue = [{**one, "about": about} if one["person"] == person else one for one in floor.queue]
    else:
        return work.card("floor/queued", floor=floor, person=person, already=True)
    work.record(FloorAsked(record=floor.ref))
    show_floor(floor, meeting, work)
    return work.aside("floor/queued", floor=floor, person=person, already=place is not None, before=before)


@handles(LeaveQueue)
def leave_queue(cmd: LeaveQueue, work: Work) -> Draw:
    this_transfer(work)
    meeting = held_meeting(work, cmd.meeting)
    person = _meant(cmd.person, meeting, work)
    floor = floor_of(meeting, work)
    if floor is None or not let_go(person, floor):
        raise _not_there(person, meeting, work)
    work.record(QueueLeft(record=floor.ref))
    show_floor(floor, meeting, work)
    return work.aside("floor/queued", floor=floor, person=person, already=False)


def let_go(person: PersonId, floor: Floor) -> bool:
    """Take somebody off the queue, or the floor from them; False where they neither wait nor speak."""
    if place_of(person, floor) is not None:
        floor.queue = [one for one in floor.queue if one["person"] != person]
    elif floor.speaks is not None and floor.speaks["person"] == person:
        floor.speaks = None
    else:
        return False
    return True


def _not_there(person: PersonId, meeting: Meeting, work: Work) -> Refused:
    if person == work.actor.person:
        return Refused(msg("You are not on the speakers’ queue of {ref}."), ref=meeting.ref, examples=("q+", "queue"))
    return Refused(
        msg("{name} is not on the speakers’ queue of {ref}."),
        name=work.directory.known_as(person),
        ref=meeting.ref,
        examples=("queue",),
    )


def _meant(person: PersonId | None, meeting: Meeting, work: Work) -> PersonId:
    """Who is meant: the speaker, or somebody whom the chair or a lead names. Raises NotAllowed."""
    own = work.actor.person
    if own is None:
        raise Refused(msg("Only a person can ask for the floor."))
    if person is None or person == own:
        return own
    only_chair_or_lead(meeting, work)
    return person

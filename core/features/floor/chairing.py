"""Handing the chair of a meeting to somebody else: by its chair or a lead, and told in the rooms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.features.floor.events import ChairHanded
from core.features.meetings.agenda_times import redraw_offer
from core.features.meetings.boards import redraw
from core.features.meetings.current import (
    meeting_meant,
    not_over,
    only_chair_or_lead,
    planned_meetings,
    running_meeting,
)
from core.features.meetings.holding import draw_asking
from core.features.meetings.records import Meeting
from core.features.transfers.opening import this_transfer
from core.kernel.errors import Refused, msg
from core.kernel.ids import PersonId, Ref
from core.kernel.messages import Command, Reference, Someone
from core.kernel.posting import ToRooms
from core.kernel.registry import handles, shows
from core.kernel.templates import PersonView
from core.kernel.work import Draw, Reads, Work

CHAIRS = "meeting.lead"
"""The permission that whoever chairs needs: to start, move and end the meeting."""


@dataclass(frozen=True, kw_only=True)
class HandChair(Command):
    """Hand the chair of the meeting that runs, or of the next one, to somebody else: its chair or a lead."""

    says: ClassVar[str] = "chair"
    heading: ClassVar[str] = msg("Hand over the chair")
    needs: ClassVar[str] = "meeting.lead"

    person: Annotated[PersonId, Someone("who chairs it from now on")]
    meeting: Annotated[Ref | None, Reference("the meeting", prefix="MTG")] = None


@handles(HandChair)
def hand_chair(cmd: HandChair, work: Work) -> Draw:
    this_transfer(work)
    meeting = _running_or_next(cmd.meeting, work)
    only_chair_or_lead(meeting, work)
    _may_chair(cmd.person, meeting, work)
    before = meeting.chair
    pass_chair(cmd.person, meeting, work.actor.person, work)
    return work.aside("floor/chair", meeting=meeting, before=before, by=work.actor.person)


def pass_chair(person: PersonId, meeting: Meeting, by: PersonId | None, work: Work) -> None:
    """Let somebody chair the meeting from now on, and say it in the rooms: `by` somebody, or by Tandem itself."""
    before, meeting.chair = meeting.chair, person
    if person not in meeting.invited:
        meeting.invited = [*meeting.invited, person]
    work.record(ChairHanded(record=meeting.ref))
    work.post(ToRooms(), "floor/chair", record=meeting, meeting=meeting, before=before, by=by)
    redraw(meeting, work)
    if meeting.planned:
        redraw_offer(meeting, work)
    for time in range(1, meeting.asked + 1):
        draw_asking(meeting, time, work)


def _running_or_next(ref: Ref | None, work: Work) -> Meeting:
    if ref is None and running_meeting(work) is None and (planned := planned_meetings(work)):
        return planned[0]
    return not_over(meeting_meant(work, ref), work)


def _may_chair(person: PersonId, meeting: Meeting, work: Work) -> None:
    """Raises Refused for whoever chairs it already, and for whoever could not end it."""
    name = work.directory.known_as(person)
    if person == meeting.chair:
        raise Refused(msg("{name} chairs {ref} already."), name=name, ref=meeting.ref)
    if work.roles.role_for(CHAIRS, work.directory.members[person].roles) is None:
        raise Refused(
            msg("{name} could not start or end {ref}: whoever chairs it has one of these roles: {roles}."),
            name=name,
            ref=meeting.ref,
            roles=", ".join(sorted(work.roles.allowed[CHAIRS])),
        )


@dataclass(frozen=True, slots=True)
class ChairView:
    """A meeting that got another chair; `by` handed it over, None for Tandem itself. `left`: who chaired it before is
    no part of the transfer any more."""

    meeting: str
    title: str
    chair: PersonView
    before: PersonView
    by: PersonView | None
    running: bool
    left: bool = False


@shows("floor/chair")
def chair_view(reads: Reads, meeting: Meeting, before: PersonId, by: PersonId | None) -> ChairView:
    return ChairView(
        meeting.ref,
        meeting.title,
        reads.person(meeting.chair),
        reads.person(before),
        reads.person(by) if by else None,
        meeting.running,
        not reads.directory.members[before].active,
    )

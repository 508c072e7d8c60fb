"""Calling a meeting, and inviting people to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, ClassVar

from core.features.meetings.agenda_times import plan_posts
from core.features.meetings.boards import announce, count_as_posted, redraw
from core.features.meetings.current import meeting_meant, not_over, time_words
from core.features.meetings.events import MeetingPlanned, PeopleInvited
from core.features.meetings.newcomers import await_newcomers
from core.features.meetings.records import Meeting
from core.features.transfers.opening import STAGES, this_transfer
from core.kernel.errors import Refused, msg
from core.kernel.ids import Account, PersonId, Ref
from core.kernel.messages import Command, Minutes, Moment, OneOf, People, Quoted, Reference, Someone
from core.kernel.registry import handles
from core.kernel.work import Ask, Draw, Work
from core.rules.typography import in_quotes

JUST_NOW = timedelta(minutes=5)
"""A start that lies back no longer than this counts as now."""


@dataclass(frozen=True, kw_only=True)
class PlanMeeting(Command):
    """Plan a meeting: its agenda is then posted by itself before it starts."""

    says: ClassVar[str] = "meeting new"
    heading: ClassVar[str] = msg("Call a meeting")
    needs: ClassVar[str] = "meeting.plan"

    title: Annotated[str, Quoted('what it is about, such as "PPQ readiness review"', longest=200)]
    at: Annotated[datetime, Moment("when it starts")]
    minutes: Annotated[int, Minutes("how long it takes", said_as="for")] = 60
    stage: Annotated[str | None, OneOf("the stage it belongs to", options=STAGES)] = None
    chair: Annotated[PersonId | None, Someone("who chairs it, if not you", said_as="chair")] = None
    invited: Annotated[tuple[PersonId, ...], People("who is invited")] = ()


@dataclass(frozen=True, kw_only=True)
class InvitePeople(Command):
    """Invite people to a meeting."""

    says: ClassVar[str] = "meeting invite"
    heading: ClassVar[str] = msg("Invite people")
    needs: ClassVar[str] = "meeting.invite"

    meeting: Annotated[Ref | None, Reference("the meeting", prefix="MTG")] = None
    people: Annotated[tuple[PersonId, ...], People("who is invited", newcomers="newcomers")] = ()
    newcomers: tuple[Account, ...] = ()


@handles(PlanMeeting)
def plan_meeting(cmd: PlanMeeting, work: Work) -> Draw:
    transfer = this_transfer(work)
    chair = cmd.chair or work.actor.person
    if chair is None:
        raise Refused(msg("Say who chairs the meeting: chair:@name."))
    meeting = Meeting(
        ref=work.number("MTG"),
        state="scheduled",
        title=cmd.title,
        starts_at=time_to_come(cmd.at, work, *_times_to_type(cmd.title)),
        minutes=cmd.minutes,
        stage=cmd.stage or transfer.stage,
        chair=chair,
        invited=list(dict.fromkeys([chair, *([work.actor.person] if work.actor.person else []), *cmd.invited])),
        present=[],
        regrets=[],
        planned=True,
        running=False,
        agenda_posts=0,
        asked=0,
    )
    work.add(meeting)
    work.record(MeetingPlanned(record=meeting.ref, stage=cmd.stage))
    announce(meeting, work)
    if plan_posts(meeting, work):
        count_as_posted(meeting, work)
    return work.card("meetings/planned", meeting=meeting)


def _times_to_type(title: str) -> tuple[str, str]:
    sentence = f"meeting new {in_quotes(title)} at:"
    return f'{sentence}"tomorrow 14:00"', f"{sentence}now"


def time_to_come(at: datetime, work: Work, *examples: str) -> datetime:
    """A start at a full minute, UTC. Raises Refused for one that is past, with sentences to type instead."""
    if at < work.now - JUST_NOW:
        raise Refused(
            msg("{time} is past: a meeting starts in time to come, or now."),
            time=time_words(at, work),
            examples=examples,
        )
    return at.replace(second=0, microsecond=0)


@handles(InvitePeople)
def invite_people(cmd: InvitePeople, work: Work) -> Draw | Ask:
    """Whoever is no member yet is invited once they are one."""
    this_transfer(work)
    meeting = not_over(meeting_meant(work, cmd.meeting), work)
    if not cmd.people and not cmd.newcomers:
        return Ask(InvitePeople, {"meeting": meeting.ref}, needs=("people",))
    new = [person for person in cmd.people if person not in meeting.invited]
    if not new and not cmd.newcomers:
        raise Refused(
            msg("{names}: invited to {ref} already."),
            names=", ".join(work.directory.known_as(person) for person in cmd.people),
            ref=meeting.ref,
        )
    meeting.invited = [*meeting.invited, *new]
    await_newcomers(cmd.newcomers, meeting)
    work.record(PeopleInvited(record=meeting.ref))
    redraw(meeting, work)
    return work.card("meetings/invited", meeting=meeting, people=tuple(new))

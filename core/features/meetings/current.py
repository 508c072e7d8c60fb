"""Which meeting is meant: the one that is named, else the one that runs, else the only one that is planned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from core.features.meetings.records import Meeting
from core.kernel.audit import Entry, entries_of
from core.kernel.errors import Choice, NotAllowed, NotFound, Refused, WhichOne, msg
from core.kernel.ids import Audience, PersonId, Ref
from core.kernel.work import Reads

PLAN_ONE = 'meeting new "PPQ readiness review" at:"tomorrow 14:00" for:60m'


class During(TypedDict):
    """Where a captured record stands: `Decision(..., **during(work))`."""

    meeting: Ref | None
    item: Ref | None


def running_meeting(reads: Reads) -> Meeting | None:
    """The meeting that runs in this transfer now; there is one at most."""
    return reads.one(select(Meeting).where(Meeting.transfer == reads.transfer, Meeting.running))


def during(reads: Reads) -> During:
    """The running meeting and the agenda item that is on, as a captured record keeps them; None and None outside.

    A company's own room is outside: what is said there stands in no minutes. Read from memory: everything that is
    captured passes here. A line that was held belongs to the meeting in which it was heard, also when that one is over
    and its minutes are posted: they stay, and what came after them is listed below them (`minutes/late`).
    """
    if reads.audience != Audience.JOINT:
        return During(meeting=None, item=None)
    if heard_at := heard_before(reads):
        return _during_then(heard_at, reads)
    now_on = reads.directory.facts.current if reads.directory.facts else {}
    meeting, item = now_on.get("meeting"), now_on.get("item")
    return During(meeting=Ref(meeting) if meeting else None, item=Ref(item) if item else None)


def chairs_of(meeting: Ref | None, reads: Reads) -> list[PersonId]:
    """Who chairs the meeting that runs, and who chaired the one in which something was recorded."""
    running = running_meeting(reads)
    meetings = [running] if running else []
    if meeting is not None and (running is None or running.ref != meeting):
        meetings.append(reads.get(Meeting, meeting))
    return [one.chair for one in meetings]


def heard_before(reads: Reads) -> datetime | None:
    """When a line that was held was heard; None for what is said now."""
    origin = reads.origin
    return origin.heard_at if origin is not None and origin.held is not None else None


def _during_then(at: datetime, reads: Reads) -> During:
    """The meeting that ran at a time, and the item that was on in it, by the meeting's own entries."""
    begun = select(Meeting).where(Meeting.transfer == reads.transfer, Meeting.started_at <= at)
    ran = begun.where(or_(Meeting.ended_at.is_(None), Meeting.ended_at >= at)).order_by(Meeting.started_at.desc())
    meeting = reads.one(ran)
    return During(meeting=meeting.ref if meeting else None, item=_on_then(meeting, at, reads) if meeting else None)


def _on_then(meeting: Meeting, at: datetime, reads: Reads) -> Ref | None:
    until = entries_of(meeting.ref, reads.transfer).where(Entry.at <= at)
    for entry in reads.all(until.order_by(Entry.seq.desc())):
        changes = entry.said["changes"]
        if "current" in changes:
            return Ref(changes["current"][1]) if changes["current"][1] else None
    return None


def planned_meetings(reads: Reads) -> list[Meeting]:
    """The meetings that are yet to come, the next one first."""
    planned = reads.all(select(Meeting).where(Meeting.transfer == reads.transfer, Meeting.planned))
    return sorted(planned, key=lambda meeting: (meeting.starts_at, meeting.ref))


def meeting_meant(reads: Reads, ref: Ref | None) -> Meeting:
    """The meeting `ref`; without one the running one, else the only one that is planned.

    Raises NotFound for an unknown reference and where none is planned, WhichOne where several are.
    """
    if ref is not None:
        return reads.get(Meeting, ref)
    return running_meeting(reads) or _the_planned_one(reads)


def planned_meeting(reads: Reads, ref: Ref | None) -> Meeting:
    """A meeting that has not begun: `ref`, or the only one. Raises Refused where it began, ended or was cancelled."""
    meeting = reads.get(Meeting, ref) if ref is not None else _the_planned_one(reads)
    if meeting.running:
        raise Refused(
            msg("{ref} “{title}” is running since {time}: this can only be done before it starts."),
            ref=meeting.ref,
            title=meeting.title,
            time=clock_words(meeting.started_at, reads),
        )
    return not_over(meeting, reads)


def held_meeting(reads: Reads, ref: Ref | None) -> Meeting:
    """The meeting that runs, or `ref` if that is the one. Raises Refused where it does not run."""
    meeting = reads.get(Meeting, ref) if ref is not None else running_meeting(reads)
    if meeting is None:
        raise _none_runs(reads)
    if not meeting.running:
        not_over(meeting, reads)
        raise Refused(
            msg("{ref} “{title}” has not started: it is planned for {time}."),
            ref=meeting.ref,
            title=meeting.title,
            time=time_words(meeting.starts_at, reads),
            examples=(f"meeting start {meeting.ref}",) if leads(meeting, reads) else (),
        )
    return meeting


def _none_runs(reads: Reads) -> Refused:
    """What is said where no meeting runs: the one that comes next, or how one is planned."""
    planned = planned_meetings(reads)
    if not planned:
        return Refused(msg("No meeting is running here, and none is planned. Plan one:"), examples=(PLAN_ONE,))
    return Refused(
        msg("No meeting is running here. The next one is {ref} “{title}”, {time}."),
        ref=planned[0].ref,
        title=planned[0].title,
        time=time_words(planned[0].starts_at, reads),
        examples=(f"meeting start {planned[0].ref}",) if leads(planned[0], reads) else (f"agenda {planned[0].ref}",),
    )


def not_over(meeting: Meeting, reads: Reads) -> Meeting:
    """The meeting itself. Raises Refused where it ended or was cancelled: nothing in it changes any more."""
    if meeting.state == "closed":
        raise Refused(
            msg("{ref} “{title}” ended on {time}: nothing more is recorded in it."),
            ref=meeting.ref,
            title=meeting.title,
            time=time_words(meeting.ended_at, reads),
        )
    if meeting.state == "cancelled":
        raise Refused(
            msg("{ref} “{title}” was cancelled: nothing more is recorded in it. Plan another:"),
            ref=meeting.ref,
            title=meeting.title,
            examples=(PLAN_ONE,),
        )
    return meeting


def leads(meeting: Meeting, reads: Reads) -> bool:
    """Whether the actor chairs the meeting or is a lead of either company."""
    return reads.actor.person == meeting.chair or "lead" in reads.actor.roles


def only_chair_or_lead(meeting: Meeting, reads: Reads) -> None:
    """Raises NotAllowed unless the actor chairs the meeting or is a lead of either company."""
    if not leads(meeting, reads):
        raise NotAllowed(
            msg("The chair of {ref}, {chair}, or a lead does this. Ask {who}."),
            ref=meeting.ref,
            chair=reads.directory.known_as(meeting.chair),
            who=reads.directory.named("lead", side=reads.actor.side),
        )


def _the_planned_one(reads: Reads) -> Meeting:
    planned = planned_meetings(reads)
    if not planned:
        raise NotFound(
            msg("No meeting is planned here. Plan one:"),
            examples=(PLAN_ONE,),
        )
    if len(planned) > 1:
        raise which_meeting(planned, reads)
    return planned[0]


def which_meeting(planned: Sequence[Meeting], reads: Reads) -> WhichOne:
    """The choice between meetings that are planned."""
    choices = tuple(Choice(one.ref, f"{one.title} – {time_words(one.starts_at, reads)}") for one in planned)
    return WhichOne(msg("Several meetings are planned. Which one do you mean?"), choices=choices)


def time_words(at: datetime | None, reads: Reads) -> str:
    """A UTC moment in the transfer's zone, for a sentence: `Thu 12 Mar 2026 14:00 (Europe/Dublin)`."""
    if at is None:
        return "–"
    local = at.astimezone(ZoneInfo(reads.zone))
    return f"{local:%a} {local.day} {local:%b %Y %H:%M} ({reads.zone})"


def clock_words(at: datetime | None, reads: Reads) -> str:
    """A UTC moment's time of day in the transfer's zone, for a sentence: `14:00 (Europe/Dublin)`."""
    return f"{at.astimezone(ZoneInfo(reads.zone)):%H:%M} ({reads.zone})" if at else "–"

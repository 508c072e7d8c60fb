"""What is answered and told about meetings beside their own cards: the list, what moved, what a chair is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.features.meetings.agenda_times import START_OFFERED
from core.features.meetings.current import time_words
from core.features.meetings.items import items_of
from core.features.meetings.newcomers import newcomers_of
from core.features.meetings.presence import absent
from core.features.meetings.records import AgendaItem, Meeting
from core.features.meetings.views import (
    AgendaView,
    ItemLine,
    RunningView,
    agenda_view,
    companies_of,
    line_of,
    running_view,
)
from core.kernel.complements import NOTHING, Complement
from core.kernel.ids import PersonId
from core.kernel.records import spoken
from core.kernel.registry import shows
from core.kernel.templates import PersonView, TimeView
from core.kernel.work import Reads


@shows("meetings/planned")
def planned_view(reads: Reads, meeting: Meeting) -> AgendaView:
    """The answer to whoever planned it."""
    return agenda_view(reads, meeting)


@shows("meetings/due")
def due_view(reads: Reads, meeting: Meeting) -> AgendaView:
    """What the chair is told shortly before the start."""
    return agenda_view(reads, meeting)


@shows("meetings/over")
def over_view(reads: Reads, meeting: Meeting) -> RunningView:
    """What the chair is asked when the time is over."""
    return running_view(reads, meeting)


@dataclass(frozen=True, slots=True)
class EndedView:
    """A meeting that somebody ended, and what later features made of it, such as its minutes."""

    meeting: str
    title: str
    ended: TimeView | None
    added: Complement = NOTHING


@shows("meetings/ended")
def ended_view(reads: Reads, meeting: Meeting) -> EndedView:
    """The answer to whoever ended it."""
    ended = reads.time(meeting.ended_at) if meeting.ended_at else None
    return EndedView(meeting.ref, meeting.title, ended, reads.complement("meetings/ended", meeting=meeting))


@dataclass(frozen=True, slots=True)
class NotHereView:
    """A meeting that ran in a room `until` that was taken out of the transfer: the room is read no more."""

    transfer: str
    meeting: str
    title: str
    started: TimeView
    until: TimeView


@shows("meetings/not_here")
def not_here_view(reads: Reads, meeting: Meeting, at: datetime) -> NotHereView:
    started = reads.time(meeting.started_at or meeting.starts_at)
    return NotHereView(reads.transfer, meeting.ref, meeting.title, started, reads.time(at))


@shows("meetings/cancelled")
def cancelled_view(reads: Reads, meeting: Meeting) -> AgendaView:
    """What is said when a meeting is not held."""
    return agenda_view(reads, meeting)


@dataclass(frozen=True, slots=True)
class MovedView:
    """A meeting that got another time: the old and the new one, which `now` says in words, and who is concerned."""

    meeting: str
    title: str
    before: TimeView
    after: TimeView
    now: str
    reason: str
    people: tuple[PersonView, ...]


@shows("meetings/moved")
def moved_view(reads: Reads, meeting: Meeting, before: datetime, reason: str) -> MovedView:
    return MovedView(
        meeting.ref,
        meeting.title,
        reads.time(before),
        reads.time(meeting.starts_at),
        time_words(meeting.starts_at, reads),
        reason,
        tuple(reads.person(one) for one in meeting.invited),
    )


@dataclass(frozen=True, slots=True)
class InvitedView:
    """People who were invited, and how many are now.

    `newcomers` are names of those who are invited once they are members; `may_add`: whoever asked adds people, else
    `leads` do.
    """

    meeting: str
    title: str
    people: tuple[PersonView, ...]
    count: int
    newcomers: tuple[str, ...] = ()
    may_add: bool = False
    leads: tuple[str, ...] = ()


@shows("meetings/invited")
def invited_view(reads: Reads, meeting: Meeting, people: Sequence[PersonId]) -> InvitedView:
    return InvitedView(
        meeting.ref,
        meeting.title,
        tuple(reads.person(one) for one in people),
        len(meeting.invited),
        tuple(one.name for one in newcomers_of(meeting)),
        "lead" in reads.actor.roles,
        tuple(lead.known_as for lead in reads.directory.holding("lead")),
    )


@dataclass(frozen=True, slots=True)
class AttendanceView:
    """People whose attendance was noted, `present`, `absent` or with regrets, and who is there in each company."""

    meeting: str
    title: str
    people: tuple[PersonView, ...]
    present: bool
    counts: tuple[str, ...]
    absent: bool = False


@shows("meetings/attendance")
def attendance_view(reads: Reads, meeting: Meeting, people: Sequence[PersonId]) -> AttendanceView:
    there = [f"{company.name} {len(company.present)}" for company in companies_of(meeting, reads)]
    return AttendanceView(
        meeting.ref,
        meeting.title,
        tuple(reads.person(one) for one in people),
        all(one in meeting.present for one in people),
        tuple(there) if meeting.started_at else (),
        all(one in absent(meeting) for one in people),
    )


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """An item that was added or dropped, and what the agenda's times come to now, as in AgendaView."""

    meeting: str
    title: str
    line: ItemLine
    timed: int
    minutes: int
    over: int


@shows("meetings/item_added")
def item_added_view(reads: Reads, item: AgendaItem, meeting: Meeting) -> ItemAnswer:
    timed = sum(one.minutes or 0 for one in items_of(reads, meeting) if one.state != "dropped")
    line = line_of(item, meeting, reads)
    return ItemAnswer(meeting.ref, meeting.title, line, timed, meeting.minutes, timed - meeting.minutes)


@shows("meetings/item_dropped")
def item_dropped_view(reads: Reads, item: AgendaItem, meeting: Meeting) -> ItemAnswer:
    return item_added_view(reads, item, meeting)


@shows("meetings/ordered")
def ordered_view(reads: Reads, meeting: Meeting) -> AgendaView:
    """The answer to whoever put the agenda in another order."""
    return agenda_view(reads, meeting)


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting as a line of the list; `late` where it was to have started and did not."""

    meeting: str
    title: str
    state: str
    starts: TimeView
    minutes: int
    chair: PersonView
    late: bool


@dataclass(frozen=True, slots=True)
class MeetingsView:
    """The meetings of a transfer: the one that runs, those to come, and the latest that are over.

    `may_plan`: whoever asked may plan one.
    """

    code: str
    running: tuple[MeetingLine, ...]
    planned: tuple[MeetingLine, ...]
    over: tuple[MeetingLine, ...]
    older: int
    may_plan: bool = True


MOST_OVER = 10


@shows("meetings/list")
def meetings_view(reads: Reads, meetings: Sequence[Meeting]) -> MeetingsView:
    """The view of all of a transfer's meetings, in the order in which they start."""
    over = [one for one in reversed(meetings) if not one.planned and not one.running]
    return MeetingsView(
        reads.transfer,
        tuple(_line(one, reads) for one in meetings if one.running),
        tuple(_line(one, reads) for one in meetings if one.planned),
        tuple(_line(one, reads) for one in over[:MOST_OVER]),
        len(over[MOST_OVER:]),
        reads.may("meeting.plan"),
    )


def _line(meeting: Meeting, reads: Reads) -> MeetingLine:
    return MeetingLine(
        meeting.ref,
        meeting.title,
        spoken(meeting.state),
        reads.time(meeting.started_at or meeting.starts_at),
        meeting.minutes,
        reads.person(meeting.chair),
        meeting.planned and reads.now > meeting.starts_at + START_OFFERED,
    )

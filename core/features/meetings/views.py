"""What a meeting's cards show: the agenda before and after, the meeting while it runs, and the item that is on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.features.meetings.agenda_times import START_OFFERED, lead_moments
from core.features.meetings.current import time_words
from core.features.meetings.holding import due_end
from core.features.meetings.items import items_of, to_come
from core.features.meetings.presence import SAID, absent
from core.features.meetings.records import AgendaItem, Meeting
from core.features.transfers.listening import ListensView, listening_of
from core.features.transfers.stage_titles import stage_title
from core.kernel.complements import NOTHING, Complement
from core.kernel.ids import Audience, PersonId, Side
from core.kernel.records import spoken
from core.kernel.registry import shows
from core.kernel.templates import PersonView, TimeView
from core.kernel.work import Reads


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item as a line of the agenda. `state` is `to come`, `skipped`, `on`, `discussed`, `not reached` or `dropped`.

    `minutes` is the time it was given, `took` the time it had so far, both in minutes; `since` is there while on.
    """

    number: int
    text: str
    presenter: PersonView | None
    minutes: int | None
    state: str
    took: int | None
    since: TimeView | None
    reason: str


@dataclass(frozen=True, slots=True)
class PresenceView:
    """How a presence is known: `started` it, `said` so, `spoke` (recorded something there), was `heard` (said something
    that was proposed), or `noted` by `by`."""

    who: PersonView
    how: str
    at: TimeView | None
    by: PersonView | None


@dataclass(frozen=True, slots=True)
class CompanyView:
    """One company at a meeting: who is there, who sent regrets, and whom nobody has heard of; each person once.

    `known` tells of everybody who is there how it is known; `absent` are those of whom the chair said that they are
    not.
    """

    name: str
    present: tuple[PersonView, ...]
    regrets: tuple[PersonView, ...]
    unheard: tuple[PersonView, ...]
    known: tuple[PresenceView, ...] = ()
    absent: tuple[PersonView, ...] = ()


@dataclass(frozen=True, slots=True)
class AgendaView:
    """A meeting and its agenda. `state` is the life cycle's, in words; `when` the start in words, for one line.

    `timed` sums the items' minutes, `over` is what exceeds the plan (negative: what is free), `untimed` counts
    items that nobody gave a time; `comes` are the times at which the agenda is posted again; `added` is what later
    features add.
    """

    meeting: str
    title: str
    state: str
    stage: str
    when: str
    starts: TimeView
    ends: TimeView
    minutes: int
    chair: PersonView
    companies: tuple[CompanyView, ...]
    items: tuple[ItemLine, ...]
    dropped: tuple[ItemLine, ...]
    timed: int
    over: int
    untimed: int
    comes: tuple[TimeView, ...]
    may_start: bool
    started: TimeView | None
    ended: TimeView | None
    reason: str
    added: Complement = NOTHING


@shows("meetings/agenda")
def agenda_view(reads: Reads, meeting: Meeting) -> AgendaView:
    items = items_of(reads, meeting)
    kept = [item for item in items if item.state != "dropped"]
    timed = sum(item.minutes or 0 for item in kept)
    return AgendaView(
        meeting=meeting.ref,
        title=meeting.title,
        state=spoken(meeting.state),
        stage=stage_title(meeting.stage, reads.words),
        when=time_words(meeting.starts_at, reads),
        starts=reads.time(meeting.starts_at),
        ends=reads.time(meeting.ends_at),
        minutes=meeting.minutes,
        chair=reads.person(meeting.chair),
        companies=companies_of(meeting, reads),
        items=tuple(line_of(item, meeting, reads) for item in kept),
        dropped=tuple(line_of(item, meeting, reads) for item in items if item.state == "dropped"),
        timed=timed,
        over=timed - meeting.minutes,
        untimed=sum(item.minutes is None for item in kept),
        comes=_still_comes(meeting, reads),
        may_start=meeting.planned and reads.now >= meeting.starts_at - START_OFFERED,
        started=reads.time(meeting.started_at) if meeting.started_at else None,
        ended=reads.time(meeting.ended_at) if meeting.ended_at else None,
        reason=meeting.reason or "",
        added=reads.complement("meetings/agenda", meeting=meeting),
    )


def _still_comes(meeting: Meeting, reads: Reads) -> tuple[TimeView, ...]:
    if not meeting.planned:
        return ()
    return tuple(reads.time(due) for due in lead_moments(meeting, reads) if due > reads.now)


def line_of(item: AgendaItem, meeting: Meeting, reads: Reads) -> ItemLine:
    """An item as a line."""
    return ItemLine(
        number=item.number,
        text=item.text,
        presenter=reads.person(item.presenter) if item.presenter else None,
        minutes=item.minutes,
        state=_state_of(item, meeting),
        took=round(item.spent / 60) if item.openings and item.opened_at is None else None,
        since=reads.time(item.opened_at) if item.opened_at else None,
        reason=item.reason or "",
    )


def _state_of(item: AgendaItem, meeting: Meeting) -> str:
    if item.ref == meeting.current:
        return "on"
    if item.state != "planned":
        return spoken(item.state)
    if meeting.state == "closed":
        return "not reached"
    return "skipped" if item.openings else "to come"


def companies_of(meeting: Meeting, reads: Reads) -> tuple[CompanyView, ...]:
    """Both companies' people at a meeting, whether invited or come by themselves."""
    gone = [one for one in absent(meeting) if one not in meeting.present and one not in meeting.regrets]
    unheard = [one for one in meeting.invited if one not in {*meeting.present, *meeting.regrets, *gone}]
    return tuple(
        CompanyView(
            reads.directory.company(side),
            _of(side, meeting.present, meeting, reads),
            _of(side, meeting.regrets, meeting, reads),
            _of(side, unheard, meeting, reads),
            tuple(known_of(one, meeting, reads) for one in belonging(side, meeting.present, meeting, reads)),
            _of(side, gone, meeting, reads),
        )
        for side in Side
    )


def _of(side: Side, people: Sequence[PersonId], meeting: Meeting, reads: Reads) -> tuple[PersonView, ...]:
    return tuple(reads.person(person, heard_at(person, meeting)) for person in belonging(side, people, meeting, reads))


def belonging(side: Side, people: Iterable[PersonId], meeting: Meeting, reads: Reads) -> list[PersonId]:
    """Those who are, or were, at a meeting for a company: what somebody changes to later changes nothing there."""
    return [one for one in people if reads.directory.side_of(one, heard_at(one, meeting)) == side]


def heard_at(person: PersonId, meeting: Meeting) -> datetime | None:
    """When it became known that somebody is there, or not; else when the meeting ended."""
    fact = (meeting.known or {}).get(person)
    return datetime.fromisoformat(fact["at"]) if fact else meeting.ended_at


def known_of(person: PersonId, meeting: Meeting, reads: Reads) -> PresenceView:
    """How it is known that somebody is there; nothing but that they said so where that was not kept yet."""
    fact = (meeting.known or {}).get(person)
    if fact is None:
        return PresenceView(reads.person(person, meeting.ended_at), SAID, None, None)
    at, by = datetime.fromisoformat(fact["at"]), fact["by"]
    return PresenceView(reads.person(person, at), fact["how"], reads.time(at), reads.person(by, at) if by else None)


@dataclass(frozen=True, slots=True)
class RunningView:
    """A meeting that runs or has ended. `at` is what its buttons go on from: the item that is on, or the meeting.

    `due` is when it is to be over; `took` its minutes in all, once it ended; `behind` how far the items that are
    done went over the minutes they were given (negative: under), None while none of them had any. It is held in
    `rooms` at once; `relayed`: what is said in one of them is carried to the others. `listening` are the rooms of which
    not all talk is read; `added` is what later features add.
    """

    meeting: str
    title: str
    state: str
    chair: PersonView
    started: TimeView
    due: TimeView
    ended: TimeView | None
    took: int
    companies: tuple[CompanyView, ...]
    items: tuple[ItemLine, ...]
    on: ItemLine | None
    next_up: ItemLine | None
    at: str
    behind: int | None
    unheard: int
    rooms: int = 1
    relayed: bool = False
    listening: tuple[ListensView, ...] = ()
    added: Complement = NOTHING


def _minutes_between(start: datetime, end: datetime) -> int:
    """Counted from the times as a clock shows them, which stand beside: 16:40 to 16:42 is two, whatever the seconds."""
    return (_on_the_minute(end) - _on_the_minute(start)) // timedelta(minutes=1)


def _on_the_minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


@shows("meetings/running")
def running_view(reads: Reads, meeting: Meeting) -> RunningView:
    started = meeting.started_at or meeting.starts_at
    items = [item for item in items_of(reads, meeting) if item.state != "dropped"]
    lines = tuple(line_of(item, meeting, reads) for item in items)
    waiting = to_come(items, meeting.current) if meeting.running else []
    companies = companies_of(meeting, reads)
    return RunningView(
        meeting=meeting.ref,
        title=meeting.title,
        state=spoken(meeting.state),
        chair=reads.person(meeting.chair),
        started=reads.time(started),
        due=reads.time(due_end(meeting)),
        ended=reads.time(meeting.ended_at) if meeting.ended_at else None,
        took=_minutes_between(started, meeting.ended_at or reads.now),
        companies=companies,
        items=lines,
        on=next((line for line in lines if line.state == "on"), None),
        next_up=line_of(waiting[0], meeting, reads) if waiting else None,
        at=meeting.current or meeting.ref,
        behind=_behind(items),
        unheard=sum(len(company.unheard) for company in companies),
        rooms=len(reads.directory.rooms_for(Audience.JOINT)),
        relayed=reads.directory.facts is not None and reads.directory.facts.settings.get("relay") == "on",
        listening=listening_of(reads),
        added=reads.complement("meetings/running", meeting=meeting),
    )


def _behind(items: Sequence[AgendaItem]) -> int | None:
    done = [item for item in items if item.minutes and item.openings and item.opened_at is None]
    if not done:
        return None
    return round(sum(item.spent - 60 * (item.minutes or 0) for item in done) / 60)


@dataclass(frozen=True, slots=True)
class ItemView:
    """The item that is on, or how it ended: `until` is when its time is used up, where it was given any.

    `next_up` is the item after it, None where it is the last one.
    """

    item: str
    meeting: str
    line: ItemLine
    until: TimeView | None
    over: int | None
    next_up: ItemLine | None


@shows("meetings/item")
def item_view(reads: Reads, item: AgendaItem, meeting: Meeting) -> ItemView:
    waiting = to_come(items_of(reads, meeting), meeting.current) if item.ref == meeting.current else []
    until = None
    if item.opened_at is not None and item.minutes:
        until = item.opened_at + max(timedelta(), timedelta(minutes=item.minutes, seconds=-item.spent))
    return ItemView(
        item=item.ref,
        meeting=meeting.ref,
        line=line_of(item, meeting, reads),
        until=reads.time(until) if until else None,
        over=round(item.spent / 60) - item.minutes if item.minutes and item.opened_at is None else None,
        next_up=line_of(waiting[0], meeting, reads) if waiting else None,
    )

"""What is shown of checklists: an item, a whole list, what is one person's, and how ready a meeting began."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from core.features.checklists.finding import items_of
from core.features.checklists.owners import company_words, people_of
from core.features.checklists.questions import Listed, urgency
from core.features.checklists.readiness import Readiness, readiness_now, readiness_of
from core.features.checklists.records import ATTACHED, BOTH, Checklist, ChecklistItem, Returned, Waiver
from core.features.checklists.reminders import Due
from core.features.checklists.settling import missing_waivers
from core.features.checklists.telling import News
from core.features.meetings.current import time_words
from core.features.meetings.records import Meeting
from core.kernel.ids import PersonId
from core.kernel.registry import shows
from core.kernel.templates import PersonView, TimeView
from core.kernel.work import Reads
from core.rules.typography import upright

OFFERED = 4
"""How many items of a list have a button."""


@dataclass(frozen=True, slots=True)
class WaiverView:
    """One company's waiver: who gave it, when and why."""

    by: PersonView
    at: TimeView
    reason: str


@dataclass(frozen=True, slots=True)
class ReturnedView:
    """What brought an item back to open, `rejected` or `reopened`: by whom, when and why, and how it was before."""

    what: str
    by: PersonView
    at: TimeView
    reason: str
    state: str
    evidence: str
    evidence_by: PersonView | None


def waiver_views(reads: Reads, waivers: Iterable[Waiver]) -> tuple[WaiverView, ...]:
    """Each waiver with the company that it was given for."""
    return tuple(
        WaiverView(
            reads.person(one["person"], side=one["side"]),
            reads.time(datetime.fromisoformat(one["at"])),
            upright(one["reason"]),
        )
        for one in waivers
    )


def returned_view(reads: Reads, returned: Returned | None) -> ReturnedView | None:
    """What brought an item back, as templates get it."""
    if returned is None:
        return None
    given = returned["evidence_at"]
    return ReturnedView(
        returned["what"],
        reads.person(returned["person"], side=returned["side"]),
        reads.time(datetime.fromisoformat(returned["at"])),
        upright(returned["reason"]),
        returned["state"],
        upright(returned["evidence"] or ""),
        _person(reads, returned["evidence_by"], datetime.fromisoformat(given) if given else None),
    )


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item: `ref` is MTG-002/PQ-03, `item` what people say. `side` is sponsor, cmo or both, `company` its name.

    `state` is its life cycle's; `asks` is the evidence that is wanted. `late`: the day is past and it still waits.
    `waits_for` names the company whose QA has not waived a blocker that the other's has; `returned` is what brought it
    back to open last, None once it is settled.
    """

    ref: str
    item: str
    text: str
    side: str
    company: str
    state: str
    blocker: bool
    owner: PersonView | None
    due: date
    late: bool
    today: bool
    asks: str
    basis: str
    evidence: str
    evidence_by: PersonView | None
    settled_by: PersonView | None
    reason: str
    waits_for: str
    waivers: tuple[WaiverView, ...] = ()
    evidence_at: TimeView | None = None
    settled_at: TimeView | None = None
    returned: ReturnedView | None = None


def view_of(reads: Reads, item: ChecklistItem) -> ItemView:
    """The item as templates get it."""
    today = reads.now.astimezone(ZoneInfo(reads.zone)).date()
    return ItemView(
        item.ref,
        item.item,
        item.text,
        item.side,
        "" if item.side == BOTH else company_words(item, reads),
        item.state,
        item.blocker,
        _person(reads, item.owner),
        item.due,
        item.to_do and item.due < today,
        item.to_do and item.due == today,
        item.asks,
        item.basis,
        upright(item.evidence or ""),
        _person(reads, item.evidence_by, item.evidence_at),
        _person(reads, item.settled_by, item.settled_at),
        upright(item.reason or ""),
        " / ".join(reads.directory.company(side) for side in missing_waivers(item)),
        waiver_views(reads, item.waivers),
        reads.time(item.evidence_at) if item.evidence_at else None,
        reads.time(item.settled_at) if item.settled_at else None,
        None if item.settled else returned_view(reads, item.returned),
    )


def _person(reads: Reads, person: PersonId | None, at: datetime | None = None) -> PersonView | None:
    """Of the company that they stand for, or stood for when they said something."""
    return reads.person(person, at) if person else None


@dataclass(frozen=True, slots=True)
class MeetingView:
    """The meeting that a checklist belongs to. `state` is the checklist's: preparing, started, closed, cancelled."""

    ref: str
    title: str
    starts: TimeView
    when: str
    state: str


def _meeting(meeting: Meeting, reads: Reads) -> MeetingView:
    state = "preparing" if meeting.planned else "started" if meeting.running else meeting.state
    when = time_words(meeting.starts_at, reads)
    return MeetingView(meeting.ref, meeting.title, reads.time(meeting.starts_at), when, state)


@dataclass(frozen=True, slots=True)
class ItemCard:
    """One item with its meeting, as the rooms see it; `may_change` while the meeting is not over."""

    item: ItemView
    meeting: MeetingView
    may_change: bool


@shows("checklists/item")
def item_card(reads: Reads, item: ChecklistItem, meeting: Meeting) -> ItemCard:
    return ItemCard(view_of(reads, item), _meeting(meeting, reads), meeting.planned or meeting.running)


@dataclass(frozen=True, slots=True)
class AnswerView:
    """The answer to whoever changed an item: `done` is the state that they brought it to, or `rejected`, `reopened` or
    `assigned`."""

    item: ItemView
    meeting: MeetingView
    done: str


@shows("checklists/answer")
def answer_view(reads: Reads, item: ChecklistItem, meeting: Meeting, done: str) -> AnswerView:
    return AnswerView(view_of(reads, item), _meeting(meeting, reads), done)


@dataclass(frozen=True, slots=True)
class NewsView:
    """What somebody is told of an item: `what` is assigned, rejected, waiver needed, not applicable, reopened or taken
    back; `by` did it, and `reason` is why they took it back."""

    what: str
    by: PersonView | None
    item: ItemView
    meeting: MeetingView
    reason: str = ""


@shows("checklists/news")
def news_view(reads: Reads, item: ChecklistItem, meeting: Meeting, news: News) -> NewsView:
    return NewsView(news.what, _person(reads, news.by), view_of(reads, item), _meeting(meeting, reads), news.reason)


@dataclass(frozen=True, slots=True)
class ListView:
    """A page of a checklist: what is to do, what waits to be verified and what is settled; `total` are all asked for.

    `stage` is the list's title, `which` and `company` what was asked for. `more` is the sentence for the next page,
    `left` counts what comes after. `give` and `check` are items for which the reader may give or verify evidence.
    """

    meeting: MeetingView
    stage: str
    which: str
    company: str
    companies: tuple[Readiness, ...]
    total: int
    to_do: tuple[ItemView, ...]
    waiting: tuple[ItemView, ...]
    settled: tuple[ItemView, ...]
    left: int
    more: str
    give: tuple[ItemView, ...]
    check: tuple[ItemView, ...]


@shows("checklists/list")
def list_view(reads: Reads, listed: Listed) -> ListView:
    rows, person = listed.rows, reads.actor.person
    live = listed.checklist.live
    give = [item for item in rows if item.to_do and person in people_of(item, reads)] if live else []
    verifies = reads.may("checklist.verify")
    check = (
        [item for item in rows if item.state == ATTACHED and item.evidence_by != person] if live and verifies else []
    )
    kept = min(len(check), max(1, OFFERED - len(give)))
    return ListView(
        _meeting(listed.meeting, reads),
        listed.checklist.title,
        listed.asked.which or "",
        reads.directory.company(listed.asked.side),
        readiness_of(listed.items, reads),
        listed.total,
        tuple(view_of(reads, item) for item in rows if item.to_do),
        tuple(view_of(reads, item) for item in rows if item.state == ATTACHED),
        tuple(view_of(reads, item) for item in rows if item.settled),
        listed.left,
        listed.more,
        tuple(view_of(reads, item) for item in give[: OFFERED - kept]),
        tuple(view_of(reads, item) for item in check[:kept]),
    )


@dataclass(frozen=True, slots=True)
class OwnView:
    """What is one person's on a meeting's checklist, what is to do first; `to_do` counts what waits for evidence.

    `reader` is their id: what is both companies' may have an owner of the other one.
    """

    meeting: MeetingView
    stage: str
    to_do: int
    items: tuple[ItemView, ...]
    reader: str = ""


@shows("checklists/own")
def own_view(reads: Reads, checklist: Checklist, meeting: Meeting, owner: PersonId) -> OwnView:
    mine = sorted((item for item in items_of(reads, meeting.ref) if owner in people_of(item, reads)), key=urgency)
    return OwnView(
        _meeting(meeting, reads),
        checklist.title,
        sum(item.to_do for item in mine),
        tuple(view_of(reads, item) for item in mine),
        owner,
    )


@dataclass(frozen=True, slots=True)
class DueView:
    """What is due before one meeting."""

    meeting: MeetingView
    items: tuple[ItemView, ...]


@dataclass(frozen=True, slots=True)
class ReminderView:
    """What is due of one person's items, meeting by meeting; `count` are the items in all, `late` those overdue.

    `stands_in`: it goes to a lead, since the owner is out of reach.
    """

    owner: PersonView
    stands_in: bool
    count: int
    late: int
    due: tuple[DueView, ...]


@shows("checklists/reminder")
def reminder_view(reads: Reads, due: Due, owner: PersonId, hearer: PersonId) -> ReminderView:
    parts = tuple(
        DueView(_meeting(meeting, reads), tuple(view_of(reads, item) for item in sorted(items, key=urgency)))
        for meeting, items in due
    )
    items = [item for part in parts for item in part.items]
    return ReminderView(reads.person(owner), owner != hearer, len(items), sum(item.late for item in items), parts)


@dataclass(frozen=True, slots=True)
class StartedView:
    """How ready a meeting is or began: both companies, and the blockers that are or were open then."""

    meeting: MeetingView
    stage: str
    companies: tuple[Readiness, ...]
    blockers: tuple[ItemView, ...]


@shows("checklists/started")
def started_view(reads: Reads, checklist: Checklist, meeting: Meeting) -> StartedView:
    items = items_of(reads, meeting.ref)
    return StartedView(
        _meeting(meeting, reads),
        checklist.title,
        readiness_now(checklist, reads),
        tuple(view_of(reads, item) for item in items if item.blocker and not item.settled),
    )


@shows("checklists/readiness")
def readiness_view(reads: Reads, checklist: Checklist, meeting: Meeting) -> StartedView:
    """How ready both companies are, some days before the meeting."""
    return started_view(reads, checklist, meeting)

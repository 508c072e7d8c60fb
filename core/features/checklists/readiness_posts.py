"""Readiness is posted by itself: some working days before a meeting that has a checklist, and when it begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from core.features.checklists.events import (
    ChecklistCancelled,
    ChecklistMoved,
    ChecklistOpened,
    ReadinessKept,
    ReadinessNotPosted,
    ReadinessPosted,
)
from core.features.checklists.finding import checklist_of, live_checklists
from core.features.checklists.records import Checklist
from core.features.meetings.agenda_times import lead_moments
from core.features.meetings.records import Meeting
from core.features.transfers.events import TransferChanged
from core.features.transfers.opening import DEFAULT_READINESS, OFF
from core.kernel.ids import Ref
from core.kernel.messages import Command, Event
from core.kernel.posting import ToRooms
from core.kernel.registry import handles, reacts
from core.kernel.transfers import Transfer
from core.kernel.work import Reads, Work
from core.rules.spans import MOST_LEADS, parse_lead_times


@dataclass(frozen=True, kw_only=True)
class PostReadiness(Command):
    """Post how ready both companies are for a planned meeting; `due` is the lead time's moment (UTC)."""

    needs: ClassVar[str] = "checklist.remind"

    meeting: Ref
    due: datetime


def moments(meeting: Meeting, reads: Reads) -> tuple[datetime, ...]:
    """When readiness is due to be posted, UTC, the longest lead time first; none where it is off."""
    transfer = reads.get(Transfer, reads.transfer)
    leads = transfer.settings.get("readiness", DEFAULT_READINESS)
    if leads == OFF:
        return ()
    return tuple(lead.before(meeting.starts_at, transfer.zone) for lead in parse_lead_times(leads))


def plan_readiness(meeting: Meeting, work: Work) -> None:
    """Schedule what lies ahead, in place of what waited. What is past is not made up for: the agenda shows it."""
    ahead = {number: due for number, due in enumerate(moments(meeting, work), 1) if due > work.now}
    for number in range(1, MOST_LEADS + 1):
        if number in ahead:
            work.schedule(_key(meeting, number), ahead[number], PostReadiness(meeting=meeting.ref, due=ahead[number]))
        else:
            work.unschedule(_key(meeting, number))


def _key(meeting: Meeting, number: int) -> str:
    return f"ready:{meeting.ref}:{number}"


@reacts(ChecklistOpened)
@reacts(ChecklistMoved)
def plan_with_meeting(event: Event, work: Work) -> None:
    """The posts come and move with the meeting."""
    plan_readiness(work.get(Meeting, work.get(Checklist, event.record).meeting), work)


@reacts(ChecklistCancelled)
@reacts(ReadinessKept)
def take_back(event: Event, work: Work) -> None:
    """Nothing is posted of a meeting that is not held, or has begun."""
    meeting = work.get(Meeting, work.get(Checklist, event.record).meeting)
    for number in range(1, MOST_LEADS + 1):
        work.unschedule(_key(meeting, number))


@reacts(TransferChanged)
def plan_anew(_event: TransferChanged, work: Work) -> None:
    """Other lead times count for the meetings that are planned already."""
    for _, meeting in live_checklists(work):
        if meeting.planned:
            plan_readiness(meeting, work)


@handles(PostReadiness)
def post_readiness(cmd: PostReadiness, work: Work) -> None:
    meeting = work.get(Meeting, cmd.meeting)
    checklist = checklist_of(work, meeting.ref)
    if checklist is None:
        return
    if why := _why_needless(cmd, meeting, work):
        work.record(ReadinessNotPosted(record=checklist.ref), reason=why)
        return
    work.record(ReadinessPosted(record=checklist.ref))
    key = f"ready:{meeting.ref}:{cmd.due:%Y%m%d%H%M}"
    work.post(ToRooms(), "checklists/readiness", key=key, record=checklist, checklist=checklist, meeting=meeting)


def _why_needless(cmd: PostReadiness, meeting: Meeting, work: Work) -> str:
    """Why nothing is to be said, for the trail; empty where the post is due, late as it may be."""
    if not meeting.planned:
        return "the meeting has begun or was cancelled"
    if any(cmd.due < due <= work.now for due in moments(meeting, work)):
        return "late: the next lead time has come as well"
    if any(cmd.due <= due <= work.now for due in lead_moments(meeting, work)):
        return "the agenda is posted at this time, and shows it"
    return ""

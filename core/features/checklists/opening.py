"""A checklist lives with its meeting: it opens, moves, is cancelled, is kept as it stood at the start, and closes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.features.checklists.events import (
    ChecklistCancelled,
    ChecklistClosed,
    ChecklistMoved,
    ChecklistOpened,
    ReadinessKept,
)
from core.features.checklists.finding import checklist_of, items_of
from core.features.checklists.owners import due_day, first_owner, people_of
from core.features.checklists.readiness_posts import moments
from core.features.checklists.records import OPEN, Checklist, ChecklistItem
from core.features.checklists.reminders import plan_reminders, take_back_reminders
from core.features.checklists.stages import StageItem, list_for
from core.features.checklists.telling import redraw_item, redraw_own, tell_owners
from core.features.meetings.events import MeetingCancelled, MeetingEnded, MeetingMoved, MeetingPlanned, MeetingStarted
from core.features.meetings.records import Meeting
from core.kernel.ids import PersonId, Ref
from core.kernel.posting import ToRooms
from core.kernel.registry import reacts, redraws
from core.kernel.session import json_value
from core.kernel.work import Work

KEPT = (
    "item", "text", "side", "blocker", "state", "owner", "evidence", "evidence_by", "evidence_at",
    "settled_by", "settled_at", "reason", "waivers", "returned",
)  # fmt: skip
"""What the snapshot of an item holds."""


@reacts(MeetingPlanned)
def open_checklist(event: MeetingPlanned, work: Work) -> None:
    """A meeting that is called with a stage gets the stage's list."""
    if event.stage is None:
        return
    meeting = work.get(Meeting, event.record)
    listed = list_for(event.stage, work.words)
    checklist = Checklist(
        ref=work.number("CHK"), state=Checklist.cycle.start, meeting=meeting.ref, stage=event.stage,
        title=listed.title, told=[], live=True,
    )  # fmt: skip
    items = [_item(one, number, meeting, work) for number, one in enumerate(listed.items, 1)]
    work.add(checklist)
    for item in items:
        work.add(item)
    work.record(ChecklistOpened(record=checklist.ref))
    plan_reminders(items, work)
    tell_owners(checklist, meeting, _people(items, work), work)


def _item(listed: StageItem, number: int, meeting: Meeting, work: Work) -> ChecklistItem:
    return ChecklistItem(
        ref=Ref(f"{meeting.ref}/{listed.id}"),
        state=OPEN,
        meeting=meeting.ref,
        position=number,
        item=listed.id,
        text=listed.text,
        side=listed.side,
        asks=listed.evidence,
        blocker=listed.blocker,
        lead_days=listed.lead_days,
        category=listed.category,
        basis=listed.basis,
        owner=first_owner(listed.side, meeting, work),
        due=due_day(meeting.starts_at, listed.lead_days, work),
        waivers=[],
    )


def _people(items: Sequence[ChecklistItem], work: Work) -> list[PersonId]:
    return list(dict.fromkeys(person for item in items for person in people_of(item, work)))


@reacts(MeetingMoved)
def move_checklist(event: MeetingMoved, work: Work) -> None:
    """The items are due before the new time."""
    checklist = checklist_of(work, Ref(event.record))
    if checklist is None:
        return
    meeting, items = work.get(Meeting, event.record), items_of(work, Ref(event.record))
    take_back_reminders(items, meeting.ref, work)
    for item in items:
        due = due_day(meeting.starts_at, item.lead_days, work)
        if due != item.due and not item.settled:
            item.due = due
    work.record(ChecklistMoved(record=checklist.ref))
    plan_reminders(items, work)
    redraw_own(meeting, checklist.told, work)


@reacts(MeetingCancelled)
def cancel_checklist(event: MeetingCancelled, work: Work) -> None:
    """Nothing is expected of anybody any more."""
    checklist = checklist_of(work, Ref(event.record))
    if checklist is None:
        return
    take_back_reminders(items_of(work, checklist.meeting), checklist.meeting, work)
    checklist.move("cancelled")
    checklist.live = False
    work.record(ChecklistCancelled(record=checklist.ref))
    _redraw_all(checklist, work)


@reacts(MeetingStarted)
def keep_readiness(event: MeetingStarted, work: Work) -> None:
    """How each item stands now is what the minutes print, whatever is done later."""
    checklist = checklist_of(work, Ref(event.record))
    if checklist is None:
        return
    meeting, items = work.get(Meeting, event.record), items_of(work, checklist.meeting)
    take_back_reminders(items, meeting.ref, work)
    checklist.move("started")
    checklist.at_start = [_stood(item) for item in items]
    work.record(ReadinessKept(record=checklist.ref))
    if moments(meeting, work) or not all(item.settled for item in items):
        _show_started(checklist, meeting, work)


def _show_started(checklist: Checklist, meeting: Meeting, work: Work) -> None:
    key = f"card:{checklist.ref}"
    work.post(ToRooms(), "checklists/started", key=key, record=checklist, checklist=checklist, meeting=meeting)


@redraws(Checklist)
def show_started_again(checklist: Checklist, stands: bool, work: Work) -> None:
    meeting = work.get(Meeting, checklist.meeting)
    if meeting.running and not all(item.settled for item in items_of(work, meeting.ref)):
        _show_started(checklist, meeting, work)


def _stood(item: ChecklistItem) -> dict[str, Any]:
    return {name: json_value(getattr(item, name)) for name in KEPT}


@reacts(MeetingEnded)
def close_checklist(event: MeetingEnded, work: Work) -> None:
    """What the next meeting of the stage needs, it asks for anew."""
    checklist = checklist_of(work, Ref(event.record))
    if checklist is None:
        return
    checklist.move("closed")
    checklist.live = False
    work.record(ChecklistClosed(record=checklist.ref))
    _redraw_all(checklist, work)


def _redraw_all(checklist: Checklist, work: Work) -> None:
    """Take the buttons off whatever still offers something."""
    meeting = work.get(Meeting, checklist.meeting)
    redraw_own(meeting, checklist.told, work)
    for item in items_of(work, checklist.meeting):
        if not item.settled:
            redraw_item(item, meeting, work)

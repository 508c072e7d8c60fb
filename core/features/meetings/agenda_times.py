"""The agenda posts itself: at each lead time before the meeting, as due work under a key of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from core.features.meetings.boards import post_agenda, redraw
from core.features.meetings.current import planned_meetings
from core.features.meetings.events import AgendaNotPosted, StartOffered
from core.features.meetings.records import Meeting
from core.features.transfers.events import TransferChanged
from core.features.transfers.opening import DEFAULT_LEADS
from core.kernel.ids import PersonId, Ref
from core.kernel.messages import Command
from core.kernel.posting import ToPerson
from core.kernel.registry import handles, reacts
from core.kernel.transfers import Transfer
from core.kernel.work import Reads, Work
from core.rules.spans import MOST_LEADS, parse_lead_times

START_OFFERED = timedelta(minutes=15)
"""How long before the planned time the cards offer to start."""


@dataclass(frozen=True, kw_only=True)
class PostAgenda(Command):
    """Post the agenda of a planned meeting; `due` is the lead time's moment (UTC)."""

    needs: ClassVar[str] = "agenda.due"

    meeting: Ref
    due: datetime


@dataclass(frozen=True, kw_only=True)
class OfferStart(Command):
    """Tell the chair that the meeting may start, and put the button on its cards."""

    needs: ClassVar[str] = "agenda.due"

    meeting: Ref


def lead_moments(meeting: Meeting, reads: Reads) -> tuple[datetime, ...]:
    """When the agenda is due, UTC, the longest lead time first: working days keep the transfer's wall clock."""
    transfer = reads.get(Transfer, reads.transfer)
    leads = parse_lead_times(transfer.settings.get("agenda_lead", DEFAULT_LEADS))
    return tuple(lead.before(meeting.starts_at, transfer.zone) for lead in leads)


def plan_posts(meeting: Meeting, work: Work) -> bool:
    """Schedule what is to come for a planned meeting, in place of what waited; whether a lead time has passed."""
    moments = lead_moments(meeting, work)
    ahead = {number: due for number, due in enumerate(moments, 1) if due > work.now}
    for number in range(1, MOST_LEADS + 1):
        key = f"agenda:{meeting.ref}:{number}"
        if number in ahead:
            work.schedule(key, ahead[number], PostAgenda(meeting=meeting.ref, due=ahead[number]))
        else:
            work.unschedule(key)
    offered = meeting.starts_at - START_OFFERED
    if offered > work.now:
        work.schedule(f"start:{meeting.ref}", offered, OfferStart(meeting=meeting.ref))
    else:
        work.unschedule(f"start:{meeting.ref}")
    return len(ahead) < len(moments)


def replan_posts(meeting: Meeting, work: Work) -> None:
    """As `plan_posts`, and post at once what is late and was never posted; the cards change in place."""
    late = plan_posts(meeting, work)
    redraw(meeting, work)
    if late and meeting.state == "scheduled":
        post_agenda(meeting, work)


def take_back_posts(meeting: Meeting, work: Work) -> None:
    """Take back all that waits for a meeting's start."""
    for number in range(1, MOST_LEADS + 1):
        work.unschedule(f"agenda:{meeting.ref}:{number}")
    work.unschedule(f"start:{meeting.ref}")


@handles(PostAgenda)
def post_due_agenda(cmd: PostAgenda, work: Work) -> None:
    meeting = work.get(Meeting, cmd.meeting)
    if not meeting.planned:
        work.record(AgendaNotPosted(record=meeting.ref), reason="the meeting has begun or was cancelled")
    elif any(cmd.due < due <= work.now for due in lead_moments(meeting, work)):
        work.record(AgendaNotPosted(record=meeting.ref), reason="late: the next lead time has come as well")
    else:
        post_agenda(meeting, work)


@handles(OfferStart)
def offer_start(cmd: OfferStart, work: Work) -> None:
    meeting = work.get(Meeting, cmd.meeting)
    if not meeting.planned:
        return
    meeting.offered_for = meeting.starts_at
    work.record(StartOffered(record=meeting.ref))
    redraw(meeting, work)
    redraw_offer(meeting, work)


def redraw_offer(meeting: Meeting, work: Work) -> None:
    """Post or change what the chair was told before the start, if anything was."""
    if meeting.offered_for is None:
        return
    key = f"due:{meeting.ref}:{meeting.offered_for:%Y%m%d%H%M}"
    for person in chair_or_leads(meeting, work):
        work.post(ToPerson(person), "meetings/due", key=key, record=meeting, meeting=meeting)


def chair_or_leads(meeting: Meeting, reads: Reads) -> tuple[PersonId, ...]:
    """Who is asked about a meeting: its chair, or the leads where the chair cannot be reached."""
    chair = reads.directory.members[meeting.chair]
    if chair.active and chair.accounts:
        return (meeting.chair,)
    return leads_reached(reads)


def leads_reached(reads: Reads) -> tuple[PersonId, ...]:
    """The leads of both companies who have an account."""
    return tuple(lead.person for lead in reads.directory.holding("lead") if lead.accounts)


@reacts(TransferChanged)
def plan_anew(_event: TransferChanged, work: Work) -> None:
    """Another lead time counts for the meetings that are planned already."""
    for meeting in planned_meetings(work):
        replan_posts(meeting, work)

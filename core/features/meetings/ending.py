"""A meeting is ended by a person, who first sees what is loose: afterwards nobody can put it right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, ClassVar

from core.features.meetings.boards import redraw
from core.features.meetings.current import held_meeting, only_chair_or_lead
from core.features.meetings.events import EndQuestioned, MeetingEnded
from core.features.meetings.floor import finish_current
from core.features.meetings.held import put_attendance_away
from core.features.meetings.holding import draw_asking
from core.features.meetings.items import items_of, to_come
from core.features.meetings.records import Meeting, Shown
from core.features.meetings.views import CompanyView, ItemLine, companies_of, line_of
from core.features.transfers.opening import this_transfer
from core.kernel.complements import NOTHING, Complement
from core.kernel.ids import Ref
from core.kernel.messages import Command, OneOf, Reference
from core.kernel.registry import handles, shows
from core.kernel.work import Draw, Reads, Work

SAID_AGAIN = (timedelta(seconds=3), timedelta(minutes=10))
"""Said again within this time, it is meant; two clicks in haste are one question."""


@dataclass(frozen=True, kw_only=True)
class EndMeeting(Command):
    """End the meeting, and post its minutes; if something is loose it is shown first."""

    says: ClassVar[str] = "meeting end"
    needs: ClassVar[str] = "meeting.lead"

    meeting: Annotated[Ref | None, Reference("the meeting", prefix="MTG")] = None
    anyway: Annotated[str | None, OneOf("whatever is loose", options=("anyway",), bare=True)] = None


@handles(EndMeeting)
def end_meeting(cmd: EndMeeting, work: Work) -> Draw:
    this_transfer(work)
    meeting = held_meeting(work, cmd.meeting)
    only_chair_or_lead(meeting, work)
    if not cmd.anyway and _is_loose(ending_view(work, meeting)):
        waited = _since_shown(meeting, work)
        if waited is None or not SAID_AGAIN[0] <= waited <= SAID_AGAIN[1]:
            return _question(meeting, work, hasty=waited is not None and waited < SAID_AGAIN[0])
    _close(meeting, work)
    return work.aside("meetings/ended", meeting=meeting)


def _is_loose(view: EndingView) -> bool:
    return bool(view.unheard or view.nobody or view.left or view.added.facts)


def _since_shown(meeting: Meeting, work: Work) -> timedelta | None:
    """How long ago the speaker saw what is loose."""
    shown = meeting.end_shown
    if shown is None or shown["person"] != work.actor.person:
        return None
    return work.now - datetime.fromisoformat(shown["at"])


def _question(meeting: Meeting, work: Work, hasty: bool) -> Draw:
    assert work.actor.person is not None  # the role table lets only members in
    meeting.end_shown = Shown(person=work.actor.person, at=work.now.isoformat(timespec="milliseconds"))
    work.record(EndQuestioned(record=meeting.ref))
    return work.card("meetings/ending", meeting=meeting, hasty=hasty)


def _close(meeting: Meeting, work: Work) -> None:
    finish_current(meeting, work)
    meeting.move("closed")
    meeting.running, meeting.ended_at = False, work.now
    put_attendance_away(work)
    for number in (1, 2):
        work.unschedule(f"end:{meeting.ref}:{number}")
    work.record(MeetingEnded(record=meeting.ref))
    redraw(meeting, work)
    for time in range(1, meeting.asked + 1):
        draw_asking(meeting, time, work)


@dataclass(frozen=True, slots=True)
class EndingView:
    """What is loose in a meeting that runs: `unheard` counts the invited who were not heard of, `nobody` names the
    companies of which nobody is there, `left` are the items not reached, `added` is what later features find; it is
    `hasty` to have said it twice so fast that it counts as once."""

    meeting: str
    title: str
    companies: tuple[CompanyView, ...]
    unheard: int
    nobody: tuple[str, ...]
    left: tuple[ItemLine, ...]
    added: Complement = NOTHING
    hasty: bool = False


@shows("meetings/ending")
def ending_view(reads: Reads, meeting: Meeting, hasty: bool = False) -> EndingView:
    """What whoever ends a meeting sees before."""
    companies = companies_of(meeting, reads)
    waiting = to_come(items_of(reads, meeting), meeting.current)
    return EndingView(
        meeting.ref,
        meeting.title,
        companies,
        sum(len(company.unheard) for company in companies),
        tuple(company.name for company in companies if not company.present),
        tuple(line_of(item, meeting, reads) for item in sorted(waiting, key=lambda item: item.position)),
        reads.complement("meetings/ending", meeting=meeting),
        hasty,
    )

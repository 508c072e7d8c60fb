"""What people may ask about meetings, and what an export says of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, ClassVar

from sqlalchemy import select

from core.features.meetings.current import held_meeting, meeting_meant, planned_meetings, running_meeting
from core.features.meetings.records import AgendaItem, Meeting
from core.kernel.ids import Ref
from core.kernel.messages import Question, Reference
from core.kernel.registry import answers, exports
from core.kernel.work import Draw, Reads


@dataclass(frozen=True, kw_only=True)
class ListMeetings(Question):
    """List the meetings: the one that runs, those to come, and those that were held."""

    says: ClassVar[str] = "meeting list"
    needs: ClassVar[str] = "meeting.read"


@dataclass(frozen=True, kw_only=True)
class ShowMeeting(Question):
    """Show a meeting: the one named, the one that runs, or the next one."""

    says: ClassVar[str] = "meeting show"
    needs: ClassVar[str] = "meeting.read"

    meeting: Annotated[Ref | None, Reference("the meeting", prefix="MTG", shows=True)] = None


@dataclass(frozen=True, kw_only=True)
class ShowAgenda(Question):
    """Show the agenda of a meeting: the one named, the one that runs, or the next one."""

    says: ClassVar[str] = "agenda"
    needs: ClassVar[str] = "meeting.read"

    meeting: Annotated[Ref | None, Reference("the meeting", prefix="MTG")] = None


@dataclass(frozen=True, kw_only=True)
class ReviewEnding(Question):
    """Look at what is loose before the meeting ends: people not heard of, items not reached."""

    says: ClassVar[str] = "meeting ending"
    needs: ClassVar[str] = "meeting.read"

    meeting: Annotated[Ref | None, Reference("the meeting", prefix="MTG")] = None


@answers(ListMeetings)
def list_meetings(_question: ListMeetings, reads: Reads) -> Draw:
    return reads.card("meetings/list", meetings=_all(reads))


@answers(ShowMeeting)
def show_meeting(question: ShowMeeting, reads: Reads) -> Draw:
    meeting = _looked_at(reads, question.meeting)
    return reads.card("meetings/running" if meeting.started_at else "meetings/agenda", meeting=meeting)


@answers(ShowAgenda)
def show_agenda(question: ShowAgenda, reads: Reads) -> Draw:
    return reads.card("meetings/agenda", meeting=_looked_at(reads, question.meeting))


@answers(ReviewEnding)
def review_ending(question: ReviewEnding, reads: Reads) -> Draw:
    return reads.card("meetings/ending", meeting=held_meeting(reads, question.meeting))


def _looked_at(reads: Reads, ref: Ref | None) -> Meeting:
    """As `meeting_meant`, but looking is harmless: of several planned meetings the next one is shown."""
    if ref is None and running_meeting(reads) is None and (planned := planned_meetings(reads)):
        return planned[0]
    return meeting_meant(reads, ref)


def _all(reads: Reads) -> list[Meeting]:
    found = reads.all(select(Meeting).where(Meeting.transfer == reads.transfer))
    return sorted(found, key=lambda meeting: (meeting.starts_at, meeting.ref))


@exports("meetings")
def export_meetings(reads: Reads) -> Iterable[dict[str, Any]]:
    """A row for each meeting; people by name."""
    for meeting in reads.all(select(Meeting).where(Meeting.transfer == reads.transfer).order_by(Meeting.ref)):
        yield {
            **reads.envelope(meeting),
            "title": meeting.title,
            "stage": meeting.stage,
            "starts_at": _iso(meeting.starts_at),
            "ends_at": _iso(meeting.ends_at),
            "started_at": _iso(meeting.started_at),
            "ended_at": _iso(meeting.ended_at),
            "chair": reads.directory.name_of(meeting.chair),
            "present": [reads.directory.name_of(person) for person in meeting.present],
            "regrets": [reads.directory.name_of(person) for person in meeting.regrets],
        }


@exports("agenda")
def export_agenda(reads: Reads) -> Iterable[dict[str, Any]]:
    """A row for each agenda item, meeting by meeting, in the agenda's order."""
    items = reads.all(select(AgendaItem).where(AgendaItem.transfer == reads.transfer))
    for item in sorted(items, key=lambda one: (one.meeting, one.position, one.number)):
        yield {
            **reads.envelope(item),
            "meeting": item.meeting,
            "position": item.position,
            "text": item.text,
            "presenter": reads.directory.name_of(item.presenter) if item.presenter else None,
            "minutes": item.minutes,
        }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z") if at else None

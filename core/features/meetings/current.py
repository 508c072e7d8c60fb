"""Which meeting is meant: the one that is named, else the one that runs, else the only one that is planned."""

from __future__ import annotations

from typing import TypedDict

from sqlalchemy import select

from core.features.meetings.records import Meeting
from core.kernel.errors import NotFound, Refused, msg
from core.kernel.ids import Ref
from core.kernel.work import Reads


class During(TypedDict):
    """Where a captured record stands: `Decision(..., **during(work))`."""

    meeting: Ref | None
    item: Ref | None


def running_meeting(reads: Reads) -> Meeting | None:
    """The meeting that runs in this transfer now; there is one at most."""
    return reads.one(select(Meeting).where(Meeting.transfer == reads.transfer, Meeting.running))


def during(reads: Reads) -> During:
    """The running meeting and the agenda item that is on, as a captured record keeps them; None and None outside."""
    meeting = running_meeting(reads)
    return During(meeting=meeting.ref if meeting else None, item=meeting.current if meeting else None)


def planned_meetings(reads: Reads) -> list[Meeting]:
    """The meetings that are yet to come, the next one first."""
    planned = reads.all(select(Meeting).where(Meeting.transfer == reads.transfer, Meeting.planned))
    return sorted(planned, key=lambda meeting: (meeting.starts_at, meeting.ref))


def meeting_meant(reads: Reads, ref: Ref | None) -> Meeting:
    """The meeting `ref`; without one the running one, else the only one that is planned.

    Raises NotFound for an unknown reference, Refused naming the choices where several are planned, or none is.
    """
    if ref is not None:
        return reads.get(Meeting, ref)
    return running_meeting(reads) or planned_meeting_meant(reads, None)


def planned_meeting_meant(reads: Reads, ref: Ref | None) -> Meeting:
    """As `meeting_meant`, but of the planned ones alone."""
    if ref is not None:
        return reads.get(Meeting, ref)
    planned = planned_meetings(reads)
    if not planned:
        raise NotFound(
            msg("No meeting is planned here. Plan one:"),
            examples=('meeting new "PPQ readiness review" at:"12 Mar 2026 14:00" for:60m',),
        )
    if len(planned) > 1:
        raise Refused(
            msg("Several meetings are planned: say which one, {choices}."),
            choices=" / ".join(f"{one.ref} “{one.title}”" for one in planned),
        )
    return planned[0]

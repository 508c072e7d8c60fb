"""Whoever takes the chair of a running meeting is shown, once, what waits there for an answer that they may give."""

from __future__ import annotations

from core.features.capture.questions import open_proposals, page_of
from core.features.capture.telling import may_answer
from core.features.floor.events import ChairHanded
from core.features.meetings.records import Meeting
from core.kernel.posting import ToPerson
from core.kernel.registry import reacts
from core.kernel.work import Work


@reacts(ChairHanded)
def show_what_waits(event: ChairHanded, work: Work) -> None:
    """With what belongs to their own company, whoever handed the chair to them."""
    meeting = work.get(Meeting, event.record)
    if not meeting.running:
        return
    with work.seen_by(work.directory.own(work.directory.side_of(meeting.chair))):
        waiting = [row for row in open_proposals(work) if may_answer(row, meeting.chair, work)]
    if waiting:
        to, page = ToPerson(meeting.chair), page_of(waiting)
        work.post(to, "capture/proposals", record=meeting, page=page, chaired=meeting)

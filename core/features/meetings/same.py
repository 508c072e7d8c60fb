"""Two people turn out to be one: in the meetings that are not over, the one stands for both."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select

from core.features.meetings.records import Meeting
from core.features.transfers.events import PeopleJoined
from core.kernel.ids import PersonId
from core.kernel.registry import reacts
from core.kernel.work import Work


@reacts(PeopleJoined)
def stand_for_both(event: PeopleJoined, work: Work) -> None:
    coming = select(Meeting).where(Meeting.transfer == work.transfer, or_(Meeting.planned, Meeting.running))
    for meeting in work.all(coming):
        meeting.chair = event.kept if meeting.chair == event.gone else meeting.chair
        meeting.invited = _as_one(meeting.invited, event)
        meeting.present = _as_one(meeting.present, event)
        meeting.regrets = _as_one(meeting.regrets, event)


def _as_one(people: Sequence[PersonId], event: PeopleJoined) -> list[PersonId]:
    return list(dict.fromkeys(event.kept if person == event.gone else person for person in people))

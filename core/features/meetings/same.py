"""Two people turn out to be one: in the meetings that are not over, the one stands for both."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select

from core.features.meetings.boards import redraw
from core.features.meetings.items import items_of
from core.features.meetings.records import Known, Meeting, Shown
from core.features.transfers.events import PeopleJoined
from core.kernel.ids import PersonId
from core.kernel.registry import reacts
from core.kernel.work import Work


@reacts(PeopleJoined)
def stand_for_both(event: PeopleJoined, work: Work) -> None:
    coming = select(Meeting).where(Meeting.transfer == work.transfer, or_(Meeting.planned, Meeting.running))
    for meeting in work.all(coming):
        meeting.chair = meant(meeting.chair, event) or meeting.chair
        meeting.invited = as_one(meeting.invited, event)
        meeting.present = as_one(meeting.present, event)
        meeting.regrets = [person for person in as_one(meeting.regrets, event) if person not in meeting.present]
        meeting.known = _known(meeting, event)
        meeting.end_shown, meeting.next_shown = _shown(meeting.end_shown, event), _shown(meeting.next_shown, event)
        for item in items_of(work, meeting):
            item.presenter, item.opened_by = meant(item.presenter, event), meant(item.opened_by, event)
        redraw(meeting, work)


def _known(meeting: Meeting, event: PeopleJoined) -> dict[PersonId, Known] | None:
    """How it is known that they are there, also where they noted others; what is known of the other comes first."""
    if meeting.known is None:
        return None
    known = {
        person: Known(how=fact["how"], at=fact["at"], by=meant(fact["by"], event))
        for person, fact in meeting.known.items()
    }
    if event.gone in known:
        fact = known.pop(event.gone)
        known.setdefault(event.kept, fact)
    return known


def _shown(shown: Shown | None, event: PeopleJoined) -> Shown | None:
    return {**shown, "person": meant(shown["person"], event) or shown["person"]} if shown else None


def meant(person: PersonId | None, event: PeopleJoined) -> PersonId | None:
    """Whom a field names from now on."""
    return event.kept if person == event.gone else person


def as_one(people: Sequence[PersonId], event: PeopleJoined) -> list[PersonId]:
    """The people with the one in the place of both."""
    return list(dict.fromkeys(event.kept if person == event.gone else person for person in people))

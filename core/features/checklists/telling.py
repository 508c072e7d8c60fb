"""Whom an item is shown to: the rooms get its card, each owner one list of what is theirs, and who must act a note."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.features.checklists.finding import checklist_of
from core.features.checklists.owners import people_of
from core.features.checklists.records import Checklist, ChecklistItem
from core.features.meetings.boards import redraw
from core.features.meetings.records import Meeting
from core.features.transfers.owners import hearers_for
from core.kernel.ids import PersonId
from core.kernel.posting import InPlace, To, ToPerson, ToRooms
from core.kernel.registry import redraws
from core.kernel.work import Work

ASSIGNED, REJECTED, WAIVER_NEEDED = "assigned", "rejected", "waiver needed"
NOT_APPLICABLE_SAID, REOPENED, TAKEN_BACK = "not applicable", "reopened", "taken back"


@dataclass(frozen=True, slots=True)
class News:
    """What somebody is told of one item, one of the words above, who did it, and why where the item does not tell."""

    what: str
    by: PersonId | None
    reason: str = ""


def tell_owners(checklist: Checklist, meeting: Meeting, owners: Iterable[PersonId], work: Work) -> None:
    """Give each of these people what is theirs as one list, by direct message."""
    for owner in owners:
        if owner not in checklist.told:
            checklist.told = [*checklist.told, owner]
        draw_own(checklist, meeting, owner, work)


def draw_own(checklist: Checklist, meeting: Meeting, owner: PersonId, work: Work) -> None:
    """Post or change the list that an owner has."""
    key = own_key(meeting, owner)
    parts = {"checklist": checklist, "meeting": meeting, "owner": owner}
    work.post(ToPerson(owner), "checklists/own", key=key, record=checklist, **parts)


def own_key(meeting: Meeting, owner: PersonId) -> str:
    """Under which key somebody has their list."""
    return f"checklist:{meeting.ref}:{owner}"


def redraw_own(meeting: Meeting, people: Iterable[PersonId | None], work: Work) -> None:
    """Change the lists of those of the people who have one."""
    checklist = checklist_of(work, meeting.ref)
    if checklist is None:
        return
    for owner in dict.fromkeys(people):
        if owner is not None and owner in checklist.told:
            draw_own(checklist, meeting, owner, work)


def draw_item(item: ChecklistItem, meeting: Meeting, work: Work) -> None:
    """Post or change an item's card in the rooms."""
    _draw(item, meeting, ToRooms(), work)


def redraw_item(item: ChecklistItem, meeting: Meeting, work: Work) -> None:
    """Change an item's card where the rooms have one: most items stand on the list alone, whoever owns them by now."""
    if item.version > 1:
        _draw(item, meeting, InPlace(ToRooms()), work)


def _draw(item: ChecklistItem, meeting: Meeting, to: To, work: Work) -> None:
    work.post(to, "checklists/item", key=f"card:{item.ref}", record=item, item=item, meeting=meeting)


def show(item: ChecklistItem, meeting: Meeting, work: Work) -> None:
    """Post an item's card in the rooms, and change whatever else shows it."""
    draw_item(item, meeting, work)
    redraw_own(meeting, people_of(item, work), work)
    if meeting.started_at is None:
        redraw(meeting, work)


def tell(people: Iterable[PersonId | None], item: ChecklistItem, meeting: Meeting, news: News, work: Work) -> None:
    """Tell these people, or their leads where they are out of reach, but not whoever did it."""
    key = f"news:{item.ref}:{item.version}"
    hearers = [one for person in dict.fromkeys(people) if person is not None for one in hearers_for(person, work)]
    for hearer in dict.fromkeys(hearers):
        if hearer != work.actor.person:
            to = ToPerson(hearer)
            work.post(to, "checklists/news", key=key, record=item, item=item, meeting=meeting, news=news)


@redraws(ChecklistItem)
def show_again(item: ChecklistItem, stands: bool, work: Work) -> None:
    if stands or not item.untouched:  # else the list alone has it
        draw_item(item, work.get(Meeting, item.meeting), work)

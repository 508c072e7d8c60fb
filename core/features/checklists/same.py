"""Two people turn out to be one: on the checklists that are worked on, the one stands for both."""

from __future__ import annotations

from core.features.checklists.events import ItemAssigned
from core.features.checklists.finding import items_of, live_checklists
from core.features.checklists.records import Checklist, ChecklistItem
from core.features.checklists.reminders import plan_reminders, take_back_reminders
from core.features.checklists.telling import draw_own, own_key, redraw_item
from core.features.meetings.records import Meeting
from core.features.meetings.same import as_one, meant
from core.features.transfers.events import PeopleJoined
from core.kernel.posting import ToPerson
from core.kernel.registry import reacts
from core.kernel.work import Work


@reacts(PeopleJoined)
def hand_items_over(event: PeopleJoined, work: Work) -> None:
    """What they own is the other's; who gave evidence may not verify it by the other account."""
    for checklist, meeting in live_checklists(work):
        items = [item for item in items_of(work, meeting.ref) if not item.settled]
        take_back_reminders([item for item in items if item.owner == event.gone], meeting.ref, work)
        for item in items:
            _hand_over(item, meeting, event, work)
        plan_reminders([item for item in items if item.owner == event.kept], work)
        _hand_list_over(checklist, meeting, event, work)


def _hand_over(item: ChecklistItem, meeting: Meeting, event: PeopleJoined, work: Work) -> None:
    if item.owner == event.gone:
        item.owner = event.kept
        work.record(ItemAssigned(record=item.ref))
    item.evidence_by = meant(item.evidence_by, event)
    if any(waiver["person"] == event.gone for waiver in item.waivers):
        item.waivers = [{**one, "person": meant(one["person"], event) or one["person"]} for one in item.waivers]
    redraw_item(item, meeting, work)


def _hand_list_over(checklist: Checklist, meeting: Meeting, event: PeopleJoined, work: Work) -> None:
    """One list of all that is theirs; the other one says that nothing stands there any more."""
    if event.gone not in checklist.told:
        return
    checklist.told = as_one(checklist.told, event)
    draw_own(checklist, meeting, event.kept, work)
    key, parts = own_key(meeting, event.gone), {"checklist": checklist, "meeting": meeting, "owner": event.gone}
    work.post(ToPerson(event.kept), "checklists/own", key=key, record=checklist, **parts)

"""Which item is meant: PQ-03 is the running meeting's, else the next one's; MTG-002/PQ-03 names its meeting."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import select

from core.features.checklists.owners import people_of
from core.features.checklists.records import Checklist, ChecklistItem
from core.features.meetings.current import not_over
from core.features.meetings.records import Meeting
from core.features.transfers.opening import this_transfer
from core.kernel.errors import NotFound, Refused, msg
from core.kernel.ids import PersonId, Ref
from core.kernel.work import Reads, Work

CALL_ONE = 'meeting new "PPQ readiness review" at:"tomorrow 14:00" for:60m stage:ppq_readiness'


def checklist_of(reads: Reads, meeting: Ref) -> Checklist | None:
    """The checklist of a meeting; None where it was called without a stage."""
    return reads.one(select(Checklist).where(Checklist.transfer == reads.transfer, Checklist.meeting == meeting))


def items_of(reads: Reads, *meetings: Ref) -> list[ChecklistItem]:
    """The items of these meetings in their written order."""
    found = reads.all(
        select(ChecklistItem).where(ChecklistItem.transfer == reads.transfer, ChecklistItem.meeting.in_(meetings))
    )
    return sorted(found, key=lambda item: (item.meeting, item.position))


def live_checklists(reads: Reads) -> list[tuple[Checklist, Meeting]]:
    """The checklists that are worked on: that of the running meeting first, then the next meeting's."""
    found = reads.all(select(Checklist).where(Checklist.transfer == reads.transfer, Checklist.live))
    held = [(one, reads.get(Meeting, one.meeting)) for one in found]
    return sorted(held, key=lambda pair: (not pair[1].running, pair[1].starts_at, pair[1].ref))


def owned_live(reads: Reads, owner: PersonId | None) -> list[tuple[Meeting, list[ChecklistItem]]]:
    """What this person owns in the checklists that are worked on and is not settled; of None, what nobody owns."""
    return _unsettled(reads, lambda item: item.owner == owner)


def seen_to_live(reads: Reads, person: PersonId) -> list[tuple[Meeting, list[ChecklistItem]]]:
    """The same with what is both companies' and another's, where this person sees to it for their own."""
    return _unsettled(reads, lambda item: person in people_of(item, reads))


def _unsettled(reads: Reads, wanted: Callable[[ChecklistItem], bool]) -> list[tuple[Meeting, list[ChecklistItem]]]:
    live = live_checklists(reads)
    if not live:
        return []
    items = [item for item in items_of(reads, *(meeting.ref for _, meeting in live)) if not item.settled]
    return [
        (meeting, mine)
        for _, meeting in live
        if (mine := [item for item in items if item.meeting == meeting.ref and wanted(item)])
    ]


def list_meant(reads: Reads, meeting: Ref | None) -> tuple[Checklist, Meeting]:
    """The checklist of `meeting`; without one that of the running meeting, of the next one, or the last there was.

    Raises NotFound where there is none.
    """
    if meeting is not None:
        return _list_of(reads, meeting)
    live = live_checklists(reads)
    if live:
        return live[0]
    newest = select(Checklist).where(Checklist.transfer == reads.transfer).order_by(Checklist.created_at.desc())
    last = reads.one(newest)
    if last is None:
        raise NotFound(
            msg("No meeting here has a checklist. A meeting gets one when it is called with a stage:"),
            examples=(CALL_ONE,),
        )
    return last, reads.get(Meeting, last.meeting)


def _list_of(reads: Reads, meeting: Ref) -> tuple[Checklist, Meeting]:
    held = reads.get(Meeting, meeting)
    checklist = checklist_of(reads, held.ref)
    if checklist is None:
        raise NotFound(
            msg("{ref} “{title}” has no checklist. A meeting gets one when it is called with a stage:"),
            ref=held.ref,
            title=held.title,
            examples=(CALL_ONE,),
        )
    return checklist, held


def item_meant(reads: Reads, reference: Ref) -> tuple[ChecklistItem, Meeting]:
    """The item and its meeting. Raises NotFound, with the items there are."""
    holder, _, code = reference.rpartition("/")
    candidates = [_list_of(reads, Ref(holder))] if holder else live_checklists(reads)
    if not candidates:
        candidates = [list_meant(reads, None)]
    for _, meeting in candidates:
        item = reads.session.get(ChecklistItem, (reads.transfer, f"{meeting.ref}/{code}"))
        if item is not None:
            return item, meeting
    raise _no_such(reads, code, candidates[0][1])


def _no_such(reads: Reads, code: str, meeting: Meeting) -> NotFound:
    items = items_of(reads, meeting.ref)
    return NotFound(
        msg("There is no item {item} on the checklist of {ref} “{title}”. It has: {items}."),
        item=code,
        ref=meeting.ref,
        title=meeting.title,
        items=_codes(items),
        examples=(f"checklist {meeting.ref}",),
    )


def _codes(items: Sequence[ChecklistItem]) -> str:
    return ", ".join(item.item for item in items)


def open_item(work: Work, reference: Ref) -> tuple[ChecklistItem, Meeting]:
    """An item that may still change. Raises Refused where its meeting is over or it is settled."""
    this_transfer(work)
    item, meeting = item_meant(work, reference)
    not_over(meeting, work)
    if item.settled:
        raise Refused(
            _SETTLED[item.state],
            ref=item.ref,
            name=work.directory.known_as(item.settled_by) if item.settled_by else "–",
        )
    return item, meeting


_SETTLED = {
    "verified": msg("{ref} is verified already, by {name}: nothing more is expected of it."),
    "waived": msg("{ref} is waived, at last by {name}: nothing more is expected of it."),
    "not_applicable": msg("{ref} does not apply here, as {name} said: nothing more is expected of it."),
}

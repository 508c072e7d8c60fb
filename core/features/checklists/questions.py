"""What people may ask about a checklist, twelve items at a time, and what an export says of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, ClassVar

from sqlalchemy import select

from core.features.checklists.evidence import THE_ITEM
from core.features.checklists.finding import item_meant, items_of, list_meant
from core.features.checklists.owners import people_of
from core.features.checklists.records import ATTACHED, Checklist, ChecklistItem, Returned, Waiver
from core.features.meetings.pages import start_of
from core.features.meetings.records import Meeting
from core.kernel.ids import Ref, Side
from core.kernel.messages import Number, OneOf, Question, Reference
from core.kernel.registry import answers, exports
from core.kernel.work import Draw, Reads

LENGTH = 12
"""Items on one page."""


@dataclass(frozen=True, kw_only=True)
class ShowChecklist(Question):
    """Show the checklist of the running or the next meeting, what is open first; or one item of it."""

    says: ClassVar[str] = "checklist"
    needs: ClassVar[str] = "checklist.read"

    meeting: Annotated[Ref | None, Reference("the meeting", prefix="MTG")] = None
    item: Annotated[Ref | None, replace(THE_ITEM, shows=True)] = None
    which: Annotated[str | None, OneOf("which of them", options=("mine", "open", "blockers"), bare=True)] = None
    side: Annotated[Side | None, OneOf("whose company")] = None
    page: Annotated[int, Number("which page")] = 1


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a checklist: what was asked for, all of its items and those of this page, and the way to the next."""

    asked: ShowChecklist
    checklist: Checklist
    meeting: Meeting
    items: Sequence[ChecklistItem]
    rows: Sequence[ChecklistItem]
    total: int
    left: int
    more: str


@answers(ShowChecklist)
def show_checklist(question: ShowChecklist, reads: Reads) -> Draw:
    if question.item is not None:
        item, meeting = item_meant(reads, question.item)
        return reads.card("checklists/item", item=item, meeting=meeting)
    return reads.card("checklists/list", listed=_page(question, reads))


def _page(asked: ShowChecklist, reads: Reads) -> Listed:
    checklist, meeting = list_meant(reads, asked.meeting)
    items = items_of(reads, meeting.ref)
    wanted = sorted((item for item in items if _is_wanted(item, asked, reads)), key=urgency)
    start = start_of(asked.page, len(wanted), LENGTH)
    rows = wanted[start : start + LENGTH]
    left = len(wanted) - start - len(rows)
    more = _next(asked, meeting) if left else ""
    return Listed(asked, checklist, meeting, items, rows, len(wanted), left, more)


def _is_wanted(item: ChecklistItem, asked: ShowChecklist, reads: Reads) -> bool:
    if asked.side is not None and not item.concerns(asked.side):
        return False
    match asked.which:
        case "mine":
            return reads.actor.person in people_of(item, reads)
        case "open":
            return not item.settled
        case "blockers":
            return item.blocker
        case _:
            return True


def urgency(item: ChecklistItem) -> tuple[int, bool, Any, int]:
    """What waits for evidence first, blockers before others, then what waits to be verified, then what is settled."""
    rank = 2 if item.settled else 1 if item.state == ATTACHED else 0
    return rank, not item.blocker, item.due, item.position


def _next(asked: ShowChecklist, meeting: Meeting) -> str:
    parts = ["checklist", meeting.ref, asked.which or "", f"side:{asked.side}" if asked.side else ""]
    return " ".join([*(part for part in parts if part), f"page:{asked.page + 1}"])


@exports("checklist_items")
def export_items(reads: Reads) -> Iterable[dict[str, Any]]:
    """A row for each item, meeting by meeting, in the list's order."""
    found = reads.all(select(ChecklistItem).where(ChecklistItem.transfer == reads.transfer))
    for item in sorted(found, key=lambda one: (one.meeting, one.position)):
        yield {
            **reads.envelope(item),
            "meeting": item.meeting,
            "item": item.item,
            "text": item.text,
            "side": item.side,
            "owner": reads.directory.name_of(item.owner) if item.owner else None,
            "blocker": item.blocker,
            "lead_days": item.lead_days,
            "evidence": item.evidence,
            "reason": item.reason,
            "waivers": [_said(one, reads) for one in item.waivers],
            "returned": _returned(item, reads),
        }


def _said(one: Waiver | Returned, reads: Reads) -> dict[str, Any]:
    by = reads.directory.name_of(one["person"])
    return {"by": by, "side": one["side"], "at": one["at"], "reason": one["reason"]}


def _returned(item: ChecklistItem, reads: Reads) -> dict[str, Any] | None:
    """What brought it back to open, with the evidence that it had then."""
    one = item.returned
    return {"what": one["what"], **_said(one, reads), "evidence": one["evidence"]} if one else None

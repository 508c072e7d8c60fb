"""What people may ask about proposals, and what an export says of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from sqlalchemy import select

from core.features.capture.records import Proposal
from core.features.meetings.pages import LENGTH, Page, start_of
from core.kernel.messages import Number, Question
from core.kernel.registry import answers, exports
from core.kernel.work import Draw, Reads


@dataclass(frozen=True, kw_only=True)
class ListProposals(Question):
    """List what Tandem has read in the room and nobody has confirmed."""

    says: ClassVar[str] = "proposals"
    needs: ClassVar[str] = "transfer.read"

    page: Annotated[int, Number("which page")] = 1


@answers(ListProposals)
def list_proposals(question: ListProposals, reads: Reads) -> Draw:
    return reads.card("capture/proposals", page=page_of(open_proposals(reads), question.page))


def page_of(waiting: Sequence[Proposal], number: int = 1) -> Page[Proposal]:
    """Page `number`, from 1, of what waits. Raises Refused for a page that does not exist."""
    start = start_of(number, len(waiting))
    left = max(0, len(waiting) - number * LENGTH)
    return Page(waiting[start : start + LENGTH], number + 1 if left else 0, left)


def open_proposals(reads: Reads) -> Sequence[Proposal]:
    """All that waits for an answer, the oldest first."""
    waiting = (Proposal.transfer == reads.transfer, Proposal.open)
    return reads.all(select(Proposal).where(*waiting).order_by(Proposal.created_at, Proposal.ref))


@exports("proposals")
def export_proposals(reads: Reads) -> Iterable[dict[str, Any]]:
    """A row for each proposal; `record` is what it became, `rule` read it in the release `software`.

    `reacted` are those whose reaction proposes it, None where none ever did.
    """
    name = reads.directory.name_of
    for row in reads.all(select(Proposal).where(Proposal.transfer == reads.transfer).order_by(Proposal.ref)):
        yield {
            **reads.envelope(row),
            "meeting": row.meeting,
            "kind": row.kind,
            "text": row.text,
            "by": name(row.author),
            "said": row.said,
            "owners": [name(person) for person in row.owners],
            "asked_of": [name(person) for person in row.asked_of],
            "accepted": [name(person) for person in row.accepted],
            "due": row.due.isoformat() if row.due else None,
            "due_at": row.due_at.isoformat(timespec="milliseconds").replace("+00:00", "Z") if row.due_at else None,
            "confirm": row.confirm,
            "recurrence": row.recurrence,
            "rule": row.rule,
            "trigger": row.trigger,
            "software": row.software,
            "reacted": None if row.reacted is None else [name(person) for person in row.reacted],
            "record": row.record,
            "settled_by": name(row.settled_by) if row.settled_by else None,
        }

"""What people may ask about decisions, and what an export says of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from sqlalchemy import select

from core.features.decisions.records import Decision
from core.features.meetings.pages import page_of
from core.kernel.errors import msg
from core.kernel.ids import Ref
from core.kernel.messages import Number, Question, Reference
from core.kernel.registry import answers, exports
from core.kernel.work import Draw, Reads


@dataclass(frozen=True, kw_only=True)
class ListDecisions(Question):
    """List the decisions, those that wait for a company first."""

    says: ClassVar[str] = "decision list"
    needs: ClassVar[str] = "transfer.read"

    page: Annotated[int, Number("which page")] = 1


@dataclass(frozen=True, kw_only=True)
class ShowDecision(Question):
    """Show a decision with all that can be done with it."""

    says: ClassVar[str] = "decision show"
    heading: ClassVar[str] = msg("Show a decision")
    needs: ClassVar[str] = "transfer.read"

    decision: Annotated[Ref, Reference("the decision", prefix="DEC", shows=True)]


@answers(ShowDecision)
def show_decision(question: ShowDecision, reads: Reads) -> Draw:
    return reads.card("decisions/decision", decision=reads.get(Decision, question.decision))


@answers(ListDecisions)
def list_decisions(question: ListDecisions, reads: Reads) -> Draw:
    return reads.card("decisions/list", page=page_of(Decision, question.page, reads))


@exports("decisions")
def export_decisions(reads: Reads) -> Iterable[dict[str, Any]]:
    """A row for each decision; `agreed_by` are the names whose agreement stands."""
    name = reads.directory.name_of
    for decision in reads.all(select(Decision).where(Decision.transfer == reads.transfer).order_by(Decision.ref)):
        envelope = reads.envelope(decision)
        yield {
            **envelope,
            "meeting": decision.meeting,
            "text": decision.text,
            "by": envelope["created_by"],
            "agreed_by": [name(voice["person"]) for voice in decision.agreed_by],
            "objections": [{"by": name(one["person"]), "reason": one["reason"]} for one in decision.objections],
        }

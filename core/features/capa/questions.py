"""What people may ask about CAPAs: one of them, a page of them, what the kinds mean; and what an export says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from sqlalchemy import ColumnExpressionArgument, func, select

from core.features.capa.lines import lines_of, open_lines
from core.features.capa.records import Capa, CapaLine
from core.features.meetings.pages import LENGTH, start_of
from core.kernel.ids import Ref
from core.kernel.messages import Number, OneOf, Question, Reference
from core.kernel.registry import answers, exports
from core.kernel.work import Draw, Reads


@dataclass(frozen=True, kw_only=True)
class ShowCapa(Question):
    """Show a CAPA with its lines; without a reference, those that are open."""

    says: ClassVar[str] = "capa"
    needs: ClassVar[str] = "capa.read"

    capa: Annotated[Ref | None, Reference("the CAPA", prefix="CAPA", shows=True)] = None


@dataclass(frozen=True, kw_only=True)
class ListCapas(Question):
    """List the open CAPAs, or some of them: those with a line of yours, with an overdue one, or all."""

    says: ClassVar[str] = "capa list"
    needs: ClassVar[str] = "capa.read"

    which: Annotated[str | None, OneOf("which of them", options=("open", "mine", "overdue", "all"), bare=True)] = None
    page: Annotated[int, Number("which page")] = 1


@dataclass(frozen=True, kw_only=True)
class TellKinds(Question):
    """Tell what correction, corrective and preventive mean here, and in ICH Q10."""

    says: ClassVar[str] = "capa kinds"
    needs: ClassVar[str] = "capa.read"


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of CAPAs: which were asked for, how many there are, how many are left for the next page."""

    which: str
    rows: Sequence[Capa]
    total: int
    page: int
    left: int


@answers(ShowCapa)
def show_capa(question: ShowCapa, reads: Reads) -> Draw:
    if question.capa is None:
        return list_capas(ListCapas(), reads)
    return reads.card("capa/plan", capa=reads.get(Capa, question.capa.partition(".")[0]))


@answers(TellKinds)
def tell_kinds(_question: TellKinds, reads: Reads) -> Draw:
    return reads.card("capa/kinds")


@answers(ListCapas)
def list_capas(question: ListCapas, reads: Reads) -> Draw:
    which = question.which or "open"
    wanted = _wanted(which, reads)
    total = reads.one(select(func.count(Capa.ref)).where(*wanted)) or 0
    at = start_of(question.page, total)
    newest_last = select(Capa).where(*wanted).order_by(Capa.open.desc(), Capa.created_at, Capa.ref)
    rows = reads.all(newest_last.limit(LENGTH).offset(at))
    return reads.card("capa/list", listed=Listed(which, rows, total, question.page, max(0, total - at - len(rows))))


def _wanted(which: str, reads: Reads) -> list[ColumnExpressionArgument[bool]]:
    """What a CAPA must be to stand in the list that was asked for."""
    conditions: list[ColumnExpressionArgument[bool]] = [Capa.transfer == reads.transfer]
    if which == "all":
        return conditions
    conditions.append(Capa.open)
    if which in ("mine", "overdue"):
        person = reads.actor.person if which == "mine" else None
        conditions.append(Capa.ref.in_({line.capa for line in open_lines(reads, person, overdue=which == "overdue")}))
    return conditions


@exports("capas")
def export_capas(reads: Reads) -> Iterable[dict[str, Any]]:
    """A row for each CAPA with its lines; signals and effectiveness checks come later and are none yet."""
    here = select(Capa).where(Capa.transfer == reads.transfer)
    for capa in reads.all(here.order_by(Capa.created_at, Capa.ref)):
        yield {
            **reads.envelope(capa),
            "title": capa.title,
            "signal": None,
            "lines": [_exported(line, reads) for line in lines_of(capa.ref, reads)],
            "effectiveness": dict.fromkeys(("owner", "criterion", "due", "outcome")),
        }


def _exported(line: CapaLine, reads: Reads) -> dict[str, Any]:
    return {
        "id": line.ref,
        "kind": line.kind,
        "text": line.text,
        "owner": reads.directory.name_of(line.owner) if line.owner else None,
        "due": line.due.isoformat(),
        "state": line.state,
    }

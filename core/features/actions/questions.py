"""What people may ask about actions, ten at a time, the most urgent first; and what an export says of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from sqlalchemy import ColumnExpressionArgument, Text, func, or_, select, type_coerce

from core.features.actions.owners import BOTH
from core.features.actions.records import Action
from core.features.meetings.pages import LENGTH, start_of
from core.kernel.errors import msg
from core.kernel.ids import PersonId, Ref, Side
from core.kernel.messages import Number, OneOf, Question, Reference, Someone
from core.kernel.registry import answers, exports
from core.kernel.work import Draw, Reads


@dataclass(frozen=True, kw_only=True)
class ListActions(Question):
    """List the open actions, or some of them, the most urgent first."""

    says: ClassVar[str] = "action list"
    needs: ClassVar[str] = "action.read"

    which: Annotated[str | None, OneOf("which of them", options=("mine", "open", "overdue", "all"), bare=True)] = None
    person: Annotated[PersonId | None, Someone("whose")] = None
    side: Annotated[Side | None, OneOf("whose company")] = None
    page: Annotated[int, Number("which page")] = 1


@dataclass(frozen=True, kw_only=True)
class ShowAction(Question):
    """Show an action with all that can be done with it."""

    says: ClassVar[str] = "action show"
    heading: ClassVar[str] = msg("Show an action")
    needs: ClassVar[str] = "action.read"

    action: Annotated[Ref, Reference("the action", prefix="ACT", shows=True)]


@dataclass(frozen=True, kw_only=True)
class ListMyActions(Question):
    """List what you are to do, the most urgent first."""

    says: ClassVar[str] = "mine"
    needs: ClassVar[str] = "action.read"
    joins: ClassVar[bool] = True

    page: Annotated[int, Number("which page")] = 1


@dataclass(frozen=True, kw_only=True)
class ListOverdueActions(Question):
    """List the actions that are overdue, the longest first."""

    says: ClassVar[str] = "overdue"
    needs: ClassVar[str] = "action.read"
    joins: ClassVar[bool] = True

    page: Annotated[int, Number("which page")] = 1


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of actions: what was asked for, how many there are in all, and the sentence that shows the next page."""

    asked: ListActions
    rows: Sequence[Action]
    total: int
    left: int
    more: str


@answers(ListActions)
def list_actions(question: ListActions, reads: Reads) -> Draw:
    return reads.card("actions/list", listed=_page(question, "action list", reads))


@answers(ShowAction)
def show_action(question: ShowAction, reads: Reads) -> Draw:
    return reads.card("actions/item", action=reads.get(Action, question.action), remark=None)


@answers(ListMyActions)
def list_my_actions(question: ListMyActions, reads: Reads) -> Draw:
    return reads.card("actions/list", listed=_page(ListActions(which="mine", page=question.page), "mine", reads))


@answers(ListOverdueActions)
def list_overdue_actions(question: ListOverdueActions, reads: Reads) -> Draw:
    asked = ListActions(which="overdue", page=question.page)
    return reads.card("actions/list", listed=_page(asked, "overdue", reads))


def _page(asked: ListActions, says: str, reads: Reads) -> Listed:
    conditions = wanted(asked, reads)
    total = reads.one(select(func.count(Action.ref)).where(*conditions)) or 0
    order = (Action.open.desc(), Action.deadline.is_(None), Action.deadline, Action.created_at, Action.ref)
    at = start_of(asked.page, total)
    rows = reads.all(select(Action).where(*conditions).order_by(*order).limit(LENGTH).offset(at))
    left = max(0, total - at - len(rows))
    return Listed(asked, rows, total, left, _next(asked, says) if left else "")


def wanted(asked: ListActions, reads: Reads) -> list[ColumnExpressionArgument[bool]]:
    """What a row must be to stand in the list that was asked for."""
    conditions: list[ColumnExpressionArgument[bool]] = [Action.transfer == reads.transfer]
    if asked.which != "all":
        conditions.append(Action.open)
    if asked.which == "overdue":
        conditions.append(Action.deadline < reads.now)
    if asked.which == "mine":
        conditions.append(_owned_by(reads.actor.person or PersonId("nobody")))
    if asked.person is not None:
        conditions.append(_owned_by(asked.person))
    if asked.side is not None:
        conditions.append(or_(Action.side == asked.side.value, Action.side == BOTH))
    return conditions


def _owned_by(person: PersonId) -> ColumnExpressionArgument[bool]:
    """The owners are JSON text of ids; only the rows that the other conditions leave are looked through."""
    return type_coerce(Action.owners, Text).contains(f'"{person}"', autoescape=True)


def _next(asked: ListActions, says: str) -> str:
    """The sentence for the next page; a person is named by id, since a button carries no one's name."""
    parts = [says]
    if says == "action list":
        parts += [asked.which or "", f"person:@{asked.person}" if asked.person else ""]
        parts += [f"side:{asked.side}" if asked.side else ""]
    return " ".join([*(part for part in parts if part), f"page:{asked.page + 1}"])


@exports("actions")
def export_actions(reads: Reads) -> Iterable[dict[str, Any]]:
    """A row for each action; extensions come later and are none yet."""
    here = select(Action).where(Action.transfer == reads.transfer)
    for action in reads.all(here.order_by(Action.created_at, Action.ref)):
        yield {
            **reads.envelope(action),
            "meeting": action.meeting,
            "text": action.text,
            "owners": [reads.directory.name_of(person) for person in action.owners],
            "due": action.due.isoformat() if action.due else None,
            "due_at": _iso(action),
            "side": action.side,
            "needs_confirmation": action.needs_confirmation,
            "confirm": action.confirm,
            "evidence": action.evidence,
            "extensions": [],
        }


def _iso(action: Action) -> str | None:
    if action.due_at is None:
        return None
    return action.due_at.isoformat(timespec="milliseconds").replace("+00:00", "Z")

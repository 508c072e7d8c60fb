"""What is shown of decisions: who proposed one, each company's word on it, and what stands against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.features.decisions.records import Decision, Objection, Undoing, Voice
from core.features.meetings.pages import Page
from core.kernel.complements import NOTHING, Complement
from core.kernel.ids import PersonId, Side
from core.kernel.registry import shows
from core.kernel.templates import PersonView, TimeView
from core.kernel.work import Reads


@dataclass(frozen=True, slots=True)
class CompanyWord:
    """One company's word: `agreed` by these people, `objects`, or `waiting`."""

    company: str
    word: str
    people: tuple[PersonView, ...]


@dataclass(frozen=True, slots=True)
class ObjectionView:
    """An objection and its reason; `settled` is who of the same company agreed after it."""

    by: PersonView
    reason: str
    settled: PersonView | None


@dataclass(frozen=True, slots=True)
class UndoingView:
    """Who withdrew a decision or asked to reverse it, when and why; `joined` is who of the other company did too."""

    by: PersonView
    at: TimeView
    reason: str
    joined: PersonView | None = None


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision. `headline` is its text on one line, cut where it is long; `waiting` names companies.

    `added` is what later features add to its card.
    """

    ref: str
    headline: str
    text: str
    state: str
    by: PersonView | None
    companies: tuple[CompanyWord, ...]
    waiting: tuple[str, ...]
    objections: tuple[ObjectionView, ...]
    objected: bool
    agreed_at: TimeView | None
    undone: UndoingView | None
    added: Complement = NOTHING


@shows("decisions/decision")
def decision_view(reads: Reads, decision: Decision) -> DecisionView:
    undone = decision.undone
    return DecisionView(
        decision.ref,
        decision.headline,
        decision.text,
        decision.state,
        reads.author(decision),
        tuple(_word(side, decision, reads) for side in decision.sides()),
        waiting_for(decision, reads),
        tuple(_objection(one, reads) for one in decision.objections),
        any(decision.objects(side) for side in Side),
        reads.time(decision.agreed_at) if decision.agreed_at else None,
        _undoing(undone, reads) if undone else None,
        reads.complement("decisions/decision", decision=decision),
    )


@dataclass(frozen=True, slots=True)
class SettledView:
    """To whoever objected: somebody of their company agreed after all; `agreed`: the decision holds by that."""

    decision: str
    headline: str
    by: PersonView
    reason: str
    agreed: bool


@shows("decisions/settled")
def settled_view(reads: Reads, decision: Decision, objector: PersonId) -> SettledView:
    last = next(one for one in reversed(decision.objections) if one["person"] == objector and one["settled"])
    assert last["settled"] is not None
    agreed = decision.state == "agreed"
    return SettledView(decision.ref, decision.headline, spoke(last["settled"], reads), last["reason"], agreed)


def waiting_for(decision: Decision, reads: Reads) -> tuple[str, ...]:
    """The companies that an open decision waits for, by name."""
    return tuple(reads.directory.company(side) for side in decision.missing()) if decision.open else ()


def _word(side: Side, decision: Decision, reads: Reads) -> CompanyWord:
    agreed = decision.agreements(side)
    word = "objects" if decision.objects(side) else "agreed" if agreed else "waiting"
    return CompanyWord(reads.directory.company(side), word, _people(agreed, reads))


def _undoing(undone: Undoing, reads: Reads) -> UndoingView:
    joined = undone.get("joined")  # one that was kept before there was such a word has none
    return UndoingView(
        spoke(undone, reads),
        spoken_at(undone, reads),
        undone["reason"],
        spoke(joined, reads) if joined else None,
    )


def spoke(voice: Voice, reads: Reads) -> PersonView:
    """Who spoke, of the company that they spoke for."""
    return reads.person(voice["person"], side=voice["side"])


def _people(voices: Sequence[Voice], reads: Reads) -> tuple[PersonView, ...]:
    return tuple(spoke(voice, reads) for voice in voices)


def _objection(objection: Objection, reads: Reads) -> ObjectionView:
    settled = objection["settled"]
    return ObjectionView(
        spoke(objection, reads),
        objection["reason"],
        spoke(settled, reads) if settled else None,
    )


def spoken_at(voice: Voice, reads: Reads) -> TimeView:
    """When they spoke."""
    return reads.time(datetime.fromisoformat(voice["at"]))


@dataclass(frozen=True, slots=True)
class AgreedAlreadyView:
    """The answer to somebody who agrees again: `waiting` names the companies that have not agreed yet."""

    ref: str
    waiting: tuple[str, ...]


@shows("decisions/agreed_already")
def agreed_already_view(reads: Reads, decision: Decision) -> AgreedAlreadyView:
    return AgreedAlreadyView(decision.ref, waiting_for(decision, reads))


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision in a list."""

    ref: str
    headline: str
    state: str
    waiting: tuple[str, ...]
    objected: bool


@dataclass(frozen=True, slots=True)
class DecisionListView:
    """A page of decisions; `next` is the page after it, 0 where there is none, `left` how many come after.

    `may_record`: whoever asked may record one.
    """

    lines: tuple[DecisionLine, ...]
    next: int
    left: int
    may_record: bool = True


@shows("decisions/list")
def decision_list_view(reads: Reads, page: Page[Decision]) -> DecisionListView:
    lines = tuple(
        DecisionLine(
            row.ref,
            row.headline,
            row.state,
            waiting_for(row, reads),
            any(row.objects(side) for side in Side),
        )
        for row in page.rows
    )
    return DecisionListView(lines, page.next, page.left, reads.may("decision.record"))

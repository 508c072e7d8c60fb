"""The decisions of a meeting in its minutes: each company's word on them, and when it was given."""

from __future__ import annotations

from dataclasses import dataclass

from core.features.decisions.records import Decision
from core.features.decisions.views import spoke, spoken_at, waiting_for
from core.features.minutes.undoing import Undone, undone_of
from core.kernel.records import spoken
from core.kernel.templates import PersonView, TimeView
from core.kernel.work import Reads


@dataclass(frozen=True, slots=True)
class Objected:
    """An objection that was said, and why."""

    by: PersonView
    reason: str
    at: TimeView | None = None


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision with who agreed for which company, and when (`agreed_at`, in the same order); `state` is spoken.

    `undone` where it is withdrawn or reversed. Minutes written before moments were kept have none.
    """

    ref: str
    text: str
    state: str
    by: PersonView | None
    agreed_by: tuple[PersonView, ...]
    waiting: tuple[str, ...]
    objections: tuple[Objected, ...]
    undone: Undone | None = None
    agreed_at: tuple[TimeView, ...] = ()


def decision_line(reads: Reads, decision: Decision) -> DecisionLine:
    """A decision as it stands now."""
    return DecisionLine(
        decision.ref,
        decision.text,
        spoken(decision.state),
        reads.author(decision),
        tuple(spoke(voice, reads) for voice in decision.agreed_by),
        waiting_for(decision, reads),
        tuple(Objected(spoke(one, reads), one["reason"], spoken_at(one, reads)) for one in decision.objections),
        undone_of(reads, decision.undone) if decision.undone else None,
        tuple(spoken_at(voice, reads) for voice in decision.agreed_by),
    )

"""Reversing what both companies agreed to takes both of them again: one asks, the other joins in or lets it stand."""

from __future__ import annotations

from core.features.decisions.events import DecisionReversed, ReversalTakenBack, ReversalTurnedDown
from core.features.decisions.records import Decision
from core.features.decisions.voices import voice
from core.kernel.errors import Refused, msg
from core.kernel.ids import Side
from core.kernel.work import Work


def join_reversal(decision: Decision, side: Side, work: Work) -> None:
    """The other company's word: the decision holds no more. Raises Refused where `side` is the one that asked."""
    asked = decision.undone
    assert asked is not None  # reversal_asked begins with it
    if asked["side"] == side:
        raise Refused(
            msg("{name} asked to reverse {ref} already; it takes effect when {company} says so too. To let it stand:"),
            name=work.directory.known_as(asked["person"]),
            ref=decision.ref,
            company=work.directory.company(decision.missing()[0]),
            examples=(f"decision agree {decision.ref}",),
        )
    decision.undone = {**asked, "joined": voice(work)}
    _reverse(decision, asked["reason"], work)


def reversed_when_all_said_so(decision: Decision, work: Work) -> None:
    """A decision of one company's own waits for nobody else."""
    if decision.undone is not None and not decision.missing():
        _reverse(decision, decision.undone["reason"], work)


def _reverse(decision: Decision, reason: str, work: Work) -> None:
    decision.move("reversed")
    decision.open = False
    work.record(DecisionReversed(record=decision.ref), reason=reason)


def let_stand(decision: Decision, side: Side, work: Work) -> None:
    """Either company's word that it stands: what was asked is off, and the trail keeps it."""
    asked = decision.undone
    assert asked is not None  # reversal_asked begins with it
    decision.move("agreed")
    decision.undone, decision.open = None, False
    taken_back = asked["side"] == side
    work.record(ReversalTakenBack(record=decision.ref) if taken_back else ReversalTurnedDown(record=decision.ref))

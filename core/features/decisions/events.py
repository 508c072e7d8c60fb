"""What happens to decisions."""

from __future__ import annotations

from dataclasses import dataclass

from core.kernel.messages import Event


@dataclass(frozen=True, kw_only=True)
class DecisionProposed(Event):
    """A decision was recorded."""


@dataclass(frozen=True, kw_only=True)
class DecisionConcurred(Event):
    """Somebody agreed to a decision for their company."""


@dataclass(frozen=True, kw_only=True)
class DecisionAgreed(Event):
    """Both companies have agreed to a decision."""


@dataclass(frozen=True, kw_only=True)
class DecisionObjected(Event):
    """Somebody objected to a decision for their company."""


@dataclass(frozen=True, kw_only=True)
class VoicesFell(Event):
    """What people had said to a decision for a company counts no more, as their join was taken back."""


@dataclass(frozen=True, kw_only=True)
class DecisionWithdrawn(Event):
    """The company that proposed a decision took it back before it was agreed."""


@dataclass(frozen=True, kw_only=True)
class ReversalAsked(Event):
    """One company asked to reverse a decision that both had agreed to."""


@dataclass(frozen=True, kw_only=True)
class ReversalTurnedDown(Event):
    """The other company said that the decision stands."""


@dataclass(frozen=True, kw_only=True)
class ReversalTakenBack(Event):
    """The company that asked to reverse a decision lets it stand after all."""


@dataclass(frozen=True, kw_only=True)
class DecisionReversed(Event):
    """Both companies have reversed an agreed decision: it holds no more."""

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
class DecisionWithdrawn(Event):
    """The company that proposed a decision took it back before it was agreed."""


@dataclass(frozen=True, kw_only=True)
class DecisionReversed(Event):
    """An agreed decision holds no more."""

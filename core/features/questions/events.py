"""What happens to questions, risks and notes."""

from __future__ import annotations

from dataclasses import dataclass

from core.kernel.messages import Event


@dataclass(frozen=True, kw_only=True)
class QuestionAsked(Event):
    """A question was recorded."""


@dataclass(frozen=True, kw_only=True)
class QuestionAnswered(Event):
    """A question was answered."""


@dataclass(frozen=True, kw_only=True)
class RiskIdentified(Event):
    """A risk was recorded."""


@dataclass(frozen=True, kw_only=True)
class RiskClosed(Event):
    """A risk is none any more."""


@dataclass(frozen=True, kw_only=True)
class NoteTaken(Event):
    """A note was recorded."""

"""What happens to a CAPA and its lines."""

from __future__ import annotations

from dataclasses import dataclass

from core.kernel.ids import PersonId
from core.kernel.messages import Due, Event


@dataclass(frozen=True, kw_only=True)
class CapaOpened(Event):
    """A CAPA was opened, as a draft."""


@dataclass(frozen=True, kw_only=True)
class CapaLineAdded(Event):
    """A CAPA's plan got a line, with its owner and date."""


@dataclass(frozen=True, kw_only=True)
class CapaLineAssigned(Event):
    """A line got another owner or date than those that it had before; `accepted`: that owner had accepted it."""

    owner: PersonId | None
    due: Due
    accepted: bool


@dataclass(frozen=True, kw_only=True)
class CapaLineAccepted(Event):
    """An owner took a line on."""


@dataclass(frozen=True, kw_only=True)
class CapaLineDeclined(Event):
    """An owner was taken off a line at their own wish."""

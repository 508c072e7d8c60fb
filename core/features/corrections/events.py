"""What happens to records that were not right."""

from __future__ import annotations

from dataclasses import dataclass

from core.kernel.messages import Event


@dataclass(frozen=True, kw_only=True)
class RecordCorrected(Event):
    """A record reads otherwise now; its entry has both, and why."""


@dataclass(frozen=True, kw_only=True)
class RecordWithdrawn(Event):
    """Whoever made a record, or the chair, took it back; it keeps its number."""


@dataclass(frozen=True, kw_only=True)
class SourceSettled(Event):
    """A record was corrected or withdrawn after its message was edited or deleted: nobody waits for an answer."""


@dataclass(frozen=True, kw_only=True)
class DateAskedFor(Event):
    """The owner of an action asked whoever may correct it for another date."""

"""What happens to checklists and their items."""

from __future__ import annotations

from dataclasses import dataclass

from core.kernel.messages import Event


@dataclass(frozen=True, kw_only=True)
class ChecklistOpened(Event):
    """A meeting of a stage was called: its checklist is open."""


@dataclass(frozen=True, kw_only=True)
class ChecklistMoved(Event):
    """The meeting got another time, and the items their due days."""


@dataclass(frozen=True, kw_only=True)
class ReadinessPosted(Event):
    """It was posted how ready both companies are for the meeting."""


@dataclass(frozen=True, kw_only=True)
class ReadinessNotPosted(Event):
    """A time to post readiness came when nobody needed it."""


@dataclass(frozen=True, kw_only=True)
class ReadinessKept(Event):
    """The meeting began: how each item stood then is kept."""


@dataclass(frozen=True, kw_only=True)
class ChecklistClosed(Event):
    """The meeting ended: its checklist stays as it is."""


@dataclass(frozen=True, kw_only=True)
class ChecklistCancelled(Event):
    """The meeting will not be held: nothing is expected of its checklist."""


@dataclass(frozen=True, kw_only=True)
class EvidenceGiven(Event):
    """Somebody said what shows that an item is ready."""


@dataclass(frozen=True, kw_only=True)
class ItemVerified(Event):
    """Another person than who gave the evidence found it right."""


@dataclass(frozen=True, kw_only=True)
class EvidenceRejected(Event):
    """The evidence does not show it: the item is open again."""


@dataclass(frozen=True, kw_only=True)
class WaiverGiven(Event):
    """One company's QA waived a blocker; the other's has not yet."""


@dataclass(frozen=True, kw_only=True)
class ItemWaived(Event):
    """The meeting may pass its gate without an item."""


@dataclass(frozen=True, kw_only=True)
class ItemNotApplicable(Event):
    """QA said that an item does not apply here."""


@dataclass(frozen=True, kw_only=True)
class EvidenceFell(Event):
    """Evidence or a waiver counts no more, as the join of whoever gave it was taken back."""


@dataclass(frozen=True, kw_only=True)
class ItemReopened(Event):
    """A settled item is open again: QA said so, or the join of whoever gave its evidence or settled it fell."""


@dataclass(frozen=True, kw_only=True)
class StepTakenBack(Event):
    """Whoever did something to an item last took that back: the item is as it was before."""


@dataclass(frozen=True, kw_only=True)
class ItemAssigned(Event):
    """An item got an owner, or another one."""


@dataclass(frozen=True, kw_only=True)
class OwnerRemindedOfItems(Event):
    """An owner, or the leads in their place, were reminded of what is due."""


@dataclass(frozen=True, kw_only=True)
class ItemReminderWithheld(Event):
    """A reminder came up that nobody needs any more, and nothing was said."""

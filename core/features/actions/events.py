"""What happens to actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.kernel.ids import PersonId
from core.kernel.messages import Event


@dataclass(frozen=True, kw_only=True)
class ActionRecorded(Event):
    """Somebody said what is to be done."""


@dataclass(frozen=True, kw_only=True)
class ActionPlanned(Event):
    """An action got the owner or the date that it lacked, or a guessed date was confirmed."""


@dataclass(frozen=True, kw_only=True)
class ActionAccepted(Event):
    """An owner took an action on."""


@dataclass(frozen=True, kw_only=True)
class ActionDeclined(Event):
    """An owner was taken off an action at their own wish."""


@dataclass(frozen=True, kw_only=True)
class ActionClaimedDone(Event):
    """An action is said to be done, with evidence; another person verifies it."""


@dataclass(frozen=True, kw_only=True)
class ActionReopened(Event):
    """“Done” was taken back before anybody verified it: the action is to be done as before."""


@dataclass(frozen=True, kw_only=True)
class ActionReassigned(Event):
    """An action got other owners."""


@dataclass(frozen=True, kw_only=True)
class ActionCancelled(Event):
    """An action is not to be done any more."""


@dataclass(frozen=True, kw_only=True)
class OwnerReminded(Event):
    """An owner, or a lead in their place, was reminded by direct message.

    Where it speaks for a whole morning, of `owner` and from `since` (UTC), more of what is due may come along.
    """

    owner: PersonId | None = None
    since: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ReminderWithheld(Event):
    """A reminder came up that nobody needs any more, and nothing was said."""

"""What happens to a meeting and its agenda."""

from __future__ import annotations

from dataclasses import dataclass

from core.kernel.messages import Event


@dataclass(frozen=True, kw_only=True)
class MeetingPlanned(Event):
    """A meeting was called; `stage` is the one that was named for it, if one was."""

    stage: str | None = None


@dataclass(frozen=True, kw_only=True)
class PeopleInvited(Event):
    """More people were invited to a meeting."""


@dataclass(frozen=True, kw_only=True)
class InviteeLeft(Event):
    """Somebody left the transfer, and with it the list of those who are invited to a meeting."""


@dataclass(frozen=True, kw_only=True)
class MeetingMoved(Event):
    """A meeting got another time."""


@dataclass(frozen=True, kw_only=True)
class MeetingCancelled(Event):
    """A meeting will not be held."""


@dataclass(frozen=True, kw_only=True)
class AgendaPosted(Event):
    """The agenda was posted in the rooms."""


@dataclass(frozen=True, kw_only=True)
class AgendaNotPosted(Event):
    """The agenda was due and was not posted: the reason is in the entry."""


@dataclass(frozen=True, kw_only=True)
class StartOffered(Event):
    """The chair was told that the meeting may start."""


@dataclass(frozen=True, kw_only=True)
class MeetingStarted(Event):
    """A meeting began: Tandem reads the room."""


@dataclass(frozen=True, kw_only=True)
class EndAsked(Event):
    """The chair was asked to end a meeting that runs over."""


@dataclass(frozen=True, kw_only=True)
class EndQuestioned(Event):
    """Whoever was about to end the meeting was shown what is loose."""


@dataclass(frozen=True, kw_only=True)
class NextQuestioned(Event):
    """Whoever was about to go on to the next item was shown who waits."""


@dataclass(frozen=True, kw_only=True)
class MeetingEnded(Event):
    """A meeting ended: `record` is its reference. The minutes react to it."""


@dataclass(frozen=True, kw_only=True)
class PresenceNoted(Event):
    """Somebody is at the meeting."""


@dataclass(frozen=True, kw_only=True)
class AbsenceNoted(Event):
    """Somebody who counted as present is not at the meeting."""


@dataclass(frozen=True, kw_only=True)
class RegretsNoted(Event):
    """Somebody cannot come to the meeting."""


@dataclass(frozen=True, kw_only=True)
class ItemAdded(Event):
    """An item was put on the agenda."""


@dataclass(frozen=True, kw_only=True)
class PresenterLeft(Event):
    """Nobody presents an agenda item any more: whose it was is part of the transfer no more."""


@dataclass(frozen=True, kw_only=True)
class ItemDropped(Event):
    """An item was taken off the agenda."""


@dataclass(frozen=True, kw_only=True)
class AgendaOrdered(Event):
    """The agenda's items were put in another order."""


@dataclass(frozen=True, kw_only=True)
class ItemOpened(Event):
    """An agenda item is on."""


@dataclass(frozen=True, kw_only=True)
class ItemDiscussed(Event):
    """An agenda item was discussed."""


@dataclass(frozen=True, kw_only=True)
class ItemSkipped(Event):
    """An agenda item was left for later."""

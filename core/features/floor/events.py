"""What happens on the floor of a meeting."""

from __future__ import annotations

from dataclasses import dataclass

from core.kernel.messages import Event


@dataclass(frozen=True, kw_only=True)
class FloorAsked(Event):
    """Somebody was put on the speakers' queue."""


@dataclass(frozen=True, kw_only=True)
class QueueLeft(Event):
    """Somebody was taken off the speakers' queue, or gave the floor back."""


@dataclass(frozen=True, kw_only=True)
class FloorGiven(Event):
    """Somebody was given the floor."""


@dataclass(frozen=True, kw_only=True)
class FloorFreed(Event):
    """Nobody has the floor any more: another item is on, or the meeting ended."""


@dataclass(frozen=True, kw_only=True)
class TimeOver(Event):
    """The room was told that the time of the item that is on is over."""


@dataclass(frozen=True, kw_only=True)
class TimeGiven(Event):
    """The item that is on was given more minutes."""


@dataclass(frozen=True, kw_only=True)
class ChairHanded(Event):
    """A meeting got another chair."""


@dataclass(frozen=True, kw_only=True)
class ReminderSet(Event):
    """A reminder was set."""


@dataclass(frozen=True, kw_only=True)
class ReminderSaid(Event):
    """A reminder was said at its time."""


@dataclass(frozen=True, kw_only=True)
class ReminderCancelled(Event):
    """A reminder was taken back."""


@dataclass(frozen=True, kw_only=True)
class ReminderDropped(Event):
    """A reminder ended with its meeting, before its time."""


@dataclass(frozen=True, kw_only=True)
class MotionPut(Event):
    """A motion was put to the meeting."""


@dataclass(frozen=True, kw_only=True)
class VoteCast(Event):
    """Somebody voted, for the first time or in place of their vote before."""


@dataclass(frozen=True, kw_only=True)
class MotionClosed(Event):
    """The votes on a motion were counted: it is carried or not."""


@dataclass(frozen=True, kw_only=True)
class MotionWithdrawn(Event):
    """A motion was withdrawn before it was closed."""


@dataclass(frozen=True, kw_only=True)
class MotionLapsed(Event):
    """A motion that nobody closed ended with its meeting."""


@dataclass(frozen=True, kw_only=True)
class MotionDecided(Event):
    """A decision was recorded of a motion that was carried."""


@dataclass(frozen=True, kw_only=True)
class MotionUndecided(Event):
    """The decision that was recorded of a motion was taken back: it is carried, and may be recorded again."""

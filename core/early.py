"""What becomes of messages while nothing was made of them yet: remembered, and told once something is."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.kernel.ids import TransferId
from core.kernel.turn import Address

MOST = 1000
"""Messages whose news is remembered, in this process's memory alone: most of them never become a record."""

WORDS, PLACE = "words", "place"
"""What may change of a message: how it reads, and whether it stands in its room."""


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to a message at a time (UTC), for the transfers that have something of it."""

    what: str
    at: datetime
    tell: Callable[[Sequence[TransferId]], Awaitable[None]]


class Early:
    """The last change of each kind, by message: what was before it counts no more."""

    def __init__(self) -> None:
        self._changes: OrderedDict[tuple[Address, str], dict[str, Change]] = OrderedDict()

    def keep(self, room: Address, message: str, change: Change) -> None:
        """Remember a change, unless a later one is known."""
        known = self._changes.setdefault((room, message), {})
        self._changes.move_to_end((room, message))
        if change.what not in known or known[change.what].at <= change.at:
            known[change.what] = change
        if len(self._changes) > MOST:
            self._changes.popitem(last=False)

    def knows(self, room: Address) -> bool:
        """Whether anything is remembered of a room's messages."""
        return any(where == room for where, _ in self._changes)

    def of(self, room: Address, message: str) -> list[Change]:
        """What is remembered of a message, in the order in which it happened."""
        return sorted(self._changes.get((room, message), {}).values(), key=lambda change: change.at)

    def forget(self, room: Address, message: str, change: Change) -> None:
        """Let go of one that was told, or that says nothing new."""
        known = self._changes.get((room, message), {})
        if known.get(change.what) is change:
            del known[change.what]
        if not known:
            self._changes.pop((room, message), None)

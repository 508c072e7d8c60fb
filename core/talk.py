"""The talk of rooms while it is fresh: what a reply may answer, in memory alone, as most of it becomes no record."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.kernel.ids import PersonId
from core.kernel.turn import Address, Turn

MOST = 5000
"""Lines that are remembered; another process, or a restart, knows of a line only what was made of it."""
FRESH = timedelta(minutes=3)
"""How long a line that begins no thread may be answered by the one after it."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A line: its message, its text with MENTION for each of `mentions`, who said it, and when; `turn` is all of it.

    `answers` are the messages that it may answer.
    """

    message: str
    text: str
    mentions: tuple[PersonId | None, ...]
    author: PersonId | None
    at: datetime
    turn: Turn | None = None
    answers: tuple[str, ...] = ()


class Talk:
    """Remembers lines by room and message, and the last one of each thread and of each room."""

    def __init__(self) -> None:
        self._lines: OrderedDict[tuple[Address, str], Remembered] = OrderedDict()
        self._last: OrderedDict[tuple[Address, str | None], Remembered] = OrderedDict()

    def keep(self, turn: Turn, line: Remembered) -> None:
        """Remember a line once."""
        if (turn.room, line.message) in self._lines:
            return
        self._lines[(turn.room, line.message)] = line
        self._last[(turn.room, turn.thread)] = line
        self._last.move_to_end((turn.room, turn.thread))
        for kept in (self._lines, self._last):
            if len(kept) > MOST:
                kept.popitem(last=False)

    def reword(self, turn: Turn, line: Remembered) -> tuple[str, ...]:
        """Remember a line as it reads since it was edited; returns what it may answer, as when it was said."""
        before = self._lines.get((turn.room, line.message))
        if before is None:
            return (turn.thread,) if turn.thread is not None else ()
        now = replace(line, answers=before.answers)
        self._lines[(turn.room, line.message)] = now
        if self._last.get((turn.room, turn.thread)) == before:
            self._last[(turn.room, turn.thread)] = now
        return now.answers

    def answered_by(self, turn: Turn, author: PersonId | None) -> list[str]:
        """The messages that a line may answer, the likeliest first: the one that it quotes; in a thread the one before
        it, then the first.

        Outside a thread it may be the line just before it, of somebody else.
        """
        last = self._last.get((turn.room, turn.thread))
        if turn.thread is not None:
            near = [turn.quotes, last.message if last else None, turn.thread]
            return list(dict.fromkeys(message for message in near if message is not None))
        fresh = last is not None and last.author != author and turn.at - last.at <= FRESH
        return [last.message] if last is not None and fresh else []

    def line(self, room: Address, message: str) -> Remembered | None:
        """A line that is remembered."""
        return self._lines.get((room, message))

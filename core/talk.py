"""The talk of rooms while it is fresh: what a reply may answer, in memory alone, as most of it becomes no record."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from operator import attrgetter

from core.kernel.ids import PersonId
from core.kernel.turn import Address, Turn

MOST = 5000
"""Lines that are remembered; another process, or a restart, knows of a line only what was made of it."""
NEWEST = 8
"""Lines of each thread that are known in the order of their platform, in which they need not arrive."""
FRESH = timedelta(minutes=3)
"""How long a line that begins no thread may be answered by the one after it."""

_said_at = attrgetter("at")


@dataclass(frozen=True, slots=True)
class Remembered:
    """A line: its message, its text with MENTION for each of `mentions`, who said it, and when, as its platform has it;
    `turn` is all of it.

    `answers` are the messages that it may answer. `idle`: nothing came of it.
    """

    message: str
    text: str
    mentions: tuple[PersonId | None, ...]
    author: PersonId | None
    at: datetime
    turn: Turn
    answers: tuple[str, ...] = ()
    idle: bool = False


class Talk:
    """Remembers lines by room and message, and the newest of each thread and of each room."""

    def __init__(self) -> None:
        self._lines: OrderedDict[tuple[Address, str], Remembered] = OrderedDict()
        self._newest: OrderedDict[tuple[Address, str | None], list[Remembered]] = OrderedDict()

    def keep(self, line: Remembered) -> None:
        """Remember a line once; heard again, only what it may answer."""
        turn = line.turn
        if (known := self.line(turn.room, line.message)) is not None:
            self._replace(known, replace(known, answers=line.answers))
            return
        self._lines[(turn.room, line.message)] = line
        newest = self._newest.setdefault((turn.room, turn.thread), [])
        insort(newest, line, key=_said_at)
        del newest[:-NEWEST]
        self._newest.move_to_end((turn.room, turn.thread))
        for kept in (self._lines, self._newest):
            if len(kept) > MOST:
                kept.popitem(last=False)

    def reword(self, line: Remembered) -> tuple[str, ...]:
        """Remember a line as it reads since it was edited; returns what it may answer, as when it was said."""
        before = self.line(line.turn.room, line.message)
        if before is None:
            return (line.turn.thread,) if line.turn.thread is not None else ()
        self._replace(before, replace(line, answers=before.answers))
        return before.answers

    def note_idle(self, room: Address, message: str, idle: bool) -> None:
        """Remember whether anything came of a line: of one that is idle, something may when the line that it answers
        arrives."""
        line = self.line(room, message)
        if line is not None and line.idle != idle:
            self._replace(line, replace(line, idle=idle))

    def answered_by(self, turn: Turn, message: str | None, author: PersonId | None) -> list[str]:
        """The messages that a line may answer, the likeliest first: the one that it quotes; in a thread the one before
        it, then the first.

        Outside a thread it may be the line just before it, of somebody else.
        """
        last = self._before(turn, message)
        if turn.thread is not None:
            near = [turn.quotes, last.message if last else None, turn.thread]
            return list(dict.fromkeys(message for message in near if message is not None))
        fresh = last is not None and last.author != author and turn.at - last.at <= FRESH
        return [last.message] if last is not None and fresh else []

    def answered_early(self, turn: Turn, message: str) -> list[Turn]:
        """The lines that answer this one, arrived before it, and came to nothing therefore, in their own order."""
        return [
            line.turn
            for line in self._after(turn, message)
            if line.idle and message in self.answered_by(line.turn, line.message, line.author)
        ]

    def line(self, room: Address, message: str) -> Remembered | None:
        """A line that is remembered."""
        return self._lines.get((room, message))

    def _before(self, turn: Turn, message: str | None) -> Remembered | None:
        """The line just before it in its thread, by the time of the platform."""
        newest = self._newest.get((turn.room, turn.thread), [])
        arrived = next((place for place, line in enumerate(newest) if line.message == message), None)
        place = bisect_right(newest, turn.at, key=_said_at) if arrived is None else arrived
        return newest[place - 1] if place else None

    def _after(self, turn: Turn, message: str) -> Iterator[Remembered]:
        """Those that were said later, beside it and in the thread that it begins."""
        for thread in (turn.thread,) if turn.thread is not None else (None, message):
            for line in self._newest.get((turn.room, thread), ()):
                if line.at > turn.at:
                    yield line

    def _replace(self, before: Remembered, now: Remembered) -> None:
        room, thread = before.turn.room, before.turn.thread
        self._lines[(room, now.message)] = now
        newest = self._newest.get((room, thread), [])
        newest[:] = [now if line is before else line for line in newest]

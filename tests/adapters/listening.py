"""A core that only listens, with an adapter's routes before it: it keeps what it is told, and answers as told."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from core.api import Address, Edited, FormErrors, Say, Turn, View, as_written
from core.kernel.clock import SystemClock

TELLING = (
    *("welcome", "room_lost", "room_renamed", "room_back", "app_lost"),
    *("person_left", "person_back", "source_deleted", "source_restored"),
)


@dataclass
class Listening:
    """Stands in for Core. `answer` may be a view, an exception to raise, or a function of the turn."""

    answer: Any = None
    turns: list[Turn] = field(default_factory=list)
    told: list[tuple[Any, ...]] = field(default_factory=list)
    lines: list[Turn | None] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    listened: set[str] = field(default_factory=set)
    reacting: set[str] = field(default_factory=set)
    waiting: set[str] = field(default_factory=set)
    people: dict[str, str] = field(default_factory=dict)
    language: Say = as_written
    clock: SystemClock = field(default_factory=SystemClock)

    @property
    def turn(self) -> Turn:
        """The one turn that was heard."""
        assert len(self.turns) == 1, self.turns
        return self.turns[0]

    def say(self, sentence: str, /, **values: object) -> str:
        return self.language(sentence, **values)

    async def hear(self, turn: Turn) -> View | FormErrors | None:
        self.turns.append(turn)
        answer = self.answer(turn) if callable(self.answer) else self.answer
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def listens(self, room: Address, thread: str | None = None, quotes: str | None = None) -> bool:
        return room.channel in self.listened

    async def reacts(self, room: Address, taken_from: str | None = None) -> bool:
        return room.channel in self.reacting or taken_from in self.waiting

    async def room_known(self, room: Address) -> bool:
        return room.channel in self.known

    async def accounts(self, room: Address) -> dict[str, str]:
        return self.people

    @property
    def news(self) -> Told:
        """What keeps the news of a platform."""
        return Told(self.told, self.lines)


@dataclass
class Told:
    """Stands in for the core's News: keeps what each of its methods is called with, and the edited lines."""

    told: list[tuple[Any, ...]]
    lines: list[Turn | None]

    def __getattr__(self, name: str) -> Any:
        if name not in TELLING:
            raise AttributeError(name)

        async def tell(*what: Any) -> None:
            self.told.append((name, *what))

        return tell

    async def source_edited(self, edited: Edited) -> None:
        """An edit, as a tuple of what it holds; its line is made at once."""
        self.told.append(("source_edited", edited.room, edited.message, edited.text, edited.at, edited.delivery))
        if edited.line is not None:
            self.lines.append(await edited.line())


@asynccontextmanager
async def on_loopback(routes: Iterable[web.AbstractRouteDef]) -> AsyncIterator[str]:
    """An adapter's routes on loopback; yields the address before their paths."""
    app = web.Application()
    app.add_routes(routes)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()

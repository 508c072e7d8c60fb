"""A core that only listens: it keeps what it was told and answers what a test put in its mouth."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from adapters.slack import SlackAdapter, SlackKeys
from core.api import Address, FormErrors, Say, Turn, View, as_written
from core.kernel.clock import SystemClock
from tests.tools.slack_double import SECRET, Channel, Sender, SlackDouble

AOIFE, BEN, MARTA = "U01AOIFE", "U05BEN", "U06MARTA"
CMO = "T02TARNBROOK"
JOINT = "C01JOINT"


TELLING = (
    *("welcome", "room_lost", "room_back", "app_lost"),
    *("person_left", "person_back", "source_edited", "source_deleted"),
)


@dataclass
class Listening:
    """Stands in for Core. `answer` may be a view, an exception to raise, or a function of the turn."""

    answer: Any = None
    turns: list[Turn] = field(default_factory=list)
    told: list[tuple[Any, ...]] = field(default_factory=list)
    rooms: set[str] = field(default_factory=set)
    listened: set[str] = field(default_factory=set)
    reacting: set[str] = field(default_factory=set)
    people: dict[str, str] = field(default_factory=dict)
    language: Say = as_written
    clock: SystemClock = field(default_factory=SystemClock)

    def say(self, sentence: str, /, **values: object) -> str:
        return self.language(sentence, **values)

    async def hear(self, turn: Turn) -> View | FormErrors | None:
        self.turns.append(turn)
        answer = self.answer(turn) if callable(self.answer) else self.answer
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def listens(self, room: Address, thread: str | None = None) -> bool:
        return room.channel in self.listened

    async def reacts(self, room: Address) -> bool:
        return room.channel in self.reacting

    async def room_known(self, room: Address) -> bool:
        return room.channel in self.rooms

    async def accounts(self, room: Address) -> dict[str, str]:
        return self.people

    def __getattr__(self, name: str) -> Any:
        if name not in TELLING:
            raise AttributeError(name)

        async def tell(*what: Any) -> None:
            self.told.append((name, *what))

        return tell


@dataclass
class Office:
    """The app under test between a double of Slack and a core that listens."""

    slack: SlackDouble
    core: Listening
    adapter: SlackAdapter
    send: Sender

    @property
    def turn(self) -> Turn:
        """The one turn that was heard."""
        assert len(self.core.turns) == 1, self.core.turns
        return self.core.turns[0]

    async def line(self, text: str, user: str = AOIFE, **more: Any) -> tuple[int, Any]:
        """A message in the joint channel, and its `message` event."""
        ts = more.pop("ts", None) or self.slack.now()
        event = {"type": "message", "channel": JOINT, "user": user, "text": text, "ts": ts, "channel_type": "channel"}
        answer = await self.send.event({**event, **more})
        await self.adapter.idle()
        return answer


@asynccontextmanager
async def serving(adapter: SlackAdapter) -> AsyncIterator[str]:
    """The adapter's routes on loopback; yields the address of the events route."""
    app = web.Application()
    app.add_routes(adapter.routes())
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def office() -> AsyncIterator[Office]:
    """A workspace with one joint channel; Marta is of the other company."""
    async with SlackDouble() as slack:
        slack.person(AOIFE, "Aoife Ní Bhriain")
        slack.person(BEN, "Ben Carter", tz="Europe/Warsaw")
        slack.person(MARTA, "Marta Kowalczyk", CMO, "Europe/Warsaw")
        slack.channels[JOINT] = Channel("joint")
        core = Listening(rooms={JOINT})
        adapter = SlackAdapter(core, SlackKeys("xoxb-test", SECRET, None, slack.api_url))  # type: ignore[arg-type]
        await adapter.start()
        async with serving(adapter) as url:
            yield Office(slack, core, adapter, Sender(url))
        await adapter.close()

"""Draining the outbox to a local double, beside slack_sdk posting the same cards with nothing kept."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import insert

from adapters.slack import SlackAdapter, SlackKeys
from bot.bench.figures import Comparison, Figure
from bot.bench.servers import LOOPBACK, served
from bot.bench.slack_double import slack_double
from bot.bench.stores import Scratch
from bot.bench.transfer import NOW, opened
from core.api import Address, Core, Messenger, Outgoing, Sent
from core.kernel.clock import monotonic, new_id
from core.kernel.dispatch import HANDS
from core.kernel.posting import Outlet, Post

POSTS = 10_000
ROUNDS = 1
"""As many posts as these need no second round, which would last minutes."""
CARD = (
    '<card summary="ACT-012"><title>Action ACT-012: verify the batch record</title>'
    "<text>Luis, by Fri 13 Mar 2026</text></card>"
)
TEXT = "Action ACT-012: verify the batch record. Luis, by Fri 13 Mar 2026"


async def outbox(scratch: Scratch) -> list[Figure]:
    """Posts a second: claimed, drawn, sent in the order of each of 8 rooms and marked; beside the SDK's calls alone."""
    found = []
    with served(slack_double) as double:
        for kind in scratch.kinds:
            core = await opened(scratch.new(kind))
            name = f"draining {POSTS:,} posts to a local double, {kind}"
            comparison = Comparison(name, "posts a second", rounds=ROUNDS)
            found.append(await comparison.of(_drained(core, double), _posted(double)))
            await core.close()
    return found


def _drained(core: Core, double: int) -> Callable[[], Awaitable[float]]:
    async def drain() -> float:
        adapter = SlackAdapter(core, SlackKeys("xoxb-1", "secret", None, _url(double)))
        await adapter.start()
        await core.dispatcher({"slack": adapter.messenger}).drain()  # what opening the transfer promised
        _fill(core)
        counted = _Counted(adapter.messenger)
        began = monotonic()
        dispatcher = core.dispatcher({"slack": counted})
        # As many hands as a worker has, each until nothing is left.
        await asyncio.gather(*[dispatcher.drain() for _ in range(HANDS)])
        seconds = monotonic() - began
        await adapter.close()
        assert counted.sent == POSTS
        return POSTS / seconds

    return drain


def _posted(double: int) -> Callable[[], Awaitable[float]]:
    async def post() -> float:
        async with ClientSession() as session:
            client = AsyncWebClient("xoxb-1", base_url=_url(double), session=session)

            async def one_room(room: int) -> None:
                for _ in range(POSTS // HANDS):
                    await client.chat_postMessage(channel=f"C{room}", text=TEXT)

            began = monotonic()
            await asyncio.gather(*[one_room(room) for room in range(HANDS)])
            return POSTS / (monotonic() - began)

    return post


class _Counted:
    """A messenger that counts what it has sent."""

    def __init__(self, messenger: Messenger) -> None:
        self._messenger, self.sent = messenger, 0

    async def send(self, out: Outgoing) -> Sent:
        """As the messenger sends."""
        sent = await self._messenger.send(out)
        self.sent += 1
        return sent

    async def find(self, out: Outgoing, since: datetime) -> Sent | None:
        """As the messenger finds."""
        return await self._messenger.find(out, since)


def _fill(core: Core) -> None:
    """As many posts for each of 8 new rooms; no record's card, many of which would become one list."""
    rooms = [Address("slack", "T1", f"C-{new_id()}") for _ in range(HANDS)]
    outlets = [
        {"address": str(room), "platform": "slack", "tenant": "T1", "channel": room.channel, "direct": False}
        for room in rooms
    ]
    with core.store.write() as connection:
        connection.execute(insert(Outlet), outlets)
        connection.execute(insert(Post), [_row(rooms[number % HANDS]) for number in range(POSTS)])


def _row(room: Address) -> dict[str, Any]:
    return {
        "id": new_id(),
        "transfer": "NVT",
        "address": str(room),
        "template": "actions/item",
        "card": CARD,
        "created_at": NOW,
    }


def _url(double: int) -> str:
    return f"http://{LOOPBACK}:{double}/api/"

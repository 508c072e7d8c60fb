"""The real `action` sentence said in a Teams channel and replied to, beside a bare botbuilder bot that echoes it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace

from aiohttp import web

from adapters.teams import TeamsKeys
from bot.bench.figures import ROUNDS, Aim, Comparison, Figure
from bot.bench.load import load
from bot.bench.servers import served
from bot.bench.stores import Scratch
from bot.bench.teams_double import APP, TENANT, Signer, Teams, metadata_url, teams_double
from bot.interpreter import set_for_serving
from core.api import Core, Options
from core.kernel.clock import monotonic

SENTENCE = "<at>Tandem</at> action verify the batch record <at>Luis</at> by Friday"
OPENING = (
    '<at>Tandem</at> transfer new "Product X 50 mg" sponsor:"Norvane" cmo:"Tarnbrook" tz:Europe/Dublin code:NVT',
    "<at>Tandem</at> member add <at>Luis</at> side:cmo role:lead",
)


@dataclass(frozen=True, slots=True)
class Requests:
    """How many sentences of a round each side is told."""

    mended: int
    shipped: int
    ours: int


REQUESTS = {1: Requests(200, 60, 200), 64: Requests(400, 120, 800)}
"""By connections."""
AIM_MENDED, AIM_SHIPPED = Aim(1), Aim(10)


async def teams_sentences(scratch: Scratch) -> list[Figure]:
    """Sentences a second until the channel was told of the last one, on each store, over 1 and 64 connections.

    Each is held beside the SDK with its list of codes mended, and beside the SDK as it is shipped.
    """
    found = []
    for kind in scratch.kinds:
        with _bots(scratch.new(kind)) as bots:
            await bots.begin()
            for connections in REQUESTS:
                found += await bots.compared(kind, connections)
    return found


@contextmanager
def _bots(store: str) -> Iterator[_Bots]:
    signer = Signer()
    with ExitStack() as running:
        double = running.enter_context(served(teams_double, signer.public))
        mended = running.enter_context(served(bare_botbuilder, double, True))
        shipped = running.enter_context(served(bare_botbuilder, double, False))
        ours = running.enter_context(served(tandem_in_teams, store, double))
        yield _Bots(Teams(double, signer), mended, shipped, ours)


@dataclass(frozen=True, slots=True)
class _Bots:
    """Three bots by their ports, and the Teams that they share."""

    teams: Teams
    mended: int
    shipped: int
    ours: int
    slowest: list[float] = field(default_factory=list)

    async def begin(self) -> None:
        """Open the transfer, and let each bot fetch the keys and meet everybody."""
        for sentence in OPENING:
            await load(self.ours, self.teams.said(sentence, 1), 1)
        for bot in (self.ours, self.mended, self.shipped):
            await self._told(bot, 1, 1)

    async def compared(self, kind: str, connections: int) -> list[Figure]:
        """Beside both kinds of the SDK."""
        requests = REQUESTS[connections]
        ours = self._measured(self.ours, connections, requests.ours)
        found = []
        for name, port, count, aim in (
            ("the mended SDK", self.mended, requests.mended, AIM_MENDED),
            ("the SDK as shipped", self.shipped, requests.shipped, AIM_SHIPPED),
        ):
            theirs = self._measured(port, connections, count)
            label = f"Teams sentence beside {name}, {kind}, {connections} connection{'s' if connections > 1 else ''}"
            self.slowest.clear()
            figure = await Comparison(label, "sentences a second", aim).of(ours, theirs)
            found.append(replace(figure, note=f"p99 {sorted(self.slowest)[ROUNDS // 2]:.0f} ms"))
        return found

    def _measured(self, port: int, connections: int, count: int) -> Callable[[], Awaitable[float]]:
        async def measure() -> float:
            return await self._told(port, connections, count)

        return measure

    async def _told(self, port: int, connections: int, count: int) -> float:
        """Sentences a second, each of which the channel was told of."""
        sentences = self.teams.said(SENTENCE, count)
        began = monotonic()
        found = await load(port, sentences, connections)
        await self.teams.told(count)  # Tandem's worker posts after the sentence was taken, and several as one list
        seconds = monotonic() - began
        if port == self.ours:
            self.slowest.append(found.p99)
        return count / seconds


async def bare_botbuilder(double: int, mended: bool) -> web.Application:
    """The SDK's echo."""
    from bot.bench.bare_botbuilder import echo_app  # noqa: PLC0415 - the SDK takes most of a second to import

    return echo_app(double, mended)


async def tandem_in_teams(url: str, double: int) -> web.Application:
    """Tandem over a new store, as `tandem run` serves it: what is recorded is told to the channel by its worker."""
    from adapters.teams.adapter import TeamsAdapter  # noqa: PLC0415 - the SDK takes most of a second to import

    core = Core.create(url, Options(open_to_all=True))
    core.migrate()
    core.start()
    keys = TeamsKeys(APP, tenant=TENANT, openid_metadata_url=metadata_url(double), outgoing_token="bench")  # noqa: S106
    adapter = TeamsAdapter(core, keys)

    async def running(_: web.Application) -> AsyncIterator[None]:
        await adapter.start()
        set_for_serving()
        worker = asyncio.create_task(core.work({"teams": adapter.messenger}))
        yield
        worker.cancel()
        await asyncio.gather(worker, return_exceptions=True)
        await adapter.close()
        await core.close()

    app = web.Application()
    app.add_routes(adapter.routes())
    app.cleanup_ctx.append(running)
    return app

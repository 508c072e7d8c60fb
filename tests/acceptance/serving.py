"""Tandem as it serves a stage: one core, a web server with each platform's route, and the worker that sends."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress

import aiohttp
from aiohttp import web

from adapters.pages import page_routes
from adapters.slack import SlackAdapter
from adapters.teams.adapter import TeamsAdapter
from bot.web import listening
from core.api import Core, Options
from core.kernel.clock import SetClock
from tests.acceptance.stage import BEGIN

Adapters = Mapping[str, SlackAdapter | TeamsAdapter]


def door() -> tuple[socket.socket, str]:
    """A socket that listens on loopback, and its address."""
    opened = listening("127.0.0.1", 0)
    return opened, f"http://127.0.0.1:{opened.getsockname()[1]}"


def new_core(store: str, address: str) -> Core:
    """A core whose clock stands on the Monday on which the story begins."""
    return Core.create(store, Options(clock=SetClock(BEGIN), open_to_all=True, public_url=address))


@asynccontextmanager
async def serving(core: Core, listens: socket.socket, adapters: Adapters) -> AsyncIterator[None]:
    """Every adapter's route and the pages behind one address."""
    app = web.Application()
    app.add_routes([*page_routes(core), *(route for one in adapters.values() for route in one.routes())])
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.SockSite(runner, listens).start()
    try:
        async with at_work(core, adapters):
            yield
    finally:
        await runner.cleanup()


@asynccontextmanager
async def at_work(core: Core, adapters: Adapters) -> AsyncIterator[None]:
    """Hear and send, until the end."""
    core.start()
    for one in adapters.values():
        await one.start()
    work = asyncio.create_task(core.work({platform: one.messenger for platform, one in adapters.items()}))
    try:
        yield
        assert not work.done(), work.exception()
    finally:
        work.cancel()
        with suppress(asyncio.CancelledError):
            await work
        for one in adapters.values():
            await one.close()
        await core.close()


async def page_at(url: str) -> str:
    """A page as a browser gets it, with the visit's cookie."""
    jar = aiohttp.CookieJar(unsafe=True)  # loopback is an address, not a name
    async with aiohttp.ClientSession(cookie_jar=jar) as session, session.get(url) as response:
        assert response.status == 200, await response.text()
        return await response.text()

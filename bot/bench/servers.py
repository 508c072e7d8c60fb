"""Servers in processes of their own, on loopback, that end with whoever started them."""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from aiohttp import web

LOOPBACK = "127.0.0.1"
START_SECONDS = 60.0
STOP_SECONDS = 10.0

Setup = Callable[..., Awaitable[web.Application]]
"""Makes the application to serve; a function of a module, as another process has to find it."""


@dataclass(frozen=True, slots=True)
class Server:
    """Another process: its id, and the port at which it serves."""

    process: int
    port: int


@contextmanager
def served(setup: Setup, *given: Any) -> Iterator[int]:
    """The port at which another process serves what `setup(*given)` makes. Raises TimeoutError."""
    with server(setup, *given) as running:
        yield running.port


@contextmanager
def server(setup: Setup, *given: Any) -> Iterator[Server]:
    """Another process that serves what `setup(*given)` makes. Raises TimeoutError."""
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    process = spawn.Process(target=_serve, args=(there, setup, given), daemon=True)
    process.start()
    there.close()
    try:
        if not here.poll(START_SECONDS):
            raise TimeoutError(f"{setup.__module__} did not begin to serve within {START_SECONDS:.0f} s")
        yield Server(process.pid or 0, int(here.recv()))
    finally:
        here.close()  # the other side reads the end, and stops
        process.join(STOP_SECONDS)
        if process.is_alive():
            process.terminate()
            process.join()


def _serve(parent: Connection, setup: Setup, given: tuple[Any, ...]) -> None:
    logging.disable(logging.CRITICAL)
    asyncio.run(_until_the_parent_ends(parent, setup, given))


async def _until_the_parent_ends(parent: Connection, setup: Setup, given: tuple[Any, ...]) -> None:
    async with site(await setup(*given)) as port:
        parent.send(port)
        await asyncio.to_thread(_wait_for_end, parent)


def _wait_for_end(parent: Connection) -> None:
    try:
        parent.recv()
    except EOFError:
        return


class site:  # noqa: N801 - reads as a phrase where it is used: `async with site(app) as port`
    """An application served on a free port of loopback while the block runs."""

    def __init__(self, app: web.Application) -> None:
        self._runner = web.AppRunner(app, access_log=None)

    async def __aenter__(self) -> int:
        await self._runner.setup()
        where = web.TCPSite(self._runner, LOOPBACK, 0)
        await where.start()
        port: int = self._runner.addresses[0][1]
        return port

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

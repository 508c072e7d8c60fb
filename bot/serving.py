"""Serving until told to stop: web and worker in one process, or each alone."""

from __future__ import annotations

import asyncio
import fcntl
import logging
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from aiohttp import web
from sqlalchemy import make_url

from bot.cores import REHEARSAL_STORE
from bot.installation import Installation
from bot.interpreter import set_for_serving
from bot.problem import Problem
from bot.secret import secret_key
from bot.settings import Settings, check_serving
from bot.web import application, listening

log = logging.getLogger("tandem")
STOP_SECONDS = 5.0
"""How long open requests may take to end when the server stops."""


def serve(settings: Settings, hears: bool, works: bool) -> int:
    """Serve until SIGTERM or SIGINT; the exit code. Raises Problem."""
    check_serving(settings, alone=hears and works)
    secret_key(settings)
    log.setLevel(logging.INFO)
    with ExitStack() as holding:
        if settings.production and settings.is_sqlite:
            holding.enter_context(only_process(settings))
        if settings.rehearsal:
            holding.enter_context(rehearsal_held(playing=False))
        door = holding.enter_context(listening(settings.host, settings.port)) if hears else None
        return asyncio.run(_serve(settings, door, works))


@contextmanager
def only_process(settings: Settings) -> Iterator[None]:
    """Hold the SQLite store for this process alone, as production needs it. Raises Problem."""
    path = Path(str(make_url(settings.database_url).database))
    problem = f"Another process serves the store {path}: SQLite has one in production. Stop it, or use PostgreSQL."
    with held(path, problem):
        yield


@contextmanager
def rehearsal_held(playing: bool) -> Iterator[None]:
    """Keep a played meeting, whose clock is the script's, and those who serve the same rooms by the wall clock apart.

    Raises Problem.
    """
    if playing:
        problem = (
            f"Another process has the rehearsal rooms open ({REHEARSAL_STORE}): stop it, then play a meeting there."
        )
    else:
        problem = f"A meeting is being played in the rehearsal rooms ({REHEARSAL_STORE}): end `tandem rehearse` first."
    with held(REHEARSAL_STORE, problem, alone=playing):
        yield


@contextmanager
def held(path: Path, problem: str, alone: bool = True) -> Iterator[None]:
    """Hold a file: `alone`, or with others who do not want it alone. Raises Problem with the sentence `problem`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with Path(f"{path}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except OSError:
            raise Problem(problem) from None
        yield


async def _serve(settings: Settings, door: socket.socket | None, works: bool) -> int:
    stop = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    installation = Installation.open(replace(settings, public_url=address_of(settings, door)), hears=door is not None)
    runner = None
    tasks: list[asyncio.Task[None]] = []
    try:
        await installation.start()
        set_for_serving()
        if works:
            tasks.append(asyncio.create_task(installation.work()))
        if door is not None:
            runner = await open_door(application(installation), door)
        _announce(installation, hears=door is not None, works=works)
        return await _until(stop, tasks)
    finally:
        if runner is not None:
            await runner.cleanup()
        await _end(tasks)
        await installation.close()


async def open_door(app: web.Application, door: socket.socket) -> web.AppRunner:
    """Serve `app` at a socket that listens; `cleanup` of the runner ends it."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=STOP_SECONDS)
    await runner.setup()
    await web.SockSite(runner, door).start()
    return runner


async def _until(stop: asyncio.Event, tasks: list[asyncio.Task[None]]) -> int:
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait([stopping, *tasks], return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    broken = [task for task in tasks if task.done()]
    for task in broken:
        log.error("the worker ended by itself", exc_info=task.exception())
    return 1 if broken else 0


async def _end(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await task


def address_of(settings: Settings, door: socket.socket | None) -> str:
    """Where people reach this server; the port that was found where any free one was asked for."""
    if door is None or settings.port:
        return settings.public_url
    return settings.public_url.removesuffix(":0") + f":{door.getsockname()[1]}"


def _announce(installation: Installation, hears: bool, works: bool) -> None:
    if installation.site is not None and hears:
        print(f"The rehearsal room is open at {installation.address}", flush=True)
    for name in installation.platforms:
        print(f"{name.capitalize()} is served.", flush=True)
    if installation.site is None and not installation.platforms:
        print("No platform is served: set SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET, or MICROSOFT_APP_ID.", flush=True)
    if works and not hears:
        print("The worker runs.", flush=True)
    print("Ctrl+C ends it.", flush=True)

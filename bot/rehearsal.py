"""A written meeting in a rehearsal store: played to its end at once, or before the eyes of whoever opens the room."""

from __future__ import annotations

import asyncio
import signal
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from aiohttp import web

from adapters.pages import page_routes
from adapters.rehearsal.play import Played, play
from adapters.rehearsal.script import Line, ScriptError
from adapters.rehearsal.site import RehearsalSite
from bot.cores import REHEARSAL_CHAT, ROOM_PATH, make_ready, training_core
from bot.problem import Problem
from bot.serving import address_of, open_door
from bot.settings import Settings
from bot.web import listening
from core.api import Core, FormErrors, Notice, Text, plain
from core.export import Scope, exporting, verify_store
from core.kernel.clock import SetClock, ShiftedClock


class StageClock:
    """Stands until it is moved, as a script needs it; after `run_on` it goes on from there as clocks do."""

    def __init__(self, at: datetime) -> None:
        self._set = SetClock(at)
        self._running: ShiftedClock | None = None

    def now(self) -> datetime:
        """The moment, UTC."""
        return (self._running or self._set).now()

    def set(self, at: datetime) -> None:
        """Move to `at` (UTC)."""
        self._set.set(at)

    def run_on(self) -> None:
        """Stand no more."""
        self._running = ShiftedClock(self._set.now())


async def play_once(settings: Settings, script: Sequence[Line], speed: float) -> None:
    """Play in a store that is gone afterwards; print the minutes, the counts and the heads of the chains."""
    with tempfile.TemporaryDirectory(prefix="tandem-rehearsal-") as folder:
        clock = StageClock(script[0].at)
        core = training_core(settings, clock, Path(folder) / "rehearsal.db")
        make_ready(core)
        site = RehearsalSite(core, Path(folder) / "rooms.db", settings.public_url)
        core.start()
        try:
            await _play(site, clock, script, speed)
            _report(core)
        finally:
            await core.close()
            site.rooms.close()


async def watch(settings: Settings, script: Sequence[Line], speed: float) -> None:
    """Play in two new rooms of the rehearsal's own store, open to whoever wants to see it, until told to stop."""
    door = listening(settings.host, settings.port)
    settings = replace(settings, public_url=address_of(settings, door))
    clock = StageClock(script[0].at)
    core = training_core(settings, clock)
    make_ready(core)
    site = RehearsalSite(core, REHEARSAL_CHAT, settings.public_url)
    app = web.Application()
    site.install(app)
    app.add_routes(page_routes(core, ROOM_PATH))
    stop = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    core.start()
    runner = await open_door(app, door)
    playing = asyncio.create_task(_show(site, clock, script, speed))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait([playing, stopping], return_when=asyncio.FIRST_COMPLETED)
        if playing.done():
            playing.result()
    finally:
        for task in (playing, stopping):
            task.cancel()
        await asyncio.gather(playing, stopping, return_exceptions=True)
        await runner.cleanup()
        await core.close()


async def _show(site: RehearsalSite, clock: StageClock, script: Sequence[Line], speed: float) -> None:
    newest = site.rooms.newest_rehearsal()
    number = newest + 1 if site.rooms.taken(newest) else newest
    print(f"Watch it at {site.core.door.public_url}?rehearsal={number}; Ctrl+C ends it.", flush=True)
    await _play(site, clock, script, speed, number)
    print("The script is over; the room stays open.", flush=True)
    clock.run_on()
    await site.core.work({"rehearsal": site.messenger})


async def _play(
    site: RehearsalSite, clock: StageClock, script: Sequence[Line], speed: float, rehearsal: int = 1
) -> None:
    try:
        async for played in play(site, clock, script, rehearsal, speed):
            if played.refused:
                print(f"line {played.number}, {played.line.who}: {_said(played)}", flush=True)
    except ScriptError as error:
        raise Problem(f"--script: {error}") from error


def _said(played: Played) -> str:
    match played.answer:
        case FormErrors(fields):
            return " ".join(fields.values())
        case Notice(blocks=blocks):
            return " ".join(plain(block.spans) for block in blocks if isinstance(block, Text))
        case _:
            return ""


def _report(core: Core) -> None:
    with exporting(core.store, core.door, Scope()) as export:
        for row in export.rows("minutes"):
            print(row["markdown"])
    with exporting(core.store, core.door, Scope()) as export:
        counts = ((key, sum(1 for _ in export.rows(key))) for key in export.keys())  # noqa: SIM118 - no mapping
        print("\n".join(f"{key}: {count}" for key, count in counts))
    for verdict in verify_store(core.store, None, None):
        print(f"{verdict.chain}: {verdict.entries} entries, head {verdict.head}")

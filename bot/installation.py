"""One installation in one process: its cores, its platforms, and what it does of hearing and working."""

from __future__ import annotations

import asyncio
from pathlib import Path

from aiohttp import web

from adapters.pages import page_routes
from adapters.rehearsal.gallery import Example
from adapters.rehearsal.site import RehearsalSite
from adapters.slack import NotInstalled
from bot.cores import (
    REHEARSAL_CHAT,
    REHEARSAL_STORE,
    ROOM_PATH,
    check_templates,
    clock_of,
    make_ready,
    real_core,
    training_core,
)
from bot.platforms import Platform, platforms_of
from bot.problem import Problem
from bot.settings import Settings
from core.api import Core, software
from core.examples import drawn_examples
from core.features.transfers.installation import NoteVersion
from core.kernel.clock import Clock, new_id
from core.kernel.heartbeat import Heartbeat
from core.kernel.ids import HOUSE


class Installation:
    """Made by `open`. `start` and `close` belong into the event loop that serves it."""

    def __init__(
        self, address: str, core: Core, platforms: dict[str, Platform], room: tuple[Core, RehearsalSite] | None
    ) -> None:
        self.core, self.platforms, self.address = core, platforms, address
        self.training = room[0] if room else None
        self.site = room[1] if room else None

    @classmethod
    def open(cls, settings: Settings, hears: bool) -> Installation:
        """The cores over ready stores, and the platforms of the settings."""
        clock = clock_of(settings)
        core = real_core(settings, clock)
        _refuse_training_store(core, settings)
        check_templates(settings, core)
        make_ready(core)
        room = _rehearsal(settings, clock) if settings.rehearsal else None
        return cls(settings.public_url, core, platforms_of(settings, core, hears), room)

    @property
    def cores(self) -> list[Core]:
        """Every core here."""
        return [core for core in (self.core, self.training) if core is not None]

    def install(self, app: web.Application) -> None:
        """Serve the platforms' routes from `app`."""
        secure = self.address.startswith("https:")
        app.add_routes(page_routes(self.core, secure=secure))
        if self.training is not None and self.site is not None:
            self.site.install(app)
            app.add_routes(page_routes(self.training, ROOM_PATH, secure))
        for platform in self.platforms.values():
            app.add_routes(platform.routes())

    async def start(self) -> None:
        """Begin to write and to hear. Raises Problem where Slack refuses the token."""
        for core in self.cores:
            core.start()
        for core in self.cores:
            await core.order(NoteVersion(software=software()), f"version:{new_id()}", HOUSE)
        for platform in self.platforms.values():
            try:
                await platform.start()
            except NotInstalled as error:
                raise Problem(str(error)) from error

    async def work(self) -> None:
        """Send what waits and say what is due in every store, until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.core.work({name: one.messenger for name, one in self.platforms.items()}))
            tasks.create_task(Heartbeat(self.core.store, software()).run())
            if self.training is not None and self.site is not None:
                tasks.create_task(self.training.work({"rehearsal": self.site.messenger}))

    async def close(self) -> None:
        """Finish what was begun."""
        for platform in self.platforms.values():
            await platform.close()
        for core in self.cores:
            await core.close()
        if self.site is not None:
            self.site.rooms.close()


def _rehearsal(settings: Settings, clock: Clock) -> tuple[Core, RehearsalSite]:
    core = training_core(settings, clock)
    make_ready(core)

    def examples() -> list[Example]:
        drawn = drawn_examples(core.registry, core.door.words)
        return [Example(one.template, one.name, one.view) for one in drawn]

    return core, RehearsalSite(core, REHEARSAL_CHAT, settings.public_url, examples)


def _refuse_training_store(core: Core, settings: Settings) -> None:
    database = core.store.writing.url.database or ""
    if settings.is_sqlite and REHEARSAL_STORE.resolve() == Path(database).resolve():
        raise Problem(f"DATABASE_URL is the rehearsal's own store {REHEARSAL_STORE}: real transfers need another.")

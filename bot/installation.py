"""One installation in one process: its cores, its platforms, and what it does of hearing and working."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from aiohttp import web

from adapters.pages import page_routes
from adapters.rehearsal.gallery import Example
from adapters.rehearsal.site import RehearsalSite
from adapters.slack import NotInstalled, SlackAdapter, SlackKeys
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
from bot.problem import Problem
from bot.settings import Settings
from core.api import Core, Messenger, software
from core.examples import drawn_examples
from core.features.transfers.installation import NoteVersion
from core.kernel.clock import Clock, new_id
from core.kernel.heartbeat import Heartbeat
from core.kernel.ids import HOUSE


class Installation:
    """Made by `open`. `start` and `close` belong into the event loop that serves it."""

    def __init__(
        self, address: str, core: Core, slack: SlackAdapter | None, room: tuple[Core, RehearsalSite] | None
    ) -> None:
        self.core, self.slack, self.address = core, slack, address
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
        slack = SlackAdapter(core, _keys(settings, hears)) if settings.slack else None
        return cls(settings.public_url, core, slack, room)

    @property
    def cores(self) -> list[Core]:
        """Every core here."""
        return [core for core in (self.core, self.training) if core is not None]

    @property
    def platforms(self) -> dict[str, SlackAdapter]:
        """The platforms that people are heard on, by name."""
        return {"slack": self.slack} if self.slack else {}

    def install(self, app: web.Application) -> None:
        """Serve the platforms' routes from `app`."""
        secure = self.address.startswith("https:")
        app.add_routes(page_routes(self.core, secure=secure))
        if self.training is not None and self.site is not None:
            self.site.install(app)
            app.add_routes(page_routes(self.training, ROOM_PATH, secure))
        if self.slack is not None:
            app.add_routes(self.slack.routes())

    async def start(self) -> None:
        """Begin to write and to hear. Raises Problem where Slack refuses the token."""
        for core in self.cores:
            core.start()
        for core in self.cores:
            await core.order(NoteVersion(software=software()), f"version:{new_id()}", HOUSE)
        if self.slack is not None:
            try:
                await self.slack.start()
            except NotInstalled as error:
                raise Problem(str(error)) from error

    async def work(self) -> None:
        """Send what waits and say what is due in every store, until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            real: dict[str, Messenger] = {"slack": self.slack.messenger} if self.slack else {}
            tasks.create_task(self.core.work(real))
            tasks.create_task(Heartbeat(self.core.store, software()).run())
            if self.training is not None and self.site is not None:
                tasks.create_task(self.training.work({"rehearsal": self.site.messenger}))

    async def close(self) -> None:
        """Finish what was begun."""
        if self.slack is not None:
            await self.slack.close()
        for core in self.cores:
            await core.close()
        if self.site is not None:
            self.site.rooms.close()


def _keys(settings: Settings, hears: bool) -> SlackKeys:
    slack = settings.slack
    assert slack is not None
    keys = SlackKeys(slack.bot_token, slack.signing_secret, slack.app_token, slack.api_url)
    return keys if hears else replace(keys, app_token=None)  # a worker alone opens no socket: it would hear there


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

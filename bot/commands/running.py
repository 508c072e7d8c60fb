"""`tandem run`, `web`, `worker` and `migrate`: serving, and making the store ready for it."""

from __future__ import annotations

import argparse
from dataclasses import replace

from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from bot.command_line import Commands
from bot.cores import real_core, unreachable
from bot.serving import serve
from bot.settings import read_settings
from core.migrations.privileges import let_serve


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    commands.add("run", run, "serve the rehearsal room and the platforms, and do the waiting work, in one process")
    commands.add("web", web, "serve alone; a worker runs beside it")
    commands.add("worker", worker, "send what waits and say what is due, alone")
    commands.add("migrate", migrate, "bring the store to the newest schema")


def run(_: argparse.Namespace) -> int:
    """Web and worker in one process."""
    return serve(read_settings(), hears=True, works=True)


def web(_: argparse.Namespace) -> int:
    """The web server alone."""
    return serve(read_settings(), hears=True, works=False)


def worker(_: argparse.Namespace) -> int:
    """The worker alone."""
    return serve(read_settings(), hears=False, works=True)


def migrate(_: argparse.Namespace) -> int:
    """Migrate, as the owner of the tables where one is named; the serving role gets the rights that it needs."""
    settings = read_settings()
    owned = replace(settings, database_url=settings.database_owner_url or settings.database_url)
    core = real_core(owned)
    try:
        core.migrate()
        serving = make_url(settings.database_url).username
        if not core.store.is_sqlite and serving and serving != make_url(owned.database_url).username:
            let_serve(core.store, serving)
    except DBAPIError as error:
        raise unreachable(core, error) from error
    finally:
        core.store.close()
    print("The store has the newest schema.")
    return 0

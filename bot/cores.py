"""The cores of an installation: the real store's and, where the rehearsal room is on, the training store's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from bot.problem import Problem, ended
from bot.settings import VAR, Settings
from core.api import Core, Options
from core.kernel.clock import Clock, ShiftedClock, SystemClock
from core.overrides import check_overrides, faulty_lists

REHEARSAL_STORE = VAR / "rehearsal.db"
REHEARSAL_CHAT = VAR / "rehearsal-rooms.db"
ROOM_PATH = "/rehearsal"
"""Below which everything of the rehearsal stands, its pages too."""


def clock_of(settings: Settings) -> Clock:
    """The machine's clock, or in development a shifted one."""
    return ShiftedClock(settings.clock.start, settings.clock.speed) if settings.clock else SystemClock()


def real_core(settings: Settings, clock: Clock | None = None) -> Core:
    """The core over DATABASE_URL."""
    return Core.create(
        settings.database_url,
        Options(
            clock=clock or clock_of(settings),
            open_to_all=settings.open_to_all,
            public_url=settings.public_url,
            overrides=settings.overrides,
        ),
    )


def training_core(settings: Settings, clock: Clock | None = None, store: Path = REHEARSAL_STORE) -> Core:
    """The core of the rehearsal room, over a store of its own."""
    store.parent.mkdir(parents=True, exist_ok=True)
    return Core.create(
        f"sqlite:///{store}",
        Options(
            training=True,
            clock=clock or clock_of(settings),
            public_url=f"{settings.public_url}{ROOM_PATH}",
            overrides=settings.overrides,
        ),
    )


def check_templates(settings: Settings, core: Core) -> None:
    """Refuse templates and checklists that could fail in the middle of a meeting. Raises Problem."""
    for folder in settings.overrides:
        faults = check_overrides(folder, core.registry)
        if faults:
            more = f" (and {len(faults) - 1} more: `tandem templates check {folder}`)" if faults[1:] else ""
            raise Problem(f"TANDEM_TEMPLATES: {faults[0]}{more}")
    for fault in faulty_lists(core.door.words):
        raise Problem(f"A checklist cannot be used: {fault}")


def make_ready(core: Core) -> None:
    """Migrate an SQLite store; refuse a PostgreSQL one with an old schema. Raises Problem."""
    try:
        if core.store.is_sqlite:
            core.migrate()
        elif not core.is_current():
            raise Problem("The store has an older schema than this version: run `tandem migrate` first.")
    except DBAPIError as error:
        raise unreachable(core, error) from error


@contextmanager
def existing_core(settings: Settings) -> Iterator[Core]:
    """The core over a store that is there and up to date, for commands that look. Raises Problem."""
    core = real_core(settings)
    try:
        _refuse_missing(core)
        if not core.is_current():
            raise Problem("The store has another schema than this version: run `tandem migrate` first.")
        yield core
    except DBAPIError as error:
        raise unreachable(core, error) from error
    finally:
        core.store.close()


@contextmanager
def open_store(settings: Settings) -> Iterator[Core]:
    """The core over a store that is there, whatever its schema, for who only reads it. Raises Problem."""
    core = real_core(settings)
    try:
        _refuse_missing(core)
        yield core
    except DBAPIError as error:
        raise unreachable(core, error) from error
    finally:
        core.store.close()


def _refuse_missing(core: Core) -> None:
    file = core.store.writing.url.database
    if core.store.is_sqlite and not Path(file or "").is_file():
        raise Problem(f"There is no store at {file} yet: `tandem run` or `tandem migrate` makes one.")


def unreachable(core: Core, error: DBAPIError) -> Problem:
    """Why the store cannot be used, in one line without its password."""
    where = make_url(core.store.url).render_as_string(hide_password=True)
    why = ended(" ".join(str(error.orig).split())[:200])
    return Problem(f"The store {where} cannot be used: {why} Check DATABASE_URL and that the database runs.")

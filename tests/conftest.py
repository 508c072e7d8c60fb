"""The stores that every feature test runs on: SQLite from a migrated file, PostgreSQL from a migrated template."""

from __future__ import annotations

import hashlib
import logging
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from core.api import Core, Options
from core.kernel.clock import SetClock, new_id
from tests.meeting_room import START, MeetingRoom
from tests.tools.compiled import share_compilation
from tests.tools.postgres import running_cluster
from tests.tools.reused import ReusedDatabase


@pytest.fixture(autouse=True)
def _log_level() -> Iterator[None]:
    """A command line that ran in this process leaves the log as loud as it was."""
    level, disabled = logging.getLogger("tandem").level, logging.root.manager.disable
    yield
    logging.getLogger("tandem").setLevel(level)
    logging.disable(disabled)


@pytest.fixture(scope="session", autouse=True)
def _compilation() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        share_compilation(patch)
        yield


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "migrated.db"
    _migrate(f"sqlite:///{path}")
    return path


def _migrate(url: str) -> None:
    core = Core.create(url)
    core.migrate()
    core.store.close()


def _schema() -> str:
    """A name for today's schema: a template of yesterday's is no good."""
    digest = hashlib.sha256()
    for file in sorted((Path(__file__).parents[1] / "core" / "migrations").rglob("*.py")):
        digest.update(file.read_bytes())
    return f"migrated_{digest.hexdigest()[:16]}"


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """A migrated SQLite store of this test alone."""
    shutil.copy(migrated_sqlite, tmp_path / "store.db")
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.fixture(scope="session")
def reused_postgres() -> Iterator[ReusedDatabase]:
    """The migrated PostgreSQL database of this worker."""
    cluster = running_cluster()
    database = ReusedDatabase(cluster, f"t_{new_id()}", cluster.template(_schema(), _migrate))
    yield database
    database.drop()


@pytest.fixture
def postgres_url(reused_postgres: ReusedDatabase) -> str:
    """A migrated PostgreSQL store of this test alone."""
    return reused_postgres.as_new()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest) -> str:
    """A migrated store: the test runs once on each database."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


Opener = Callable[..., Core]


@pytest_asyncio.fixture
async def room(store_url: str) -> AsyncIterator[MeetingRoom]:
    """A meeting room over an empty store; `await room.opened()` puts a transfer and its people in it."""
    clock = SetClock(START)
    core = Core.create(store_url, Options(clock=clock, open_to_all=True))
    core.start()
    yield MeetingRoom(core, clock, plain=True)
    await core.close()

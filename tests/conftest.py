"""The stores that every feature test runs on: SQLite from a migrated file, PostgreSQL from a migrated template."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from core.api import Core, Options
from core.kernel.clock import SetClock
from core.kernel.database import Store
from tests.meeting_room import START, MeetingRoom
from tests.tools.compiled import share_compilation
from tests.tools.stores import EmptyStores


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
def stores(tmp_path_factory: pytest.TempPathFactory, _compilation: None) -> Iterator[EmptyStores]:
    """Where empty stores come from."""
    stores = EmptyStores(tmp_path_factory.mktemp("stores"))
    yield stores
    stores.close()


@pytest.fixture
def sqlite_url(stores: EmptyStores, tmp_path: Path) -> str:
    """A migrated SQLite store of this test alone."""
    return stores.sqlite(tmp_path).url


@pytest.fixture
def postgres_url(stores: EmptyStores) -> str:
    """A migrated PostgreSQL store of this test alone."""
    return stores.postgres().url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, stores: EmptyStores, tmp_path: Path) -> Store:
    """A migrated store, open: the test runs once on each database."""
    return stores.postgres() if request.param == "postgres" else stores.sqlite(tmp_path)


@pytest.fixture
def store_url(store: Store) -> str:
    """Where `store` is."""
    return store.url


@pytest_asyncio.fixture
async def room(store: Store) -> AsyncIterator[MeetingRoom]:
    """A meeting room over an empty store; `await room.opened()` puts a transfer and its people in it."""
    clock = SetClock(START)
    core = Core.over(store, Options(clock=clock, open_to_all=True))
    core.start()
    yield MeetingRoom(core, clock, kind="shipped")
    await core.close()

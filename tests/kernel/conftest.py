"""A meeting room whose core carries the toy feature beside the shipped ones."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from core.api import Core, Options
from core.kernel.clock import SetClock
from core.kernel.database import Store
from tests import toy_feature
from tests.kernel.wire import Wire
from tests.meeting_room import START, MeetingRoom
from tests.tools.stores import EmptyStores


@pytest.fixture(scope="session")
def toy_stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmptyStores]:
    """Where empty stores with the toy's tables come from."""
    stores = EmptyStores(tmp_path_factory.mktemp("toys"), [toy_feature])
    yield stores
    stores.close()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def toy_store(request: pytest.FixtureRequest, toy_stores: EmptyStores, tmp_path: Path) -> Store:
    """A migrated store with the toy's tables, once on each database."""
    return toy_stores.postgres() if request.param == "postgres" else toy_stores.sqlite(tmp_path)


@pytest_asyncio.fixture
async def toy(toy_store: Store) -> AsyncIterator[MeetingRoom]:
    """A transfer with people, and badges."""
    clock = SetClock(START)
    core = Core.over(toy_store, Options(clock=clock, open_to_all=True, more_features=[toy_feature]))
    core.start()
    yield await MeetingRoom(core, clock, kind="toy").opened()
    await core.close()


@pytest_asyncio.fixture
async def wire(toy: MeetingRoom) -> Wire:
    """The platform that `toy.deliver()` sends to, with all that opening the transfer said already sent."""
    wire = Wire()
    toy.inbox = wire
    await toy.deliver()
    for seen in (wire.sent, wire.tried, wire.messages):
        seen.clear()
    return wire

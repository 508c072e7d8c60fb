"""A meeting room whose core carries the toy feature beside the shipped ones."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from core.api import Core, Options
from core.kernel.clock import SetClock
from tests import toy_feature
from tests.kernel.wire import Wire
from tests.meeting_room import START, MeetingRoom


@pytest_asyncio.fixture
async def toy(store_url: str) -> AsyncIterator[MeetingRoom]:
    """A transfer with people, and badges."""
    clock = SetClock(START)
    core = Core.create(store_url, Options(clock=clock, open_to_all=True, more_features=[toy_feature]))
    core.migrate()
    core.start()
    yield await MeetingRoom(core, clock).opened()
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

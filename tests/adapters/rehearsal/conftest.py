"""A stage for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from core.kernel.clock import SetClock
from tests.adapters.rehearsal.stage import Stage, staged
from tests.meeting_room import START


@pytest_asyncio.fixture
async def stage(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    made = await staged(sqlite_url, tmp_path / "rooms.db", SetClock(START))
    yield made
    await made.client.close()
    await made.core.close()

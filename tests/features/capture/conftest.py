"""A meeting that runs."""

from __future__ import annotations

import pytest_asyncio

from tests.features.meetings.planned import started
from tests.meeting_room import MeetingRoom


@pytest_asyncio.fixture
async def talk(room: MeetingRoom) -> MeetingRoom:
    """MTG-001 runs; Aoife chairs it, Marta, Luís and Priya are invited."""
    await started(room)
    return room


@pytest_asyncio.fixture
async def opened(room: MeetingRoom) -> MeetingRoom:
    """A transfer with its people, and no meeting."""
    return await room.opened()

"""What the house keeps of the installation itself."""

import logging

import pytest

from core.features.transfers.installation import NoteVersion
from core.kernel.ids import HOUSE
from tests.meeting_room import MeetingRoom


async def test_a_version_that_served_before_is_no_news_in_the_log(
    room: MeetingRoom, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "tandem")
    software = room.core.writer._software
    for start in ("first", "second"):
        await room.core.order(NoteVersion(software=software), f"version:{start}", HOUSE)
    assert [entry["event"] for entry in room.trail("house")] == ["VersionStarted"]
    assert "refused" not in caplog.text

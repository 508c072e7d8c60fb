"""What the house keeps of the installation itself."""

import logging

import pytest

from core.api import Address
from core.features.transfers.installation import NoteVersion
from core.kernel.ids import HOUSE
from tests.features.transfers.test_joining import TEAMS
from tests.meeting_room import ROOM, MeetingRoom, words


async def test_a_version_that_served_before_is_no_news_in_the_log(
    room: MeetingRoom, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "tandem")
    software = room.core.writer._software
    for start in ("first", "second"):
        await room.core.order(NoteVersion(software=software), f"version:{start}", HOUSE)
    assert [entry["event"] for entry in room.trail("house")] == ["VersionStarted"]
    assert "refused" not in caplog.text


@pytest.mark.parametrize(("at", "has_command"), [(ROOM, True), (TEAMS, False)], ids=["Slack", "Teams"])
async def test_a_welcome_names_the_command_only_where_there_is_one(
    room: MeetingRoom, at: Address, has_command: bool
) -> None:
    await room.core.news.welcome(at, "joint")
    await room.deliver()
    [card] = room.cards(at)
    assert "transfer new" in words(card)
    assert ("/tt" in words(card)) == has_command

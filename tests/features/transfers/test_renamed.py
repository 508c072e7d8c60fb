"""A room that is called otherwise on its platform: everywhere it is named, it bears the new name."""

from __future__ import annotations

from core.kernel.transfers import Room
from tests.features.transfers.test_joining import TEAMS, joined
from tests.meeting_room import ROOM, MeetingRoom, anna, words


async def test_a_new_name_counts_and_stands_in_the_trail(room: MeetingRoom) -> None:
    await joined(room)
    for _ in range(2):  # every activity tells it again
        await room.core.news.room_renamed(TEAMS, "ppq\x00readiness" + "x" * 300)
    assert [one.name[:13] for one in room.rows_of(Room) if one.platform == "teams"] == ["ppq\ufffdreadiness"[:13]]
    await room.core.news.room_renamed(TEAMS, "ppq")
    await room.core.news.room_renamed(TEAMS, "")
    assert "ppq" in words(await room.say(anna, "transfer room list"))
    renamed = [entry for entry in room.trail() if entry["event"] == "RoomRenamed"]
    assert len(renamed) == 2
    assert renamed[1]["changes"]["name"][1] == "ppq"
    assert renamed[1]["actor"] == "system"
    await room.core.news.room_lost(TEAMS, "archived")
    cards = [words(out.card) for out in await room.deliver() if out.address == ROOM]
    assert any("ppq" in card for card in cards)

"""An action whose message is edited later: whoever said it is asked, and whoever does it."""

from core.api import Edited
from tests.meeting_room import ROOM, MeetingRoom, anna, buttons, luis, words


async def test_the_owner_of_an_action_is_asked_as_well(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "action send the batch record @p by 2026-03-20", delivery="m1", slash=False, p=luis)
    await room.deliver()
    await room.core.news.source_edited(Edited(ROOM, "m1", "action burn the batch record", room.clock.now(), "edit-1"))
    asked = [out for out in await room.deliver() if "its message was edited" in out.card.summary]
    assert {out.address.channel for out in asked} == {"U-aoife", "U-luís"}
    assert all("Reads now\naction burn the batch record" in words(out.card) for out in asked)

    at = {out.address.channel: out for out in asked}
    assert buttons(at["U-aoife"].card) == {
        "Take the new text": "source take ACT-001",
        "Leave it as it is": "source keep ACT-001",
    }
    assert buttons(at["U-luís"].card) == {}  # he does it, but what was said is not his
    assert "Aoife Ní Bhriain, or a lead or QA of their company" in words(at["U-luís"].card)
    assert "ACT-001 was said by Aoife" in words(await room.say(luis, "source keep ACT-001", at=at["U-luís"].address))
    assert await room.deliver() == []

    await room.press(anna, "source keep ACT-001", at=at["U-aoife"].address)
    changed = [out for out in await room.deliver() if "its message was edited" in out.card.summary]
    assert {out.address.channel for out in changed} == {"U-aoife", "U-luís"}
    assert all("The record stays as it was said." in words(out.card) for out in changed)

"""Nobody is told to say what would be refused to them."""

import pytest

from tests.meeting_room import MeetingRoom, anna, person, stranger, words

siobhan = person("Siobhán O'Rourke")


@pytest.mark.parametrize(
    ("list_", "first"),
    [
        ("action list", "action verify"), ("decision list", "decision we go"), ("question list", "question which"),
        ("risk list", "risk the second"), ("note list", "note the batch"), ("capa list", "capa new"),
        ("meeting list", "meeting new"),
    ],
)  # fmt: skip
async def test_an_empty_list_offers_a_first_one_to_those_who_may_record_it(
    room: MeetingRoom, list_: str, first: str
) -> None:
    await room.opened()
    await room.say(anna, "member add @s side:sponsor role:auditor", s=siobhan)
    assert first in words(await room.say(anna, list_))
    assert first not in words(await room.say(siobhan, list_))


async def test_help_begins_with_an_action_for_those_who_may_record_one(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "member add @s side:sponsor role:auditor", s=siobhan)
    assert "action verify the batch record" in words(await room.say(anna, "help"))
    told = words(await room.say(siobhan, "help"))
    assert "action verify" not in told
    assert "action – list" in told
    assert "your role here does not cover it" in words(await room.say(siobhan, "help regrets"))


async def test_help_tells_apart_a_stranger_and_a_room_without_a_transfer(room: MeetingRoom) -> None:
    told = words(await room.say(stranger, "help action"))
    assert "No transfer lives here" in told
    assert "A lead of your company can add you" not in told
    await room.opened()
    assert "A lead of your company can add you: member add" in words(await room.say(stranger, "help action"))

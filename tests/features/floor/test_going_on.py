"""`agenda next` while somebody waits: shown once who does, and whoever says it again within a minute means it."""

import pytest

from tests.features.floor.rooms import boards, queue
from tests.features.meetings.planned import item, meeting, started
from tests.meeting_room import MeetingRoom, anna, buttons, luis, marta, priya, words


async def waiting(room: MeetingRoom) -> None:
    """The first of three items is on, and Luís waits to speak."""
    await started(room, "one", "two", "three")
    await room.say(anna, "agenda next")
    room.clock.advance(minutes=2)
    await room.say(luis, "q+ the filters")


async def test_the_refusal_says_who_waits_and_said_again_it_is_done(room: MeetingRoom) -> None:
    await waiting(room)
    refused = await room.say(anna, "agenda next")
    assert words(refused).splitlines()[:4] == [
        "Go on to 2 · two?",
        "On now: 1 · one",
        "Waiting to speak: Luís Gonçalves (the filters)",
        "Nothing changed. To go on all the same, press the button, or say it again within a minute.",
    ]
    assert buttons(refused) == {"Go on anyway": "agenda next MTG-001.1 anyway", "Next speaker": "ack MTG-001"}
    assert meeting(room).current == "MTG-001.1"
    room.clock.advance(seconds=40)
    await room.say(anna, "agenda next")
    assert meeting(room).current == "MTG-001.2"
    assert queue(room) == ["Luís: the filters"]  # who waits goes on waiting
    questioned = [entry for entry in room.trail() if "NextQuestioned" in entry["event"]]
    assert [(entry["name"], entry["record"]) for entry in questioned] == [("Aoife Ní Bhriain", "MTG-001")]
    room.clock.advance(minutes=1)
    assert "Go on to 3 · three?" in words(await room.say(anna, "agenda next"))  # another item, another question


@pytest.mark.parametrize(("seconds", "current"), [(60, "MTG-001.2"), (61, "MTG-001.1")])
async def test_a_minute_is_a_minute(room: MeetingRoom, seconds: int, current: str) -> None:
    await waiting(room)
    await room.say(anna, "agenda next")
    room.clock.advance(seconds=seconds)
    await room.say(anna, "agenda next")
    assert meeting(room).current == current


async def test_somebody_else_who_goes_on_is_shown_it_too(room: MeetingRoom) -> None:
    await waiting(room)
    await room.say(anna, "agenda next")
    assert words(await room.say(marta, "agenda next")).startswith("Go on to 2 · two?")
    assert meeting(room).current == "MTG-001.1"


@pytest.mark.parametrize(("seconds", "current"), [(0, "MTG-001.1"), (5, "MTG-001.2")])
async def test_two_clicks_in_haste_are_one(room: MeetingRoom, seconds: int, current: str) -> None:
    await waiting(room)
    await room.press(anna, "agenda next MTG-001.1")
    room.clock.advance(seconds=seconds)
    await room.press(anna, "agenda next MTG-001.1")
    assert meeting(room).current == current


@pytest.mark.parametrize("sentence", ["agenda next anyway", "agenda next really", "agenda next MTG-001.1 anyway"])
async def test_whoever_says_so_goes_on_at_once(room: MeetingRoom, sentence: str) -> None:
    await waiting(room)
    await room.say(anna, sentence)
    assert meeting(room).current == "MTG-001.2"


async def test_skipping_an_item_asks_as_well(room: MeetingRoom) -> None:
    await waiting(room)
    asked = await room.say(anna, "agenda skip")
    assert buttons(asked)["Skip anyway"] == "agenda skip MTG-001.1 anyway"
    await room.press(anna, buttons(asked)["Skip anyway"])
    assert (meeting(room).current, item(room, 1).state) == ("MTG-001.2", "planned")


async def test_the_last_item_is_not_closed_over_whoever_waits(room: MeetingRoom) -> None:
    await started(room, "one")
    await room.say(anna, "agenda next")
    await room.say(luis, "q+")
    room.clock.advance(minutes=1)
    asked = await room.say(anna, "agenda next")
    assert words(asked).splitlines()[0] == "Close this item?"
    await room.press(anna, buttons(asked)["Close it anyway"])
    assert meeting(room).current is None
    assert words((await boards(room))[-1]).startswith("Waiting to speak")


async def test_the_first_item_waits_too(room: MeetingRoom) -> None:
    await started(room, "one")
    await room.say(luis, "q+")
    assert words(await room.say(anna, "agenda next")).splitlines()[0] == "Go on to 1 · one?"
    await room.say(anna, "ack")
    await room.say(anna, "agenda next")
    assert meeting(room).current == "MTG-001.1"


@pytest.mark.parametrize(("seconds", "current"), [(0, "MTG-001.1"), (2, "MTG-001.1"), (3, "MTG-001.2")])
async def test_said_twice_in_haste_it_is_once(room: MeetingRoom, seconds: int, current: str) -> None:
    await waiting(room)
    await room.say(anna, "agenda next")
    room.clock.advance(seconds=seconds)
    told = words(await room.say(anna, "agenda next"))
    assert meeting(room).current == current
    assert ("Said twice within 3 seconds, it counts as once." in told) is (seconds < 3)


async def test_whoever_speaks_holds_nobody_up(room: MeetingRoom) -> None:
    await waiting(room)
    await room.say(anna, "ack")
    await room.say(anna, "agenda next")
    assert meeting(room).current == "MTG-001.2"


async def test_a_stale_button_and_a_slip_of_two_people_come_first(room: MeetingRoom) -> None:
    await waiting(room)
    await room.say(anna, "agenda next anyway")
    assert "has moved on since this card was drawn" in words(await room.press(priya, "agenda next MTG-001.1 anyway"))
    assert "0 seconds ago, so nothing changed" in words(await room.say(priya, "agenda next"))
    assert meeting(room).current == "MTG-001.2"

"""An item with minutes: the room is told once when they are over, and the item is given more or left."""

import asyncio

import pytest

from core.view import Card
from tests.features.meetings.planned import item, meeting, standing, started, utc
from tests.meeting_room import MeetingRoom, anna, buttons, luis, words


async def over(room: MeetingRoom, minute: int) -> list[Card]:
    """What is said now, at a minute past 14:00, of an item's time."""
    room.clock.set(utc(12, 14, minute))
    return [out.card for out in await room.deliver() if "its time is over" in out.card.summary]


async def test_the_room_is_told_once(room: MeetingRoom) -> None:
    await started(room, "deviations for:10m", "hold times")
    await room.say(anna, "agenda next")
    assert room.jobs()["time:MTG-001.1"] == utc(12, 14, 10)
    assert await over(room, 9) == []
    [card] = await over(room, 10)
    assert words(card).splitlines() == [
        "Time is over: 1 · deviations",
        "10 min were given",
        "Then: 2 · hold times",
        "[5 more minutes → agenda more MTG-001.1 had:10m]",
        "[Next item → agenda next MTG-001.1]",
    ]
    assert await over(room, 30) == []
    told = [entry for entry in room.trail() if "TimeOver" in entry["event"]]
    assert [(entry["name"], entry["record"]) for entry in told] == [("Tandem", "MTG-001.1")]

    await room.press(luis, buttons(card)["Next item"])
    await room.deliver()
    assert meeting(room).current == "MTG-001.2"
    left = [one for one in room.cards() if words(one).startswith("Time was over: 1 · deviations")]
    assert words(left[0]).splitlines()[1:] == ["10 min were given · discussed after 30 min"]


async def test_an_item_that_was_left_in_time_is_not_told_of(room: MeetingRoom) -> None:
    await started(room, "deviations for:10m", "hold times", "filters for:10m")
    await room.say(anna, "agenda next")
    room.clock.set(utc(12, 14, 8))
    await room.say(anna, "agenda next")
    assert not [key for key in room.jobs() if key.startswith("time:")]
    assert await over(room, 30) == []
    await room.say(anna, "agenda next")
    assert room.jobs()["time:MTG-001.3"] == utc(12, 14, 40)
    await room.say(anna, "meeting end anyway")
    assert not [key for key in room.jobs() if key.startswith("time:")]


async def test_five_more_minutes(room: MeetingRoom) -> None:
    await started(room, "deviations for:10m", "hold times")
    await room.say(anna, "agenda next")
    [card] = await over(room, 10)
    await room.press(luis, buttons(card)["5 more minutes"])
    assert item(room, 1).minutes == 15
    await room.deliver()
    assert "until 14:15" in words(standing(room, "1 · deviations · on now"))
    [given] = [one for one in room.cards() if words(one).startswith("More time: 1 · deviations")]
    assert "10 min were given · @Luís Gonçalves gave it more, until 14:15" in words(given)
    assert not buttons(given)
    [again] = await over(room, 15)
    assert words(again).splitlines()[1] == "15 min were given"
    room.clock.set(utc(12, 14, 22))
    await room.press(luis, buttons(again)["5 more minutes"])
    assert item(room, 1).minutes == 27  # five from now, however late it is
    assert room.jobs()["time:MTG-001.1"] == utc(12, 14, 27)


@pytest.mark.parametrize(("sentence", "minutes"), [("agenda more", 15), ("agenda more for:20m", 30)])
async def test_more_is_said_before_the_time_is_over_as_well(room: MeetingRoom, sentence: str, minutes: int) -> None:
    await started(room, "deviations for:10m")
    await room.say(anna, "agenda next")
    room.clock.set(utc(12, 14, 4))
    await room.say(luis, sentence)
    assert item(room, 1).minutes == minutes
    assert await over(room, 10) == []
    assert len(await over(room, minutes)) == 1


async def test_an_item_without_minutes_is_told_of_once_it_is_given_some(room: MeetingRoom) -> None:
    await started(room, "deviations")
    await room.say(anna, "agenda next")
    assert await over(room, 30) == []
    await room.say(anna, "agenda more for:10m")
    assert (item(room, 1).minutes, room.jobs()["time:MTG-001.1"]) == (40, utc(12, 14, 40))


async def test_each_turn_of_an_item_has_its_own_time(room: MeetingRoom) -> None:
    await started(room, "deviations for:10m", "hold times")
    await room.say(anna, "agenda next")
    room.clock.set(utc(12, 14, 4))
    await room.say(anna, "agenda skip")
    room.clock.set(utc(12, 14, 20))
    await room.say(anna, "agenda next")
    assert room.jobs()["time:MTG-001.1"] == utc(12, 14, 26)  # six of ten minutes are left
    assert len(await over(room, 26)) == 1


async def test_an_item_that_comes_again_with_its_time_used_up_is_not_told_of(room: MeetingRoom) -> None:
    await started(room, "deviations for:10m", "hold times")
    await room.say(anna, "agenda next")
    assert len(await over(room, 12)) == 1
    await room.say(anna, "agenda skip")
    room.clock.set(utc(12, 14, 20))
    await room.say(anna, "agenda next")
    assert meeting(room).current == "MTG-001.1"
    assert await over(room, 40) == []


async def test_a_double_click_gives_five_minutes_once(room: MeetingRoom) -> None:
    await started(room, "deviations for:10m")
    await room.say(anna, "agenda next")
    [card] = await over(room, 10)
    presses = [room.press(who, buttons(card)["5 more minutes"]) for who in (luis, luis, anna)]
    answers = [words(answer) for answer in await asyncio.gather(*presses)]
    assert (
        sum("given more time already, until 14:15 (Europe/Dublin). Nothing changed." in answer for answer in answers)
        == 2
    )
    assert item(room, 1).minutes == 15
    assert len([entry for entry in room.trail() if entry["event"] == "TimeGiven"]) == 1
    await room.press(luis, "agenda more MTG-001.1")  # said anew it gives more
    assert item(room, 1).minutes == 20


async def test_stale_buttons(room: MeetingRoom) -> None:
    await started(room, "deviations for:10m", "hold times")
    assert "No item is on" in words(await room.say(luis, "agenda more"))
    await room.say(anna, "agenda next")
    [card] = await over(room, 10)
    await room.say(anna, "agenda next")
    assert "The agenda has moved on: item 2 “hold times” is on. Nothing changed." in words(
        await room.press(luis, buttons(card)["5 more minutes"])
    )
    await room.say(anna, "meeting end anyway")
    assert "ended on" in words(await room.press(luis, buttons(card)["5 more minutes"]))
    assert (item(room, 1).minutes, item(room, 2).minutes) == (10, None)

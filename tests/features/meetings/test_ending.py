"""Ending a meeting: what is loose is shown once, and whoever means it is not held up."""

import pytest

from tests.features.meetings.planned import item, meeting, started
from tests.meeting_room import MeetingRoom, anna, buttons, jurgen, luis, marta, priya, words


async def whole(room: MeetingRoom) -> None:
    """A meeting with nothing loose: everybody is there, and its one item was reached."""
    await started(room, "deviations")
    for who in (marta, luis, priya):
        await room.say(who, "here")
    await room.say(anna, "agenda next")


async def test_with_nothing_loose_it_ends_at_once(room: MeetingRoom) -> None:
    await whole(room)
    await room.say(anna, "meeting end")
    assert meeting(room).state == "closed"
    assert item(room, 1).state == "discussed"


async def test_what_is_loose_is_asked_of_the_sentence_as_of_the_button(room: MeetingRoom) -> None:
    await started(room, "deviations", "hold times")
    await room.say(luis, "action find a supplier")
    await room.say(luis, "decision we go with the 3-batch design")
    for heard in (await room.say(anna, "meeting end"), await room.press(anna, "meeting end MTG-001")):
        asked = words(heard)
        assert asked.startswith("End PPQ readiness?")
        assert "Norvane Therapeutics, not heard of: @Priya Raghunathan" in asked
        assert "Tarnbrook Manufacturing, not heard of: @Marta Kowalczyk" in asked
        assert "- 1 · deviations\n- 2 · hold times" in asked
        assert "Actions without an owner or a sure date: ACT-001" in asked
        assert "Decisions that wait for a company: DEC-001 (Norvane Therapeutics, Tarnbrook Manufacturing)" in asked
        assert "The meeting still runs." in asked
    assert meeting(room).running
    await room.press(anna, buttons(heard)["End the meeting"])
    assert meeting(room).state == "closed"


@pytest.mark.parametrize(("seconds", "state"), [(0, "in_progress"), (5, "closed"), (900, "in_progress")])
async def test_said_again_it_is_meant_but_not_two_clicks_in_haste(room: MeetingRoom, seconds: int, state: str) -> None:
    await started(room)
    await room.say(anna, "meeting end")
    room.clock.advance(seconds=seconds)
    told = words(await room.say(anna, "meeting end"))
    assert meeting(room).state == state
    assert ("Said twice within 3 seconds, it counts as once: nothing has ended." in told) == (seconds == 0)


async def test_somebody_else_who_ends_it_is_asked_too(room: MeetingRoom) -> None:
    await started(room)
    await room.say(anna, "meeting end")
    room.clock.advance(seconds=30)
    assert words(await room.say(marta, "meeting end")).startswith("End PPQ readiness?")
    await room.say(marta, "meeting end anyway")
    assert meeting(room).state == "closed"


async def test_a_company_of_which_nobody_is_there_is_loose(room: MeetingRoom) -> None:
    await started(room)
    for who in (marta, luis):
        await room.say(who, "regrets")
    await room.say(priya, "here")
    asked = words(await room.say(anna, "meeting end"))
    assert (
        "Tarnbrook Manufacturing: nobody has said that they are here, and nobody has recorded anything in the room."
        in asked
    )
    await room.say(anna, "meeting present @j", j=jurgen)
    await room.say(anna, "meeting end")
    assert meeting(room).state == "closed"


async def test_whoever_only_asks_to_end_it_is_not_there_by_that(room: MeetingRoom) -> None:
    await started(room)
    await room.say(marta, "meeting end")
    assert len(meeting(room).present) == 1
    asked = [entry for entry in room.trail() if "EndQuestioned" in entry["event"]]
    assert [(entry["name"], entry["record"]) for entry in asked] == [("Marta Kowalczyk", "MTG-001")]


@pytest.mark.parametrize("on", [False, True])
async def test_who_ends_it_reads_that_it_ended_and_its_minutes_not_the_item_that_was_on(
    room: MeetingRoom, on: bool
) -> None:
    await started(room, "Line 4")
    if on:
        await room.say(anna, "agenda next")
    room.clock.advance(minutes=50)
    ended = await room.say(anna, "meeting end anyway")
    assert words(ended).splitlines()[:3] == [
        "Ended: PPQ readiness",
        "MTG-001 ended at 14:50 (Europe/Dublin).",
        "Minutes: MIN-001, posted in the room",
    ]
    assert "Line 4" not in words(ended)
    assert buttons(ended)["Open the whole minutes"] == "minutes open MTG-001"

"""Readiness is posted by itself, at five and at one working day before a meeting and when it begins."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core.view import Card
from tests.features.actions.people import in_nvt
from tests.features.checklists.called import CALL, called
from tests.features.meetings.planned import carrying
from tests.features.transfers.test_joining import TEAMS, invited
from tests.meeting_room import ROOM, MeetingRoom, anna, buttons, jurgen, luis, marta, priya, words


def due(room: MeetingRoom, meeting: str = "MTG-001") -> list[str]:
    """When readiness is due to be posted, UTC."""
    return sorted(f"{at:%d %b %H:%M}" for key, at in room.jobs().items() if key.startswith(f"ready:{meeting}:"))


def posted(room: MeetingRoom) -> list[Card]:
    """The readiness posts that stand in the room."""
    return [card for card in room.cards(ROOM) if card.summary.startswith("Readiness for")]


def noted(room: MeetingRoom) -> list[tuple[str, str]]:
    """What the trail says of them."""
    return [
        (event, entry["reason"])
        for entry in room.trail()
        for event in entry["event"].split()
        if event in ("ReadinessPosted", "ReadinessNotPosted")
    ]


async def until(room: MeetingRoom, day: int, hour: int, minute: int = 0) -> None:
    """Let the time come (UTC, March), with all that is due by then."""
    room.clock.set(datetime(2026, 3, day, hour, minute, tzinfo=UTC))
    await room.deliver()


async def test_five_and_one_working_days_before_each_company_is_named_with_its_blockers(room: MeetingRoom) -> None:
    await called(room)  # on Friday 27 March, 14:00 in Dublin, where it is winter time still
    assert due(room) == ["20 Mar 14:00", "26 Mar 14:00"]
    await room.say(marta, 'checklist evidence PQ-12 "list of 12 March"')
    await room.say(jurgen, "checklist verify PQ-12")
    await until(room, 20, 13, 59)
    assert posted(room) == []
    await until(room, 20, 14)
    [card] = posted(room)
    assert card.summary == (
        "Readiness for MTG-001: Norvane Therapeutics 1 of 8, 5 blockers open; "
        "Tarnbrook Manufacturing 1 of 12, 10 blockers open"
    )
    shown = words(card)
    assert "Tarnbrook Manufacturing: 1 of 12 · 10 blockers open" in shown
    assert "PQ-03 Master batch record approved and issued, no open redlines · Tarnbrook Manufacturing" in shown
    assert buttons(card) == {"Open ones": "checklist MTG-001 open", "Whole list": "checklist MTG-001"}
    await until(room, 26, 14)
    assert len(posted(room)) == 2  # a post of its own each time
    assert noted(room) == [("ReadinessPosted", ""), ("ReadinessPosted", "")]
    assert due(room) == []


async def test_it_stands_in_every_room_of_the_transfer(room: MeetingRoom) -> None:
    await called(room)
    await room.say(marta, f"transfer join {await invited(room)}", at=TEAMS)
    await until(room, 20, 14)
    there = [card for card in room.cards(TEAMS) if card.summary.startswith("Readiness for")]
    assert [card.summary for card in there] == [card.summary for card in posted(room)] != []


async def test_a_meeting_without_a_checklist_has_none(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, 'meeting new "Weekly call" at:"27 Mar 2026 14:00"')
    assert due(room) == []


async def test_it_moves_with_the_meeting(room: MeetingRoom) -> None:
    await called(room)
    await room.say(anna, 'meeting move MTG-001 to:"31 Mar 2026 10:00" reason:"batch not released"')
    # The clocks go forward on the 29th: it is ten o'clock in Dublin each time.
    assert due(room) == ["24 Mar 10:00", "30 Mar 09:00"]
    await until(room, 24, 10)
    await room.say(anna, 'meeting move MTG-001 to:"26 Mar 2026 10:00" reason:"released all the same"')
    assert due(room) == ["25 Mar 10:00"]  # what is past is not made up for
    await until(room, 25, 10)
    assert len(posted(room)) == 2


@pytest.mark.parametrize("sentence", ['meeting cancel MTG-001 reason:"not released"', "meeting start MTG-001"])
async def test_it_is_dropped_when_the_meeting_is_cancelled_or_begins(room: MeetingRoom, sentence: str) -> None:
    await called(room)
    await room.say(anna, sentence)
    assert due(room) == []
    await until(room, 26, 15)
    assert posted(room) == []


async def test_a_meeting_called_late_has_what_still_lies_ahead(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, CALL.replace("27 Mar", "12 Mar"))
    assert due(room) == ["11 Mar 14:00"]


async def test_the_agenda_of_the_same_moment_shows_it_and_no_second_post_does(room: MeetingRoom) -> None:
    await called(room)
    await room.say(anna, 'transfer set agenda_lead:"1 day, 1 hour"')
    await room.deliver()
    assert len(carrying(room)) == 1
    await until(room, 20, 14)
    assert (len(carrying(room)), len(posted(room))) == (1, 1)
    await until(room, 26, 14)
    assert (len(carrying(room)), len(posted(room))) == (2, 1)
    assert "Tarnbrook Manufacturing: 0 of 12 ready, 11 blockers open" in carrying(room)[-1]
    assert noted(room)[-1] == ("ReadinessNotPosted", "the agenda is posted at this time, and shows it")


async def test_a_worker_that_was_away_posts_once(room: MeetingRoom) -> None:
    await called(room)
    await until(room, 26, 15)
    assert len(posted(room)) == 1
    assert noted(room) == [("ReadinessNotPosted", "late: the next lead time has come as well"), ("ReadinessPosted", "")]


async def test_the_times_can_be_set_or_turned_off(room: MeetingRoom) -> None:
    await called(room)
    answer = words(await room.say(anna, 'transfer set readiness:"2 weeks, 2 days, 4 hours"'))
    assert "Readiness is posted this long before a meeting with a checklist: 2 weeks, 2 days, 4 hours." in answer
    assert due(room) == ["13 Mar 14:00", "25 Mar 14:00", "27 Mar 10:00"]
    await room.say(anna, 'transfer set readiness:"3 days"')
    assert due(room) == ["24 Mar 14:00"]
    assert "is no lead time" in words(await room.say(anna, "transfer set readiness:soon"))
    assert "not do this here" in words(await room.say(luis, "transfer set readiness:off"))
    assert "Readiness is posted no more" in words(await room.say(anna, "transfer set readiness:OFF"))
    assert due(room) == []
    await room.say(anna, CALL.replace("27 Mar", "30 Mar"))
    assert due(room, "MTG-002") == []
    assert "Readiness comes: not before a meeting" in words(await room.say(priya, "transfer show"))


async def test_when_it_begins_ready_or_not(room: MeetingRoom) -> None:
    await called(room)
    await room.say(anna, "meeting start MTG-001")
    await room.deliver()
    [card] = [card for card in room.cards(ROOM) if card.summary.startswith("Ready at the start of MTG-001")]
    assert "blockers open at the start" in words(card)


async def test_when_it_begins_all_ready(room: MeetingRoom) -> None:
    await in_nvt(room)
    for number, readiness in enumerate(("5 days", "off"), 1):
        await room.say(anna, f'transfer set readiness:"{readiness}"')
        await room.say(anna, CALL)
        for item in range(1, 17):
            for qa in (priya, jurgen):
                for verb in ("na", "waive"):  # blockers of both are waived by both
                    await room.say(qa, f'checklist {verb} MTG-00{number}/PQ-{item:02d} reason:"nothing of it here"')
        await room.deliver()
        await room.say(anna, f"meeting start MTG-00{number}")
        await room.deliver()
        begun = [card for card in room.cards(ROOM) if card.summary.startswith(f"Ready at the start of MTG-00{number}")]
        assert [words(card).splitlines()[0] for card in begun] == (["All ready at the start"] if number == 1 else [])
        await room.say(anna, "meeting end anyway")

"""Holding a meeting: it starts once, items have the floor one after the other, and it ends."""

from datetime import timedelta

import pytest

from tests.features.meetings.planned import carrying, item, meeting, planned, standing, started, utc
from tests.meeting_room import MeetingRoom, anna, buttons, jurgen, luis, marta, person, priya, tomas, words


async def test_starting_says_that_tandem_reads_the_room(room: MeetingRoom) -> None:
    await started(room, "deviations")
    card = words(standing(room, "MTG-001 · PPQ readiness · running"))
    assert "Tandem reads this room until the meeting ends. A line that begins with [off] is left alone." in card
    found = meeting(room)
    assert (found.state, found.running, found.planned) == ("in_progress", True, False)
    assert found.started_at == utc(12, 14)
    assert found.present == [found.chair]  # who starts it is there
    assert set(room.jobs()) == {"witness", "end:MTG-001:1", "end:MTG-001:2"}


async def test_the_chair_or_a_lead_of_either_company_starts(room: MeetingRoom) -> None:
    await planned(room)
    room.clock.set(utc(12, 14))
    assert "The chair of MTG-001, Aoife Ní Bhriain, or a lead does this." in words(
        await room.say(luis, "meeting start")
    )
    assert meeting(room).state == "scheduled"
    await room.say(marta, "meeting start")
    assert meeting(room).running


async def test_one_meeting_runs_at_a_time(room: MeetingRoom) -> None:
    await started(room)
    await room.say(anna, 'meeting new "Governance" at:"12 Mar 2026 14:30"')
    assert "MTG-001 “PPQ readiness” is running since 14:00" in words(await room.say(anna, "meeting start"))
    assert "is running since 14:00" in words(await room.press(marta, "meeting start MTG-001"))
    refused = words(await room.say(anna, "meeting start MTG-002"))
    assert "one meeting runs at a time. End it first:" in refused
    await room.say(anna, "meeting end anyway")
    await room.say(anna, "meeting start")
    assert meeting(room, "MTG-002").running


async def test_a_meeting_days_ahead_starts_only_by_name(room: MeetingRoom) -> None:
    await planned(room)
    refused = words(await room.say(anna, "meeting start"))
    assert "is planned for Thu 12 Mar 2026 14:00 (Europe/Dublin). To start it now all the same:" in refused
    await room.say(anna, "meeting start MTG-001")
    assert meeting(room).running
    assert room.jobs()["end:MTG-001:1"] == utc(9, 10)  # an hour from now, not on Thursday


async def test_people_say_themselves_that_they_are_here(room: MeetingRoom) -> None:
    await started(room)
    answer = words(await room.press(luis, "here MTG-001"))
    assert "@Luís Gonçalves: noted as present at MTG-001." in answer
    assert "Norvane Therapeutics 1, Tarnbrook Manufacturing 1" in answer
    await room.say(luis, "here")
    await room.say(tomas, "here")  # not invited, and there all the same
    assert len(meeting(room).present) == 3
    await room.deliver()
    card = words(standing(room, "MTG-001 · PPQ readiness · running"))
    assert "Norvane Therapeutics: @Aoife Ní Bhriain, @Tomáš Dvořák · not heard of @Priya Raghunathan" in card
    assert "Tarnbrook Manufacturing: @Luís Gonçalves · not heard of @Marta Kowalczyk" in card


async def test_regrets_are_said_before_or_during_and_taken_back_by_coming(room: MeetingRoom) -> None:
    await planned(room)
    assert "regrets noted for MTG-001" in words(await room.say(luis, "regrets"))
    await room.press(luis, "regrets MTG-001")
    await room.deliver()
    assert "regrets @Luís Gonçalves" in carrying(room)[0]
    assert "has not started" in words(await room.say(luis, "here MTG-001"))
    room.clock.set(utc(12, 14))
    await room.say(anna, "meeting start")
    await room.say(jurgen, "regrets")
    await room.say(luis, "here")
    found = meeting(room)
    assert (len(found.present), len(found.regrets)) == (2, 1)
    await room.say(luis, "regrets MTG-001")
    found = meeting(room)
    assert (len(found.present), len(found.regrets)) == (1, 2)


async def test_regrets_without_a_name_are_for_the_meeting_that_one_is_invited_to(room: MeetingRoom) -> None:
    await planned(room)
    await room.say(priya, 'meeting new "QA alignment" at:"20 Mar 2026 10:00"')
    await room.say(luis, "regrets")
    assert (len(meeting(room).regrets), len(meeting(room, "MTG-002").regrets)) == (1, 0)
    asked = await room.say(priya, "regrets")
    assert "Which one do you mean?" in words(asked)
    assert buttons(asked) == {"MTG-001": "regrets MTG-001", "MTG-002": "regrets MTG-002"}


async def test_the_chair_or_a_lead_notes_others_before_the_end(room: MeetingRoom) -> None:
    await started(room)
    asked = await room.press(anna, "meeting ending MTG-001")
    assert "Tarnbrook Manufacturing, not heard of: @Marta Kowalczyk, @Luís Gonçalves" in words(asked)
    assert buttons(asked) == {
        "End the meeting": "meeting end MTG-001 anyway",
        "They were here": "meeting present MTG-001",
    }
    assert "or a lead does this" in words(await room.say(luis, "meeting present @m", m=marta))
    await room.say(anna, "meeting present @m @l", m=marta, l=luis)
    assert len(meeting(room).present) == 3
    noted = [entry for entry in room.trail() if "PresenceNoted" in entry["event"]]
    assert [(entry["name"], entry["command"]) for entry in noted] == [("Aoife Ní Bhriain", "NotePresent")]


async def test_the_floor_goes_from_item_to_item_and_the_time_is_kept(room: MeetingRoom) -> None:
    await started(room, "one for:10m", "two for:10m", "three")
    await room.say(anna, "agenda next")
    assert (meeting(room).current, item(room, 1).state) == ("MTG-001.1", "planned")
    room.clock.advance(minutes=12)
    await room.say(luis, "agenda next")
    assert (item(room, 1).state, item(room, 1).spent, meeting(room).current) == ("discussed", 720, "MTG-001.2")
    await room.deliver()
    assert "discussed · 12 of 10 min · 2 over" in words(standing(room, "1 · one · discussed"))
    assert "until 14:22" in words(standing(room, "2 · two · on now"))
    assert "2 min over the time of the items so far" in words(standing(room, "MTG-001 · PPQ readiness · on now: 2 two"))


async def test_two_people_who_say_next_at_once_mean_the_same_item(room: MeetingRoom) -> None:
    await started(room, "one", "two", "three")
    await room.say(anna, "agenda next")
    room.clock.advance(seconds=20)
    ignored = words(await room.say(luis, "agenda next"))
    assert "Aoife Ní Bhriain took up item 1 “one” 20 seconds ago, so nothing changed." in ignored
    assert "say it again in 40 seconds" in ignored
    room.clock.advance(seconds=39)
    ignored = words(await room.say(luis, "agenda next"))
    assert "59 seconds ago" in ignored
    assert "say it again in 1 second, or now:" in ignored
    assert "so nothing changed" in words(await room.say(luis, "agenda skip"))
    assert meeting(room).current == "MTG-001.1"
    room.clock.advance(seconds=1)
    await room.say(luis, "agenda next")
    assert meeting(room).current == "MTG-001.2"


@pytest.mark.parametrize("verb", ["next", "skip"])
async def test_next_said_twice_by_one_person_is_once(room: MeetingRoom, verb: str) -> None:
    await started(room, "one", "two", "three")
    await room.say(anna, "agenda next")
    for seconds in (0, 20):
        room.clock.advance(seconds=seconds)
        ignored = words(await room.say(anna, f"agenda {verb}"))
        assert ignored.startswith(f"You took up item 1 “one” {seconds} seconds ago, so nothing changed.")
        assert f"say it again in {60 - seconds} seconds, or now:" in ignored
        assert f"agenda {verb} anyway" in ignored
    assert meeting(room).current == "MTG-001.1"
    await room.say(anna, f"agenda {verb} anyway")
    assert meeting(room).current == "MTG-001.2"


async def test_a_button_moves_on_only_from_what_it_was_drawn_for(room: MeetingRoom) -> None:
    await started(room, "one", "two", "three")
    await room.press(anna, "agenda next MTG-001")
    assert "item 1 “one” is on. Nothing changed." in words(await room.press(anna, "agenda next MTG-001"))
    await room.press(luis, "agenda next MTG-001.1")  # looked at the first item's own card
    assert meeting(room).current == "MTG-001.2"
    for stale in ("agenda next MTG-001.1", "agenda skip MTG-001.1"):
        assert "has moved on since this card was drawn" in words(await room.press(luis, stale))
    assert meeting(room).current == "MTG-001.2"


async def test_a_skipped_item_comes_again_at_the_end(room: MeetingRoom) -> None:
    await started(room, "one", "two", "three")
    await room.say(anna, "agenda next")
    room.clock.advance(minutes=3)
    await room.say(anna, "agenda skip")
    assert (meeting(room).current, item(room, 1).state) == ("MTG-001.2", "planned")
    await room.say(anna, "agenda next anyway")
    await room.say(anna, "agenda next anyway")
    assert meeting(room).current == "MTG-001.1"
    assert "This is the last item." in words(await room.say(anna, "agenda skip"))
    room.clock.advance(minutes=4)
    await room.say(anna, "agenda next")
    assert (meeting(room).current, item(room, 1).state, item(room, 1).spent) == (None, "discussed", 420)
    refused = words(await room.say(anna, "agenda next"))
    assert "Every item of MTG-001 has been taken up. End the meeting, or add an item:" in refused
    await room.deliver()
    cards = [card.summary for card in room.cards() if card.summary.startswith("1 · one")]
    assert cards == ["1 · one · skipped", "1 · one · discussed"]  # each turn has a card of its own


async def test_an_item_is_marked_as_done_by_its_number(room: MeetingRoom) -> None:
    await started(room, "one", "two")
    await room.say(luis, "agenda done 2")
    assert item(room, 2).state == "discussed"
    assert "Item 2 “two” is discussed already." in words(await room.say(luis, "agenda done 2"))
    assert "has no item 3. It has: 1, 2." in words(await room.say(luis, "agenda done 3"))
    await room.say(anna, "agenda next")
    await room.say(anna, "agenda done 1")
    assert (item(room, 1).state, meeting(room).current) == ("discussed", None)
    assert "No item is on" in words(await room.say(anna, "agenda skip"))


async def test_an_empty_agenda_has_nothing_to_take_up(room: MeetingRoom) -> None:
    await started(room)
    assert "The agenda of MTG-001 is empty. Add an item:" in words(await room.say(anna, "agenda next"))


async def test_a_meeting_that_runs_over_asks_its_chair_and_then_the_leads(room: MeetingRoom) -> None:
    await started(room)
    room.clock.set(utc(12, 14, 59))
    assert not [out for out in await room.deliver() if out.address.direct]
    room.clock.set(utc(12, 15))
    first = [out for out in await room.deliver() if out.address.direct]
    assert [out.address.channel for out in first] == ["U-aoife"]
    assert words(first[0].card).startswith("Still running: PPQ readiness")
    assert buttons(first[0].card)["End the meeting"] == "meeting end MTG-001"
    room.clock.set(utc(12, 15, 30))
    second = [out for out in await room.deliver() if out.address.direct]
    assert sorted(out.address.channel for out in second) == ["U-aoife", "U-marta"]
    assert meeting(room).running  # nobody ends it but a person
    await room.press(marta, "meeting end MTG-001 anyway")
    after = [out for out in await room.deliver() if out.address.direct]
    assert len(after) == 3
    assert all(out.message and not buttons(out.card) for out in after)


async def test_a_meeting_that_ended_in_time_asks_nobody(room: MeetingRoom) -> None:
    await started(room)
    await room.say(anna, "meeting end anyway")
    await room.deliver()
    room.clock.set(utc(12, 15, 45))
    assert not [out for out in await room.deliver() if out.address.direct]


async def test_the_end_keeps_what_was_not_reached_and_refuses_everything_after(room: MeetingRoom) -> None:
    await started(room, "one", "two", "three")
    await room.say(anna, "agenda next")
    room.clock.advance(minutes=50)
    assert "or a lead does this" in words(await room.say(luis, "meeting end"))
    await room.say(anna, "meeting end anyway")
    assert [item(room, number).state for number in (1, 2, 3)] == ["discussed", "planned", "planned"]
    await room.deliver()
    assert "2 · two · not reached" in carrying(room)[0]
    ended = [entry for entry in room.trail() if "MeetingEnded" in entry["event"]]
    assert [entry["record"] for entry in ended] == ["MTG-001"]
    for sentence in (
        "meeting start MTG-001", "meeting end MTG-001", "here MTG-001", "regrets MTG-001",
        "meeting present MTG-001 @l", "meeting invite MTG-001 @t", "agenda add more MTG-001",
        "agenda drop 2 MTG-001 reason:whatever", "agenda order 3 MTG-001", "agenda post MTG-001",
        "agenda next MTG-001", "agenda skip MTG-001.2", 'meeting move MTG-001 to:"tomorrow 9:00" reason:whatever',
        "meeting cancel MTG-001 reason:whatever",
    ):  # fmt: skip
        named = {key: who for key, who in {"l": luis, "t": tomas}.items() if f"@{key}" in sentence}
        refused = words(await room.say(anna, sentence, **named))
        assert "ended on Thu 12 Mar 2026 14:50 (Europe/Dublin): nothing more is recorded" in refused, sentence
    assert meeting(room).state == "closed"


@pytest.mark.parametrize("sentence", ["meeting end", "agenda skip", "here", "agenda done 1", "meeting present @l"])
async def test_nothing_is_held_before_the_start(room: MeetingRoom, sentence: str) -> None:
    await planned(room, "one")
    named = {"l": luis} if "@l" in sentence else {}
    assert "No meeting is running here" in words(await room.say(anna, sentence, **named))


async def test_the_same_delivery_three_times_starts_and_adds_once(room: MeetingRoom) -> None:
    await planned(room)
    for _ in range(3):
        await room.say(anna, "agenda add one", delivery="once")
        await room.say(anna, "meeting start MTG-001", delivery="start-once")
    assert item(room, 1).text == "one"
    starts = [entry for entry in room.trail() if entry["event"] == "MeetingStarted"]
    assert len(starts) == 1


async def test_a_stranger_at_the_meeting_makes_no_record(room: MeetingRoom) -> None:
    await started(room)
    assert "Nothing was recorded yet" in words(await room.say(person("Zeynep Şahin", "T2"), "here"))
    assert len(meeting(room).present) == 1


async def test_how_long_it_took_fits_the_times_beside_it(room: MeetingRoom) -> None:
    await planned(room)
    room.clock.set(utc(12, 14, 0) + timedelta(seconds=50))
    await room.say(anna, "meeting start")
    room.clock.set(utc(12, 14, 2) + timedelta(seconds=10))
    await room.say(anna, "meeting end anyway")
    await room.deliver()
    ended = [words(card) for card in room.cards() if "Ended:" in words(card)]
    assert "14:00 (Europe/Dublin) – 14:02 (Europe/Dublin) · 2 min" in ended[-1]

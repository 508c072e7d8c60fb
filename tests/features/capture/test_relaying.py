"""With `transfer set relay:on` the talk of a meeting goes to its other rooms; without it only records do."""

from __future__ import annotations

import asyncio
import json

import pytest_asyncio

from core.api import Address
from tests.features.capture.talking import TEAMS, meeting_in_two_rooms, stored
from tests.features.meetings.planned import standing, started
from tests.features.transfers.test_joining import invited
from tests.meeting_room import ROOM, MeetingRoom, anna, jurgen, luis, marta, stranger, tomas, words

OWN = Address("slack", "T1", "C-norvane")
TALK = "the second lot arrived this morning"


@pytest_asyncio.fixture
async def carried(room: MeetingRoom) -> MeetingRoom:
    """A meeting that runs in two rooms, whose talk goes to both."""
    await meeting_in_two_rooms(room)
    await room.say(anna, "transfer set relay:on")
    await room.deliver()
    return room


def talk_in(room: MeetingRoom, sent: list, at: Address) -> list[str]:
    """What was carried to a room just now."""
    return [words(out.card) for out in sent if out.address == at and "the talk" not in out.card.summary and _talk(out)]


def _talk(out) -> bool:
    return out.card.tone == "quiet" and not out.only_for and out.card.place.record in ("MTG-001", None)


async def test_without_it_talk_stays_where_it_was_said(room: MeetingRoom) -> None:
    await meeting_in_two_rooms(room)
    before = stored(room)
    await room.talk(tomas, TALK)
    assert stored(room) == before


async def test_a_line_is_quoted_in_the_other_rooms_with_who_said_it(carried: MeetingRoom) -> None:
    await carried.talk(tomas, TALK)
    sent = await carried.deliver()
    assert [(out.address, words(out.card)) for out in sent] == [
        (TEAMS, f"Tomáš Dvořák (Norvane Therapeutics) · #joint\n{TALK}")
    ]
    await carried.talk(luis, "good, @j then we can go on", at=TEAMS, j=jurgen)
    [out] = await carried.deliver()
    assert out.address == ROOM
    assert "Luís Gonçalves (Tarnbrook Manufacturing)" in words(out.card)
    assert "good, @Jürgen Weiß then we can go on" in words(out.card)
    assert not any(type(span).__name__ == "PersonSpan" for block in out.card.blocks for span in block.spans)


async def test_the_start_card_says_so(carried: MeetingRoom) -> None:
    await carried.say(luis, "here")
    await carried.deliver()
    assert "what is said in one is carried to all" in words(standing(carried, "MTG-001 · PPQ readiness · running"))


async def test_the_running_card_says_at_once_where_talk_goes(room: MeetingRoom) -> None:
    await started(room)
    await room.deliver()
    assert "Held in" not in running(room, ROOM)
    await room.say(marta, f"transfer join {await invited(room)}", at=TEAMS)
    await room.deliver()
    assert "Tandem reads this room until the meeting ends" in running(room, TEAMS)
    for said, told in (("on", "what is said in one is carried to all"), ("off", "other talk stays where it was said")):
        await room.say(anna, f"transfer set relay:{said}")
        await room.deliver()
        assert told in running(room, ROOM)
        assert told in running(room, TEAMS)
    await room.say(anna, 'transfer room remove ROM-002 reason:"not needed any more"')
    await room.deliver()
    assert "Held in" not in running(room, ROOM)


def running(room: MeetingRoom, at: Address) -> str:
    """The words of the one card in a room that says that a meeting runs there."""
    [card] = [card for card in room.cards(at) if words(card).startswith("Running: ")]
    return words(card)


async def test_what_makes_a_record_travels_as_one_and_not_twice(carried: MeetingRoom) -> None:
    await carried.talk(tomas, "Action: order the filters")
    sent = await carried.deliver()
    assert not talk_in(carried, sent, TEAMS)
    assert any("ACT-001" in out.card.summary for out in sent if out.address == TEAMS)


async def test_what_is_only_proposed_is_carried(carried: MeetingRoom) -> None:
    await carried.talk(tomas, "someone needs to chase the excipient CoA")
    sent = await carried.deliver()
    assert [out.only_for for out in sent if out.card.place.record == "PRP-001"] == ["U-tomáš", "U-aoife"]
    assert any("someone needs to chase" in words(out.card) for out in sent if out.address == TEAMS)


async def test_off_is_carried_nowhere_and_a_guest_is_named(carried: MeetingRoom) -> None:
    before = stored(carried)
    await carried.talk(tomas, f"[off] {TALK}")
    assert stored(carried) == before
    await carried.talk(stranger, TALK)
    [out] = await carried.deliver()
    assert words(out.card).startswith("Nobody Known · #joint")


async def test_from_a_room_that_is_not_read_nothing_is_carried(carried: MeetingRoom) -> None:
    assert "Nothing that is said there is carried" in words(await carried.say(anna, "listen off"))
    [start] = [words(out.card) for out in await carried.deliver() if out.address == TEAMS]
    assert "reads nothing here but what is said to it, and carries nothing" in start
    assert not await carried.core.listens(ROOM)
    await carried.talk(luis, TALK, at=TEAMS)
    [out] = await carried.deliver()
    assert TALK in words(out.card), "the other room is read, and heard here"


async def test_where_only_tags_are_read_the_talk_is_carried(carried: MeetingRoom) -> None:
    assert "carries what is said" in words(await carried.say(anna, "listen tags"))
    await carried.deliver()
    await carried.talk(tomas, TALK)
    [out] = await carried.deliver()
    assert TALK in words(out.card)


async def test_a_line_that_comes_twice_is_carried_once(carried: MeetingRoom) -> None:
    await carried.talk(tomas, TALK, delivery="7")
    before = stored(carried)
    await carried.talk(tomas, TALK, delivery="7")
    assert stored(carried) == before


async def test_nothing_of_a_company_s_own_room_is_carried(carried: MeetingRoom) -> None:
    await carried.say(anna, "transfer room internal", at=OWN)
    await carried.deliver()
    before = stored(carried)
    await carried.talk(tomas, TALK, at=OWN)
    assert stored(carried) == before
    await carried.talk(tomas, "the other talk", delivery="8")
    sent = await carried.deliver()
    assert [out.address for out in sent] == [TEAMS]  # nor is anything carried into it


async def test_it_ends_with_the_meeting(carried: MeetingRoom) -> None:
    await carried.say(anna, "meeting end anyway")
    before = stored(carried)
    await carried.talk(tomas, TALK)
    assert stored(carried) == before


async def test_a_burst_goes_as_a_few_cards_in_its_order_and_loses_nothing(carried: MeetingRoom) -> None:
    await carried.talk_at_once(tomas, [f"line {at:03}" for at in range(60)])
    await carried.talk(marta, "Action: order the filters")
    sent = [out for out in await carried.deliver() if out.address == TEAMS]
    lists = [words(out.card) for out in sent if "lines from another room" in out.card.summary]
    assert 0 < len(lists) <= 5
    said = "\n".join(lists)
    assert [said.index(f"Tomáš Dvořák (Norvane Therapeutics): line {at:03}") for at in range(60)] == sorted(
        said.index(f"line {at:03}") - len("Tomáš Dvořák (Norvane Therapeutics): ") for at in range(60)
    )
    assert any("ACT-001" in out.card.summary for out in sent)  # a record never vanishes among talk


async def test_the_trail_says_that_it_was_carried_and_not_what(carried: MeetingRoom) -> None:
    await carried.talk(tomas, TALK)
    [entry] = [one for one in carried.trail() if one["event"] == "LineRelayed"]
    assert (entry["record"], entry["actor"]) == ("MTG-001", "system")
    assert TALK not in json.dumps(carried.trail())


async def test_a_room_that_is_back_gets_what_was_said_meanwhile_in_its_order(carried: MeetingRoom) -> None:
    await carried.talk(tomas, "before")  # still waits when the room goes
    await carried.core.news.room_lost(TEAMS, "Tandem was removed from the team")
    carried.inbox.gone.add(TEAMS)
    for number in range(1, 8):
        await carried.talk(tomas, f"line {number}")
    await carried.say(anna, "note 5 °C all night")
    assert not [out for out in await carried.deliver() if out.address == TEAMS]
    carried.inbox.gone.clear()
    await carried.core.news.room_back(TEAMS)
    await carried.talk(tomas, "after")
    back, *sent = [out.card for out in await carried.deliver() if out.address == TEAMS]
    assert "can be reached again" in words(back)
    [talk] = [words(card) for card in sent if "9 lines from another room" in card.summary]
    said = [line.rpartition(": ")[2] for line in talk.splitlines() if line.startswith("- ")]
    assert said == ["before", *(f"line {number}" for number in range(1, 8)), "after"]
    await carried.core.news.room_lost(TEAMS, "Tandem was removed from the team")
    await carried.core.news.room_back(TEAMS)
    assert not [out for out in await carried.deliver() if out.address == TEAMS and "line" in out.card.summary]


async def test_a_room_that_is_back_after_the_meeting_hears_how_much_it_missed_and_where_it_stands(
    carried: MeetingRoom,
) -> None:
    await carried.core.news.room_lost(TEAMS, "Tandem was removed from the team")
    await carried.talk(tomas, TALK)
    carried.clock.advance(minutes=5)
    await carried.talk(tomas, "and the third")
    await carried.say(anna, "meeting end anyway")
    await carried.deliver()
    await carried.core.news.room_back(TEAMS)
    sent = [words(out.card) for out in await carried.deliver() if out.address == TEAMS]
    [told] = [one for one in sent if "not carried" in one]
    assert told.startswith("2 lines were not carried here")
    assert "To be read in: #joint" in told
    assert TALK not in "".join(sent)


async def test_lines_and_the_room_s_return_at_one_moment_lose_nothing(carried: MeetingRoom) -> None:
    await carried.core.news.room_lost(TEAMS, "Tandem was removed from the team")
    said = [carried.talk(tomas, f"line {at:03}", delivery=f"9{at:03}") for at in range(40)]
    await asyncio.gather(*said[:20], carried.core.news.room_back(TEAMS), *said[20:])
    cards = [words(out.card) for out in await carried.deliver() if out.address == TEAMS]
    assert sorted(line[-8:] for card in cards for line in card.splitlines() if line[-8:-3] == "line ") == [
        f"line {at:03}" for at in range(40)
    ]


async def test_nothing_is_kept_for_a_room_that_was_taken_out(carried: MeetingRoom) -> None:
    await carried.core.news.room_lost(TEAMS, "Tandem was removed from the team")
    await carried.talk(tomas, TALK)
    await carried.say(anna, 'transfer room remove ROM-002 reason:"archived"')
    assert not [post for post in carried.posts() if post.state == "held"]

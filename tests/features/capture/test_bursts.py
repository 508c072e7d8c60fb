"""Lines in bursts from two rooms, twice and out of order: nothing doubled, nothing lost, numbered as they came."""

from __future__ import annotations

import asyncio

from core.features.actions.records import Action
from core.features.capture.records import Proposal
from core.kernel.audit import Source
from tests.features.capture.talking import TEAMS, meeting_in_two_rooms, proposals
from tests.meeting_room import ROOM, MeetingRoom, anna, jurgen, luis, marta, tomas

MANY = 200


def lines(number: int) -> tuple[str, str]:
    """A line of a burst, by turns tagged, natural and talk, and its delivery."""
    kinds = (
        f"Action: order filter {number}",
        f"someone needs to chase lot {number}",
        f"lot {number} looks fine, I think",
    )
    return kinds[number % 3], f"17{number:05}"


async def test_two_hundred_lines_from_both_rooms_and_each_twice(room: MeetingRoom) -> None:
    await meeting_in_two_rooms(room)
    speakers = (anna, tomas, luis, marta)

    async def say(number: int) -> None:
        text, delivery = lines(number)
        at = TEAMS if number % 2 else ROOM
        await room.talk(speakers[number % 4], text, at=at, delivery=delivery)

    everything = [say(number) for number in range(MANY) for _ in range(2)]
    await asyncio.gather(*everything)
    tagged = [number for number in range(MANY) if number % 3 == 0]
    natural = [number for number in range(MANY) if number % 3 == 1]
    assert sorted(row.text for row in room.rows(Action)) == sorted(f"order filter {number}" for number in tagged)
    assert sorted(row.text for row in room.rows(Proposal)) == sorted(f"chase lot {number}" for number in natural)


async def test_a_room_s_lines_are_numbered_as_they_came(room: MeetingRoom) -> None:
    await meeting_in_two_rooms(room)
    long = " and so on" * 300  # read beside the event loop, while the short ones wait their turn
    texts = [f"Action: order filter {number}{long if number % 7 == 0 else ''}" for number in range(60)]
    await room.talk_at_once(tomas, texts)
    assert [row.text for row in room.rows(Action)] == [text.removeprefix("Action: ")[:3000] for text in texts]


async def test_a_reply_that_comes_before_its_line_leaves_no_second_one(talk: MeetingRoom) -> None:
    await talk.talk(luis, "I can take that one", delivery="2", thread="1")
    await talk.talk(tomas, "someone needs to chase the excipient CoA", delivery="1")
    assert [row.text for row in proposals(talk)] == ["chase the excipient CoA"]


async def test_a_crash_between_two_records_of_one_line_is_mended_by_the_next_delivery(talk: MeetingRoom) -> None:
    await talk.talk(jurgen, "Action: order the filters", delivery="1")
    await talk.talk(jurgen, "Action: order the filters", delivery="1")
    assert len([row for row in talk.rows_of(Source) if row.message == "1"]) == 1

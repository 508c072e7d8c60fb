"""Two rooms of one transfer: both speak at once, one cannot be reached, and it is back."""

from __future__ import annotations

import asyncio

from core.features.actions.records import Action
from core.features.minutes.records import Minutes
from core.features.questions.records import Note
from tests.features.transfers.test_joining import MARTA, TEAMS, joined
from tests.meeting_room import ROOM, MeetingRoom, anna, luis, marta, tomas, words


async def test_both_rooms_speak_at_once(room: MeetingRoom) -> None:
    await joined(room)
    before = {at: len(room.cards(at)) for at in (ROOM, TEAMS)}
    said = [
        room.say(who, f"{noun} {number} of {at.platform}", at=at)
        for number in range(50)
        for at, who in ((ROOM, tomas), (TEAMS, luis))
        for noun in ("note", "action")
    ]
    answers = await asyncio.gather(*said)
    assert not [answer for answer in map(words, answers) if "busy" in answer.lower()]
    for kind, prefix in ((Note, "NOT"), (Action, "ACT")):
        assert [row.ref for row in room.rows(kind)] == [f"{prefix}-{number:03d}" for number in range(1, 101)]
    await room.deliver()
    here, there = (room.cards(at)[before[at] :] for at in (ROOM, TEAMS))
    assert [words(card) for card in here] == [words(card) for card in there]
    assert all(f"ACT-{number:03d}" in "".join(map(words, here)) for number in range(1, 101))


async def test_a_card_says_in_each_room_who_said_what(room: MeetingRoom) -> None:
    await joined(room)
    for noun in ("decision", "action", "question", "risk", "note"):
        await room.say(luis, f"{noun} the filter of the second supplier", at=TEAMS)
    await room.deliver()
    for prefix in ("DEC", "ACT", "QUE", "RSK", "NOT"):
        [card] = [words(card) for card in room.cards(ROOM) if card.summary.startswith(prefix)]
        assert "the filter of the second supplier" in card
        assert "Luís Gonçalves (Tarnbrook Manufacturing)" in card


async def test_the_start_says_what_goes_to_both_rooms(room: MeetingRoom) -> None:
    await joined(room)
    await room.say(anna, 'meeting new "PPQ review" at:"9 Mar 2026 10:00" for:60m')
    await room.say(anna, "meeting start MTG-001")
    await room.deliver()
    for at in (ROOM, TEAMS):
        [card] = [words(card) for card in room.cards(at) if "Running:" in words(card)]
        assert "other talk stays where it was said" in card


async def test_relaying_is_kept_and_said_plainly(room: MeetingRoom) -> None:
    await joined(room)
    await room.say(marta, "transfer set relay:on", at=TEAMS)
    await room.deliver()
    [card] = [words(card) for card in room.cards(ROOM) if "Agenda comes" in words(card)]
    assert "go to every room that both companies share" in card
    await room.say(marta, "transfer set relay:off", at=TEAMS)
    assert "stay in their room" in words(await room.say(marta, "transfer show", at=TEAMS))


async def test_a_room_out_of_reach_is_told_of_in_the_other_and_in_the_minutes(room: MeetingRoom) -> None:
    await joined(room)
    await room.say(anna, 'meeting new "PPQ review" at:"9 Mar 2026 09:30" for:60m')
    await room.say(anna, "meeting start MTG-001")
    room.clock.advance(minutes=5)
    for _ in range(2):
        await room.core.news.room_lost(TEAMS, "the team was archived")
    await room.say(anna, "note nobody in Teams reads this")
    await room.deliver()
    [told] = [words(card) for card in room.cards(ROOM) if "cannot be reached" in words(card)]
    assert "the team was archived" in told
    assert any("the team was archived" in words(card) for card in room.cards(MARTA))
    room.clock.advance(minutes=10)
    await room.core.news.room_back(TEAMS)
    await room.say(anna, "note now they do")
    await room.deliver()
    for at in (ROOM, TEAMS):
        assert [card for card in room.cards(at) if "can be reached again" in words(card)]
    assert any("now they do" in words(card) for card in room.cards(TEAMS))
    await room.say(anna, "meeting end anyway")
    [minutes] = room.rows(Minutes)
    assert "could not be reached from Mon 9 Mar 2026 09:05" in minutes.markdown
    assert "to Mon 9 Mar 2026 09:15" in minutes.markdown
    await room.deliver()
    assert any("could not be reached from" in words(card) for card in room.cards(TEAMS))

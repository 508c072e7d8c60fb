"""A company's own room: the queue, the reminders and the motions are the joint meeting's, and stay what they are."""

import json

import pytest

from core.api import Address
from core.features.floor.records import Floor, Motion, Reminder
from tests.features.floor.rooms import floor, motion
from tests.features.transfers.test_joining import TEAMS, joined
from tests.meeting_room import ROOM, MeetingRoom, anna, luis, priya, said_once, words

OWN = Address("slack", "T1", "C-norvane")
SECRET = "zebrafish"


@said_once
async def bridged(room: MeetingRoom) -> None:
    """A meeting runs in a room of each platform, and the sponsor has a room of its own."""
    await joined(room)
    await room.say(anna, "transfer room internal", at=OWN)
    await room.say(anna, 'meeting new "PPQ review" at:"9 Mar 2026 10:00" for:60m')
    room.clock.advance(minutes=55)
    await room.say(anna, "meeting start MTG-001")
    await room.deliver()


@pytest.mark.parametrize(
    "sentence",
    [
        f"q+ about the {SECRET}",
        f"remind us in 5 minutes of the {SECRET}",
        f"motion we hide the {SECRET}",
        "vote MOT-001 yes",
        "ack @l",
        "q- @l",
        "agenda more",
        "motion close MOT-001",
        "chair @p",
    ],
)
async def test_what_is_said_there_changes_nothing_that_both_see(room: MeetingRoom, sentence: str) -> None:
    await bridged(room)
    await room.say(anna, "agenda add one")
    await room.say(anna, "agenda next")
    await room.say(luis, "q+ the filters", at=TEAMS)
    await room.say(luis, "motion we go with three batches", at=TEAMS)
    await room.deliver()
    before, trail = len(room.posts()), len(room.trail())
    named = {key: who for key, who in {"l": luis, "p": priya}.items() if f"@{key}" in sentence}
    refused = words(await room.say(anna, sentence, at=OWN, **named))
    assert "This room is Norvane Therapeutics’s own, and what is said here stays here" in refused
    assert (len(room.posts()), len(room.trail())) == (before, trail)
    told = json.dumps([room.trail(), [str(post) for post in room.posts()]])
    assert SECRET not in told
    assert [one["about"] for one in floor(room).queue] == ["the filters"]
    assert motion(room).votes == []
    assert room.rows(Reminder) == []


@pytest.mark.parametrize("sentence", ["queue", "who is here?", "remind list", "motion list"])
async def test_what_both_see_may_be_asked_there(room: MeetingRoom, sentence: str) -> None:
    await bridged(room)
    await room.say(luis, "q+ the filters", at=TEAMS)
    answer = words(await room.say(anna, sentence, at=OWN))
    assert "stays here" not in answer
    assert answer.splitlines()[0] in {
        "Speakers’ queue: PPQ review", "Who is here: PPQ review", "Reminders to come", "Motions",
    }  # fmt: skip


async def test_both_joint_rooms_have_every_card_and_the_own_room_has_none(room: MeetingRoom) -> None:
    await bridged(room)
    await room.say(luis, "q+ the filters", at=TEAMS)
    await room.say(anna, "q+")
    await room.say(anna, "ack")
    await room.say(luis, "motion we go with three batches", at=TEAMS)
    await room.say(anna, "vote yes")
    await room.say(luis, "remind us in 5 minutes to stop", at=TEAMS)
    room.clock.advance(minutes=5)
    await room.deliver()
    for at in (ROOM, TEAMS):
        shown = "\n".join(words(card) for card in room.cards(at))
        assert "Speaks now: Luís Gonçalves" in shown
        assert "1 yes · 0 no · 0 abstained" in shown
        assert "It is time: stop" in shown
    own = "\n".join(words(card) for card in room.cards(OWN))
    assert not [said for said in ("filters", "batches", "stop", "PPQ review") if said in own]
    assert {len(room.rows(kind)) for kind in (Floor, Motion, Reminder)} == {1}

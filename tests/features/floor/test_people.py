"""Two people who turn out to be one wait once, speak once, and have one vote: the later."""

from tests.features.floor.rooms import motion, queue, speaks
from tests.features.meetings.planned import started
from tests.meeting_room import MeetingRoom, anna, luis, marta, person, said_once, words

SECOND = person("Luis G", "T2")


@said_once
async def both(room: MeetingRoom) -> None:
    """Luís is known twice, and both of him take part."""
    await started(room)
    await room.say(marta, "member add @s role:expert", s=SECOND)


async def as_one(room: MeetingRoom) -> None:
    """They are said to be one."""
    answer = words(await room.say(marta, "member same @l @s", l=luis, s=SECOND))
    assert "is here for Tarnbrook Manufacturing" in answer


async def test_one_place_on_the_queue(room: MeetingRoom) -> None:
    await both(room)
    await room.say(SECOND, "q+ the filters")
    await room.say(anna, "q+")
    await room.say(luis, "q+ the hold time")
    await as_one(room)
    assert len(queue(room)) == 2
    assert queue(room)[1] == "Aoife"
    await room.say(anna, "ack")
    assert speaks(room) is not None
    assert queue(room) == ["Aoife"]


async def test_one_vote_the_later_one(room: MeetingRoom) -> None:
    await both(room)
    await room.say(luis, "motion we go with three batches")
    await room.say(luis, "vote yes")
    room.clock.advance(minutes=1)
    await room.say(SECOND, "vote no")
    await as_one(room)
    assert [one["vote"] for one in motion(room).votes] == ["no"]
    kept = motion(room).votes[0]["person"]
    assert room.core.directories.look("NVT").members[kept].active

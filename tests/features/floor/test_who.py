"""“Who is here?”: by company, with who is missing and which role."""

import pytest

from tests.features.meetings.planned import started
from tests.meeting_room import MeetingRoom, anna, buttons, jurgen, luis, marta, priya, words


@pytest.mark.parametrize("said", ["who is here?", "who is here", "Who's here?", "who’s here"])
async def test_it_is_told_by_company_and_role(room: MeetingRoom, said: str) -> None:
    await started(room)
    await room.say(luis, "here")
    room.clock.advance(minutes=4)
    await room.say(priya, "note the filter is here")
    await room.say(marta, "regrets")
    answer = await room.say(luis, said)
    assert words(answer).splitlines()[:8] == [
        "Who is here: PPQ readiness",
        "MTG-001 · since 14:00 (Europe/Dublin) · chair @Aoife Ní Bhriain",
        "Norvane Therapeutics · 2 people here · missing: expert",
        "- @Aoife Ní Bhriain · lead",
        "- @Priya Raghunathan · QA · recorded something at 14:04 (Europe/Dublin)",
        "Tarnbrook Manufacturing · 1 person here · missing: lead, QA",
        "- @Luís Gonçalves · expert",
        "- regrets · @Marta Kowalczyk · lead",
    ]
    assert buttons(answer)["Here"] == "here MTG-001"


async def test_whoever_the_chair_says_is_not_there(room: MeetingRoom) -> None:
    await started(room)
    await room.say(priya, "here")
    await room.say(anna, "meeting absent @p", p=priya)
    await room.say(anna, "meeting present @j", j=jurgen)
    told = words(await room.say(luis, "who is here?"))
    assert "- not here · @Priya Raghunathan · QA" in told
    assert "- not heard of · @Luís Gonçalves · expert" in told
    assert "- @Jürgen Weiß · QA · noted by Aoife Ní Bhriain" in told

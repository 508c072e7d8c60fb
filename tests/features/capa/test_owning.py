"""Owners are asked: they accept or decline, with nobody in their place, and a decline finds the lead."""

from __future__ import annotations

from core.features.capa.records import CapaLine
from core.view import Form
from tests.features.actions.people import card_of, direct, to
from tests.features.capa.plans import RETRAIN, line, opened, with_lines
from tests.meeting_room import MeetingRoom, anna, buttons, jurgen, luis, marta, words


async def test_a_correction_begins_when_accepted_and_the_others_with_the_approval(room: MeetingRoom) -> None:
    await with_lines(room)
    assert "CAPA-001.1" in words(await room.say(luis, "capa accept CAPA-001.1"))
    await room.say(jurgen, "capa accept CAPA-001.2")
    assert [(row.state, row.accepted) for row in room.rows(CapaLine)] == [("in_progress", True), ("planned", True)]
    await room.deliver()
    assert "State: accepted, under way" in words(card_of(room, "CAPA-001.1"))
    assert "State: accepted; begins with the approval" in words(card_of(room, "CAPA-001.2"))
    assert list(buttons(card_of(room, "CAPA-001.2"))) == ["Owner or date…"]
    assert buttons(card_of(room, "CAPA-001.2", direct(jurgen))) == {}
    assert "@Jürgen Weiß ✓" in words(card_of(room, "CAPA-001"))


async def test_nobody_accepts_for_somebody_else(room: MeetingRoom) -> None:
    await with_lines(room)
    answer = words(await room.say(marta, "capa accept CAPA-001.1"))
    assert "CAPA-001.1 is Luís Gonçalves’s: only its owner says this." in answer
    assert "only its owner says this" in words(await room.say(marta, "capa decline CAPA-001.1 reason:whatever"))
    assert not line(room).accepted


async def test_accepted_is_accepted(room: MeetingRoom) -> None:
    await with_lines(room)
    await room.say(luis, "capa accept CAPA-001.1")
    assert "You accepted CAPA-001.1 already" in words(await room.say(luis, "capa accept CAPA-001.1"))
    answer = words(await room.say(luis, 'capa decline CAPA-001.1 reason:"no time"'))
    assert "a lead or QA gives it to somebody else, with a reason" in answer
    assert line(room).accepted


async def test_a_decline_needs_a_reason_and_takes_the_owner_off(room: MeetingRoom) -> None:
    await with_lines(room)
    own = card_of(room, "CAPA-001.1", direct(luis))
    form = await room.press(luis, buttons(own)["Decline…"], at=direct(luis), place=own.place)
    assert isinstance(form, Form)
    assert "at least 5" in words(await room.fill(luis, form, at=direct(luis), line="CAPA-001.1", reason="no"))
    await room.fill(luis, form, at=direct(luis), line="CAPA-001.1", reason="line 4 is not mine")
    sent = await room.deliver()
    declined = line(room)
    assert (declined.owner, declined.side, declined.told, declined.state) == (None, None, False, "planned")
    assert "remind:CAPA-001.1" not in " ".join(room.jobs())
    for lead in (marta, anna):  # the lead of his company, and whoever added the line
        assert "Nobody does it now: CAPA-001.1" in words(to(lead, sent)[0])
    assert "Not yours any more." in words(card_of(room, "CAPA-001.1", direct(luis)))
    assert "declined: line 4 is not mine" in words(card_of(room, "CAPA-001.1"))
    assert list(buttons(card_of(room, "CAPA-001.1"))) == ["Name an owner…"]
    assert "CAPA-001.1 has no owner yet" in words(await room.say(luis, "capa accept CAPA-001.1"))
    [entry] = [one for one in room.trail() if one["event"] == "CapaLineDeclined"]
    assert entry["reason"] == "line 4 is not mine"

    await room.say(marta, "capa assign CAPA-001.1 @j", j=jurgen)  # the date stays
    assert str(line(room).due) == "2026-03-20"
    assert words(to(jurgen, await room.deliver())[0]).startswith("For you: CAPA-001.1")


async def test_whoever_gives_it_to_themselves_is_not_told_of_it(room: MeetingRoom) -> None:
    await opened(room)
    await room.say(anna, RETRAIN, l=anna)
    assert to(anna, await room.deliver()) == []
    assert "Accept" in buttons(card_of(room, "CAPA-001.1"))
    await room.say(anna, "capa accept CAPA-001.1")
    assert line(room).accepted

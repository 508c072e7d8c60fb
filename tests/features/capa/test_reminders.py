"""An owner is reminded of a line before its day and on it, at nine in their morning, in one message with all else."""

from __future__ import annotations

from datetime import UTC, datetime

from core.features.capa.records import CapaLine
from core.features.questions.records import Note
from tests.features.actions.people import direct, to
from tests.features.actions.test_reminders import everything_until
from tests.features.capa.plans import RETRAIN, opened, with_lines
from tests.meeting_room import MeetingRoom, anna, buttons, luis, marta, words


async def test_on_the_working_day_before_and_on_the_day(room: MeetingRoom) -> None:
    await with_lines(room)
    assert await everything_until(room, 20) == [
        ("Thu 08:00", "U-luís Due on Fri 20 Mar 2026: CAPA-001.1 retrain the operators of line 4"),
        ("Fri 08:00", "U-luís Due today: CAPA-001.1 retrain the operators of line 4"),
    ]


async def test_a_reminder_asks_who_did_not_accept_yet(room: MeetingRoom) -> None:
    await with_lines(room)
    room.clock.set(datetime(2026, 3, 19, 8, tzinfo=UTC))
    [eve] = to(luis, await room.deliver())
    assert list(buttons(eve)) == ["Accept", "Decline…"]
    assert "note CAPA-001.1: done, what shows it" in words(eve)
    [asked] = [said for said in words(eve).splitlines() if said.startswith("Another day? It is given by ")]
    assert {"@Marta Kowalczyk", "@Jürgen Weiß"} <= set(asked[28:].partition(":")[0].split(", "))
    assert 'capa assign CAPA-001.1 by Friday reason:"why"' in asked
    await room.say(luis, "note CAPA-001.1: done, training record TR-7")  # as it says
    assert room.rows(Note)[0].text == "CAPA-001.1: done, training record TR-7"
    await room.press(luis, buttons(eve)["Accept"], at=direct(luis), place=eve.place)
    room.clock.set(datetime(2026, 3, 20, 8, tzinfo=UTC))
    told = [card for card in to(luis, await room.deliver()) if words(card).startswith("Due today")]
    assert [buttons(card) for card in told] == [{}]


async def test_lines_of_one_morning_are_one_message(room: MeetingRoom) -> None:
    await with_lines(room)
    await room.say(anna, 'capa line CAPA-001 preventive "review at each gate" @p by 20 March', p=luis)
    await room.deliver()
    heard = await everything_until(room, 20)
    assert heard == [("Thu 08:00", "U-luís 2 CAPA lines due"), ("Fri 08:00", "U-luís 2 CAPA lines due")]
    assert reminded(room) == ["CAPA-001.1", "CAPA-001.3"] * 2


def reminded(room: MeetingRoom) -> list[str]:
    return [entry["record"] for entry in room.trail() if "OwnerReminded" in entry["event"]]


async def test_with_an_action_of_the_same_morning_too(room: MeetingRoom) -> None:
    await with_lines(room)
    await room.say(anna, "action verify the batch record @p by 20 March", p=luis)
    await room.deliver()
    room.clock.set(datetime(2026, 3, 19, 8, tzinfo=UTC))
    [told] = to(luis, await room.deliver())
    assert words(told).startswith("Due on Fri 20 Mar 2026: ACT-001 verify the batch record")
    assert "CAPA-001.1: correction: retrain the operators of line 4 · Fri 20 Mar 2026 · not accepted yet" in words(told)
    assert buttons(told)["Accept CAPA-001.1"] == "capa accept CAPA-001.1"
    assert told.summary.endswith("· CAPA-001.1")
    assert sorted(reminded(room)) == ["ACT-001", "CAPA-001.1"]
    await room.say(anna, "action send the protocol @p by 20 March", p=luis)
    await room.deliver()
    room.clock.set(datetime(2026, 3, 20, 8, tzinfo=UTC))
    [told] = to(luis, await room.deliver())
    assert words(told).startswith("2 actions due, CAPA-001.1")
    assert sorted(reminded(room)) == sorted(["ACT-001", "CAPA-001.1"] * 2 + ["ACT-002"])
    assert not [key for key in room.jobs() if key.startswith("remind:") and "CAPA-001.2" not in key]


async def test_down_for_days_it_is_told_once_and_late(room: MeetingRoom) -> None:
    await with_lines(room)
    room.clock.set(datetime(2026, 3, 23, 9, tzinfo=UTC))
    [told] = to(luis, await room.deliver())
    assert words(told).startswith("Was due on Fri 20 Mar 2026: CAPA-001.1")
    assert "3 days overdue" in words(told)


async def test_a_lead_stands_in_for_whoever_left(room: MeetingRoom) -> None:
    await with_lines(room)
    answer = words(await room.say(marta, 'member remove @p reason:"new job"', p=luis))
    assert "1 open CAPA line is theirs: CAPA-001.1" in answer
    await room.deliver()
    room.clock.set(datetime(2026, 3, 19, 8, tzinfo=UTC))
    sent = await room.deliver()
    assert to(luis, sent) == []
    [told] = [card for card in to(marta, sent) if "CAPA-001.1" in card.summary]
    assert "@Luís Gonçalves is no longer part of this transfer." in words(told)
    assert list(buttons(told)) == ["Owner or date…"]


async def test_nothing_is_said_where_nothing_is_expected(room: MeetingRoom) -> None:
    await opened(room)
    await room.say(anna, RETRAIN, l=luis)
    await room.say(anna, 'transfer close reason:"moved in house"')
    await room.say(marta, "transfer agree")
    await room.deliver()
    assert room.rows(CapaLine)[0].open
    room.clock.set(datetime(2026, 3, 19, 8, tzinfo=UTC))
    assert to(luis, await room.deliver()) == []

"""Reminders by direct message: at whose nine o'clock, how often, and to whom when the owner cannot be reached."""

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.kernel.transfers import PersonAccount
from tests.features.actions.people import in_nvt, reminders, to, yuki, zeynep
from tests.meeting_room import MeetingRoom, anna, buttons, luis, marta, words


async def everything_until(room: MeetingRoom, day: int) -> list[tuple[str, str]]:
    """Who was told what first, hour by hour to nine in the evening of a day in March."""
    heard = []
    while room.clock.now() < datetime(2026, 3, day, 21, tzinfo=UTC):
        room.clock.advance(hours=1)
        for out in await room.deliver():
            if out.address.direct:
                when = f"{room.clock.now():%a %H:%M}"
                heard.append((when, f"{out.address.channel} {words(out.card).splitlines()[0]}"))
    return heard


async def test_at_nine_in_each_owner_s_own_zone(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "action agree the plan @a @b @c by Thursday", a=luis, b=yuki, c=zeynep)
    await room.deliver()
    assert await everything_until(room, 12) == [
        ("Wed 00:00", "U-yuki Due on Thu 12 Mar 2026: ACT-001 agree the plan"),
        ("Wed 08:00", "U-luís Due on Thu 12 Mar 2026: ACT-001 agree the plan"),
        ("Wed 09:00", "U-zeynep Due on Thu 12 Mar 2026: ACT-001 agree the plan"),  # the transfer's zone
        ("Thu 00:00", "U-yuki Due today: ACT-001 agree the plan"),
        ("Thu 08:00", "U-luís Due today: ACT-001 agree the plan"),
        ("Thu 09:00", "U-zeynep Due today: ACT-001 agree the plan"),
    ]


async def test_due_on_monday_they_are_reminded_on_friday(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "action send the protocol @p by 16 March", p=luis)
    await room.deliver()
    heard = await everything_until(room, 16)
    assert [when for when, _ in heard] == ["Fri 08:00", "Mon 08:00"]


async def test_what_is_due_on_a_weekend_is_reminded_of_once_on_friday(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "action send the protocol @p by 14 March", p=luis)
    await room.deliver()
    assert await everything_until(room, 16) == [
        ("Fri 08:00", "U-luís Due on Sat 14 Mar 2026: ACT-001 send the protocol")
    ]


async def test_what_is_due_today_is_reminded_of_only_while_nine_is_ahead(room: MeetingRoom) -> None:
    await in_nvt(room)
    room.clock.set(datetime(2026, 3, 10, 7, tzinfo=UTC))
    await room.say(anna, "action send the protocol @p today", p=luis)
    assert reminders(room) == {"ACT-001 day": "Tue 10 Mar 08:00"}
    room.clock.set(datetime(2026, 3, 10, 21, tzinfo=UTC))
    await room.say(anna, "action send the list @p today", p=luis)
    assert reminders(room) == {"ACT-001 day": "Tue 10 Mar 08:00"}  # none for ACT-002: its card said so just now
    await room.say(anna, "action send the samples @p tomorrow", p=luis)
    assert reminders(room)["ACT-003 day"] == "Wed 11 Mar 08:00"
    assert "ACT-003 eve" not in reminders(room)


async def test_what_is_due_on_one_morning_comes_as_one_list(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "action verify the batch record @p by Wednesday", p=luis)
    await room.say(anna, "action send the protocol @p by Thursday", p=luis)
    await room.say(anna, "action book the cleanroom @p @a by Thursday", p=luis, a=anna)
    await room.press(luis, "action accept ACT-002")
    await room.deliver()
    room.clock.set(datetime(2026, 3, 11, 9, tzinfo=UTC))
    sent = await room.deliver()
    [told] = to(luis, sent)
    assert words(told).splitlines()[:4] == [
        "3 actions due",
        "- ACT-001 verify the batch record · today · not accepted yet",
        "- ACT-002 send the protocol · Thu 12 Mar 2026",
        "- ACT-003 book the cleanroom · Thu 12 Mar 2026 · not accepted yet",
    ]
    assert buttons(told) == {
        "Done: ACT-001": "action done ACT-001",
        "Done: ACT-002": "action done ACT-002",
        "Done: ACT-003": "action done ACT-003",
        "Show my list": "mine",
    }
    assert [words(card).splitlines()[0] for card in to(anna, sent)] == [
        "Due on Thu 12 Mar 2026: ACT-003 book the cleanroom"
    ]
    reminded = [entry["record"] for entry in room.trail() if "OwnerReminded" in entry["event"]]
    assert sorted(reminded) == ["ACT-001", "ACT-002", "ACT-003", "ACT-003"]
    room.clock.advance(seconds=1)
    assert to(luis, await room.deliver()) == []


async def test_after_a_weekend_that_the_server_was_down_there_is_one_list_too(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "action verify the batch record @p by 13 March", p=luis)
    await room.say(anna, "action send the protocol @p by 16 March", p=luis)
    await room.deliver()
    room.clock.set(datetime(2026, 3, 16, 9, 30, tzinfo=UTC))
    [told] = to(luis, await room.deliver())
    assert words(told).splitlines()[:3] == [
        "2 actions due",
        "- ACT-001 verify the batch record · was due Fri 13 Mar 2026 · not accepted yet",
        "- ACT-002 send the protocol · today · not accepted yet",
    ]


async def test_exactly_once_whoever_looks_and_how_often(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "action verify the batch record @p by Thursday", p=luis)
    await room.deliver()
    room.clock.set(datetime(2026, 3, 11, 8, tzinfo=UTC))
    one, two = room.core.jobs(), room.core.jobs()
    due = one._due(room.clock.now())
    for job in (*due, *due):
        await two._settle(job, await two._say(job))
    sent = await room.deliver()
    assert len(to(luis, sent)) == 1
    assert [entry["event"] for entry in room.trail() if entry["command"] == "RemindOwner"] == ["OwnerReminded"]


async def test_a_server_that_was_down_tells_once_and_says_that_it_was_due(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "action verify the batch record @p by Thursday", p=luis)
    await room.deliver()
    room.clock.set(datetime(2026, 3, 17, 6, tzinfo=UTC))
    told = to(luis, await room.deliver())
    assert [words(card).splitlines()[0] for card in told] == [
        "Was due on Thu 12 Mar 2026: ACT-001 verify the batch record"
    ]
    silent = next(entry for entry in room.trail() if entry["event"] == "ReminderWithheld")
    assert silent["reason"] == "late: the reminder of the day itself is due as well"
    assert silent["record"] == "ACT-001"


async def test_down_on_the_eve_alone_they_hear_it_on_the_day(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "action verify the batch record @p by Thursday 17:00", p=luis)
    await room.deliver()
    room.clock.set(datetime(2026, 3, 12, 7, 30, tzinfo=UTC))
    [told] = to(luis, await room.deliver())
    assert words(told).startswith("Due today: ACT-001")
    assert "Thu 12 Mar 2026 17:00 (Europe/Dublin)" in words(told)


async def test_somebody_without_an_account_is_told_through_their_lead(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(marta, 'member add "Ola Nowak" email:ola@tarnbrook.example side:cmo role:expert')
    await room.say(anna, "action clean line 4 @Ola Nowak by Thursday")
    await room.deliver()
    room.clock.set(datetime(2026, 3, 11, 9, tzinfo=UTC))
    sent = await room.deliver()
    [told] = [card for card in to(marta, sent) if card.place.record == "ACT-001"]
    assert "Please tell @Ola Nowak: no chat account of theirs can be reached." in words(told)
    assert list(buttons(told)) == ["Done…", "Reassign…"]
    assert to(anna, sent) == []


async def test_somebody_who_left_is_replaced_through_their_lead(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "action verify the batch record @p by Thursday", p=luis)
    await room.deliver()
    await room.say(marta, 'member remove @p reason:"new job"', p=luis)
    [told] = to(luis, await room.deliver())
    assert "You are no longer part of NVT" in words(told)
    room.clock.set(datetime(2026, 3, 11, 9, tzinfo=UTC))
    sent = await room.deliver()
    assert to(luis, sent) == []
    [told] = [card for card in to(marta, sent) if card.place.record == "ACT-001"]
    assert "@Luís Gonçalves is no longer part of this transfer." in words(told)


async def test_a_lost_account_reaches_the_lead(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "action verify the batch record @p by Thursday", p=luis)
    await room.deliver()
    await room.core.news.person_left(luis.identity, "account deactivated")
    assert [row.state for row in accounts_of(room, "U-luís")] == ["lost"]
    room.clock.set(datetime(2026, 3, 11, 9, tzinfo=UTC))
    sent = await room.deliver()
    assert to(luis, sent) == []
    assert any("no chat account of theirs" in words(card) for card in to(marta, sent))


def accounts_of(room: MeetingRoom, user: str) -> list[PersonAccount]:
    with room.core.store.read() as connection, Session(connection, expire_on_commit=False) as session:
        return list(session.scalars(select(PersonAccount).where(PersonAccount.user == user)))


async def test_nobody_in_reach_stands_in_the_trail(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "action verify the batch record @p by Thursday", p=marta)
    await room.deliver()
    await room.core.news.person_left(marta.identity, "account deactivated")
    room.clock.set(datetime(2026, 3, 11, 9, tzinfo=UTC))
    await room.deliver()
    entry = next(entry for entry in room.trail() if entry["event"] == "OwnerReminded")
    assert entry["reason"] == "nobody of this company can be reached"


async def test_another_date_moves_the_reminders(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "action verify the batch record @p by next Friday", p=luis)
    await room.say(anna, "action plan ACT-001 by 25 March")
    assert reminders(room) == {"ACT-001 eve": "Tue 24 Mar 08:00", "ACT-001 day": "Wed 25 Mar 08:00"}


async def test_a_closed_transfer_reminds_nobody(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "action verify the batch record @p by Thursday", p=luis)
    await room.say(anna, 'transfer close reason:"moved in house"')
    await room.say(marta, "transfer agree")
    await room.deliver()
    room.clock.set(datetime(2026, 3, 11, 9, tzinfo=UTC))
    assert to(luis, await room.deliver()) == []
    assert [e["reason"] for e in room.trail() if e["event"] == "ReminderWithheld"] == ["the transfer is closed"]
    await room.say(marta, "transfer agree")

"""Reminders of checklists: one message a person and morning, whatever the number of items and meetings."""

from datetime import UTC, datetime

from core.api import Account, Outgoing
from tests.features.actions.people import to
from tests.features.checklists.called import CALL, called, mornings
from tests.meeting_room import MeetingRoom, anna, luis, marta, words


def told(account: Account, sent: list[Outgoing]) -> list[str]:
    """The reminders of items among what was sent to a person."""
    return [words(card) for card in to(account, sent) if words(card).startswith("Due:")]


async def test_one_message_a_morning_for_each_owner(room: MeetingRoom) -> None:
    await called(room)
    heard = []
    room.clock.advance(minutes=1)
    while room.clock.now() < datetime(2026, 3, 26, 21, tzinfo=UTC):
        room.clock.advance(hours=1)
        sent = await room.deliver()
        for who in (anna, marta):
            when = f"{room.clock.now():%a %d %H:%M}"
            heard += [f"{when} {who.name.split()[0]} {one.splitlines()[0]}" for one in told(who, sent)]
    title = "before PPQ readiness review"
    assert heard == [
        f"Thu 12 08:01 Marta Due: 1 item {title}",
        f"Thu 12 09:01 Aoife Due: 1 item {title}",
        f"Fri 13 08:01 Marta Due: 1 item {title}",
        f"Fri 13 09:01 Aoife Due: 1 item {title}",
        f"Mon 16 08:01 Marta Due: 6 items {title}",
        f"Mon 16 09:01 Aoife Due: 5 items {title}",
        f"Tue 17 08:01 Marta Due: 6 items {title}",
        f"Tue 17 09:01 Aoife Due: 5 items {title}",
        f"Thu 19 08:01 Marta Due: 10 items {title}",
        f"Thu 19 09:01 Aoife Due: 6 items {title}",
        f"Fri 20 08:01 Marta Due: 10 items {title}",
        f"Fri 20 09:01 Aoife Due: 6 items {title}",
        f"Mon 23 08:01 Marta Due: 11 items {title}",
        f"Mon 23 09:01 Aoife Due: 7 items {title}",
        f"Tue 24 08:01 Marta Due: 11 items {title}",
        f"Tue 24 09:01 Aoife Due: 7 items {title}",
        f"Wed 25 08:01 Marta Due: 12 items {title}",
        f"Wed 25 09:01 Aoife Due: 8 items {title}",
        f"Thu 26 08:01 Marta Due: 12 items {title}",
        f"Thu 26 09:01 Aoife Due: 8 items {title}",
    ]


async def test_of_two_meetings_in_one(room: MeetingRoom) -> None:
    await called(room)
    await room.say(anna, CALL.replace("ppq_readiness", "routine_review").replace("27 Mar", "21 Mar"))
    await room.deliver()
    room.clock.set(datetime(2026, 3, 19, 8, 1, tzinfo=UTC))
    sent = await room.deliver()
    [one] = told(marta, sent)
    assert "before 2 meetings" in one.splitlines()[0]
    assert "RR-04" in one
    assert "PQ-03" in one


async def test_down_for_days_they_hear_it_once(room: MeetingRoom) -> None:
    await called(room)
    room.clock.set(datetime(2026, 3, 26, 12, tzinfo=UTC))
    sent = await room.deliver()
    assert len(told(marta, sent)) == len(told(anna, sent)) == 1
    reasons = {entry["reason"] for entry in room.trail() if entry["event"] == "ItemReminderWithheld"}
    assert reasons == {"late: the reminder of a later morning is due as well"}


async def test_nobody_is_reminded_of_what_is_given(room: MeetingRoom) -> None:
    await called(room)
    for item in (f"PQ-{number:02d}" for number in range(1, 16) if number not in (9, 13, 14)):  # theirs and both's
        await room.say(luis, f'checklist evidence {item} "DOC-1"')
    await room.deliver()
    room.clock.set(datetime(2026, 3, 20, 9, tzinfo=UTC))
    sent = await room.deliver()
    assert told(marta, sent) == []
    assert any(
        entry["event"] == "ItemReminderWithheld" and entry["reason"] == "nothing of this person's is due any more"
        for entry in room.trail()
    )


async def test_somebody_out_of_reach_is_told_through_their_lead(room: MeetingRoom) -> None:
    await called(room)
    await room.say(marta, 'member add "Ola Nowak" email:ola@tarnbrook.example side:cmo role:expert')
    await room.say(marta, "checklist assign PQ-03 @Ola Nowak")
    await room.deliver()
    room.clock.set(datetime(2026, 3, 19, 9, 1, tzinfo=UTC))
    [hers] = [one for one in told(marta, await room.deliver()) if one.startswith("Due: 1 item")]
    assert "Please tell @Ola Nowak: no chat account of theirs can be reached." in hers


async def test_a_meeting_that_has_begun_reminds_of_nothing(room: MeetingRoom) -> None:
    await called(room)
    assert mornings(room)
    await room.say(anna, "meeting start MTG-001")
    assert mornings(room) == {}


async def test_items_come_along_with_the_actions_of_the_morning(room: MeetingRoom) -> None:
    await called(room)
    await room.say(marta, "action send the lot list @m by 20 March", m=marta)
    room.clock.set(datetime(2026, 3, 18, 12, tzinfo=UTC))
    await room.deliver()
    room.clock.set(datetime(2026, 3, 19, 8, 1, tzinfo=UTC))
    sent = await room.deliver()
    [one] = [words(card) for card in to(marta, sent)]
    assert one.startswith("Due on Fri 20 Mar 2026: ACT-001 send the lot list")
    assert "Checklist: PQ-01, PQ-02, PQ-03, PQ-04, PQ-05, PQ-06, PQ-07, PQ-08, PQ-10, PQ-11 before MTG-001 “PPQ" in one
    assert "[Checklist → checklist MTG-001 mine]" in one
    assert any("OwnerRemindedOfItems" in entry["event"] for entry in room.trail())
    room.clock.set(datetime(2026, 3, 19, 20, tzinfo=UTC))
    assert to(marta, await room.deliver()) == []

"""When the agenda comes by itself: lead times, summer time, late workers, changed settings."""

import pytest

from tests.features.meetings.planned import carrying, meeting, planned, utc
from tests.meeting_room import MeetingRoom, anna, luis, words


def due(room: MeetingRoom, ref: str = "MTG-001") -> list[str]:
    """When a meeting's agenda is due, UTC."""
    return sorted(f"{at:%d %b %H:%M}" for key, at in room.jobs().items() if key.startswith(f"agenda:{ref}:"))


@pytest.mark.parametrize(
    ("setting", "at", "times"),
    [
        ("3 days, 1 hour", "20 Mar 2026 14:00", ["17 Mar 14:00", "20 Mar 13:00"]),
        ("3 days, 1 hour", "16 Mar 2026 14:00", ["11 Mar 14:00", "16 Mar 13:00"]),  # over the weekend
        # The clocks go forward on 29 March: three working days before is still ten o'clock in Dublin.
        ("3 days, 1 hour", "31 Mar 2026 10:00", ["26 Mar 10:00", "31 Mar 08:00"]),
        # They go back on 25 October.
        ("3 days, 1 hour", "27 Oct 2026 10:00", ["22 Oct 09:00", "27 Oct 09:00"]),
        ("5 minutes, 1 minute", "20 Mar 2026 14:00", ["20 Mar 13:55", "20 Mar 13:59"]),
        ("1 week", "20 Mar 2026 14:00", ["13 Mar 14:00"]),
        ("90 minutes and 2 days", "20 Mar 2026 14:00", ["18 Mar 14:00", "20 Mar 12:30"]),
    ],
)
async def test_lead_times_count_working_days_on_the_transfers_clock(
    room: MeetingRoom, setting: str, at: str, times: list[str]
) -> None:
    await room.opened()
    await room.say(anna, f'transfer set agenda_lead:"{setting}"')
    await room.say(anna, f'meeting new "PPQ readiness" at:"{at}"')
    assert due(room) == times


async def test_a_meeting_made_before_summer_time_and_held_after_it_keeps_its_local_time(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, 'meeting new "Governance" at:"31 Mar 2026 14:00"')
    shown = words(await room.say(luis, "agenda"))
    assert "Tue 31 Mar 2026 14:00 (Europe/Dublin)" in shown
    room.clock.set(utc(31, 12, 59))
    await room.deliver()
    assert "Tue 31 Mar 2026 14:00 (Europe/Dublin)" in words(await room.say(luis, "agenda"))
    assert meeting(room).starts_at == utc(31, 13)


async def test_a_meeting_moved_over_summer_time_keeps_the_time_that_was_said(room: MeetingRoom) -> None:
    await planned(room)
    await room.say(anna, 'meeting move to:"2 Apr 2026 14:00" reason:"supplier late"')
    assert meeting(room).starts_at == utc(2, 13, month=4)
    assert due(room) == ["02 Apr 12:00", "30 Mar 13:00"]


async def test_each_lead_time_posts_anew(room: MeetingRoom) -> None:
    await planned(room, "deviations")
    await room.deliver()
    assert (meeting(room).state, len(carrying(room))) == ("scheduled", 1)
    for moment, cards in ((utc(9, 13, 59), 1), (utc(9, 14), 2), (utc(12, 12, 59), 2), (utc(12, 13), 3)):
        room.clock.set(moment)
        await room.deliver()
        assert len(carrying(room)) == cards
    assert meeting(room).state == "agenda_posted"
    posted = [entry for entry in room.trail() if "AgendaPosted" in entry["event"]]
    assert [(entry["command"], entry["actor"]) for entry in posted] == [("PostAgenda", "system")] * 2


async def test_a_lead_time_that_has_passed_posts_at_once_and_the_next_one_is_kept(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, 'meeting new "Tomorrow already" at:"10 Mar 2026 14:00"')
    await room.deliver()
    assert (meeting(room).state, len(carrying(room))) == ("agenda_posted", 1)
    assert due(room) == ["10 Mar 13:00"]


async def test_a_worker_that_was_away_posts_the_agenda_once(room: MeetingRoom) -> None:
    await planned(room)
    room.clock.set(utc(12, 13, 30))  # both lead times have passed meanwhile
    await room.deliver()
    assert len(carrying(room)) == 2  # the one of the planning, and one
    unsaid = [entry for entry in room.trail() if "AgendaNotPosted" in entry["event"]]
    assert [entry["reason"] for entry in unsaid] == ["late: the next lead time has come as well"]


async def test_another_lead_time_counts_for_the_meetings_planned_already(room: MeetingRoom) -> None:
    await planned(room)
    await room.say(anna, 'meeting new "Governance" at:"20 Mar 2026 14:00"')
    await room.say(anna, 'transfer set agenda_lead:"30 minutes"')
    assert (due(room), due(room, "MTG-002")) == (["12 Mar 13:30"], ["20 Mar 13:30"])
    await room.say(anna, 'transfer set agenda_lead:"2 days, 1 day, 10 minutes"')
    assert due(room) == ["10 Mar 14:00", "11 Mar 14:00", "12 Mar 13:50"]
    await room.deliver()
    assert "Tue 10 Mar 2026 14:00" in carrying(room)[0]


async def test_a_longer_lead_time_that_has_passed_posts_what_was_never_posted(room: MeetingRoom) -> None:
    await planned(room)
    await room.say(anna, 'transfer set agenda_lead:"5 days"')
    await room.deliver()
    assert (meeting(room).state, len(carrying(room))) == ("agenda_posted", 2)
    await room.say(anna, 'transfer set agenda_lead:"6 days"')
    await room.deliver()
    assert len(carrying(room)) == 2


@pytest.mark.parametrize("setting", ["soon", "0 days", "91 days", "", "3"])
async def test_a_lead_time_that_cannot_be_read_changes_nothing(room: MeetingRoom, setting: str) -> None:
    await planned(room)
    await room.say(anna, f'transfer set agenda_lead:"{setting}"')
    assert due(room) == ["09 Mar 14:00", "12 Mar 13:00"]


async def test_the_chair_is_offered_the_start_and_nobody_else(room: MeetingRoom) -> None:
    await planned(room)
    room.clock.set(utc(12, 13, 45))
    direct = [out for out in await room.deliver() if out.address.direct]
    assert [out.address.channel for out in direct] == ["U-aoife"]
    assert all("[Start → meeting start MTG-001]" in card for card in carrying(room))
    await room.say(anna, "meeting start")
    again = [out for out in await room.deliver() if out.address.direct]
    assert [(out.message is not None, words(out.card).splitlines()[0]) for out in again] == [
        (True, "Started: PPQ readiness")
    ]
    assert not any("[Start" in card for card in carrying(room))


async def test_an_offer_of_a_meeting_that_moved_is_no_offer_any_more(room: MeetingRoom) -> None:
    await planned(room)
    room.clock.set(utc(12, 13, 50))
    await room.deliver()
    await room.say(anna, 'meeting move to:"12 Mar 2026 16:00" reason:"the room is taken"')
    old = [out for out in await room.deliver() if out.address.direct]
    assert [words(out.card).splitlines()[0] for out in old] == ["Moved: PPQ readiness"]
    room.clock.set(utc(12, 15, 45))
    new = [out for out in await room.deliver() if out.address.direct]
    assert [(out.message, words(out.card).splitlines()[0]) for out in new] == [(None, "Ready to start? PPQ readiness")]

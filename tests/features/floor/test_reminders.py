"""Reminders: said once in the rooms at their time, listed, taken back, and ended with the meeting or kept."""

import pytest

from core.api import Core, Options
from core.features.floor.records import Reminder
from core.features.floor.reminders import MOST_WAITING
from core.view import Form
from tests.features.floor.rooms import card_of, events, reminder
from tests.features.meetings.planned import filled, started, utc
from tests.meeting_room import MeetingRoom, anna, buttons, luis, marta, priya, tomas, words


async def said_now(room: MeetingRoom) -> list[str]:
    """The reminders that are said now, as words."""
    return [words(out.card) for out in await room.deliver() if words(out.card).startswith("It is time:")]


async def test_it_is_said_once_at_its_time(room: MeetingRoom) -> None:
    await started(room)
    answer = words(await room.say(luis, "remind us in 20 minutes to check the filter"))
    assert answer.splitlines()[:3] == [
        "Reminder set: check the filter",
        "Thu 12 Mar 2026 14:20 (Europe/Dublin) · set by @Luís Gonçalves · REM-001",
        "It is dropped if the meeting ends before.",
    ]
    assert room.jobs()["remind:REM-001"] == utc(12, 14, 20)
    room.clock.set(utc(12, 14, 19))
    assert await said_now(room) == []
    room.clock.set(utc(12, 14, 20))
    assert await said_now(room) == ["It is time: check the filter\nasked for by @Luís Gonçalves · REM-001 · MTG-001"]
    room.clock.set(utc(12, 14, 50))
    assert await said_now(room) == []
    assert reminder(room).state == "said"
    assert "remind:REM-001" not in room.jobs()
    assert events(room, "REM-001") == [("Luís Gonçalves", "ReminderSet"), ("Tandem", "ReminderSaid")]
    set_card = [card for card in room.cards() if words(card).startswith("Reminder said: check the filter")]
    assert len(set_card) == 1
    assert not buttons(set_card[0])


ASK = "to ask @Priya Raghunathan"


@pytest.mark.parametrize(
    ("said", "at", "span", "text"),
    [
        ("remind us at 15:30 to open the line", (15, 30), False, "open the line"),
        ("remind us by 15:30: open the line", (15, 30), False, "open the line"),
        ("remind us that the lab closes in half an hour", (14, 30), True, "the lab closes"),
        ("remind us to open the line at 3 pm", (15, 0), False, "open the line"),
        ('remind us at:"in 90 minutes" open the line', (15, 30), True, "open the line"),
        ("remind us in an hour to call @p", (15, 0), True, "call @Priya Raghunathan"),
    ],
)
async def test_however_the_time_is_said(
    room: MeetingRoom, said: str, at: tuple[int, int], span: bool, text: str
) -> None:
    await started(room)
    named = {"p": priya} if "@p" in said else {}
    await room.say(luis, said.replace("15:30:", "15:30,"), **named)
    assert (reminder(room).due_at, reminder(room).span, reminder(room).text) == (utc(12, *at), span, text)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("remind us at 13:00 to stop", "is past today"),
        ('remind us at:"11 Mar 2026 14:00" to stop', "Wed 11 Mar 2026 14:00 (Europe/Dublin) is past. Say when:"),
        ("remind us in 0 minutes to stop", "is outside 1 minute to 24 hours"),
        (
            'remind us at:"12 Apr 2026 14:00" to stop',
            "is more than 14 days ahead: what is to be done then is an action",
        ),
        ("remind me in 5 minutes", "“remind” does not know “me”. It knows: us, cancel, list."),
        ("remind cancel 7", "There is no REM-007 in NVT."),
    ],
)
async def test_what_cannot_be_is_refused(room: MeetingRoom, said: str, why: str) -> None:
    await started(room)
    assert why in words(await room.say(luis, said))
    assert room.rows(Reminder) == []


@pytest.mark.parametrize(
    ("said", "why", "right"),
    [
        ("on 5 January 2020 to check the filter", "“5 January 2020” is over", "in 20 minutes to check the filter"),
        ("5 Jan 2020 to check the filter", "“5 Jan 2020” is over", "in 20 minutes to check the filter"),
        ("am 05.01.2020 den Filter prüfen", "“05.01.2020” is over", "in 20 minutes den Filter prüfen"),
        ("yesterday to check the filter", "“yesterday” is over", "in 20 minutes to check the filter"),
        ("last Friday to check the filter", "“last Friday” is over", "in 20 minutes to check the filter"),
        ("on 5 January 2020 at 15:30 to ask @p", "2020 15:30 (Europe/Dublin) is past", f"in 20 minutes {ASK}"),
        ("at 13:00 to ask @p", "“13:00” is past today", f"in 20 minutes {ASK}"),
        ("tomorrow to ask @p", "“tomorrow” names no time", f"on 2026-03-13 14:00 {ASK}"),
        ("on Monday to check the filter", "“Monday” names no time", "on 2026-03-16 14:00 to check the filter"),
    ],
)  # fmt: skip
async def test_a_day_that_is_over_or_lacks_its_time_is_said_so_and_the_words_are_kept(
    room: MeetingRoom, said: str, why: str, right: str
) -> None:
    await started(room)
    answer = words(await room.say(luis, f"remind us {said}", **({"p": priya} if "@p" in said else {})))
    assert why in answer
    assert answer.splitlines()[-1] == f"remind us {right}"
    assert room.rows(Reminder) == []
    await room.say(luis, f"remind us {right}")
    assert len(room.rows(Reminder)) == 1


async def test_talk_that_only_begins_so_is_no_sentence(room: MeetingRoom) -> None:
    await started(room)
    assert await room.talk(luis, "remind us last minute changes are never a good idea") is None


async def test_without_a_time_a_form_asks_for_it(room: MeetingRoom) -> None:
    await started(room)
    form = await room.say(luis, "remind us to check the filter")
    assert words(form).splitlines()[:3] == ["Remind us", "When", "Of what"]
    assert isinstance(form, Form)
    wrong = words(await filled(room, luis, form, at="soon", text="check the filter"))
    assert wrong.startswith("at: “soon” is no day and time.")
    await filled(room, luis, form, at="in 20 minutes", text="check the filter")
    assert (reminder(room).due_at, reminder(room).span) == (utc(12, 14, 20), True)


async def test_they_are_listed_and_taken_back_by_number_or_button(room: MeetingRoom) -> None:
    await started(room)
    await room.say(luis, "remind us at 15:30 to open the line")
    await room.say(priya, "remind us in 20 minutes to check the filter")
    listed = await room.say(marta, "remind list")
    assert words(listed).splitlines()[1:3] == [
        "- 2 · Thu 12 Mar 2026 14:20 (Europe/Dublin) · check the filter · @Priya Raghunathan · ends with MTG-001",
        "- 1 · Thu 12 Mar 2026 15:30 (Europe/Dublin) · open the line · @Luís Gonçalves · said in any case",
    ]
    assert "Priya Raghunathan set REM-002: they take it back, or the meeting’s chair or a lead does." in words(
        await room.say(tomas, "remind cancel 2")
    )
    await room.say(priya, "remind cancel 2")
    assert reminder(room, 2).state == "cancelled"
    card = await card_of(room, "REM-001")
    await room.press(marta, buttons(card)["Cancel it"])
    card = await card_of(room, "REM-001")
    assert words(card).splitlines()[0] == "Reminder cancelled: open the line"
    assert "Cancelled by @Marta Kowalczyk" in words(card)
    assert "REM-001 “open the line” is cancelled already." in words(await room.press(luis, "remind cancel 1"))
    room.clock.set(utc(12, 15, 45))
    assert await said_now(room) == []
    assert words(await room.say(luis, "remind list")).startswith("Reminders to come\nNone.")


async def test_a_length_of_time_ends_with_the_meeting_and_a_moment_is_kept(room: MeetingRoom) -> None:
    await started(room)
    await room.say(luis, "remind us in 40 minutes to check the filter")
    await room.say(luis, "remind us at 15:30 to open the line")
    room.clock.advance(minutes=10)
    asked = words(await room.say(anna, "meeting end"))
    assert "Reminders that end with the meeting: 14:40 (Europe/Dublin) check the filter" in asked
    ended = words(await room.say(anna, "meeting end anyway"))
    assert "Reminders that ended with it: REM-001 14:40 (Europe/Dublin)" in ended
    assert "Reminders to come: REM-002 15:30 (Europe/Dublin)" in ended
    card = await card_of(room, "REM-001")
    assert words(card).splitlines()[0] == "Reminder dropped: check the filter"
    assert words(card).splitlines()[-1] == "The meeting ended before its time."
    room.clock.set(utc(12, 14, 45))
    assert await said_now(room) == []
    room.clock.set(utc(12, 15, 30))
    assert await said_now(room) == ["It is time: open the line\nasked for by @Luís Gonçalves · REM-002 · MTG-001"]


async def test_one_that_is_said_late_says_so(room: MeetingRoom) -> None:
    await started(room)
    await room.say(luis, "remind us in 5 minutes to check the filter")
    room.clock.advance(minutes=9)  # nothing ran in between, as after a restart
    [said] = await said_now(room)
    assert said.splitlines()[1].startswith("This was for Thu 12 Mar 2026 14:05 (Europe/Dublin) · asked for by")


async def test_a_reminder_survives_the_process(room: MeetingRoom, store_url: str) -> None:
    await started(room)
    await room.say(luis, "remind us in 5 minutes to check the filter")
    await room.core.close()
    room.core = Core.create(store_url, Options(clock=room.clock, open_to_all=True))
    room.core.start()
    room.clock.advance(minutes=5)
    assert len(await said_now(room)) == 1
    assert await said_now(room) == []


async def test_a_closed_transfer_reminds_nobody(room: MeetingRoom) -> None:
    await started(room)
    await room.say(luis, "remind us at 15:30 to open the line")
    await room.say(anna, "meeting end anyway")
    await room.say(anna, "transfer close reason:superseded")
    await room.say(marta, "transfer close reason:superseded")
    assert reminder(room).state == "dropped"
    assert "remind:REM-001" not in room.jobs()


async def test_as_many_as_a_meeting_can_bear(room: MeetingRoom) -> None:
    await started(room)
    for _ in range(MOST_WAITING):
        await room.say(luis, "remind us in 20 minutes to check the filter")
    assert f"{MOST_WAITING} reminders wait in MTG-001" in words(await room.say(luis, "remind us in 5 minutes to stop"))


async def test_words_that_are_made_to_do_harm_stay_words(room: MeetingRoom) -> None:
    await started(room)
    hostile = '<!channel> </at> {{7*7}} *bold* `code` #read("x") & <b>'
    await room.say(luis, f"remind us in 5 minutes {hostile}")
    assert reminder(room).text == hostile
    room.clock.advance(minutes=5)
    [said] = await said_now(room)
    assert hostile in said


@pytest.mark.parametrize("said", ["in -5 minutes to go", "in −5 minutes to go", "in - 2 hours to go"])
async def test_a_time_that_runs_backwards_is_refused_in_words(room: MeetingRoom, said: str) -> None:
    await started(room)
    assert "is no length of time. Write 60m, 1h 30m or 1:30." in words(await room.say(anna, f"remind us {said}"))
    assert room.rows(Reminder) == []

"""Making the agenda: items come, go and change places, and everybody sees the same numbers."""

import pytest

from core.features.meetings.records import AgendaItem
from tests.features.meetings.planned import carrying, item, meeting, planned, started, utc
from tests.meeting_room import MeetingRoom, anna, buttons, luis, marta, person, priya, tomas, words


async def test_an_item_has_a_presenter_and_minutes_or_neither(room: MeetingRoom) -> None:
    await planned(room)
    await room.say(luis, 'agenda add "Batch record review" @t for:"1h 10m"', t=tomas)
    await room.say(marta, "agenda add deviation status of line 3")
    assert [(one.ref, one.text, one.minutes, one.position) for one in room.rows(AgendaItem)] == [
        ("MTG-001.1", "Batch record review", 70, 1),
        ("MTG-001.2", "deviation status of line 3", None, 2),
    ]
    shown = words(await room.say(luis, "agenda"))
    assert "1 · Batch record review · @Tomáš Dvořák · 70 min" in shown
    assert "10 min over the plan · 70 of 60 min · 1 item without a time" in shown


async def test_a_presenter_must_be_a_member(room: MeetingRoom) -> None:
    await planned(room)
    refused = words(await room.say(anna, 'agenda add "Filling" @z for:5m', z=person("Zeynep Şahin", "T2")))
    assert "Zeynep Şahin is no member here yet" in refused
    assert room.rows(AgendaItem) == []


async def test_numbers_stay_when_items_go_and_change_places(room: MeetingRoom) -> None:
    await planned(room, "one", "two", "three", "four")
    await room.say(anna, 'agenda drop 2 reason:"moved to the next meeting"')
    await room.say(anna, "agenda order 4,1")
    await room.say(luis, "agenda add five")
    shown = words(await room.say(anna, "agenda"))
    assert [line for line in shown.splitlines() if line.startswith("- ")] == [
        "- 4 · four", "- 1 · one", "- 3 · three", "- 5 · five",
        "- 2 · dropped: two · moved to the next meeting",
    ]  # fmt: skip


async def test_the_same_order_said_twice_is_the_same_order(room: MeetingRoom) -> None:
    await planned(room, "one", "two", "three")
    await room.say(anna, "agenda order 3,1,2")
    await room.say(marta, "agenda order 3,1,2")
    assert [item(room, number).position for number in (3, 1, 2)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("agenda drop 7 reason:whatever", "has no item 7. It has: 1, 2, 3."),
        ("agenda drop 2", "Why it goes"),
        ("agenda drop 1 reason:whatever", "Item 1 “one” is dropped already."),
        ("agenda order 3,3,2", "A number stands twice"),
        ("agenda order 3,1", "Item 1 “one” is dropped already."),
        ("agenda order 9", "has no item 9"),
        ("agenda done 2", "No meeting is running here"),
        ("agenda next", "No meeting is running here"),
        ("agenda skip", "No meeting is running here"),
        ("agenda next MTG-001", "has not started: it is planned for Thu 12 Mar 2026 14:00"),
    ],
)
async def test_what_cannot_be_is_refused(room: MeetingRoom, sentence: str, says: str) -> None:
    await planned(room, "one", "two", "three")
    await room.say(anna, 'agenda drop 1 reason:"nobody has it"')
    room.clock.advance(minutes=16)
    before = [(one.state, one.position, one.version) for one in room.rows(AgendaItem)]
    assert says in words(await room.say(marta, sentence))
    assert [(one.state, one.position, one.version) for one in room.rows(AgendaItem)] == before


async def test_its_author_and_presenter_drop_an_item_and_others_do_not(room: MeetingRoom) -> None:
    await planned(room)
    await room.say(luis, 'agenda add "Hold times" @t', t=tomas)
    assert "or a lead does this" in words(await room.say(priya, 'agenda drop 1 reason:"not for now"'))
    await room.say(luis, "agenda drop 1")  # within a quarter of an hour its author need not say why
    assert (item(room, 1).state, item(room, 1).reason) == ("dropped", "slip of the pen")
    assert "or a lead does this" in words(await room.say(priya, "agenda order 1"))
    assert "or a lead does this" in words(await room.say(tomas, "agenda post"))


async def test_an_agenda_takes_so_many_items(room: MeetingRoom) -> None:
    await planned(room, *(f"item {number}" for number in range(1, 100)))
    assert "has 99 items; more do not fit" in words(await room.say(anna, "agenda add one more"))
    assert len(room.rows(AgendaItem)) == 99


async def test_hostile_text_is_shown_as_text(room: MeetingRoom) -> None:
    text = "<!channel> </at> {{7*7}} ]]> &amp; #read(x) \u202eabc"
    await planned(room)
    await room.say(anna, f'agenda add "{text}"')
    await room.deliver()
    assert "{{7*7}} ]]>" in carrying(room)[0]
    assert "<!channel>" in carrying(room)[0]
    assert not any("channel" in says for card in room.cards() for says in buttons(card).values())


async def test_a_change_shows_on_every_message_that_carries_the_agenda(room: MeetingRoom) -> None:
    await planned(room, "one")
    await room.say(anna, "agenda post")
    await room.deliver()
    assert len(carrying(room)) == 2
    await room.say(anna, "agenda add two")
    sent = await room.deliver()
    assert all(out.message is not None for out in sent)  # changed in place, none posted anew
    assert ["two" in card for card in carrying(room)] == [True, True]


async def test_the_agenda_can_change_while_the_meeting_runs_but_not_under_the_item_that_is_on(
    room: MeetingRoom,
) -> None:
    await started(room, "one", "two", "three")
    await room.say(anna, "agenda next")
    assert "Item 1 “one” is on now" in words(await room.say(anna, 'agenda drop 1 reason:"not for now"'))
    assert "Item 1 “one” is on now" in words(await room.say(anna, "agenda order 2,1"))
    await room.say(anna, "agenda order 3")
    await room.say(luis, "agenda add four")
    room.clock.advance(minutes=2)
    await room.say(anna, "agenda next")
    assert meeting(room).current == "MTG-001.3"
    assert "posts" not in room.jobs()


async def test_the_agenda_is_not_posted_once_the_meeting_runs(room: MeetingRoom) -> None:
    await started(room, "one")
    assert "is running since 14:00" in words(await room.say(anna, "agenda post MTG-001"))


async def test_an_auditor_reads_and_changes_nothing(room: MeetingRoom) -> None:
    await planned(room, "one")
    auditor = person("Ingrid Solberg")
    await room.say(anna, "member add @i role:auditor", i=auditor)
    assert "1 · one" in words(await room.say(auditor, "agenda"))
    for sentence in ("agenda add two", "regrets", "meeting start", "agenda drop 1 reason:whatever"):
        assert "it needs one of these roles" in words(await room.say(auditor, sentence)), sentence


async def test_the_clock_of_a_lead_time_is_one_key_a_meeting(room: MeetingRoom) -> None:
    await planned(room)
    assert {key: due for key, due in room.jobs().items() if "MTG" in key} == {
        "agenda:MTG-001:1": utc(9, 14), "agenda:MTG-001:2": utc(12, 13), "start:MTG-001": utc(12, 13, 45),
    }  # fmt: skip

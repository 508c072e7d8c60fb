"""The speakers' queue: q+, q-, queue and ack, as said, as pressed, and by whoever may not."""

import pytest

from core.api import Address
from core.export import Scope, exporting
from core.features.floor.queueing import MOST_WAITING
from core.view import Card
from tests.features.floor.rooms import boards, events, floor, queue, running, speaks
from tests.features.meetings.planned import meeting, planned, started, utc
from tests.meeting_room import MeetingRoom, anna, buttons, jurgen, luis, marta, person, priya, tomas, words

DIRECT = Address("slack", "T2", "U-luís", direct=True)


async def test_people_wait_in_the_order_in_which_they_asked(room: MeetingRoom) -> None:
    await started(room, "deviations", "hold times")
    await room.say(anna, "agenda next")
    first = words(await room.say(luis, "q+ to ask about the hold time"))
    assert first.startswith("You are on the speakers’ queue of MTG-001: place 1. About: ask about the hold time")
    second = words(await room.say(priya, "q+"))
    assert second.startswith("You are on the speakers’ queue of MTG-001: place 2, after Luís Gonçalves.")
    assert queue(room) == ["Luís: ask about the hold time", "Priya"]

    [board] = await boards(room)
    assert words(board).splitlines()[:4] == [
        "Waiting to speak",
        "Item 1 · deviations",
        "- 1 · @Luís Gonçalves · ask about the hold time",
        "- 2 · @Priya Raghunathan",
    ]
    assert buttons(board) == {
        "I want to speak": "q+ MTG-001", "Next speaker": "ack MTG-001", "Take me off": "q- MTG-001",
    }  # fmt: skip
    card = await running(room)
    assert "Waiting to speak: Luís Gonçalves (ask about the hold time), Priya Raghunathan" in card
    assert "[I want to speak → q+ MTG-001]" in card
    assert meeting(room).present[-2:] == [one["person"] for one in floor(room).queue]  # who asks is there


async def test_the_chair_gives_the_floor_and_one_card_says_who_speaks(room: MeetingRoom) -> None:
    await started(room, "deviations")
    await room.say(anna, "agenda next")
    await room.say(luis, "q+ the hold time")
    await room.say(priya, "q+")
    room.clock.advance(minutes=3)
    given = words(await room.say(anna, "ack"))
    assert given == "@Luís Gonçalves has the floor. About: the hold time\nThen: Priya Raghunathan"
    assert (speaks(room), queue(room)) == ("Luís", ["Priya"])
    [board] = await boards(room)
    assert words(board).splitlines()[:5] == [
        "Speaks now: Luís Gonçalves",
        "Item 1 · deviations",
        "@Luís Gonçalves · the hold time · since 14:03 (Europe/Dublin)",
        "Then",
        "- 1 · @Priya Raghunathan",
    ]
    assert "Speaks now: Luís Gonçalves (the hold time)" in await running(room)

    again = words(await room.press(anna, buttons(board)["Next speaker"]))
    assert again.startswith("@Luís Gonçalves has the floor.")  # two clicks in haste call one speaker
    assert queue(room) == ["Priya"]
    room.clock.advance(seconds=5)
    await room.press(marta, buttons(board)["Next speaker"])  # a lead of the other company
    [board] = await boards(room)
    assert words(board).splitlines()[0] == "Speaks now: Priya Raghunathan"
    assert "Spoke here: Luís Gonçalves" in words(board)
    assert events(room, "MTG-001/FLR") == [
        ("Luís Gonçalves", "FloorAsked"),
        ("Priya Raghunathan", "FloorAsked"),
        ("Aoife Ní Bhriain", "FloorGiven"),
        ("Marta Kowalczyk", "FloorGiven"),
    ]


async def test_the_floor_is_given_by_name_to_whoever_waits_or_not(room: MeetingRoom) -> None:
    await started(room)
    await room.say(luis, "q+")
    await room.say(priya, "q+ the filters")
    await room.say(anna, "ack @p", p=priya)
    assert (speaks(room), queue(room)) == ("Priya", ["Luís"])
    await room.say(anna, "ack @t", t=tomas)
    assert (speaks(room), queue(room)) == ("Tomáš", ["Luís"])


async def test_nobody_waits(room: MeetingRoom) -> None:
    await started(room)
    refused = words(await room.say(anna, "ack"))
    assert refused == "Nobody waits to speak in MTG-001. Whoever wants to says:\nq+\nack @name"
    assert words(await room.say(luis, "queue")).splitlines()[:2] == [
        "Speakers’ queue: PPQ readiness",
        "Nobody waits to speak.",
    ]
    assert "You are not on the speakers’ queue of MTG-001." in words(await room.say(luis, "q-"))


async def test_asking_twice_keeps_the_place_and_may_tell_more(room: MeetingRoom) -> None:
    await started(room)
    await room.say(luis, "q+ the filters")
    await room.say(priya, "q+")
    before = len(room.posts())
    assert words(await room.say(priya, "q+")).startswith("You wait to speak already: place 2, after Luís Gonçalves.")
    assert len(room.posts()) == before
    told = words(await room.say(luis, "q+ the filters of line 3"))
    assert "About: the filters of line 3" in told
    assert "In place of what was said before: the filters" in told
    assert queue(room) == ["Luís: the filters of line 3", "Priya"]
    assert words(await room.say(luis, "q+")).startswith("You are on the speakers’ queue of MTG-001: place 1.")


@pytest.mark.parametrize("said", ["q-", "q–", "q- MTG-001", "Q-"])
async def test_whoever_leaves_the_queue_is_off_it(room: MeetingRoom, said: str) -> None:
    await started(room)
    await room.say(luis, "q+")
    await room.say(priya, "q+")
    assert words(await room.say(luis, said)) == "You are off the speakers’ queue of MTG-001. 1 person waits."
    assert queue(room) == ["Priya"]


async def test_whoever_speaks_gives_the_floor_back(room: MeetingRoom) -> None:
    await started(room)
    await room.say(luis, "q+")
    await room.say(anna, "ack")
    [board] = await boards(room)
    await room.press(luis, buttons(board)["I am done"])
    assert speaks(room) is None
    [board] = await boards(room)
    assert words(board).splitlines()[0] == "The floor is free"
    assert "Spoke here: Luís Gonçalves" in words(board)


async def test_the_chair_or_a_lead_puts_others_there_and_takes_them_off(room: MeetingRoom) -> None:
    await started(room)
    told = words(await room.say(anna, "q+ @l to show the redlines", l=luis))
    assert told.startswith("@Luís Gonçalves: on the speakers’ queue of MTG-001, place 1. About: show the redlines")
    [board] = await boards(room)
    assert "- 1 · @Luís Gonçalves · show the redlines · put there by Aoife Ní Bhriain" in words(board)
    for sentence in ("q+ @p", "q- @p"):
        refused = words(await room.say(luis, sentence, p=priya))
        assert "The chair of MTG-001, Aoife Ní Bhriain, or a lead does this." in refused
    assert "The chair of MTG-001" in words(await room.say(luis, "ack"))
    assert words(await room.say(marta, "q- @l", l=luis)).startswith("@Luís Gonçalves: off the speakers’ queue")
    assert "Priya Raghunathan is not on the speakers’ queue" in words(await room.say(anna, "q- @p", p=priya))
    assert queue(room) == []


async def test_a_name_within_the_words_is_whom_they_are_about(room: MeetingRoom) -> None:
    await started(room)
    await room.say(luis, "q+ to ask @p about MTG-001", p=priya)
    assert queue(room) == ["Luís: ask @Priya Raghunathan about MTG-001"]


async def test_an_auditor_listens(room: MeetingRoom) -> None:
    await started(room)
    auditor = person("Ines Prado", "T1")
    await room.say(anna, "member add @a side:sponsor role:auditor", a=auditor)
    assert "it needs one of these roles: expert, lead, management, qa" in words(await room.say(auditor, "q+"))
    assert "Nobody waits to speak." in words(await room.say(auditor, "queue"))


@pytest.mark.parametrize("sentence", ["q+", "q-", "queue", "ack", "who is here?", "remind us in 5 minutes to stop"])
async def test_without_a_meeting_it_says_when_the_next_one_is(room: MeetingRoom, sentence: str) -> None:
    await planned(room)
    refused = words(await room.say(anna, sentence))
    assert "No meeting is running here. The next one is MTG-001 “PPQ readiness”" in refused
    assert "meeting start MTG-001" in refused
    assert "has not started" in words(await room.say(anna, "q+ MTG-001"))


@pytest.mark.parametrize(
    "sentence", ["q+ MTG-001", "q- MTG-001", "ack MTG-001", "queue MTG-001", "who is here MTG-001"]
)
async def test_a_button_of_a_meeting_that_is_over_does_nothing(room: MeetingRoom, sentence: str) -> None:
    await started(room)
    await room.say(luis, "q+")
    await room.say(anna, "meeting end anyway")
    await room.say(anna, 'meeting new "another" at:"12 Mar 2026 14:05"')
    await room.say(anna, "meeting start MTG-002")
    refused = words(await room.press(luis, sentence))
    assert "MTG-001 “PPQ readiness” ended on Thu 12 Mar 2026 14:00 (Europe/Dublin)" in refused
    assert floor(room).state == "closed"


async def test_in_a_direct_message_one_waits_as_well(room: MeetingRoom) -> None:
    await started(room)
    answer = words(await room.say(luis, "q+ the filters", at=DIRECT))
    assert answer.startswith("You are on the speakers’ queue of MTG-001: place 1. About: the filters")
    assert "1 · @Luís Gonçalves · the filters" in words((await boards(room))[0])
    assert len(meeting(room).present) == 1  # a direct message is not the room


async def test_each_item_has_a_board_of_its_own_and_who_waits_goes_on_waiting(room: MeetingRoom) -> None:
    await started(room, "one", "two", "three")
    await room.say(anna, "agenda next")
    await room.say(luis, "q+")
    await room.say(priya, "q+ the filters")
    await room.say(anna, "ack")
    await room.say(anna, "agenda next anyway")
    assert (speaks(room), queue(room)) == (None, ["Priya: the filters"])
    first, second = await boards(room)
    assert words(first).splitlines() == ["The floor", "Item 1 · one", "Spoke here: Luís Gonçalves"]
    assert not buttons(first)
    assert words(second).splitlines()[:3] == [
        "Waiting to speak",
        "Item 2 · two",
        "- 1 · @Priya Raghunathan · the filters",
    ]
    await room.say(anna, "ack")
    room.clock.advance(minutes=1)
    await room.say(anna, "agenda next")  # nobody waits: not held up, and no new board
    assert [words(one).splitlines()[0] for one in await boards(room)] == ["The floor", "The floor"]
    assert speaks(room) is None


async def test_the_end_of_the_meeting_closes_the_floor(room: MeetingRoom) -> None:
    await started(room, "one")
    await room.say(anna, "agenda next")
    await room.say(luis, "q+ the filters")
    await room.say(priya, "q+")
    await room.say(anna, "ack")
    asked = words(await room.say(anna, "meeting end"))
    assert "Waiting to speak: Priya Raghunathan" in asked
    await room.say(anna, "meeting end anyway")
    [board] = await boards(room)
    assert words(board).splitlines() == ["The floor", "Item 1 · one", "Spoke here: Luís Gonçalves"]
    assert floor(room).state == "closed"
    assert "Waiting to speak" not in await running(room)


async def test_whoever_leaves_the_transfer_leaves_the_queue(room: MeetingRoom) -> None:
    await started(room)
    await room.say(luis, "q+")
    await room.say(jurgen, "q+")
    await room.say(anna, "ack")
    await room.say(marta, "member remove @j reason:reassigned", j=jurgen)
    assert (speaks(room), queue(room)) == ("Luís", [])
    await room.say(marta, "member remove @l reason:reassigned", l=luis)
    assert speaks(room) is None


async def test_a_queue_is_no_longer_than_people_have_patience(room: MeetingRoom) -> None:
    await started(room)
    for number in range(MOST_WAITING + 1):
        guest = person(f"g{number} Guest", "T1")
        await room.say(anna, "member add @g side:sponsor role:expert", g=guest)
        answer = words(await room.say(guest, "q+"))
    assert answer == f"{MOST_WAITING} people wait to speak in MTG-001; more do not fit."
    [board] = await boards(room)
    assert isinstance(board, Card)
    assert len(queue(room)) == MOST_WAITING


async def test_words_that_are_made_to_do_harm_stay_words(room: MeetingRoom) -> None:
    await started(room)
    hostile = '<!channel> </at> {{7*7}} *bold* `code` #read("x") & <b>'
    await room.say(luis, f"q+ {hostile}")
    assert queue(room) == [f"Luís: {hostile}"]
    assert hostile in words((await boards(room))[0])
    assert "300 are the most" in words(await room.say(priya, f"q+ {'x' * 301}"))


async def test_the_same_delivery_three_times_waits_once(room: MeetingRoom) -> None:
    await started(room)
    for _ in range(3):
        await room.say(luis, "q+ the filters", delivery="once")
    assert queue(room) == ["Luís: the filters"]
    await room.say(anna, "ack", delivery="given")
    await room.say(priya, "q+")
    await room.say(anna, "ack", delivery="given")
    assert speaks(room) == "Luís"


async def test_a_meeting_without_an_agenda_has_one_board(room: MeetingRoom) -> None:
    await started(room)
    await room.say(luis, "q+")
    room.clock.set(utc(12, 14, 10))
    await room.say(priya, "q+")
    [board] = await boards(room)
    assert words(board).splitlines()[0] == "Waiting to speak"
    assert "Item" not in words(board)


async def test_the_export_tells_who_waits_who_speaks_and_who_spoke(room: MeetingRoom) -> None:
    await started(room, "deviations", "hold times")
    await room.say(anna, "agenda next")
    await room.say(luis, "q+ the hold time")
    await room.say(anna, "ack")
    await room.say(anna, "q+ @p the yields", p=priya)
    await room.say(tomas, "q+")
    with exporting(room.core.store, room.core.door, Scope()) as export:
        [row] = export.rows("floors")
    assert (row["id"], row["meeting"], row["state"]) == ("MTG-001/FLR", "MTG-001", "open")
    assert (row["speaks"]["by"], row["speaks"]["about"]) == ("Luís Gonçalves", "the hold time")
    assert row["spoke"] == [{"by": "Luís Gonçalves", "item": "MTG-001.1"}]
    asked = [(one["by"], one["about"], one["put_by"]) for one in row["queue"]]
    assert asked == [
        ("Priya Raghunathan", "the yields", "Aoife Ní Bhriain"),
        ("Tomáš Dvořák", "", None),
    ]

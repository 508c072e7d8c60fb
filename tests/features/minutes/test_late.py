"""What was said in a meeting and recorded later belongs to that meeting, whatever runs by then."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from core.features.minutes.records import Minutes
from core.features.questions.records import Note, Risk
from core.features.transfers.records import HeldLine
from tests.features.meetings.planned import started, utc
from tests.meeting_room import MeetingRoom, anna, buttons, luis, marta, stranger, words


async def over(room: MeetingRoom, *lines: str) -> MeetingRoom:
    """MTG-001 with item one on, in which somebody unknown says these lines, and its end."""
    await started(room, "one", "two")
    await room.say(anna, "agenda next")
    for line in lines:
        await room.say(stranger, line)
    room.clock.advance(minutes=10)
    await room.say(anna, "agenda next")
    await room.say(anna, "meeting end anyway")
    await room.deliver()
    return room


async def next_meeting(room: MeetingRoom) -> None:
    """MTG-002 runs, and the stranger is known."""
    await room.say(anna, 'meeting new "Review" at:"12 Mar 2026 16:00" for:30m')
    room.clock.set(utc(12, 16))
    await room.say(anna, "meeting start MTG-002")
    await room.say(anna, "member add @p side:sponsor role:expert", p=stranger)
    await room.say(anna, "note what is said now")


def stands(row: Any) -> tuple[str | None, str | None]:
    """The meeting and the item of a record."""
    return row.meeting, row.item


async def test_a_held_line_belongs_to_the_meeting_in_which_it_was_said(room: MeetingRoom) -> None:
    await over(room, "note the pump leaks", "risk the filter is late")
    [minutes] = room.rows(Minutes)
    await next_meeting(room)
    await room.press(anna, "line all LIN-001")
    by_text = {row.text: stands(row) for kind in (Note, Risk) for row in room.rows(kind)}
    assert by_text == {
        "what is said now": ("MTG-002", None),
        "the pump leaks": ("MTG-001", "MTG-001.1"),
        "the filter is late": ("MTG-001", "MTG-001.1"),
    }
    await room.deliver()
    [late] = [words(card) for card in room.cards() if card.summary.startswith("Recorded after")]
    assert late.splitlines()[0] == "Recorded after the minutes of MTG-001"
    assert "The minutes stay as they were posted: MIN-001" in late
    assert "the pump leaks" in late
    assert "the filter is late" in late
    assert "what is said now" not in late
    assert room.rows(Minutes)[0].sha256 == minutes.sha256
    room.clock.advance(minutes=20)
    await room.say(anna, "meeting end MTG-002 anyway")
    assert "the pump leaks" not in room.rows(Minutes)[1].markdown


async def test_a_line_that_was_said_before_the_meeting_is_none_of_it(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(stranger, "note the pump leaks")
    await room.say(anna, 'meeting new "Review" at:"12 Mar 2026 16:00" for:30m')
    room.clock.set(utc(12, 16))
    await room.say(anna, "meeting start MTG-001")
    await room.say(anna, "member add @p side:sponsor role:expert", p=stranger)
    await room.press(anna, "line record LIN-001")
    assert [stands(row) for row in room.rows(Note)] == [(None, None)]


async def test_within_its_meeting_it_stands_under_the_item_that_was_on(room: MeetingRoom) -> None:
    await started(room, "one", "two")
    await room.say(anna, "agenda next")
    await room.say(stranger, "note the pump leaks")
    room.clock.advance(minutes=5)
    await room.say(anna, "agenda next")
    await room.say(anna, "member add @p side:sponsor role:expert", p=stranger)
    await room.press(anna, "line record LIN-001")
    assert [stands(row) for row in room.rows(Note)] == [("MTG-001", "MTG-001.1")]
    assert not [post for post in room.posts() if post.template == "minutes/late"]


async def test_before_the_end_and_in_the_minutes_it_is_said_that_lines_wait(room: MeetingRoom) -> None:
    await started(room)
    await room.say(stranger, "note the pump leaks")
    await room.say(stranger, "here")
    room.clock.advance(minutes=5)
    asked = words(await room.say(anna, "meeting end"))
    assert "Lines that wait, and are not recorded: LIN-001 (Nobody Known)" in asked
    await room.say(anna, "meeting end anyway")
    await room.deliver()
    [minutes] = room.rows(Minutes)
    assert "**Not recorded:** 1 line that was said waits; may be recorded by Aoife" in minutes.markdown
    assert "Marta Kowalczyk (Tarnbrook Manufacturing)." in minutes.markdown
    assert "pump" not in minutes.markdown
    [card] = [words(card) for card in room.cards() if card.place and card.place.record == "MIN-001"]
    assert "Not recorded: 1 line that was said waits · may be recorded by @Aoife" in card
    assert {row.ref: row.state for row in room.rows(HeldLine)} == {"LIN-001": "held", "LIN-002": "dropped"}


async def test_a_held_line_is_put_away_with_a_reason_and_told_to_nobody(room: MeetingRoom) -> None:
    await started(room)
    await room.say(stranger, "note the pump leaks")
    sent = await room.deliver()
    [who] = [out.card for out in sent if "Who is" in words(out.card) and out.address.channel == "U-aoife"]
    assert buttons(who)["Put it away"] == "line drop LIN-001"
    assert "puts a held line away" in words(await room.say(luis, "line drop LIN-001 reason:nonsense"))
    form = await room.press(anna, "line drop LIN-001")
    assert "is put away" in words(await room.fill(anna, form, line="LIN-001", reason="a slip of the keyboard"))
    [entry] = [one for one in room.trail() if one["event"] == "LineDropped"]
    assert (entry["record"], entry["name"], entry["reason"]) == (
        "LIN-001",
        "Aoife Ní Bhriain",
        "a slip of the keyboard",
    )
    sent = await room.deliver()
    assert {out.address.channel for out in sent} == {"U-aoife", "U-marta"}
    assert all(out.message and "Put away, and no record: LIN-001" in words(out.card) for out in sent)
    await room.say(anna, "member add @p side:sponsor role:expert", p=stranger)
    assert "was put away" in words(await room.press(anna, "line record LIN-001"))
    assert "was put away" in words(await room.say(marta, "line drop LIN-001 reason:again, please"))
    assert room.rows(Note) == []


async def test_the_record_and_the_line_name_one_another_and_who_recorded_it(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(stranger, "note the pump leaks")
    await room.say(anna, "member add @p side:sponsor role:expert", p=stranger)
    room.clock.set(room.clock.now() + timedelta(hours=1))
    await room.press(marta, "line record LIN-001")
    assert [line.made for line in room.rows(HeldLine)] == ["NOT-001"]
    [entry] = [one for one in room.trail() if one["record"] == "NOT-001"]
    assert entry["name"] == "Nobody Known"
    assert entry["source"]["line"] == "LIN-001"
    assert entry["source"]["recorded_by"] == {"actor": "slack:T2/U-marta", "name": "Marta Kowalczyk"}

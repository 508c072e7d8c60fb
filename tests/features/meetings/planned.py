"""What the tests of meetings begin with: a meeting on Thursday 12 March, 14:00 in Dublin, and ways to look at it."""

from __future__ import annotations

from datetime import UTC, datetime

from core.api import Account, Filled, FormErrors, Turn
from core.features.meetings.records import AgendaItem, Meeting
from core.view import Card, Form, View
from tests.meeting_room import ROOM, MeetingRoom, anna, luis, marta, priya, said_once, words


def utc(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    """A moment of 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@said_once
async def planned(room: MeetingRoom, *items: str) -> None:
    """MTG-001 with Marta, Luís and Priya invited, and these items on its agenda."""
    await room.opened()
    await room.say(anna, 'meeting new "PPQ readiness" at:"12 Mar 2026 14:00" @m @l @p', m=marta, l=luis, p=priya)
    for item in items:
        await room.say(anna, f"agenda add {item}")


@said_once
async def started(room: MeetingRoom, *items: str) -> None:
    """The same, begun on time by its chair."""
    await planned(room, *items)
    room.clock.set(utc(12, 14))
    await room.say(anna, "meeting start")
    await room.deliver()


async def filled(room: MeetingRoom, who: Account, form: Form, **values: str) -> View | FormErrors | None:
    """Submit a form that has an input called `at`."""
    act = Filled(form.message, form.given, dict(values), form.place)
    return await room.core.hear(Turn(f"form-{len(values)}-{values}", ROOM, who, room.clock.now(), act))


def meeting(room: MeetingRoom, ref: str = "MTG-001") -> Meeting:
    """The meeting as it is stored."""
    found: Meeting = next(row for row in room.rows(Meeting) if row.ref == ref)
    return found


def item(room: MeetingRoom, number: int) -> AgendaItem:
    """An agenda item as it is stored."""
    found: AgendaItem = next(row for row in room.rows(AgendaItem) if row.number == number)
    return found


def carrying(room: MeetingRoom, ref: str = "MTG-001") -> list[str]:
    """The cards in the room that carry a meeting's agenda, as words."""
    agenda = [card for card in room.cards() if card.summary.startswith(ref) and "Running:" not in words(card)]
    return [words(card) for card in agenda if "Ended:" not in words(card) and "Moved:" not in words(card)]


def standing(room: MeetingRoom, summary: str) -> Card:
    """The newest card in the room that has this one line."""
    return [card for card in room.cards() if card.summary == summary][-1]

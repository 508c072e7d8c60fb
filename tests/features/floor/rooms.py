"""How the tests of the floor look at it."""

from __future__ import annotations

from core.features.floor.records import Floor, Motion, Reminder
from core.view import Card
from tests.meeting_room import MeetingRoom, words


def floor(room: MeetingRoom) -> Floor:
    """The floor of MTG-001."""
    found: Floor = room.rows(Floor)[0]
    return found


def queue(room: MeetingRoom) -> list[str]:
    """Who waits, by the first name, with what for."""
    names = room.core.directories.look("NVT").members
    return [
        f"{names[one['person']].name.split()[0]}{': ' if one['about'] else ''}{one['about']}"
        for one in floor(room).queue
    ]


def speaks(room: MeetingRoom) -> str | None:
    """Who has the floor, by the first name."""
    now = floor(room).speaks
    return room.core.directories.look("NVT").members[now["person"]].name.split()[0] if now else None


async def boards(room: MeetingRoom) -> list[Card]:
    """The boards of the floor in the room, oldest first."""
    await room.deliver()
    return [card for card in room.cards() if card.place and card.place.record == "MTG-001/FLR"]


async def running(room: MeetingRoom) -> str:
    """What the meeting's own card says while it runs."""
    await room.deliver()
    return words([card for card in room.cards() if words(card).startswith(("Running:", "Ended:"))][-1])


def motion(room: MeetingRoom, number: int = 1) -> Motion:
    """A motion as it is stored."""
    found: Motion = room.rows(Motion)[number - 1]
    return found


def reminder(room: MeetingRoom, number: int = 1) -> Reminder:
    """A reminder as it is stored."""
    found: Reminder = room.rows(Reminder)[number - 1]
    return found


async def card_of(room: MeetingRoom, record: str) -> Card:
    """The newest card in the room that was drawn for a record."""
    await room.deliver()
    return [card for card in room.cards() if card.place and card.place.record == record][-1]


def events(room: MeetingRoom, record: str) -> list[tuple[str, str]]:
    """What the trail tells of a record: who and what, in order."""
    return [(entry["name"], entry["event"]) for entry in room.trail() if entry["record"] == record and entry["event"]]

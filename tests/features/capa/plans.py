"""A CAPA that came from a decision, and how tests look at it."""

from __future__ import annotations

from datetime import UTC, datetime

from core.features.capa.records import Capa, CapaLine
from core.view import Card
from tests.features.actions.people import card_of, in_nvt
from tests.meeting_room import MeetingRoom, anna, jurgen, luis, said_once

RETRAIN = 'capa line CAPA-001 correction "retrain the operators of line 4" @l by 20 March'
HOLD_TIME = 'capa line CAPA-001 corrective "challenge the hold time at full scale" @j by 27 March'


@said_once
async def opened(room: MeetingRoom) -> MeetingRoom:
    """The transfer with a CAPA that nobody added to yet; everything said so far delivered."""
    await in_nvt(room)
    await room.say(anna, 'capa new "Hold time was never challenged"')
    await room.deliver()
    return room


@said_once
async def with_lines(room: MeetingRoom) -> MeetingRoom:
    """The same with a correction of Luís and a corrective line of Jürgen."""
    await opened(room)
    await room.say(anna, RETRAIN, l=luis)
    await room.say(anna, HOLD_TIME, j=jurgen)
    await room.deliver()
    return room


async def in_a_meeting(room: MeetingRoom, title: str = "Deviation review", day: int = 12) -> str:
    """A meeting that runs, from 14:00 UTC on a day of March; its reference."""
    await room.say(anna, f'meeting new "{title}" at:"{day} Mar 2026 14:00" for:60m')
    room.clock.set(datetime(2026, 3, day, 14, 0, tzinfo=UTC))
    await room.say(anna, "meeting start")
    await room.deliver()
    return f"MTG-{len({card.place.record for card in room.cards() if is_meeting(card)}):03d}"


def is_meeting(card: Card) -> bool:
    """Whether a card stands for a meeting."""
    return bool(
        card.place and card.place.record and card.place.record.startswith("MTG-") and "." not in card.place.record
    )


def capa(room: MeetingRoom, ref: str = "CAPA-001") -> Capa:
    """A CAPA as the store has it."""
    return next(row for row in room.rows(Capa) if row.ref == ref)


def line(room: MeetingRoom, ref: str = "CAPA-001.1") -> CapaLine:
    """A line as the store has it."""
    return next(row for row in room.rows(CapaLine) if row.ref == ref)


__all__ = ["HOLD_TIME", "RETRAIN", "capa", "card_of", "in_a_meeting", "line", "opened", "with_lines"]

"""What the tests of checklists begin with: a PPQ readiness review on Friday 27 March, 14:00 in Dublin."""

from __future__ import annotations

from core.features.checklists.records import Checklist, ChecklistItem
from core.view import Card
from tests.features.actions.people import direct, in_nvt
from tests.meeting_room import Account, MeetingRoom, anna, said_once

CALL = 'meeting new "PPQ readiness review" at:"27 Mar 2026 14:00" for:60m stage:ppq_readiness'


@said_once
async def called(room: MeetingRoom) -> MeetingRoom:
    """MTG-001 with its checklist, everything said so far delivered."""
    await in_nvt(room)
    await room.say(anna, CALL)
    await room.deliver()
    return room


def the(room: MeetingRoom, ref: str) -> ChecklistItem:
    """An item as the store has it; `PQ-03` is MTG-001's."""
    wanted = ref if "/" in ref else f"MTG-001/{ref}"
    found: ChecklistItem = next(row for row in room.rows(ChecklistItem) if row.ref == wanted)
    return found


def checklist(room: MeetingRoom, meeting: str = "MTG-001") -> Checklist:
    """A meeting's checklist as the store has it."""
    found: Checklist = next(row for row in room.rows(Checklist) if row.meeting == meeting)
    return found


def own_list(room: MeetingRoom, who: Account, title: str = "PPQ readiness review") -> Card:
    """The one list of items that stands in the conversation with a person."""
    cards = [card for card in room.cards(direct(who)) if card.place and card.place.record == "CHK-001"]
    assert len(cards) == 1, [card.summary for card in cards]
    return cards[0]


def mornings(room: MeetingRoom) -> dict[str, str]:
    """Day to the moments at which somebody is reminded of items."""
    found: dict[str, str] = {}
    for key, when in sorted(room.jobs().items()):
        if key.startswith("checklist:"):
            day = key.rpartition(":")[2]
            found[day] = " ".join(filter(None, [found.get(day), f"{when:%H:%M}"]))
    return found

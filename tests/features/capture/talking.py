"""What the tests of capture begin with: a meeting that runs, and ways to look at what is proposed."""

from __future__ import annotations

from sqlalchemy import func, select

from core.features.capture.records import Proposal
from core.kernel.database import Base
from core.kernel.transfers import Person
from core.view import Card
from tests.features.meetings.planned import started
from tests.features.transfers.test_joining import TEAMS, invited
from tests.meeting_room import MeetingRoom, buttons, marta, said_once, words

PLEASE = "@j please send the signed PPQ protocol by Friday."
SOMEONE = "someone needs to chase the excipient CoA"
SMALL_TALK = "Great work everyone, see you in 2 weeks 👋"


@said_once
async def meeting_in_two_rooms(room: MeetingRoom) -> MeetingRoom:
    """A meeting that runs in a room of each company."""
    await started(room)
    code = await invited(room)
    await room.say(marta, f"transfer join {code}", at=TEAMS)
    await room.deliver()
    return room


def proposals(room: MeetingRoom) -> list[Proposal]:
    """Every proposal, in order."""
    return room.rows(Proposal)


def proposal(room: MeetingRoom, ref: str = "PRP-001") -> Proposal:
    """One proposal as it is stored."""
    return next(row for row in proposals(room) if row.ref == ref)


def whispered(room: MeetingRoom) -> list[tuple[str, str, Card]]:
    """What was shown to one person alone: the account, the words, and the card, in the order of sending."""
    return [(out.only_for, words(out.card), out.card) for out in room.inbox.sent if out.only_for]


def offered(room: MeetingRoom, account: str) -> dict[str, str]:
    """The buttons of the newest card that was shown to one account alone."""
    return buttons([card for who, _, card in whispered(room) if who == account][-1])


def stored(room: MeetingRoom) -> dict[str, int]:
    """How many rows each table has: what leaves nothing behind leaves this as it was."""
    with room.core.store.read() as connection:
        tables = Base.metadata.sorted_tables
        there = [table for table in tables if connection.dialect.has_table(connection, table.name)]
        return {table.name: connection.execute(select(func.count()).select_from(table)).scalar_one() for table in there}


def named(room: MeetingRoom) -> dict[str, str]:
    """Person id to first name."""
    return {row.id: row.name.split()[0] for row in room.rows_of(Person)}

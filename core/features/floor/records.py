"""The floor of a meeting, the reminders that are set in it, and the motions that are put to it."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, TypedDict

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.features.meetings.records import headline
from core.kernel.database import Json, UtcDateTime
from core.kernel.ids import PersonId, Ref
from core.kernel.records import Record
from core.rules.life_cycles import FLOOR, MOTION, REMINDER, LifeCycle


class Speaker(TypedDict):
    """Somebody who waits for the floor, or has it, and what for; `at` is since when (UTC, ISO 8601).

    `by` is who put them on the queue, where it was not they themselves.
    """

    person: PersonId
    about: str
    at: str
    by: PersonId | None


class Spoke(TypedDict):
    """Somebody who had the floor, and on which board that stands."""

    person: PersonId
    board: int


class Nudge(TypedDict):
    """The item whose time was said to be over: its turn and the minutes that it had been given by then."""

    item: Ref
    opening: int
    minutes: int


class Floor(Record):
    """Who speaks in a meeting and who waits to, MTG-002/FLR; made when somebody first asks.

    `queue` is in the order in which people speak. Each agenda item under which somebody asked has a board of its own
    in the rooms: `boards` names the items, in order, "" for none; `spoke` tells who had the floor on which of them.
    `nudge` is the item whose time was last said to be over, until it is left or given more.
    """

    __tablename__ = "floors"
    cycle: ClassVar[LifeCycle] = FLOOR

    meeting: Mapped[Ref] = mapped_column(String(24))
    queue: Mapped[list[Speaker]] = mapped_column(Json)
    speaks: Mapped[Speaker | None] = mapped_column(Json)
    boards: Mapped[list[str]] = mapped_column(Json)
    spoke: Mapped[list[Spoke]] = mapped_column(Json)
    nudge: Mapped[Nudge | None] = mapped_column(Json)

    def under(self) -> Ref | None:
        """Its meeting: a meeting is one post, with its cards below."""
        return self.meeting


class Reminder(Record):
    """A reminder for everybody at a meeting, REM-001, said once at `due_at` (UTC).

    `span`: it was said as a length of time, `in 20 minutes`, and ends with the meeting; a moment is kept.
    """

    __tablename__ = "reminders"
    __table_args__ = (Index("ix_reminders_meeting", "transfer", "meeting"),)
    cycle: ClassVar[LifeCycle] = REMINDER

    text: Mapped[str] = mapped_column(Text)
    meeting: Mapped[Ref] = mapped_column(String(24))
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    span: Mapped[bool]
    settled_by: Mapped[PersonId | None] = mapped_column(String(40))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def headline(self) -> str:
        """Its text as one short line."""
        return headline(self.text)

    @property
    def number(self) -> int:
        """What people call it by: 2 of REM-002."""
        return int(self.ref.rpartition("-")[2])

    def under(self) -> Ref | None:
        """Its meeting: a meeting is one post, with its cards below."""
        return self.meeting


class Vote(TypedDict):
    """One person's vote, yes, no or abstain; a later one takes its place. `at` is UTC, ISO 8601."""

    person: PersonId
    side: str
    vote: str
    at: str


class Motion(Record):
    """A motion that is put to a meeting, MOT-001, `open` until it is closed, withdrawn, or the meeting ends.

    `votes` hold one for each person who voted. `decision` is what somebody recorded of it once it was carried; it
    stays named where it was taken back and the motion is carried again.
    """

    __tablename__ = "motions"
    __table_args__ = (
        Index("ix_motions_meeting", "transfer", "meeting"),
        Index("ix_motions_decision", "transfer", "decision"),
    )
    cycle: ClassVar[LifeCycle] = MOTION

    text: Mapped[str] = mapped_column(Text)
    meeting: Mapped[Ref] = mapped_column(String(24))
    item: Mapped[Ref | None] = mapped_column(String(24))
    votes: Mapped[list[Vote]] = mapped_column(Json)
    closed_by: Mapped[PersonId | None] = mapped_column(String(40))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decision: Mapped[Ref | None] = mapped_column(String(24))

    @property
    def headline(self) -> str:
        """Its text as one short line."""
        return headline(self.text)

    @property
    def decided(self) -> Ref | None:
        """The decision that was recorded of it and holds, or is yet to be agreed to or was reversed since."""
        return self.decision if self.state == "decided" else None

    def under(self) -> Ref | None:
        """Its meeting: a meeting is one post, with its cards below."""
        return self.meeting

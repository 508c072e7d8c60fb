"""The records of a meeting: the meeting, its agenda's items, and what everything captured in one has in common."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar, NotRequired, TypedDict

from sqlalchemy import Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel.database import Json, UtcDateTime
from core.kernel.ids import PersonId, Ref
from core.kernel.records import CompanyOwned, Record
from core.rules.life_cycles import AGENDA_ITEM, MEETING, LifeCycle
from core.rules.typography import upright


class Known(TypedDict):
    """How somebody's attendance is known: `started`, `said`, `spoke`, `heard`, `noted` or `absent`; `at` is UTC.

    `by` is who noted it, where it was neither they themselves nor Tandem.
    """

    how: str
    at: str
    by: PersonId | None


class Shown(TypedDict):
    """Who was shown what is loose before the end, or who waits before the next item, and when (UTC, ISO 8601)."""

    person: PersonId
    at: str


class Correction(TypedDict):
    """Who corrected or withdrew a record last, when (UTC, ISO 8601) and why; the trail has all of them, old and new.

    `what` are the parts that changed, `text`, `owner` or `due`; none where it was withdrawn. `minutes_of` is the
    meeting whose minutes were posted before, and stay as they are. `was` are the owner and the date that it had, in
    words, of those that changed.
    """

    person: PersonId
    at: str
    reason: str
    what: list[str]
    minutes_of: Ref | None
    was: NotRequired[dict[str, str]]


class Meeting(Record):
    """A meeting, MTG-001. Times are UTC, `minutes` is its planned length; people are lists of person ids.

    `newcomers` are the accounts (JSON of Newcomer) of those who were invited and are no members yet.
    `present` and `regrets` are lists in the order in which it became known, and `known` tells how: what people said
    themselves, what the chair noted, or that they recorded something there or said something to record. `planned` is
    true until it starts or is cancelled, `running` until it ends; `current` is the agenda item that is on, if one is.
    `agenda_posts` counts the messages that carry its agenda: each lead time posts one, and all change with it.
    `offered_for` is the start for which the chair was offered to start, `asked` how often somebody was asked to end it,
    `end_shown` who was last shown what is loose before it, `next_shown` who was last shown who waits before the next
    item; `reason` says why it was cancelled.
    """

    __tablename__ = "meetings"
    __table_args__ = (
        Index("ix_meetings_planned", "transfer", postgresql_where=text("planned"), sqlite_where=text("planned = 1")),
        Index(
            "uq_meetings_running",
            "transfer",
            unique=True,
            postgresql_where=text("running"),
            sqlite_where=text("running = 1"),
        ),
    )
    cycle: ClassVar[LifeCycle] = MEETING

    title: Mapped[str] = mapped_column(String(300))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    minutes: Mapped[int]
    stage: Mapped[str | None] = mapped_column(String(40))
    chair: Mapped[PersonId] = mapped_column(String(40))
    invited: Mapped[list[PersonId]] = mapped_column(Json)
    newcomers: Mapped[list[dict[str, str]] | None] = mapped_column(Json)
    present: Mapped[list[PersonId]] = mapped_column(Json)
    regrets: Mapped[list[PersonId]] = mapped_column(Json)
    known: Mapped[dict[PersonId, Known] | None] = mapped_column(Json)
    planned: Mapped[bool]
    running: Mapped[bool]
    current: Mapped[Ref | None] = mapped_column(String(24))
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    end_shown: Mapped[Shown | None] = mapped_column(Json)
    next_shown: Mapped[Shown | None] = mapped_column(Json)
    agenda_posts: Mapped[int]
    offered_for: Mapped[datetime | None] = mapped_column(UtcDateTime)
    asked: Mapped[int]
    reason: Mapped[str | None] = mapped_column(Text)

    @property
    def ends_at(self) -> datetime:
        """When it is planned to end, UTC."""
        return self.starts_at + timedelta(minutes=self.minutes)

    def under(self) -> Ref | None:
        """Itself: a meeting is one post, with its cards below."""
        return self.ref


class AgendaItem(Record):
    """One point of a meeting's agenda, MTG-002.3: the number after the dot is what people say, and never changes.

    `position` orders the agenda; `minutes` is the time it is given, None where nobody said. `opened_at` and
    `opened_by` tell since when it is on and who opened it; `spent` are the seconds it had before that, in
    `openings` turns. `reason` says why it was dropped.
    """

    __tablename__ = "agenda_items"
    __table_args__ = (Index("ix_agenda_items_meeting", "transfer", "meeting"),)
    cycle: ClassVar[LifeCycle] = AGENDA_ITEM

    meeting: Mapped[Ref] = mapped_column(String(24))
    number: Mapped[int]
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    presenter: Mapped[PersonId | None] = mapped_column(String(40))
    minutes: Mapped[int | None]
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    opened_by: Mapped[PersonId | None] = mapped_column(String(40))
    spent: Mapped[int]
    openings: Mapped[int]
    reason: Mapped[str | None] = mapped_column(Text)

    def under(self) -> Ref | None:
        """Its meeting: a meeting is one post, with its cards below."""
        return self.meeting


class Correctable:
    """Mixin: a record that may be corrected or withdrawn, with the last time that it was."""

    correction: Mapped[Correction | None] = mapped_column(Json)


class Captured(CompanyOwned, Record):
    """What is said and kept: its text, and the meeting and agenda item that were on then, if any were.

    What is said in a company's own room is its own, and stands in no meeting that both hold.
    """

    __abstract__ = True

    text: Mapped[str] = mapped_column(Text)
    meeting: Mapped[Ref | None] = mapped_column(String(24))
    item: Mapped[Ref | None] = mapped_column(String(24))

    @property
    def headline(self) -> str:
        """Its text as one line of 110 characters at most, for titles, lists and notifications."""
        return headline(self.text)

    def under(self) -> Ref | None:
        """Its meeting: a meeting is one post, with its cards below."""
        return self.meeting


def headline(text: str) -> str:
    """A text as one line of 110 characters at most."""
    words = " ".join(upright(text).split())
    return words if len(words) <= _HEADLINE else words[: _HEADLINE - 1].rstrip() + "…"


_HEADLINE = 110
"""Marks that turn the reading direction: cut off from the one that ends them they would turn the whole line."""

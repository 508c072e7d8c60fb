"""The records of a CAPA: the CAPA itself, and its lines, of which each is one person's by one date."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Date, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from core.features.meetings.records import Correctable, headline
from core.kernel.database import UtcDateTime
from core.kernel.ids import PersonId, Ref
from core.kernel.records import CompanyOwned, Record
from core.rules.life_cycles import CAPA, CAPA_LINE, LifeCycle


class Capa(Correctable, CompanyOwned, Record):
    """A CAPA, CAPA-001, of both companies or, made in one's own room, of that one.

    `meeting` is the one that ran when it was opened; `decision` and `action` name what it came from. `open` until it
    is closed or cancelled.
    """

    __tablename__ = "capas"
    __table_args__ = (
        Index("ix_capas_open", "transfer", "ref", postgresql_where=text("open"), sqlite_where=text("open = 1")),
        Index("ix_capas_meeting", "transfer", "meeting"),
        Index("ix_capas_decision", "transfer", "decision"),
        Index("ix_capas_action", "transfer", "action"),
    )
    cycle: ClassVar[LifeCycle] = CAPA

    title: Mapped[str] = mapped_column(Text)
    meeting: Mapped[Ref | None] = mapped_column(String(24))
    decision: Mapped[Ref | None] = mapped_column(String(24))
    action: Mapped[Ref | None] = mapped_column(String(24))
    open: Mapped[bool]

    @property
    def headline(self) -> str:
        """Its title as one short line."""
        return headline(self.title)

    @property
    def came_from(self) -> tuple[Ref, ...]:
        """The decision and the action that it came from."""
        return tuple(ref for ref in (self.decision, self.action) if ref is not None)

    def under(self) -> Ref | None:
        """Its meeting: a meeting is one post, with its cards below."""
        return self.meeting


class CapaLine(Correctable, CompanyOwned, Record):
    """A line of a CAPA, CAPA-001.2: the number after the dot is what people say, and never changes.

    `owner` is one person, None from a decline until somebody else is named; `side` their company. `due` is a day,
    `due_at` the moment (UTC) where a time was said, `deadline` the moment (UTC) after which it is overdue.
    `accepted_at` is when the owner took it on (UTC); `told`: they were told by direct message. `meeting` is the one
    that ran when the line was added. `open`: somebody must still do it.
    """

    __tablename__ = "capa_lines"
    __table_args__ = (
        Index(
            "ix_capa_lines_open", "transfer", "deadline", postgresql_where=text("open"), sqlite_where=text("open = 1")
        ),
        Index("ix_capa_lines_capa", "transfer", "capa"),
        Index("ix_capa_lines_meeting", "transfer", "meeting"),
    )
    cycle: ClassVar[LifeCycle] = CAPA_LINE

    capa: Mapped[Ref] = mapped_column(String(24))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(Text)
    owner: Mapped[PersonId | None] = mapped_column(String(40))
    side: Mapped[str | None] = mapped_column(String(8))
    due: Mapped[date] = mapped_column(Date)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    deadline: Mapped[datetime] = mapped_column(UtcDateTime)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    told: Mapped[bool]
    meeting: Mapped[Ref | None] = mapped_column(String(24))
    open: Mapped[bool]

    @property
    def headline(self) -> str:
        """Its text as one short line."""
        return headline(self.text)

    @property
    def accepted(self) -> bool:
        """Whether its owner took it on."""
        return self.accepted_at is not None

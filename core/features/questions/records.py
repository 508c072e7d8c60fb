"""Questions, risks and notes: three kinds of captured lines, each with the one thing that may happen to it."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.features.meetings.records import Captured, Correctable
from core.kernel.database import Json, UtcDateTime
from core.kernel.ids import PersonId
from core.rules.life_cycles import NOTE, QUESTION, RISK, LifeCycle


class AskedQuestion(Correctable, Captured):
    """A question, QUE-001, `open` until somebody answers it; `asked_of` are the people it was put to."""

    __tablename__ = "questions"
    __table_args__ = (
        Index("ix_questions_listed", "transfer", "open", "created_at", "ref"),
        Index("ix_questions_meeting", "transfer", "meeting"),
    )
    cycle: ClassVar[LifeCycle] = QUESTION

    asked_of: Mapped[list[PersonId]] = mapped_column(Json)
    answer: Mapped[str | None] = mapped_column(Text)
    answered_by: Mapped[PersonId | None] = mapped_column(String(40))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    open: Mapped[bool]


class Risk(Correctable, Captured):
    """A risk, RSK-001, `open` until it is closed with a reason."""

    __tablename__ = "risks"
    __table_args__ = (
        Index("ix_risks_listed", "transfer", "open", "created_at", "ref"),
        Index("ix_risks_meeting", "transfer", "meeting"),
    )
    cycle: ClassVar[LifeCycle] = RISK

    closed_because: Mapped[str | None] = mapped_column(Text)
    closed_by: Mapped[PersonId | None] = mapped_column(String(40))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    open: Mapped[bool]


class Note(Correctable, Captured):
    """A note, NOT-001: nothing happens to it."""

    __tablename__ = "notes"
    __table_args__ = (
        Index("ix_notes_listed", "transfer", "created_at", "ref"),
        Index("ix_notes_meeting", "transfer", "meeting"),
    )
    cycle: ClassVar[LifeCycle] = NOTE

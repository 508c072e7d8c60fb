"""The record of an action: what is to be done, by whom and by when, and what a person must still confirm about it."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Date, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.features.meetings.records import Captured, Correctable
from core.kernel.database import Json, UtcDateTime
from core.kernel.ids import PersonId
from core.rules.life_cycles import ACTION, LifeCycle

OWNER, DUE, MEMBER = "owner", "due", "member"
"""What may have to be confirmed: who does it, by when, and that somebody named as an owner becomes a member."""


class Action(Correctable, Captured):
    """An action, ACT-001. `owners`, `accepted` (of them) and `told` (by direct message) are lists of person ids.

    `side` is the owners' company, `both` where they are of two. `due` is a day; `due_at` the moment (UTC) where a
    time was said; `deadline` the moment (UTC) after which it is overdue: `due_at`, else the end of the day in the
    zone of the owner for whom it ends last. `confirm` holds OWNER and DUE while they are missing or a guess.
    `newcomers` are the accounts (JSON of Newcomer) named as owners that were no members yet, None without any; MEMBER
    stands in `confirm` as long. `open`: somebody must still do it.
    """

    __tablename__ = "actions"
    __table_args__ = (
        # Not a partial index: without statistics SQLite prefers the primary key to one, and walks the whole history.
        Index("ix_actions_open", "transfer", "open", "deadline"),
        Index("ix_actions_meeting", "transfer", "meeting"),
    )
    cycle: ClassVar[LifeCycle] = ACTION

    owners: Mapped[list[PersonId]] = mapped_column(Json)
    accepted: Mapped[list[PersonId]] = mapped_column(Json)
    told: Mapped[list[PersonId]] = mapped_column(Json)
    side: Mapped[str | None] = mapped_column(String(8))
    due: Mapped[date | None] = mapped_column(Date)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    deadline: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirm: Mapped[list[str]] = mapped_column(Json)
    newcomers: Mapped[list[dict[str, str]] | None] = mapped_column(Json)
    evidence: Mapped[str | None] = mapped_column(Text)
    open: Mapped[bool]

    @property
    def needs_confirmation(self) -> bool:
        """Whether something about it is missing or a guess."""
        return bool(self.confirm)

"""A decision, and what each company said to it: every voice with the person, their side and the time."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, TypedDict

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from core.features.meetings.records import Captured, Correctable
from core.kernel.database import Json, UtcDateTime
from core.kernel.ids import Audience, PersonId, Side
from core.rules.life_cycles import DECISION, LifeCycle


class Voice(TypedDict):
    """One person who spoke for their company; `at` is UTC, ISO 8601."""

    person: PersonId
    side: str
    at: str


class Objection(Voice):
    """One person's objection, kept for good, unless their join is taken back; `settled` is who of their company agreed
    after it, or None.
    """

    reason: str
    settled: Voice | None


class Undoing(Voice):
    """Who withdrew a decision or asked to reverse it, and why; `joined` is who of the other company reversed it too."""

    reason: str
    joined: Voice | None


class Decision(Correctable, Captured):
    """A decision, DEC-001. `open` while a company's word is awaited: until both agreed, or reversed it.

    `agreed_by` holds the agreements that stand: an objection takes those of its own side back, a join that is taken
    back those of who came by it.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        Index("ix_decisions_listed", "transfer", "open", "created_at", "ref"),
        Index("ix_decisions_meeting", "transfer", "meeting"),
    )
    cycle: ClassVar[LifeCycle] = DECISION

    agreed_by: Mapped[list[Voice]] = mapped_column(Json)
    objections: Mapped[list[Objection]] = mapped_column(Json)
    undone: Mapped[Undoing | None] = mapped_column(Json)
    agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    open: Mapped[bool]

    def agreements(self, side: Side) -> list[Voice]:
        """The standing agreements of one company."""
        return [voice for voice in self.agreed_by if voice["side"] == side]

    def objects(self, side: Side) -> bool:
        """Whether an objection of one company waits for somebody of it to agree after all."""
        return any(one["settled"] is None and one["side"] == side for one in self.objections)

    def sides(self) -> list[Side]:
        """The companies that it is up to: both, or the one alone in whose own room it was said."""
        return [side for side in Side if Audience(self.audience).side in (None, side)]

    def missing(self) -> list[Side]:
        """The companies whose word is awaited: they have not agreed, or object, or were asked to reverse it."""
        if self.state == "reversal_asked" and self.undone is not None:
            return [side for side in self.sides() if side != self.undone["side"]]
        return [side for side in self.sides() if not self.agreements(side) or self.objects(side)]

"""A meeting's checklist and its items, each with what was asked, what was given, and who decided on it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar, TypedDict

from sqlalchemy import Date, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel.database import Json, UtcDateTime
from core.kernel.ids import PersonId, Ref, Side
from core.kernel.records import Record
from core.rules.life_cycles import CHECKLIST, CHECKLIST_ITEM, LifeCycle

BOTH = "both"
OPEN, ATTACHED, VERIFIED = "open", "evidence_attached", "verified"
WAIVED, NOT_APPLICABLE = "waived", "not_applicable"


class Waiver(TypedDict):
    """One company's QA that waives an item; `at` is UTC, ISO 8601."""

    person: PersonId
    side: str
    at: str
    reason: str


class Returned(TypedDict):
    """What brought an item back to open, `rejected` or `reopened`: who said it for which company, when and why.

    Moments are UTC, ISO 8601. The rest is how it was before: its state, and the evidence with who gave it and when.
    """

    what: str
    person: PersonId
    side: str
    at: str
    reason: str
    state: str
    evidence: str | None
    evidence_by: PersonId | None
    evidence_at: str | None


class Checklist(Record):
    """The checklist of one meeting, CHK-001; `live` until the meeting has ended or is cancelled.

    `told` are the people who got their items as a list; `at_start` is how each item stood when the meeting began.
    """

    __tablename__ = "checklists"
    __table_args__ = (
        Index("uq_checklists_meeting", "transfer", "meeting", unique=True),
        Index("ix_checklists_live", "transfer", postgresql_where=text("live"), sqlite_where=text("live = 1")),
    )
    cycle: ClassVar[LifeCycle] = CHECKLIST

    meeting: Mapped[Ref] = mapped_column(String(24))
    stage: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(300))
    told: Mapped[list[PersonId]] = mapped_column(Json)
    live: Mapped[bool]
    at_start: Mapped[list[dict[str, Any]] | None] = mapped_column(Json)

    def under(self) -> Ref | None:
        """Its meeting: a meeting is one post, with its cards below."""
        return self.meeting


class ChecklistItem(Record):
    """One item of a meeting's checklist, MTG-002/PQ-03; what is asked stays as it was when the meeting was called.

    `side` is sponsor, cmo or both; `asks` the evidence that is wanted, `evidence` what was given, by whom and when.
    `due` is a day in the transfer's zone. `waivers` are the QA who waived; a blocker needs both companies'.
    `settled_by` verified it, waived it or called it not applicable; `reason` is of a rejection, a waiver or that.
    `returned` is what brought it back to open last.
    """

    __tablename__ = "checklist_items"
    __table_args__ = (Index("ix_checklist_items_meeting", "transfer", "meeting"),)
    cycle: ClassVar[LifeCycle] = CHECKLIST_ITEM
    within: ClassVar[bool] = True

    meeting: Mapped[Ref] = mapped_column(String(24))
    position: Mapped[int]
    item: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(Text)
    side: Mapped[str] = mapped_column(String(8))
    asks: Mapped[str] = mapped_column(Text)
    blocker: Mapped[bool]
    lead_days: Mapped[int]
    category: Mapped[str] = mapped_column(String(16))
    basis: Mapped[str] = mapped_column(Text)
    owner: Mapped[PersonId | None] = mapped_column(String(40))
    due: Mapped[date] = mapped_column(Date)
    evidence: Mapped[str | None] = mapped_column(Text)
    evidence_by: Mapped[PersonId | None] = mapped_column(String(40))
    evidence_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    waivers: Mapped[list[Waiver]] = mapped_column(Json)
    settled_by: Mapped[PersonId | None] = mapped_column(String(40))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(Text)
    returned: Mapped[Returned | None] = mapped_column(Json)

    def concerns(self, side: Side | str | None) -> bool:
        """Whether it is this company's to see to."""
        return side is not None and self.side in (BOTH, side)

    @property
    def to_do(self) -> bool:
        """Whether it waits for evidence."""
        return self.state == OPEN

    @property
    def untouched(self) -> bool:
        """Whether nothing was said to it that stands, whoever owns it by now."""
        return self.to_do and self.reason is None

    @property
    def settled(self) -> bool:
        """Whether nothing more is expected of anybody."""
        return self.state in (VERIFIED, WAIVED, NOT_APPLICABLE)

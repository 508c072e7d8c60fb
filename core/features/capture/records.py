"""A proposal: what a line was read as, by which rule, until a person says what it is to be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Date, Index, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from core.features.meetings.records import Captured
from core.kernel.database import Json, UtcDateTime
from core.kernel.ids import PersonId, Ref
from core.kernel.turn import Address
from core.kernel.work import Origin, Reads
from core.rules.life_cycles import PROPOSAL, LifeCycle

OWNER, DUE = "owner", "due"
"""What of a proposal may be missing or a guess; it may also be `summary` or `decision text`."""


class Proposal(Captured):
    """A proposal, PRP-001: `text` is what would be recorded, as a record of `kind`; `author` said the line.

    `owners`, `asked_of` and `accepted` (who said that they do it, or agree) are lists of person ids. `due` is a day,
    `due_at` the moment (UTC) where a time was said. `confirm` names what is missing or a guess. `rule` read it,
    triggered by the words `trigger`, in the release `software`; nothing of it is a fact until it is `confirmed`: then
    `record` is what it became. `settled_by` and `settled_at` are whose answer that was, or another, and when.
    `said` is the line as people read it; its source keeps it as captured. `told` are those who were shown it alone;
    `aloud`: it stands in its room for everybody to see. `line` names the message that it is of, None on older ones.
    `reacted` are those whose reaction proposes it, None where no reaction ever did. `agrees_to` names the message that
    its line said yes to, None on all that is no such agreement.
    """

    __tablename__ = "proposals"
    __table_args__ = (
        Index("ix_proposals_open", "transfer", "open", "created_at", "ref"),
        Index("ix_proposals_meeting", "transfer", "meeting"),
        Index("ix_proposals_line", "transfer", "line"),
        Index("ix_proposals_agrees_to", "transfer", "agrees_to"),
    )
    cycle: ClassVar[LifeCycle] = PROPOSAL

    author: Mapped[PersonId] = mapped_column(String(40))
    said: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(12))
    owners: Mapped[list[PersonId]] = mapped_column(Json)
    asked_of: Mapped[list[PersonId]] = mapped_column(Json)
    accepted: Mapped[list[PersonId]] = mapped_column(Json)
    due: Mapped[date | None] = mapped_column(Date)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirm: Mapped[list[str]] = mapped_column(Json)
    recurrence: Mapped[str | None] = mapped_column(String(200))
    rule: Mapped[str] = mapped_column(String(80))
    trigger: Mapped[str] = mapped_column(Text)
    software: Mapped[str] = mapped_column(String(40))
    aloud: Mapped[bool]
    told: Mapped[list[PersonId]] = mapped_column(Json)
    record: Mapped[Ref | None] = mapped_column(String(24))
    settled_by: Mapped[PersonId | None] = mapped_column(String(40))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    open: Mapped[bool]
    line: Mapped[str | None] = mapped_column(String(360))
    reacted: Mapped[list[PersonId] | None] = mapped_column(Json)
    agrees_to: Mapped[str | None] = mapped_column(String(360))

    @property
    def untied(self) -> bool:
        """Whether the last of the reactions that proposed it was taken away."""
        return self.reacted is not None and not self.reacted


def agreements_to(message: str, reads: Reads) -> Sequence[Proposal]:
    """What was proposed because somebody said yes to a message, the oldest first."""
    of_message = select(Proposal).where(Proposal.transfer == reads.transfer, Proposal.agrees_to == message)
    return reads.all(of_message.order_by(Proposal.created_at, Proposal.ref))


def line_of(origin: Origin | None) -> str | None:
    """The message that was heard, by room and id; None for what has none of its own."""
    return message_at(origin.room, origin.message) if origin is not None and origin.message else None


def message_at(room: Address, message: str) -> str:
    """A message of a room, as `line` and `agrees_to` name it."""
    return f"{room}/{message}"

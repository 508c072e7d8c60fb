"""The records of a transfer beside those that the kernel keeps: held lines, and what became of captured messages."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel.database import UtcDateTime
from core.kernel.ids import PersonId, Ref, Side, TransferId
from core.kernel.records import CompanyOwned, Record, Trailed
from core.rules.life_cycles import LifeCycle

LINE = LifeCycle(
    "held line",
    "held",
    {"held": frozenset({"recorded", "dropped"}), "recorded": frozenset(), "dropped": frozenset()},
)


GIVEN, USED, WITHDRAWN = "given", "used", "withdrawn"
INVITE = LifeCycle(
    "invitation", GIVEN, {GIVEN: frozenset({USED, WITHDRAWN}), USED: frozenset(), WITHDRAWN: frozenset()}
)


class Invite(Record):
    """An invitation, INV-001: `secret` is the SHA-256 of its code, `side` whose lead gave it, `tenant` who may use it.

    `used_by` said the code in the room `room` (ROM-002), and leads their company by it where `made_lead`.
    """

    __tablename__ = "invites"
    __table_args__ = (Index("uq_invites_secret", "secret", unique=True),)
    cycle: ClassVar[LifeCycle] = INVITE

    secret: Mapped[str] = mapped_column(String(64))
    side: Mapped[Side] = mapped_column(String(8))
    tenant: Mapped[str | None] = mapped_column(String(64))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    used_by: Mapped[PersonId | None] = mapped_column(String(40))
    room: Mapped[Ref | None] = mapped_column(String(24))
    made_lead: Mapped[bool] = mapped_column(default=False)


class HeldLine(CompanyOwned, Record):
    """A turn that made no record: its speaker is unknown, or it may mean more than one thing. `turn` is JSON.

    One that may be about several transfers belongs to the house until its speaker says which: none of them is to read
    what belongs to another. `made` is the record that it became; of a line of the house, with its transfer.
    """

    __tablename__ = "held_lines"
    cycle: ClassVar[LifeCycle] = LINE

    identity: Mapped[str] = mapped_column(String(220), index=True)
    name: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    turn: Mapped[str] = mapped_column(Text)
    asked: Mapped[bool]
    made: Mapped[str | None] = mapped_column(String(40))


class SourceChange(CompanyOwned, Trailed):
    """What became of the message that a record was made from, `edited`, `edited back`, `deleted` or `restored`, and
    what came of that: the record was `kept`, or `taken` back or corrected.

    `at` is the platform's time of it, `noted_at` the server's; `text` and its `sha256` are those of an edit: the text
    as it is kept, which its entry holds whole, and the hash of what the platform sent. The record and the text that
    was captured stay as they are (AT-12, AT-13). Append-only by trigger.
    """

    __tablename__ = "source_changes"
    __table_args__ = (Index("ix_source_changes_record", "transfer", "record"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    transfer: Mapped[TransferId] = mapped_column(String(12))
    record: Mapped[Ref] = mapped_column(String(24))
    kind: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    text: Mapped[str | None] = mapped_column(Text)
    sha256: Mapped[str | None] = mapped_column(String(64))

    def trail_name(self) -> str:
        """The record's reference: its entry is one of the record's own."""
        return self.record

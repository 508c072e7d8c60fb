"""Picks: messages that somebody picked to be captured, kept until the form that they opened is filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import String, Text, delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel.database import Base, Store, UtcDateTime
from core.kernel.ids import TransferId
from core.kernel.work import Origin

KEPT = timedelta(days=1)
"""As long a form that stands open can be filled in."""


class PickedLine(Base):
    """A message as it was when somebody picked it, as JSON of its Origin and of the `items` that it was read as: a form
    carries few characters, and none that the trail could believe. `proposed_by` is what filled in that form, empty
    where nothing did. Not a record: what is made of it keeps its words as its source.
    """

    __tablename__ = "picked_lines"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    transfer: Mapped[str] = mapped_column(String(12))
    line: Mapped[str] = mapped_column(Text)
    proposed_by: Mapped[str] = mapped_column(String(160))
    picked_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    @property
    def origin(self) -> Origin:
        """Where it was said, by whom, and in which words."""
        return msgspec.json.decode(self.line, type=Origin)

    @property
    def items(self) -> bytes:
        """What it was read as, as JSON of a list."""
        return bytes(msgspec.json.decode(self.line, type=_Read).items)


class _Read(msgspec.Struct):
    """What beside its Origin is kept of a message."""

    items: msgspec.Raw = msgspec.Raw(b"[]")


@dataclass(frozen=True, slots=True)
class Pick:
    """A message to be kept: under an id that all who pick it share, with what filled in its form, and what it was read
    as."""

    id: str
    transfer: TransferId
    origin: Origin
    proposed_by: str
    items: Sequence[Any] = ()


class Picks:
    """The picks of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def origin_of(self, pick: str) -> Origin | None:
        """The message of a pick, as it was then; None for one that is let go of."""
        with self._store.read() as connection:
            line = connection.execute(select(PickedLine.line).where(PickedLine.id == pick)).scalar()
        return msgspec.json.decode(line, type=Origin) if line is not None else None

    def keep(self, pick: Pick, now: datetime) -> None:
        """Keep a message, once, and let go of those whose forms are too old."""
        line = msgspec.json.encode({**msgspec.to_builtins(pick.origin), "items": pick.items}).decode()
        row = {"id": pick.id, "transfer": pick.transfer, "line": line, "proposed_by": pick.proposed_by}
        try:
            with self._store.write() as connection:
                connection.execute(delete(PickedLine).where(PickedLine.picked_at < now - KEPT))
                if connection.execute(select(PickedLine.id).where(PickedLine.id == pick.id)).first() is None:
                    connection.execute(insert(PickedLine).values(**row, picked_at=now))
        except IntegrityError:
            return  # somebody else picked it at the same moment

"""Picks: messages that somebody picked to be captured, kept until the form that they opened is filled in."""

from __future__ import annotations

from datetime import datetime, timedelta

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
    """A message as it was when somebody picked it, as JSON of its Origin: a form carries few characters, and none that
    the trail could believe. Not a record: what is made of it keeps its words as its source.
    """

    __tablename__ = "picked_lines"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    transfer: Mapped[str] = mapped_column(String(12))
    line: Mapped[str] = mapped_column(Text)
    picked_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    @property
    def origin(self) -> Origin:
        """Where it was said, by whom, and in which words."""
        return msgspec.json.decode(self.line, type=Origin)


class Picks:
    """The picks of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, pick: str, transfer: TransferId, origin: Origin, now: datetime) -> None:
        """Keep a message under the id `pick`, once, and let go of those whose forms are too old."""
        line = msgspec.json.encode(origin).decode()
        try:
            with self._store.write() as connection:
                connection.execute(delete(PickedLine).where(PickedLine.picked_at < now - KEPT))
                if connection.execute(select(PickedLine.id).where(PickedLine.id == pick)).first() is None:
                    row = {"id": pick, "transfer": transfer, "line": line, "picked_at": now}
                    connection.execute(insert(PickedLine).values(**row))
        except IntegrityError:
            return  # somebody else picked it at the same moment

"""The worker's sign of life: a row of its own in the store, so that any process of any machine sees its age."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta

from sqlalchemy import String, delete, func, insert, select, update
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel.clock import SystemClock, new_id
from core.kernel.database import Base, Store, UtcDateTime

log = logging.getLogger("tandem.worker")

EVERY_SECONDS = 10.0
LATE = timedelta(seconds=45)
"""After so long without a sign the worker counts as gone."""
FORGOTTEN = timedelta(days=7)


class Worker(Base):
    """A worker process and when it was last seen; times are the machines' own, whatever clock the core has."""

    __tablename__ = "workers"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    software: Mapped[str] = mapped_column(String(80))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Heartbeat:
    """One worker's signs: written from its own event loop, so that a loop that hangs gives none."""

    def __init__(self, store: Store, software: str) -> None:
        self._store, self._software = store, software
        self._clock, self._id = SystemClock(), new_id()

    async def run(self) -> None:
        """Give a sign every EVERY_SECONDS until cancelled; then take the row away, for the worker ended on purpose."""
        try:
            while True:
                try:
                    await asyncio.to_thread(self.beat)
                except Exception as error:  # noqa: BLE001 - a sign that was missed shows by its age, and the next may come
                    log.warning("the store takes no sign of life: %s", _name(error))
                await asyncio.sleep(EVERY_SECONDS)
        finally:
            self.end()

    def beat(self) -> None:
        """Give one sign."""
        now = self._clock.now()
        with self._store.write() as connection:
            seen = connection.execute(update(Worker).where(Worker.id == self._id).values(seen_at=now))
            if not seen.rowcount:
                connection.execute(delete(Worker).where(Worker.seen_at < now - FORGOTTEN))
                row = {"id": self._id, "software": self._software, "started_at": now, "seen_at": now}
                connection.execute(insert(Worker).values(**row))

    def end(self) -> None:
        """Take the row away."""
        try:
            with self._store.write() as connection:
                connection.execute(delete(Worker).where(Worker.id == self._id))
        except SQLAlchemyError as error:
            log.warning("the store takes no last sign: %s", _name(error))


def _name(error: Exception) -> str:
    return type(error.orig if isinstance(error, DBAPIError) else error).__name__


def age(store: Store) -> timedelta | None:
    """How long ago the liveliest worker was seen; None where there is none."""
    with store.read() as connection:
        seen = connection.execute(select(func.max(Worker.seen_at))).scalar()
    return None if seen is None else SystemClock().now() - seen

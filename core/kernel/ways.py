"""Ways: what a platform must be told to write to an address, kept for whichever process is to send there."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel.database import Base, Store, UtcDateTime
from core.kernel.turn import Address

MOST = 20_000


class Way(Base):
    """How an address is reached, in its adapter's own words, such as a conversation reference. Not a record."""

    __tablename__ = "ways"

    address: Mapped[str] = mapped_column(String(220), primary_key=True)
    way: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Ways:
    """The ways of one store. What this process kept last is in memory, as nearly every activity tells it again."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: dict[str, str] = {}

    def of(self, address: Address) -> str | None:
        """The way to an address, None where none was ever kept."""
        with self._store.read() as connection:
            return connection.execute(select(Way.way).where(Way.address == str(address))).scalar()

    def is_kept(self, address: Address, way: str) -> bool:
        """Whether this process kept just this one."""
        return self._kept.get(str(address)) == way

    def keep(self, address: Address, way: str, now: datetime) -> None:
        """Keep the way to an address in place of the one before."""
        name = str(address)
        if self.of(address) != way:
            values = {"way": way, "kept_at": now}
            try:
                with self._store.write() as connection:
                    if not connection.execute(update(Way).where(Way.address == name).values(**values)).rowcount:
                        connection.execute(insert(Way).values(address=name, **values))
            except IntegrityError:  # another process was first with a new address
                with self._store.write() as connection:
                    connection.execute(update(Way).where(Way.address == name).values(**values))
        if len(self._kept) >= MOST:
            self._kept.clear()
        self._kept[name] = way

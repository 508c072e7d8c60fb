"""One moment of a store, read through one transaction: rows, posts and chains of an export agree."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import Connection, select

from core.kernel.access import OPERATOR, Actor, Directory
from core.kernel.asking import Asking
from core.kernel.database import Store
from core.kernel.directories import Directories
from core.kernel.directory import read_directory
from core.kernel.door import Door
from core.kernel.ids import Audience, Side, TransferId
from core.kernel.session import VISIBLE
from core.kernel.transfers import Transfer
from core.kernel.work import Reads

TOGETHER = 500
"""Rows that are fetched at a time."""


class Snapshot(Store):
    """The store as one connection sees it; `side` sees its own rows and the joint ones, None (the operator) all."""

    def __init__(self, store: Store, connection: Connection, door: Door, side: Side | None) -> None:
        self.url, self.dialect = store.url, store.dialect
        self.writing, self.reading = store.writing, store.reading
        self.connection, self.side, self._door = connection, side, door

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """The one connection."""
        yield self.connection

    def audiences(self, directory: Directory) -> tuple[Audience, ...]:
        """Whose rows of a transfer are seen, in a fixed order."""
        return tuple(one for one in Audience if self.side is None or one in VISIBLE[directory.own(self.side)])

    def transfers(self) -> list[TransferId]:
        """The code of every transfer, in order."""
        return list(self.connection.execute(select(Transfer.transfer).order_by(Transfer.transfer)).scalars())

    def directory(self, transfer: TransferId) -> Directory:
        """The people of the transfer, and those of its rooms that the side may know."""
        whole = read_directory(self.connection, transfer, 0)
        seen = self.audiences(whole)
        return replace(whole, rooms=tuple(room for room in whole.rooms if room.audience in seen))

    @contextmanager
    def reads(self, directory: Directory) -> Iterator[Reads]:
        """What an exporter gets."""
        actor = OPERATOR if self.side is None else Actor("reader", "export", side=self.side)
        with Asking(self, self._door, Directories(self)).reads(directory, actor) as reads:
            yield reads


@contextmanager
def one_moment(store: Store) -> Iterator[Connection]:
    """A connection that sees the store as it is at its first read, however long it is held; nobody waits for it."""
    with store.reading.connect() as connection:
        if not store.is_sqlite:
            connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


@contextmanager
def snapshot(store: Store, door: Door, side: Side | None) -> Iterator[Snapshot]:
    """Open one for as long as the export takes."""
    with one_moment(store) as connection:
        yield Snapshot(store, connection, door, side)

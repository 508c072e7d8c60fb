"""The one relational store: its column types, its two kinds of engine, and the base of every table."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import (
    Connection,
    DateTime,
    Dialect,
    Engine,
    MetaData,
    Text,
    TypeDecorator,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import DeclarativeBase

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every mapped table."""

    metadata = MetaData(naming_convention=NAMING)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC; refuses a naive value, gives back an aware one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any]:
        """To the column, in one call, as a command writes a dozen of them: SQLite's text, which bears no zone."""
        if dialect.name == "sqlite":
            return lambda value: (
                None if value is None else _utc(value).replace(tzinfo=None).isoformat(" ", "microseconds")
            )
        return lambda value: None if value is None else _utc(value)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the column: aware, UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError(f"naive time {value!r}: every stored time is UTC")
    return value.astimezone(UTC)


_encode = msgspec.json.Encoder(order="deterministic").encode


class Json(TypeDecorator[Any]):
    """A JSON value as text, the same on both databases; keys sorted, so that equal values are equal text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """To the column."""
        if value is None:
            return None
        return _encode(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """From the column."""
        return None if value is None else msgspec.json.decode(value)


class Store:
    """One database behind two engines: the writer's, on one connection, and the readers', which cannot write.

    `url` is `sqlite:///path` or PostgreSQL's (`postgres://`, `postgresql://` mean psycopg).
    """

    def __init__(self, url: str) -> None:
        self.url = normal_url(url)
        self.dialect = make_url(self.url).get_backend_name()
        if self.is_sqlite:
            Path(make_url(self.url).database or "tandem.db").parent.mkdir(parents=True, exist_ok=True)
        # SQLite makes whoever finds its one write lock taken sleep for milliseconds and look again: here they queue.
        self._turn: AbstractContextManager[Any] = threading.Lock() if self.is_sqlite else nullcontext()
        self.writing = self._engine(writes=True)
        self.reading = self._engine(writes=False)

    @property
    def is_sqlite(self) -> bool:
        """Embedded, one process; else PostgreSQL, any number."""
        return self.dialect == "sqlite"

    def _engine(self, writes: bool) -> Engine:
        if self.is_sqlite:
            engine = create_engine(self.url, pool_size=8, max_overflow=8, connect_args={"timeout": 15})
            event.listen(engine, "connect", _sqlite_writer if writes else _sqlite_reader)
            event.listen(engine, "begin", _begin_immediate if writes else _begin)
            return engine
        options = {} if writes else {"execution_options": {"postgresql_readonly": True}}
        return create_engine(
            self.url,
            pool_size=8,
            max_overflow=8,
            isolation_level="READ COMMITTED",
            pool_pre_ping=True,
            **options,
        )

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection in a write transaction, committed at the end, rolled back on any exception."""
        with self._turn, self.writing.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection on which every write fails."""
        with self.reading.connect() as connection:
            yield connection

    def is_down(self, error: DBAPIError) -> bool:
        """Whether an error means that the store cannot be reached, rather than that a statement is wrong."""
        if error.connection_invalidated:
            return True
        if self.is_sqlite:
            return any(sign in str(error.orig) for sign in ("locked", "unable to open", "disk I/O", "readonly"))
        return isinstance(error, OperationalError)

    def close(self) -> None:
        """Let go of every connection; one that is in use still is closed when it comes back."""
        for engine in (self.writing, self.reading):
            event.listen(engine.pool, "checkin", lambda _, record: record.close())
            engine.dispose()


def normal_url(url: str) -> str:
    """`url` with PostgreSQL's schemes naming psycopg."""
    for scheme in ("postgres://", "postgresql://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


_CHECKPOINT_PAGES = 4000
"""Pages (of 4 KiB) after which SQLite brings its log into the file: a command writes some thirty, mostly the same ones
again, and at SQLite's own 1000 half of a commit's time went there.
"""


def _sqlite_writer(connection: sqlite3.Connection, _record: object) -> None:
    # Autocommit in the driver: its own BEGIN is late and would make a group's rows visible before their commit.
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "recursive_triggers=ON",
        f"wal_autocheckpoint={_CHECKPOINT_PAGES}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _sqlite_reader(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA query_only=ON")


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")

"""The statements of a group, each built once: building one takes as long as running it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, FromClause, Table, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from core.kernel.audit import Entry
from core.kernel.database import Base
from core.kernel.posting import Job, Outlet
from core.kernel.transfers import Head

JOB_VALUES = ("id", "due_at", "command", "version", "body", "tries", "aside")

LOCKED_HEAD = (
    select(Head.directory, Head.counters, Head.chains)
    .where(Head.transfer == bindparam("of"))
    .with_for_update(skip_locked=True)
)
KNOWN_DELIVERIES = (
    select(Entry.command_id, Entry.record)
    .where(Entry.command_id.in_(bindparam("ids", expanding=True)))
    .order_by(Entry.part)
)
HEAD_MOVED = (
    update(Head)
    .where(Head.transfer == bindparam("of"))
    .values(directory=bindparam("directory"), counters=bindparam("counters"), chains=bindparam("chains"))
)


def add(connection: Connection, table: FromClause, rows: Sequence[Mapping[str, Any]]) -> None:
    """New rows of a table, all with the same columns.

    The statement goes to the driver as it was compiled once: to bind the values of each row anew, as SQLAlchemy has to
    for what it does not know, takes longer than to write them.
    """
    adding = _adding(table, connection.dialect, tuple(rows[0]))
    connection.exec_driver_sql(adding.statement, [adding.bound(row) for row in rows])


@dataclass(frozen=True, slots=True)
class _Adding:
    """An insert as a driver takes it: its text, and each value's name and way into its column."""

    statement: str
    values: Sequence[tuple[str, Callable[[Any], Any] | None]]
    positional: bool

    def bound(self, row: Mapping[str, Any]) -> Any:
        """One row's values, in the driver's own way."""
        if self.positional:
            return tuple([row[name] if to is None else to(row[name]) for name, to in self.values])
        return {name: row[name] if to is None else to(row[name]) for name, to in self.values}


@lru_cache(maxsize=512)
def _adding(table: FromClause, dialect: Dialect, names: tuple[str, ...]) -> _Adding:
    assert isinstance(table, Table)
    compiled = insert(table).compile(dialect=dialect, column_keys=list(names))
    kinds = {name: table.c[name].type.dialect_impl(dialect) for name in names}
    values = [(name, kinds[name].bind_processor(dialect)) for name in compiled.positiontup or names]
    return _Adding(str(compiled), values, compiled.positional)


@cache
def outlets_not_known(dialect: str) -> Any:
    """Outlets, of which some may be there already."""
    return _insert(dialect)(Outlet).on_conflict_do_nothing()


@cache
def jobs_in_place(dialect: str) -> Any:
    """Jobs, each in place of the one that waits under its key."""
    new = _insert(dialect)(Job)
    values = {name: new.excluded[name] for name in JOB_VALUES}
    return new.on_conflict_do_update(index_elements=["transfer", "key"], set_=values)


def _insert(dialect: str) -> Any:
    """The database's own insert, which knows what to do where the row is there already."""
    return postgresql.insert if dialect == "postgresql" else sqlite.insert


@cache
def table_order(table: Any) -> int:
    """Where a table stands when those that others refer to come first."""
    return Base.metadata.sorted_tables.index(table)

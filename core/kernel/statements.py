"""The statements of a group, each built once: building one takes as long as running it."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from core.kernel.access import Head
from core.kernel.audit import Entry
from core.kernel.database import Base
from core.kernel.posting import Job, Outlet

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


@cache
def added_to(table: Any) -> Any:
    """New rows of a table."""
    return insert(table)


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

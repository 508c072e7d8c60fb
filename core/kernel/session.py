"""The guarded session: it filters by company, sees every change, and refuses what would go unseen."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any

from sqlalchemy import Connection, inspect
from sqlalchemy.event import listens_for
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction, with_loader_criteria
from sqlalchemy.orm.interfaces import ORMOption

from core.kernel.ids import Audience
from core.kernel.records import CompanyOwned, Record, Trailed


class Unseen(Exception):
    """A feature tried to read past the company filter or to write past the trail: a mistake in its code."""


@dataclass(slots=True)
class Change:
    """One row's change by one command: `values` is {field: [old, new]} in JSON values."""

    row: Trailed
    values: dict[str, list[Any]] = field(default_factory=dict)


SAVEPOINT = "tandem_command"
Settle = Callable[[Container[Any] | None], None]


def _nothing_waits(_tables: Container[Any] | None) -> None:
    """A reader's session stands in no group."""


class GuardedSession(Session):
    """A session that features get. An audience sees its own rows and the joint ones; the system sees all.

    It joins the group's transaction. Its savepoint is opened before it first writes, so that a command which only
    adds rows costs none; `settle` is called before that, for the rows that earlier commands of the group added.
    New rows stay outside until a query could miss them: the group writes them all at once.
    """

    changed: dict[int, Change]

    def __init__(self, connection: Connection, settle: Settle = _nothing_waits) -> None:
        super().__init__(bind=connection, join_transaction_mode="rollback_only", expire_on_commit=False)
        self._joined, self._settle = connection, settle
        self._saved = False
        self.outside: list[Trailed] = []

    def watch(self, audience: Audience, sees_all: bool = False) -> None:
        """Begin to filter for `audience` and to collect changes."""
        self.changed = {}
        self.filter = None if sees_all else FILTERS[audience]
        self.sees = EVERYTHING if sees_all else VISIBLE[audience]

    @contextmanager
    def seen_by(self, audience: Audience) -> Iterator[None]:
        """See no more than `audience` may, for what is made for its eyes."""
        before = self.filter, self.sees
        self.filter, self.sees = FILTERS[audience], VISIBLE[audience]
        try:
            yield
        finally:
            self.filter, self.sees = before

    def keep(self, row: Trailed) -> None:
        """A new row, kept outside for now; its scalar defaults are filled in."""
        for name, value in _defaults(type(row)).items():
            if row.__dict__.get(name) is None:
                setattr(row, name, value)
        self.outside.append(row)

    def find_outside(self, kind: type[Any], ref: str) -> Any:
        """A new record by its reference, or None."""
        for row in self.outside:
            if type(row) is kind and getattr(row, "ref", None) == ref:
                return row
        return None

    def take_in(self, tables: Container[Any] | None = None) -> None:
        """Write the new rows of `tables` (of all) now, because something is about to read them."""
        inside = [row for row in self.outside if tables is None or row.__table__ in tables]
        if inside:
            self.outside = [row for row in self.outside if row not in inside]
            self.add_all(inside)
            self.flush()

    def about_to_read(self, tables: set[Any]) -> None:
        """Let a query see what was added to `tables` but not written yet, by this command or by earlier ones."""
        if not self._saved:
            self._settle(tables)
        self.take_in(tables)

    def save(self) -> None:
        """Open the command's savepoint, once."""
        if not self._saved:
            self._settle(None)
            self._joined.exec_driver_sql(f"SAVEPOINT {SAVEPOINT}")
            self._saved = True

    def leave(self, undo: bool) -> None:
        """End the command: release its savepoint, or undo all that was written since."""
        if self._saved and self._joined.in_transaction():  # a flush that failed has ended the group's transaction
            if undo:
                self._joined.exec_driver_sql(f"ROLLBACK TO SAVEPOINT {SAVEPOINT}")
            self._joined.exec_driver_sql(f"RELEASE SAVEPOINT {SAVEPOINT}")
        self._saved = False
        if self.in_transaction():
            self.close()

    def touched(self) -> Iterator[Trailed]:
        """Every row that the command made or changed."""
        yield from self.outside
        for change in self.changed.values():
            yield change.row

    def changes(self) -> list[Change]:
        """Every row that the command made or changed, new ones first."""
        new = [Change(row, created(row)) for row in self.outside]
        return new + list(self.changed.values())

    def may_see(self, row: Any) -> bool:
        """Whether a loaded row is this reader's to see."""
        return not isinstance(row, CompanyOwned) or Audience(row.audience) in self.sees


@cache
def _defaults(kind: type[Trailed]) -> dict[str, Any]:
    """The scalar defaults of a table's columns."""
    return {
        column.key: column.default.arg  # type: ignore[attr-defined]
        for column in inspect(kind).columns
        if column.default is not None
    }


EVERYTHING = frozenset(Audience)
VISIBLE = {one: frozenset({Audience.JOINT, one}) for one in Audience}
"""Whose rows an audience sees: its own, and those of both companies."""


def _only(audiences: Iterable[Audience]) -> ORMOption:
    wanted = sorted(audiences)
    return with_loader_criteria(CompanyOwned, lambda row: row.audience.in_(wanted), include_aliases=True)


FILTERS = {audience: _only(visible) for audience, visible in VISIBLE.items()}


@listens_for(GuardedSession, "do_orm_execute")
def _guard(state: ORMExecuteState) -> None:
    if not state.is_select:
        raise Unseen("records change only through loaded objects, so that the trail sees old and new")
    if not state.is_orm_statement:
        raise Unseen("a feature reads mapped classes only: tables and text pass by the company filter")
    session = state.session
    if isinstance(session, GuardedSession):
        session.about_to_read({mapper.local_table for mapper in state.all_mappers})
    if isinstance(session, GuardedSession) and session.filter is not None and not state.is_relationship_load:
        state.statement = state.statement.options(session.filter)


@listens_for(GuardedSession, "before_flush")
def _collect(session: GuardedSession, _context: UOWTransaction, _instances: object) -> None:
    session.save()
    if session.deleted:
        raise Unseen("a record is never deleted: give it a state that says so")
    for row in session.new:
        _see_new(session, row)
    for row in session.dirty:
        _see_dirty(session, row)


def _see_new(session: GuardedSession, row: Any) -> None:
    if not isinstance(row, Trailed):
        raise Unseen(f"{type(row).__name__} is not a trailed row: only the kernel writes it")
    session.changed.setdefault(id(row), Change(row)).values.update(created(row))


def created(row: Trailed) -> dict[str, list[Any]]:
    """A new row's fields, each from nothing to its value."""
    return {
        name: [None, json_value(value)]
        for name, value in row.__dict__.items()
        if value is not None and name != "_sa_instance_state"
    }


def _see_dirty(session: GuardedSession, row: Any) -> None:
    state = inspect(row)
    touched = {}
    for attribute in state.mapper.column_attrs:
        history = state.attrs[attribute.key].history
        if history.has_changes():
            old = history.deleted[0] if history.deleted else None
            touched[attribute.key] = [json_value(old), json_value(history.added[0])]
    if not touched:
        return
    first = id(row) not in session.changed
    change = session.changed.setdefault(id(row), Change(row))
    if isinstance(row, Record) and first and "version" not in touched:
        touched["version"] = [row.version, row.version + 1]
        row.version += 1
    for name, (old, new) in touched.items():
        change.values[name] = [change.values[name][0] if name in change.values else old, new]


def json_value(value: Any) -> Any:
    """A column's value as JSON has it: times and days in ISO 8601, enums by value."""
    match value:
        case Enum():
            return value.value
        case datetime():
            return value.isoformat(timespec="milliseconds")
        case date():
            return value.isoformat()
        case tuple() | list():
            return [json_value(item) for item in value]
        case dict():
            return {key: json_value(item) for key, item in value.items()}
        case _:
            return value

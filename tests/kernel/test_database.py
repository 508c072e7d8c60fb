"""The store's two engines, as far as nobody above them can see."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack
from datetime import UTC, datetime

import psycopg
import pytest
from sqlalchemy.dialects import sqlite

from core.features.actions.records import Action
from core.kernel.database import Store
from core.kernel.statements import _adding


@pytest.mark.parametrize("kind", ["read", "write"])
def test_a_connection_that_comes_back_after_the_close_is_closed(store_url: str, kind: str) -> None:
    """A thread that nobody waits for any more may hold one: it is let go of all the same."""
    store = Store(store_url)
    with ExitStack() as held:
        connection = held.enter_context(getattr(store, kind)())
        raw = connection.connection.dbapi_connection
        store.close()
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1
    with pytest.raises((sqlite3.ProgrammingError, psycopg.OperationalError), match="closed"):
        raw.execute("SELECT 1")


def test_new_rows_are_bound_as_the_database_keeps_them() -> None:
    """By the dialect's own types: Python 3.12 warns of a day that SQLite's driver has to turn to text itself."""
    row = dict.fromkeys(Action.__table__.c.keys())
    moment = datetime(2026, 3, 13, 9, 30, tzinfo=UTC)
    adding = _adding(Action.__table__, sqlite.dialect(), tuple(row))
    given = adding.bound({**row, "due": moment.date(), "due_at": moment})
    bound = dict(zip([name for name, _ in adding.values], given, strict=True))
    assert (bound["due"], bound["due_at"]) == ("2026-03-13", "2026-03-13 09:30:00.000000")

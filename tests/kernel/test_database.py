"""The store's two engines, as far as nobody above them can see."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack

import psycopg
import pytest

from core.kernel.database import Store


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

"""A PostgreSQL database of one worker that each test finds as new: making and dropping one waits for a checkpoint."""

from __future__ import annotations

import psycopg

from core.kernel.database import Store
from tests.tools.contents import Rows, connected, put_rows, rows_of
from tests.tools.postgres import PostgresCluster

MOST_ROWS = 2000
"""More are dropped with their database, so that no table grows and no statistics of a large one stay."""

_BUSY = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
"""
_SHAPE = """
SELECT md5(string_agg(line, '|' ORDER BY line)) FROM (
    SELECT format('%s %s %s %s', relname, relkind, relowner, relacl) AS line
    FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT format('%s %s %s', tgrelid::regclass, tgname, tgenabled) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT format('%s %s %s %s', attrelid::regclass, attname, atttypid, attnotnull)
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace AND attnum > 0
    UNION ALL SELECT format('%s %s', proname, prosrc) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT format('%s %s', setrole, setconfig) FROM pg_db_role_setting
) AS shape
"""
"""What a test may have altered beside the rows."""


class KeptStore(Store):
    """A store whose connections the next test uses again: a new one has to learn every table of PostgreSQL's anew."""

    def close(self) -> None:
        """Stay open: nothing is held of it between two tests."""


class ReusedDatabase:
    """A copy of `template` under `name`, made anew only where a test altered more than rows, or left very many."""

    def __init__(self, cluster: PostgresCluster, name: str, template: str) -> None:
        self._cluster, self._name, self._template = cluster, name, template
        self._shape = ""
        self._rows: Rows = {}
        self._connection: psycopg.Connection | None = None
        self._store = KeptStore(cluster.url(name))

    def as_new(self) -> Store:
        """It, open; nobody does anything in it."""
        if not self._shape or not self._emptied():
            self._make()
        return self._store

    def drop(self) -> None:
        """It is needed no more."""
        Store.close(self._store)
        if self._connection is not None:
            self._connection.close()
        self._cluster.drop(self._name)

    def _make(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._cluster.drop(self._name)
        self._cluster.create(self._name, self._template)
        self._connection = connected(self._store.url)
        self._shape, self._rows = _shape(self._connection), rows_of(self._connection)

    def _emptied(self) -> bool:
        assert self._connection is not None
        try:
            self._connection.execute(_BUSY)
            return _shape(self._connection) == self._shape and put_rows(self._connection, self._rows) <= MOST_ROWS
        except psycopg.OperationalError:  # a test closed it to everybody
            return False


def _shape(connection: psycopg.Connection) -> str:
    found = connection.execute(_SHAPE).fetchone()
    assert found is not None
    return str(found[0])

"""A PostgreSQL database of one worker that each test finds as new: making and dropping one waits for a checkpoint."""

from __future__ import annotations

import psycopg

from tests.tools.contents import Rows, connected, put_rows, rows_of
from tests.tools.postgres import PostgresCluster

MOST_ROWS = 2000
"""More are dropped with their database, so that no table grows and no statistics of a large one stay."""

_OTHERS = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
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


class ReusedDatabase:
    """A copy of `template` under `name`, made anew only where a test altered more than rows, or left very many."""

    def __init__(self, cluster: PostgresCluster, name: str, template: str) -> None:
        self._cluster, self._name, self._template = cluster, name, template
        self._shape = ""
        self._rows: Rows = {}

    def as_new(self) -> str:
        """Its url; nobody is connected to it."""
        if not self._shape or not self._emptied():
            self._make()
        return self._cluster.url(self._name)

    def drop(self) -> None:
        """It is needed no more."""
        self._cluster.drop(self._name)

    def _make(self) -> None:
        self._cluster.drop(self._name)
        self._cluster.create(self._name, self._template)
        with self._connect() as connection:
            self._shape, self._rows = _shape(connection), rows_of(connection)

    def _emptied(self) -> bool:
        try:
            with self._connect() as connection:
                connection.execute(_OTHERS)
                return _shape(connection) == self._shape and put_rows(connection, self._rows) <= MOST_ROWS
        except psycopg.OperationalError:  # a test closed it to everybody
            return False

    def _connect(self) -> psycopg.Connection:
        return connected(self._cluster.url(self._name))


def _shape(connection: psycopg.Connection) -> str:
    found = connection.execute(_SHAPE).fetchone()
    assert found is not None
    return str(found[0])

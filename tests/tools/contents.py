"""All the rows of a store, taken once and put into another store of the same schema: quicker than making them again."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing

import psycopg
from psycopg import sql

Rows = Mapping[str, bytes]
"""A table's name to its rows as PostgreSQL's COPY writes them; tables without rows are left out."""

Contents = sqlite3.Connection | Rows
"""A copy of an SQLite database, in memory, or the rows of one of PostgreSQL."""

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
_SEQUENCES = """
SELECT c.relname, a.attname, pg_get_serial_sequence(c.oid::regclass::text, a.attname)
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0
  AND pg_get_serial_sequence(c.oid::regclass::text, a.attname) IS NOT NULL
"""


def contents_of(url: str) -> Contents:
    """All that the store at `url` holds."""
    if url.startswith("sqlite"):
        memory = sqlite3.connect(":memory:", check_same_thread=False)
        with closing(sqlite3.connect(_file(url))) as file:
            file.backup(memory)
        return memory
    with connected(url) as connection:
        return rows_of(connection)


def put_contents(url: str, contents: Contents) -> None:
    """Make `contents` all that the store at `url` holds, under whoever has it open."""
    if isinstance(contents, sqlite3.Connection):
        with closing(sqlite3.connect(_file(url))) as file:
            contents.backup(file)
    else:
        with connected(url) as connection:
            put_rows(connection, contents)


def connected(url: str) -> psycopg.Connection:
    """A connection of one's own to the PostgreSQL database at a store's `url`."""
    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)


def rows_of(connection: psycopg.Connection) -> Rows:
    """Every row of a PostgreSQL database."""
    found: dict[str, bytes] = {}
    for (table,) in connection.execute(_TABLES).fetchall():
        with connection.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))) as copy:
            rows = b"".join(bytes(part) for part in copy)
        if rows:
            found[table] = rows
    return found


def put_rows(connection: psycopg.Connection, rows: Rows) -> int:
    """Make `rows` all that a PostgreSQL database holds, past its guards; returns how many rows had to go."""
    with connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")
        tables = [table for (table,) in connection.execute(_TABLES).fetchall()]
        gone = sum(
            connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table))).rowcount for table in tables
        )
        for table, content in rows.items():
            with connection.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))) as copy:
                copy.write(content)
        for table, column, sequence in connection.execute(_SEQUENCES).fetchall():
            highest = sql.SQL("SELECT setval({}, coalesce(max({}), 0) + 1, false) FROM {}")
            connection.execute(highest.format(sequence, sql.Identifier(column), sql.Identifier(table)))
    return gone


def _file(url: str) -> str:
    return url.removeprefix("sqlite:///")

"""All the rows of a store, taken once and put into another store of the same schema: quicker than making them again."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing

import psycopg
from psycopg import sql

from core.kernel.database import Store

Rows = Mapping[str, bytes]
"""A table's name to its rows as PostgreSQL's COPY writes them; tables without rows are left out."""

Contents = sqlite3.Connection | Rows
"""A copy of an SQLite database, in memory, or the rows of one of PostgreSQL."""

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
_EMPTY = """
DO $$ DECLARE name text; here bigint; gone bigint := 0; BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('DELETE FROM public.%I', name);
        GET DIAGNOSTICS here = ROW_COUNT;
        gone := gone + here;
    END LOOP;
    PERFORM set_config('tests.gone', gone::text, true);
END $$
"""
"""In one call: sixty tables, of which few hold anything."""
_COUNT_ON = """
DO $$ DECLARE serial record; BEGIN
    FOR serial IN
        SELECT s.oid::regclass AS name, d.refobjid::regclass AS of, a.attname AS counted
        FROM pg_class s JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i')
        JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
        WHERE s.relkind = 'S' AND s.relnamespace = 'public'::regnamespace
    LOOP
        EXECUTE format(
            'SELECT setval(%L, coalesce(max(%I), 0) + 1, false) FROM %s', serial.name, serial.counted, serial.of
        );
    END LOOP;
END $$
"""
"""Every sequence after the highest number that is there."""


def contents_of(url: str) -> Contents:
    """All that the store at `url` holds."""
    if url.startswith("sqlite"):
        memory = sqlite3.connect(":memory:", check_same_thread=False)
        with closing(sqlite3.connect(_file(url))) as file:
            file.backup(memory)
        return memory
    with connected(url) as connection:
        return rows_of(connection)


def put_contents(store: Store, contents: Contents) -> None:
    """Make `contents` all that `store` holds, under whoever has it open."""
    if isinstance(contents, sqlite3.Connection):
        with closing(sqlite3.connect(_file(store.url))) as file:
            contents.backup(file)
    else:
        with store.write() as connection:
            driver = connection.connection.driver_connection
            assert isinstance(driver, psycopg.Connection)
            put_rows(driver, contents)


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
        connection.execute(_EMPTY)
        gone = connection.execute("SELECT current_setting('tests.gone')::bigint").fetchone()
        for table, content in rows.items():
            with connection.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))) as copy:
                copy.write(content)
        connection.execute(_COUNT_ON)
        connection.execute("SET LOCAL session_replication_role = origin")
    assert gone is not None
    return int(gone[0])


def _file(url: str) -> str:
    return url.removeprefix("sqlite:///")

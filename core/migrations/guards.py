"""Triggers that hold what the trail promises, whoever speaks to the database: no deletes, no entry changed."""

from __future__ import annotations

from alembic import op


def append_only(*tables: str) -> None:
    """Refuse UPDATE, DELETE, REPLACE, upsert and TRUNCATE on `tables`."""
    for table in tables:
        _refuse(table, "UPDATE", "is append-only")
        _never_deleted(table)


def never_deleted(*tables: str) -> None:
    """Refuse DELETE, REPLACE and TRUNCATE on `tables`; their rows change, with an entry for each change."""
    for table in tables:
        _never_deleted(table)


def _never_deleted(table: str) -> None:
    _refuse(table, "DELETE", "keeps its rows")
    if op.get_context().dialect.name == "postgresql":
        _refuse(table, "TRUNCATE", "keeps its rows")


def _refuse(table: str, what: str, why: str) -> None:
    name = f"guard_{table}_{what.lower()}"
    if op.get_context().dialect.name == "sqlite":
        op.execute(f"CREATE TRIGGER {name} BEFORE {what} ON {table} BEGIN SELECT RAISE(ABORT, '{table} {why}'); END")
        return
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{table} {why}'; END $$"
    )
    each = "STATEMENT" if what == "TRUNCATE" else "ROW"
    op.execute(f"CREATE TRIGGER {name} BEFORE {what} ON {table} FOR EACH {each} EXECUTE FUNCTION {name}()")

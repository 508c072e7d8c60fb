"""What the serving role may do where another role owns the tables: no more than the guards let it (AT-4)."""

from __future__ import annotations

from sqlalchemy import Connection, text

from core.kernel.database import Store

_TABLES = """
SELECT tables.tablename AS name,
    EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = 'guard_' || tables.tablename || '_update') AS append_only,
    EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = 'guard_' || tables.tablename || '_delete') AS never_deleted
FROM pg_tables AS tables WHERE tables.schemaname = current_schema() ORDER BY tables.tablename
"""


def let_serve(store: Store, role: str) -> None:
    """Let `role` read and write the tables of a PostgreSQL store, but never change what is append-only."""
    with store.write() as connection:
        quoted = connection.dialect.identifier_preparer.quote(role)
        schema = connection.dialect.identifier_preparer.quote(_schema(connection))
        for table in connection.execute(text(_TABLES)).all():
            may = ["SELECT", "INSERT"]
            may += [] if table.append_only else ["UPDATE"]
            may += [] if table.never_deleted else ["DELETE"]
            name = f"{schema}.{connection.dialect.identifier_preparer.quote(table.name)}"
            connection.execute(text(f"REVOKE ALL ON {name} FROM {quoted}"))
            connection.execute(text(f"GRANT {', '.join(may)} ON {name} TO {quoted}"))
        connection.execute(text(f"GRANT USAGE ON SCHEMA {schema} TO {quoted}"))
        connection.execute(text(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {quoted}"))


def _schema(connection: Connection) -> str:
    return str(connection.execute(text("SELECT current_schema()")).scalar_one())

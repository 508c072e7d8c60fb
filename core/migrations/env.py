"""How Alembic reaches the store: through its writing engine, in one transaction."""

from __future__ import annotations

from alembic import context

from core.kernel.database import Base, Store

store: Store = context.config.attributes["store"]

with store.write() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata, transactional_ddl=True)
    context.run_migrations()

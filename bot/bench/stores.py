"""Stores that live as long as a benchmark: a new SQLite file, and a database of its own on a PostgreSQL server."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Self

from sqlalchemy import create_engine, make_url, text

from core.kernel.clock import new_id
from core.kernel.database import normal_url


@contextmanager
def sqlite_store() -> Iterator[str]:
    """The URL of a new SQLite store; its folder is removed at the end."""
    with tempfile.TemporaryDirectory(prefix="tandem-bench-") as folder:
        yield f"sqlite:///{folder}/store.db"


@contextmanager
def postgresql_store(server: str) -> Iterator[str]:
    """The URL of a new database beside the one of `server`, dropped at the end.

    Raises SQLAlchemy's DBAPIError where the server cannot be reached or does not let us make one.
    """
    home = make_url(normal_url(server))
    name = f"tandem_bench_{new_id()}"
    engine = create_engine(home, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}"'))
        try:
            yield home.set(database=name).render_as_string(hide_password=False)
        finally:
            with engine.connect() as connection:
                connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    finally:
        engine.dispose()


class Scratch:
    """New stores of each kind that can be measured; all are gone when the block ends.

    SQLite always; PostgreSQL where `database_url` is one, in databases of their own beside it.
    """

    def __init__(self, database_url: str) -> None:
        self._server = None if normal_url(database_url).startswith("sqlite") else database_url
        self._kept = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._kept.close()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The names of the kinds."""
        return ("SQLite", "PostgreSQL") if self._server else ("SQLite",)

    def new(self, kind: str) -> str:
        """The URL of a new, empty store of a kind. Raises DBAPIError as `postgresql_store` does."""
        made = sqlite_store() if kind == "SQLite" or self._server is None else postgresql_store(self._server)
        return self._kept.enter_context(made)

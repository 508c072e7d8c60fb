"""What SQLAlchemy compiled for one store serves the others of this worker: compiling was a third of a test's time."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Dialect, Engine, create_engine
from sqlalchemy.exc import OperationalError

from core.kernel import database

MOST_STATEMENTS = 5000
"""All that the tests of a worker say."""


class SharedCompilation:
    """Makes engines as `create_engine` does, all of one kind of database with one dialect and one cache of statements.

    A dialect learns its server on its first connection, so what is shared comes from an engine that had one.
    """

    def __init__(self) -> None:
        self._shared: dict[str, tuple[Dialect, Any]] = {}

    def create_engine(self, url: str, **options: Any) -> Engine:
        """An engine of its own, connections and all, but for what it compiles."""
        engine = create_engine(url, **options)
        kind = engine.dialect.name
        if kind in self._shared or self._learnt(kind, url):
            engine.dialect, engine._compiled_cache = self._shared[kind]
        return engine

    def _learnt(self, kind: str, url: str) -> bool:
        engine = create_engine("sqlite://" if kind == "sqlite" else url, query_cache_size=MOST_STATEMENTS)
        try:
            with engine.connect():
                self._shared[kind] = engine.dialect, engine._compiled_cache
        except OperationalError:  # a test means a server that is not there
            return False
        finally:
            engine.dispose()
        return True


def share_compilation(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on stores compile each statement once."""
    monkeypatch.setattr(database, "create_engine", SharedCompilation().create_engine)

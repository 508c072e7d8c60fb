"""Empty stores for tests, on either database, with all their tables: migrated once, then copied or emptied."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from core.api import Core, Options
from core.kernel.clock import new_id
from core.kernel.database import Store
from tests.tools.postgres import running_cluster
from tests.tools.reused import ReusedDatabase


class EmptyStores:
    """Stores with the tables of the shipped features and of `more`; `folder` keeps what SQLite's are copied from."""

    def __init__(self, folder: Path, more: Sequence[ModuleType] = ()) -> None:
        self._file, self._more = folder / "migrated.db", more
        self._reused: ReusedDatabase | None = None

    def sqlite(self, folder: Path, name: str = "store") -> Store:
        """A new file in `folder`."""
        if not self._file.exists():
            self._migrate(f"sqlite:///{self._file}")
        shutil.copy(self._file, folder / f"{name}.db")
        return Store(f"sqlite:///{folder / f'{name}.db'}")

    def postgres(self) -> Store:
        """The worker's one database with these tables, emptied."""
        if self._reused is None:
            cluster = running_cluster()
            self._reused = ReusedDatabase(cluster, f"t_{new_id()}", cluster.template(self._schema(), self._migrate))
        return self._reused.as_new()

    def close(self) -> None:
        """They are needed no more."""
        if self._reused is not None:
            self._reused.drop()

    def _migrate(self, url: str) -> None:
        core = Core.create(url, Options(more_features=self._more))
        core.migrate()
        core.store.close()

    def _schema(self) -> str:
        """A name for today's schema: a template of yesterday's is no good."""
        digest = hashlib.sha256()
        folders = [Path(str(package.__file__)).parent for package in self._more]
        for folder in (Path(__file__).parents[2] / "core", *folders):
            for file in sorted(folder.rglob("migrations/**/*.py")):
                digest.update(file.read_bytes())
        return f"migrated_{digest.hexdigest()[:16]}"

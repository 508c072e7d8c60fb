"""The store's schema, step by step: Alembic, configured in code, one step a feature."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from core.kernel.database import Store

HERE = Path(__file__).parent


def configured(store: Store | None = None, more: Iterable[Path] = ()) -> Config:
    """Alembic's configuration for `store`; `more` are the folders of features that ship their own steps."""
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(map(str, [HERE / "versions", *more])))
    config.attributes["store"] = store
    return config


def migrate(store: Store, more: Iterable[Path] = ()) -> None:
    """Bring the store to the newest schema; nothing happens to one that is there already."""
    command.upgrade(configured(store, more), "heads")


def is_current(store: Store, more: Iterable[Path] = ()) -> bool:
    """Whether the store has the newest schema."""
    with store.read() as connection:
        present = set(MigrationContext.configure(connection).get_current_heads())
    return present == set(ScriptDirectory.from_config(configured(more=more)).get_heads())

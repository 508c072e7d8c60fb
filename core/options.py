"""How one installation's core is put together, beside its store: the options, and the door that they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from core.features import shipped
from core.kernel.clock import Clock, SystemClock
from core.kernel.door import Door
from core.kernel.registry import Registry
from core.kernel.role_table import RoleTable
from core.kernel.templates import words_from

ROLES = Path(__file__).parent / "roles.csv"


@dataclass(frozen=True, slots=True)
class Options:
    """What an installation chooses.

    A rehearsal's core is `training`; its rooms meet no real transfer's. With `open_to_all` anyone may open a transfer.
    `overrides` are folders of templates that win over the shipped ones, `more_features` packages beside the shipped.
    """

    training: bool = False
    clock: Clock | None = None
    open_to_all: bool = False
    public_url: str = "http://127.0.0.1:8080"
    overrides: Sequence[Path] = ()
    more_features: Sequence[ModuleType] = ()

    def door(self) -> Door:
        """The door to the shipped features and to `more_features`."""
        registry = Registry.of([*shipped(), *self.more_features])
        own = [feature.folder for feature in registry.features]
        tables = [ROLES, *(folder / "roles.csv" for folder in own if (folder / "roles.csv").is_file())]
        return Door(
            registry,
            RoleTable.read(tables),
            words_from(tuple(self.overrides), tuple(folder / "templates" for folder in own)),
            self.clock or SystemClock(),
            self.training,
            self.open_to_all or self.training,
            self.public_url,
        )

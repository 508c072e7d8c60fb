"""How one installation's core is put together, beside its store: the options, and the door that they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
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
        registry, roles = _brought(tuple(self.more_features))
        return Door(
            registry,
            roles,
            words_from(tuple(self.overrides), tuple(feature.folder / "templates" for feature in registry.features)),
            self.clock or SystemClock(),
            self.training,
            self.open_to_all or self.training,
            self.public_url,
        )


@cache
def _brought(more: tuple[ModuleType, ...]) -> tuple[Registry, RoleTable]:
    """What the shipped features and `more` bring: read once, however many cores a process makes."""
    registry = Registry.of([*shipped(), *more])
    own = [feature.folder / "roles.csv" for feature in registry.features]
    return registry, RoleTable.read([ROLES, *(table for table in own if table.is_file())])

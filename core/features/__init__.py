"""The features, each in a folder of its own; a later one may call an earlier one, never the other way."""

from __future__ import annotations

import importlib
from importlib.util import find_spec
from types import ModuleType

ORDER = (
    "transfers",
    "meetings",
    "checklists",
    "decisions",
    "actions",
    "capa",
    "questions",
    "floor",
    "corrections",
    "capture",
    "minutes",
)
"""The written order."""


def shipped() -> list[ModuleType]:
    """The shipped features, in the written order."""
    names = [f"core.features.{name}" for name in ORDER]
    return [importlib.import_module(name) for name in names if find_spec(name)]

"""Every card's contract, the view that its template gets, and the examples beside it, drawn as they would be sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from core.kernel.registry import Registry
from core.kernel.templates import SHIPPED, Words
from core.turn_views import BuiltIn
from core.view import View, parse

ZONE = "Europe/Dublin"
"""The zone that examples are drawn for."""


@dataclass(frozen=True, slots=True)
class Contract:
    """One card's template as it is shipped: its `name` (`decisions/decision`), the `view` class, and its folder."""

    name: str
    view: Any
    folder: Path

    @property
    def template(self) -> Path:
        """The shipped template."""
        return self.folder / "card.xml"

    def examples(self) -> dict[str, Any]:
        """Example name to view; empty where the template ships none. Raises msgspec.ValidationError."""
        file = self.folder / "example.json"
        if not file.is_file():
            return {}
        found: dict[str, Any] = msgspec.json.decode(file.read_bytes())
        return {name: msgspec.convert(fields, self.view) for name, fields in found.items()}


@dataclass(frozen=True, slots=True)
class Drawn:
    """One example of one template as a card or notice; `name` is usual, largest or hostile."""

    template: str
    name: str
    view: View


def contracts(registry: Registry) -> list[Contract]:
    """The contract of every card, by name."""
    views = {**BuiltIn, **{name: registry.view_class(name) for name in registry.views}}
    homes = template_folders(registry)
    return [Contract(name, views[name], _folder(name, homes)) for name in sorted(views)]


def template_folders(registry: Registry) -> list[Path]:
    """Where shipped templates stand: the project's folder, and those of features that bring their own."""
    own = [feature.folder / "templates" for feature in registry.features]
    return [SHIPPED, *(folder for folder in own if folder.is_dir())]


def _folder(name: str, homes: Iterable[Path]) -> Path:
    places = [home / "cards" / name for home in homes]
    return next((place for place in places if (place / "card.xml").is_file()), places[0])


def drawn_examples(registry: Registry, words: Words) -> Iterator[Drawn]:
    """Every example of every card, as a rehearsal shows it."""
    for contract in contracts(registry):
        for name, view in contract.examples().items():
            markup = words.card(contract.name, view, ZONE)
            yield Drawn(contract.name, name, parse(markup, training=True))

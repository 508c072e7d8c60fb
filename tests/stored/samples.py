"""A sample of whatever a release stores: commands with every field filled in, posted cards, and their views."""

from __future__ import annotations

import dataclasses
import tomllib
import types
import typing
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from core.examples import ZONE, contracts
from core.features import shipped
from core.kernel import stored
from core.kernel.drawing import keep
from core.kernel.ids import HOUSE, Ref, TransferId
from core.kernel.messages import Command
from core.kernel.registry import Registry
from core.kernel.templates import Words
from core.view import Card, parse

HERE = Path(__file__).parent
REGISTRY = Registry.of(shipped())

SAMPLES: dict[Any, Any] = {
    str: "Send the batch record “ü”\n<b>&amp;</b>",
    int: 45,
    float: 1.5,
    bool: True,
    date: date(2026, 3, 13),
    datetime: datetime(2026, 3, 12, 14, 0, tzinfo=UTC),
    Ref: Ref("ACT-012"),
    TransferId: HOUSE,
}


def today() -> str:
    """The release that is being made."""
    with (HERE.parents[1] / "pyproject.toml").open("rb") as file:
        version: str = tomllib.load(file)["project"]["version"]
    return version


def commands_today() -> dict[str, dict[str, Any]]:
    """Name to version and stored body of each command, every field filled in."""
    kinds = [kind for kind in REGISTRY.messages.values() if issubclass(kind, Command)]
    return {kind.called(): {"version": kind.version, "body": stored.dump(sample(kind))} for kind in kinds}


def cards_today() -> dict[str, str]:
    """Template to markup of each card that may wait in the outbox, in its usual example."""
    words = Words()
    drawn = {
        contract.name: words.card(contract.name, contract.examples()["usual"], ZONE)
        for contract in contracts(REGISTRY)
        if contract.examples()
    }
    return {name: markup for name, markup in drawn.items() if isinstance(parse(markup), Card)}


def views_today() -> dict[str, str]:
    """Template to the kept view of each card that may wait in the outbox, in its usual example."""
    cards = cards_today()
    usual = {one.name: one.examples()["usual"] for one in contracts(REGISTRY) if one.name in cards}
    return {name: keep(view, ZONE) for name, view in usual.items() if name in REGISTRY.views}


def sample(kind: Any) -> Any:
    """A value of a type, the same each time."""
    if kind in SAMPLES:
        return SAMPLES[kind]
    if isinstance(kind, typing.NewType):
        return sample(kind.__supertype__)
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return kind(**{field.name: sample(hints[field.name]) for field in dataclasses.fields(kind)})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return list(kind)[-1]
    return _compound(typing.get_origin(kind), typing.get_args(kind))


def _compound(origin: Any, inner: tuple[Any, ...]) -> Any:
    if origin in (typing.Union, types.UnionType):
        return sample(next(one for one in inner if one is not types.NoneType))
    if origin is tuple:
        return tuple(sample(one) for one in inner if one is not Ellipsis)
    if origin is dict:
        return {sample(inner[0]): sample(inner[1])}
    raise TypeError(f"no sample of {origin}[{inner}]: say here what one looks like")

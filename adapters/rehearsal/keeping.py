"""Cards as JSON text and back, so that a restart shows what the rooms showed before it."""

from __future__ import annotations

import dataclasses
import json
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from core import api
from core.api import Card, Notice

KIND = "_"
_KNOWN = {name: known for name, known in vars(api).items() if isinstance(known, type)}
_SHAPES: dict[str, type[Any]] = {name: kind for name, kind in _KNOWN.items() if dataclasses.is_dataclass(kind)}
_STYLES: dict[str, type[StrEnum]] = {name: kind for name, kind in _KNOWN.items() if issubclass(kind, StrEnum)}


class Unreadable(ValueError):
    """What was kept is of a shape that this version does not know."""


def write(view: Card | Notice) -> str:
    """A card or notice as JSON text: each shape an object that carries its name."""
    return json.dumps(_written(view), ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> Card | Notice:
    """The card or notice that `write` wrote. Raises Unreadable for one of another version."""
    try:
        view = _read(json.loads(text))
    except (KeyError, TypeError, ValueError) as error:
        raise Unreadable(str(error)) from error
    if not isinstance(view, Card | Notice):
        raise Unreadable(f"{type(view).__name__} is neither a card nor a notice")
    return view


def _written(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return {KIND: type(value).__name__, "value": value.value}
    if isinstance(value, datetime | date):
        return {KIND: type(value).__name__, "value": value.isoformat()}
    if isinstance(value, tuple):
        return [_written(one) for one in value]
    if dataclasses.is_dataclass(value):
        fields = {field.name: _written(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return {KIND: type(value).__name__, **fields}
    return value


def _read(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_read(one) for one in value)
    if not isinstance(value, dict):
        return value
    kind = value.pop(KIND)
    if kind == "datetime":
        return datetime.fromisoformat(value["value"])
    if kind == "date":
        return date.fromisoformat(value["value"])
    if kind in _STYLES:
        return _STYLES[kind](value["value"])
    return _SHAPES[kind](**{name: _read(one) for name, one in value.items()})

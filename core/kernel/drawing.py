"""A card between its promise and its sending: what its template is to show, as JSON, and the markup made from it."""

from __future__ import annotations

from functools import cached_property
from typing import Any, TypeVar

import msgspec
from jinja2 import TemplateError

from core.kernel.registry import Registry
from core.kernel.templates import Words

V = TypeVar("V")


class CannotDraw(Exception):
    """A kept view that today's code or templates can make no card of; it is never sent, and the lead is told."""


def keep(view: object, zone: str) -> str:
    """A view and the IANA zone that its times fall back to, as JSON text."""
    return msgspec.json.encode({"zone": zone, "view": view}).decode()


def kept_as(kind: type[V], kept: str) -> V:
    """A kept view again. Raises CannotDraw where today's code knows it otherwise."""
    try:
        return msgspec.convert(msgspec.json.decode(kept)["view"], kind)
    except (msgspec.ValidationError, msgspec.DecodeError, KeyError, TypeError) as error:
        raise CannotDraw(f"{kind.__name__}: {error}") from error


class Drawing:
    """Makes markup of kept views."""

    def __init__(self, registry: Registry, words: Words) -> None:
        self._registry, self._words = registry, words

    @cached_property
    def _classes(self) -> dict[str, Any]:
        return {template: self._registry.view_class(template) for template in self._registry.views}

    def markup(self, template: str, kept: str) -> str:
        """The card as markup. Raises CannotDraw where the template, or its view as it was kept, is not known."""
        try:
            found = msgspec.json.decode(kept)
            view = msgspec.convert(found["view"], self._classes[template])
            return self._words.card(template, view, found["zone"])
        except (msgspec.ValidationError, msgspec.DecodeError, KeyError, TypeError, TemplateError) as error:
            raise CannotDraw(f"{template}: {error}") from error

"""Commands as JSON that outlives their code: a name, a version and a body."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from core.kernel.messages import Message


class CannotLoad(Exception):
    """A stored message that today's code does not know any more; it is set aside and the lead told."""


def dump(message: Message) -> str:
    """The body of a message as JSON text."""
    return msgspec.json.encode(message).decode()


def load(kinds: Mapping[str, type[Message]], name: str, version: int, body: str) -> Message:
    """The message again, mended by its `upcast` if it was stored by an older version. Raises CannotLoad."""
    kind = kinds.get(name)
    if kind is None:
        raise CannotLoad(f"no message is called {name}")
    try:
        fields: dict[str, Any] = msgspec.json.decode(body)
        if version != kind.version:
            fields = kind.upcast(version, fields)
        return msgspec.convert(fields, kind)
    except (msgspec.ValidationError, msgspec.DecodeError, KeyError) as error:
        raise CannotLoad(f"{name} version {version}: {error}") from error

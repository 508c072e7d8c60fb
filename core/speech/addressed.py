"""Which transfer a sentence names: by its code before the noun, `NVT/mine`, or in a reference, `NVT/ACT-012`."""

from __future__ import annotations

import re

from core.kernel.ids import TransferId
from core.rules import typography

_BEFORE_NOUN = re.compile(r"\s*([A-Za-z0-9]{2,12})\s*/\s*(?=[^\W\d_]|\?|$)")
_IN_REFERENCE = re.compile(r"(?<![\w/.-])([A-Za-z0-9]{2,12})/[A-Za-z][A-Za-z0-9]{1,9}-\d")


def addressed(text: str) -> tuple[TransferId | None, str]:
    """The transfer whose code stands before the noun, and the sentence without it."""
    found = _BEFORE_NOUN.match(typography.seen(text))
    return (TransferId(found[1].upper()), text[found.end() :]) if found else (None, text)


def named_in(text: str) -> tuple[TransferId, ...]:
    """What stands before the references of a sentence as a transfer's code would, each once, in order."""
    view = typography.seen(typography.undone(text))
    return tuple(dict.fromkeys(TransferId(found[1].upper()) for found in _IN_REFERENCE.finditer(view)))

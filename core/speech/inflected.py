"""A verb as people write it of a record: “DEC-006 agreed”, “ACT-012 is finished” mean agree and done."""

from __future__ import annotations

import re
from functools import lru_cache

_BETWEEN = re.compile(r"(?:(?:is|was|has been|have been|now|already|wurde|ist)\s+)+", re.IGNORECASE)
_ALSO = {"done": ("finish", "complete"), "cancel": ("canceled", "canceling"), "close": ("shut",)}
"""Verbs that people say for another, by the one that is known."""
_VOWELS = "aeiou"


@lru_cache(maxsize=256)
def forms(verb: str) -> frozenset[str]:
    """The verb itself, what it becomes of somebody else or in the past, and those of other words for it."""
    found = {verb}
    for word in (verb, *_ALSO.get(verb, ())):
        stem = word[:-1] if word.endswith(("e", "y")) else word
        found |= {word, f"{word}s", f"{stem}ed", f"{stem}ing"}
        if word.endswith("y"):
            found |= {f"{stem}ied", f"{stem}ies", f"{word}ing"}
        elif word[-1] not in _VOWELS:
            found |= {f"{word}{word[-1]}ed", f"{word}{word[-1]}ing"}
    return frozenset(found)


def without_between(text: str) -> str:
    """The text without an “is”, “was” or “already” that it begins with."""
    found = _BETWEEN.match(text)
    return text[found.end() :] if found else text

"""Words of a line with their places, in the one spelling under which cues are looked up."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from core.rules.reading.plain import HIDDEN

_PLAIN = rf"""(?P<word>[^\W_]++(?:'[^\W_]++)*+)
    | (?P<mention>\ufffc)
    | (?P<hidden>{HIDDEN}++)
    | (?P<arrow>[-=]+>|[→➜➡⇒»])
    | (?P<line>\n)
    | (?P<mark>[^\w\s])"""
_REFERENCE = r"""(?P<ref>(?:[A-Za-z0-9]{2,12}/)?(?:ACT|DEC|QUE|RSK|SIG|CAPA)-\d{1,5}(?:\.\d{1,3})?(?![\w-]))"""
_WORD = re.compile(_PLAIN, re.VERBOSE)
_WORD_OR_REFERENCE = re.compile(f"{_REFERENCE} | {_PLAIN}", re.VERBOSE | re.IGNORECASE)
_MAY_REFER = re.compile(r"-\d")

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


class Word(NamedTuple):
    """A word or a mark: where it stands, its kind, and its cue spelling."""

    start: int
    end: int
    kind: str
    low: str


_word: Callable[[tuple[int, int, str, str]], Word] = partial(tuple.__new__, Word)
"""A word of its four values, made without a call of Python code: a line has many."""


def words_of(view: str) -> list[Word]:
    """Every word and mark of a view, in order."""
    found = (_WORD_OR_REFERENCE if _MAY_REFER.search(view) else _WORD).finditer(view)
    lowered = view.lower()
    if len(lowered) != len(view) or not lowered.isascii():
        return [_word((*one.span(), one.lastgroup or "mark", spelling(one[0]))) for one in found]
    return [
        _word((start := one.start(), end := one.end(), one.lastgroup or "mark", lowered[start:end])) for one in found
    ]


def word_set(listed: str) -> frozenset[str]:
    """The words of a table, each in its cue spelling."""
    return frozenset(map(spelling, listed.split()))


def spelling(word: str) -> str:
    """A word as cues are spelt: lower case, umlauts written out."""
    low = word.lower()
    return low if low.isascii() else low.translate(_UMLAUTS)

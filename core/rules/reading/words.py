"""Words of a line with their places, in the one spelling under which cues are looked up."""

from __future__ import annotations

import re
from typing import NamedTuple

from core.rules.reading.plain import HIDDEN

_WORD = re.compile(
    rf"""(?P<ref>(?:[A-Za-z0-9]{{2,12}}/)?(?:ACT|DEC|QUE|RSK|SIG|CAPA)-\d{{1,5}}(?:\.\d{{1,3}})?(?![\w-]))
    | (?P<word>[^\W_]++(?:'[^\W_]++)*+)
    | (?P<mention>\ufffc)
    | (?P<hidden>{HIDDEN}++)
    | (?P<arrow>[-=]+>|[→➜➡⇒»])
    | (?P<line>\n)
    | (?P<mark>[^\w\s])""",
    re.VERBOSE | re.IGNORECASE,
)

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


class Word(NamedTuple):
    """A word or a mark: where it stands, its kind, and its cue spelling."""

    start: int
    end: int
    kind: str
    low: str


def words_of(view: str) -> list[Word]:
    """Every word and mark of a view, in order."""
    lowered = view.lower()
    if len(lowered) != len(view) or not lowered.isascii():
        return [
            Word(found.start(), found.end(), found.lastgroup or "mark", spelling(found[0]))
            for found in _WORD.finditer(view)
        ]
    return [
        Word(start, end, found.lastgroup or "mark", lowered[start:end])
        for found in _WORD.finditer(view)
        for start, end in (found.span(),)
    ]


def word_set(listed: str) -> frozenset[str]:
    """The words of a table, each in its cue spelling."""
    return frozenset(map(spelling, listed.split()))


def spelling(word: str) -> str:
    """A word as cues are spelt: lower case, umlauts written out."""
    low = word.lower()
    return low if low.isascii() else low.translate(_UMLAUTS)

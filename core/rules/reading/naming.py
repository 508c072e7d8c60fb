"""Who is named in a line: by mention, name, part of a name, alias or initials, with or without accents."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from core.rules.reading.shapes import Someone
from core.rules.reading.words import Word, spelling, word_set, words_of

_PARTICLES = word_set(
    """van von der den de da do di del du la le ten ter bin al el ni nic mac mc o dr mr ms mrs prof y zu zur vom"""
)
TITLES = word_set("dr mr mrs ms prof herr frau hr fr doctor professor herrn")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ß": "ss"})


class Named(NamedTuple):
    """People that may be meant by a name, and how many words it takes."""

    people: tuple[str, ...]
    length: int


@lru_cache(maxsize=4096)
def bare(word: str) -> str:
    """A word without accents, in lower case."""
    low = word.lower()
    if low.isascii():
        return low
    low = unicodedata.normalize("NFKD", low).translate(_LETTERS)
    return "".join(sign for sign in low if not unicodedata.combining(sign))


class Names:
    """The names of a circle's people."""

    def __init__(self, people: Mapping[str, Someone]) -> None:
        self._found: dict[tuple[str, ...], set[str]] = {}
        self.longest = 1
        for person in people.values():
            for name in (person.name, *person.aliases):
                self._learn(name, person.id)
        self.firsts = frozenset(words[0] for words in self._found)
        """What a name begins with, bare of accents or with umlauts written out."""

    def _learn(self, name: str, person: str) -> None:
        words = [word for word in name.replace("’", "'").split() if word]
        self._add(words, person)
        if len(words) > 1:
            parts = [word for word in (words[0], words[-1]) if bare(word).strip(".") not in _PARTICLES]
            for word in parts:
                self._add([word], person)
            self._add([words[0], words[-1]], person)
            self._add([words[-1], words[0]], person)
            self._add([words[0], words[-1][0]], person)
            if len(words) > 2:
                self._add(words[1:], person)

    def _add(self, words: Sequence[str], person: str) -> None:
        for spelt in (bare, spelling):
            folded = tuple(piece.low for word in words for piece in words_of(spelt(word)) if piece.kind == "word")
            for key in {folded, tuple(word.replace("'", "") for word in folded)}:
                if key and len(key[0]) > 1:
                    self._found.setdefault(key, set()).add(person)
                    self.longest = max(self.longest, len(key))

    def at(self, words: Sequence[Word], place: int, view: str) -> Named | None:
        """Whom the longest name at a place may mean."""
        first = _key(words[place], view)
        if first not in self.firsts:
            return None
        keys = [first]
        for word in words[place + 1 : place + self.longest]:
            if word.kind != "word":
                break
            keys.append(_key(word, view))
        for length in range(len(keys), 0, -1):
            people = self._found.get(tuple(keys[:length]))
            if people:
                return Named(tuple(sorted(people)), length)
        return None


def _key(word: Word, view: str) -> str:
    said = view[word.start : word.end]
    return word.low if said.isascii() else bare(said)

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
ORDINARY = word_set(
    """will may mark grace hope rose art bill sue pat jack frank max ernst wolf lang lange klein groß gross kurz stark
    fuchs koch schneider page price young black white brown green gray grey king cook baker day long short rich faith
    joy dawn eve drew chase chip don gene guy herb iris jean june april august lance miles nick norm penny pearl ray
    rob rod ruby rusty sandy skip summer sunny victor wade ward woods stone wood hill field lane berg engel sommer
    winter herbst sonntag freitag weiß weiss schwarz braun grün roth rot jung alt neu reich recht fromm lieb frey
    major sterling case cash cliff dale dean earl ford glen grant hunt lead light love marsh mason max mercy mike
    paige park pike post rain reed ridge rivers sage star storm tate van vance west win see"""
)
"""Names that are words as well: names only with a capital, and not where a sentence begins with them as a word."""
_AFTER_NAMES = word_set(
    "to will can could would please bitte and und has is must should needs kann soll muss wird , : - – & + ?"
)
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
            if people and not (length == 1 and words[place].low in ORDINARY and _is_word(words, place, view)):
                return Named(tuple(sorted(people)), length)
        return None


def _is_word(words: Sequence[Word], place: int, view: str) -> bool:
    """Whether a name that is a word too is said as one: `will`, `Mark the lot`."""
    if not view[words[place].start].isupper():
        return True
    begins = not place or words[place - 1].kind in ("mark", "line")
    return begins and (place + 1 == len(words) or words[place + 1].low not in _AFTER_NAMES)


def _key(word: Word, view: str) -> str:
    said = view[word.start : word.end]
    return word.low if said.isascii() else bare(said)

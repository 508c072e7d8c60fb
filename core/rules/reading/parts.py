"""A sentence as a row of parts, each of a kind: who, cue, verb, due phrase, mark, or plain word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from typing import Any, NamedTuple

from core.rules.dates import When
from core.rules.reading.lexicon import Mark, marks_of
from core.rules.reading.naming import Names
from core.rules.reading.roles import Roles
from core.rules.reading.shapes import Circle, Someone
from core.rules.reading.words import Word, spelling
from core.rules.setting import Setting

_FIRST = re.compile(r"[^\W_]+")


CODES: dict[str, str] = {
    "person": "P", "mention": "M", "unknown": "U", "company": "C", "someone": "S", "everybody": "E",
    "i": "I", "me": "m", "we": "W", "you": "Y", "they": "T", "third": "X",
    "ask": "a", "can": "c", "please": "p", "will": "w", "i will": "1", "we will": "2", "they will": "3",
    "i am doing": "4", "i can": "5", "let me": "6", "must": "o", "should": "O", "to": "t", "need": "n", "needed": "e",
    "want": "L", "asked": "Z", "wish": "~", "holder mark": "%", "owe": "B", "take": "K",
    "mine": "7", "asking": "8", "job for": "9", "you do": "@",
    "verb": "v", "does": "f", "did": "y", "doing": "g", "infinitive": "z", "state": "s",
    "is": "b", "has": "h", "what": "q", "asks": "A", "whether": "Q", "tell": "F", "not": "x", "vague": "V",
    "and": "k", "or": "r", "but": "u", "if": "i", "softener": "H", "lead": "l", "fyi": "J", "joke": "j", "soon": "$",
    "due": "d", "day": "D", "number": "0", "word": "N", "name": "G", "reference": "R", "hidden": "_",
    ",": ",", ":": ":", "dash": "-", "arrow": ">", "(": "(", ")": ")", ".": ".", ";": ";", "?": "?", "bang": "*",
    "|": "|", "/": "/", "line": "\n",
}  # fmt: skip
"""The name of each kind of part to the one sign by which rules find it in a row."""


class Part(NamedTuple):
    """A part: its sign, where it stands, what it means, and the spelling of its first word."""

    code: str
    start: int
    end: int
    value: Any = None
    low: str = ""


part_of: Callable[[tuple[str, int, int, Any, str]], Part] = partial(tuple.__new__, Part)
"""A part of its five values, made without a call of Python code: every word of every line is one."""


class Who(NamedTuple):
    """Who stands at a place: the people meant; `ask` where only one of them can be, or none is known; `mentioned`
    with @; `titled` by a role and not by name."""

    people: tuple[str, ...]
    ask: bool = False
    mentioned: bool = False
    titled: bool = False


class DaySaid(NamedTuple):
    """A day without a word for due: as read, the preposition before it, and the day on which it was said."""

    when: When
    preposition: str
    today: date


@dataclass(slots=True)
class Sentence:
    """One sentence of a line: its parts, and the row of their signs."""

    view: str
    start: int
    end: int
    parts: list[Part]
    words: Sequence[Word]
    row: str = ""
    new_line: bool = False
    marks: dict[str, Mark] | None = None

    def __post_init__(self) -> None:
        self.row = "".join([part.code for part in self.parts])

    def mark(self, name: str) -> Mark | None:
        """The first cue of a name of MARKS that stands anywhere in it."""
        if self.marks is None:
            self.marks = marks_of(self.words)
        return self.marks.get(name)


def cut(sentence: Sentence, parts: list[Part]) -> Sentence:
    """A sentence of some of its parts."""
    first, last = parts[0].start, max(part.end for part in parts)
    words = [word for word in sentence.words if first <= word.start < last]
    return replace(sentence, start=first, end=last, parts=parts, words=words, marks=None)


def followed(sentence: Sentence, later: Sequence[Part]) -> Sentence:
    """A sentence with parts of one behind it in place of the marks that end it."""
    kept = sentence.parts[: len(sentence.row.rstrip("*.?j,"))]
    return replace(sentence, end=max([sentence.end, *(part.end for part in later)]), parts=[*kept, *later], marks=None)


def addressed(sentence: Sentence, owner: Part) -> Sentence:
    """A sentence as if somebody who is named elsewhere stood before it with a colon."""
    colon = Part(CODES[":"], sentence.start, sentence.start, low=":")
    return replace(sentence, parts=[owner, colon, *sentence.parts], marks=None)


def words_said(sentence: Sentence, parts: Iterable[Part]) -> set[str]:
    """The words, in their cue spelling, of those parts that are no day, no person and no mark."""
    return {
        spelling(word)
        for part in parts
        if part.code not in _NO_WORDS
        for word in sentence.view[part.start : part.end].split()
    }


_NO_WORDS = "dDPMUCIm1,;:-()>|./*?j"


class Scene(NamedTuple):
    """What every sentence of a line is read with; `author` is empty for somebody who is no member."""

    circle: Circle
    setting: Setting
    names: Names
    roles: Roles
    author: str
    mentions: Sequence[str | None]
    milestones: frozenset[str]

    @property
    def speaker(self) -> Who:
        """The author as an owner."""
        return Who((self.author,) if self.author else (), not self.author)

    @classmethod
    def of(cls, circle: Circle, setting: Setting, author: str, mentions: Sequence[str | None]) -> Scene:
        """The scene of a line."""
        known = author if author in circle.people else ""
        names, roles = _known(circle)
        return cls(circle, setting, names, roles, known, mentions, _begun(tuple(setting.milestones)))


@lru_cache(maxsize=256)
def _begun(milestones: tuple[str, ...]) -> frozenset[str]:
    """The first words of a transfer's milestones."""
    return frozenset(found[0].lower() for name in milestones if (found := _FIRST.match(name)))


_circles: dict[int, tuple[Circle, Names, Roles]] = {}
_MOST_CIRCLES = 64


def _known(circle: Circle) -> tuple[Names, Roles]:
    """The names and roles of a circle, learnt once: by the circle itself, else by whom it holds."""
    found = _circles.get(id(circle))
    if found is None or found[0] is not circle:
        if len(_circles) >= _MOST_CIRCLES:
            _circles.clear()
        found = _circles[id(circle)] = (circle, *_learnt(tuple(circle.people.items()), tuple(circle.companies.items())))
    return found[1], found[2]


@lru_cache(maxsize=_MOST_CIRCLES)
def _learnt(people: tuple[tuple[str, Someone], ...], companies: tuple[tuple[str, str], ...]) -> tuple[Names, Roles]:
    circle = Circle(dict(people), dict(companies))
    return Names(circle.people), Roles(circle)

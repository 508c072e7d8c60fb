"""Cues by their words: one look for each word of a line finds the longest cue that begins there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import Generic, NamedTuple, TypeVar

from core.rules.reading import answers, english, german, troubles
from core.rules.reading import tags as tag_words
from core.rules.reading.verbs import english_forms, german_forms
from core.rules.reading.words import Word, spelling, word_set, words_of

_T = TypeVar("_T")


class Cue(NamedTuple):
    """A cue that was found: its name, what it stands for, and how many words it takes."""

    name: str
    value: str
    length: int


class Lexicon:
    """Phrases with the name of the cue that each is."""

    def __init__(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """`rows`: phrase, name and value; of two alike the first counts."""
        known: dict[tuple[str, ...], Cue] = {}
        for phrase, name, value in rows:
            words = tuple(word.low for word in words_of(phrase))
            known.setdefault(words, Cue(name, value, len(words)))
        self._known = _by_beginning(known)
        self.firsts = self._known.keys()
        """What a cue begins with."""

    def at(self, words: Sequence[Word], place: int) -> Cue | None:
        """The longest cue that begins at a place."""
        known = self._known.get(words[place].low)
        if known is None:
            return None
        following = words[place + 1].low if place + 1 < len(words) else ""
        for phrase, cue in known.longer.get(following, ()):
            if _stands(words, place, phrase):
                return cue
        return known.alone

    def at_start(self, words: Sequence[Word]) -> tuple[int, Cue] | None:
        """The longest cue at the beginning, past a word or two such as `yes` or `ok`."""
        best: tuple[int, Cue] | None = None
        for place in range(min(3, len(words))):
            cue = self.at(words, place)
            if cue is not None and (best is None or cue.length > best[1].length):
                best = place, cue
            if cue is None and words[place].kind == "word" and words[place].low not in _YES:
                break
        return best

    def anywhere(self, words: Sequence[Word], *names: str) -> tuple[int, Cue] | None:
        """The first cue of these names (of any, where none is given) that stands anywhere."""
        for place in range(len(words)):
            if words[place].low in self._known:
                cue = self.at(words, place)
                if cue is not None and (not names or cue.name in names):
                    return place, cue
        return None


class _Begun(NamedTuple, Generic[_T]):
    """What begins with one word: what that word is alone, and the longer phrases, each under its second word."""

    alone: _T | None
    longer: dict[str, list[tuple[tuple[str, ...], _T]]]


def _by_beginning(known: Mapping[tuple[str, ...], _T]) -> dict[str, _Begun[_T]]:
    """Phrases by how they begin, the longest first."""
    found: dict[str, _Begun[_T]] = {}
    for phrase in sorted(known, key=len, reverse=True):
        begun = found.setdefault(phrase[0], _Begun(known.get(phrase[:1]), {}))
        if len(phrase) > 1:
            begun.longer.setdefault(phrase[1], []).append((phrase, known[phrase]))
    return found


def _stands(words: Sequence[Word], place: int, phrase: tuple[str, ...]) -> bool:
    """Whether a phrase whose first two words are there stands at a place."""
    if len(phrase) == 2:
        return True
    end = place + len(phrase)
    return end <= len(words) and all(words[at].low == phrase[at - place] for at in range(place + 2, end))


_YES = word_set("yes ok okay sure yep yeah ja jo klar gut gerne gern then dann thanks danke well")


def phrases(table: str) -> Iterator[str]:
    """Each phrase of a table, with `a/b c` spelt out as `a c` and `b c`."""
    for entry in table.split(","):
        choices = [word.split("/") if len(word) > 1 and word != "j/k" else [word] for word in entry.split()]
        if choices:
            for chosen in product(*choices):
                yield (said := " ".join(chosen))
                if (hurried := _CONTRACTED.sub("", said)) != said:
                    yield hurried
                if (parted := _CLAUSE.sub(" ,", said)) != said:
                    yield parted


_CONTRACTED = re.compile(
    r"(?<=n)'(?=t\b)|(?<=\w)'(?=ve\b)|(?<=[yu])'(?=re\b)|(?<=\bi)'(?=m\b)|(?<=at|ho|et|re)'(?=s\b)"
)
"""An apostrophe that hurried fingers leave out: `isnt`, `ive`."""
_CLAUSE = re.compile(r"(?<=\w)(?= (?:wenn|dass|ob)\b)")
"""Where a German comma stands within a cue: `es wäre schön, wenn`."""


def rows_of(tables: Mapping[str, str], *names: str) -> Iterator[tuple[str, str, str]]:
    """The rows for a lexicon of some cues of a table, in the order of the names."""
    for name in names:
        for phrase in phrases(tables.get(name, "")):
            yield phrase, name, phrase


TABLES: tuple[Mapping[str, str], ...] = (
    english.CUES, german.CUES, answers.ENGLISH, answers.GERMAN, troubles.ENGLISH, troubles.GERMAN,
)  # fmt: skip
"""Every table of cues."""
IN_SENTENCES = (
    "softener", "ask", "wish", "asking", "job for", "mine", "you do", "i will", "we will", "they will",
    "i am doing", "should", "must", "owe", "needed", "tell", "whether", "vague", "fyi", "if", "asked", "want",
    "take", "please", "will", "can", "to", "need", "i can", "let me", "i", "me", "we", "they", "you", "someone",
    "everybody", "third", "not", "did", "has", "is", "what", "asks", "and", "or", "but", "joke", "soon",
    "holder mark",
)  # fmt: skip
"""The cues that are parts of a sentence; of two names for a phrase the first counts."""

AFTER_VERBS = ("lead",)
"""The cues that are so only where the word is no verb."""

_GERMAN_ONLY = word_set(
    """die war was also will man am so wer bald hat an in bin dem den mir er es wo ab um tag rat art arm und der das
    ich ist im"""
)
_ENGLISH_ONLY = word_set("was will am an in so also war die hat man falls")
_TELLING_GERMAN = word_set(
    """ich wir und der das ist nicht bis bitte den dem ein eine einen noch mit auf für von im zum zur auch sind
    haben hat wird kann kannst muss soll über nach beim vom es sie ihr du uns mir mich euch dir wer wie was aber
    oder wenn falls schon heute morgen gestern jemand alle danke frage aufgabe entscheidung risiko vorschlag
    könnt könntest zusammen kein keine wurde werden machen mache machst ja nein gut bei an sich so diese dieser
    dieses nur die einer eines einem tag tage tagen woche wochen montag dienstag mittwoch donnerstag freitag
    samstag sonntag um am zur als sehr bin bist seid sein seine ihre unser unsere mal erst dann dass ob weil vor
    prueft schickt macht in kw"""
)
_TELLING_ENGLISH = word_set(
    """the is to and of we i you please for on by be it this that with at will can from are was not have has if in a
    an or need needs should let us my your our do does what who when why how which there all but so just"""
)


def is_german(words: Sequence[Word], view: str) -> bool:
    """Whether more words tell of German than of English; so does an umlaut that begins no name."""
    lows = [low for _, _, _, low in words]
    score = sum([low in _TELLING_GERMAN for low in lows]) - sum([low in _TELLING_ENGLISH for low in lows])
    return score + (0 if view.isascii() else sum(_is_umlauted(word, view) for word in words)) > 0


def _is_umlauted(word: Word, view: str) -> bool:
    return word.kind == "word" and not view[word.start].isupper() and bool(_UMLAUT.search(view, word.start, word.end))


_UMLAUT = re.compile("[äöüß]")


@lru_cache(maxsize=2)
def sentence_lexicon(in_german: bool) -> Lexicon:
    """The parts of sentences in both languages; a word of both counts in the line's own."""
    rows_en = [*rows_of(english.CUES, *IN_SENTENCES), *english_forms(), *rows_of(english.CUES, *AFTER_VERBS)]
    rows_de = [*rows_of(german.CUES, *IN_SENTENCES), *german_forms(), *rows_of(german.CUES, *AFTER_VERBS)]
    if in_german:
        return Lexicon([*rows_de, *(row for row in rows_en if spelling(row[0]) not in _GERMAN_ONLY)])
    return Lexicon([*rows_en, *(row for row in rows_de if spelling(row[0]) not in _ENGLISH_ONLY)])


@lru_cache(maxsize=64)
def lexicon_of(*names: str) -> Lexicon:
    """The cues of these names alone, in both languages."""
    return Lexicon(row for table in TABLES for row in rows_of(table, *names))


IN_SIGNALS = (
    "event", "own things", "old", "paper", "limit", "store", "gap", "must be there", "measure", "just now", "thing",
    "fault", "change", "have got", "was",
)  # fmt: skip
"""The cues that speak for a signal or against it."""
MARKS = (
    "risky", "worry", "no risk", "hypothetical", "loss", "weak loss", "proposing", "propose", "rule", "social",
    "in the call", "decided", "closing", "both", "small talk", "meeting", "meet when", "event", "fault", "change",
    "limit", "store", "gap", "old", "agreeing", "away", "elsewhere",
)  # fmt: skip
"""The cues that are sought anywhere in a sentence, all in one look."""

Mark = tuple[int, Cue]
"""At which word a cue stands, and the cue."""


def marks_of(words: Sequence[Word]) -> dict[str, Mark]:
    """The first cue of each name of MARKS; a phrase may have several names."""
    found: dict[str, Mark] = {}
    known = _marks()
    last = len(words) - 1
    for place, (_, _, _, low) in enumerate(words):
        if low not in known:
            continue
        begun = known[low]
        following = words[place + 1].low if begun.longer and place < last else ""
        for phrase, cues in begun.longer.get(following, ()):
            if _stands(words, place, phrase):
                for cue in cues:
                    found.setdefault(cue.name, (place, cue))
        for cue in begun.alone or ():
            found.setdefault(cue.name, (place, cue))
    return found


@lru_cache(maxsize=1)
def _marks() -> dict[str, _Begun[Sequence[Cue]]]:
    """Phrases by how they begin, each with its cues."""
    cues: dict[tuple[str, ...], dict[str, Cue]] = {}
    for table in TABLES:
        for phrase, name, value in rows_of(table, *MARKS):
            words = tuple(word.low for word in words_of(phrase))
            cues.setdefault(words, {}).setdefault(name, Cue(name, value, len(words)))
    return _by_beginning({words: list(named.values()) for words, named in cues.items()})


@lru_cache(maxsize=1)
def tags() -> Lexicon:
    """Tags in both languages; a tag's name is the kind that it marks."""
    both = (tag_words.ENGLISH, tag_words.GERMAN)
    return Lexicon(row for table in both for row in rows_of(table, *table))

"""What a speaker marked as a record: `Action:`, `#decision`, `[Risk]`, `Frage an Yuki:`, also over a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from core.rules.reading.announced import announced
from core.rules.reading.lexicon import tags
from core.rules.reading.naming import TITLES
from core.rules.reading.parts import Sentence
from core.rules.reading.words import Word, word_set

_OPENERS = word_set("* # ( [ - – — • > · ! ➡ ✅ ⚠ ❗ 📌 ️")
_COLONS = word_set(": - – — -> → | ] )")
_CONNECTORS = word_set(
    """, for on at of taken from an von fuer mit with by in and all everyone team item nr no number # ( [ @ today
    heute made action items register me us uns mich the wegen nach after following just now so
    here then as zu zum zur regarding re about is aus"""
)
"""What may stand between a tag and its colon."""
_MOST_BETWEEN = 12
_LOUD = word_set("ai action todo task ap")


class Tag(NamedTuple):
    """A tag: its kind, the word it is, and where in the text what it marks begins; `between` is what stands before
    the colon, as places in the text."""

    kind: str
    word: str
    body: int
    between: tuple[int, int]
    sure: bool = True


def tag_of(sentence: Sentence, view: str, text: str) -> Tag | None:
    """The tag of a sentence."""
    words = sentence.words
    if (named := _after_name(sentence)) is not None:
        return named
    if (heard := announced(words)) is not None:
        kind, word, body, end = heard
        return Tag(kind, word, words[body].start, (words[end - 1].end, words[body - 1].start))
    place, marked = _skipped(words)
    cue = tags().at(words, place) if place < len(words) else None
    if cue is not None and _is_bold(words[place], words[place + cue.length - 1], text):
        end = words[place + cue.length - 1].end
        return Tag(cue.name, cue.value, end, (end, end))
    if cue is not None and (tag := _confirmed(sentence, place, cue.length, marked)):
        return Tag(cue.name, cue.value, *tag)
    return _within(words, view)


def _after_name(sentence: Sentence) -> Tag | None:
    """`Luís todo: fix the units`: whose the action is stands before its tag."""
    words, first = sentence.words, sentence.parts[0]
    if first.code not in "PM":
        return None
    place = next((at for at, word in enumerate(words) if word.start >= first.end), len(words))
    cue = tags().at(words, place) if place < len(words) else None
    end = place + cue.length if cue is not None else 0
    if cue is None or cue.name != "action" or end >= len(words) or words[end].low != ":":
        return None
    return Tag(cue.name, cue.value, words[end].end, (first.start, first.end))


def _is_bold(first: Word, last: Word, text: str) -> bool:
    """Whether the tag alone is set in bold."""
    return text[first.start - 1 : first.start] in ("*", "_") and text[last.end : last.end + 1] in ("*", "_")


def _skipped(words: Sequence[Word]) -> tuple[int, str]:
    """Past bullets, numbers and brackets before a tag, and which mark stands right before it."""
    place = 0
    while place < len(words) and words[place].low in _OPENERS:
        place += 1
    if place + 1 < len(words) and words[place].low.isdigit() and words[place + 1].low in ".)":
        place += 2
    while place < len(words) and words[place].low in _OPENERS:
        place += 1
    return place, words[place - 1].low if place else ""


def _confirmed(sentence: Sentence, place: int, length: int, marked: str) -> tuple[int, tuple[int, int]] | None:
    """Where the body begins and what stands between, if the words are meant as a tag."""
    words, end = sentence.words, place + length
    said = words[end - 1].end
    if [word.low for word in words[end : end + 2]] == [".", ":"]:
        end += 1  # `Entsch.: …`
    if end >= len(words):
        return (said, (said, said)) if marked in ("#", "[") else None
    after = words[end]
    if marked == "#" or (marked in ("[", "(") and after.low in ("]", ")")):
        skip = end + 1 if after.low in _COLONS else end
        if skip < len(words) and words[skip].low in (":", "-", "–", "—") and after.low in ("]", ")"):
            skip += 1
        start = words[skip].start if skip < len(words) else words[-1].end
        return start, (said, said)
    return _to_colon(sentence, end, said)


def _to_colon(sentence: Sentence, end: int, said: int) -> tuple[int, tuple[int, int]] | None:
    words, view = sentence.words, sentence.view
    people = {part.start for part in sentence.parts if part.code in "PMU"}
    for place in range(end, min(end + _MOST_BETWEEN, len(words))):
        word = words[place]
        if word.low in _UNDECIDED:
            return None
        if word.low in (":", "->", "|", "→") or (
            word.low in ("-", "–", "—") and view[word.end : word.end + 1].isspace()
        ):
            if word.low == "->" and place == end and ":" in (later.low for later in words[place + 1 : place + 5]):
                continue
            if (
                place > end
                and word.low in ("-", "–", "—")
                and words[end - 1].low not in _LOUD
                and not _named(words[end], view)
            ):
                return None
            over = all(later.low in _OVER for later in words[place + 1 :]) and place + 1 < len(words)
            return None if over else (word.end, (said, word.start))
        if word.low in ".?!;" or (place == end and not _leads(word, view) and word.start not in people):
            return None
    named = words[end].start in people and words[end + 1 : end + 2] and words[end + 1].low == ","
    if words[end - 1].low in _LOUD and named:
        return said, (said, said)
    if words[end - 1].low in _LOUD and _named(words[end], view) and view[words[end - 1].start].isupper():
        return said, (said, said)
    return None


_UNDECIDED = word_set("pending outstanding postponed ausstehend vertagt offen")
"""Words before the colon of what is no record yet: `Decision from Priya is pending: …`."""
_OVER = word_set("closed geschlossen erledigt done gone weg . !")
"""Words that only say that a record is over: `Risiko aus der Liste: geschlossen.`."""


def _leads(word: Word, view: str) -> bool:
    return (
        word.low in _CONNECTORS
        or word.low in TITLES
        or _named(word, view)
        or word.low in ("->", "→")
        or word.low.isdigit()
    )


def _named(word: Word, view: str) -> bool:
    return word.kind == "mention" or word.low == "@" or (word.kind == "word" and view[word.start].isupper())


_WITHIN = frozenset("#:-–")
"""Marks without one of which there is no tag within a sentence."""


def _within(words: Sequence[Word], view: str) -> Tag | None:
    """`…, finally: Decision: …`, or a hashtag anywhere."""
    if _WITHIN.isdisjoint([word.low for word in words]):
        return None
    for place in range(1, len(words)):
        before = words[place - 1]
        if before.low == "#" and before.end == words[place].start and (cue := tags().at(words, place)):
            if cue.name != "none":
                start = words[place + cue.length].start if place + cue.length < len(words) else words[0].start
                trailing = place > 2 or place + cue.length >= len(words)
                return Tag(cue.name, cue.value, words[0].start if trailing else start, (before.start, before.start))
        elif before.low in (":", ",", "-", "–", "—") and (cue := tags().at(words, place)):
            end = place + cue.length
            colon = end < len(words) and words[end].low in (":", "-", "–")
            if cue.name != "none" and colon and (before.low == ":" or view[words[place].start].isupper()):
                return Tag(cue.name, cue.value, words[end].end, (words[end].start, words[end].start))
    return None

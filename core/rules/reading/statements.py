"""Risks, signals and questions in natural talk."""

from __future__ import annotations

from collections.abc import Sequence

from core.rules.reading.lexicon import lexicon_of
from core.rules.reading.parts import Sentence
from core.rules.reading.shapes import Item, Kind
from core.rules.reading.summaries import summary
from core.rules.reading.words import Word, word_set


def risk_in(sentence: Sentence, text: str) -> Item | None:
    """A conditional whose outcome is a loss or a delay, or a worry about one."""
    if sentence.row.rstrip("jlp").endswith("?"):
        return None
    place = _condition(sentence)
    if place >= 0 and (loss := _loss_after(sentence, place)):
        return Item(Kind.RISK, said_in(sentence, text), rule="if this, then a loss or a delay", trigger=loss)
    return _worried(sentence, text)


def _worried(sentence: Sentence, text: str) -> Item | None:
    """`There is a risk that …`, `we might miss the slot`; not one that is denied, closed or over."""
    found = sentence.mark("risky")
    if found is None or sentence.mark("no risk"):
        return None
    return Item(Kind.RISK, said_in(sentence, text), rule="a worry about a loss or a delay", trigger=found[1].value)


def _condition(sentence: Sentence) -> int:
    """Where a condition stands: `if`, or what is said as one at the beginning; -1 where none does."""
    place = sentence.row.find("i")
    first = next((at for at, code in enumerate(sentence.row) if code not in _LEADS), 0)
    if place < 0 and sentence.parts[first].low in ("should", "without", "ohne", "sollte", "sollten"):
        rest = sentence.row[first + 1 :]
        return first if "," in rest and rest[:1] not in ("W", "I", "Y") and "O" not in rest else -1
    return place


def _loss_after(sentence: Sentence, place: int) -> str | None:
    """The loss that stands in what follows from the condition."""
    condition, row = sentence.parts[place], sentence.row
    if any(code not in _LEADS for code in row[:place]):
        return _loss([word for word in sentence.words if word.end <= condition.start])
    comma = row.find(",", place)
    begin = sentence.parts[comma].end if comma > 0 else condition.end
    inside = [word for word in sentence.words if word.start >= begin]
    return _loss(inside if comma > 0 else inside[_SHORTEST:], inside)


def _loss(words: Sequence[Word], all_words: Sequence[Word] = ()) -> str | None:
    found = lexicon_of("loss").anywhere(words)
    if found is None:
        return None
    place = found[0] + max(0, len(all_words) - len(words)) if all_words else found[0]
    before = (all_words or words)[max(0, place - 2) : place]
    return None if any(word.low in _DENYING for word in before) else found[1].value


_LEADS = "lku,-:p"
_SHORTEST = 4
"""Words of a condition that no comma ends."""
_DENYING = word_set("won't not no nicht kein keine keinen without would'nt wouldn't")


def said_in(sentence: Sentence, text: str, start: int | None = None, until: int | None = None) -> str:
    """A sentence as a summary, from and to a place in the text, without jokes."""
    begin = sentence.start if start is None else start
    without = [(part.start, part.end) for part in sentence.parts if part.code == "j"]
    return summary(text, begin, sentence.end if until is None else until, without)

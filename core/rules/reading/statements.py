"""Risks, signals and questions in natural talk."""

from __future__ import annotations

from core.rules.reading.lexicon import lexicon_of
from core.rules.reading.parts import Sentence
from core.rules.reading.shapes import Item, Kind
from core.rules.reading.summaries import summary
from core.rules.reading.words import word_set


def risk_in(sentence: Sentence, text: str) -> Item | None:
    """A conditional whose outcome is a loss or a delay."""
    place = sentence.row.find("i")
    if place < 0 or sentence.row.rstrip("jlp").endswith("?"):
        return None
    loss = _loss_after(sentence, place)
    if loss is None:
        return None
    return Item(Kind.RISK, said_in(sentence, text), rule="if this, then a loss or a delay", trigger=loss)


def _loss_after(sentence: Sentence, place: int) -> str | None:
    """The loss in what follows from the condition."""
    parts, row = sentence.parts, sentence.row
    condition = parts[place]
    first = place == 0 or not any(code not in "lku,-:" for code in row[:place])
    lexicon = lexicon_of("loss")
    words = sentence.words
    if first:
        comma = row.find(",", place)
        begin = parts[comma].end if comma > 0 else condition.end
        least = 0 if comma > 0 else 4
        inside = [word for word in words if word.start >= begin]
        number = least
        while number < len(inside):
            cue = lexicon.at(inside, number)
            if cue is not None:
                if any(
                    word.low in ("won't", "not", "no", "nicht", "kein", "keine")
                    for word in inside[max(0, number - 2) : number]
                ):
                    return None
                return cue.value
            number += 1
        return None
    inside = [word for word in words if word.end <= condition.start]
    found = lexicon.anywhere(inside)
    return found[1].value if found else None


def said_in(sentence: Sentence, text: str, start: int | None = None) -> str:
    """A sentence as a summary, without what leads to it and without jokes."""
    begin = sentence.start if start is None else start
    without = [(part.start, part.end) for part in sentence.parts if part.code == "j"]
    return summary(text, begin, sentence.end, without)


_SMALL_TALK = word_set(
    """ok right ready really seriously sure everyone all anybody anyone there here today coffee lunch well good so
    what why hm huh any questions comments news thoughts shall we start begin go can you hear me see my screen is
    it better now how are things is going was your weekend holiday the who is on call still"""
)


def question_in(sentence: Sentence, text: str) -> Item | None:
    """A question that wants an answer for the record."""
    row = sentence.row.rstrip("jlp*.")
    if not row.endswith("?"):
        return None
    content = [word.low for word in sentence.words if word.kind == "word"]
    if len(content) < 3 or all(word in _SMALL_TALK for word in content):
        return None
    asked_of, start = _asked_of(sentence)
    return Item(Kind.QUESTION, said_in(sentence, text, start) + "?", asked_of=asked_of, rule="a question", trigger="?")


def _asked_of(sentence: Sentence) -> tuple[tuple[str, ...], int | None]:
    """Whom a question is put to: named at its start or its end."""
    parts, row = sentence.parts, sentence.row
    place = 0
    while place < len(row) and row[place] in "lku,-*":
        place += 1
    if place + 1 < len(row) and (row[place] == "M" or (row[place] == "P" and row[place + 1] in ",:-")):
        after = place + 1
        while after < len(row) and row[after] in ",:-":
            after += 1
        if after < len(row):
            return parts[place].value.people, parts[after].start
    end = len(row.rstrip("jlp?*."))
    if end >= 2 and row[end - 1] in "PM" and (row[end - 2] in ",-" or row[end - 1] == "M"):
        return parts[end - 1].value.people, parts[place].start if place < len(parts) else None
    return (), parts[place].start if place < len(parts) else None

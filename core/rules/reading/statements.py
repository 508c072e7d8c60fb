"""What a sentence says, as the summary of a record that is the sentence itself."""

from __future__ import annotations

from core.rules.reading.parts import Sentence
from core.rules.reading.summaries import summary


def said_in(sentence: Sentence, text: str, start: int | None = None, until: int | None = None) -> str:
    """A sentence as a summary, from and to a place in the text, without jokes."""
    begin = sentence.start if start is None else start
    without = [(part.start, part.end) for part in sentence.parts if part.code == "j"]
    return summary(text, begin, sentence.end if until is None else until, without)

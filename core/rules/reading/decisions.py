"""Decisions in natural talk: an explicit word that all have decided, `we agreed to`, `wir haben uns geeinigt`."""

from __future__ import annotations

from core.rules.reading.parts import Sentence
from core.rules.reading.shapes import Item, Kind
from core.rules.reading.statements import said_in
from core.rules.reading.words import word_set

_LEAST = 3
"""Words of a decision before a task that follows from it."""
_NOTHING = word_set("nothing none nobody nichts niemand")
_LEADING = ("that ", "to ", "on ", "dass ", "auf ", ", dass ", ", ")


def decision_in(sentence: Sentence, text: str, until: int | None = None) -> Item | None:
    """What a sentence says to be decided, as far as `until` a place in the text."""
    found = _decided(sentence)
    if found is None or sentence.mark("old") or sentence.mark("elsewhere") or _was(sentence):
        return None
    trigger, end = found
    if any(part.low in _NOTHING for part in sentence.parts if part.code == "x"):
        return None
    if "?" in sentence.row or any(part.code in "xiV" and part.start < end for part in sentence.parts):
        return None
    if until is not None and len(text[end:until].split()) < _LEAST:
        return None
    said = said_in(sentence, text, end, until)
    if len(said.split()) < _LEAST - 1:
        said = said_in(sentence, text)
    if "dass " in said and sentence.mark("closing"):
        said = said.partition("dass ")[2] or said
    for lead in _LEADING:
        said = said.removeprefix(lead)
    return Item(Kind.DECISION, said, rule="said to be decided", trigger=trigger)


def _decided(sentence: Sentence) -> tuple[str, int] | None:
    """The words that say so, and where they end."""
    words = sentence.words
    if found := sentence.mark("decided"):
        place, cue = found
        return cue.value, words[place + cue.length - 1].end
    late = sentence.mark("closing")
    return (late[1].value, sentence.start) if late and _we_have(sentence) else None


def _we_have(sentence: Sentence) -> bool:
    """`Wir haben uns auf … geeinigt`."""
    row = sentence.row.lstrip("lku,-")
    return row.startswith(("Wh", "hW"))


def _was(sentence: Sentence) -> bool:
    """Whether it tells of a decision of some time ago."""
    return any(part.code == "D" and part.value.when.days.basis == "past" for part in sentence.parts) or "y" in [
        part.code
        for part in sentence.parts
        if part.low in ("already", "bereits", "schon", "yesterday", "gestern", "last")
    ]

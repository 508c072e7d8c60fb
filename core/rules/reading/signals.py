"""Signals in natural talk: something has just gone wrong with a batch, a machine or a record."""

from __future__ import annotations

from core.rules.reading.lexicon import Lexicon, lexicon_of
from core.rules.reading.parts import Sentence
from core.rules.reading.shapes import Item, Kind
from core.rules.reading.statements import said_in
from core.rules.reading.words import word_set

_WEIGHTS = {
    "event": 2,
    "fault": 1,
    "just now": 1,
    "limit": 1,
    "measure": 1,
    "thing": 1,
    "old": -3,
    "paper": -2,
    "own things": -3,
}
"""What a cue of each sort says for a signal. Each sort counts once, faults twice at most."""
ENOUGH = 3
_NOT = word_set(
    """no not never none nobody nothing isn't aren't don't doesn't didn't wasn't weren't hasn't kein keine keinen
    nicht nie nichts"""
)


def _lexicon() -> Lexicon:
    return lexicon_of("event", "own things", "old", "paper", "limit", "measure", "just now", "thing", "fault")


def signal_in(sentence: Sentence, text: str) -> Item | None:
    """Something that has gone wrong, by what it is, how fresh it is, and what it concerns."""
    if any(code in sentence.row for code in "iV?w123Oo"):
        return None
    found = _cues(sentence)
    if found is None:
        return None
    names = {name for name, _ in found}
    numbers = sum(word.low[0].isdigit() for word in sentence.words)
    beyond = "limit" in names and numbers > 1
    if not (beyond or "event" in names or "fault" in names):
        return None
    score = sum(_WEIGHTS[name] for name in names) + beyond + (sum(name == "fault" for name, _ in found) > 1)
    if score < ENOUGH or not (beyond or names & {"event", "just now", "measure"} or score > ENOUGH):
        return None
    trigger = next(value for name, value in found if name in ("event", "fault", "limit"))
    return Item(Kind.SIGNAL, said_in(sentence, text), rule="something went wrong just now", trigger=trigger)


def _cues(sentence: Sentence) -> set[tuple[str, str]] | None:
    """The cues of a sentence; None where it says that something is not so."""
    found: set[tuple[str, str]] = set()
    words, lexicon = sentence.words, _lexicon()
    place = 0
    while place < len(words):
        cue = lexicon.at(words, place)
        if cue is None and words[place].low in _NOT:
            return None
        if cue is not None:
            found.add((cue.name, cue.value))
        place += cue.length if cue else 1
    return found

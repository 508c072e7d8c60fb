"""Records that are announced before they are said: `for the minutes, decision is …`, `one risk for the register: …`."""

from __future__ import annotations

from collections.abc import Sequence

from core.rules.reading.lexicon import tags
from core.rules.reading.words import Word, word_set

_BEFORE = word_set("ok okay so and also right then well alright gut also und dann noch now again please bitte one more")
_FOR_THE_RECORD = tuple(
    tuple(phrase.split())
    for phrase in (
        "for the minutes", "for the record", "for the protocol", "for the log", "to be minuted", "fürs protokoll",
        "für das protokoll", "zu protokoll", "zum protokoll", "fuers protokoll",
    )
)  # fmt: skip
"""What says that the record keeper is meant."""
_LONGEST = max(map(len, _FOR_THE_RECORD))
_COUNTING = word_set("one another a an the second third new next noch ein eine einen weitere weiteres weiterer")
_SAYS = word_set("is ist lautet are sind : , - – —")
"""What stands between the announced kind and what is recorded."""
_OF_TODAY = word_set("of from today von heute now here")
_ENTERING = word_set("put down log record add note raise capture open enter trag notier notiere nimm setz schreib mach")
_AROUND = word_set(
    "please can could you we let us lets let's i'd i would like to want bitte kannst könntest du mir uns an a the one"
    " another as this down in auf ein eine einen noch"
)
_MOST_AROUND = 6
_BEGINNING = _BEFORE | _COUNTING | _ENTERING | _AROUND | {",", *(phrase[0] for phrase in _FOR_THE_RECORD)}
"""What a sentence that announces a record begins with."""


def announced(words: Sequence[Word]) -> tuple[str, str, int, int] | None:
    """The kind that is announced, its word, where what is recorded begins, and which word the kind ends before."""
    if words[0].low not in _BEGINNING:
        return None
    return _for_the_record(words) or _counted(words) or _entered(words)


def _for_the_record(words: Sequence[Word]) -> tuple[str, str, int, int] | None:
    place = _past(words, 0, _BEFORE | {","})
    begun = tuple(word.low for word in words[place : place + _LONGEST])
    said = next((phrase for phrase in _FOR_THE_RECORD if begun[: len(phrase)] == phrase), None)
    if said is None:
        return None
    place = _past(words, place + len(said), _BEFORE | {",", ":", "-", "the", "die", "our", "unsere"})
    cue = tags().at(words, place) if place < len(words) else None
    if cue is None or cue.name == "none":
        return None
    end = _past(words, place + cue.length, _OF_TODAY)
    body = _past(words, end, _SAYS | {"that", "dass"})
    return (cue.name, cue.value, body, place + cue.length) if end < body < len(words) else None


def _counted(words: Sequence[Word]) -> tuple[str, str, int, int] | None:
    """`One risk for the register: …`, `noch eine Frage: …`."""
    place = _past(words, 0, _BEFORE | _COUNTING)
    cue = tags().at(words, place) if 0 < place < len(words) else None
    if cue is None or cue.name == "none":
        return None
    end = place + cue.length
    return (cue.name, cue.value, end + 1, end) if end + 1 < len(words) and words[end].low == ":" else None


def _entered(words: Sequence[Word]) -> tuple[str, str, int, int] | None:
    """`Put down an action for Björn please, get …`: the comma or colon after whom it is for ends the announcement."""
    for place in range(1, min(_MOST_AROUND, len(words))):
        cue = tags().at(words, place)
        before = [word.low for word in words[:place]]
        if cue is None or cue.name not in ("action", "decision", "risk", "question"):
            continue
        if not any(low in _ENTERING for low in before) or not all(low in _ENTERING | _AROUND for low in before):
            return None
        end = place + cue.length
        for at in range(end, min(end + _MOST_AROUND, len(words) - 1)):
            if words[at].low in (":", ",", "to"):
                return cue.name, cue.value, at + 1, end
            if words[at].low in ".?!;":
                return None
        return None
    return None


def _past(words: Sequence[Word], place: int, over: frozenset[str] | set[str]) -> int:
    while place < len(words) and words[place].low in over:
        place += 1
    return place

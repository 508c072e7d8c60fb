"""The main clause of a sentence, without what is inserted behind whoever is named or told before it: `Yuki, who wrote
the method, will …`, `weil die Charge sonst liegt, schickt Jürgen …`."""

from __future__ import annotations

import re
from dataclasses import replace

from core.rules.reading.parts import CODES, Part, Sentence
from core.rules.reading.words import word_set

_INSERTED = re.compile(r"[lku,\-]*(?P<owner>[PMI])(?:[wofK]|(?<=I)1)?(?P<mark>[,(\-])")
_CLOSING = {",": ",", "(": ")", "-": "-"}
_GOES_ON = re.compile(r"k?[,l]*(?:[wotfaKzcpvdDO]|[NGv0][NGvgy0]*[dD])")
"""How the main clause goes on behind what is inserted."""
_INSERTING = word_set(
    """who whose as since because given while although though once when after before thanks thank sorry like being
    having if now just with wer der die das wie weil da nachdem wenn falls obwohl während mit danke ja denn
    sobald deren dessen our the a unser unsere currently already still even despite"""
)
"""What a clause begins with that is inserted between commas."""
_POLITE = word_set(
    """mind can could time chance get possible manage moment kannst könnt könntest zeit kommst kommt schaffst schafft
    magst möglich passt geht back wieder"""
)
"""Words of a condition that only makes a request polite, or says when somebody can."""
_MOST_INSERTED = 16
_BEFORE = re.compile(r"(?P<leads>[lk,\-]*)(?P<first>[NuiWdGq]).*?,(?=[fwoc]N?[PMIW])")
"""A German clause before a main clause that begins with its verb."""
_SUBORDINATE = word_set("weil da damit nachdem bevor obwohl während um ehe indem nun dass solange bis seit")


def main_clause(sentence: Sentence) -> Sentence | None:
    """The sentence without what is inserted in it or told before its main clause; None where there is nothing so."""
    return _without_front(sentence) or _without_insertion(sentence)


def _without_front(sentence: Sentence) -> Sentence | None:
    found = _BEFORE.match(sentence.row)
    if found is None or sentence.parts[found.start("first")].low not in _SUBORDINATE:
        return None
    main = _without(sentence, 0, found.end())
    lead = Part(CODES["lead"], main.start, main.start)
    return replace(main, parts=[lead, *main.parts])


def _without_insertion(sentence: Sentence) -> Sentence | None:
    found = _INSERTED.match(sentence.row)
    if found is None:
        return None
    begin = found.start("mark")
    closing = _CLOSING[found["mark"]]
    end = sentence.row.find(closing, begin + 1)
    while 0 < end <= begin + _MOST_INSERTED:
        inserted = sentence.parts[begin + 1 : end]
        if inserted and _GOES_ON.match(sentence.row, end + 1) and _is_inserted(inserted, found["mark"]):
            vocative = sentence.row[end + 1 : end + 2] in ("p", "v", "z", "a") and found["mark"] == ","
            return _without(sentence, begin + vocative, end + 1)
        end = sentence.row.find(closing, end + 1)
    return None


def _is_inserted(parts: list[Part], mark: str) -> bool:
    """Whether some parts only tell more of whoever stands before them: no task, and nothing on which it depends."""
    if mark == "," and parts[0].low not in _INSERTING:
        return False
    if any(part.code == "i" for part in parts):
        return any(part.low in _POLITE for part in parts) or any(
            word in _POLITE for part in parts if part.code in "xHVc" for word in str(part.value or "").split()
        )
    return True


def _without(sentence: Sentence, first: int, end: int) -> Sentence:
    """A sentence without some of its parts."""
    gone = range(sentence.parts[first].start, sentence.parts[end - 1].end)
    words = [word for word in sentence.words if word.start not in gone]
    parts = [*sentence.parts[:first], *sentence.parts[end:]]
    return replace(sentence, start=parts[0].start, parts=parts, words=words, marks=None)

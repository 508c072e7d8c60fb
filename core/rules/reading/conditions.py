"""Sentences that ask for nothing as they stand: conditions, proposals, and what has been done already."""

from __future__ import annotations

import re

from core.rules.reading.parts import Sentence
from core.rules.reading.reported import is_reported
from core.rules.reading.words import word_set
from core.rules.setting import PAST

_CHECKING = word_set(
    """check confirm verify see clarify know find ask tell investigate determine decide pruefen klaeren prueft
    prueft pruefe evaluate assess test out sure wissen bescheid me us whether"""
)
_EARLY = 4
"""Words before which somebody who only proposes says so."""
_DID = re.compile(r"[ku,](?:[TPWI]u?[yh]y?|h[TPWI]u?y{1,2})[.*]*$")
"""`… and he did`, `…, hat sie aber schon`."""
_IF_SOMEBODY = re.compile(r"[lku,\-]*(?:[PM],?)?i[PMEY]c")
GRATEFUL = word_set("great good nice lovely helpful appreciated grateful perfect super toll prima dankbar schoen gut")


def is_supposed(sentence: Sentence) -> bool:
    """Whether it holds only under a condition, is only proposed, or was only believed or told."""
    conditional = is_conditional(sentence) and not _is_wished(sentence)
    return conditional or _is_condition(sentence) or _is_proposed(sentence) or is_reported(sentence)


def is_over(sentence: Sentence) -> bool:
    """Whether it ends in what somebody did, `… and he did`, tells of long ago, `last year we agreed to …`, or of what
    should have been."""
    if _DID.search(sentence.row) is not None or _is_missed(sentence) or _was_meant(sentence):
        return True
    return _LONG_AGO.match(sentence.row) is not None and _was(sentence)


_HAD = word_set("hätte hätten hättest")
_TO_HAVE_BEEN = word_set("sollen müssen können dürfen wollen")


def _is_missed(sentence: Sentence) -> bool:
    """`Das hätte bis gestern da sein sollen`."""
    if "o" not in sentence.row and "c" not in sentence.row and "w" not in sentence.row:
        return False
    last = next((part.low for part in reversed(sentence.parts) if part.code not in ".*jl"), "")
    return last in _TO_HAVE_BEEN and any(part.low in _HAD for part in sentence.parts)


def _was_meant(sentence: Sentence) -> bool:
    """`Luís sollte eigentlich bis Montag …, aber …`."""
    return "O" in sentence.row and any(part.low == "eigentlich" for part in sentence.parts)


_LONG_AGO = re.compile(r"[lku,\-]*D[^dD]*$")
_LAST = word_set("last letztes letzten letzte letzter voriges vorigen vorige in im")


def _was(sentence: Sentence) -> bool:
    day = next(part for part in sentence.parts if part.code == "D")
    return day.low in _LAST and day.value.when.days.basis == PAST


def is_conditional(sentence: Sentence) -> bool:
    """Whether the sentence holds only if something else does; `check if` and `if possible` are no conditions."""
    place = sentence.row.find("i")
    while place >= 0:
        before = sentence.parts[place - 1] if place else None
        checked = before is not None and (before.low in _CHECKING or before.code == "Q")
        timed = place and sentence.parts[place].low in ("once", "when", "as", "sobald", "whenever")
        if not checked and not timed:
            return True
        place = sentence.row.find("i", place + 1)
    return False


def _is_wished(sentence: Sentence) -> bool:
    """`If Hùng could send it, that would be great`: a request whose condition is only polite."""
    last = [word.low for word in sentence.words[-3:]]
    return bool(_IF_SOMEBODY.match(sentence.row) and any(word in GRATEFUL for word in last))


def _is_proposed(sentence: Sentence) -> bool:
    """Whether somebody only proposes it; `let us have` and `let's have Hùng …` ask for something."""
    found = sentence.mark("proposing")
    if found is None or found[0] > _EARLY or "L" in sentence.row or "8" in sentence.row:
        return False
    return not any(part.low == "bitten" or str(part.value or "").endswith(" know") for part in sentence.parts)


def _is_condition(sentence: Sentence) -> bool:
    """`Should the agency ask, …`."""
    first = next((part for part in sentence.parts if part.code not in "lku,-:"), None)
    return (
        first is not None
        and first.low in ("should", "sollte", "sollten", "had", "hätte", "haette")
        and "?" not in sentence.row
        and "," in sentence.row
    )

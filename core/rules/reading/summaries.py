"""What is left of a task as its summary: the speaker's words without who, when and politeness."""

from __future__ import annotations

import re
from collections.abc import Iterable

_EDGES = " \t\n,;:|–—-.!?>•*_#/\u2423\ufffc→"
_LONELY = re.compile(r"\(\s*[,;]?\s*\)|\[\s*\]")
_BEFORE_MARK = re.compile(r"\s+([,.;:!?)])")
_TWICE = re.compile(r"([,;:])(?:\s*[,;:])+")
_LOOSE = re.compile(r" [,.;:!?)]|[,;:] ?[,;:]|\( ?[,;]? ?\)|\[ ?\]")
"""A mark without what it stood behind or around."""
_MARKUP = re.compile(r"(?<!\w)[*_~]+(?=\S)|(?<=\S)[*_~]+(?!\w)")


_DANGLING = re.compile(r"(?<=\w),? (?:und zwar|and that|namely|nämlich)$|^both (?=\w+ (?:the|your|our)\b)")
"""What only led to a day that is left out, and `both` of those who are to do it."""
_LED = ("und zwar", "and that", "namely", "nämlich")
_WITH_DAY = re.compile(
    r" (?:noch(?! (?:einmal|mal|nicht|immer|kein|ein))|(?:um )?\d{1,2}[:.]\d\d(?: Uhr| h)?)(?=[ ,.;!?)]|$)"
)
"""What stands right behind a day and goes with it: `heute noch`, `morgen Mittag 12:00`."""


def summary(text: str, start: int, end: int, without: Iterable[tuple[int, int]] = ()) -> str:
    """The text between two places without some stretches of it, tidied."""
    pieces: list[str] = []
    at = start
    for first, after in sorted(without):
        beside = _WITH_DAY.match(text, after, end)
        last = beside.end() if beside else after
        if last <= at or first >= end:
            continue
        pieces.append(text[at : max(at, first)])
        at = min(last, end)
    pieces.append(text[at:end])
    return tidied(" ".join(pieces))


def tidied(text: str) -> str:
    """One line without lonely marks, and without those that only led to it."""
    text = " ".join(_MARKUP.sub("", text).split())
    if _LOOSE.search(text):
        text = _BEFORE_MARK.sub(r"\1", _LONELY.sub(" ", text))
        text = " ".join(_TWICE.sub(r"\1", text).split())
    text = text.strip(_EDGES)
    if text.startswith("both ") or text.endswith(_LED):
        text = _DANGLING.sub("", text).strip(_EDGES)
    if text.count("(") < text.count(")"):
        text = text.rstrip(")")
    if text.count("(") > text.count(")") and text.endswith("("):
        text = text[:-1]
    return text.strip(_EDGES)

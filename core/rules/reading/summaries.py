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


def summary(text: str, start: int, end: int, without: Iterable[tuple[int, int]] = ()) -> str:
    """The text between two places without some stretches of it, tidied."""
    pieces: list[str] = []
    at = start
    for first, last in sorted(without):
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
    if text.count("(") < text.count(")"):
        text = text.rstrip(")")
    if text.count("(") > text.count(")") and text.endswith("("):
        text = text[:-1]
    return text.strip(_EDGES)

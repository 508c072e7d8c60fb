"""What is left when the parts are taken out, put together as a person would have written it without them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import takewhile

from core.kernel.turn import MENTION

_MANY_LINES = re.compile(r"\n{3,}")
_LOOSE = " \t\n,;:–—-"
_WANTS_SOMEBODY = re.compile(
    r"(?:^|\s)(?:to|with|for|from|by|of|at|and|or|about|via|ask|tell|inform|contact|call|says?|said"
    r"|an|mit|für|von|bei|und|oder|durch|über|zu|fragt?|fragen|avec|chez|pour|et)$",
    re.IGNORECASE,
)
_NEAR = 4
"""Words by which a place in a line is known again."""
_JOINED = r"(?:\s*[,&/]\s*|\s+(?:and|und|or|oder|et)\s+|\s+)"
_COURTESY = re.compile(r"(?:please|pls|bitte|thanks|thank you|danke|merci|[\s.,;:!…–—\u202c\u2069-])*", re.IGNORECASE)
_FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufe0e\ufe0f"
"""Letters and marks that nothing is drawn for."""


def is_unseen(text: str) -> bool:
    """Whether nothing of a text can be seen: blanks, marks of no width and of direction, and fillers."""
    return all(one.isspace() or one in _FILLERS or unicodedata.category(one) in {"Cf", "Cc"} for one in text)


def tidy(text: str) -> str:
    """The text with single blanks, no blanks at the ends of lines and one empty line at most; none if none is seen."""
    if is_unseen(text):
        return ""
    if "\n" not in text:
        return " ".join(text.split())
    lines = "\n".join(" ".join(line.split()) for line in text.split("\n"))
    return _MANY_LINES.sub("\n\n", lines.strip("\n"))


def is_courtesy(text: str) -> bool:
    """Whether a stretch says nothing but please and thank you; marks that end a turn of direction say nothing."""
    return _COURTESY.fullmatch(text) is not None


def gaps(cuts: Sequence[tuple[int, int]], end: int) -> list[tuple[int, int]]:
    """The stretches between the cuts, which need not be in order; the first and the last may be empty."""
    found, at = [], 0
    for start, stop in sorted(cuts):
        if start >= at:
            found.append((at, start))
        at = max(at, stop)
    return [*found, (at, end)]


def named(text: str, start: int, end: int, names: Sequence[str]) -> str:
    """A stretch of the text with `@Name` for each mention that stands in it."""
    stretch = text[start:end]
    if MENTION not in stretch:
        return stretch
    first, *rest = stretch.split(MENTION)
    before = text.count(MENTION, 0, start)
    return first + "".join(f"@{names[before + at]}{piece}" for at, piece in enumerate(rest))


def named_within(summary: str, line: str, names: Sequence[str]) -> str:
    """A summary of a line, with `@Name` for each mention in it: that of the line beside which the same words stand."""
    places = [at for at, sign in enumerate(line) if sign == MENTION]
    first, *rest = summary.split(MENTION) if places else [summary]
    shown, before = first, first
    for piece in rest:
        place = max(places, key=lambda at: _alike(before[::-1], line[:at][::-1]) + _alike(piece, line[at + 1 :]))
        shown += f"@{names[places.index(place)]}{piece}"
        before = piece
    return shown


def with_last_mention(summary: str, line: str) -> str:
    """A summary of a line that breaks off at a word that wants somebody, `send it to`, with the mentions behind it."""
    kept = summary.rstrip(".?! ")
    if MENTION not in line or not _WANTS_SOMEBODY.search(kept):
        return summary
    words = r"\s+".join(map(re.escape, kept.split()[-_NEAR:]))
    behind = re.search(rf"(?<!\w){words}\s*({MENTION}(?:{_JOINED}{MENTION})*)", line)
    if behind is None:
        return summary
    return f"{kept} {' '.join(behind[1].split())}{summary[len(kept) :]}"


def _alike(one: str, other: str) -> int:
    """Characters with which both begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def joined(pieces: Sequence[str]) -> str:
    """Stretches that stood around what was taken out, as one text without doubled or dangling marks."""
    if len(pieces) == 1:
        return tidy(pieces[0])
    if pieces[-1] and is_courtesy(pieces[-1]):
        pieces = [*pieces[:-1], "." if "." in pieces[-1] else ""]
    whole = pieces[0].rstrip()
    for following in pieces[1:]:
        piece = following.strip(" \t")
        if not whole or whole[-1] in _LOOSE:
            piece = piece.lstrip(_LOOSE + ".")
        if piece and whole and piece[0] not in ",;.:!?)":
            whole += " "
        whole += piece
    if not pieces[-1].strip(_LOOSE + "."):
        whole = whole.rstrip(_LOOSE)
        if pieces[-1].strip() == "." and whole.endswith("."):
            whole = whole[:-1]
    return tidy(whole if pieces[0].strip() else whole.lstrip(_LOOSE))

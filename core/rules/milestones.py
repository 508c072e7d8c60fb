"""Milestones by the name that people give them: in full, or as far as it tells one from the others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

_START = re.compile(r"(?:(?:start|beginning)[ ]of[ ](?:the[ ])?|(?:start|beginn)[ ](?:von|der|des)[ ])", re.IGNORECASE)
_NO_NAMES = frozenset({"next", "first", "last", "final", "new", "the", "start", "end", "second", "third"})
"""Words that by themselves name no milestone."""
_TELLING = frozenset(
    {
        "go-live",
        "freeze",
        "submission",
        "filing",
        "launch",
        "cutover",
        "audit",
        "inspection",
        "einreichung",
        "inspektion",
    }
)
"""Last words of a name that name its milestone alone: `before the go-live` for `serialisation go-live`."""
ALSO_CALLED = {
    "next meeting": r"(?:nächste[nrs]?\s(?:meeting|besprechung|sitzung|treffen)|ne?xt\smtg)",
    "method transfer start": r"methodentransfer(?:s|start)?",
}
"""A milestone's name to how it is called in German."""
_ENDED = r"(?![^\W_])(?![-–.]\w)"


def milestones_at(text: str, at: int, milestones: Mapping[str, date]) -> tuple[list[str], int]:
    """The milestones whose names begin with the letter that stands at a place, and the place (past `start of`)."""
    if not milestones:
        return [], at
    start = _START.match(text, at)
    at = start.end() if start else at
    letter = text[at : at + 1].casefold()
    return [name for name in milestones if letter in (name[:1].casefold(), _last(name)[:1])], at


def _last(name: str) -> str:
    """The last word of a longer name where it names the milestone alone, else nothing."""
    first, _, last = name.casefold().rpartition(" ")
    return last if first and last in _TELLING else ""


def read_milestone(text: str, at: int, names: list[str], *, in_full: bool) -> tuple[str, int] | None:
    """Which of the milestones stands at a place in the text, and where its name ends.

    In part, as `PPQ-1` for `PPQ-1 start`, only one may fit, and the part must hold a number or end the clause.
    None where no stored one fits, or several.
    """
    fits: list[tuple[int, str]] = []
    for name in names:
        for pattern in _patterns(name)[:1] if in_full else _patterns(name)[1:]:
            if found := pattern.match(text, at):
                fits.append((found.end(), name))
                break
    end = max(fits)[0] if fits else at
    longest = [name for ending, name in fits if ending == end]
    return (longest[0], end) if len(longest) == 1 else None


@lru_cache(maxsize=1024)
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    """One pattern for the whole name, then for ever shorter beginnings of it, word by word, and for its first piece."""
    pieces = [list(map(re.escape, re.findall(r"[^\W_]+|[^\w\s-]", word))) for word in name.split()]
    words = [r"[\s\-–_]*+".join(word) for word in pieces if word]
    parts = [(count, r"[\s\-–_]++".join(words[:count])) for count in range(len(words), 0, -1)]
    if parts and len(pieces[0]) > 1 and len(pieces[0][0]) > 1:
        parts.append((0, pieces[0][0]))  # `PPQ` of `PPQ-1 start`
    if _last(name):
        parts.append((len(words), words[-1]))
    patterns = []
    for count, part in parts:
        if count < len(words) and part.lower() in _NO_NAMES:
            continue
        if count == len(words) and (also := ALSO_CALLED.get(name.casefold())):
            part = f"(?:{part}|{also})"  # noqa: PLW2901
        clear = count == len(words) or any(sign.isdigit() for sign in part)
        alone = "" if clear else r"(?=\s*+(?:[^\w\s]|$|\ufffc))"
        patterns.append(re.compile(part + _ENDED + alone, re.IGNORECASE))
    return tuple(patterns)

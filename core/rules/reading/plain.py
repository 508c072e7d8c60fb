"""What of a line its speaker said: quotations, forwarded mail, code and what is off the record are out of sight."""

from __future__ import annotations

import re
from typing import NamedTuple

from core.rules.typography import DOUBLE, quoted, seen, undone

HIDDEN = "\u2423"
"""Stands in a view for each sign that the speaker only quotes."""

MOST_QUOTES = 40
"""French quotes in a line that is prose."""

_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
_CITED = re.compile(r"^[ \t]*(?:>|&gt;)[^\n]*", re.MULTILINE)
_SINGLE = re.compile(r"(?<!\w)'[^'\n]{12,}'(?!\w)|(?<!\w)‘[^’\n]{12,}’(?!\w)")
_STRUCK = re.compile(r"(?<![\w~])~[^~\n]+~(?![\w~])")
_LINK = re.compile(r"https?://\S+")
_MARKS = re.compile(r"(?<!\w)[*_]++(?=\S)|(?<=\S)[*_]++(?!\w)")
_OFF = re.compile(r"\s*(?:\[off\]|/me\b|\(off[ -]the[ -]record\))", re.IGNORECASE)
_FORWARDED = re.compile(
    r"\s*(?:(?:fwd?|wg|tr|forwarded|weitergeleitet)[ ]*:"
    r"|-{2,}[ ]*(?:forwarded|original|ursprüngliche|weitergeleitete))",
    re.IGNORECASE,
)
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "´": "'", "`": "'", "ʼ": "'"})
_QUOTE_OR_MARK = re.compile(rf"[{DOUBLE}«»`>'‘*_~]|http|&gt;")


class Plain(NamedTuple):
    """A line for reading: `view` is as long as the `text`, with plain typography and what is not the speaker's hidden.

    `code`: some of it was code or a quotation.
    """

    text: str
    view: str
    code: bool = False


def plain(text: str) -> Plain:
    """The line as its speaker's own words; nothing of it where it is off the record or forwarded."""
    if _OFF.match(text) or _FORWARDED.match(text):
        return Plain(text, HIDDEN * len(text), code=True)
    view = undone(seen(text))
    if "`" not in text and not text.isascii():
        view = view.translate(_APOSTROPHES)
    if not _QUOTE_OR_MARK.search(view):
        return Plain(text, view)
    view = _STRUCK.sub(lambda found: " " * len(found[0]), view)
    before = view
    for pattern in (_CODE, _CITED):
        view = pattern.sub(_hide, view)
    if view.count("«") + view.count("»") <= MOST_QUOTES:
        for start, end, _ in quoted(view):
            view = view[:start] + HIDDEN * (end - start) + view[end:]
    for pattern in (_SINGLE, _LINK):
        view = pattern.sub(_hide, view)
    hidden = view != before
    view = _MARKS.sub(lambda found: " " * len(found[0]), view.translate(_APOSTROPHES))
    return Plain(text, view, hidden)


def _hide(found: re.Match[str]) -> str:
    return "".join(sign if sign == "\n" else HIDDEN for sign in found[0])

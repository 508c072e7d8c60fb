"""What phones make of plain typing, undone character for character, so that places in the text hold."""

from __future__ import annotations

import re

DOUBLE = '"“”„‟'
QUOTES = f"{DOUBLE}«»"

_BLANKS = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_HYPHENS, _DASHES, _LINE_ENDS = "\u2010\u2011", "\u2012\u2013\u2014\u2015\u2212", "\u2028\u2029"
_SAME = str.maketrans(
    {**dict.fromkeys(_BLANKS, " "), **dict.fromkeys(_HYPHENS, "-"), **dict.fromkeys(_LINE_ENDS, "\n")}
)
_ODD = re.compile(f"[{_BLANKS}{_HYPHENS}{_DASHES}{_LINE_ENDS}]")
_TIGHT_DASH = re.compile(rf"(?<=\w)[{_DASHES}](?=\w)")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BEGINS_TURN, _ENDS_OF_TURNS = re.compile("[\u202a\u202b\u202d\u202e\u2066-\u2068]"), "\u202c\u2069"
_UPRIGHT = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_SIGNS = str.maketrans(
    {**dict.fromkeys(_HYPHENS + _DASHES + "\ufe63\uff0d", "-"), "\ufe62": "+", "\uff0b": "+", "’": "'"}
)
_QUOTE = re.compile(f"[{QUOTES}]")
_QUOTED = re.compile(rf"(?<![^\s:(,;])(?:[{DOUBLE}]([^{DOUBLE}]*)[{DOUBLE}]|«([^»]*)»|»([^«]*)«)(?!\w)")


def without_ends_of_turns(text: str) -> str:
    """A stretch of a line without the signs that end a turn of its direction which began elsewhere in that line."""
    return text if _BEGINS_TURN.search(text) else text.rstrip(_ENDS_OF_TURNS)


def upright(text: str) -> str:
    """A text as it is shown: without the signs that turn the direction in which a line is read, whatever it says.

    What is written from right to left turns by itself; the stored words keep every sign.
    """
    return text.translate(_UPRIGHT) if _TURNS.search(text) else text


def undone(text: str) -> str:
    """The text, as long as before, with plain blanks for no-break ones and hyphens for dashes in a word."""
    return text if text.isascii() or not _ODD.search(text) else _TIGHT_DASH.sub("-", text.translate(_SAME))


def seen(text: str) -> str:
    """The text, as long as before, with a blank for each mark that no reader sees: where parts are sought."""
    return text if text.isascii() else _UNSEEN.sub(" ", text)


def plain_word(word: str) -> str:
    """A word with the signs of a keyboard: `q–` is `q-`, however the dash was typed, and `who’s` is `who's`."""
    return word if word.isascii() else word.translate(_SIGNS)


def quoted(text: str) -> list[tuple[int, int, str]]:
    """The quoted stretches, of any style: start and end with their quotes, and what stands between."""
    if not _QUOTE.search(text):
        return []
    return [(found.start(), found.end(), found[found.lastindex or 1]) for found in _QUOTED.finditer(text)]


def in_quotes(text: str) -> str:
    """The text in quotes that it does not hold itself; its own become single ones if it holds both styles."""
    if not any(mark in text for mark in DOUBLE):
        return f'"{text}"'
    if "«" not in text and "»" not in text:
        return f"«{text}»"
    return '"' + "".join("'" if mark in DOUBLE else mark for mark in text) + '"'

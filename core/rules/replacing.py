"""Words in a text that give way to others: taken letter by letter, and found also where a phone curled a quote."""

from __future__ import annotations

from collections.abc import Iterable

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u2007\u2009\u202f", " "),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u00b4`", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'),
    }
)
"""What phones make of plain typing, sign for sign, so that places in the text hold."""


def places_of(words: str, text: str) -> list[int]:
    """Where `words` stand in a text, none of them over another: as typed, or where nothing does, as they look."""
    return _places(words, text) or _places(words.translate(_ALIKE), text.translate(_ALIKE))


def replaced(text: str, places: Iterable[int], length: int, new: str) -> str:
    """The text with `new` in place of the `length` characters at each of the places."""
    for start in sorted(places, reverse=True):
        text = text[:start] + new + text[start + length :]
    return text


def taken_over(before: str, now: str, part: str) -> str | None:
    """What a part of a text reads after the text was edited, where nothing around it was; None where that is not plain.

    `part` stands in `before` once; what stood before and behind it then stands at the ends of `now`.
    """
    places = _places(part, before) if part else []
    if len(places) != 1:
        return None
    head, tail = before[: places[0]], before[places[0] + len(part) :]
    if len(now) < len(head) + len(tail) or not (now.startswith(head) and now.endswith(tail)):
        return None
    return now[len(head) : len(now) - len(tail)]


def _places(words: str, text: str) -> list[int]:
    found, at = [], text.find(words)
    while at >= 0:
        found.append(at)
        at = text.find(words, at + len(words))
    return found

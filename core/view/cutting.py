"""A text or a line of a card in so many characters, counted as the platforms count them."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from core.view.shapes import Bold, Italic, Link, PersonSpan, Plain, RefSpan, Sentence, Span, Spans, TimeSpan

_SHOWN_TIME = 40


def length(text: str) -> int:
    """Characters as platforms may count them: UTF-16 units, the larger of the two usual counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, most: int) -> str:
    """The text in at most `most` characters: cut at a word where one ends near, and then with '…' behind."""
    if length(text) <= most:
        return text
    kept = text[: most - 1]
    while length(kept) > most - 1:
        kept = kept[: len(kept) - max(1, (length(kept) - most + 1) // 2)]
    blank = max(kept.rfind(" "), kept.rfind("\n"))
    if blank > len(kept) * 3 // 5:
        kept = kept[:blank]
    return kept.rstrip() + "…"


def cut_spans(spans: Spans, most: int) -> Spans:
    """The line in at most `most` characters; a person or time that has no room is left out whole."""
    if size_of(spans) <= most:
        return spans
    kept: list[Span] = []
    room = most - 1
    for span in spans:
        size = size_of((span,))
        if size <= room:
            kept.append(span)
            room -= size
            continue
        if room > 1 and isinstance(span, Plain | Bold | Italic | Link | Sentence):
            kept.append(replace(span, text=cut(span.text, room + 1)))
        else:
            kept.append(Plain("…"))
        break
    return tuple(kept)


def size_of(spans: Spans) -> int:
    """About how many characters the line shows."""
    size = 0
    for span in spans:
        match span:
            case Plain(text) | Bold(text) | Italic(text) | Link(text=text) | RefSpan(text) | Sentence(text):
                size += len(text) if text.isascii() else length(text)
            case PersonSpan(name=name):
                size += length(name)
            case TimeSpan():
                size += _SHOWN_TIME
            case _:
                assert_never(span)
    return size

"""Words on the page: every text escaped, people as chips, moments in the zone of the person who reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from html import escape as _escape
from typing import assert_never
from zoneinfo import ZoneInfo

from core.api import (
    Bold,
    Italic,
    Link,
    PersonSpan,
    Plain,
    RefSpan,
    Say,
    Sentence,
    Span,
    Spans,
    TimeSpan,
    TimeStyle,
    as_written,
)

LONGEST_TEXT = 3000
"""Characters of one paragraph, field or cell; what is longer ends in '…'."""
SCROLLED = 700
"""Characters from which on a paragraph or field scrolls within itself, so that one text leaves room for the others."""
WIDE_NAME = 28
"""Characters from which on a name may break across lines."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks: their account, IANA zone and language, and the account behind each person id.

    `site` is the page's own origin, as `http://127.0.0.1:8080`.
    """

    slug: str = ""
    zone: str | None = None
    accounts: Mapping[str, str] = field(default_factory=dict)
    site: str = ""
    say: Say = as_written


def escape(text: str) -> str:
    """Text as text in HTML, in an attribute too."""
    return _escape(text, quote=True)


def cut(text: str, most: int = LONGEST_TEXT) -> str:
    """At most `most` characters, the last of them '…' where something is missing."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def words(spans: Spans, reader: Reader) -> str:
    """A line of HTML; spans beyond LONGEST_TEXT characters are left out."""
    drawn, room = [], LONGEST_TEXT
    for span in spans:
        if room <= 0:
            drawn.append("…")
            break
        drawn.append(_drawn(span, reader, room))
        room -= _size(span)
    return "".join(drawn)


def scrolls(spans: Spans) -> str:
    """The attributes of an element around a long text: it scrolls, and keys reach it."""
    return ' class="long" tabindex="0"' if sum(map(_size, spans)) > SCROLLED else ""


def _size(span: Span) -> int:
    match span:
        case Plain(text) | Bold(text) | Italic(text) | Link(text=text) | Sentence(text):
            return len(text)
        case PersonSpan() | TimeSpan() | RefSpan():
            return 16
        case _:
            assert_never(span)


def _drawn(span: Span, reader: Reader, room: int) -> str:
    match span:
        case Plain(text):
            return escape(cut(text, room))
        case Bold(text):
            return f"<strong>{escape(cut(text, room))}</strong>"
        case Italic(text):
            return f"<em>{escape(cut(text, room))}</em>"
        case Link(text, href):
            return link(cut(text, room), href)
        case Sentence(text):
            return f'<button type="button" class="sentence">{escape(cut(text, room))}</button>'
        case PersonSpan(person, name):
            account = reader.accounts.get(person)
            return chip(name, mine=account is not None and account == reader.slug)
        case TimeSpan():
            return moment(span, reader.zone)
        case RefSpan(ref):
            return f'<span class="ref">{escape(ref)}</span>'
        case _:
            assert_never(span)


def link(text: str, href: str) -> str:
    """A link that opens beside the page; an address that is none of the web's is shown as text."""
    if not is_web(href):
        return escape(text)
    return f'<a href="{escape(href)}" target="_blank" rel="noopener noreferrer">{escape(text)}</a>'


def is_web(href: str) -> bool:
    """Whether an address may be followed: no script hides in it."""
    return href.startswith(("https://", "http://", "mailto:", "/"))


def chip(name: str, mine: bool = False) -> str:
    """A mention; that of the reader stands out."""
    kinds = f"mention{' me' if mine else ''}{' wide' if len(name) > WIDE_NAME else ''}"
    return f'<span class="{kinds}"><bdi>@{escape(cut(name, 120))}</bdi></span>'


def moment(span: TimeSpan, zone: str | None) -> str:
    """A <time> in the reader's zone, or the span's own where none is known; an hour stands with it."""
    local = span.at.astimezone(ZoneInfo(zone or span.zone))
    day = f"{local:%a} {local.day} {local:%b %Y}"
    clock = f'{local:%H:%M} <span class="zone">{escape(zone_words(local))}</span>'
    stamp, title = span.at.isoformat(), f"{span.at:%Y-%m-%d %H:%M} UTC"
    match span.style:
        case TimeStyle.DATE:
            shown = day
        case TimeStyle.TIME:
            shown = clock
        case TimeStyle.MOMENT:
            shown = f"{day}, {clock}"
        case _:
            assert_never(span.style)
    return f'<time datetime="{stamp}" title="{title}">{shown}</time>'


def zone_words(local: datetime) -> str:
    """The place that a zone is named for: `Dublin` for Europe/Dublin, `UTC` for UTC."""
    return str(local.tzinfo).rpartition("/")[2].replace("_", " ")

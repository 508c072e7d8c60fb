"""Words in Slack: each text within its length, and none of a person's read as anything but text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, assert_never

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
    cutting,
    local_time,
    msg,
)

Json = dict[str, Any]
Accounts = Mapping[str, str]
"""Slack user ids by person id: who can be mentioned."""

TRAINING = msg("TRAINING")
LONGEST_FALLBACK = 4000
LONGEST_URL = 3000
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_ESCAPED = re.compile("[&<>]")
_CALL = re.compile(r"@(?=channel|here|everyone|group)", re.IGNORECASE)
_APART = "\u2060"
_WEB = ("https://", "http://", "mailto:")
_DATE = {
    TimeStyle.DATE: "{date_short_pretty}",
    TimeStyle.TIME: "{time}",
    TimeStyle.MOMENT: "{date_short_pretty}, {time}",
}


def call_in(direct: bool, thread: str | None) -> str:
    """What calls Tandem: nothing where one speaks to it alone, in a thread its name, as Slack has no commands there."""
    return "" if direct else "@Tandem " if thread else "/tt "


def plain_text(text: str, most: int) -> Json:
    """A plain_text object, in which Slack reads neither marks nor emoji codes; never empty."""
    return {"type": "plain_text", "text": cutting.cut(text.strip(), most) or "–", "emoji": False}


def escaped(text: str) -> str:
    """Text for where Slack reads marks: no link, mention or call to a whole channel stays in it."""
    quiet = _CALL.sub("@" + _APART, text) if "@" in text else text
    return _ESCAPED.sub(lambda found: _ESCAPES[found[0]], quiet)


def fallback(text: str, training: bool, say: Say) -> str:
    """The `text` beside the blocks: what notifications, lists and old clients show."""
    words = f"{say(TRAINING)}: {text}" if training else text
    whole = escaped(cutting.cut(words, LONGEST_FALLBACK))
    return whole if cutting.length(whole) <= LONGEST_FALLBACK else escaped(cutting.cut(words, LONGEST_FALLBACK // 5))


def elements(spans: Spans, accounts: Accounts) -> list[Json]:
    """The elements of a rich text section; its texts are texts to Slack, whatever they hold."""
    return [_element(span, accounts) for span in spans]


def section(found: list[Json]) -> Json:
    """A rich text section, which may not be empty."""
    return {"type": "rich_text_section", "elements": found or [said(" ")]}


def said(text: str) -> Json:
    """A text element."""
    return {"type": "text", "text": text or " "}


def bold(text: str) -> Json:
    """A text element that is seen first."""
    return {"type": "text", "text": text or " ", "style": {"bold": True}}


def _element(span: Span, accounts: Accounts) -> Json:
    match span:
        case Plain(text):
            return said(text)
        case Bold(text) | RefSpan(text):
            return bold(text)
        case Italic(text):
            return {"type": "text", "text": text or " ", "style": {"italic": True}}
        case Sentence(text):
            return {"type": "text", "text": text or " ", "style": {"code": True}}
        case Link(text, href):
            return {"type": "link", "url": href, "text": text or href} if is_web(href) else said(text)
        case PersonSpan(person, name):
            account = accounts.get(person)
            return {"type": "user", "user_id": account} if account else said(name)
        case TimeSpan():
            return _date(span)
        case _:
            assert_never(span)


def is_web(href: str) -> bool:
    """Whether Slack takes it as an address."""
    return href.startswith(_WEB) and cutting.length(href) <= LONGEST_URL and not any(map(str.isspace, href))


def _date(span: TimeSpan) -> Json:
    return {
        "type": "date",
        "timestamp": int(span.at.timestamp()),
        "format": _DATE[span.style],
        "fallback": local_time(span),
    }


def small_print(spans: Spans, accounts: Accounts) -> Json | None:
    """A context block, or None where the line does not fit one: more than 10 elements, or a link.

    Small print takes no rich text, and mrkdwn cannot escape `*` or `_`: words are plain text, marks mrkdwn.
    """
    parts: list[str | Json] = []
    for span in spans:
        mark = _mark(span, accounts)
        if isinstance(mark, str) and parts and isinstance(parts[-1], str):
            parts[-1] += mark
        else:
            parts.append(mark)
    shown = [part for part in parts if not isinstance(part, str) or part.strip()]
    if not 0 < len(shown) <= 10 or any(isinstance(span, Link) for span in spans):
        return None
    found = [plain_text(part, 2000) if isinstance(part, str) else part for part in shown]
    return {"type": "context", "elements": found}


def _mark(span: Span, accounts: Accounts) -> str | Json:
    match span:
        case Plain(text) | Bold(text) | Italic(text) | RefSpan(text) | Link(text=text) | Sentence(text):
            return text
        case PersonSpan(person, name):
            account = accounts.get(person, "")
            return {"type": "mrkdwn", "text": f"<@{account}>"} if account.isalnum() else name
        case TimeSpan(at, _, style):
            words = f"<!date^{int(at.timestamp())}^{_DATE[style]}|{local_time(span)}>"
            return {"type": "mrkdwn", "text": words}
        case _:
            assert_never(span)

"""Words in an Adaptive Card: none of a person's is read as a mark, a mention or a date, and mentions name accounts.

A TextBlock and a Fact read Markdown, a TextRun does not; both read `{{DATE(…)}}`, and only a TextBlock or a Fact
shows a mention. So a line is a RichTextBlock, and a TextBlock only where it mentions somebody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any, assert_never

from core.api import (
    Bold,
    Italic,
    Link,
    PersonSpan,
    Place,
    Plain,
    RefSpan,
    Say,
    Sentence,
    Span,
    Spans,
    TimeSpan,
    TimeStyle,
    as_written,
    cutting,
)

Json = dict[str, Any]
Accounts = Mapping[str, str]
"""AAD object ids by person id: who can be mentioned."""

TRAINING = "TRAINING"
LONGEST_URL = 2000
_APART = "\u2060"
_WEB = ("https://", "http://", "mailto:")
_MARKS = re.compile(r"([\\`*_\[\]<>~#|&!])")
_LINE_START = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)", re.MULTILINE)
_CALLED = re.compile(r"\{(?=\{)")
_UNNAMED = re.compile(r"[<>&*_\[\]`~\\|#]")
_TURN = re.compile("[\u202a\u202b\u202d\u202e]")
_TURNED_BACK = "\u202c"
_LONG_WORD = re.compile(r"\S{60}(?=\S)")


@dataclass(frozen=True, slots=True)
class Ink:
    """What a card is drawn with: who can be mentioned, the place that buttons carry, and what was mentioned so far.

    `opens` says which sentences open a dialog; `inside` one, there is nothing but Submit.
    """

    accounts: Accounts
    place: Place | None = None
    opens: Callable[[str], bool] | None = None
    say: Say = as_written
    mentioned: dict[str, Json] = field(default_factory=dict)
    inside: bool = False

    def mention(self, span: PersonSpan) -> str | None:
        """The words that stand for a mention, None for somebody without an account here."""
        account = self.accounts.get(span.person)
        if not account:
            return None
        name = unread(_UNNAMED.sub(" ", span.name)).strip() or "?"
        while (known := self.mentioned.get(name)) is not None and known["mentioned"]["id"] != account:
            name += _APART  # two people of one name: Teams finds the person by these words
        words = f"<at>{name}</at>"
        self.mentioned[name] = {"type": "mention", "text": words, "mentioned": {"id": account, "name": name}}
        return words


def line(spans: Spans, ink: Ink, quiet: bool = False, **look: Any) -> Json:
    """A line of a card: a RichTextBlock, or where it mentions somebody a TextBlock."""
    small: Json = {"size": "Small", "isSubtle": True} if quiet else {}
    if any(isinstance(span, PersonSpan) and ink.accounts.get(span.person) for span in spans):
        return {"type": "TextBlock", "text": marked(spans, ink) or " ", "wrap": True, **small, **look}
    return {"type": "RichTextBlock", "inlines": list(_runs(spans, small)) or [_run(" ", small)], **look}


def marked(spans: Spans, ink: Ink) -> str:
    """A line with Teams' marks, for a TextBlock or a Fact."""
    return "".join(_marked(span, ink) for span in spans)


def escaped(text: str) -> str:
    """Text for where Teams reads Markdown: no mark, mention or date of a person's stays in it."""
    quiet = _MARKS.sub(r"\\\1", text)
    return unread(_LINE_START.sub(r"\1\\\2", quiet)).replace("\n", "\n\n")


def unread(text: str) -> str:
    """Text in which nothing is read as a date or time to be put in, and which turns no text behind it around."""
    turns = len(_TURN.findall(text)) - text.count(_TURNED_BACK)
    return _CALLED.sub("{" + _APART, text) + _TURNED_BACK * max(0, turns)


def _marked(span: Span, ink: Ink) -> str:
    match span:
        case Plain(text):
            return escaped(text)
        case Bold(text) | RefSpan(text):
            return _around("**", text)
        case Italic(text) | Sentence(text):
            return _around("_", text)
        case Link(text, href):
            return f"[{escaped(text or href)}]({_address(href)})" if is_web(href) else escaped(text)
        case PersonSpan(name=name):
            return ink.mention(span) or escaped(name)
        case TimeSpan():
            return _date(span)
        case _:
            assert_never(span)


def _around(mark: str, text: str) -> str:
    """Marks hold only around words: blanks stand outside, and a text of several lines has none."""
    bare = text.strip()
    if not bare or "\n" in bare:
        return escaped(text)
    start = len(text) - len(text.lstrip())
    return f"{text[:start]}{mark}{escaped(bare)}{mark}{text[start + len(bare) :]}"


def _runs(spans: Spans, small: Json) -> Iterable[Json]:
    for span in spans:
        match span:
            case Plain(text) | PersonSpan(name=text):
                yield _run(text, small)
            case Bold(text) | RefSpan(text):
                yield _run(text, small, weight="Bolder")
            case Italic(text) | Sentence(text):
                yield _run(text, small, italic=True)
            case Link(text, href):
                action: Json = {"selectAction": {"type": "Action.OpenUrl", "url": href}} if is_web(href) else {}
                yield _run(text or href, small, **action)
            case TimeSpan():
                yield {"type": "TextRun", "text": _date(span), **small}
            case _:
                assert_never(span)


def _run(text: str, small: Json, **look: Any) -> Json:
    # A TextRun's words do not break by themselves, and would run out of the card.
    return {"type": "TextRun", "text": _LONG_WORD.sub("\\g<0>\u200b", unread(text)) or " ", **small, **look}


def is_web(href: str) -> bool:
    """Whether Teams takes it as an address."""
    return href.startswith(_WEB) and cutting.length(href) <= LONGEST_URL and not any(map(str.isspace, href))


def _address(href: str) -> str:
    return unread(href).replace("(", "%28").replace(")", "%29").replace("<", "%3C").replace(">", "%3E")


def _date(span: TimeSpan) -> str:
    """A moment that Teams shows in the reader's own zone; SHORT is `Thu, Mar 12, 2026` in the reader's language."""
    at = span.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    day, clock = f"{{{{DATE({at},SHORT)}}}}", f"{{{{TIME({at})}}}}"
    return {TimeStyle.DATE: day, TimeStyle.TIME: clock, TimeStyle.MOMENT: f"{day} {clock}"}[span.style]

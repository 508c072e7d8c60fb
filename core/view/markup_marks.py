"""What stands within an element of markup: attributes, words, and the marks for people, times and links."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

from core.view.shapes import (
    Bold,
    Italic,
    Link,
    PersonSpan,
    Plain,
    RefSpan,
    Sentence,
    Span,
    Spans,
    TimeSpan,
    TimeStyle,
)

Kind = TypeVar("Kind", bound=StrEnum)
WORDED = (Plain, Bold, Italic, Link)
NONE: frozenset[str] = frozenset()
_BLANKS = re.compile(r"[ \t\r\n]+")
_ADDRESS = re.compile(r"(https?://|mailto:)[^\s]+")


class Wrong(Exception):
    """Markup that breaks a rule, and the element that does; the line is found when it is reported."""

    def __init__(self, element: Element, sentence: str) -> None:
        super().__init__(sentence)
        self.element = element
        self.sentence = sentence


def squeeze(text: str | None) -> str:
    """Words with one blank between them and none around."""
    if not text:
        return ""
    if "  " in text or not text.isprintable():  # quicker than to ask the pattern
        text = _BLANKS.sub(" ", text)
    return text.strip(" ")


def attributes(element: Element, known: frozenset[str] = NONE) -> Mapping[str, str]:
    """The element's attributes, all of them known."""
    given = element.attrib
    if given and not given.keys() <= known:
        name = min(given.keys() - known)
        knows = f"it knows {', '.join(sorted(known))}" if known else "it takes none"
        raise Wrong(element, f"<{element.tag}> has no attribute '{name}': {knows}.")
    return given


def bare(element: Element) -> None:
    """Check that it has no attribute."""
    if element.attrib:
        attributes(element)


def needed(element: Element, name: str) -> str:
    """An attribute that must be there and hold words."""
    words = element.attrib.get(name)
    if words and ("  " in words or not words.isprintable() or words[0] == " " or words[-1] == " "):
        words = squeeze(words)
    if not words:
        raise Wrong(element, f"<{element.tag}> needs the attribute '{name}', and words in it.")
    return words


def yes(element: Element, name: str, otherwise: bool = False) -> bool:
    """An attribute that is yes or no."""
    value = element.attrib.get(name)
    if value is None:
        return otherwise
    if value not in ("yes", "no"):
        raise Wrong(element, f"'{name}' of <{element.tag}> is yes or no, not '{value}'.")
    return value == "yes"


def one_of(element: Element, name: str, kinds: type[Kind], otherwise: Kind) -> Kind:
    """An attribute that is one of a few words."""
    value = element.attrib.get(name)
    if value is None:
        return otherwise
    try:
        return kinds(value)
    except ValueError:
        words = ", ".join(kinds)
        raise Wrong(element, f"'{name}' of <{element.tag}> is one of {words}, not '{value}'.") from None


def whole(element: Element, name: str, least: int, most: int, otherwise: int) -> int:
    """An attribute that is a whole number between `least` and `most`."""
    value = element.attrib.get(name)
    if value is None:
        return otherwise
    if not value.isdecimal() or not least <= int(value) <= most:
        between = f"a whole number from {least} to {most}"
        raise Wrong(element, f"'{name}' of <{element.tag}> is {between}, not '{value}'.")
    return int(value)


def address(element: Element, name: str) -> str:
    """An attribute that is a whole web or mail address; a relative one leads nowhere from inside a chat."""
    value = needed(element, name)
    if not _ADDRESS.fullmatch(value):
        start = "starts with https://, http:// or mailto:"
        raise Wrong(element, f"'{name}' of <{element.tag}> {start} and holds no blank, not '{value}'.")
    return value


def unexpected(element: Element, tag: str, within: Element) -> Wrong:
    """The error for an element that stands where only `tag` may."""
    return Wrong(element, f"<{within.tag}> takes <{tag}>, not <{element.tag}>.")


def holder(element: Element) -> Element:
    """An element that holds other elements and no words of its own."""
    if element.text and not element.text.isspace():
        raise Wrong(element, f"<{element.tag}> holds no words of its own, only elements.")
    for child in element:
        if child.tail and not child.tail.isspace():
            raise Wrong(child, f"Words stand after <{child.tag}> where <{element.tag}> takes only elements.")
    return element


def empty(element: Element) -> Element:
    """An element that says all in its attributes."""
    if len(element) or (element.text and not element.text.isspace()):
        raise Wrong(element, f"<{element.tag}> holds nothing: it says all in its attributes.")
    return element


def words_of(element: Element) -> str:
    """The words of an element that takes no mark within."""
    if len(element):
        raise Wrong(element[0], f"<{element.tag}> takes words alone, no <{element[0].tag}> within.")
    return squeeze(element.text)


def spans_of(element: Element) -> Spans:
    """The line that an element holds: words and marks, blanks squeezed; empty where it holds nothing."""
    if not len(element):
        words = squeeze(element.text)
        return (Plain(words),) if words else ()
    line: list[Span] = []
    _add(line, Plain, element.text)
    for child in element:
        read = _MARKS.get(child.tag)
        if read is None:
            known = ", ".join(f"<{tag}>" for tag in _MARKS)
            raise Wrong(child, f"<{element.tag}> takes words and {known}, not <{child.tag}>.")
        read(line, child)
        _add(line, Plain, child.tail)
    _trim(line, " \n")
    return tuple(line)


def _add(line: list[Span], kind: Callable[[str], Plain | Bold | Italic | Link], text: str | None) -> None:
    """Put words at the end of the line, with no blank where it starts or where one stands already."""
    if not text:
        return
    words = _BLANKS.sub(" ", text) if "  " in text or not text.isprintable() else text
    last = line[-1] if line else None
    if words[0] == " " and (last is None or (isinstance(last, WORDED) and last.text[-1] in " \n")):
        words = words[1:]
    if not words:
        return
    if kind is Plain and type(last) is Plain:
        line[-1] = Plain(last.text + words)
    else:
        line.append(kind(words))


def _trim(line: list[Span], what: str) -> None:
    while line:
        last = line[-1]
        if not isinstance(last, WORDED) or last.text[-1] not in what:
            return
        words = last.text.rstrip(what)
        if words:
            line[-1] = replace(last, text=words)
            return
        line.pop()


def _bold(line: list[Span], element: Element) -> None:
    bare(element)
    _add(line, Bold, _unnested(element))


def _italic(line: list[Span], element: Element) -> None:
    bare(element)
    _add(line, Italic, _unnested(element))


def _link(line: list[Span], element: Element) -> None:
    attributes(element, _LINK)
    href = address(element, "href")
    _add(line, lambda words: Link(words, href), _unnested(element))


def _person(line: list[Span], element: Element) -> None:
    attributes(element, _PERSON)
    empty(element)
    line.append(PersonSpan(needed(element, "id"), needed(element, "name")))


def _time(line: list[Span], element: Element) -> None:
    attributes(element, _TIME)
    empty(element)
    zone = needed(element, "zone")
    if not _is_zone(zone):
        raise Wrong(element, f"'zone' of <time> is an IANA name such as Europe/Dublin, not '{zone}'.")
    style = one_of(element, "style", TimeStyle, TimeStyle.MOMENT)
    line.append(TimeSpan(_moment(element), zone, style))


def _moment(element: Element) -> datetime:
    value = needed(element, "at")
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise Wrong(element, f"'at' of <time> is a moment such as 2026-03-12T14:00:00Z, not '{value}'.")
    return at.astimezone(UTC)


def _ref(line: list[Span], element: Element) -> None:
    bare(element)
    words = squeeze(_unnested(element))
    if words:
        line.append(RefSpan(words))


def _say(line: list[Span], element: Element) -> None:
    bare(element)
    words = squeeze(_unnested(element))
    if words:
        line.append(Sentence(words))


def _break(line: list[Span], element: Element) -> None:
    bare(element)
    empty(element)
    _trim(line, " ")
    if line:
        last = line[-1]
        if isinstance(last, Plain):
            line[-1] = Plain(last.text + "\n")
        else:
            line.append(Plain("\n"))


def _unnested(element: Element) -> str | None:
    if len(element):
        raise Wrong(element[0], f"<{element[0].tag}> stands within <{element.tag}>: marks do not nest.")
    return element.text


@lru_cache(maxsize=1024)
def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        return False
    return True


_LINK = frozenset({"href"})
_PERSON = frozenset({"id", "name"})
_TIME = frozenset({"at", "zone", "style"})
_MARKS: dict[str, Callable[[list[Span], Element], None]] = {
    "b": _bold,
    "i": _italic,
    "a": _link,
    "person": _person,
    "time": _time,
    "ref": _ref,
    "say": _say,
    "br": _break,
}

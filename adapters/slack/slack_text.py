"""What Slack's escaped text says: mentions are people, links their words, entities the characters themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.api import MENTION

_TOKEN = re.compile(r"<([^<>]*)>|&(lt|gt|amp);")
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&"}
_PERSON = re.compile(r"@([UW][A-Z0-9]+)")
_OFF = re.compile(r"\s*\[off\]", re.IGNORECASE)
_REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A Slack user id, and the name that Slack wrote beside it, if any."""

    user: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """A text as a person reads it, with MENTION for each of `people`, in order."""

    text: str
    people: tuple[Mentioned, ...] = ()


def read(escaped: str, bot: str = "") -> Words:
    """Undo Slack's escapes; the `bot` itself is no person, so mentions of it become its name."""
    people: list[Mentioned] = []
    pieces: list[str] = []
    at = 0
    for token in _TOKEN.finditer(escaped):
        pieces.append(_apart(escaped[at : token.start()]))
        at = token.end()
        pieces.append(_ENTITIES[token[2]] if token[2] else _token(token[1], people, bot))
    pieces.append(_apart(escaped[at:]))
    return Words("".join(pieces), tuple(people))


def called(escaped: str, bot: str) -> str | None:
    """What is said to `bot`: all that follows its first mention, or else what stands before; None if uncalled."""
    call = re.search(rf"<@{re.escape(bot)}(?:\|[^<>]*)?>", escaped)
    if call is None:
        return None
    after = escaped[call.end() :].lstrip(" \t\n\r\xa0:,").rstrip()
    return after or escaped[: call.start()].strip()


def is_off(escaped: str) -> bool:
    """Whether the line begins with `[off]` and is to be left alone."""
    return _OFF.match(escaped) is not None


def _token(inside: str, people: list[Mentioned], bot: str) -> str:
    what, _, label = inside.partition("|")
    label = _apart(_unescaped(label))
    if person := _PERSON.fullmatch(what):
        if person[1] == bot:
            return f"@{label or 'Tandem'}"
        people.append(Mentioned(person[1], label or None))
        return MENTION
    if what.startswith("#"):
        return f"#{label or what[1:]}"
    if what.startswith("!"):
        return label or "@" + what[1:].partition("^")[0]
    return label or _apart(_unescaped(what))


def _unescaped(text: str) -> str:
    return re.sub(r"&(lt|gt|amp);", lambda entity: _ENTITIES[entity[1]], text)


def _apart(text: str) -> str:
    """The text without the character that stands for mentions, so that nobody can type one."""
    return text.replace(MENTION, _REPLACEMENT)

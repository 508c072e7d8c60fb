"""Who is meant: mentions, and members' names typed after an @, become people that a message can name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from core.kernel.ids import Account, PersonId
from core.kernel.turn import MENTION
from core.speech.hearing import Hearing

_SIGN = re.compile(rf"{MENTION}|(?<![^\s(,;:])@(?=\w)")
_GROUP = re.compile(rf"{MENTION}(?:\s*(?:,\s*and\b|,\s*und\b|[,&+/;]|\band\b|\bund\b|\bet\b)?\s*{MENTION})*")
_LEADS_IN = re.compile(r"(?:^|\s)(?:owners?|assigned to|responsible):?\s*$", re.IGNORECASE)
_LEADING = frozenset({"owner", "owners", "to", "responsible"})
_LEADS_OFF = re.compile(r"\s*(?:[:,–—-]\s*)?(?:(?:to|please|pls|bitte|zu)\b)?(?:[ ]+please\b)?", re.IGNORECASE)
_PREPOSITIONS = frozenset(
    (
        *("with", "to", "for", "from", "of", "by", "via", "at", "on", "and", "than", "under", "per"),
        *("mit", "von", "für", "an", "bei", "zu", "und", "avec", "pour", "de", "chez", "par", "et"),
    )
)


class Who(NamedTuple):
    """Someone mentioned: the account where it was a mention, the member where it is one.

    `namesakes` are the members who bear a name that was typed, where more than one does.
    """

    name: str
    account: Account | None
    person: PersonId | None
    namesakes: tuple[PersonId, ...] = ()


def whos(mentions: Sequence[Account], hearing: Hearing) -> list[Who]:
    """The people behind mentions, in order."""
    return [Who(account.name, account, hearing.member_of.get(account.identity)) for account in mentions]


def typed_names(text: str, people: list[Who], hearing: Hearing) -> tuple[str, list[Who]]:
    """The text with a mention for each whole name typed after an @ that a member bears."""
    if "@" not in text:
        return text, people
    known, spoken = _bearers(tuple(hearing.names.items())), iter(people)
    pieces: list[str] = []
    found: list[Who] = []
    at = 0
    for sign in _SIGN.finditer(text):
        if sign[0] == MENTION:
            found.append(next(spoken))
        elif name := _name_at(text, sign.end(), known):
            pieces += [text[at : sign.start()], MENTION]
            found.append(_chosen(known[name], hearing))
            at = sign.end() + len(name)
    return "".join([*pieces, text[at:]]), found


def _chosen(who: Who, hearing: Hearing) -> Who:
    """Of namesakes the one whom the speaker has chosen, once they did."""
    meant = [person for person in who.namesakes if person in hearing.chosen]
    return Who(who.name, None, meant[0]) if len(meant) == 1 else who


@lru_cache(maxsize=64)
def _bearers(names: tuple[tuple[PersonId, str], ...]) -> dict[str, Who]:
    """Small-letter name to member, the longest first; and ids, as buttons name people."""
    borne: dict[str, list[PersonId]] = {}
    for person, name in names:
        borne.setdefault(name.lower(), []).append(person)
    by_length = sorted(names, key=lambda item: len(item[1]), reverse=True)
    by_id = {person.lower(): Who(name, None, person) for person, name in by_length}
    return by_id | {
        name.lower(): Who(name, None, person) if len(namesakes) == 1 else Who(name, None, None, tuple(namesakes))
        for person, name in by_length
        # A small letter of another length would shift every place behind it.
        if len(name.lower()) == len(name) and (namesakes := borne[name.lower()])
    }


def _name_at(text: str, at: int, known: dict[str, Who]) -> str | None:
    for name in known:
        end = at + len(name)
        if text[at:end].lower() == name and not text[end : end + 1].isalnum():
            return name
    return None


class Group(NamedTuple):
    """Mentions that stand together, as in `@ben and @luis`: their places, and all that goes with them.

    `start` and `end` take in what only leads in or off, as `owner:` before and `to` behind; `leans` says that
    a preposition before them needs them, as in `send the reply to @ben`.
    """

    places: tuple[int, ...]
    start: int
    end: int
    leans: bool


def groups(view: str) -> list[Group]:
    """The groups of mentions in a text whose other parts are masked."""
    return [_group(view, found.start(), found.end()) for found in _GROUP.finditer(view)]


def _group(view: str, start: int, end: int) -> Group:
    places = (start,) if end - start == 1 else tuple(at for at in range(start, end) if view[at] == MENTION)
    nearby = view[max(0, start - 24) : start]
    word = nearby.rstrip().lower().rpartition(" ")[2]
    leans = word in _PREPOSITIONS
    if word.rstrip(":") in _LEADING and (lead := _LEADS_IN.search(nearby)):
        start, leans = start - len(nearby) + lead.start(), False
    elif leans and nearby.strip().lower() == word and start < 24:
        start, leans = 0, False
    if not view[:start].strip() and (off := _LEADS_OFF.match(view, end)):
        end = off.end()
    return Group(places, start, end, leans)

"""People who are named together, and who is meant after somebody corrects themselves."""

from __future__ import annotations

from core.rules.reading.parts import Part, Who
from core.rules.reading.words import word_set

PEOPLE = "PMIm"
"""The signs of those who may be named together."""

_CORRECTING = word_set(
    """no sorry mean meant rather actually scratch correction wait oops nein nee quatsch meine meinte vielmehr
    korrektur entschuldigung"""
)
_BETWEEN = _CORRECTING | word_set(
    "i or to say ich ach that make it not um uh äh doch , - – — ( : . ... … pardon my mistake better besser"
)
_MOST_BETWEEN = 8
_RECEIVING = word_set("to from with for an von mit für bei of")


def grouped(parts: list[Part]) -> list[Part]:
    """The parts with one for people who are named together: `Yuki & Hùng`, `Jürgen und ich`, `Siobhán, no, Aoife`."""
    found: list[Part] = []
    place = 0
    while place < len(parts):
        part, place = _group(parts, place) if parts[place].code in PEOPLE else (parts[place], place)
        found.append(part)
        place += 1
    return found


def _group(parts: list[Part], place: int) -> tuple[Part, int]:
    """The people named together from a place on, as one part, and where the last of them stands."""
    first, last = parts[place], _last(parts, place)
    people = [part for part in parts[place : last + 1] if part.code in PEOPLE]
    if (corrected := _corrected(parts, last)) is not None:
        return parts[corrected]._replace(start=first.start), corrected
    if len(people) == 1:
        return first, place
    ids = tuple(dict.fromkeys(person for one in people for person in one.value.people))
    who = Who(ids, any(one.value.ask for one in people), all(one.value.mentioned for one in people))
    return Part("M" if who.mentioned else "P", first.start, parts[last].end, who, first.low), last


def _last(parts: list[Part], place: int) -> int:
    """Where the last of the people named together stands."""
    last = place
    while last + 1 < len(parts):
        if parts[last].code == "M" and parts[last + 1].code == "M":
            last += 1
        elif last + 2 < len(parts) and _joined(parts, place, last):
            last += 2
        else:
            break
    return last


def _joined(parts: list[Part], place: int, last: int) -> bool:
    link, following = parts[last + 1], last + 2
    if link.code not in "k,/" or parts[following].code not in PEOPLE:
        return False
    if link.code == "," and not _listed_on(parts, following):
        return False
    return not _begins_anew(parts, place, following)


def _listed_on(parts: list[Part], at: int) -> bool:
    """Whether a list of people that goes on after a comma ends in `and`."""
    while at + 2 < len(parts) and parts[at + 1].code == ",":
        if parts[at + 2].code not in PEOPLE:
            return False
        at += 2
    return at + 2 < len(parts) and parts[at + 1].code == "k" and parts[at + 2].code in PEOPLE


def _begins_anew(parts: list[Part], place: int, at: int) -> bool:
    """Whether the person after `and` begins a task of their own, as in `send it to Marta and Luís to check it`."""
    if not place or parts[place - 1].low not in _RECEIVING:
        return False
    return at + 1 < len(parts) and parts[at + 1].code in "towp:c"


def _corrected(parts: list[Part], last: int) -> int | None:
    """Where it stands who is meant after all: `Siobhán, no, Aoife`, `Marta — sorry, I meant Björn —`."""
    strong = False
    for at in range(last + 1, min(last + 2 + _MOST_BETWEEN, len(parts))):
        part = parts[at]
        if part.code in "PM":
            return at if strong else None
        said = set((part.value if isinstance(part.value, str) else part.low).lower().split())
        if not said <= _BETWEEN:
            return None
        strong = strong or bool(said & _CORRECTING)
    return None

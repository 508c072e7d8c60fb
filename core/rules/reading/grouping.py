"""People who are named together, and who is meant after somebody corrects themselves."""

from __future__ import annotations

from collections.abc import Sequence

from core.rules.reading.outsiders import BEGINS, outsider
from core.rules.reading.parts import Part, Who
from core.rules.reading.things import GERMAN_ARTICLES
from core.rules.reading.words import word_set

PEOPLE = "PMIm"
"""The signs of those who may be named together."""

_CORRECTING = word_set(
    """no sorry mean meant rather actually scratch correction wait oops nein nee quatsch meine meinte vielmehr
    korrektur entschuldigung er erm äh ähm hmm bzw"""
)
_BETWEEN = _CORRECTING | word_set(
    """i or to say ich ach that make it not um uh äh doch please bitte , - – — ( : . ... … pardon my mistake better
    besser"""
)
_REPLACING = _CORRECTING | {"make"}
"""What puts a day right: `make that Monday` as well."""
MOST_BETWEEN = 8
"""Parts of what stands between somebody or some day and whoever or whichever is meant after all."""
_MOST_LISTED = 12
_RECEIVING = word_set("to from with for an von mit für bei of")


def grouped(parts: list[Part]) -> list[Part]:
    """The parts with one for people who are named together: `Yuki & Hùng`, `Jürgen und ich`, `Siobhán, no, Aoife`."""
    found: list[Part] = []
    place = 0
    while place < len(parts):
        part = parts[place]
        if part.code in PEOPLE:
            part, place = _group(parts, place)
        elif part.low in _BEFORE_NAMES and _is_articled(parts, place):
            part, place = _group(parts, place + 1)
        elif (
            part.code in "GUNCX"
            and (not place or parts[place - 1].code in BEGINS)
            and (found_outside := outsider(parts, place)) is not None
        ):
            while place + 1 < len(parts) and parts[place + 1].start < found_outside.end:
                place += 1
            part = found_outside
        elif part.low in _INSTEAD and (end := _instead(parts, place)) is not None:
            part, place = part._replace(code="l", end=parts[end].end), end
        elif part.code in "ES":
            part, place = _all_but(parts, place)
        elif part.code == "W" and len(following := parts[place + 1 : place + 3]) == 2 and following[1].code == "C":
            if following[0].low in (*_AT, "in"):
                part, place = part._replace(end=following[1].end), place + 2
        elif part.low in _HAD and part.code == "i" and not _GLADLY.isdisjoint(_lows(parts, place)):
            part = part._replace(code="L")
        elif part.low == "does" and part.code == "A" and found and found[-1].code in "PMUC":
            part = part._replace(code="f", value="do")
        found.append(part)
        place += 1
    return found


_BEFORE_NAMES = word_set("der die")
_BEGINNING = frozenset("lkcow")


def _is_articled(parts: list[Part], place: int) -> bool:
    """Whether an article stands before a name, as people of the south say it: `der Luís schickt …`."""
    begins = not place or parts[place - 1].code in _BEGINNING
    return begins and place + 1 < len(parts) and parts[place + 1].code == "P" and not parts[place + 1].value.titled


_INSTEAD = word_set("instead statt anstatt anstelle")


def _instead(parts: list[Part], place: int) -> int | None:
    """Where it ends who is not meant, before whoever is: `instead of me Björn will …`."""
    at = place + 1
    at += at < len(parts) and parts[at].low in ("of", "von")
    named = at + 1 < len(parts) and parts[at].code in PEOPLE and parts[at + 1].code in PEOPLE + ","
    return at if named else None


def _group(parts: list[Part], place: int) -> tuple[Part, int]:
    """The people named together from a place on, as one part, and where the last of them stands."""
    first, last = parts[place], _last(parts, place)
    people = [part for part in parts[place : last + 1] if part.code in PEOPLE]
    following = parts[last + 1] if last + 1 < len(parts) else None
    if last == place and following is not None and following.code == "P" and _is_role(first, following):
        return following._replace(start=first.start), last + 1
    if (corrected := _corrected(parts, last)) is not None:
        end = corrected + (parts[corrected + 1 : corrected + 2] != [] and parts[corrected + 1].code == ")")
        return parts[corrected]._replace(start=first.start, end=parts[end].end), end
    last = _past_company(parts, _past_others(parts, last))
    if (beside := _together_with(parts, last)) is not None:
        people, last = [*people, parts[beside]], beside
        last += parts[last + 1 : last + 2] != [] and parts[last + 1].code == ","
    if len(people) == 1:
        return first._replace(end=parts[last].end) if last > place else first, last
    if any(part.code == "r" for part in parts[place:last]):
        return Part("P", first.start, parts[last].end, Who((), True), first.low), last
    ids = tuple(dict.fromkeys(person for one in people for person in one.value.people))
    who = Who(ids, any(one.value.ask for one in people), all(one.value.mentioned for one in people))
    return Part("M" if who.mentioned else "P", first.start, parts[last].end, who, first.low), last


_TOGETHER = word_set("together jointly along zusammen gemeinsam")


def _together_with(parts: list[Part], last: int) -> int | None:
    """Where it stands with whom somebody is to do it: `Priya, together with Jürgen, to …`."""
    at = last + 1
    at += at < len(parts) and parts[at].code == ","
    if at + 2 >= len(parts) or parts[at].low not in _TOGETHER:
        return None
    return at + 2 if parts[at + 1].low in ("with", "mit") and parts[at + 2].code in PEOPLE else None


_FROM = word_set("of von")
_RATHER = word_set("not nicht instead of statt anstatt than rather anstelle von")


def _past_others(parts: list[Part], last: int) -> int:
    """Past whoever is said not to be meant: `Luís (not Hùng)`, `Luís instead of Hùng`."""
    at = last + 1
    bracket = at < len(parts) and parts[at].code in "(,"
    at += bracket
    begin = at
    while at < len(parts) and parts[at].low in _RATHER:
        at += 1
    said = {part.low for part in parts[begin:at]}
    if said <= _FROM or at >= len(parts) or parts[at].code not in "PM":
        return last
    closed = bracket and at + 1 < len(parts) and parts[at + 1].code in "),"
    return at + closed


_HAD = word_set("hätte hätten")
_GLADLY = word_set("gern gerne")


def _lows(parts: list[Part], place: int) -> list[str]:
    """The words right behind a place."""
    return [part.low for part in parts[place + 1 : place + MOST_BETWEEN]]


_ALL = word_set("all alle each")
_WORKERS = word_set(
    """operators attendees participants members leads heads owners reviewers authors colleagues of but except the
    mitarbeiter kollegen kolleginnen teilnehmer beteiligten bediener verantwortlichen außer bis von drei zwei drop"""
)
"""What behind `all` still means people: `all operators`, `alle Kollegen`."""
_CROWDS = word_set("guys folks team")
"""Words for everybody that, behind a word for some, mean those alone: `the engineering guys`."""
_AT = word_set("from at of von bei")
_ALL_BUT = word_set("but except excluding außer ohne bis")


def _past_company(parts: list[Part], last: int) -> int:
    """Past the company or function of whoever is named: `Hùng (QC)`, `Luís from Tarnbrook`."""
    rest = [part.code for part in parts[last + 1 : last + 6]]
    if rest[:1] == ["("] and ")" in rest:
        end = last + 1 + rest.index(")")
        inside = parts[last + 2 : end]
        return end if inside and all(part.code in "CNGPl0" for part in inside) else last
    if len(rest) > 1 and rest[1] == "C" and parts[last + 1].low in _AT:
        return last + 2
    return last


def _all_but(parts: list[Part], place: int) -> tuple[Part, int]:
    """Everybody, and somebody from somewhere, as one part: `all but Luís`, `someone from QC`; the exception is
    asked about."""
    part = parts[place]
    following = parts[place + 1 : place + 3]
    counted = following and following[0].code in ("NGf" if part.low == "all" else "NG")
    if part.low in _ALL and counted and following[0].low not in _WORKERS | GERMAN_ARTICLES:
        return part._replace(code="N", value=None), place
    if part.low in _CROWDS and place and parts[place - 1].code in "CNG":
        return part._replace(code="N", value=None), place
    if len(following) == 2 and part.code == "E" and following[0].low in _ALL_BUT and following[1].code in PEOPLE:
        who = Who(part.value.people, True)
        return part._replace(end=following[1].end, value=who), place + 2
    if len(following) == 2 and part.code == "S" and following[0].low in _AT:
        end = place + 2
        while end < min(place + 5, len(parts)) and parts[end].code in "CNGPX":
            end += 1
        return part._replace(end=parts[end - 1].end), end - 1
    return part, place


def correction(parts: list[Part]) -> tuple[Who, int] | None:
    """Who is meant after all where a sentence ends in it, and where that begins: `… – sorry, I mean Luís`."""
    at = len(parts) - 1
    while at > 0 and parts[at].code in ".*)":
        at -= 1
    if at < 1 or parts[at].code not in "PM":
        return None
    who, strong = parts[at].value, False
    at -= 1
    while at >= 0:
        said = _said(parts[at])
        if not said <= _BETWEEN:
            break
        strong = strong or bool(said & _CORRECTING)
        at -= 1
    return (who, at + 1) if strong else None


def corrects(parts: Sequence[Part]) -> bool:
    """Whether some parts say that what stands before them is put right by what follows: `sorry, make that`."""
    strong = False
    for part in parts:
        said = _said(part)
        if not said <= _BETWEEN:
            return False
        strong = strong or bool(said & _REPLACING)
    return strong


def _said(part: Part) -> set[str]:
    """The words of a part."""
    return set((part.value if isinstance(part.value, str) else part.low).lower().split())


def _is_role(first: Part, following: Part) -> bool:
    """Whether the one is the role of the other: `QA head Jürgen`."""
    return first.code == "P" and set(following.value.people) <= set(first.value.people) and first.low != following.low


def _last(parts: list[Part], place: int) -> int:
    """Where the last of the people named together stands."""
    last = place
    while last + 1 < len(parts):
        if parts[last].code == "M" and parts[last + 1].code == "M":
            last += 1
        elif last + 2 < len(parts) and _joined(parts, place, last):
            last += 2
        elif _joined_last(parts, place, last):
            last += 3
        else:
            break
    return last


def _joined_last(parts: list[Part], place: int, last: int) -> bool:
    """Whether the last of a list follows after a comma and an `and`: `Jürgen, Hùng, and Björn`."""
    if "".join(part.code for part in parts[last + 1 : last + 3]) != ",k" or last + 3 >= len(parts):
        return False
    asked = place > 1 and parts[place - 1].code == "," and parts[place - 2].code == "a"
    return parts[last + 3].code in PEOPLE and (last > place or asked)


def _joined(parts: list[Part], place: int, last: int) -> bool:
    link, following = parts[last + 1], last + 2
    if link.low in ("with", "mit") and parts[following].code in PEOPLE:
        return not place and following + 1 < len(parts) and parts[following + 1].code in ":tow"
    if link.code not in "k,/r" or parts[following].code not in PEOPLE:
        return False
    if link.code == "," and not _listed_on(parts, following):
        return False
    return not _begins_anew(parts, place, following)


def _listed_on(parts: list[Part], at: int) -> bool:
    """Whether a list of people that goes on after a comma ends in `and`, or in a colon."""
    furthest = min(len(parts), at + 2 * _MOST_LISTED)
    while at + 2 < furthest and parts[at + 1].code == ",":
        if parts[at + 2].code not in PEOPLE:
            return parts[at + 2].code == "k" and at + 3 < len(parts) and parts[at + 3].code in PEOPLE
        at += 2
    if at + 1 < len(parts) and parts[at + 1].code in ":-":
        return True
    if at + 2 < len(parts) and parts[at + 1].code == "," and parts[at + 2].code in "pa":
        return True
    return at + 2 < len(parts) and parts[at + 1].code == "k" and parts[at + 2].code in PEOPLE


def _begins_anew(parts: list[Part], place: int, at: int) -> bool:
    """Whether the person after `and` begins a task of their own, as in `send it to Marta and Luís to check it`."""
    if not place or parts[place - 1].low not in _RECEIVING:
        return False
    return at + 1 < len(parts) and parts[at + 1].code in "towp:c"


def _corrected(parts: list[Part], last: int) -> int | None:
    """Where it stands who is meant after all: `Siobhán, no, Aoife`, `Marta — sorry, I meant Björn —`."""
    strong = False
    for at in range(last + 1, min(last + 2 + MOST_BETWEEN, len(parts))):
        part = parts[at]
        if part.code in "PM":
            return at if strong else None
        said = _said(part)
        if not said <= _BETWEEN:
            return None
        strong = strong or bool(said & _CORRECTING)
    return None

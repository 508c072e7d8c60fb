"""Requests that are put to several: to all of them, `Jürgen, could you and Hùng …`, or to one, `can one of you …`."""

from __future__ import annotations

from core.rules.reading.parts import Part
from core.rules.reading.words import word_set

_CAN = word_set("can could would will cld wld kannst könntest könnt könntet würdest")
_ONE = word_set("one any either einer eine")
_ASKING = frozenset("Ma")


def asked_together(parts: list[Part]) -> list[Part]:
    """The parts with all who are asked as one part; which one of them is meant, is asked about."""
    if _ASKING.isdisjoint(part.code for part in parts):
        return parts
    found: list[Part] = []
    place = 0
    while place < len(parts):
        part = parts[place]
        if part.code == "M" and (one := _one_of_them(parts, place)) is not None:
            found.append(part._replace(value=part.value._replace(ask=True)))
            if parts[one - 1].code in "cw":
                found.append(parts[one - 1]._replace(code="a", end=parts[one].end))
            place = one
        elif _is_beside(found, parts, place):
            _join(found, parts[place + 1])
            place += 1
        else:
            found.append(part)
        place += 1
    return found


def _one_of_them(parts: list[Part], place: int) -> int | None:
    """Where it is said that one is meant of those who are mentioned at a place: `@Luís @Marta, one of you please …`."""
    at = place + 1
    at += at < len(parts) and parts[at].code == ","
    at += at < len(parts) and parts[at].code in "cw"
    return at if at < len(parts) and parts[at].code == "S" and parts[at].low in _ONE else None


def _is_beside(found: list[Part], parts: list[Part], place: int) -> bool:
    """Whether somebody is asked beside `you`: `can you and Hùng`, `Jürgen, can you, Hùng and Björn review …`."""
    if parts[place].code not in "k," or not found or found[-1].code != "a" or found[-1].low not in _CAN:
        return False
    following = parts[place + 1 : place + 3]
    if not following or following[0].code not in "PM":
        return False
    if parts[place].code == "k":
        return True
    listed = len(following[0].value.people) > 1 and len(following) > 1 and following[1].code not in ",:?"
    return listed and _called(found) is not None


def _called(found: list[Part]) -> int | None:
    """Where whoever is called stands, right before what asks at the end of some parts."""
    at = len(found) - 2
    at -= at > 0 and found[at].code == ","
    return at if at >= 0 and found[at].code in "PM" else None


def _join(found: list[Part], beside: Part) -> None:
    """Put somebody to whoever is called; where nobody is, whom `you` means has to be asked."""
    ask, called = found[-1], _called(found)
    found[-1] = ask._replace(end=beside.end)
    if called is None:
        who = beside.value._replace(ask=True)
        found.insert(-1, beside._replace(start=ask.start, end=ask.start, value=who))
        return
    first = found[called].value
    ids = tuple(dict.fromkeys((*first.people, *beside.value.people)))
    found[called] = found[called]._replace(value=first._replace(people=ids, ask=first.ask or beside.value.ask))

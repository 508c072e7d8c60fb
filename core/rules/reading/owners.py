"""Whose a task is, where that stands behind it, and what has to be asked about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from core.rules.due_phrases import DueReading
from core.rules.reading.parts import Part, Who
from core.rules.reading.shapes import Confirm
from core.rules.reading.words import word_set

_CALLED = re.compile(r"(?:^|[,\-(>.!]|(?<=[dDp]))l?(?P<owner>[PMEU])[,\-)]?[dD]?[.?*jlp)\-,$]*$")
_PLACED = re.compile(r"[\-(>:/|](?P<owner>[PMCEUm]),?[)]?[|]?[,\-/]?[dD]?[)]?[.*jlp)$]*$")
_HOLDING = re.compile(r"(?P<owner>[PMCEm])(?:t[vK])?[,)]?[dD]?[.*jlp)$]*$")
_BEGUN = re.compile(r"[lku,\-]*(?P<owner>[PM]),")
HOLDERS = word_set(
    """owner owners owned resp responsible assigned assignee accountable lead verantwortlich zustaendig verantw poc
    pic verantwortliche verantwortlicher"""
)


class Behind(NamedTuple):
    """An owner behind a task, and the stretch of text that says so."""

    who: Who
    stretch: tuple[int, int]
    place: int


def called(parts: Sequence[Part]) -> Behind | None:
    """Whoever is addressed at the end or in the middle of a request: `…, Hùng`, `… @Priya`."""
    row = "".join(part.code for part in parts)
    found = _CALLED.search(row)
    if found is None:
        mentioned = [place for place, part in enumerate(parts) if part.code == "M"]
        if len(mentioned) != 1 or (mentioned[0] and parts[mentioned[0] - 1].low in _OBJECTS):
            return None
        place = mentioned[0]
    else:
        place = found.start("owner")
        if parts[place].code != "M" and place and parts[place - 1].code in "dDp" and found[0][0] not in ",-(":
            return None
    if parts[place].code == "U" and not parts[place].value.mentioned:
        return None
    return Behind(parts[place].value, (parts[place].start, parts[place].end), place)


def asked_last(parts: Sequence[Part]) -> Behind | None:
    """Whoever a question ends with, after no comma: `can you dig out the old spec Hùng?`"""
    row = "".join(part.code for part in parts)
    found = _ASKED_LAST.search(row)
    if found is None:
        return None
    place = found.start("owner")
    before = parts[place - 1]
    if before.code not in "dD" and before.low in _OBJECTS | _ABOUT:
        return None
    return Behind(parts[place].value, (parts[place].start, parts[place].end), place)


_ASKED_LAST = re.compile(r"[NG0dDy](?P<owner>[PM])[?.*jlp]*$")
_ABOUT = word_set(
    """about regarding like than before after against behind over under around near is are was as into onto without
    über wegen gegen für bei nach vor seit als wie ask tell remind the der die den dem"""
)


def begun_with(parts: Sequence[Part]) -> Behind | None:
    """Whoever a sentence begins with: `Priya, the redlines are there, please comment`."""
    row = "".join(part.code for part in parts)
    found = _BEGUN.match(row)
    if found is None:
        return None
    place = found.start("owner")
    return Behind(parts[place].value, (parts[place].start, parts[place].end), place)


_OBJECTS = word_set("to from with for of by an von mit fuer bei und and via through per ask cc")


def placed(parts: Sequence[Part]) -> Behind | None:
    """Whose a task is that has its owner behind a dash, an arrow, in brackets, or after `owner`."""
    row = "".join(part.code for part in parts)
    if found := _PLACED.search(row):
        place = found.start("owner")
        if parts[place].code != "U" or parts[place].value.mentioned:
            return Behind(parts[place].value, (parts[place].start, parts[place].end), place)
    if found := _HOLDING.search(row):
        place = found.start("owner")
        before = place - 1
        while before >= 0 and parts[before].low in (":", "is", "by", "to", "ist", "="):
            before -= 1
        if before >= 0 and parts[before].low in HOLDERS:
            return Behind(parts[place].value, (parts[before].start, parts[place].end), before)
        if row[place + 1 : place + 2] == "t" and before >= 0 and parts[before].code in ",-;":
            return Behind(parts[place].value, (parts[place].start, parts[place + 2].end), before)
    return None


def taken_on(parts: Sequence[Part], speaker: Who) -> Behind | None:
    """The speaker, where a task ends in saying that it is theirs: `…, mach ich bis Freitag`."""
    found = _TAKEN_ON.search("".join(part.code for part in parts))
    if found is None or parts[found.start() + 1].low not in _TAKES:
        return None
    comma, who = parts[found.start()], parts[found.start() + 2]
    return Behind(speaker, (comma.start, who.end), found.start())


_TAKEN_ON = re.compile(r"[,\-][fzK]I[dD]?[.*jlp]*$")
_TAKES = word_set("mach mache uebernehme übernehme erledige klaere kläre besorge")


def confirming(people: tuple[str, ...], owner: Who | None, due: DueReading | None) -> tuple[Confirm, ...]:
    """What has to be settled of an action."""
    asks: list[Confirm] = []
    if not people or (owner is not None and owner.ask):
        asks.append(Confirm.OWNER)
    if due is None or due.ask:
        asks.append(Confirm.DUE)
    return tuple(asks)

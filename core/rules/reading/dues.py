"""The due date of one task: what its words say by when, and which days in it are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from core.rules.due_phrases import DueReading, due_reading, find_due, strongest
from core.rules.errors import Unreadable
from core.rules.reading.parts import DaySaid, Part
from core.rules.reading.words import word_set
from core.rules.setting import PAST, Setting
from core.rules.vocabulary import MONTHS

EVENTS = word_set(
    """meeting call audit visit review session workshop training shift trip inspection visits arrives arrive starts
    start begins ends leave holiday since last dated datiert termin besuch sitzung besprechung"""
)
"""Words right before a day that make the day theirs: `the meeting on Friday`."""
_PREPOSITIONS = frozenset(["", "on", "at", "am", "um", "in", "im", "zum", "to", "by", "for"])
_NEAR = 12
"""Parts before a day in which a `why` makes it a day of what is told."""
_TO_MEETING = frozenset(["to", "for", "at", "zum"])


class Due(NamedTuple):
    """A due date as read, None where none is said, and the stretches of text that say it."""

    reading: DueReading | None
    stretches: list[tuple[int, int]]
    shared: bool = False
    """It holds for the tasks before it too: `both by Wednesday`."""


def due_in(parts: Sequence[Part], setting: Setting) -> Due:
    """The due date that some parts name: by a due phrase, else by a day that belongs to nothing else."""
    places = [place for place, part in enumerate(parts) if part.code == "d"]
    if best := strongest(parts[place].value for place in places):
        same = [parts[place].value for place in places if _same(parts[place].value.reading, best.reading)]
        if _is_doubtful(parts, best.reading):
            best = replace(best, reading=replace(best.reading, ask=True))
        shared = bool(places) and places[-1] > 0 and parts[places[-1] - 1].low in _SHARING
        stretches = [(phrase.start, phrase.end) for phrase in same]
        if shared:
            stretches.append((parts[places[-1] - 1].start, parts[places[-1] - 1].end))
        return Due(best.reading, stretches, shared)
    days = [place for place in range(len(parts)) if parts[place].code == "D" and _may_be_due(parts, place)]
    if not days:
        return Due(None, [])
    last = parts[days[-1]]
    several = len({parts[place].value.when.days.day for place in days}) > 1
    read = due_reading(last.value.when, setting)
    return Due(replace(read, ask=True) if several else read, [(last.start, last.end)])


_SHARING = word_set("both all beide beides alle jeweils each alles")


def _is_doubtful(parts: Sequence[Part], due: DueReading) -> bool:
    """Whether another day is said right behind the due date: `by Friday or Monday`, `by Friday (20/03)`."""
    for place, part in enumerate(parts):
        if part.code == "d" and part.value.reading.day == due.day:
            for at in range(place + 1, min(place + 3, len(parts))):
                if parts[at].code == "D" and parts[at].value.when.days.day != due.day:
                    return all(between.code in "r,(/" for between in parts[place + 1 : at])
    return False


def _same(one: DueReading, other: DueReading) -> bool:
    return (one.day, one.at) == (other.day, other.at)


def _may_be_due(parts: Sequence[Part], place: int) -> bool:
    """Whether a day belongs to nothing else that is said: no meeting, no report, no samples taken then."""
    day: DaySaid = parts[place].value
    basis = day.when.days.basis
    if basis == PAST or day.preposition not in _PREPOSITIONS:
        return False
    if basis.startswith("milestone"):
        return day.preposition in _TO_MEETING and basis == "milestone:next meeting"
    if day.preposition in ("to", "for", "zum"):
        return False
    if any(part.code == "q" for part in parts[max(1, place - _NEAR) : place]):
        return False  # what it tells of happened then: `why the line stopped on Monday`
    before = parts[place - 1] if place else None
    if before is not None and (before.low in EVENTS or before.code in "ye"):
        return False
    return bool(day.preposition and basis != "time") or _stands_alone(parts, place, basis)


def _stands_alone(parts: Sequence[Part], place: int, basis: str) -> bool:
    """Whether a day without a preposition is no attribute: not `the Monday meeting`, `Q1 results`, `table 3/4`."""
    before = parts[place - 1] if place else None
    following = parts[place + 1] if place + 1 < len(parts) else None
    named = basis == "quarter" or (basis == "span" and parts[place].low in MONTHS)
    if named and before is not None and before.code not in _MARKS:
        return False
    if "/" in basis and before is not None and before.code in "NG0":
        return False
    if following is None or basis == "relative" or following.code not in "NGv0yfg":
        return True
    return following.low in _GOES_ON


_MARKS = ",-(>:dD"
_GOES_ON = word_set(
    """the a an his her its their our my your to with for in on at via please noch die der das den dem ein eine einen
    bitte mit bei im auf an zum zur nach und gegen über alle alles his"""
)


def due_on(view: str, start: int, end: int, setting: Setting) -> DueReading | None:
    """The day that a field says, with or without a word for due."""
    said = view[start:end].strip()
    try:
        if found := find_due(f"due {said}", setting):
            return found.reading
    except Unreadable:
        pass
    return None

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

EVENTS = word_set(
    """meeting call audit visit review session workshop training shift trip inspection visits arrives arrive starts
    start begins ends leave holiday since last termin besuch sitzung besprechung"""
)
"""Words right before a day that make the day theirs: `the meeting on Friday`."""
_PREPOSITIONS = frozenset(["", "on", "at", "am", "um", "in", "im", "zum", "to", "by", "for"])
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


_SHARING = word_set("both all beide alle jeweils each alles")


def _same(one: DueReading, other: DueReading) -> bool:
    return (one.day, one.at) == (other.day, other.at)


def _may_be_due(parts: Sequence[Part], place: int) -> bool:
    day: DaySaid = parts[place].value
    basis = day.when.days.basis
    if basis == PAST or day.preposition not in _PREPOSITIONS:
        return False
    if basis.startswith("milestone"):
        return day.preposition in _TO_MEETING and basis == "milestone:next meeting"
    if day.preposition in ("to", "for", "zum"):
        return False
    return not place or parts[place - 1].low not in EVENTS


def due_on(view: str, start: int, end: int, setting: Setting) -> DueReading | None:
    """The day that a field says, with or without a word for due."""
    said = view[start:end].strip()
    try:
        if found := find_due(f"due {said}", setting):
            return found.reading
    except Unreadable:
        pass
    return None

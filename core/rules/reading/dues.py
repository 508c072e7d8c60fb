"""The due date of one task: what its words say by when, and which days in it are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from core.rules.dates import When
from core.rules.due_phrases import DueReading, due_reading, find_due, strongest
from core.rules.errors import Unreadable
from core.rules.reading.grouping import MOST_BETWEEN, corrects
from core.rules.reading.parts import DaySaid, Part, Sentence, cut
from core.rules.reading.words import word_set
from core.rules.setting import PAST, Setting
from core.rules.vocabulary import MONTHS
from core.rules.zones import to_utc

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
    """The due date that some parts name: by a due phrase, else by a day that belongs to nothing else; of one that is
    put right, the later."""
    days = [place for place, part in enumerate(parts) if part.code in "dD"]
    if not days:
        return Due(None, [])
    parts, withdrawn = _put_right(parts, days) if len(days) > 1 else (parts, [])
    due = _phrased(parts, setting) or _on_a_day(parts, setting)
    return due._replace(stretches=[*due.stretches, *withdrawn]) if withdrawn else due


def without_reasons(sentence: Sentence) -> Sentence:
    """A sentence in which a day is put right, without what it goes on to say of why: `by Monday, no, Tuesday, …`."""
    days = [place for place, part in enumerate(sentence.parts) if part.code in "dD"]
    for first, later in pairwise(days):
        following = sentence.row[later + 1 : later + 2]
        if following and following in ",-(b" and corrects(sentence.parts[first + 1 : later]):
            return cut(sentence, sentence.parts[: later + 1])
    return sentence


def _put_right(parts: Sequence[Part], days: Sequence[int]) -> tuple[Sequence[Part], list[tuple[int, int]]]:
    """The parts without the days that are taken back, as in `by Friday, sorry, make that Monday`, and where those
    stood, with the words that say so."""
    gone: list[tuple[int, int]] = []
    for first, later in pairwise(days):
        if 1 < later - first <= MOST_BETWEEN + 1 and corrects(parts[first + 1 : later]):
            gone.append((parts[first].start, parts[later].start))
    kept = [part for part in parts if not any(start <= part.start < end for start, end in gone)] if gone else parts
    return kept, gone


def _phrased(parts: Sequence[Part], setting: Setting) -> Due | None:
    """The due date that a due phrase says."""
    places = [place for place, part in enumerate(parts) if part.code == "d"]
    best = strongest(parts[place].value for place in places)
    if best is None:
        return None
    same = [parts[place].value for place in places if _same(parts[place].value.reading, best.reading)]
    stretches = [(phrase.start, phrase.end) for phrase in same]
    if best.reading.basis == "time" and (timed := _on_its_day(parts, best.reading, setting)):
        reading, stretch = timed
        best = replace(best, reading=reading)
        stretches.append(stretch)
    elif _is_doubtful(parts, best.reading):
        best = replace(best, reading=replace(best.reading, ask=True))
    beside = [parts[place] for place in (places[-1] - 1, places[-1] + 1) if 0 <= place < len(parts)]
    both = [(part.start, part.end) for part in beside if part.low in _SHARING]
    return Due(best.reading, [*stretches, *both], bool(both))


def _on_its_day(parts: Sequence[Part], time: DueReading, setting: Setting) -> tuple[DueReading, tuple[int, int]] | None:
    """A time whose day stands elsewhere, as in `on Monday by 10:00`; asked about where several do."""
    days = [part for part in parts if part.code == "D" and part.value.when.clock is None and _is_ahead(part, setting)]
    if not days or time.at is None:
        return None
    wall = time.at.astimezone(ZoneInfo(time.zone or setting.zone)).replace(tzinfo=None)
    when: When = days[-1].value.when
    at = to_utc(datetime.combine(when.days.day, wall.time()), time.zone or setting.zone)
    ask = when.days.ask or when.vague or len(days) > 1
    return replace(time, day=when.days.day, at=at, ask=ask, basis=when.days.basis), (days[-1].start, days[-1].end)


def _is_ahead(part: Part, setting: Setting) -> bool:
    return bool(part.value.when.days.basis != PAST and part.value.when.days.day >= setting.today)


def _on_a_day(parts: Sequence[Part], setting: Setting) -> Due:
    """The due date that a day without a word for due says."""
    days = [place for place in range(len(parts)) if parts[place].code == "D" and _may_be_due(parts, place)]
    if not days:
        return Due(None, [])
    last = parts[days[-1]]
    several = len({parts[place].value.when.days.day for place in days}) > 1
    read = due_reading(last.value.when, setting)
    before = parts[days[-1] - 1] if days[-1] else None
    both = [(before.start, before.end)] if before is not None and before.low in _SHARING else []
    return Due(replace(read, ask=True) if several else read, [(last.start, last.end), *both], bool(both))


_SHARING = word_set("both all beide beides alle jeweils each alles")


def _is_doubtful(parts: Sequence[Part], due: DueReading) -> bool:
    """Whether another day is said right behind the due date: `by Friday or Monday`, `by Friday (20/03)`."""
    for place, part in enumerate(parts):
        if part.code == "d" and part.value.reading.day == due.day:
            for at in range(place + 1, min(place + 4, len(parts))):
                if parts[at].code == "D" and not _is_that_day(parts[at], due):
                    return all(between.code in "r,(/" for between in parts[place + 1 : at])
    return False


def _is_that_day(part: Part, due: DueReading) -> bool:
    """Whether it is the day that is due, or only says again which weekday that is."""
    days = part.value.when.days
    return bool(days.day == due.day or (days.basis == "weekday" and days.day.weekday() == due.day.weekday()))


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
        return place > 0 and parts[place - 1].low in _SHARING
    if any(part.code == "q" for part in parts[max(1, place - _NEAR) : place]):
        return False  # what it tells of happened then: `why the line stopped on Monday`
    if _is_told(parts[max(0, place - _NEAR) : place]):
        return False
    before = parts[place - 1] if place else None
    happens = before is not None and (before.low in EVENTS or before.code in "ye")
    if happens and not _is_got_done(parts, place) and not _is_work(parts, place):
        return False
    return bool(day.preposition and basis != "time") or _stands_alone(parts, place, basis)


_PAPERS = word_set("record records report document documentation protocol data batch file")


def _is_work(parts: Sequence[Part], place: int) -> bool:
    """Whether what stands before a day is work and no event: `must be ordered this week`, `sign the record review
    tomorrow`."""
    if parts[place].value.preposition or place < _MUST_BE:
        return False
    before = parts[place - _MUST_BE : place]
    must = [part.code for part in before] == ["o", "b", "y"]
    return must or (before[-1].low == "review" and before[-2].low in _PAPERS)


_MUST_BE = 3
"""Words of `must be ordered`."""
_GETTING = word_set("get getting")


def _is_got_done(parts: Sequence[Part], place: int) -> bool:
    """Whether what stands before a day is to be so by then: `get it done tomorrow`, `get the seal fixed next week`."""
    return parts[place - 1].code == "y" and any(part.low in _GETTING for part in parts[max(0, place - _NEAR) : place])


_TELLING = word_set("tell inform know notify sagen sag sagt bescheid wissen")
_TELLERS = word_set("we we're they they're it it's he he's she she's wir dass")


def _is_told(parts: Sequence[Part]) -> bool:
    """Whether what stands before a day begins what somebody is to be told: `tell them we're shipping on Tuesday`."""
    told = next((place for place, part in enumerate(parts) if part.low in _TELLING), len(parts))
    return any(part.low in _TELLERS for part in parts[told + 1 :])


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

"""The rules' reading of days, times and zones for a hearing; what they cannot read is refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import NamedTuple

from core.kernel.errors import Unclear
from core.kernel.messages import Due, SaidTime
from core.rules import due_phrases, time_phrases
from core.rules.dates import parse_day, parse_moment
from core.rules.errors import Unreadable
from core.rules.spans import parse_minutes
from core.rules.zones import known_zone
from core.speech.hearing import Hearing


class DuePhrase(NamedTuple):
    """A due date and where its phrase stands in the text."""

    due: Due
    start: int
    end: int


class TimePhrase(NamedTuple):
    """A time and where its phrase stands in the text."""

    time: SaidTime
    start: int
    end: int


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except Unreadable as error:
        raise refused(error) from error


def refused(error: Unreadable) -> Unclear:
    """What a rule could not read, as people are told."""
    return Unclear(error.sentence, examples=(), **error.values)


def find_due(text: str, hearing: Hearing) -> DuePhrase | None:
    """The due phrase in a text, or None.

    Raises Unclear for one that names no day, such as 31 February, or a time that the clocks skip or show twice.
    """
    try:
        found = due_phrases.find_due(text, hearing.setting)
    except Unreadable as error:
        raise refused(error) from error
    if found is None:
        return None
    read = found.reading
    if read.shaky is not None:
        raise refused(read.shaky.unreadable(text[found.start : found.end].strip()))
    return DuePhrase(Due(read.day, read.at, read.ask), found.start, found.end)


def find_time(text: str, hearing: Hearing) -> TimePhrase | None:
    """The time that is said in a text, or None. Raises Unclear for one that does not exist, such as 25:00, and for a
    day alone that a text without one begins with."""
    with _refusing():
        found = time_phrases.find_time(text, hearing.setting)
        if found is None:
            time_phrases.refuse_day_alone(text, hearing.setting)
    return TimePhrase(SaidTime(found.at, found.span), found.start, found.end) if found else None


def time(text: str, hearing: Hearing) -> SaidTime:
    """A time from `in 20 minutes`, `15:30`, `tomorrow 9:00`. Raises Unclear."""
    with _refusing():
        found = time_phrases.read_time(text, hearing.setting)
    return SaidTime(found.at, found.span)


def moment(text: str, hearing: Hearing) -> datetime:
    """A UTC moment from `12 Mar 2026 14:00`, `now`, `in 10 minutes`. Raises Unclear."""
    with _refusing():
        return parse_moment(text, hearing.setting)


def day(text: str, hearing: Hearing) -> date:
    """A day from `2026-04-20`, `20 April`, `Friday`. Raises Unclear."""
    with _refusing():
        return parse_day(text, hearing.setting)


def minutes(text: str) -> int:
    """Minutes from `60m`, `1h 30m`. Raises Unclear."""
    with _refusing():
        return parse_minutes(text)


def zone(text: str) -> str:
    """The IANA zone as the database spells it. Raises Unclear."""
    with _refusing():
        return known_zone(text)

"""What comes once in every month, on a day of it: `every first Thursday`, `am 15. jedes Monats`, `each month-end`."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from core.rules.calendar_days import last_working_day, month_end
from core.rules.clock_times import read_clock
from core.rules.dates import When
from core.rules.errors import Unreadable
from core.rules.setting import Days, Setting
from core.rules.vocabulary import END, WEEKDAYS, any_of
from core.rules.working_days import add_working_days

_NTHS: dict[str, int] = {
    name: number
    for number, names in (
        (1, "first 1st ersten erste erster 1."),
        (2, "second 2nd zweiten zweite zweiter 2."),
        (3, "third 3rd dritten dritte dritter 3."),
        (4, "fourth 4th vierten vierte vierter 4."),
        (-1, "last letzten letzte letzter"),
    )
    for name in names.split()
}
"""Which of the days of a month; -1 is its last."""
_NTH = "|".join(re.escape(name) for name in sorted(_NTHS, key=len, reverse=True))
_EACH = r"(?:each|every|any)"
_JEDES = r"(?:jede[snm]|eines[ ]jeden|in[ ]jedem|pro)"
_ON = r"(?:(?:always|immer|jeweils)[ ])?(?:(?:on|at|by|am|zum|bis[ ]zum|bis)[ ])?(?:(?:the|der|den)[ ])?"
_MONTHS = rf"""(?:[ ](?:of|in)[ ](?:{_EACH}|the|a)[ ]month|[ ](?:im|des|{_JEDES})[ ]monats?){END}"""
_EVERY_MONTH = rf"(?:[ ](?:of|in)[ ]{_EACH}[ ]month|[ ]{_JEDES}[ ]monats?){END}"

_MONTHLY = re.compile(
    rf"""(?<!\w)(?:
      {_ON}(?P<every>(?:every|each|jede[nrsm]?)[ ])?(?P<nth>{_NTH})[ ]
        (?:(?P<day>{any_of(WEEKDAYS)})|(?P<work>(?:working|business|work)[ ]?day|werktag|arbeitstag){END}
          |(?P<any>day|tag){END})
        (?P<of>{_MONTHS})?
    | {_ON}(?P<only>first|last|ersten|letzten){_EVERY_MONTH}
    | {_ON}(?P<number>[12]?\d|3[01])(?:st|nd|rd|th|\.)(?:[ ]day)?{_EVERY_MONTH}
    | (?:(?:every|each|jeden)[ ](?:month|monat)|monthly|monatlich),?[ ](?:on|by|am|zum|bis[ ]zum)[ ](?:the[ ])?
        (?P<later>[12]?\d|3[01])(?:st|nd|rd|th|\.)(?![\d.])
    | (?P<end>{_ON}(?:end|ende)(?:{_EVERY_MONTH}|[ ](?:of[ ])?{_EACH}[ ]month{END})
        |(?:at[ ]|zu[ ])?(?:{_EACH}|jede[nms])[ ](?:month[- ]?end|monatsende){END}
        |jeweils[ ](?:am|zum)[ ]monatsende{END})
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_EVER = re.compile("each|every|jede|jeweils|always|immer", re.IGNORECASE)
_CLOCK = re.compile(r"[ ]*+,?[ ]*+(?:(?:at|um)[ ])?")
_LETTERS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_AHEAD = 13
"""Months that are looked through: the 31st comes again within them, a working day in each."""


class Monthly(NamedTuple):
    """An RRULE, the next day that it names, and the stretch of text that says so."""

    rule: str
    when: When
    start: int


_EVERY_NTH = ("very first", "very last", "very 1st", "ach first", "ach last", "den ersten", "den letzten")


def may_be_monthly(view: str) -> bool:
    """Whether a view may say so at all: a quick look."""
    if "onth" in view or "onat" in view or "MONTH" in view:
        return True
    return ("ach " in view or "ery " in view or "den " in view) and any(said in view for said in _EVERY_NTH)


def monthly_in(view: str, start: int, end: int, setting: Setting) -> Iterator[Monthly]:
    """Every such phrase in a stretch of a view."""
    for found in _MONTHLY.finditer(view, start, end):
        read = _read(found, setting)
        if read is None:
            continue
        rule, day, ask = read
        yield Monthly(rule, _at_a_time(view, Days(day, "recurring", ask), found.end()), found.start())


def _read(found: re.Match[str], setting: Setting) -> tuple[str, date, bool] | None:
    """The rule, its next day, and whether to ask; None where it names no day of a month."""
    if found["only"]:
        number = _NTHS[found["only"].lower()]
        return _next(f"BYMONTHDAY={number}", lambda year, month: _numbered(year, month, number), setting)
    if found["end"]:
        return _next("BYMONTHDAY=-1", month_end, setting)
    if said := found["number"] or found["later"]:
        return _next(f"BYMONTHDAY={int(said)}", lambda year, month: _numbered(year, month, int(said)), setting)
    nth = _NTHS[found["nth"].lower()]
    if not found["of"] and not (found["every"] and found["day"] and abs(nth) == 1):
        return None  # “every second Tuesday” is one in two weeks.
    if found["of"] and not found["every"] and found[0].lower().startswith(("by ", "bis ")):
        return None  # “by the last Friday of the month” comes once.
    every = bool(found["every"]) or _EVER.search(found[0]) is not None
    if found["day"]:
        weekday = WEEKDAYS[found["day"].lower()]
        said = _next(f"BYDAY={nth}{_LETTERS[weekday]}", lambda year, month: _nth(year, month, nth, weekday), setting)
    elif found["work"]:
        rule = f"BYDAY=MO,TU,WE,TH,FR;BYSETPOS={nth}"
        said = _next(rule, lambda year, month: _working(year, month, nth, setting), setting)
    else:
        said = _next(f"BYMONTHDAY={nth}", lambda year, month: _numbered(year, month, nth), setting)
    return said if said is None or every else (said[0], said[1], True)


def _next(part: str, of_month: Callable[[int, int], date | None], setting: Setting) -> tuple[str, date, bool] | None:
    """The next such day; one that is today is the one after it, and asked about."""
    today, ask = setting.today, False
    for ahead in range(_AHEAD):
        months = today.year * 12 + today.month - 1 + ahead
        day = of_month(months // 12, months % 12 + 1)
        if day is not None and day > today:
            return f"FREQ=MONTHLY;{part}", day, ask
        ask = ask or day == today
    return None


def _numbered(year: int, month: int, number: int) -> date | None:
    last = monthrange(year, month)[1]
    return date(year, month, last if number < 0 else number) if number <= last else None


def _nth(year: int, month: int, nth: int, weekday: int) -> date:
    if nth < 0:
        last = month_end(year, month)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _working(year: int, month: int, nth: int, setting: Setting) -> date:
    first = date(year, month, 1)
    if nth < 0:
        return last_working_day(first, month_end(year, month), setting)
    return add_working_days(first - timedelta(days=1), nth, setting.holidays)


def _at_a_time(view: str, days: Days, end: int) -> When:
    """The day, at the time that may follow."""
    led = _CLOCK.match(view, end)
    try:
        clock = read_clock(view, led.end()) if led else None
    except Unreadable:
        clock = None
    return When(days, clock, clock.end if clock else end)

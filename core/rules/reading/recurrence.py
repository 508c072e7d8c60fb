"""What comes again and again: `every Monday 09:00`, `weekly`, `jeden zweiten Dienstag`, as an RRULE."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from core.rules.calendar_days import bounds, last_working_day
from core.rules.dates import read_when
from core.rules.due_phrases import DueReading
from core.rules.errors import Unreadable
from core.rules.reading.monthly import may_be_monthly, monthly_in
from core.rules.reading.parts import Sentence
from core.rules.reading.words import spelling
from core.rules.setting import Setting
from core.rules.vocabulary import WEEKDAYS, any_of
from core.rules.working_days import add_working_days

ADVERBS: dict[str, str] = {
    "weekly": "FREQ=WEEKLY", "wöchentlich": "FREQ=WEEKLY", "once a week": "FREQ=WEEKLY",
    "einmal pro woche": "FREQ=WEEKLY", "fortnightly": "FREQ=WEEKLY;INTERVAL=2", "biweekly": "FREQ=WEEKLY;INTERVAL=2",
    "bi-weekly": "FREQ=WEEKLY;INTERVAL=2", "14-tägig": "FREQ=WEEKLY;INTERVAL=2",
    "zweiwöchentlich": "FREQ=WEEKLY;INTERVAL=2", "vierzehntägig": "FREQ=WEEKLY;INTERVAL=2",
    "monthly": "FREQ=MONTHLY", "monatlich": "FREQ=MONTHLY", "once a month": "FREQ=MONTHLY",
    "einmal im monat": "FREQ=MONTHLY", "quarterly": "FREQ=MONTHLY;INTERVAL=3",
    "quartalsweise": "FREQ=MONTHLY;INTERVAL=3", "daily": "FREQ=DAILY", "täglich": "FREQ=DAILY",
}  # fmt: skip
"""How often, in one phrase."""
UNITS: dict[str, str] = {
    "weeks": "FREQ=WEEKLY", "week": "FREQ=WEEKLY", "wochen": "FREQ=WEEKLY", "woche": "FREQ=WEEKLY",
    "months": "FREQ=MONTHLY", "month": "FREQ=MONTHLY", "monate": "FREQ=MONTHLY", "monat": "FREQ=MONTHLY",
    "quarter": "FREQ=MONTHLY;INTERVAL=3", "quartal": "FREQ=MONTHLY;INTERVAL=3", "day": "FREQ=DAILY",
    "days": "FREQ=DAILY", "tag": "FREQ=DAILY", "tage": "FREQ=DAILY", "weekday": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "working day": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "werktag": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "arbeitstag": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
}  # fmt: skip
"""What `every` may stand before."""
_LETTERS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

_INTERVALS: dict[str, int] = {
    name: number
    for number, names in (
        (2, "other second two zwei zweite zweiten zweiter zweites 2 2."),
        (3, "third three drei dritte dritten dritter drittes 3 3."),
        (4, "fourth four vier vierte vierten vierter viertes 4 4."),
        (6, "six sechs sixth sechste sechsten sechster 6 6."),
    )
    for name in names.split()
}
"""How often, in days, weeks or months from one to the next."""
_EVERY = re.compile(
    rf"""(?<!\w)(?:on[ ]|am[ ])?(?:every|each|jede[nrs]?|alle)[ ]
      (?:(?P<other>{"|".join(map(re.escape, sorted(_INTERVALS, key=len, reverse=True)))})[ ])?
      (?:(?P<day>{any_of(WEEKDAYS)})(?P<also>(?:,?[ ](?:and|und|&)[ ](?:every[ ]|jeden[ ])?{any_of(WEEKDAYS)})*)
        |(?P<unit>{any_of(UNITS)}))""",
    re.VERBOSE | re.IGNORECASE,
)
_ALSO = re.compile(any_of(WEEKDAYS), re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_PLURAL = re.compile(rf"(?<!\w)(?:on )?(?P<day>{any_of(f'{day}s' for day in WEEKDAYS if len(day) > 5)})", re.IGNORECASE)
_ADVERB = re.compile(rf"(?<!\w){any_of(ADVERBS)}", re.IGNORECASE)


class Recurring(NamedTuple):
    """An RRULE, the first time, and the stretches of text that say so."""

    rule: str
    due: DueReading | None
    stretches: list[tuple[int, int]]


_BEGINNINGS = frozenset(
    word.group()
    for said in (*ADVERBS, "every", "each", "jede", "jeden", "jeder", "jedes", "alle", *(f"{day}s" for day in WEEKDAYS))
    if (word := _WORD.match(spelling(said)))
)
"""What everything but the monthly begins with."""


def recurring(sentence: Sentence, setting: Setting) -> Recurring | None:
    """What a sentence says to come again."""
    view, start, end = sentence.view, sentence.start, sentence.end
    if may_be_monthly(view) and (monthly := next(monthly_in(view, start, end, setting), None)):
        day, moment, ask = monthly.when.moment(setting)
        due = DueReading(day, moment, ask, "recurring")
        return Recurring(monthly.rule, due, [(monthly.start, monthly.when.end)])
    if _BEGINNINGS.isdisjoint([word.low for word in sentence.words]):
        return None
    said = view[:end]
    adverb = _ADVERB.search(said, start)
    told = [(adverb.start(), adverb.end())] if adverb else []
    if every := _EVERY.search(said, start):
        told.append((every.start(), every.end()))
        interval = _INTERVALS[every["other"].lower()] if every["other"] else 1
        if interval == 1 and adverb and "INTERVAL" in ADVERBS[adverb[0].lower()]:
            interval = 2
        if every["day"]:
            return _on_each(view, every, interval, told, setting)
        unit = UNITS[every["unit"].lower()]
        rule = unit if interval == 1 else f"{unit.split(';')[0]};INTERVAL={interval * (3 if 'INTERVAL' in unit else 1)}"
        return Recurring(rule, _first(unit, setting), told)
    if plural := _PLURAL.search(said, start):
        cut = plural.end() - 1
        return _on(f"{view[:cut]} {view[cut + 1 :]}", plural, "", [*told, (plural.start(), plural.end())], setting)
    if adverb:
        rule = ADVERBS[adverb[0].lower()]
        return Recurring(rule, _first(rule, setting), told)
    return None


def _on_each(
    view: str, found: re.Match[str], interval: int, told: list[tuple[int, int]], setting: Setting
) -> Recurring | None:
    """On one weekday or on several, `every Monday and Thursday`: the first of them that comes."""
    again = _on(view, found, f";INTERVAL={interval}" if interval > 1 else "", told, setting)
    others = [WEEKDAYS[other.lower()] for other in _ALSO.findall(found["also"])]
    if again is None or again.due is None or not others:
        return again
    today = setting.today
    first = min((again.due.day, *(today + timedelta(days=(day - today.weekday() - 1) % 7 + 1) for day in others)))
    due = again.due if first == again.due.day else replace(again.due, day=first, at=None)
    days = sorted({WEEKDAYS[found["day"].lower()], *others})
    rule = f"{again.rule.split('BYDAY')[0]}BYDAY={','.join(_LETTERS[day] for day in days)}"
    start, end = again.stretches[-1]
    return Recurring(rule, due, [*again.stretches[:-1], (start, max(end, found.end()))])


def _on(
    view: str, found: re.Match[str], interval: str, told: list[tuple[int, int]], setting: Setting
) -> Recurring | None:
    """On a weekday, perhaps at a time."""
    try:
        when = read_when(view, found.start("day"), setting)
    except Unreadable:
        return None
    if when is None:
        return None
    day, moment, ask = when.moment(setting)
    number = day.weekday() if moment is None else when.days.day.weekday()
    told[-1] = (told[-1][0], max(told[-1][1], when.end))
    return Recurring(f"FREQ=WEEKLY{interval};BYDAY={_LETTERS[number]}", DueReading(day, moment, ask, "recurring"), told)


def _first(rule: str, setting: Setting) -> DueReading:
    """The first time of what names no day: the end of the span that runs, and ask."""
    if "BYDAY" in rule:
        return DueReading(add_working_days(setting.today, 1, setting.holidays), None, True, "recurring")
    if "DAILY" in rule:
        return DueReading(setting.today + timedelta(days=1), None, True, "recurring")
    unit = "week" if "WEEKLY" in rule else "quarter" if "INTERVAL=3" in rule else "month"
    first, last = bounds(unit, 0, setting)
    return DueReading(max(setting.today, last_working_day(first, last, setting)), None, True, "recurring")

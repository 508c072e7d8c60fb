"""What comes again and again: `every Monday 09:00`, `weekly`, `jeden zweiten Dienstag`, as an RRULE."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import NamedTuple

from core.rules.calendar_days import bounds, last_working_day
from core.rules.dates import read_when
from core.rules.due_phrases import DueReading
from core.rules.errors import Unreadable
from core.rules.setting import Setting
from core.rules.vocabulary import WEEKDAYS, any_of

_DAY = any_of(WEEKDAYS)
_EVERY = re.compile(
    rf"""(?<!\w)(?:on[ ]|am[ ])?(?:every|each|jede[nrs]?|alle)[ ]
      (?P<other>other[ ]|second[ ]|zweite[nrs]?[ ]|zwei[ ]|two[ ]|2[ ])?
      (?:(?P<day>{_DAY})|(?P<unit>weeks?|months?|days?|working[ ]days?|weekdays?|quarters?|wochen?|monate?|tage?|werktage?|arbeitstage?|quartale?)(?!\w))""",
    re.VERBOSE | re.IGNORECASE,
)
_ADVERB = re.compile(
    r"(?<!\w)(?:(?P<weekly>weekly|wöchentlich|once a week|einmal pro woche)|(?P<two>fortnightly|bi-?weekly|14-tägig|zweiwöchentlich|vierzehntägig)"
    r"|(?P<monthly>monthly|monatlich|once a month|einmal im monat)|(?P<daily>daily|täglich)|(?P<quarterly>quarterly|quartalsweise))(?!\w)",
    re.IGNORECASE,
)
_PLURAL = re.compile(
    rf"(?<!\w)(?:on[ ])?(?P<day>mondays|tuesdays|wednesdays|thursdays|fridays|montags|dienstags|mittwochs|donnerstags|freitags)(?!\w)",
    re.IGNORECASE,
)
_LETTERS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCIES = {
    "week": "WEEKLY",
    "woche": "WEEKLY",
    "month": "MONTHLY",
    "monat": "MONTHLY",
    "quarter": "MONTHLY;INTERVAL=3",
    "quartal": "MONTHLY;INTERVAL=3",
}


class Recurring(NamedTuple):
    """An RRULE, the first time, and what of the text says so."""

    rule: str
    due: DueReading | None
    stretches: list[tuple[int, int]]


def recurring(view: str, start: int, end: int, setting: Setting) -> Recurring | None:
    """What a stretch says to come again."""
    lowered = view[start:end]
    every = _EVERY.search(lowered) or _PLURAL.search(lowered)
    adverb = _ADVERB.search(lowered)
    if every is None and adverb is None:
        return None
    stretches = [(start + found.start(), start + found.end()) for found in (every, adverb) if found]
    if every is not None and every["day"]:
        return _weekday(view, every, start, adverb, setting, stretches)
    rule = _rule(every, adverb)
    return Recurring(rule, _first(rule, setting), stretches) if rule else None


def _weekday(
    view: str,
    every: re.Match[str],
    start: int,
    adverb: re.Match[str] | None,
    setting: Setting,
    stretches: list[tuple[int, int]],
) -> Recurring | None:
    name = every["day"].lower()
    number = WEEKDAYS.get(name, WEEKDAYS.get(name.removesuffix("s"), 0))
    at = start + every.start("day")
    said = view
    if name.endswith("s") and name not in WEEKDAYS:
        end = start + every.end("day")
        said = f"{view[: end - 1]} {view[end:]}"
    try:
        when = read_when(said, at, setting)
    except Unreadable:
        return None
    if when is None:
        return None
    day, moment, ask = when.moment(setting)
    other = every.re is _EVERY and every["other"] or (adverb and adverb["two"])
    rule = f"FREQ=WEEKLY;{'INTERVAL=2;' if other else ''}BYDAY={_LETTERS[number]}"
    stretches[0] = (stretches[0][0], max(stretches[0][1], when.end))
    return Recurring(rule, DueReading(day, moment, ask, "recurring"), stretches)


def _rule(every: re.Match[str] | None, adverb: re.Match[str] | None) -> str:
    if every is not None and every.re is _EVERY and every["unit"]:
        unit = every["unit"].lower()
        interval = ";INTERVAL=2" if every["other"] else ""
        if unit.startswith(("working", "weekday", "werk", "arbeit")):
            return "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
        if unit.startswith(("day", "tag")):
            return f"FREQ=DAILY{interval}"
        return next((f"FREQ={value}{interval}" for key, value in _FREQUENCIES.items() if unit.startswith(key)), "")
    if adverb is not None:
        for name, rule in (
            ("weekly", "FREQ=WEEKLY"),
            ("two", "FREQ=WEEKLY;INTERVAL=2"),
            ("monthly", "FREQ=MONTHLY"),
            ("daily", "FREQ=DAILY"),
            ("quarterly", "FREQ=MONTHLY;INTERVAL=3"),
        ):
            if adverb[name]:
                return rule
    return ""


def _first(rule: str, setting: Setting) -> DueReading:
    """The first time of what names no day: the end of the span that runs, and ask."""
    if "DAILY" in rule or "BYDAY" in rule:
        return DueReading(setting.today + timedelta(days=1), None, True, "recurring")
    unit = "week" if "WEEKLY" in rule else "quarter" if "INTERVAL=3" in rule else "month"
    first, last = bounds(unit, 0, setting)
    return DueReading(max(setting.today, last_working_day(first, last, setting)), None, True, "recurring")

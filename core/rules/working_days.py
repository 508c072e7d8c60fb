"""Working days are Monday to Friday less the holidays handed in; days are counted on the wall clock of a place."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.rules.zones import to_utc

_DAY = timedelta(days=1)


def is_working_day(day: date, holidays: Collection[date] = ()) -> bool:
    """Whether people work on that day; for owners of both sites hand in the holidays of both."""
    return day.weekday() < 5 and day not in holidays


def add_working_days(day: date, days: int, holidays: Collection[date] = ()) -> date:
    """The working day that is `days` after `day`, or before it where negative; `day` itself is not counted.

    Raises OverflowError beyond the calendar's ends.
    """
    step = _DAY if days > 0 else -_DAY
    left = abs(days)
    while left:
        day += step
        left -= is_working_day(day, holidays)
    return day


def eve_of(day: date, holidays: Collection[date] = ()) -> date:
    """The last working day before `day`."""
    return add_working_days(day, -1, holidays)


def reminder_day(due: date, holidays: Collection[date] = ()) -> date:
    """The day on which to remind of something due: `due` itself, or the last working day before a day off."""
    return due if is_working_day(due, holidays) else eve_of(due, holidays)


def at_local(day: date, clock: time, zone: str) -> datetime:
    """That day and time on the wall clock of an IANA zone, as UTC (see `to_utc` for summer time)."""
    return to_utc(datetime.combine(day, clock), zone)


def working_days_before(moment: datetime, days: int, zone: str, holidays: Collection[date] = ()) -> datetime:
    """`days` working days before a UTC moment, at the same time on the wall clock of an IANA zone, as UTC."""
    local = moment.astimezone(ZoneInfo(zone))
    return at_local(add_working_days(local.date(), -days, holidays), local.time(), zone)

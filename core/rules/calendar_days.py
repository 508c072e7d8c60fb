"""The calendar's own arithmetic: days that exist, years left unsaid, the ends of weeks, months and quarters."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from core.rules.errors import BadDate, msg
from core.rules.setting import Setting
from core.rules.vocabulary import MONTH_NAMES
from core.rules.working_days import is_working_day

YEARS = range(1900, 2200)
"""No due date lies outside, and none is so near the calendar's ends that a zone's offset leads over them."""

_DAY = timedelta(days=1)


def checked_day(year: int, month: int, day: int, said: str) -> date:
    """That day, `said` by a person. Raises BadDate for one that does not exist, or not in these two centuries."""
    said = said.strip()
    if year not in YEARS:
        raise BadDate(msg("“{said}” is too far away. Write one such as 5 December."), said=said)
    try:
        return date(year, month, day)
    except ValueError:
        pass
    if not 1 <= month <= 12:
        raise BadDate(
            msg("“{said}” is no date: there is no month {month}. Write one such as 5 December."),
            said=said,
            month=month,
        )
    last = monthrange(year, month)[1]
    raise BadDate(
        msg("“{said}” is no date: {month} {year} has {last} days. Write one such as {last} {month}."),
        said=said,
        month=MONTH_NAMES[month - 1],
        year=year,
        last=last,
    )


def likely_year(said: str | None, month: int, day: int, setting: Setting) -> int:
    """The year said; otherwise this one, or the next where the day lies more than half a year back."""
    if said:
        return int(said) if len(said) == 4 else 2000 + int(said)
    today = setting.today
    near = date(today.year, min(max(month, 1), 12), min(max(day, 1), 28))
    return today.year + (today - near > timedelta(days=183))


def month_end(year: int, month: int) -> date:
    """The last calendar day of a month."""
    return date(year, month, monthrange(year, month)[1])


def last_working_day(first: date, last: date, setting: Setting) -> date:
    """The last working day of a span, or its `first` day where it has none."""
    day = last
    while day > first and not is_working_day(day, setting.holidays):
        day -= _DAY
    return day


def bounds(unit: str, ahead: int, setting: Setting) -> tuple[date, date]:
    """First and last day of the week, month, quarter or year so many `ahead`: 0 this, 1 the next, -1 the last."""
    if unit == "week":
        first = setting.monday + timedelta(weeks=ahead)
        return first, first + 6 * _DAY
    length = {"month": 1, "quarter": 3, "year": 12}[unit]
    today = setting.today
    months = today.year * 12 + ((today.month - 1) // length + ahead) * length
    end = months + length - 1
    return date(months // 12, months % 12 + 1, 1), month_end(end // 12, end % 12 + 1)

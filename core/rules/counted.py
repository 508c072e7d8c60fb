"""Counted lengths of time, `5 working days`: how they are said, and what day lies that far from another."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

from core.rules.calendar_days import YEARS
from core.rules.errors import BadDate, msg
from core.rules.setting import Days, Setting
from core.rules.vocabulary import NUMBERS, UNITS, any_of
from core.rules.working_days import add_working_days

NUMBER = rf"(?:\d{{1,4}}(?!\d)|{any_of(NUMBERS)})"
_COUNTED = re.compile(
    rf"""(?P<number>{NUMBER}
      |the(?:[ ](?:very[ ])?last)?
        (?![ ]day[ ]after[ ]tomorrow)(?=[ ](?:working[ ])?(?:day|week)[ ](?:before|after|prior)))[ -]*
    (?:(?P<kind>working|business|work)[ -]+|calendar[ ]++)?(?P<unit>{any_of(UNITS)})
    (?P<french>[ ]++ouvrés)?""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_SHORT = {"day": "d", "working day": "wd", "week": "w", "month": "m", "year": "y"}


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of `minute`, `hour`, `day`, `working day`, `week`, `month` or `year`, and where it ended."""

    number: int
    unit: str
    end: int
    eight_days: bool = False

    @property
    def on_the_clock(self) -> bool:
        """Whether it counts hours or minutes, so that a moment is meant."""
        return self.unit in {"minute", "hour"}

    def after(self, setting: Setting) -> Days:
        """What lies this far from now. Raises BadDate beyond the calendar's end."""
        if self.on_the_clock:
            at = setting.now.astimezone(UTC) + timedelta(**{f"{self.unit}s": self.number})
            return Days(at.astimezone(ZoneInfo(setting.zone)).date(), "relative", at=at)
        if self.eight_days:
            return Days(setting.today + timedelta(weeks=1), "relative", ask=True)
        return Days(self.shift(setting.today, 1, setting.holidays), "relative")

    def shift(self, day: date, sign: int, holidays: Collection[date]) -> date:
        """The day this far after (`sign` 1) or before (-1) a day. Raises BadDate beyond the two centuries around."""
        number = self.number * sign
        if self.unit == "working day":
            shifted = add_working_days(day, number, holidays)
        elif self.unit in {"day", "week"}:
            shifted = day + timedelta(days=number * (7 if self.unit == "week" else 1))
        else:
            shifted = _months_after(day, number * (12 if self.unit == "year" else 1))
        if shifted.year not in YEARS:
            raise BadDate(msg("“{number} {unit}s” is too far away."), number=self.number, unit=self.unit)
        return shifted

    def short(self) -> str:
        """As a basis names it: `3d`, `5wd`; weeks as days."""
        number, unit = (self.number * 7, "day") if self.unit == "week" else (self.number, self.unit)
        return f"{number}{_SHORT[unit]}"


def read_counted(text: str, at: int) -> Counted | None:
    """The counted length of time that stands at a place in the text."""
    found = _COUNTED.match(text, at)
    if found is None:
        return None
    said, unit = found["number"].lower(), UNITS[found["unit"].lower()]
    number = int(said) if said.isdecimal() else NUMBERS.get(said, 1)
    if unit == "day" and (found["kind"] or found["french"]):
        unit = "working day"
    if unit == "fortnight":
        number, unit = number * 2, "week"
    # “In 8 Tagen” and “huit jours” are a week.
    eight = number == 8 and unit == "day" and found["unit"].lower() in {"tage", "tagen", "jours"}
    return Counted(number, unit, found.end(), eight)


def _months_after(day: date, months: int) -> date:
    """The same day of another month, or its last one where it is shorter; the last of all where out of YEARS."""
    months += day.year * 12 + day.month - 1
    year, month = months // 12, months % 12 + 1
    if year not in YEARS:
        return date.max
    return date(year, month, min(day.day, monthrange(year, month)[1]))

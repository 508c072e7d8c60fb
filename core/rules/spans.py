"""Lengths of time: minutes as people write them, and lead times that count working days or the clock."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.rules.errors import BadSpan, msg
from core.rules.working_days import working_days_before

LONGEST_SPAN = 24 * 60
"""Minutes."""
LONGEST_LEAD = 90
"""Working days."""
MOST_LEADS = 10

_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)", re.ASCII)
_WORDS = re.compile(
    r"(?:(\d{1,9}(?:[.,]\d{1,2})?)\s*(?:hours?|hrs?|h|stunden?|heures?))?\s*(?:and\s+)?"
    r"(?:(\d{1,9})\s*(?:minutes?|minuten|mins?|m|['’])?)?",
    re.ASCII | re.IGNORECASE,
)
_DAYS = re.compile(r"(\d{1,9})\s*(?:(working|work|business)[\s-]*)?(days?|d|weeks?|w)", re.ASCII | re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[,;+]\s*(?:and\s+)?|\band\s+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LeadTime:
    """How long before something: in working days, or in minutes on the clock; one of the two is 0."""

    working_days: int = 0
    minutes: int = 0

    def before(self, moment: datetime, zone: str, holidays: Collection[date] = ()) -> datetime:
        """The UTC moment this long before a UTC moment; working days keep the wall clock of the IANA zone."""
        if self.working_days:
            return working_days_before(moment, self.working_days, zone, holidays)
        return moment - timedelta(minutes=self.minutes)

    def __str__(self) -> str:
        """As people would write it, such as `3 working days` or `1 hour 30 minutes`; parses back to itself."""
        if self.working_days:
            return _counted(self.working_days, "working day")
        return minutes_in_words(self.minutes)


def parse_minutes(text: str) -> int:
    """Minutes from `60m`, `1h 30m`, `90`, `1.5h` or `1:30`. Raises BadSpan unless 1 minute to 24 hours."""
    said = text.strip()
    minutes = _minutes(said)
    if minutes is None:
        raise BadSpan(msg("“{said}” is no length of time. Write 60m, 1h 30m or 1:30."), said=said)
    if not 1 <= minutes <= LONGEST_SPAN:
        raise BadSpan(msg("“{said}” is outside 1 minute to 24 hours."), said=said)
    return minutes


def minutes_in_words(minutes: int) -> str:
    """`90` as `1 hour 30 minutes`."""
    hours, rest = divmod(minutes, 60)
    counted = [_counted(hours, "hour")] if hours else []
    if rest or not hours:
        counted.append(_counted(rest, "minute"))
    return " ".join(counted)


def parse_lead_times(text: str) -> tuple[LeadTime, ...]:
    """Lead times from `3 days, 1 hour`, the longest first, each once. Days are working days, a week is five.

    Raises BadSpan for anything unreadable, a lead time of nothing, over 90 working days, or over ten of them.
    """
    said = text.strip()
    words = re.sub(r"\s+(?:before|ahead)$", "", said, flags=re.IGNORECASE)
    leads = {_lead(part.strip(), said) for part in _BETWEEN.split(words)}
    if len(leads) > MOST_LEADS:
        raise BadSpan(msg("These are {count} lead times; {most} are the most."), count=len(leads), most=MOST_LEADS)
    return tuple(sorted(leads, key=lambda lead: (lead.working_days, lead.minutes), reverse=True))


def _lead(part: str, said: str) -> LeadTime:
    if counted := _DAYS.fullmatch(part):
        days = int(counted[1]) * (5 if counted[3].lower().startswith("w") else 1)
        lead = LeadTime(working_days=days)
    else:
        # A number alone has no unit to tell days from minutes by.
        lead = LeadTime(minutes=(None if part.isdecimal() else _minutes(part)) or 0)
    if lead == LeadTime():
        raise BadSpan(
            msg("“{part}” is no lead time. Write such as “3 days, 1 hour” or “30 minutes”."),
            part=part or said,
        )
    if lead.working_days > LONGEST_LEAD or lead.minutes > LONGEST_LEAD * LONGEST_SPAN:
        raise BadSpan(msg("“{part}” is too long: {most} working days are the most."), part=part, most=LONGEST_LEAD)
    return lead


def _minutes(said: str) -> int | None:
    if clock := _CLOCK.fullmatch(said):
        return int(clock[1]) * 60 + int(clock[2])
    words = _WORDS.fullmatch(said)
    if words is None or not (words[1] or words[2]):
        return None
    return round(float((words[1] or "0").replace(",", ".")) * 60) + int(words[2] or 0)


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"

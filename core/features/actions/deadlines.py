"""When an action is overdue and when its owners are reminded: days and hours of the owner's own zone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from core.rules.working_days import at_local, eve_of, is_working_day

NINE = time(9)
"""The hour of a reminder, on the owner's wall clock (source: domain, section 1.0)."""


class Step(StrEnum):
    """The reminders of one owner: on the working day before, and on the day itself."""

    EVE = "eve"
    DAY = "day"


def deadline_of(due: date | None, due_at: datetime | None, zones: Iterable[str]) -> datetime | None:
    """The UTC moment after which it is overdue; a day without a time ends when it has ended in each of `zones`."""
    if due is None or due_at is not None:
        return due_at
    return max(at_local(due + timedelta(days=1), time(), zone) for zone in zones)


def last_day(due: date, due_at: datetime | None, zone: str) -> date:
    """The due day on the calendar of an IANA zone: a moment late in Dublin is on the next day in Tokyo."""
    return due if due_at is None else due_at.astimezone(ZoneInfo(zone)).date()


def reminders(due: date, due_at: datetime | None, zone: str) -> Mapping[Step, datetime]:
    """When an owner in `zone` is reminded, UTC.

    Nobody is reminded on a weekend, nor after a moment that lies before nine: then the eve alone has a reminder.
    """
    day = last_day(due, due_at, zone)
    found = {Step.EVE: at_local(eve_of(day), NINE, zone)}
    on_the_day = at_local(day, NINE, zone)
    if is_working_day(day) and (due_at is None or on_the_day < due_at):
        found[Step.DAY] = on_the_day
    return found

"""What a day phrase is heard with, and what it was read as."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Setting:
    """Where and when something is said: `now` in UTC, the meeting's IANA zone, its milestones and days off.

    `month_first`: 03/04 is 4 March here, as a transfer's setting may say.
    """

    now: datetime
    zone: str
    milestones: Mapping[str, date] = field(default_factory=dict)
    holidays: Collection[date] = ()
    month_first: bool = False

    @cached_property
    def today(self) -> date:
        """The day on the meeting's wall clock."""
        return self.now.astimezone(ZoneInfo(self.zone)).date()

    @property
    def monday(self) -> date:
        """The Monday of this week."""
        return self.today - timedelta(days=self.today.weekday())


PAST = "past"
"""The basis of a day that was said as past, such as `yesterday` or `last Friday`."""


class Days(NamedTuple):
    """A day phrase as read: the `day` meant, and the `first` that the phrase covers (of a span, else `day`).

    `basis` says by which rule; `ask` that the reading is a guess; `at` (UTC) is there where the phrase itself
    counts in hours.
    """

    day: date
    basis: str
    ask: bool = False
    first: date | None = None
    at: datetime | None = None

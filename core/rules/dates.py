"""A day, a time of day, or both, as people say when something is: `Friday`, `14:00`, `12 Mar 2026 14:00`."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from core.rules.clock_times import ClockTime, moment_on, read_clock, wall_time, zone_after
from core.rules.counted import read_counted
from core.rules.day_pattern import ARTICLE
from core.rules.day_phrases import read_days
from core.rules.errors import BadDate, msg
from core.rules.milestones import milestones_at, read_milestone
from core.rules.setting import Days, Setting
from core.rules.vocabulary import END
from core.rules.zones import Shaky, said_zone, shaky

_ON = re.compile(r"[ ]*+,?+[ ]*+(?:(?:on|of|le|am)[ ]++)?", re.IGNORECASE)
_AT = re.compile(r"T(?=\d)|[ ]*+,?+[ ]*+")
_VAGUELY = re.compile(
    rf"[ ]++(?:morning|afternoon|evening|night|lunchtime|früh|vormittag|nachmittag|abend|matin|soir){END}",
    re.IGNORECASE,
)
_NOW = re.compile(r"now|jetzt|maintenant", re.IGNORECASE)
_IN = re.compile(r"(?:in|within|dans)[ ]++", re.IGNORECASE)


class When(NamedTuple):
    """A day, with the time of day where one was said, and where the phrase ended; `vague`: a part of a day was."""

    days: Days
    clock: ClockTime | None
    end: int
    vague: bool = False

    def zone(self) -> str:
        """The IANA zone that the time was said in; empty where none was, or one that is the meeting's to tell."""
        return said_zone(wall_time(self.days.day, self.clock), self.clock.zone) if self.clock else ""

    def shaky(self, setting: Setting) -> Shaky | None:
        """Why its time must be asked about, where the clocks of its zone skip it or show it twice."""
        if self.clock is None or (self.clock.zone is not None and "/" not in self.clock.zone):
            return None
        return shaky(wall_time(self.days.day, self.clock), self.zone() or setting.zone)

    def moment(self, setting: Setting) -> tuple[date, datetime | None, bool]:
        """The day in the meeting's zone, the UTC moment where a time was said, and whether to ask."""
        days, clock = self.days, self.clock
        if clock is None:
            return days.day, days.at, days.ask or self.vague
        at, ask = moment_on(days.day, clock, setting.zone)
        day = at.astimezone(ZoneInfo(setting.zone)).date() if clock.zone else days.day
        return day, at, days.ask or ask


def read_when(text: str, at: int, setting: Setting) -> When | None:
    """The day, time, or both that stand at a place in the text; a time alone is today's.

    A milestone's name counts as its day. Raises BadDate and BadZone for what no calendar or clock holds.
    """
    if clock := read_clock(text, at):
        on = _ON.match(text, clock.end)
        dated = _read_day(text, on.end() if on else clock.end, setting)
        if dated is None:
            return When(Days(setting.today, "time"), clock, clock.end)
        zoned = zone_after(text, dated[1], clock)
        return When(dated[0], zoned or clock, zoned.end if zoned else dated[1])
    dated = _read_day(text, at, setting)
    if dated is None:
        return None
    days, end = dated
    if vaguely := _VAGUELY.match(text, end):
        return When(days, None, vaguely.end(), vague=True)
    joined = _AT.match(text, end)
    clock = read_clock(text, joined.end() if joined else end)
    return When(days, clock, clock.end if clock else end)


def parse_moment(text: str, setting: Setting) -> datetime:
    """The UTC moment of `12 Mar 2026 14:00`, `now`, `in 10 minutes`, `tomorrow 9:00`, `Friday 14:00` or `14:00`.

    Without a zone said it is the setting's. Raises BadDate for what cannot be read or can be read in two ways, for
    a time that the clocks skip or show twice, and for a time alone that is past today. A day said may be past.
    """
    said = text.strip()
    if _NOW.fullmatch(said):
        return setting.now.astimezone(UTC)
    if begun := _IN.match(said):
        counted = read_counted(said, begun.end())
        if counted and counted.end == len(said) and counted.on_the_clock:
            at = counted.after(setting).at
            assert at is not None
            return at
    when = read_when(said, 0, setting)
    if when is None or when.end != len(said):
        raise BadDate(
            msg("“{said}” is no day and time. Write such as {right} 14:00."), said=said, right=_right(setting)
        )
    return _certain_moment(said, when, setting)


def _certain_moment(said: str, when: When, setting: Setting) -> datetime:
    day, at, ask = when.moment(setting)
    if when.clock is None or at is None:
        right = day.isoformat() if day >= setting.today else _right(setting)
        raise BadDate(msg("“{said}” names no time. Write such as {day} 14:00."), said=said, day=right)
    if doubtful := when.shaky(setting):
        raise doubtful.unreadable(said)
    if when.days.ask or when.clock.ask or (ask and when.clock.zone):
        raise _two_ways(said, f"{at.astimezone(ZoneInfo(setting.zone)):%Y-%m-%d %H:%M}")
    if when.days.basis == "time" and at < setting.now:
        raise BadDate(msg("“{said}” is past today. Write such as tomorrow {said}."), said=said)
    return at


def parse_day(text: str, setting: Setting) -> date:
    """The day of `2026-04-20`, `20 April`, `Friday`, `tomorrow` or `end of month`; it may be past.

    Raises BadDate for what cannot be read, or can be read in two ways.
    """
    said = text.strip()
    when = read_when(said, 0, setting)
    if when is None or when.end != len(said) or when.clock is not None:
        raise BadDate(msg("“{said}” is no day. Write such as {right}."), said=said, right=_right(setting))
    if when.days.ask or when.vague:
        raise _two_ways(said, when.days.day.isoformat())
    return when.days.day


def _right(setting: Setting) -> str:
    """The Thursday after today, such as `12 Mar 2026`: an example that is no day of the past."""
    day = setting.monday + timedelta(days=3 if setting.today.weekday() < 3 else 10)
    return f"{day.day} {day:%b %Y}"


def _two_ways(said: str, spelt: str) -> BadDate:
    return BadDate(
        msg("“{said}” can be read in more than one way. Write the day out, such as {spelt}."),
        said=said,
        spelt=spelt,
    )


def _read_day(text: str, at: int, setting: Setting) -> tuple[Days, int] | None:
    """A milestone's full name goes before a day phrase (`Q1 review`), and that before a part of a name."""
    article = ARTICLE.match(text, at)
    at = article.end() if article else at
    names, start = milestones_at(text, at, setting.milestones)
    if not names:
        return read_days(text, at, setting)
    named = read_milestone(text, start, names, in_full=True)
    if named is None:
        if days := read_days(text, at, setting):
            return days
        named = read_milestone(text, start, names, in_full=False)
    return (Days(setting.milestones[named[0]], f"milestone:{named[0]}"), named[1]) if named else None

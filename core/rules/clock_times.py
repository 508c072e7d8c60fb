"""Times of day as people say them, `14:00`, `2 pm`, `EOD`, with the zone that may follow."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from core.rules.errors import BadDate, msg
from core.rules.vocabulary import END
from core.rules.zones import ABBREVIATIONS, AMERICAN, AREAS, as_said, zone_of_place

_DAYS = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_ZONE = rf"""(?:[ ]*+(?P<zone>
    (?-i:Z){END} | (?-i:UTC|GMT)?[+-]\d{{1,2}}:?(?:\d\d)?{END}
  | (?-i:UTC|{"|".join(ABBREVIATIONS)}){END}
  | (?-i:[ecmp][sd]t){END}
  | (?-i:[ECMP]T){END}
  | (?:US[ ]|U\.S\.[ ])?(?P<region>eastern|central|mountain|pacific)
    (?:[ ](?:standard[ ]|daylight[ ])?time{END}|(?=[ ]*+(?:[,;.!?)]|$|(?:on|tomorrow|today|please|pls){END}|{_DAYS})))
  | (?:{"|".join((*AREAS, "Etc"))})/[a-z_]+(?:/[a-z_]+)?{END} ))?"""

_CLOCK = re.compile(
    rf"""(?:(?:at|um|à|@)[ ]*+)?(?:
      (?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?::\d\d(?:\.\d{{1,6}})?)?(?![\d:])
        (?:[ ]*+(?P<half>am|pm|a\.m\.|p\.m\.|uhr){END})?
    | (?P<hour2>\d{{1,2}})(?:\.(?P<minute2>\d\d))?[ ]*+(?P<half2>am|pm|a\.m\.|p\.m\.|uhr|o['’]clock){END}
    | (?P<word>EOD|EOB|COB|close[ ]of[ ](?:business|play)
        |(?:the[ ])?end[ ]of[ ](?:the[ ])?(?:business[ ]|working[ ])?day|feierabend
        |(?:dienst|geschäfts)schluss|tagesende
        |ende[ ]des[ ](?:arbeits)?tage?s|noon|midday|midnight|mittag|midi|minuit){END}
    ){_ZONE}""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)

_PLACE = re.compile(
    r"""[ ]*+(?:\([ ]*+(?P<bracketed>[^\W\d_]++(?:[ ][^\W\d_]++)?)(?:[ ]time)?[ ]*+\)
    |(?P<place>[^\W\d_]++(?:[ ][^\W\d_]++)?)[ ](?:time|zeit)(?![^\W_]))""",
    re.VERBOSE | re.IGNORECASE,
)
_ZONE_LAST = re.compile(
    r"[ ]++(?P<short>[A-Z]{2,4}|Eastern|Central|Mountain|Pacific)(?=[ ]*+(?:[,;.!?)]|$|please\b|pls\b))"
)
_WHOSEVER = frozenset({"your", "their", "my", "our", "local", "his", "her", "your local", "deiner", "eurer", "unserer"})
"""Words before `time` that name no place."""
_NOON = {"noon", "midday", "mittag", "midi"}
_MIDNIGHT = {"midnight", "minuit"}


class ClockTime(NamedTuple):
    """A time of day: minutes after midnight (1440 is the end of that day), the zone said, and where it ended."""

    minutes: int
    zone: str | None
    ask: bool
    end: int


def read_clock(text: str, at: int) -> ClockTime | None:
    """The time of day that stands at a place in the text. Raises BadDate for one that no clock shows."""
    found = _CLOCK.match(text, at)
    if found is None:
        return None
    clock = _from_word(word.lower(), found) if (word := found["word"]) else _from_digits(found)
    return _at_place(text, clock) if clock.zone is None else clock


def _zone(found: re.Match[str]) -> str | None:
    """The zone said behind a time: as it was written, or the zone that Americans mean by `ET` or `Eastern`."""
    said, region = found["zone"], found["region"]
    if region:
        return AMERICAN[region.lower()]
    return AMERICAN.get(said, said.upper() if said.islower() and "/" not in said else said) if said else None


def zone_after(text: str, at: int, clock: ClockTime) -> ClockTime | None:
    """The time with the zone that stands behind its day, as in `EOD Monday ET`; None where none does."""
    found = _ZONE_LAST.match(text, at) if clock.zone is None else None
    zone = _short_zone(found["short"]) if found else None
    return clock._replace(zone=zone, end=found.end()) if found and zone else None


def _short_zone(said: str) -> str | None:
    """The zone of `ET`, `CEST` or `Eastern`; None where it is no short name of one."""
    return said if said in ABBREVIATIONS else AMERICAN.get(said) or AMERICAN.get(said.lower())


def _at_place(text: str, clock: ClockTime) -> ClockTime:
    """The time with the place whose it is, as in `17:00 Warsaw time`; one that is no known place is asked about."""
    found = _PLACE.match(text, clock.end)
    if found is None:
        return clock
    said = found["place"] or found["bracketed"]
    zone = (_short_zone(said) if found["bracketed"] else None) or zone_of_place(said.lower())
    if zone is None and (found["bracketed"] or not (said[0].isupper() or said.lower() in _WHOSEVER)):
        return clock
    return clock._replace(zone=zone, ask=clock.ask or zone is None, end=found.end())


def _from_digits(found: re.Match[str]) -> ClockTime:
    hour, minute = int(found["hour"] or found["hour2"]), int(found["minute"] or found["minute2"] or 0)
    half = (found["half"] or found["half2"] or "").replace(".", "").lower()
    twelve = half in {"am", "pm"}
    if minute > 59 or not (1 <= hour <= 12 if twelve else hour * 60 + minute <= 1440):
        raise BadDate(msg("“{said}” is no time of day. Write one such as 14:00."), said=found[0].strip())
    if twelve:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return ClockTime(hour * 60 + minute, _zone(found), False, found.end())


def _from_word(word: str, found: re.Match[str]) -> ClockTime:
    if word in _NOON:
        return ClockTime(12 * 60, _zone(found), False, found.end())
    if word in _MIDNIGHT:
        # Which end of the day midnight is, nobody agrees on.
        return ClockTime(1440, _zone(found), True, found.end())
    return ClockTime(17 * 60, _zone(found), False, found.end())


def moment_on(day: date, clock: ClockTime, zone: str) -> tuple[datetime, bool]:
    """That time on that day as UTC, in the zone said or else the meeting's IANA `zone`, and whether to ask."""
    wall = wall_time(day, clock)
    moment, ask = as_said(wall, clock.zone, zone)
    return moment, ask or clock.ask


def wall_time(day: date, clock: ClockTime) -> datetime:
    """That time on that day as a naive wall time."""
    return datetime.combine(day, time()) + timedelta(minutes=clock.minutes)

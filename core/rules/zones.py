"""A wall clock belongs to a place: from local time to UTC, across summer time and ambiguous abbreviations."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from difflib import get_close_matches
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from core.rules.errors import BadDate, BadZone, msg

AREAS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)

_SEASONAL = {
    "CET": ("CET", "Europe/Berlin"),
    "MEZ": ("CET", "Europe/Berlin"),
    "CEST": ("CEST", "Europe/Berlin"),
    "MESZ": ("CEST", "Europe/Berlin"),
    "WET": ("WET", "Europe/Lisbon"),
    "WEST": ("WEST", "Europe/Lisbon"),
    "EET": ("EET", "Europe/Helsinki"),
    "EEST": ("EEST", "Europe/Helsinki"),
    "GMT": ("GMT", "Europe/London"),
    "EST": ("EST", "America/New_York"),
    "EDT": ("EDT", "America/New_York"),
    "CDT": ("CDT", "America/Chicago"),
    "MDT": ("MDT", "America/Denver"),
    "PST": ("PST", "America/Los_Angeles"),
    "PDT": ("PDT", "America/Los_Angeles"),
    "AKST": ("AKST", "America/Anchorage"),
    "AKDT": ("AKDT", "America/Anchorage"),
    "HST": ("HST", "Pacific/Honolulu"),
    "JST": ("JST", "Asia/Tokyo"),
    "MSK": ("MSK", "Europe/Moscow"),
}
"""Abbreviations with one meaning: the name by which the zone itself calls that season, and the zone."""

TWO_MEANINGS = ("IST", "BST", "CST", "MST")
ABBREVIATIONS = (*_SEASONAL, *TWO_MEANINGS)
AMERICAN = {
    "ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles",
    "eastern": "America/New_York", "central": "America/Chicago", "mountain": "America/Denver",
    "pacific": "America/Los_Angeles",
}  # fmt: skip
"""What Americans call their zones in either season, to the zone."""

_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d\d)?", re.ASCII)


def known_zone(name: str) -> str:
    """The IANA zone of a place as the database spells it, or `UTC`. Raises BadZone naming one that would be right."""
    name = name.strip()
    if name.upper() in {"UTC", "ETC/UTC"}:
        return "UTC"
    if name == name.title() and name.split("/")[0] in AREAS and _is_zone(name):
        return name  # as the database spells it, without a look at all of its names
    found = _places().get(name.casefold().replace(" ", "_"))
    if found is not None and "/" in name:
        return found
    if found is None and 5 < len(name) < 40:  # Shorter ones are abbreviations.
        close = get_close_matches(name.casefold().replace(" ", "_"), _places(), n=1, cutoff=0.85)
        found = _places()[close[0]] if close else None
    if found is not None:
        raise BadZone(msg("“{name}” is no IANA zone. Did you mean {zone}?"), name=name, zone=found)
    raise BadZone(
        msg("“{name}” is no IANA zone, which names a place and so follows its summer time, such as Europe/Dublin."),
        name=name,
    )


@lru_cache(maxsize=1)
def _places() -> Mapping[str, str]:
    """Case-folded zone name, and city alone, to zone name."""
    zones = sorted(zone for zone in available_timezones() if zone.split("/")[0] in AREAS and "/" in zone)
    return {zone.rsplit("/", 1)[1].casefold(): zone for zone in zones} | {zone.casefold(): zone for zone in zones}


_COUNTRIES = {
    "irish": "Europe/Dublin", "irischer": "Europe/Dublin", "polish": "Europe/Warsaw", "polnischer": "Europe/Warsaw",
    "german": "Europe/Berlin", "deutscher": "Europe/Berlin", "uk": "Europe/London", "british": "Europe/London",
    "britischer": "Europe/London", "englischer": "Europe/London", "czech": "Europe/Prague",
    "tschechischer": "Europe/Prague", "japan": "Asia/Tokyo", "japanese": "Asia/Tokyo", "japanischer": "Asia/Tokyo",
    "french": "Europe/Paris", "französischer": "Europe/Paris", "swiss": "Europe/Zurich",
    "schweizer": "Europe/Zurich", "dutch": "Europe/Amsterdam", "danish": "Europe/Copenhagen",
    "swedish": "Europe/Stockholm", "italian": "Europe/Rome", "indian": "Asia/Kolkata", "singapore": "Asia/Singapore",
    "warschauer": "Europe/Warsaw", "dubliner": "Europe/Dublin", "berliner": "Europe/Berlin",
    "londoner": "Europe/London", "krakow": "Europe/Warsaw", "munich": "Europe/Berlin", "basel": "Europe/Zurich",
    "boston": "America/New_York", "central european": "Europe/Berlin", "mitteleuropäischer": "Europe/Berlin",
}  # fmt: skip
"""What people say before `time` beside cities of the zone database, where it has one zone."""


@lru_cache(maxsize=256)
def zone_of_place(place: str) -> str | None:
    """The IANA zone of `warsaw` or `irish`, in lower case, as it is said before `time`; None where none is known."""
    if found := _COUNTRIES.get(place):
        return found
    city = place.title().replace(" ", "_")
    return next((zone for area in AREAS if _is_zone(zone := f"{area}/{city}")), None)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def to_utc(wall: datetime, zone: str) -> datetime:
    """A naive wall time in an IANA zone as UTC.

    A time that the clocks skip is read by the offset before the change, so 01:30 becomes the 02:30 after it; of a
    time that comes twice the first is meant (PEP 495, fold=0).
    """
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def is_skipped(wall: datetime, zone: str) -> bool:
    """Whether the clocks of the zone jump over this naive wall time."""
    return to_utc(wall, zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != wall


def is_shaky(wall: datetime, zone: str) -> bool:
    """Whether this naive wall time is skipped or comes twice in the zone, so that a person must be asked."""
    local = wall.replace(tzinfo=ZoneInfo(zone))
    return local.utcoffset() != local.replace(fold=1).utcoffset()


class Shaky(NamedTuple):
    """A wall time that the clocks of a zone skip, or show twice; what is written in its place, without a doubt."""

    zone: str
    skipped: bool
    earlier: str
    later: str

    def unreadable(self, said: str) -> BadDate:
        """What is said of it to whoever wrote `said`: what is wrong, and both times that may be meant."""
        if self.skipped:
            sentence = msg("“{said}” does not exist: the clocks in {zone} jump over it. Write {earlier} or {later}.")
        else:
            sentence = msg("“{said}” comes twice: the clocks in {zone} go back then. Write {earlier} or {later}.")
        return BadDate(sentence, said=said, zone=self.zone, earlier=self.earlier, later=self.later)


def shaky(wall: datetime, zone: str) -> Shaky | None:
    """Why a person must say which time is meant by this naive wall time in the zone; None for any other time."""
    if not is_shaky(wall, zone):
        return None
    both = [wall.replace(tzinfo=ZoneInfo(zone), fold=fold) for fold in (0, 1)]
    before, after = (one.utcoffset() or timedelta() for one in both)
    if is_skipped(wall, zone):
        gap = after - before
        return Shaky(zone, True, f"{wall - gap:%Y-%m-%d %H:%M}", f"{wall + gap:%Y-%m-%d %H:%M}")
    first, second = (one.isoformat(" ", "minutes") for one in both)
    return Shaky(zone, False, _spaced(first), _spaced(second))


def _spaced(moment: str) -> str:
    """`2027-10-31 01:30 +01:00` of `2027-10-31 01:30+01:00`."""
    return f"{moment[:16]} {moment[16:]}"


def spelt(moment: datetime, zone: str) -> str:
    """A UTC moment as a sentence holds it, `2027-10-31 14:00` in the zone, with its offset where the clocks show it
    twice."""
    local = moment.astimezone(ZoneInfo(zone))
    wall = local.replace(tzinfo=None, fold=0)
    return _spaced(local.isoformat(" ", "minutes")) if is_shaky(wall, zone) else f"{wall:%Y-%m-%d %H:%M}"


def said_zone(wall: datetime, said: str | None) -> str:
    """The IANA zone of what was said behind a time; empty for none, an offset, two meanings, or the wrong season."""
    if said is None:
        return ""
    if said in {"Z", "UTC"}:
        return "UTC"
    if "/" in said:
        return known_zone(said)
    season, place = _SEASONAL.get(said, ("", ""))
    return place if place and wall.replace(tzinfo=ZoneInfo(place)).tzname() == season else ""


def as_said(wall: datetime, said: str | None, zone: str) -> tuple[datetime, bool]:
    """A naive wall time with the zone that was said behind it as UTC, and whether to ask.

    `said` is `Z`, an offset, an abbreviation, an IANA name or None. An abbreviation with two meanings or off season
    (IST; CET in summer) is read in the meeting's `zone`, and asked about. Raises BadZone for an unknown IANA name.
    """
    if said is None:
        return to_utc(wall, zone), is_shaky(wall, zone)
    if "/" in said:
        named = known_zone(said)
        return to_utc(wall, named), is_shaky(wall, named)
    if said in {"Z", "UTC"}:
        return wall.replace(tzinfo=UTC), False
    if offset := _OFFSET.fullmatch(said):
        hours, minutes = int(offset[2]), int(offset[3] or 0)
        if hours > 14 or minutes > 59:
            raise BadZone(msg("“{name}” is no offset from UTC. Write one such as +01:00."), name=said)
        ahead = timedelta(hours=hours, minutes=minutes) * (-1 if offset[1] == "-" else 1)
        return wall.replace(tzinfo=timezone(ahead)).astimezone(UTC), False
    season, place = _SEASONAL.get(said, ("", zone))
    if wall.replace(tzinfo=ZoneInfo(place)).tzname() == season:
        return to_utc(wall, place), is_shaky(wall, place)
    return to_utc(wall, zone), True

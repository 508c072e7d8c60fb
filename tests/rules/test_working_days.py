"""Working days and the wall clock: holidays, weekends, summer time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.rules.errors import BadZone
from core.rules.working_days import (
    add_working_days,
    at_local,
    eve_of,
    is_working_day,
    reminder_day,
    working_days_before,
)
from core.rules.zones import as_said, is_shaky, is_skipped, known_zone, to_utc

ZONES = st.sampled_from(["Europe/Dublin", "America/New_York", "Asia/Tokyo", "Asia/Kolkata", "Australia/Lord_Howe"])
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


WALL = datetime.fromisoformat
"""A wall time, of no zone."""


def utc(text: str) -> datetime:
    return WALL(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "days", "holidays", "there"),
    [
        (date(2026, 3, 12), 1, (), date(2026, 3, 13)),
        (date(2026, 3, 13), 1, (), date(2026, 3, 16)),
        (date(2026, 3, 14), 1, (), date(2026, 3, 16)),
        (date(2026, 3, 16), 1, (date(2026, 3, 17),), date(2026, 3, 18)),
        (date(2026, 3, 12), 5, (), date(2026, 3, 19)),
        (date(2026, 3, 16), -1, (), date(2026, 3, 13)),
        (date(2026, 3, 15), -1, (), date(2026, 3, 13)),
        (date(2026, 3, 18), -3, {date(2026, 3, 17)}, date(2026, 3, 12)),
        (date(2026, 3, 14), 0, (), date(2026, 3, 14)),
    ],
)
def test_counting(day: date, days: int, holidays: set[date], there: date) -> None:
    assert add_working_days(day, days, holidays) == there


@settings(deadline=None)
@given(DAYS, st.integers(1, 60), st.sets(DAYS, max_size=20))
def test_there_and_back(day: date, days: int, holidays: set[date]) -> None:
    there = add_working_days(day, days, holidays)
    assert is_working_day(there, holidays)
    between = [day + timedelta(n) for n in range(1, (there - day).days + 1)]
    assert sum(is_working_day(one, holidays) for one in between) == days
    if is_working_day(day, holidays):
        assert add_working_days(there, -days, holidays) == day


def test_the_eve() -> None:
    assert eve_of(date(2026, 4, 20)) == date(2026, 4, 17)
    assert eve_of(date(2026, 4, 7), {date(2026, 4, 6), date(2026, 4, 3)}) == date(2026, 4, 2)


def test_a_due_day_on_a_weekend_is_reminded_of_on_friday() -> None:
    assert reminder_day(date(2026, 3, 14)) == date(2026, 3, 13)
    assert reminder_day(date(2026, 3, 13)) == date(2026, 3, 13)
    assert reminder_day(date(2026, 3, 17), {date(2026, 3, 17)}) == date(2026, 3, 16)


@pytest.mark.parametrize(
    ("day", "clock", "zone", "moment"),
    [
        (date(2026, 4, 1), time(17), "Europe/Dublin", "2026-04-01T16:00"),
        (date(2026, 3, 13), time(17), "Europe/Dublin", "2026-03-13T17:00"),
        (date(2026, 3, 13), time(9), "Asia/Kolkata", "2026-03-13T03:30"),
        (date(2026, 3, 13), time(1), "Asia/Tokyo", "2026-03-12T16:00"),
    ],
)
def test_the_wall_clock_of_a_place(day: date, clock: time, zone: str, moment: str) -> None:
    assert at_local(day, clock, zone) == utc(moment)


def test_a_skipped_hour_is_the_one_after_and_of_a_double_one_the_first_is_meant() -> None:
    assert at_local(date(2026, 3, 29), time(1, 30), "Europe/Dublin") == utc("2026-03-29T01:30")  # 02:30 there
    assert at_local(date(2026, 10, 25), time(1, 30), "Europe/Dublin") == utc("2026-10-25T00:30")
    assert is_skipped(WALL("2026-03-29T01:30"), "Europe/Dublin")
    assert not is_skipped(WALL("2026-10-25T01:30"), "Europe/Dublin")
    assert is_shaky(WALL("2026-10-25T01:30"), "Europe/Dublin")
    assert not is_shaky(WALL("2026-03-29T02:00"), "Europe/Dublin")


def test_three_working_days_before_keep_the_wall_clock_over_the_change_of_time() -> None:
    meeting = utc("2026-03-31T13:00")  # Tuesday, 14:00 in Dublin, summer time since Sunday
    assert working_days_before(meeting, 3, "Europe/Dublin") == utc("2026-03-26T14:00")
    assert working_days_before(meeting, 3, "Europe/Dublin", {date(2026, 3, 27)}) == utc("2026-03-25T14:00")


@settings(deadline=None)
@given(st.datetimes(WALL("2020-01-01T00:00"), WALL("2035-01-01T00:00")), st.integers(0, 30), ZONES)
def test_before_is_before_and_on_a_working_day(moment: datetime, days: int, zone: str) -> None:
    meeting = moment.replace(tzinfo=UTC)
    before = working_days_before(meeting, days, zone)
    assert before.tzinfo is UTC
    local = before.astimezone(ZoneInfo(zone))
    if days:
        assert before < meeting
        assert local.weekday() < 5
    if not is_shaky(datetime.combine(local.date(), meeting.astimezone(ZoneInfo(zone)).time()), zone):
        assert local.time() == meeting.astimezone(ZoneInfo(zone)).time()


@settings(deadline=None)
@given(st.datetimes(WALL("2020-01-01T00:00"), WALL("2035-01-01T00:00")), ZONES)
def test_a_wall_time_that_exists_comes_back(wall: datetime, zone: str) -> None:
    back = to_utc(wall, zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert (back == wall) is not is_skipped(wall, zone)


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("Europe/Dublin", "Europe/Dublin"),
        (" europe/dublin ", "Europe/Dublin"),
        ("America/New York", "America/New_York"),
        ("UTC", "UTC"),
        ("Etc/UTC", "UTC"),
    ],
)
def test_known_zones(said: str, known: str) -> None:
    assert known_zone(said) == known


@pytest.mark.parametrize(
    "said", ["CET", "GMT+1", "Dublin", "Europe/Dubln", "EST", "", "../etc/passwd", "Etc/GMT+1", "+01:00", "x" * 50_000]
)
def test_a_bad_zone_is_told_a_good_one(said: str) -> None:
    with pytest.raises(BadZone, match="Europe/Dublin") as refused:
        known_zone(said)
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(
    ("wall", "said", "moment", "ask"),
    [
        ("2026-01-12T14:00", "CET", "2026-01-12T13:00", False),
        ("2026-07-12T14:00", "CEST", "2026-07-12T12:00", False),
        ("2026-07-12T14:00", "CET", "2026-07-12T13:00", True),  # off season: 14:00 in Dublin
        ("2026-01-12T14:00", "IST", "2026-01-12T14:00", True),
        ("2026-01-12T14:00", "GMT", "2026-01-12T14:00", False),
        ("2026-07-12T14:00", "UTC", "2026-07-12T14:00", False),
        ("2026-07-12T14:00", "Z", "2026-07-12T14:00", False),
        ("2026-07-12T14:00", "+02:00", "2026-07-12T12:00", False),
        ("2026-07-12T14:00", "UTC-3", "2026-07-12T17:00", False),
        ("2026-07-12T14:00", "Asia/Kolkata", "2026-07-12T08:30", False),
        ("2026-07-12T14:00", None, "2026-07-12T13:00", False),
    ],
)
def test_a_zone_said_behind_a_time(wall: str, said: str | None, moment: str, ask: bool) -> None:
    assert as_said(WALL(wall), said, "Europe/Dublin") == (utc(moment), ask)


def test_an_offset_that_no_place_has() -> None:
    with pytest.raises(BadZone, match=r"\+01:00"):
        as_said(WALL("2026-03-12T14:00"), "+25:00", "Europe/Dublin")

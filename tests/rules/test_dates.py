"""Moments and days given as values: `at:"12 Mar 2026 14:00"`, `on:2026-04-20`."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.rules.dates import parse_day, parse_moment
from core.rules.errors import BadDate, BadZone
from core.rules.setting import Setting
from core.rules.zones import is_shaky

THURSDAY = Setting(datetime(2026, 3, 12, 14, 30, tzinfo=UTC), "Europe/Dublin", {"PPQ-1 start": date(2026, 4, 20)})


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("12 Mar 2026 14:00", "2026-03-12T14:00"),
        ("2026-03-12 14:00", "2026-03-12T14:00"),
        ("2026-03-12T14:00:00Z", "2026-03-12T14:00"),
        ("2026-04-01T14:00:00.000+02:00", "2026-04-01T12:00"),
        ("1 April 2026 17:00", "2026-04-01T16:00"),
        ("13 March 2026, 5 pm", "2026-03-13T17:00"),
        ("Mon 16 Mar 2026 at 9:30 a.m.", "2026-03-16T09:30"),
        ("12 am 13 March", "2026-03-13T00:00"),
        ("now", "2026-03-12T14:30"),
        ("in 10 minutes", "2026-03-12T14:40"),
        ("in 2 hours", "2026-03-12T16:30"),
        ("in an hour", "2026-03-12T15:30"),
        ("tomorrow 9:00", "2026-03-13T09:00"),
        ("9:00 tomorrow", "2026-03-13T09:00"),
        ("Friday 14:00", "2026-03-13T14:00"),
        ("tomorrow at noon", "2026-03-13T12:00"),
        ("15:00", "2026-03-12T15:00"),
        ("3pm", "2026-03-12T15:00"),
        ("14 Uhr 20. April", "2026-04-20T13:00"),
        ("20.4.2026 14.30 Uhr", "2026-04-20T13:30"),
        ("PPQ-1 start 10:00", "2026-04-20T09:00"),
        ("10 March 2026 14:00", "2026-03-10T14:00"),
        ("29 March 2026 01:30 UTC", "2026-03-29T01:30"),
        ("20 January 2027 14:00 CET", "2027-01-20T13:00"),
    ],
)
def test_moments(text: str, moment: str) -> None:
    read = parse_moment(text, THURSDAY)
    assert read == datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert read.tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "19 Mar 2026 14:00"),
        ("soon", "“soon” is no day and time. Write such as 19 Mar 2026 14:00."),
        ("14:00", "“14:00” is past today. Write such as tomorrow 14:00."),
        ("12 Mar 2026", "names no time. Write such as 2026-03-12 14:00"),
        ("yesterday", "names no time. Write such as 19 Mar 2026 14:00"),
        ("tomorrow", "names no time. Write such as 2026-03-13 14:00"),
        ("31 Feb 2026 14:00", "February 2026 has 28 days"),
        ("2026-13-01 14:00", "no month 13"),
        ("29 March 2026 01:30", "does not exist: the clocks in Europe/Dublin jump over it"),
        ("29 March 2026 01:30", "Write 2026-03-29 00:30 or 2026-03-29 02:30."),
        ("25 October 2026 01:30", "Write 2026-10-25 01:30 +01:00 or 2026-10-25 01:30 +00:00."),
        ("25 October 2026 02:30 Europe/Warsaw", "Write 2026-10-25 02:30 +02:00 or 2026-10-25 02:30 +01:00."),
        ("03/04 14:00", "in more than one way. Write the day out, such as 2026-04-03 14:00"),
        ("Thursday 16:00", "such as 2026-03-19 16:00"),
        ("next Friday 14:00", "such as 2026-03-20 14:00"),
        ("midnight", "such as 2026-03-13 00:00"),
        ("20 July 14:00 CET", "such as 2026-07-20 14:00"),
        ("tomorrow 25:00", "“25:00” is no time of day"),
        ("tomorrow 13 pm", "“13 pm” is no time of day"),
        ("tomorrow 9:00 sharp", "no day and time"),
        ("in 2 days", "no day and time"),
        ("in 2 hours of blending", "no day and time"),
        ("x" * 50_000, "x…” is no day and time"),
    ],
)
def test_no_moment(text: str, told: str) -> None:
    with pytest.raises(BadDate) as refused:
        parse_moment(text, THURSDAY)
    assert told in str(refused.value)
    assert len(str(refused.value)) < 250


def test_a_bad_zone_behind_a_time() -> None:
    with pytest.raises(BadZone, match="Europe/Dublin"):
        parse_moment("tomorrow 14:00 Europe/Dubln", THURSDAY)


@settings(deadline=None)
@given(
    st.datetimes(datetime.fromisoformat("2020-01-01"), datetime.fromisoformat("2040-01-01")),
    st.sampled_from(["Europe/Dublin", "America/New_York", "Asia/Kolkata"]),
)
def test_a_moment_written_out_comes_back(wall: datetime, zone: str) -> None:
    wall = wall.replace(second=0, microsecond=0, fold=0)
    if is_shaky(wall, zone):
        with pytest.raises(BadDate, match="Write 20"):
            parse_moment(f"{wall:%Y-%m-%d %H:%M}", replace(THURSDAY, zone=zone))
        return
    setting = replace(THURSDAY, zone=zone)
    expected = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    for shape in (
        "%Y-%m-%d %H:%M",
        "%a %d %b %Y %H:%M",
        "%d.%m.%Y %H:%M",
        "%B %d, %Y at %I:%M %p",
        "%H:%M on %d %B %Y",
    ):
        assert parse_moment(wall.strftime(shape), setting) == expected
    assert parse_moment(expected.strftime("%Y-%m-%dT%H:%M:%SZ"), setting) == expected


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-04-20", date(2026, 4, 20)),
        ("20 April", date(2026, 4, 20)),
        ("20.4.2026", date(2026, 4, 20)),
        ("27/03/2026", date(2026, 3, 27)),
        ("Friday", date(2026, 3, 13)),
        ("tomorrow", date(2026, 3, 13)),
        ("end of month", date(2026, 3, 31)),
        ("10 March", date(2026, 3, 10)),
        ("PPQ-1", date(2026, 4, 20)),
    ],
)
def test_days(text: str, day: date) -> None:
    assert parse_day(text, THURSDAY) == day


@pytest.mark.parametrize(
    "text", ["", "x", "14:00", "20 April 14:00", "next week", "Thursday", "03/04", "2026-04-31", "tomorrow morning"]
)
def test_no_day(text: str) -> None:
    with pytest.raises(BadDate, match="Write"):
        parse_day(text, THURSDAY)


def test_a_transfer_may_put_the_month_first() -> None:
    assert parse_day("03/27/2026", replace(THURSDAY, month_first=True)) == date(2026, 3, 27)
    with pytest.raises(BadDate, match="such as 2026-03-04"):
        parse_day("03/04", replace(THURSDAY, month_first=True))

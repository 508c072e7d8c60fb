"""Lengths of time and lead times as people write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.rules.errors import BadSpan
from core.rules.spans import LeadTime, minutes_in_words, parse_lead_times, parse_minutes


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("60m", 60),
        ("1h 30m", 90),
        ("1h30", 90),
        ("90", 90),
        (" 1h ", 60),
        ("1:30", 90),
        ("0:05", 5),
        ("45 min", 45),
        ("1 hour 15 minutes", 75),
        ("1 Hour and 15 Minutes", 75),
        ("1.5h", 90),
        ("0,25 h", 15),
        ("24h", 1440),
        ("90 Minuten", 90),
    ],
)
def test_minutes(text: str, minutes: int) -> None:
    assert parse_minutes(text) == minutes


@pytest.mark.parametrize(
    "text", ["", "soon", "0", "0m", "25h", "99999", "-5", "1:60", "1d", "²", "1h 30m x", "9" * 999]
)
def test_no_length_of_time(text: str) -> None:
    with pytest.raises(BadSpan, match="Write 60m|1 minute to 24 hours"):
        parse_minutes(text)


@pytest.mark.parametrize("text", ["99999h", "99999999 min", "12345 hours 5m"])
def test_a_length_that_is_too_long_is_told_the_measure(text: str) -> None:
    with pytest.raises(BadSpan, match="outside 1 minute to 24 hours"):
        parse_minutes(text)
    with pytest.raises(BadSpan, match="90 working days are the most"):
        parse_lead_times(text)


@settings(deadline=None)
@given(st.integers(1, 1440))
def test_minutes_in_words_read_back(minutes: int) -> None:
    assert parse_minutes(minutes_in_words(minutes)) == minutes


DAYS_3, HOUR = LeadTime(working_days=3), LeadTime(minutes=60)


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("3 days, 1 hour", (DAYS_3, HOUR)),
        ("1 hour, 3 working days", (DAYS_3, HOUR)),
        ("3 working days and 1 hour before", (DAYS_3, HOUR)),
        ("3d; 60m", (DAYS_3, HOUR)),
        ("1 hour, 60 minutes", (HOUR,)),
        ("1h 30m", (LeadTime(minutes=90),)),
        ("2 weeks", (LeadTime(working_days=10),)),
        ("2 minutes", (LeadTime(minutes=2),)),
        ("1 business day", (LeadTime(working_days=1),)),
    ],
)
def test_lead_times(text: str, leads: tuple[LeadTime, ...]) -> None:
    assert parse_lead_times(text) == leads


@pytest.mark.parametrize(
    "text",
    ["", "3", "0 days", "none", "3 calendar days", "1 day,", "100 days", "5000 hours", "1 day 2 hours", "-1 day"],
)
def test_no_lead_time(text: str) -> None:
    with pytest.raises(BadSpan, match="no lead time|the most"):
        parse_lead_times(text)


def test_at_most_ten_lead_times() -> None:
    assert len(parse_lead_times(", ".join(f"{n} days" for n in range(1, 11)))) == 10
    with pytest.raises(BadSpan, match="11 lead times; 10 are the most"):
        parse_lead_times(", ".join(f"{n} days" for n in range(1, 12)))


LEADS = st.one_of(
    st.builds(LeadTime, working_days=st.integers(1, 90)), st.builds(LeadTime, minutes=st.integers(1, 6000))
)


@settings(deadline=None)
@given(st.lists(LEADS, min_size=1, max_size=10))
def test_lead_times_read_back(leads: list[LeadTime]) -> None:
    parsed = parse_lead_times(", ".join(map(str, leads)))
    assert set(parsed) == set(leads)
    assert parse_lead_times(", ".join(map(str, parsed))) == parsed


def test_in_words() -> None:
    assert [str(DAYS_3), str(HOUR)] == ["3 working days", "1 hour"]
    assert str(LeadTime(minutes=90)) == "1 hour 30 minutes"
    assert str(LeadTime(working_days=1)) == "1 working day"


def test_days_keep_the_wall_clock_and_minutes_run_on_it() -> None:
    meeting = datetime(2026, 3, 30, 13, 0, tzinfo=UTC)  # Monday, 14:00 in Dublin, summer time since Sunday
    assert DAYS_3.before(meeting, "Europe/Dublin") == datetime(2026, 3, 25, 14, 0, tzinfo=UTC)
    assert DAYS_3.before(meeting, "Europe/Dublin", {date(2026, 3, 27)}) == datetime(2026, 3, 24, 14, 0, tzinfo=UTC)
    assert HOUR.before(meeting, "Europe/Dublin") == datetime(2026, 3, 30, 12, 0, tzinfo=UTC)

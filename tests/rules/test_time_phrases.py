"""Times said in the words, on Thursday 12 March 2026, 14:30 in Dublin: which moment, how it was said, and where."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.errors import Unreadable
from core.rules.setting import Setting
from core.rules.time_phrases import find_time, read_time

THURSDAY = Setting(datetime(2026, 3, 12, 14, 30, tzinfo=UTC), "Europe/Dublin")
SUMMER = Setting(datetime(2026, 7, 2, 9, 0, tzinfo=UTC), "Europe/Warsaw")


@pytest.mark.parametrize(
    ("said", "at", "span", "phrase"),
    [
        ("in 20 minutes to check", "12 14:50", True, "in 20 minutes"),
        ("check the filter in 20 min", "12 14:50", True, "in 20 min"),
        ("in an hour", "12 15:30", True, "in an hour"),
        ("in half an hour to", "12 15:00", True, "in half an hour"),
        ("in a quarter of an hour", "12 14:45", True, "in a quarter of an hour"),
        ("in an hour and a half", "12 16:00", True, "in an hour and a half"),
        ("in 1h 30m to", "12 16:00", True, "in 1h 30m"),
        ("in 1 hour and 5 minutes to", "12 15:35", True, "in 1 hour and 5 minutes"),
        ("in 1.5 hours", "12 16:00", True, "in 1.5 hours"),
        ("in twenty minutes to", "12 14:50", True, "in twenty minutes"),
        ("in five minutes’ time to", "12 14:35", True, "in five minutes’ time"),
        ("in the next 10 minutes", "12 14:40", True, "in the next 10 minutes"),
        ("in 20 Minuten", "12 14:50", True, "in 20 Minuten"),
        ("in einer halben Stunde", "12 15:00", True, "in einer halben Stunde"),
        ("dans 20 minutes", "12 14:50", True, "dans 20 minutes"),
        ("at 15:30 to x", "12 15:30", False, "at 15:30"),
        ("15:30 to x", "12 15:30", False, "15:30"),
        ("by 15:30 to x", "12 15:30", False, "by 15:30"),
        ("at 3 pm to x", "12 15:00", False, "at 3 pm"),
        ("um 15:30 Uhr", "12 15:30", False, "um 15:30 Uhr"),
        ("by EOD", "12 17:00", False, "by EOD"),
        ("tomorrow at 9:00", "13 09:00", False, "tomorrow at 9:00"),
        ("call the lab tomorrow at 9:00", "13 09:00", False, "tomorrow at 9:00"),
        ("on Monday at 10:00", "16 10:00", False, "on Monday at 10:00"),
        ("at 16:30 CET to x", "12 15:30", False, "at 16:30 CET"),
        ("sample at 14:00 in 10 minutes", "12 14:40", True, "in 10 minutes"),
        ("at 15:30 sample the line in 10 minutes", "12 15:30", False, "at 15:30"),
    ],
)
def test_a_time_that_is_said(said: str, at: str, span: bool, phrase: str) -> None:
    found = find_time(said, THURSDAY)
    assert found is not None
    assert (f"{found.at:%d %H:%M}", found.span, said[found.start : found.end]) == (at, span, phrase)


def test_a_time_of_day_is_the_meeting_s_and_a_length_is_nobody_s() -> None:
    summer = find_time("at 15:30", SUMMER)
    assert summer is not None
    assert summer.at == datetime(2026, 7, 2, 13, 30, tzinfo=UTC)
    length = find_time("in 90 minutes", SUMMER)
    assert length is not None
    assert length.at == datetime(2026, 7, 2, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "said",
    [
        "to check line 4",
        "",
        "in 2 days",
        "at 2 bar",
        "in Dublin",
        "by Friday",
        "tomorrow",
        "line 15:30",
        "in 20 batches",
    ],
)
def test_what_names_no_time(said: str) -> None:
    assert find_time(said, THURSDAY) is None


@pytest.mark.parametrize(
    "said", ["at 13:00", "at 25:00", "in 0 minutes", "in 25 hours", "at midnight", "at 03/04 9:00"]
)
def test_a_time_that_cannot_be(said: str) -> None:
    with pytest.raises(Unreadable):
        find_time(said, THURSDAY)


@pytest.mark.parametrize(
    ("said", "at"),
    [("in 20 minutes", "12 14:50"), ("20m", "12 14:50"), ("15:30", "12 15:30"), ("Friday 9:00", "13 09:00")],
)
def test_a_time_alone(said: str, at: str) -> None:
    assert f"{read_time(said, THURSDAY).at:%d %H:%M}" == at


@pytest.mark.parametrize("said", ["", "soon", "20", "in 20 minutes or so", "Friday"])
def test_what_is_no_time_alone(said: str) -> None:
    with pytest.raises(Unreadable):
        read_time(said, THURSDAY)


@given(
    st.text(max_size=300)
    | st.lists(st.sampled_from(["in", "at", "20", "1", "hour", "15:30", "and", "tomorrow", "half", "an"])).map(" ".join)
)
def test_whatever_is_said_it_ends(said: str) -> None:
    with suppress(Unreadable):
        found = find_time(said, THURSDAY)
        assert found is None or 0 <= found.start < found.end <= len(said)


@pytest.mark.parametrize("said", ["in " * 1300, "at 1:" * 800, "1 " * 2000, "tomorrow " * 440, "half " * 800])
def test_a_text_that_is_built_to_take_long(said: str) -> None:
    began = time.perf_counter()
    with suppress(Unreadable):
        find_time(said, THURSDAY)
    assert time.perf_counter() - began < 0.1

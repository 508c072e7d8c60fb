"""Times with the zone that is said beside them, as Americans name theirs: read as that zone or asked about."""

from __future__ import annotations

import pytest

from core.rules.reading.shapes import Confirm
from tests.rules.reading.test_phrasings import Phrasing

NEW_YORK, LOS_ANGELES = "America/New_York", "America/Los_Angeles"


@pytest.mark.parametrize(
    ("said", "zone", "at"),
    [
        ("by 10:00 PT on Monday", LOS_ANGELES, "16T17:00"),
        ("by 10 am ET on Monday", NEW_YORK, "16T14:00"),
        ("by Monday 10am CT", "America/Chicago", "16T15:00"),
        ("by Monday 10am MT", "America/Denver", "16T16:00"),
        ("by 10am Eastern on Monday", NEW_YORK, "16T14:00"),
        ("by Monday 10am US Eastern", NEW_YORK, "16T14:00"),
        ("by Monday 10am Eastern Time", NEW_YORK, "16T14:00"),
        ("by Monday 10am Eastern Standard Time", NEW_YORK, "16T14:00"),
        ("by Monday 10:00 pacific time", LOS_ANGELES, "16T17:00"),
        ("by Monday 10:00 (ET)", NEW_YORK, "16T14:00"),
        ("by 5 pm on Monday PT, please", LOS_ANGELES, "17T00:00"),
        ("by EOD Monday ET", NEW_YORK, "16T21:00"),
        ("by Monday 10 am pdt", LOS_ANGELES, "16T17:00"),
        ("by Monday 10am HST", "Pacific/Honolulu", "16T20:00"),
        ("by Monday 10am Central European Time", "Europe/Berlin", "16T09:00"),
    ],
)
def test_a_time_is_in_the_zone_that_is_said(said: str, zone: str, at: str) -> None:
    [item] = Phrasing("", f"Luis to send the report {said}", True).reading().items
    assert item.due is not None
    assert item.due.at is not None
    assert (item.text, item.due.zone, item.confirm) == ("send the report", zone, ())
    assert item.due.at.strftime("%dT%H:%M") == at


@pytest.mark.parametrize("zone", ["PST", "pst", "est", "MST", "CST", "(CEST)"])
def test_a_zone_off_season_or_of_two_meanings_is_asked_about(zone: str) -> None:
    [item] = Phrasing("", f"Luis to send the report by Monday 10:00 {zone}", True).reading().items
    assert (item.text, item.confirm) == ("send the report", (Confirm.DUE,))


@pytest.mark.parametrize("word", ["Central lab", "QA"])
def test_a_word_that_is_no_zone_stays_in_the_summary(word: str) -> None:
    [item] = Phrasing("", f"Luis to send the report by 10:00 Monday {word}", True).reading().items
    assert (item.text, item.due and item.due.zone) == (f"send the report {word}", "")

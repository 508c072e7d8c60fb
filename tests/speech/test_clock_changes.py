"""A local time that does not exist, or exists twice, is taken by no sentence: the two that may be meant are offered."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core.kernel.errors import Unclear
from core.speech import Understood
from core.speech.wording import moment_words
from tests.speech.meeting_words import ROOM, heard

TWICE = ("+01:00", "+00:00")
"""Dublin's offsets in the night to 31 October 2027."""


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        (
            'meeting new "PPQ" at:"31 Oct 2027 01:30" for:60m',
            [f'meeting new "PPQ" at:"2027-10-31 01:30 {one}" for:60m' for one in TWICE],
        ),
        ('meeting new "PPQ" at:2027-10-31T01:30', [f'meeting new "PPQ" at:2027-10-31T01:30{one}' for one in TWICE]),
        (
            "action send the record @luis by 31 Oct 2027 01:30",
            [f"action send the record @Luís Gonçalves by 2027-10-31 01:30 {one}" for one in TWICE],
        ),
        (
            "action send the record due 28 March 2027 01:30",
            [f"action send the record due 2027-03-28 {one}" for one in ("00:30", "02:30")],
        ),
        (
            'meeting new "PPQ" at:"28 March 2027 01:30"',
            [f'meeting new "PPQ" at:"2027-03-28 {one}"' for one in ("00:30", "02:30")],
        ),
    ],
)
def test_both_sentences_are_offered_and_each_is_understood(sentence: str, right: list[str]) -> None:
    with pytest.raises(Unclear, match="comes twice|does not exist") as refused:
        heard(sentence)
    assert list(refused.value.examples) == right
    readings = [heard(one) for one in right]
    assert all(isinstance(reading, Understood) for reading in readings)
    assert readings[0] != readings[1]


@pytest.mark.parametrize("time", ["00:59", "02:00"])
def test_times_beside_the_change_are_taken(time: str) -> None:
    assert isinstance(heard(f'meeting new "PPQ" at:"31 Oct 2027 {time}"'), Understood)
    assert isinstance(heard(f"action send the record by 28 March 2027 {time}"), Understood)


def test_a_time_that_comes_twice_is_written_back_with_its_offset() -> None:
    """What a form shows, and what a button carries, is the moment that was meant."""
    for hour, words in ((0, "31 Oct 2027 01:30 +01:00"), (1, "31 Oct 2027 01:30 +00:00")):
        assert moment_words(datetime(2027, 10, 31, hour, 30, tzinfo=UTC), ROOM) == words

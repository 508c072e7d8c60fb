"""Days written in figures, and days behind `done`: what is a date, and what an amount."""

from __future__ import annotations

import pytest

from core.rules.reading.shapes import Confirm
from tests.rules.reading.test_phrasings import Phrasing, told


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Luis to send the report by 19.03.", "a Luís 03-19"),
        ("Luis to send the report by 24.03.", "a Luís 03-24"),
        ("Luis to send it by 31.3.", "a Luís 03-31"),
        ("Luis to send the report by 10.04.", "a Luís 04-10"),
        ("Luis to send the report by 27.03", "a Luís 03-27"),
        ("Luis to send the report by the 27.03", "a Luís 03-27"),
        ("Luis to send the report by 27-03", "a Luís 03-27"),
        ("Luis, bitte das Protokoll bis 27.03 schicken", "a Luís 03-27"),
        ("Luis, bitte das Protokoll bis den 27.03 schicken", "a Luís 03-27"),
        ("Luis, bitte das Protokoll bis zum 27.03 schicken", "a Luís 03-27"),
        ("Tarnbrook to provide the updated equipment list by 31.03.", "a - 03-31"),
        ("Luis, get it done tomorrow", "a Luís 03-13"),
        ("Luis, please get the report done tomorrow", "a Luís 03-13"),
        ("Luis to get the report done next week", "a Luís 03-20"),
        ("Luis to get the seal fixed next week", "a Luís 03-20"),
        ("Luis to reduce the feed by 2.5.", "a Luís -"),
        ("the deviation report to be closed by 31.03 latest", "a - 03-31"),
        ("Luis to calibrate the scale by 31.3.", "a Luís 03-31"),
        ("Luis to top up the tank by 12.05 kg", "a Luís -"),
        ("Luis to dilute it by 10-12", "a Luís -"),
        ("Luis to send the samples taken tomorrow", "a Luís -"),
    ],
)
def test_a_day_in_figures(said: str, expected: str) -> None:
    assert told(Phrasing(expected, said, True).reading()) == expected


@pytest.mark.parametrize(
    "said",
    [
        "Luis to reduce the backlog by 31.03.",
        "Luis to reduce the feed by 12.05",
        "Luis to send the report by 10.10",
    ],
)
def test_what_may_be_an_amount_or_a_time_of_day_is_asked_about(said: str) -> None:
    [item] = Phrasing("", said, True).reading().items
    assert item.due is not None
    assert Confirm.DUE in item.confirm


@pytest.mark.parametrize(("said", "text"), [("Luis to send the report by 19.03.", "send the report")])
def test_a_day_in_figures_is_no_part_of_the_summary(said: str, text: str) -> None:
    assert Phrasing("", said, True).reading().items[0].text == text

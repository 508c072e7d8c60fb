"""Whose a German task is that says so behind it, or behind the verb of needing."""

from __future__ import annotations

import pytest

from tests.rules.reading.test_phrasings import Phrasing, told


@pytest.mark.parametrize(
    ("said", "expected", "text"),
    [
        (
            "muss noch die Temperaturlogger bestellen, mach ich bis Freitag",
            "a Marta 03-13",
            "noch die Temperaturlogger bestellen",
        ),
        ("die Temperaturlogger bestellen, mache ich bis Freitag", "a Marta 03-13", "die Temperaturlogger bestellen"),
        ("muss bis Freitag die Temperaturlogger bestellen", "a - 03-13", "die Temperaturlogger bestellen"),
        (
            "Bis zum 3.7. brauche ich von Björn die Freigabe der Blisterfolie",
            "a Björn 07-03",
            "von Björn die Freigabe der Blisterfolie",
        ),
        ("Bis Freitag brauche ich die Freigabe von Björn", "a Björn 03-13", "die Freigabe von Björn"),
        ("Luís statt Hùng soll die Liste bis Freitag schicken", "a Luís 03-13", "die Liste schicken"),
        ("Luís (nicht Hùng) schickt die Liste bis Freitag", "a Luís 03-13", "die Liste schicken"),
    ],
)
def test_whose_it_is(said: str, expected: str, text: str) -> None:
    reading = Phrasing(expected, said, True).reading()
    assert (told(reading), reading.items[0].text) == (expected, text)

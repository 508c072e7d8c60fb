"""What is said in a call and is no record, beside lines that look like it and are one."""

from __future__ import annotations

import pytest

from tests.rules.reading.test_phrasings import Phrasing, told


@pytest.mark.parametrize(
    "said",
    [
        "sorry im late, was stuck in the gowning area",
        "Sorry I'm late, I was stuck in the gowning area",
        "give me a sec, I'll find the file",
        "did you see the match yesterday?",
        "is Luis here?",
        "is Luis on the call?",
        "ist Luis schon da?",
        "anyone know the wifi password?",
        "what do you mean?",
        "sorry, what was that?",
        "bitte lauter sprechen",
        "I'll paste the link here",
        "we will have a fire drill on Friday at 10",
        "we will have a review meeting on Friday",
    ],
)
def test_talk_about_the_call_and_the_day_is_no_record(said: str) -> None:
    assert told(Phrasing("n", said, True).reading()) == "n"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Sorry, the pump is stuck again since this morning", "s"),
        ("We just found a vial stuck in the filler", "s"),
        ("I'll find the deviation file by Friday", "a Marta 03-13"),
        ("I'll paste the link into the protocol", "a Marta -"),
        ("did you see the deviation report yesterday?", "q"),
        ("is Luis in charge of line 4?", "q"),
        ("anyone know the password for the MES?", "q"),
        ("what do you mean by critical in the protocol?", "q"),
        ("what was that value for batch 4471?", "q"),
        ("bitte den Lieferanten bis Freitag sprechen", "a - 03-13"),
        ("we will have the report ready on Friday", "a Marta 03-13"),
        ("we will have an answer by Friday", "a Marta 03-13"),
        ("give me a sec. Luis to send the list by Friday", "a Luís 03-13"),
    ],
)
def test_what_looks_like_it_is_one(said: str, expected: str) -> None:
    assert told(Phrasing(expected, said, True).reading()) == expected

"""Who is meant where several are asked: `could you and Hùng`, `can one of you`."""

from __future__ import annotations

import pytest

from core.rules.reading.shapes import Confirm
from tests.rules.reading.test_phrasings import Phrasing, sorted_owners, told


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Jürgen, could you and Hùng have a look at the OOS SOP by 20 March?", "a Jürgen,Hùng 03-20"),
        ("Jürgen, can you and Hùng please review the SOP by 20 March?", "a Jürgen,Hùng 03-20"),
        ("@Jürgen could you and @Hùng please review the SOP by 20 March?", "a Jürgen,Hùng 03-20"),
        ("Jürgen, can you, Hùng and Björn review the SOP by 20 March?", "a Jürgen,Hùng,Björn 03-20"),
        ("Jürgen, can you and Hùng and Björn review the SOP by 20 March?", "a Jürgen,Hùng,Björn 03-20"),
        ("Jürgen, kannst du und Hùng die SOP bis 20.03. prüfen?", "a Jürgen,Hùng 03-20"),
        ("Can you, Hùng and Björn, review the SOP by 20 March?", "a Hùng,Björn 03-20"),
        ("Luis, can you call and Hùng will send the list by Friday", "a Luís -;a Hùng 03-13"),
        ("@Luis @Marta can you both fix the seal by Friday?", "a Luís,Marta 03-13"),
    ],
)
def test_all_who_are_asked_are_owners(said: str, expected: str) -> None:
    assert told(Phrasing(expected, said, True).reading()) == sorted_owners(expected)


@pytest.mark.parametrize(
    "said",
    [
        "@Luis @Marta can one of you fix the seal by Friday?",
        "@Luis @Marta could one of you please fix the seal by Friday?",
        "@Luis @Marta can either of you fix the seal by Friday?",
        "@Luis @Marta one of you please fix the seal by Friday",
        "@Luis @Marta, one of you to fix the seal by Friday",
        "Luis, Marta, can one of you fix the seal by Friday?",
        "Luis or Marta, can you fix the seal by Friday?",
        "can you and Hùng fix the seal by Friday?",
    ],
)
def test_which_of_them_is_asked_about(said: str) -> None:
    [item] = Phrasing("", said, True).reading().items
    assert (item.text, Confirm.OWNER in item.confirm) == ("fix the seal", True)

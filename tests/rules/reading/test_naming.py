"""Who is meant: names that are words too, names of two, roles of people whose title nobody noted."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core.rules.reading.reader import read
from core.rules.reading.shapes import Circle, Confirm, Item, Line, Someone
from core.rules.setting import Setting

SETTING = Setting(datetime(2026, 3, 12, 14, 30, tzinfo=UTC), "Europe/Dublin")
PEOPLE = [
    Someone("mark", "Mark Weber", "cmo", frozenset({"lead"})),
    Someone("will", "Will Hunt", "sponsor", frozenset({"lead"})),
    Someone("grace", "Grace Lee", "sponsor", frozenset({"qa"})),
    Someone("anna", "Anna Berg", "cmo", frozenset({"qa"})),
    Someone("lind", "Anna Lind", "sponsor", frozenset({"expert"})),
    Someone("weiss", "Jürgen Weiß", "cmo", frozenset({"expert"})),
]
CIRCLE = Circle({one.id: one for one in PEOPLE}, {"sponsor": "Acme Bio", "cmo": "Fillco"})


def items(text: str, author: str = "mark") -> tuple[Item, ...]:
    return read(Line(text, author), CIRCLE, SETTING).items


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("Mark, please send the list by Friday", ("mark",)),
        ("Will to send the list by Friday", ("will",)),
        ("Will will send the list by Friday", ("will",)),
        ("Mark will send the list by Friday", ("mark",)),
        ("I will send the list by Friday", ("mark",)),
        ("Will you send the list by Friday, Grace?", ("grace",)),
        ("Grace and Will to send the list by Friday", ("grace", "will")),
        ("Mark the lot as rejected by Friday", ()),
        ("Weiß to send the list by Friday", ("weiss",)),
        ("Anna Berg to send the list by Friday", ("anna",)),
        ("Anna L. to send the list by Friday", ("lind",)),
        ("Fillco QA to send the list by Friday", ("anna",)),
        ("the sponsor's QA head to send the list by Friday", ("grace",)),
        ("both QA heads to send the list by Friday", ("grace", "anna")),
        ("our QA to send the list by Friday", ("anna",)),
        ("your QA to send the list by Friday", ("grace",)),
        ("Acme to send the list by Friday", ()),
    ],
)
def test_whose_it_is(text: str, owners: tuple[str, ...]) -> None:
    [item] = items(text)
    assert item.owners == owners
    assert (Confirm.OWNER in item.confirm) is not bool(owners)


def test_a_name_that_two_people_have_is_asked_about() -> None:
    [item] = items("Anna to send the list by Friday")
    assert (item.owners, item.confirm) == ((), (Confirm.OWNER,))


@pytest.mark.parametrize(
    "text",
    [
        "we mark the labels by hand",
        "The grace period ends on Friday",
        "Ich weiß nicht, ob das klappt",
        "will do",
        "Will do.",
    ],
)
def test_a_word_is_nobody(text: str) -> None:
    assert not items(text)


def test_somebody_who_is_no_member_is_no_owner() -> None:
    [item] = items("I'll send the list by Friday", author="stranger")
    assert (item.owners, item.confirm) == ((), (Confirm.OWNER,))


def test_a_role_whose_side_nobody_named_is_asked_about() -> None:
    people = {"luis": Someone("luis", "Luís Gonçalves", "cmo", title="Validation lead")}
    reading = read(Line("the validation lead to send the list by Friday", "x"), Circle(people, {}), SETTING)
    assert (reading.items[0].owners, reading.items[0].confirm) == (("luis",), (Confirm.OWNER,))

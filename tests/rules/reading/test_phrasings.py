"""One thing said in many ways, in both languages: each line of phrasings.txt is read as it stands there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.chat_lines import mentioned, people_from
from core.rules.reading.reader import read
from core.rules.reading.shapes import EVERYBODY, Confirm, Item, Kind, Line, Parent, Reading
from core.rules.setting import Setting

DATA = Path(__file__).parents[2] / "data"
PEOPLE = people_from(DATA / "people.json")
FIRST = {"Hùng": "Nguyễn Văn Hùng"} | {name.split()[0]: name for name in PEOPLE.circle.people}
MILESTONES = {
    "PPQ-1 start": date(2026, 4, 20),
    "PPQ-2 start": date(2026, 5, 18),
    "next meeting": date(2026, 3, 26),
    "Audit": date(2026, 5, 6),
}
THURSDAY = Setting(datetime(2026, 3, 12, 14, 30, tzinfo=UTC), "Europe/Dublin", MILESTONES)
KINDS = {"d": Kind.DECISION, "q": Kind.QUESTION, "r": Kind.RISK, "s": Kind.SIGNAL}
YET = "# still read wrongly"
MOST_WRONG = 30


class Phrasing(NamedTuple):
    """A line, what it is, and whether that is read rightly as yet."""

    expected: str
    said: str
    right: bool

    def reading(self) -> Reading:
        said, author, parent = self.said, "Marta", None
        if said.startswith("[") and (name := said[1:].split("]")[0]) in FIRST:
            author, said = name, said.split("] ", 1)[1]
        if " << " in said:
            said, before = said.split(" << ", 1)
            name, before = before.split(": ", 1)
            text, mentions = mentioned(before, PEOPLE.ids)
            parent = Parent(text, FIRST[name], None, mentions)
        text, mentions = mentioned(said.replace("\\n", "\n"), PEOPLE.ids)
        return read(Line(text, FIRST[author], mentions, parent), PEOPLE.circle, THURSDAY)


def phrasings() -> Iterator[Phrasing]:
    right = True
    for line in (DATA / "phrasings.txt").read_text(encoding="utf-8").splitlines():
        right = right and line != YET
        if " | " in line and not line.startswith("#"):
            expected, said = line.split(" | ", 1)
            yield Phrasing(expected.strip(), said, right)


ALL = list(phrasings())


def told(reading: Reading) -> str:
    """A reading as the file writes it."""
    said = list(map(item_told, reading.items))
    if claim := reading.claim:
        said.append(f"c {claim.reference or 'parent'} {claim.status}")
    elif change := reading.change:
        to = day(change.due.day) if change.due else ",".join(map(first, change.owners)) or change.to
        said.append(f"m {change.reference or 'parent'} {change.field} {to}".strip())
    return ";".join(said) or "n"


def item_told(item: Item) -> str:
    kind, owners, due = item.kind, item.owners, item.due
    if kind is not Kind.ACTION:
        return next(letter for letter, named in KINDS.items() if named is kind)
    whose = "@" if owners == (EVERYBODY,) else ",".join(sorted(map(first, owners))) or "-"
    return f"a {whose} {day(due.day) if due else '-'}"


def first(name: str) -> str:
    return next(called for called, whole in FIRST.items() if whole == name)


def day(when: date) -> str:
    return when.isoformat().removeprefix("2026-")


def sorted_owners(expected: str) -> str:
    """The expectation with each item's owners in order, since nobody is first."""
    items = []
    for item in expected.split(";"):
        kind, *rest = item.split(" ")
        if kind == "a":
            rest[0] = ",".join(sorted(rest[0].split(",")))
        items.append(" ".join([kind, *rest]))
    return ";".join(items)


@pytest.mark.parametrize("phrasing", [one for one in ALL if one.right], ids=lambda one: one.said[:60])
def test_a_phrasing(phrasing: Phrasing) -> None:
    assert told(phrasing.reading()) == sorted_owners(phrasing.expected)


def test_those_that_are_read_wrongly_are_few_and_guess_nothing() -> None:
    wrong = [one for one in ALL if not one.right]
    assert len(wrong) <= MOST_WRONG
    for phrasing in wrong:
        for item in phrasing.reading().items:
            if item.kind is Kind.ACTION and phrasing.expected.startswith("a"):
                _, whose, due = phrasing.expected.split(";")[0].split(" ")
                assert Confirm.OWNER in item.confirm or whose == ",".join(map(first, item.owners)), phrasing.said
                assert Confirm.DUE in item.confirm or (item.due and day(item.due.day) == due), phrasing.said


@pytest.mark.parametrize("said", ["Luís can you send it by Friday, or Monday?", "Luís, bitte bis Freitag, oder Montag"])
def test_of_two_days_that_somebody_is_given_the_one_read_is_asked_about(said: str) -> None:
    (item,) = Phrasing("a Luís 03-13", said, True).reading().items
    assert Confirm.DUE in item.confirm

"""The reading of chat lines held against what each line is: right kinds, owners and dates, and what was guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import process_time
from typing import Any

from bot.chat_lines import Asked, People, asked_from, lines_from, people_from
from bot.problem import Problem
from core.rules.reading.reader import read
from core.rules.reading.shapes import Confirm, Item, Kind, Reading
from core.rules.setting import Setting

LINES = Path("tests/data/lines.jsonl")
"""The project's own lines; `people.json` beside a file of lines names their people."""
KINDS = tuple(Kind)
ROUNDS = 5
_UNSAID = Setting(datetime(2026, 3, 12, 14, 30, tzinfo=UTC), "Europe/Dublin")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One line's reading beside what it should be: right in kind, in owners, in due dates; `silent`: an owner or a
    date is wrong and nobody would be asked; `false`: a record was read into a line that holds none."""

    text: str
    lang: str
    expected: str
    read: str
    kind: bool
    owners: bool
    due: bool
    silent: bool
    false: bool

    @property
    def right(self) -> bool:
        """Whether nothing about it is wrong."""
        return self.kind and self.owners and self.due and not self.silent

    def line(self) -> str:
        """The line and what was made of it."""
        return f"{'SILENT ' if self.silent else ''}{self.text!r}: {self.read}, not {self.expected}"


@dataclass(frozen=True, slots=True)
class Score:
    """How many lines of one expected kind and language were read rightly; `kind` and `lang` may be `all`."""

    kind: str
    lang: str
    lines: int
    kinds_right: int
    owners_right: int
    due_right: int
    silent: int
    false: int

    def line(self) -> str:
        """The score on one line."""
        shares = (f"{name} {right / self.lines:6.1%}" for name, right in self._rights())
        counts = f"silent guesses {self.silent}" + (f", false records {self.false}" if self.kind == "none" else "")
        return f"{self.kind:9} {self.lang:3} {self.lines:4} lines: {', '.join(shares)}; {counts}"

    def _rights(self) -> list[tuple[str, int]]:
        return [("kind", self.kinds_right), ("owners", self.owners_right), ("due", self.due_right)]


@dataclass(frozen=True, slots=True)
class Report:
    """What the lines came to: the scores, the lines a second of one core's time, and those that were read wrongly."""

    scores: list[Score]
    lines_a_second: float
    wrong: list[Judgement]

    def lines(self) -> list[str]:
        """The report, a line each."""
        told = [score.line() for score in self.scores]
        return [
            *told,
            f"{self.lines_a_second:,.0f} lines a second on one core",
            *(f"  {wrong.line()}" for wrong in self.wrong),
        ]

    def as_json(self) -> dict[str, Any]:
        """The report as one object."""
        return asdict(self)


def reading(paths: Sequence[Path]) -> Report:
    """Read the lines of some files and judge them. Raises Problem."""
    asked: list[tuple[Asked, People]] = []
    for path in paths or [LINES]:
        people = people_from(path.parent / "people.json")
        asked += [(line, people) for line in asked_from(lines_from(path), people, _UNSAID)]
    if not asked or any("expected" not in line.row for line, _ in asked):
        raise Problem("The lines are judged by what each expects: give files such as tests/data/lines.jsonl.")
    judged = [judge(line.row, read(line.line, people.circle, line.setting)) for line, people in asked]
    return Report(scored(judged), _speed(asked), [one for one in judged if not one.right])


def _speed(asked: Sequence[tuple[Asked, People]]) -> float:
    """Lines a second of one core's time: the best of some rounds, since whatever else runs only slows it."""
    best = 0.0
    for _ in range(ROUNDS):
        began = process_time()
        for line, people in asked:
            read(line.line, people.circle, line.setting)
        best = max(best, len(asked) / (process_time() - began))
    return best


def judge(row: Mapping[str, Any], reading: Reading) -> Judgement:
    """Hold a reading against a row's `expected`; the summaries are people's to judge."""
    expected, lang = row["expected"], row.get("lang", "en")
    wanted = expected["items"]
    kind = reading.kind.value == expected["kind"]
    owners = [set(item["owners"]) for item in wanted] == [set(item.owners) for item in reading.items]
    due = [item["due_date"] for item in wanted] == [_day(item) for item in reading.items]
    silent = any(_is_silent(item, want) for item, want in zip(reading.items, wanted, strict=False))
    false = not wanted and bool(reading.items)
    told = _told([(want["kind"], want["owners"], want["due_date"]) for want in wanted])
    said = _told([(item.kind.value, list(item.owners), _day(item)) for item in reading.items])
    return Judgement(row["text"], lang, told, said, kind, kind and owners, kind and due, silent, false)


def _told(items: Iterable[tuple[str, list[str], str | None]]) -> str:
    return "; ".join(" ".join(filter(None, (kind, ", ".join(owners), day))) for kind, owners, day in items) or "none"


def _day(item: Item) -> str | None:
    return item.due.day_said.isoformat() if item.due else None


def _is_silent(item: Item, want: Mapping[str, Any]) -> bool:
    """Whether an action has a wrong owner or date that nobody would be asked about."""
    if item.kind is not Kind.ACTION or want["kind"] != "action":
        return False
    wrong_owner = set(item.owners) != set(want["owners"]) and Confirm.OWNER not in item.confirm
    return wrong_owner or (_day(item) != want["due_date"] and Confirm.DUE not in item.confirm)


def scored(judged: Sequence[Judgement]) -> list[Score]:
    """A score for each kind and language there is, and one for all."""
    scores = []
    for kind in KINDS:
        for lang in sorted({one.lang for one in judged}):
            those = [one for one in judged if one.lang == lang and _kind_of(one) == kind.value]
            if those:
                scores.append(_score(kind.value, lang, those))
    return [*scores, _score("all", "all", judged)]


def _kind_of(one: Judgement) -> str:
    return one.expected.split(" ")[0].rstrip(";")


def _score(kind: str, lang: str, those: Sequence[Judgement]) -> Score:
    return Score(
        kind, lang, len(those), sum(one.kind for one in those), sum(one.owners for one in those),
        sum(one.due for one in those), sum(one.silent for one in those), sum(one.false for one in those),
    )  # fmt: skip

"""The reading held against written lines: the project's own, and the shipped ones where they are there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.bench.reading import Judgement, judge
from bot.chat_lines import Asked, asked_from, lines_from, people_from
from core.rules.reading.reader import read
from core.rules.reading.shapes import Confirm, Kind
from core.rules.setting import Setting

OWN = Path(__file__).parents[2] / "data" / "lines.jsonl"
SHIPPED = Path(__file__).parents[3] / ".." / "shared" / "data" / "lines.jsonl"
PEOPLE = people_from(OWN.parent / "people.json")
UNSAID = Setting(datetime(2026, 3, 12, 14, 30, tzinfo=UTC), "Europe/Dublin")
STATUS = {"in_progress": "started"}
"""How lines call a claim, where ours is another word."""


def asked(path: Path) -> list[Asked]:
    return list(asked_from(lines_from(path), PEOPLE, UNSAID))


def judged(path: Path) -> list[Judgement]:
    return [judge(line.row, read(line.line, PEOPLE.circle, line.setting)) for line in asked(path)]


def share(judgements: Sequence[Judgement], name: str) -> float:
    return sum(getattr(one, name) for one in judgements) / len(judgements)


def wrong(judgements: Sequence[Judgement]) -> str:
    return "\n".join(one.line() for one in judgements if not one.right)


@pytest.fixture(scope="module")
def own() -> list[Judgement]:
    return judged(OWN)


def test_there_are_enough_lines_of_both_languages_and_half_of_them_hold_no_record(own: list[Judgement]) -> None:
    assert len(own) >= 300
    assert sum(one.lang == "de" for one in own) > 80
    assert 0.4 < sum(one.expected == "none" for one in own) / len(own) < 0.6


@pytest.mark.parametrize("name", ["kind", "owners", "due"])
def test_kinds_owners_and_dates_are_right_on_nineteen_lines_of_twenty(own: list[Judgement], name: str) -> None:
    assert share(own, name) >= 0.95, wrong(own)


@pytest.mark.parametrize("lang", ["en", "de"])
def test_they_are_in_each_language(own: list[Judgement], lang: str) -> None:
    those = [one for one in own if one.lang == lang]
    assert min(share(those, name) for name in ("kind", "owners", "due")) >= 0.95, wrong(those)


def test_nothing_is_guessed_silently(own: list[Judgement]) -> None:
    assert not [one.line() for one in own if one.silent]


def test_hardly_a_record_is_read_into_a_line_that_holds_none(own: list[Judgement]) -> None:
    none = [one for one in own if one.expected == "none"]
    assert share(none, "false") <= 0.02, wrong(none)


@pytest.mark.skipif(not SHIPPED.exists(), reason="the shipped lines stand beside the project")
def test_every_shipped_line_is_read_rightly() -> None:
    assert not wrong(judged(SHIPPED))


@pytest.mark.parametrize("line", [one for one in asked(OWN) if "status_update" in one.row["expected"]], ids=str)
def test_what_is_said_of_a_record_is_a_claim_on_it(line: Asked) -> None:
    told = line.row["expected"]["status_update"]
    claim = read(line.line, PEOPLE.circle, line.setting).claim
    assert claim is not None, line.line.text
    reference = "" if told["ref"] == "thread parent" else told["ref"].upper()
    status = STATUS.get(told["claimed_status"], told["claimed_status"])
    assert (claim.reference, claim.status, claim.by) == (reference, status, line.line.author)


@pytest.mark.parametrize("line", [one for one in asked(OWN) if "change_request" in one.row["expected"]], ids=str)
def test_what_a_record_shall_read_is_a_change_to_it(line: Asked) -> None:
    told = line.row["expected"]["change_request"]
    change = read(line.line, PEOPLE.circle, line.setting).change
    assert change is not None, line.line.text
    to = change.due.day.isoformat() if change.due else ", ".join(change.owners)
    assert (change.reference, change.field, to) == (told["ref"].upper(), told["field"], told["to"])


def test_what_has_to_be_asked_is_asked() -> None:
    parted, lines = [], list(asked(OWN))
    for line in lines:
        reading = read(line.line, PEOPLE.circle, line.setting)
        for item, told in zip(reading.items, line.row["expected"]["items"], strict=False):
            if {ask.value for ask in item.confirm} != set(told["confirm_what"]):
                parted.append(f"{line.line.text!r} asks {list(item.confirm)}, not {told['confirm_what']}")
    assert len(parted) <= len(lines) / 250, "\n".join(parted)


def test_an_action_without_owner_or_date_always_asks() -> None:
    for line in asked(OWN):
        for item in read(line.line, PEOPLE.circle, line.setting).items:
            if item.kind is Kind.ACTION:
                assert item.owners or Confirm.OWNER in item.confirm, line.line.text
                assert item.due or Confirm.DUE in item.confirm, line.line.text


def test_every_reading_says_by_which_rule_and_which_words_it_was_made() -> None:
    for line in asked(OWN):
        reading = read(line.line, PEOPLE.circle, line.setting)
        assert reading.rule, line.line.text
        assert all(item.rule and item.trigger and item.text for item in reading.items), line.line.text

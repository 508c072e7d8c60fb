"""`tandem read`: lines in, one JSON reading each out, and one sentence for whatever is wrong."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main

DATA = Path(__file__).parents[1] / "data"
PEOPLE = str(DATA / "people.json")
NOW = "2026-03-12T14:30:00Z"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Reads lines as the command does."""

    def reads(*lines: str, arguments: tuple[str, ...] = ("--tz", "Europe/Dublin", "--now", NOW)) -> list[Any]:
        monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines)))
        assert main(["read", "--people", PEOPLE, *arguments]) == 0
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return reads


def row(text: str, **more: Any) -> str:
    return json.dumps({"now": NOW, "tz": "Europe/Dublin", "author": "Marta Kowalczyk", "text": text} | more)


def test_a_line_of_text(read: Any) -> None:
    [reading] = read("Luís, please send the alarm list by Friday 15:00")
    [item] = reading["items"]
    assert (item["summary"], item["owners"]) == ("send the alarm list", ["Luís Gonçalves"])
    assert (item["due_date"], item["due_time"], item["due_tz"]) == ("2026-03-13", "15:00", "Europe/Dublin")
    assert item["due_utc"] == "2026-03-13T15:00:00Z"
    assert (reading["rule"], reading["trigger"]) == ("told with please", "Luís, please")


def test_who_says_a_line_of_text_is_not_known(read: Any) -> None:
    [reading] = read("I'll send the alarm list by Friday")
    assert reading["items"][0]["owners"] == []
    assert reading["items"][0]["confirm_what"] == ["owner"]


def test_a_line_of_json_brings_its_own_time_people_and_milestones(read: Any) -> None:
    [reading] = read(
        row(
            "<@U1> bitte den Bericht vor PPQ-1",
            now="2026-05-04T08:00:00+00:00",
            milestones={"PPQ-1 start": "2026-05-18T08:00"},
            holidays=["2026-05-15"],
            mention_map={"U1": "Yuki Tanaka"},
            id="X1",
        )
    )
    assert reading["id"] == "X1"
    assert (reading["items"][0]["owners"], reading["items"][0]["due_date"]) == (["Yuki Tanaka"], "2026-05-14")


@pytest.mark.parametrize("mention", ["<@U07JWEISS>", "<@U07JWEISS|jw>", "<at>Jürgen Weiß</at>", "<@29:jurgen>"])
def test_mentions_of_both_platforms_name_people(read: Any, mention: str) -> None:
    [reading] = read(row(f"{mention} to raise the change control today"))
    assert reading["items"][0]["owners"] == ["Jürgen Weiß"]


def test_a_mention_of_a_stranger_is_nobody(read: Any) -> None:
    [reading] = read(row("<@U99> to raise the change control today"))
    assert reading["items"][0]["owners"] == []
    assert reading["items"][0]["confirm_what"] == ["owner"]


def test_a_reply_updates_its_parents_item(read: Any) -> None:
    parent = {"author": "Tomáš Dvořák", "text": "someone needs to chase the excipient CoA"}
    [reading] = read(row("I can take that one", thread_parent=parent))
    assert reading["items"][0]["updates"] == "item of the thread parent"


def test_everybody_what_recurs_and_what_is_urgent(read: Any) -> None:
    everybody, weekly, urgent = read(
        row("Everybody please fill in the pre-read by Friday"),
        row("Weekly: Marta posts the open-action list every Monday 09:00"),
        row("Luís asap pls – filter result"),
    )
    assert everybody["items"][0]["owner_basis"] == "group"
    assert weekly["items"][0]["recurrence"] == "FREQ=WEEKLY;BYDAY=MO"
    assert urgent["items"][0]["priority"] == "high"


def test_claims_changes_and_questions(read: Any) -> None:
    done, moved, given, asked = read(
        row("ACT-017 is done"), row("Move ACT-021 to 10 April"), row("reassign ACT-012 to Luís"), row("Yuki, is it ok?")
    )
    assert done["status_update"] == {"ref": "ACT-017", "claimed_status": "done", "by": "Marta Kowalczyk"}
    assert moved["change_request"]["to"] == "2026-04-10"
    assert (given["change_request"]["field"], given["change_request"]["to"]) == ("owner", "Luís Gonçalves")
    assert asked["items"][0]["asked_of"] == ["Yuki Tanaka"]
    assert (done["kind"], moved["kind"], asked["kind"]) == ("none", "none", "question")


def test_blank_lines_are_passed_over(read: Any) -> None:
    assert len(read("", "ok", "   ", "thanks")) == 2


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"text": ', "line 1 is no JSON"),
        ('{"author": "Marta"}', "Line 1: it has no text"),
        ('{"text": 5}', "Line 1: it has no text"),
        ('{"text": "x", "now": "yesterday"}', "Line 1: 'yesterday' is no moment: write one such as"),
        ('{"text": "x", "tz": "CET"}', "Line 1: “CET” is no IANA zone"),
        ('{"text": "x", "milestones": {"PPQ": "soon"}}', "Line 1 is not in the shape of lines.jsonl"),
        ('{"text": "x", "milestones": 3}', "Line 1 is not in the shape of lines.jsonl"),
        ('{"text": "x", "thread_parent": {"author": "y"}}', "Line 1 is not in the shape of lines.jsonl"),
    ],
)
def test_a_line_that_cannot_be_read_is_told(
    line: str, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(line))
    assert main(["read", "--people", PEOPLE]) == 2
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    ("people", "told"),
    [
        (None, "cannot be read: No such file or directory"),
        ("[]", "names no people"),
        ('{"people": [{"side": "cmo"}]}', "names no people"),
        ("{", "is no JSON"),
        ('{"people": [], "tz": "Dublin"}', "Did you mean Europe/Dublin?"),
        (b"\xff", "is no UTF-8"),
    ],
)
def test_people_that_cannot_be_read_are_told(
    people: str | bytes | None, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "people.json"
    if people is not None:
        path.write_bytes(people if isinstance(people, bytes) else people.encode())
    assert main(["read", "--people", str(path)]) == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(("argument", "value"), [("--tz", "Mars/Base"), ("--now", "noon")])
def test_a_wrong_argument_is_told(argument: str, value: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "--people", PEOPLE, argument, value]) == 2
    assert value in capsys.readouterr().err

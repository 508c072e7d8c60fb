"""`tandem bench`: each benchmark runs, in small, against what it is held beside; figures say whether an aim is met."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.bench import lists, minutes, outbox, slack_commands, teams_sentences
from bot.bench.figures import Aim, Comparison, Figure
from bot.bench.stores import Scratch


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def scratch(request: pytest.FixtureRequest) -> Iterator[Scratch]:
    """Scratch stores, beside a PostgreSQL or without one."""
    with Scratch(request.getfixturevalue(f"{request.param}_url")) as scratch:
        yield scratch


def told(figures: list[Figure], scratch: Scratch, each: int) -> None:
    """There are `each` figures for each kind of store, of things that were really done."""
    assert len(figures) == each * len(scratch.kinds)
    assert all(figure.ours > 0 and figure.theirs > 0 for figure in figures)
    assert all(figure.ratio == pytest.approx(figure.ours / figure.theirs) for figure in figures)


async def test_a_slash_command_beside_bolt(scratch: Scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slack_commands, "REQUESTS", {1: (4, 3), 3: (12, 9)})
    monkeypatch.setattr(slack_commands, "AIMS", {1: Aim(0.12), 3: Aim(0.2)})
    figures = await slack_commands.slack_commands(scratch)
    told(figures, scratch, each=2)
    assert all("p99" in figure.note for figure in figures)


def test_a_profile_shows_where_both_threads_spend_their_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(slack_commands, "REQUESTS", {3: (0, 60)})
    monkeypatch.setattr(slack_commands, "ROUNDS", 10)
    file = tmp_path / "slack.svg"
    code = main(["bench", "slack", "--profile", str(file)])
    if code == 2 and "CI" not in os.environ:
        pytest.skip(f"nobody may look into a process here: {capsys.readouterr().err}")
    assert code == 0
    picture = file.read_text(encoding="utf-8")
    assert "core/kernel/writer.py" in picture
    assert "core/turns.py" in picture


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["bench", "--profile", "x.svg"], "tandem bench slack --profile x.svg"),
        (["bench", "teams", "--profile", "x.svg"], "tandem bench slack --profile x.svg"),
        (["bench", "slack", "--profile", "x.png"], "ends with .svg, not x.png"),
        (["bench", "slack", "--profile", "nowhere/x.svg"], "There is no folder nowhere"),
    ],
)
def test_a_profile_that_cannot_be_taken(given: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(given) == 2
    assert told in capsys.readouterr().err


async def test_a_teams_sentence_beside_botbuilder(scratch: Scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    few = teams_sentences.Requests(mended=6, shipped=4, ours=6)
    monkeypatch.setattr(teams_sentences, "REQUESTS", {1: few, 3: few})
    figures = await teams_sentences.teams_sentences(scratch)
    told(figures, scratch, each=4)
    assert [figure.aim for figure in figures] == [1, 10] * 2 * len(scratch.kinds)
    assert all("p99" in figure.note for figure in figures)


async def test_lists_over_a_long_history(scratch: Scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "SHORT", 250)
    monkeypatch.setattr(lists, "LONG", 500)
    monkeypatch.setattr(lists, "TIMES", 2)
    told(await lists.lists(scratch), scratch, each=3)


async def test_the_outbox_beside_the_sdk(scratch: Scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "POSTS", 24)
    told(await outbox.outbox(scratch), scratch, each=1)


def test_minutes_beside_a_bare_table(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(minutes, "TIMES", 1)
    assert main(["bench", "minutes", "--json"]) == 0
    [figure] = json.loads(capsys.readouterr().out)["minutes"]
    assert figure["ratio"] == pytest.approx(figure["ours"] / figure["theirs"])


async def test_the_two_are_measured_in_turns_and_the_middle_ratio_counts() -> None:
    order: list[str] = []
    speeds = {"ours": iter([10.0, 40.0, 20.0]), "theirs": iter([100.0, 100.0, 100.0])}

    async def ours() -> float:
        order.append("ours")
        return next(speeds["ours"])

    async def theirs() -> float:
        order.append("theirs")
        return next(speeds["theirs"])

    figure = await Comparison("sentences", "a second", Aim(0.25)).of(ours, theirs)
    assert order == ["theirs", "ours"] * 3
    assert (figure.ratio, figure.holds) == (0.2, False)
    assert figure.line() == "sentences: 0.200 (0.100 to 0.400, aim at least 0.25 (missed)); 20 beside 100 a second"


@pytest.mark.parametrize(("ratio", "holds"), [(1.2, True), (1.4, False)])
def test_an_aim_may_be_a_most(ratio: float, holds: bool) -> None:
    figure = Figure("`mine`", "µs", ratio, 1, ratio, (ratio,), 1.3, less_is_better=True)
    assert figure.holds is holds
    assert "at most 1.3" in figure.line()


LINES = Path(__file__).parents[1] / "data" / "lines.jsonl"


def test_how_chat_lines_are_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "reading", "--lines", str(LINES), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)["reading"]
    everything = report["scores"][-1]
    assert (everything["kind"], everything["lines"]) == ("all", len(LINES.read_text().splitlines()))
    assert everything["lines"] == sum(score["lines"] for score in report["scores"][:-1])
    assert report["lines_a_second"] > 0


def test_a_line_that_is_read_wrongly_is_named_and_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = json.loads(LINES.read_text().splitlines()[0]) | {"text": "Luís to send the list by Friday"}
    row["expected"] = {"kind": "none", "items": []}
    (tmp_path / "lines.jsonl").write_text(json.dumps(row))
    (tmp_path / "people.json").write_bytes((LINES.parent / "people.json").read_bytes())
    assert main(["bench", "reading", "--lines", str(tmp_path / "lines.jsonl")]) == 0
    told = capsys.readouterr().out
    assert "kind   0.0%" in told
    assert "false records 1" in told
    assert "'Luís to send the list by Friday': action Luís Gonçalves" in told


def test_lines_without_what_they_are_cannot_be_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "lines.jsonl").write_text("Luís to send the list by Friday")
    (tmp_path / "people.json").write_bytes((LINES.parent / "people.json").read_bytes())
    assert main(["bench", "reading", "--lines", str(tmp_path / "lines.jsonl")]) == 2
    assert "judged by what each expects" in capsys.readouterr().err


def test_an_unknown_benchmark_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "sleep"]) == 2
    assert "it is one of slack, teams, lists" in capsys.readouterr().err

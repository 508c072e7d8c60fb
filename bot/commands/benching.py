"""`tandem bench`: the project's own benchmarks, each figure a ratio of two things measured in one run."""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.bench.figures import Figure
from bot.bench.lists import lists
from bot.bench.minutes import minutes
from bot.bench.outbox import outbox
from bot.bench.profile import sampler
from bot.bench.reading import LINES, reading
from bot.bench.slack_commands import slack_commands, slack_profile
from bot.bench.stores import Scratch
from bot.bench.teams_sentences import teams_sentences
from bot.command_line import Commands
from bot.problem import Problem
from bot.settings import read_settings

Bench = Callable[[Scratch], Awaitable[list[Figure]]]


async def _minutes(_: Scratch) -> list[Figure]:
    return await minutes()


BENCHES: dict[str, Bench] = {
    "slack": slack_commands,
    "teams": teams_sentences,
    "lists": lists,
    "outbox": outbox,
    "minutes": _minutes,
}
READING = "reading"
"""No ratio, but how well chat lines are read, and how fast."""
NAMES = (*BENCHES, READING)
MORE = (
    f"NAME is one of {', '.join(NAMES)}; without it all are run, in some minutes. Everything stays on loopback and "
    "in new stores that are gone at the end: an SQLite file and, where DATABASE_URL names a PostgreSQL, a database of "
    "its own beside that one. Other work on the machine makes the ratios worthless. The reading of chat lines is held "
    f"against {LINES} of the source tree, or against other files in its shape, with a people.json beside each."
)


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add("bench", bench, "measure Tandem beside the bare libraries, as ratios", MORE)
    parser.add_argument("name", metavar="NAME", nargs="?", help="one benchmark alone")
    parser.add_argument("--json", action="store_true", help="print one JSON object in place of lines")
    parser.add_argument("--profile", metavar="FILE", type=Path, help="of slack: where the time goes, as a flame graph")
    parser.add_argument("--lines", metavar="FILE", type=Path, action="append", default=[], help="lines to read")


def bench(given: argparse.Namespace) -> int:
    """Print each figure when it is found; the exit code says nothing of aims, which are for people to judge."""
    if given.name is not None and given.name not in NAMES:
        raise Problem(f"There is no benchmark {given.name[:80]!r}: it is one of {', '.join(NAMES)}.")
    if given.profile is not None:
        return _profile(given.name, given.profile)
    logging.disable(logging.WARNING)
    found: dict[str, Any] = {}
    if given.name != READING:
        found |= _measured([given.name] if given.name else list(BENCHES), told=not given.json)
    if given.name == READING or (given.name is None and (given.lines or LINES.exists())):
        report = reading(given.lines)
        found[READING] = report.as_json()
        if not given.json:
            print(*report.lines(), sep="\n", flush=True)
    if given.json:
        print(json.dumps(found, indent=1, ensure_ascii=False))
    return 0


def _profile(name: str | None, file: Path) -> int:
    """Take no figures, but look where the time goes: what looks costs time itself."""
    if name != "slack":
        raise Problem(f"A profile is taken of the benchmark slack: `tandem bench slack --profile {file}`.")
    if file.suffix != ".svg":
        raise Problem(f"The profile is a picture for a browser: name a file that ends with .svg, not {file.name}.")
    if not file.parent.is_dir():
        raise Problem(f"There is no folder {file.parent} to write the profile to.")
    sampler()
    with Scratch(read_settings().database_url) as scratch:
        asyncio.run(slack_profile(scratch, file))
    print(f"Where the time goes: {file}")
    return 0


def _measured(names: Sequence[str], *, told: bool) -> dict[str, Any]:
    """The figures of each benchmark, printed as they come where they are to be `told`."""
    found: dict[str, Any] = {}
    with Scratch(read_settings().database_url) as scratch:
        if scratch.kinds == ("SQLite",) and told:
            print("PostgreSQL is not measured: DATABASE_URL names none.", flush=True)
        for name in names:
            figures = asyncio.run(_run(BENCHES[name], scratch))
            found[name] = [asdict(figure) for figure in figures]
            if told:
                for figure in figures:
                    print(figure.line(), flush=True)
    return found


async def _run(chosen: Bench, scratch: Scratch) -> list[Figure]:
    return await chosen(scratch)

"""`tandem bench`: the project's own benchmarks, each figure a ratio of two things measured in one run."""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import asdict

from bot.bench.figures import Figure
from bot.bench.lists import lists
from bot.bench.minutes import minutes
from bot.bench.outbox import outbox
from bot.bench.slack_commands import slack_commands
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
MORE = (
    f"NAME is one of {', '.join(BENCHES)}; without it all are run, in some minutes. Everything stays on loopback and "
    "in new stores that are gone at the end: an SQLite file and, where DATABASE_URL names a PostgreSQL, a database of "
    "its own beside that one. Other work on the machine makes the ratios worthless."
)


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add("bench", bench, "measure Tandem beside the bare libraries, as ratios", MORE)
    parser.add_argument("name", metavar="NAME", nargs="?", help="one benchmark alone")
    parser.add_argument("--json", action="store_true", help="print one JSON object in place of lines")


def bench(given: argparse.Namespace) -> int:
    """Print each figure when it is found; the exit code says nothing of aims, which are for people to judge."""
    if given.name is not None and given.name not in BENCHES:
        raise Problem(f"There is no benchmark {given.name[:80]!r}: it is one of {', '.join(BENCHES)}.")
    logging.disable(logging.WARNING)
    found: dict[str, list[Figure]] = {}
    with Scratch(read_settings().database_url) as scratch:
        if scratch.kinds == ("SQLite",) and not given.json:
            print("PostgreSQL is not measured: DATABASE_URL names none.", flush=True)
        for name in [given.name] if given.name else BENCHES:
            found[name] = asyncio.run(_run(BENCHES[name], scratch))
            if not given.json:
                for figure in found[name]:
                    print(figure.line(), flush=True)
    if given.json:
        print(json.dumps({name: [asdict(figure) for figure in figures] for name, figures in found.items()}, indent=1))
    return 0


async def _run(chosen: Bench, scratch: Scratch) -> list[Figure]:
    return await chosen(scratch)

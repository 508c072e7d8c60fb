"""Lists over a long history: what `mine`, `overdue` and a room's list cost when ten times as much was ever recorded."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert

from bot.bench.figures import Aim, Comparison, Figure
from bot.bench.stores import Scratch
from bot.bench.transfer import NOW, ROOM, keep, opened, say
from core.api import Core
from core.features.actions.records import Action
from core.kernel.clock import monotonic
from core.kernel.ids import PersonId

OPEN = 200
"""Actions that are open whatever the history: every other one Anna's, every fifth overdue."""
SHORT, LONG = 10_000, 100_000
QUESTIONS = ("mine", "overdue", "action list")
TIMES = 60
MOST = Aim(1.3, at_most=True)


async def lists(scratch: Scratch) -> list[Figure]:
    """Microseconds for each answer over 100,000 actions beside the same over 10,000."""
    found = []
    for kind in scratch.kinds:
        short, long = [await _with_history(scratch.new(kind), size) for size in (SHORT, LONG)]
        for question in QUESTIONS:
            name = f"`{question}` over {LONG:,} actions beside {SHORT:,}, {kind}"
            comparison = Comparison(name, "µs an answer", MOST)
            found.append(await comparison.of(_asked(long, question), _asked(short, question)))
        await short.close()
        await long.close()
    return found


def _asked(core: Core, question: str) -> Callable[[], Awaitable[float]]:
    async def ask() -> float:
        began = monotonic()
        for _ in range(TIMES):
            await say(core, question)
        return (monotonic() - began) / TIMES * 1e6

    return ask


async def _with_history(url: str, size: int) -> Core:
    core = await opened(url)
    directory = core.directories.look_up(ROOM)
    assert directory is not None
    owners = sorted(directory.members)
    keep(core, insert(Action), [_row(number, size, owners) for number in range(1, size + 1)])
    if not core.store.is_sqlite:
        with core.store.writing.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")  # as its autovacuum does within a minute
    return core


def _row(number: int, size: int, owners: Sequence[PersonId]) -> dict[str, Any]:
    """Action `number` of `size`: the last OPEN are open, all before them done."""
    is_open = number > size - OPEN
    due = (NOW + timedelta(days=-3 if number % 5 == 0 else number % 60 + 1)).date() if is_open else date(2026, 1, 12)
    return {
        "transfer": "NVT",
        "ref": f"ACT-{number:03d}",
        "version": 1,
        "created_at": NOW,
        "created_by": owners[0],
        "state": "open" if is_open else "done_verified",
        "text": f"Verify the batch record of engineering batch {number}",
        "owners": [owners[number % len(owners)]],
        "accepted": [],
        "told": [],
        "side": "sponsor",
        "due": due,
        "deadline": NOW + (due - NOW.date()),
        "confirm": [],
        "open": is_open,
    }

"""Where the story is played: what a person can do and see on any platform, and nothing else."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import func, select

from adapters.rehearsal.cast import Player, load_cast
from core.api import Core
from core.kernel.clock import SetClock
from core.kernel.posting import Post

CAST = load_cast()
aoife, priya, tomas, marta, jurgen, luis, zeynep = (
    CAST.by_slug[slug] for slug in ("aoife", "priya", "tomas", "marta", "jurgen", "luis", "zeynep")
)
BEGIN = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
"""A Monday."""
PICTURES = Path(__file__).parents[2] / "var" / "screenshots"
PATIENCE = 8.0
"""Seconds that a person waits for something to appear."""

Answers = Mapping[str, str | Sequence[str]]


class Stage(Protocol):
    """One joint meeting's rooms. Each person waits for what they expect to see, and fails with what is there."""

    clock: SetClock
    core: Core
    rooms: int
    """One that both companies share, or one of each."""
    edits: bool
    """Whether people change and delete their messages there."""

    async def say(self, who: Player, text: str) -> None:
        """Type a line in one's room, and send it: `/tt …`, `@Tandem …`, or plain chat; `@Whole Name` is a mention."""
        ...

    async def press(self, who: Player, label: str, on: str, *, direct: bool = False) -> None:
        """Press the button on the newest card that has it and holds the words `on`."""
        ...

    async def fill(self, who: Player, answers: Answers) -> str:
        """Fill in the open form by its labels and send it; returns what it complains of, empty where it was taken."""
        ...

    async def capture(self, who: Player, words: str) -> None:
        """Choose “Capture in Tandem” in the menu of the newest message with the words, which opens a form."""
        ...

    async def react(self, who: Player, emoji: str, words: str, *, gone: bool = False) -> None:
        """Put a reaction below the newest message with the words, or take it away."""
        ...

    async def reply(self, who: Player, text: str, on: str) -> None:
        """Reply to the newest card with the words `on`, as one does there."""
        ...

    async def edit(self, who: Player, old: str, new: str) -> None:
        """Change the text of one's own newest message with the words `old`."""
        ...

    async def delete(self, who: Player, words: str) -> None:
        """Delete one's own newest message with the words."""
        ...

    async def told(self, who: Player, *words: str) -> str:
        """See an answer to one's last act that nobody else sees, with all the words; returns all that it says."""
        ...

    async def untold(self, who: Player, *words: str) -> None:
        """See nothing with all the words, not even alone; but what Teams shows below a line is everybody's."""
        ...

    async def marked(self, who: Player, words: str) -> None:
        """See that Tandem marked the newest message with the words."""
        ...

    async def see(self, who: Player, *words: str) -> None:
        """See one card in one's room with all the words."""
        ...

    async def inbox(self, who: Player, *words: str) -> None:
        """See one direct message of Tandem's with all the words."""
        ...

    async def stands(self, who: Player, number: int, *words: str, direct: bool = False) -> None:
        """See just so many cards with all the words, once everything was sent."""
        ...

    async def picture(self, name: str) -> None:
        """Keep a picture of the screen, where there is a screen."""
        ...

    async def page(self, who: Player) -> str:
        """The HTML behind the link that one was given last."""
        ...


async def rest(core: Core) -> None:
    """Wait until nothing is due and every post is sent. Raises AssertionError if that takes too long."""

    async def quiet() -> bool:
        while await core.jobs().run_due():  # a second worker: the first looks once a second
            pass
        return not await asyncio.to_thread(_waiting, core)

    await until(quiet, "the posts and jobs to come to rest", PATIENCE * 2)


def _waiting(core: Core) -> int:
    with core.store.read() as connection:
        return int(connection.execute(select(func.count()).select_from(Post).where(Post.unsent)).scalar_one())


async def advance(stage: Stage, *moment: int) -> None:
    """Move the clock to a moment (year 2026, UTC); what falls due on the way happens at its own time."""
    at = datetime(2026, *moment, tzinfo=UTC)  # type: ignore[misc,arg-type]
    assert at >= stage.clock.now(), f"{at} is past"
    await rest(stage.core)
    while (due := await asyncio.to_thread(stage.core.jobs().next_due)) is not None and due < at:
        stage.clock.set(max(due, stage.clock.now()))
        await rest(stage.core)
    stage.clock.set(at)
    await rest(stage.core)


async def until(true: Callable[[], Awaitable[object]], what: str, seconds: float = PATIENCE) -> None:
    """Look again until it is true. Raises AssertionError."""
    end = time.monotonic() + seconds
    while not await true():
        assert time.monotonic() < end, f"waited {seconds:.0f} s for {what}"
        await asyncio.sleep(0.03)


def holds(text: str, words: Sequence[str]) -> bool:
    """Whether all the words stand in the text."""
    return all(one in text for one in words)


def plainly(text: str) -> str:
    """The text with each run of blanks as one."""
    return " ".join(text.split())

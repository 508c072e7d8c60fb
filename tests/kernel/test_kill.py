"""kill -9 at any moment under load: what was answered is there once, and nothing is said twice."""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import func, select

from core.kernel.database import Store
from core.kernel.posting import SENT, Post
from tests.kernel.driven import LIMIT, Driven, Ended, read
from tests.kernel.test_processes import CODES, ROOMS, check_chains, check_numbers, opened
from tests.meeting_room import anna

SEED = 20260309
KILLS = 3
SENTENCES = 120
AT_ONCE = 10
KINDS = ("note", "question", "risk", "decision")


def sentence(number: int) -> str:
    """A sentence that makes one record, and names it by a word of its own."""
    return f"{KINDS[number % len(KINDS)]} word{number} was said"


class Load:
    """Says what is not answered yet, under the same id as the first time, until the child is gone."""

    def __init__(self) -> None:
        self.left = list(range(SENTENCES))
        self.answers: dict[int, str] = {}
        self._goal, self._reached = 0, asyncio.Event()

    async def run(self, child: Driven) -> None:
        """Say what is left, ten at a time, until all is answered or the child is gone."""
        free = asyncio.Semaphore(AT_ONCE)

        async def one(number: int) -> None:
            async with free:
                with suppress(Ended):
                    await self._say(child, number)

        await asyncio.gather(*(one(number) for number in list(self.left)))
        self._reached.set()

    async def _say(self, child: Driven, number: int) -> None:
        self.answers[number] = await child.say(f"d{number}", anna, ROOMS[number % len(ROOMS)], sentence(number))
        self.left.remove(number)
        if len(self.answers) >= self._goal:
            self._reached.set()

    async def more(self, answers: int) -> None:
        """Until so many more are answered, or nothing is left to say."""
        self._goal = len(self.answers) + answers
        self._reached.clear()
        await self._reached.wait()


async def test_what_was_answered_is_there_once_and_nothing_is_said_twice(store_url: str, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    print(f"seed {SEED}")
    wire, load = tmp_path / "wire.jsonl", Load()
    for number in range(KILLS):
        async with Driven(store_url, ahead=60 * number, wire=wire, seed=SEED + number) as child:
            if number == 0:
                await opened(child)
            running = asyncio.create_task(load.run(child))
            await load.more(chance.randrange(10, 30))
            await asyncio.sleep(chance.random() / 20)
            child.kill()
            await running
    assert load.left
    store = Store(store_url)
    async with Driven(store_url, ahead=60 * KILLS, wire=wire) as child:
        await load.run(child)
        await until_all_is_sent(store)
    assert load.left == []
    check(store, wire, load)
    store.close()


async def until_all_is_sent(store: Store) -> None:
    """Wait for the child's outbox to be empty."""
    deadline = time.monotonic() + LIMIT
    while time.monotonic() < deadline:
        with store.read() as connection:
            if not connection.execute(select(func.count()).select_from(Post).where(Post.unsent)).scalar_one():
                return
        await asyncio.sleep(0.02)
    pytest.fail("the outbox is not empty")


def check(store: Store, wire: Path, load: Load) -> None:
    """Every answered sentence is in the store once, every post on the wire once."""
    check_numbers(store)
    trailed = check_chains(store)
    assert {f"d{number}" for number in load.answers} <= trailed
    with store.read() as connection:
        posts = {row.id: row for row in connection.execute(select(*Post.__table__.c))}
    records = [post for post in posts.values() if post.record]
    for number in range(SENTENCES):
        named = {(post.transfer, post.record) for post in records if f"word{number} " in (post.view or "")}
        assert len(named) == 1, f"sentence {number} made {named}"
    lines = read(wire)
    new = [line["post"] for line in lines if line["new"]]
    assert len(new) == len(set(new))
    assert set(new) <= posts.keys()
    sent = {post.id for post in posts.values() if post.state == SENT}
    assert sent == {line["post"] for line in lines}
    assert {post.state for post in posts.values()} <= {"sent", "listed", "replaced"}
    assert len(CODES) == len({post.transfer for post in posts.values()})

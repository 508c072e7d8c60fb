"""Small writes that share a commit: how many commits they take, and that none harms another."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, event, insert, select

from core.kernel.commits import SharedCommits
from core.kernel.database import Store
from core.kernel.delivering import Delivery
from core.kernel.posting import Outlet
from tests.kernel.wire import Wire
from tests.meeting_room import MeetingRoom, anna


@contextmanager
def counted(store: Store) -> Iterator[list[str]]:
    """A mark for each commit of the store's writers."""
    commits: list[str] = []

    def mark(_: object) -> None:
        commits.append("commit")

    event.listen(store.writing, "commit", mark)
    try:
        yield commits
    finally:
        event.remove(store.writing, "commit", mark)


def outlet(name: str) -> dict[str, object]:
    return {"address": name, "platform": "slack", "tenant": "T1", "channel": name, "direct": False}


def addresses(store: Store) -> set[str]:
    with store.read() as connection:
        return {name for name in connection.execute(select(Outlet.address)).scalars() if name.startswith("C-")}


def adds(name: str) -> Callable[[Connection], str]:
    def write(connection: Connection) -> str:
        connection.execute(insert(Outlet), [outlet(name)])
        return name

    return write


async def test_what_comes_while_a_commit_is_under_way_shares_the_next(toy: MeetingRoom) -> None:
    store, begun, may_end = toy.core.store, threading.Event(), threading.Event()
    shared = SharedCommits(store)

    def slow(connection: Connection) -> str:
        begun.set()
        assert may_end.wait(20)
        return adds("C-0")(connection)

    with counted(store) as commits:
        first = asyncio.create_task(shared.of(slow))
        assert await asyncio.to_thread(begun.wait, 20)
        rest = [asyncio.create_task(shared.of(adds(f"C-{number}"))) for number in range(1, 9)]
        await asyncio.sleep(0)  # each has come
        may_end.set()
        assert await asyncio.gather(first, *rest) == [f"C-{number}" for number in range(9)]
    assert len(commits) == 2
    assert len(addresses(store)) == 9


@pytest.mark.parametrize(
    ("error", "told"), [(KeyError("of its own"), KeyError), (StopIteration(), RuntimeError)], ids=["any", "no future's"]
)
async def test_a_write_that_fails_takes_no_other_with_it(
    toy: MeetingRoom, error: Exception, told: type[Exception]
) -> None:
    shared = SharedCommits(toy.core.store)

    def fails(connection: Connection) -> None:
        adds("C-lost")(connection)
        raise error

    writes = [adds("C-1"), fails, adds("C-2")]
    found = await asyncio.gather(*[shared.of(write) for write in writes], return_exceptions=True)
    assert (found[0], found[2]) == ("C-1", "C-2")
    assert isinstance(found[1], told)
    assert addresses(toy.core.store) == {"C-1", "C-2"}


async def test_who_does_not_wait_any_more_holds_nobody_up(toy: MeetingRoom) -> None:
    shared, begun, may_end = SharedCommits(toy.core.store), threading.Event(), threading.Event()

    def slow(_: Connection) -> None:
        begun.set()
        assert may_end.wait(20)

    leaving = asyncio.create_task(shared.of(slow))
    assert await asyncio.to_thread(begun.wait, 20)
    also_leaving = asyncio.create_task(shared.of(adds("C-1")))
    staying = asyncio.create_task(shared.of(adds("C-2")))
    await asyncio.sleep(0)
    leaving.cancel()
    also_leaving.cancel()
    may_end.set()
    async with asyncio.timeout(20):
        assert await staying == "C-2"
        assert await shared.of(adds("C-3")) == "C-3"
    assert addresses(toy.core.store) == {"C-1", "C-2", "C-3"}, "what was asked for is written, as in any thread"


async def test_who_waits_hears_that_no_thread_takes_anything_more(toy: MeetingRoom) -> None:
    shared, ended, loop = SharedCommits(toy.core.store), ThreadPoolExecutor(1), asyncio.get_running_loop()
    ended.shutdown()
    loop.set_default_executor(ended)
    for name in ("C-1", "C-2"):
        with pytest.raises(RuntimeError):
            await shared.of(adds(name))
    loop.set_default_executor(ThreadPoolExecutor(2))
    async with asyncio.timeout(20):
        assert await shared.of(adds("C-3")) == "C-3"


@pytest.mark.parametrize("posts", [1, 4])
async def test_a_room_is_emptied_in_one_commit_for_each_post_and_one_more(
    toy: MeetingRoom, wire: Wire, posts: int
) -> None:
    """The claim begins the first post; each mark begins the next; the last mark gives the room back."""
    for number in range(posts):
        await toy.say(anna, f"badge {number}")
    with counted(toy.core.store) as commits:
        await toy.core.dispatcher({"slack": wire}).drain()
    assert len(wire.sent) == posts
    assert len(commits) == posts + 1


async def test_rooms_that_wait_together_are_claimed_together(toy: MeetingRoom, wire: Wire) -> None:
    await toy.say(anna, "badge a")
    found = toy.core.posted.next_up(8, toy.clock.now())
    with counted(toy.core.store) as commits:
        claimed: list[Delivery] = []
        await toy.core.dispatcher({"slack": wire})._claim(8, claimed)
    assert [str(delivery.address) for delivery in claimed] == [one.address for one in found]
    assert len(commits) == 1

"""A worker's sign of life can be seen by any process, and is gone when the worker ended on purpose."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import timedelta

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import TimeoutError as PoolTimeout

from core.kernel import heartbeat as heartbeat_module
from core.kernel.clock import SystemClock
from core.kernel.database import Store
from core.kernel.heartbeat import FORGOTTEN, Heartbeat, Worker, age


def test_nobody_is_seen_before_the_first_sign(store: Store) -> None:
    assert age(store) is None
    store.close()


def test_the_liveliest_worker_counts(store: Store) -> None:
    long_ago = SystemClock().now() - timedelta(hours=1)
    row = {"id": "old", "software": "tandem 0", "started_at": long_ago, "seen_at": long_ago}
    with store.write() as connection:
        connection.execute(insert(Worker).values(**row))
    assert (age(store) or timedelta()) >= timedelta(hours=1)
    heartbeat = Heartbeat(store, "tandem 0")
    heartbeat.beat()
    heartbeat.beat()
    youngest = age(store)
    assert youngest is not None
    assert youngest < timedelta(minutes=1)
    heartbeat.end()
    assert (age(store) or timedelta()) >= timedelta(hours=1)
    store.close()


def test_those_long_gone_are_forgotten(store: Store) -> None:
    gone = SystemClock().now() - FORGOTTEN - timedelta(days=1)
    with store.write() as connection:
        connection.execute(insert(Worker).values(id="gone", software="tandem 0", started_at=gone, seen_at=gone))
    Heartbeat(store, "tandem 0").beat()
    with store.read() as connection:
        assert "gone" not in connection.execute(select(Worker.id)).scalars().all()
    store.close()


async def test_a_worker_that_ends_takes_its_sign_away(store: Store) -> None:
    beating = asyncio.create_task(Heartbeat(store, "tandem 0").run())
    while age(store) is None:  # noqa: ASYNC110 - another thread writes it, and rings no bell
        await asyncio.sleep(0.01)
    beating.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await beating
    assert age(store) is None
    store.close()


async def test_a_sign_that_cannot_be_given_ends_no_worker(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    heartbeat, tries = Heartbeat(store, "tandem 0"), []
    beat = heartbeat.beat

    def broken() -> None:
        tries.append(1)
        if len(tries) == 1:
            raise PoolTimeout("QueuePool limit of size 8 overflow 8 reached")
        beat()

    monkeypatch.setattr(heartbeat, "beat", broken)
    monkeypatch.setattr(heartbeat_module, "EVERY_SECONDS", 0.01)
    beating = asyncio.create_task(heartbeat.run())
    async with asyncio.timeout(5):
        while age(store) is None and not beating.done():  # noqa: ASYNC110 - another thread writes it
            await asyncio.sleep(0.01)
    assert not beating.done()
    beating.cancel()
    await asyncio.gather(beating, return_exceptions=True)
    store.close()

"""Small writes of many callers on one event loop, committed together: one commit on disk for all that wait."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from sqlalchemy import Connection

from core.kernel.database import Store

T = TypeVar("T")
Write = Callable[[Connection], T]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A write and the future of whoever waits for it."""

    write: Write[Any]
    landing: asyncio.Future[Any]


class SharedCommits:
    """The writes that come while one commit is under way make the next one. To be used from one event loop."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: list[_Waiting] = []
        self._under_way = False

    async def of(self, write: Write[T]) -> T:
        """What `write` gives, once it is committed. Raises what it raises: then nothing of it stands.

        It may be called a second time, after all that it wrote was rolled back.
        """
        landing: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(write, landing))
        if not self._under_way:
            self._begin()
        return cast(T, await landing)

    async def whole(self, write: Write[T], keep: Callable[[T], None]) -> None:
        """As `of`, but what it gives is handed to `keep` also where whoever waits is cancelled meanwhile.

        A cancel stays one, whatever the write raises.
        """
        landing = asyncio.ensure_future(self.of(write))
        try:
            result = await asyncio.shield(landing)
        except asyncio.CancelledError:
            with suppress(Exception):
                keep(await landing)
            raise
        keep(result)

    def _begin(self) -> None:
        # Not a task, which could be cancelled and leave the others waiting for ever.
        writes, self._waiting = self._waiting, []
        try:
            commit = asyncio.get_running_loop().run_in_executor(None, self._commit, [each.write for each in writes])
        except RuntimeError as error:  # the loop is being closed, and its threads take nothing more
            _land(writes, [error] * len(writes))
            return
        self._under_way = True
        commit.add_done_callback(lambda done: self._landed(writes, done))

    def _commit(self, writes: Sequence[Write[Any]]) -> list[Any]:
        """What each gives, or the exception that it raises."""
        try:
            with self._store.write() as connection:
                return [write(connection) for write in writes]
        except Exception as error:  # noqa: BLE001 - it is handed to whoever waits for the write
            if len(writes) == 1:
                return [RuntimeError(repr(error)) if isinstance(error, StopIteration) else error]  # no future holds it
        return [self._commit([write])[0] for write in writes]  # each alone, so that one harms none

    def _landed(self, writes: Sequence[_Waiting], done: asyncio.Future[list[Any]]) -> None:
        self._under_way = False
        if self._waiting:
            self._begin()
        error = asyncio.CancelledError() if done.cancelled() else done.exception()
        _land(writes, [error] * len(writes) if error else done.result())


def _land(writes: Sequence[_Waiting], results: Sequence[Any]) -> None:
    for each, result in zip(writes, results, strict=True):
        if each.landing.cancelled():
            continue
        if isinstance(result, asyncio.CancelledError):
            each.landing.cancel()
        elif isinstance(result, BaseException):
            each.landing.set_exception(result)
        else:
            each.landing.set_result(result)

"""What an adapter does after a request was answered: small calls that may fail without harm, and none forgotten."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager

from core.kernel.errors import Gone, TryLater

TRIES = 4
LONGEST_WAIT = 30.0
GRACE = 5.0


class Errands:
    """Calls that were started and are not waited for. A crash loses one at worst: it told a person what was done
    or refused, and changes nothing.

    `sorting` raises TryLater or Gone for whatever a call of `platform`, such as slack, raises.
    """

    def __init__(self, platform: str, sorting: Callable[[], AbstractAsyncContextManager[None]]) -> None:
        self._platform, self._sorting = platform, sorting
        self._log = logging.getLogger(f"tandem.{platform}")
        self._running: set[asyncio.Task[None]] = set()

    def start(self, call: Callable[[], Awaitable[object]]) -> None:
        """Make the call soon, and again where the platform asks for patience."""
        task = asyncio.create_task(self._patiently(call))
        self._running.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._log.error("an answer could not be shown", exc_info=error)

    async def idle(self) -> None:
        """Wait until nothing is under way."""
        while self._running:
            await asyncio.wait(self._running)

    async def close(self) -> None:
        """Give what is under way GRACE seconds, then break it off."""
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _patiently(self, call: Callable[[], Awaitable[object]]) -> None:
        for attempt in range(TRIES):
            try:
                async with self._sorting():
                    await call()
            except TryLater as later:
                await asyncio.sleep(min(LONGEST_WAIT, later.after if later.after is not None else 2.0**attempt))
            except Gone as gone:
                self._log.warning("an answer could not be shown: %s", gone.reason)
                return
            else:
                return
        self._log.warning("an answer could not be shown: %s had no time for it", self._platform.title())

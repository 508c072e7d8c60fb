"""What is done after a request was answered: small calls that may fail without harm, and none forgotten at the end."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from adapters.slack.faults import sorted_faults
from core.api import Gone, TryLater

log = logging.getLogger("tandem.slack")

TRIES = 4
LONGEST_WAIT = 30.0
GRACE = 5.0


class Errands:
    """Calls that were started and are not waited for. A crash loses one at worst: it told a person what was done
    or refused, and changes nothing.
    """

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def start(self, call: Callable[[], Awaitable[object]]) -> None:
        """Make the call soon, and again where Slack asks for patience."""
        task = asyncio.create_task(_patiently(call))
        self._running.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("an answer could not be shown", exc_info=error)

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


async def _patiently(call: Callable[[], Awaitable[object]]) -> None:
    for attempt in range(TRIES):
        try:
            async with sorted_faults():
                await call()
        except TryLater as later:
            await asyncio.sleep(min(LONGEST_WAIT, later.after if later.after is not None else 2.0**attempt))
        except Gone as gone:
            log.warning("an answer could not be shown: %s", gone.reason)
            return
        else:
            return
    log.warning("an answer could not be shown: Slack had no time for it")

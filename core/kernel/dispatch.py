"""The worker's outbox loop: outlets that have something to send, several at a time, each in one worker's hands."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress

from core.kernel.clock import Clock
from core.kernel.commits import SharedCommits
from core.kernel.database import Store
from core.kernel.delivering import Delivery, House, drawn_of
from core.kernel.outbox import Outbox
from core.kernel.pending import Claim
from core.kernel.posted import Posted
from core.kernel.sending import Desk, Messenger

log = logging.getLogger("tandem.outbox")

POLL_SECONDS = 1.0
"""How long a post of another process may wait before this one looks; its own are announced."""
HANDS = 8
"""How many outlets are emptied at a time: one whose platform hangs holds up no other."""


class Dispatcher:
    """Sends what waits, for every platform that has a messenger here. To be used on one event loop."""

    def __init__(self, store: Store, messengers: Mapping[str, Messenger], clock: Clock, desk: Desk) -> None:
        self._house = House(Posted(store), SharedCommits(store), messengers, clock, desk)
        self._wake = asyncio.Event()
        self._free = HANDS

    def wake(self) -> None:
        """Something was committed: look now. To be called on the event loop."""
        self._wake.set()

    async def run(self) -> None:
        """Send until cancelled, several outlets at a time."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                self._wake.clear()
                for claim in await self._claimed_or_logged():
                    self._free -= 1
                    tasks.create_task(self._in_hand(claim))
                with suppress(TimeoutError):
                    # Not wait_for: in Python 3.11 a cancel that comes as its wait ends is lost, and this would run on.
                    async with asyncio.timeout(POLL_SECONDS):
                        await self._wake.wait()

    async def _claimed_or_logged(self) -> list[Claim]:
        try:
            return await self._claimed(self._free)
        except Exception:
            log.exception("the outbox could not be read; trying again")
            return []

    async def _in_hand(self, claim: Claim) -> None:
        try:
            await Delivery(self._house, claim).make()
        except Exception:
            log.exception("%s could not be emptied; trying again", claim.address)
        finally:
            self._free += 1
            self._wake.set()  # what came for this outlet meanwhile, or for others, was not to be had

    async def drain(self) -> bool:
        """Send all that can be sent now, one outlet after another; True if anything was."""
        busy = False
        while claims := await self._claimed(1):
            busy = True
            for claim in claims:
                await Delivery(self._house, claim).make()
        return busy

    async def _claimed(self, most: int) -> list[Claim]:
        """As many outlets as can be had; their first posts are drawn before the store is held up by writing."""
        house, now = self._house, self._house.clock.now()
        found = await asyncio.to_thread(house.posted.next_up, most, now) if most else []
        if not found:
            return []
        ready = [each.first for each in found if each.platform in house.messengers and each.first.is_plain]
        drawn = {post.id: its for post in ready if (its := drawn_of(post, house.desk))}
        addresses = [each.address for each in found]
        return await house.commits.of(lambda connection: Outbox(connection).claim(addresses, drawn, now))

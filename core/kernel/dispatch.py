"""The worker's outbox loop: outlets that have something to send, several at a time, each in one worker's hands."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress

from core.kernel.clock import Clock
from core.kernel.commits import SharedCommits
from core.kernel.database import Store
from core.kernel.delivering import Delivery, House
from core.kernel.drawn import drawn_of
from core.kernel.outbox import Outbox
from core.kernel.pending import Claim
from core.kernel.posted import Posted
from core.kernel.sending import Desk, Messenger

log = logging.getLogger("tandem.outbox")

POLL_SECONDS = 1.0
"""How long a post of another process may wait before this one looks; its own are announced."""
HANDS = 8
"""How many outlets are emptied at a time: one whose platform hangs holds up no other."""

PARTING_SECONDS = 3.0
"""How long a call that is under way may take to end when the worker stops."""


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
        """Send until cancelled, several outlets at a time; what is being sent then has a moment to arrive."""
        claimed: list[Delivery] = []
        self._free = HANDS  # a task that was cancelled before it began gave no hand back
        hands: dict[asyncio.Task[None], Delivery] = {}
        try:
            await self._run(claimed, hands)
        finally:
            try:
                await _parted(hands)
            finally:
                await _give_back(claimed)

    async def _run(self, claimed: list[Delivery], hands: dict[asyncio.Task[None], Delivery]) -> None:
        while True:
            self._wake.clear()
            known = len(claimed)
            await self._claim_or_log(claimed)
            for delivery in claimed[known:]:
                self._free -= 1
                hand = asyncio.create_task(self._in_hand(delivery))
                hands[hand] = delivery
                hand.add_done_callback(hands.pop)
            claimed[:known] = [delivery for delivery in claimed[:known] if not delivery.made]
            with suppress(TimeoutError):
                # Not wait_for: in Python 3.11 a cancel that comes as its wait ends is lost, and this would run on.
                async with asyncio.timeout(POLL_SECONDS):
                    await self._wake.wait()

    async def _claim_or_log(self, claimed: list[Delivery]) -> None:
        try:
            await self._claim(self._free, claimed)
        except Exception:
            log.exception("the outbox could not be read; trying again")

    async def _in_hand(self, delivery: Delivery) -> None:
        try:
            await delivery.make()
        except Exception:
            log.exception("%s could not be emptied; trying again", delivery.address)
            await asyncio.sleep(POLL_SECONDS)  # else a lasting fault would be met again at once, for ever
        finally:
            self._free += 1
            self._wake.set()  # what came for this outlet meanwhile, or for others, was not to be had

    async def drain(self) -> bool:
        """Send all that can be sent now, one outlet after another; True if anything was."""
        busy = False
        while await self._one_drained():
            busy = True
        return busy

    async def _one_drained(self) -> bool:
        claimed: list[Delivery] = []
        try:
            await self._claim(1, claimed)
            for delivery in claimed:
                await delivery.make()
        finally:
            await _give_back(claimed)
        return bool(claimed)

    async def _claim(self, most: int, claimed: list[Delivery]) -> None:
        """Add as many outlets as can be had; their first posts are drawn before the store is held up by writing."""
        house, now = self._house, self._house.clock.now()
        found = await asyncio.to_thread(house.posted.next_up, most, now) if most else []
        if not found:
            return
        ready = [each.first for each in found if each.platform in house.messengers and each.first.is_plain]
        drawn = {post.id: its for post in ready if (its := drawn_of(post, house.desk))}
        addresses = [each.address for each in found]

        def keep(claims: Sequence[Claim]) -> None:
            claimed.extend(Delivery(house, claim) for claim in claims)

        await house.commits.whole(lambda connection: Outbox(connection).claim(addresses, drawn, now), keep)


async def _parted(hands: Mapping[asyncio.Task[None], Delivery]) -> None:
    """Let every hand end the post that it is at, then stop it: a call that is broken off leaves a doubt."""
    for delivery in hands.values():
        delivery.stop()
    left = list(hands)
    try:
        if left:
            await asyncio.wait(left, timeout=PARTING_SECONDS)
    finally:
        for hand in left:
            hand.cancel()
        await asyncio.gather(*left, return_exceptions=True)


async def _give_back(claimed: Sequence[Delivery]) -> None:
    """Let go of what was claimed and never begun to be made: whoever was to do it was cancelled first."""
    for delivery in claimed:
        if not delivery.made:
            try:
                await delivery.give_back()
            except Exception:
                log.exception("%s could not be given back: its hold ends by itself", delivery.address)

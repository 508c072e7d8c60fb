"""The worker's outbox loop: one outlet after another, in order, at the platform's pace, never the same post twice."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from core.kernel.clock import Clock
from core.kernel.errors import Gone, TryLater
from core.kernel.outbox import LIST_ABOVE, Claim, Outbox, Pending
from core.kernel.turn import Address
from core.view import Card, Place
from core.view.markup import parse

log = logging.getLogger("tandem.outbox")
T = TypeVar("T")

CALL_SECONDS = 10.0
GIVE_UP_AFTER = timedelta(hours=24)
POLL_SECONDS = 1.0
"""How long a post of another process may wait before this one looks; its own are announced."""
BACKOFF = (1.0, 2.0, 5.0, 15.0, 60.0, 300.0)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A card on its way: where to, whether it changes a `message`, and the accounts that mentions name there."""

    post: str
    address: Address
    card: Card
    accounts: Mapping[str, str]
    message: str | None = None
    only_for: str | None = None
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform's id of the message and a link to it; both None where the platform gives none."""

    message: str | None = None
    link: str | None = None


class Messenger(Protocol):
    """One platform's way of sending. Raises TryLater or Gone; anything else counts as TryLater and is logged."""

    async def send(self, out: Outgoing) -> Sent:
        """Post the card, or change `out.message` to it."""
        ...

    async def find(self, out: Outgoing, since: datetime) -> Sent | None:
        """The message that an attempt at `since` may have left, found by `out.post`; None if there is none."""
        ...


class Desk(Protocol):
    """What the dispatcher needs of the house: to tell what was lost, and to draw many cards as one."""

    training: bool

    async def undelivered(self, post: Pending, address: Address, gone: Gone) -> None:
        """A post could never be sent."""
        ...

    def listing(self, cards: Sequence[Card]) -> str:
        """The markup of one card that names `cards`, a line each."""
        ...


class Dispatcher:
    """Sends what waits, for every platform that has a messenger here."""

    def __init__(self, outbox: Outbox, messengers: Mapping[str, Messenger], clock: Clock, desk: Desk) -> None:
        self._outbox, self._messengers, self._clock, self._desk = outbox, messengers, clock, desk
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """Something was committed: look now. To be called on the event loop."""
        self._wake.set()

    async def run(self) -> None:
        """Send until cancelled."""
        while True:
            self._wake.clear()
            try:
                busy = await self.drain()
            except Exception:
                log.exception("the outbox could not be read; trying again")
                busy = False
            if not busy:
                try:
                    await asyncio.wait_for(self._wake.wait(), POLL_SECONDS)
                except TimeoutError:
                    continue

    async def drain(self) -> bool:
        """Send all that can be sent now; True if anything was."""
        busy = False
        while await asyncio.to_thread(self._outbox.waiting, self._clock.now()):
            claim = await asyncio.to_thread(self._outbox.claim, self._clock.now())
            if claim is None:
                break
            busy = True
            await self._empty(claim)
        return busy

    async def _empty(self, claim: Claim) -> None:
        held = True
        try:
            for post in await self._shortened(claim):
                if not await asyncio.to_thread(self._outbox.renew, claim.address, self._clock.now()):
                    held = False
                    return
                held = await self._send(claim.address, post)
                if not held:
                    return
        finally:
            if held:
                await asyncio.to_thread(self._outbox.release, claim.address)

    async def _shortened(self, claim: Claim) -> Sequence[Pending]:
        """The claimed posts; many new record cards as one list card."""
        new = [
            post
            for post in claim.posts
            if post.key and not post.message and not post.urgent and not post.in_doubt_since and post.record
        ]
        if len(new) <= LIST_ABOVE:
            return claim.posts
        cards = [self._card(post) for post in new]
        markup = self._desk.listing(cards)
        listed = await asyncio.to_thread(self._outbox.list_together, claim.address, new, markup, self._clock.now())
        gone = {post.id for post in new}
        return [listed if post is new[0] else post for post in claim.posts if post is new[0] or post.id not in gone]

    async def _send(self, address: Address, post: Pending) -> bool:
        """Send one post; False if the outlet must wait."""
        messenger = self._messengers.get(address.platform)
        try:
            if messenger is None:
                raise TryLater(f"no {address.platform} here", after=POLL_SECONDS * 30)
            sent = await self._deliver(messenger, address, post)
        except TryLater as later:
            return await self._later(address, post, later)
        except Gone as gone:
            await asyncio.to_thread(self._outbox.failed, post, gone.reason, self._clock.now())
            await self._desk.undelivered(post, address, gone)
            return True
        except Exception as error:
            log.exception("post %s could not be sent", post.id)
            return await self._later(address, post, TryLater(type(error).__name__))
        await asyncio.to_thread(self._outbox.sent, post, sent.message, sent.link, self._clock.now())
        return True

    async def _deliver(self, messenger: Messenger, address: Address, post: Pending) -> Sent:
        accounts = await asyncio.to_thread(self._outbox.accounts, address.platform, address.tenant)
        out = Outgoing(post.id, address, self._card(post), accounts, post.message, post.only_for, post.thread)
        if post.in_doubt_since is not None:
            found = await _in_time(messenger.find(out, post.in_doubt_since))
            if found is not None:
                return found
        carried = await asyncio.to_thread(self._outbox.begin, post, address, self._clock.now())
        return await _in_time(messenger.send(replace(out, message=carried)))

    def _card(self, post: Pending) -> Card:
        card = parse(post.card)
        if not isinstance(card, Card):
            raise Gone(f"post {post.id} holds no card")
        place = Place(post.transfer, post.record, post.record_version)
        return replace(card, training=self._desk.training, place=place)

    async def _later(self, address: Address, post: Pending, later: TryLater) -> bool:
        now = self._clock.now()
        if now - post.created_at > GIVE_UP_AFTER:
            await asyncio.to_thread(self._outbox.failed, post, f"given up: {later.reason}", now)
            await self._desk.undelivered(post, address, Gone(f"tried for 24 hours: {later.reason}"))
            return True
        after = BACKOFF[min(post.tries, len(BACKOFF) - 1)] if later.after is None else later.after
        not_before = now + timedelta(seconds=after)
        await asyncio.to_thread(self._outbox.retry, post, address, later.reason, not_before, now)
        return False


async def _in_time(call: Awaitable[T]) -> T:
    try:
        return await asyncio.wait_for(call, CALL_SECONDS)
    except TimeoutError as error:
        raise TryLater(f"no answer in {CALL_SECONDS:.0f} s") from error

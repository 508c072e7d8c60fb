"""The worker's outbox loop: one outlet after another, in order, at the platform's pace, never the same post twice."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from core.kernel.clock import Clock
from core.kernel.drawing import CannotDraw
from core.kernel.errors import Gone, NoTrace, TryLater, msg
from core.kernel.outbox import LIST_ABOVE, LIST_MOST, Claim, GiveWay, Outbox, Pending
from core.kernel.turn import Address
from core.view import Card, Place
from core.view.markup import MarkupError, parse

log = logging.getLogger("tandem.outbox")
T = TypeVar("T")

CALL_SECONDS = 10.0
GIVE_UP_AFTER = timedelta(hours=24)
POLL_SECONDS = 1.0
"""How long a post of another process may wait before this one looks; its own are announced."""
HANDS = 8
"""How many outlets are emptied at a time: one whose platform hangs holds up no other."""
UNSURE = msg("it broke off twice and leaves no trace: it may not have been seen")
NOT_TAKEN = msg("it was tried for 24 hours, and the platform took nothing")
BACKOFF = (1.0, 2.0, 5.0, 15.0, 60.0, 300.0)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A card on its way: where to, whether it changes a `message`, and the accounts that mentions name there.

    `under` is the record of `transfer` below whose first post it belongs, where the platform has replies. `marks` is
    the message that it is to be seen at: a reaction says it where the platform has them.
    """

    post: str
    address: Address
    card: Card
    accounts: Mapping[str, str]
    message: str | None = None
    only_for: str | None = None
    thread: str | None = None
    transfer: str = ""
    under: str | None = None
    marks: str | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform's id of the message and a link to it; both None where the platform gives none."""

    message: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Many:
    """New cards that go out as one, and its markup."""

    posts: Sequence[Pending]
    card: str


class Messenger(Protocol):
    """One platform's way of sending. Raises TryLater or Gone; anything else counts as TryLater and is logged."""

    async def send(self, out: Outgoing) -> Sent:
        """Post the card, or change `out.message` to it."""
        ...

    async def find(self, out: Outgoing, since: datetime) -> Sent | None:
        """The message that an attempt at `since` may have left, found by `out.post`; None if there is none.

        Raises NoTrace where the platform keeps no mark to find it by.
        """
        ...


class Desk(Protocol):
    """What the dispatcher needs of the house: to tell what was lost, and to draw many cards as one."""

    training: bool

    def markup(self, post: Pending) -> str:
        """The markup of a post's card. Raises CannotDraw."""
        ...

    async def undelivered(self, post: Pending, address: Address, gone: Gone) -> Address | None:
        """A post could never be sent there; where else its person is reached, if anywhere."""
        ...

    def listing(self, cards: Sequence[Card], talk: bool, part: int, parts: int) -> str:
        """The markup of one card that names `cards`, a line each: new records, or lines of `talk`; one of `parts`."""
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
        """Send until cancelled, several outlets at a time."""
        free = asyncio.Semaphore(HANDS)
        async with asyncio.TaskGroup() as tasks:
            while True:
                await free.acquire()
                self._wake.clear()
                claim = await self._claim_or_log()
                if claim is not None:
                    tasks.create_task(self._in_hand(claim, free))
                    continue
                free.release()
                with suppress(TimeoutError):
                    # Not wait_for: in Python 3.11 a cancel that comes as its wait ends is lost, and this would run on.
                    async with asyncio.timeout(POLL_SECONDS):
                        await self._wake.wait()

    async def _claim_or_log(self) -> Claim | None:
        try:
            return await self._claim()
        except Exception:
            log.exception("the outbox could not be read; trying again")
            return None

    async def _in_hand(self, claim: Claim, free: asyncio.Semaphore) -> None:
        try:
            await self._empty(claim)
            self._wake.set()  # what came for this outlet meanwhile was not to be had
        except Exception:
            log.exception("%s could not be emptied; trying again", claim.address)
        finally:
            free.release()

    async def drain(self) -> bool:
        """Send all that can be sent now, one outlet after another; True if anything was."""
        busy = False
        while (claim := await self._claim()) is not None:
            busy = True
            await self._empty(claim)
        return busy

    async def _claim(self) -> Claim | None:
        now = self._clock.now()
        if not await asyncio.to_thread(self._outbox.waiting, now):
            return None
        return await asyncio.to_thread(self._outbox.claim, now)

    async def _empty(self, claim: Claim) -> None:
        try:
            lists = self._lists(claim)
            for post in claim.posts:
                many = lists.get(post.id)
                if many is not None and post is not many.posts[0]:
                    continue
                if not await self._send(claim, post if many is None else await self._listed(claim, many)):
                    return
        except GiveWay:  # before a list was made: in other hands by now
            return
        finally:
            await asyncio.to_thread(self._outbox.release, claim)

    def _lists(self, claim: Claim) -> dict[str, Many]:
        """What goes out as a list when its turn comes, by the id of each post in it: a room that cannot be reached
        meanwhile gets one list of all that waits for it in the end."""
        new, lists = self._new_cards(claim), dict[str, Many]()
        for transfer, talk in dict.fromkeys((post.transfer, post.is_talk) for post, _ in new):
            mine = [(post, card) for post, card in new if (post.transfer, post.is_talk) == (transfer, talk)]
            if len(mine) <= LIST_ABOVE:
                continue
            parts = _evenly(mine)
            for number, some in enumerate(parts, 1):
                posts, cards = [post for post, _ in some], [card for _, card in some]
                many = Many(posts, self._desk.listing(cards, talk, number, len(parts)))
                lists |= {post.id: many for post in posts}
        return lists

    async def _listed(self, claim: Claim, many: Many) -> Pending:
        now = self._clock.now()
        return await asyncio.to_thread(self._outbox.list_together, claim, many.posts, many.card, now)

    def _new_cards(self, claim: Claim) -> list[tuple[Pending, Card]]:
        """The cards that a list may name, which are to be posted anew; not those whose earlier post is in doubt, nor
        what was tried in vain: it goes first, and tells whether the room can be reached."""
        doubtful = {post.subject for post in claim.posts if post.in_doubt_since}
        found = []
        for post in claim.posts:
            known = post.message or post.urgent or post.tries or post.subject in doubtful
            if (post.is_record_card or post.is_talk) and not known:
                with suppress(Gone):  # it ends by itself when its turn comes
                    found.append((post, self._card(post, self._markup(post))))
        return found

    async def _send(self, claim: Claim, post: Pending) -> bool:
        """Send one post; False if nothing else is to be sent to the outlet now."""
        address = claim.address
        messenger = self._messengers.get(address.platform)
        if post.in_place and await asyncio.to_thread(self._outbox.carried, post, address) is None:
            await asyncio.to_thread(self._outbox.spared, post)
            return True
        try:
            if messenger is None:
                doubt = post.in_doubt_since is not None
                raise TryLater(f"no {address.platform} here", after=POLL_SECONDS * 30, in_doubt=doubt)
            sent = await self._deliver(messenger, claim, post)
        except TryLater as later:
            return await self._later(claim, post, later)
        except GiveWay:
            return False
        except Gone as gone:
            return await self._lost(address, post, gone)
        except Exception as error:
            log.exception("post %s could not be sent", post.id)
            return await self._later(claim, post, TryLater(type(error).__name__, in_doubt=True))
        await asyncio.to_thread(self._outbox.sent, post, sent.message, sent.link, self._clock.now())
        return True

    async def _deliver(self, messenger: Messenger, claim: Claim, post: Pending) -> Sent:
        address = claim.address
        accounts = await asyncio.to_thread(self._outbox.accounts, address.platform, address.tenant)
        markup = self._markup(post)
        card = self._card(post, markup)
        out = Outgoing(
            post.id,
            address,
            card,
            accounts,
            post.message,
            post.only_for,
            post.thread,
            post.transfer,
            post.under,
            post.marks,
        )
        if post.in_doubt_since is not None:
            found = await self._found(messenger, out, post)
            if found is not None:
                return found
        carried = await asyncio.to_thread(self._outbox.begin, post, markup, claim, self._clock.now())
        try:
            return await _in_time(messenger.send(replace(out, message=carried)))
        except Gone as gone:
            if carried is None or gone.what != "message":
                raise
        return await _in_time(messenger.send(replace(out, message=None)))

    async def _found(self, messenger: Messenger, out: Outgoing, post: Pending) -> Sent | None:
        """What a broken attempt left; raises Gone for a second one that leaves no trace, unless it changed a message:
        that may be made any number of times."""
        assert post.in_doubt_since is not None
        try:
            return await _in_time(messenger.find(out, post.in_doubt_since))
        except TryLater as later:
            raise TryLater(later.reason, later.after, in_doubt=True) from later
        except NoTrace:
            if post.tries > 1 and not await asyncio.to_thread(self._outbox.carried, post, out.address):
                raise Gone(UNSURE, told=UNSURE) from None
            return None

    def _markup(self, post: Pending) -> str:
        try:
            return post.card or self._desk.markup(post)
        except CannotDraw as error:
            raise Gone(f"its card cannot be drawn: {error}") from error

    def _card(self, post: Pending, markup: str) -> Card:
        try:
            card = parse(markup)
        except MarkupError as error:
            raise Gone(f"its card cannot be read: {error}") from error
        if not isinstance(card, Card):
            raise Gone(f"post {post.id} holds no card")
        place = Place(post.transfer, post.record, post.record_version)
        return replace(card, training=self._desk.training, place=place)

    async def _lost(self, address: Address, post: Pending, gone: Gone) -> bool:
        """End a post, or all of its outlet, or send it elsewhere; told first, as telling twice is harmless and never
        telling is not."""
        elsewhere = await self._desk.undelivered(post, address, gone)
        if elsewhere is not None:
            await asyncio.to_thread(self._outbox.redirect, address, elsewhere, gone.reason, self._clock.now())
            return False
        if gone.what in ("room", "app") or (gone.what == "person" and address.direct):
            await asyncio.to_thread(self._outbox.abandon, address, gone.reason, self._clock.now())
            return False
        await asyncio.to_thread(self._outbox.failed, post, gone.reason, self._clock.now())
        return True

    async def _later(self, claim: Claim, post: Pending, later: TryLater) -> bool:
        now = self._clock.now()
        if now - post.created_at > GIVE_UP_AFTER:
            return await self._lost(claim.address, post, Gone(f"tried for 24 hours: {later.reason}", told=NOT_TAKEN))
        after = BACKOFF[min(post.tries, len(BACKOFF) - 1)] if later.after is None else later.after
        not_before = now + timedelta(seconds=after)
        await asyncio.to_thread(self._outbox.retry, post, claim, later, not_before, now)
        return False


def _evenly(many: Sequence[T]) -> list[Sequence[T]]:
    """In parts of much the same size, none of more than a list names."""
    parts = -(-len(many) // LIST_MOST)
    return [many[len(many) * part // parts : len(many) * (part + 1) // parts] for part in range(parts)]


async def _in_time(call: Awaitable[T]) -> T:
    try:
        async with asyncio.timeout(CALL_SECONDS):
            return await call
    except TimeoutError as error:
        raise TryLater(f"no answer in {CALL_SECONDS:.0f} s", in_doubt=True) from error

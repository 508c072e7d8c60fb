"""Emptying one outlet: its posts in order, each begun before its call and marked after it, many cards as one list."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import Connection

from core.kernel.clock import Clock
from core.kernel.commits import SharedCommits
from core.kernel.drawn import card_of, drawn_of, markup_of
from core.kernel.errors import Gone, NoTrace, TryLater, msg
from core.kernel.outbox import LEASE, LIST_ABOVE, LIST_MOST, LONGEST_PAUSE, Failed, GiveWay, Outbox
from core.kernel.pending import Claim, Drawn, Pending
from core.kernel.posted import Posted
from core.kernel.sending import Desk, Messenger, Outgoing, Sent
from core.kernel.turn import Address
from core.view import Card, shows_people

log = logging.getLogger("tandem.outbox")
T = TypeVar("T")

CALL_SECONDS = 10.0
GIVE_UP_AFTER = timedelta(hours=24)
NO_MESSENGER_SECONDS = 30.0
"""How long an outlet waits whose platform has no adapter in this process."""
UNSURE = msg("it broke off twice and leaves no trace: it may not have been seen")
NOT_TAKEN = msg("it was tried for 24 hours, and the platform took nothing")
BACKOFF = (1.0, 2.0, 5.0, 15.0, 60.0, 300.0)
BEGUN_FOR = LEASE - timedelta(seconds=2 * CALL_SECONDS)
"""How long after its mark a post may be called for: two calls may be made, and end before the lease does."""


@dataclass(frozen=True, slots=True)
class Many:
    """New cards that go out as one, and its markup."""

    posts: Sequence[Pending]
    card: str


@dataclass(frozen=True, slots=True)
class House:
    """What every delivery of a worker shares; `messengers` by platform."""

    posted: Posted
    commits: SharedCommits
    messengers: Mapping[str, Messenger]
    clock: Clock
    desk: Desk


@dataclass(slots=True)
class _Begun:
    """A post that was marked as being sent `at` a time, and the platform's message that it changes, None to send anew.

    `called`: from then on nobody knows whether the platform has it. `broken_off`: and it may be under way still.
    """

    drawn: Drawn
    message: str | None
    at: datetime
    called: bool = False
    broken_off: bool = False

    def is_for(self, post: Pending) -> bool:
        """Whether it stands for a post; it never does for another."""
        return self.drawn.post.id == post.id


class Delivery:
    """One claim, until its outlet is given back.

    The mark of a post that was sent and the beginning of the next are one commit, as is the last mark with the release.
    """

    def __init__(self, house: House, claim: Claim) -> None:
        self._house, self._claim = house, claim
        self._last = _Begun(claim.begun, claim.begun.post.message, claim.at) if claim.begun else None
        self._accounts: Mapping[str, str] | None = None
        self._gives_way = self._released = self._stops = False
        self.made = False
        """Whether it was at least begun to be made, which lets go of the outlet by itself."""

    @property
    def address(self) -> Address:
        """Where it goes."""
        return self._claim.address

    def stop(self) -> None:
        """Begin no other post: the one that is being sent is the last."""
        self._stops = True

    async def make(self) -> None:
        """Send what the claim holds, in order, and give the outlet back."""
        self.made = True
        try:
            turns = deque(self._turns())
            while turns and not self._stops:
                turn = turns.popleft()
                post = await self._listed(turn) if isinstance(turn, Many) else turn
                if not await self._send(post, turns):
                    return
        except GiveWay:  # before a list was made: in other hands by now
            return
        finally:
            if not self._released:
                await self.give_back()

    async def give_back(self) -> None:
        """Let go of the outlet; what was begun and not called for waits again, and what may be under way still is not
        looked for before it must have arrived."""
        begun, now = self._last, self._house.clock.now()

        def write(connection: Connection) -> None:
            outbox = Outbox(connection)
            if begun is not None and begun.broken_off:
                outbox.give_back(self._claim, now + timedelta(seconds=CALL_SECONDS))
                return
            if begun is not None and not begun.called:
                outbox.not_begun(begun.drawn.post, self._claim)
            outbox.release(self._claim)

        await self._house.commits.of(write)

    def _turns(self) -> list[Pending | Many]:
        """The posts, and in the place of the first of those that make a list, the list: a room that cannot be reached
        meanwhile gets one list of all that waits for it in the end."""
        lists = self._lists()
        turns: list[Pending | Many] = []
        for post in self._claim.posts:
            many = lists.get(post.id)
            if many is None or post is many.posts[0]:
                turns.append(many or post)
        return turns

    def _lists(self) -> dict[str, Many]:
        """What goes out as a list, by the id of each post in it."""
        new, lists = self._new_cards(), dict[str, Many]()
        for transfer, talk in dict.fromkeys((post.transfer, post.is_talk) for post, _ in new):
            mine = [(post, card) for post, card in new if (post.transfer, post.is_talk) == (transfer, talk)]
            if len(mine) <= LIST_ABOVE:
                continue
            parts = _evenly(mine)
            for number, some in enumerate(parts, 1):
                posts, cards = [post for post, _ in some], [card for _, card in some]
                try:
                    many = Many(posts, self._house.desk.listing(cards, talk, number, len(parts)))
                except Exception:  # a company's own template, or a bug: each goes out by itself
                    log.exception("a list for %s could not be drawn", self.address)
                    break
                lists |= {post.id: many for post in posts}
        return lists

    def _new_cards(self) -> list[tuple[Pending, Card]]:
        """The cards that a list may name, which are to be posted anew; not those whose earlier post is in doubt, nor
        what was tried in vain: it goes first, and tells whether the room can be reached."""
        posts = self._claim.posts
        if len(posts) <= LIST_ABOVE:
            return []
        doubtful = {post.subject for post in posts if post.in_doubt_since}
        found = []
        for post in posts:
            known = post.message or post.in_place or post.urgent or post.tried or post.subject in doubtful
            if (post.is_record_card or post.is_talk) and not known:
                with suppress(Gone, OSError):  # it ends by itself when its turn comes
                    found.append((post, card_of(post, markup_of(post, self._house.desk), self._house.desk)))
        return found

    async def _listed(self, many: Many) -> Pending:
        now = self._house.clock.now()
        return await self._house.commits.of(
            lambda connection: Outbox(connection).list_together(self._claim, many.posts, many.card, now)
        )

    async def _send(self, post: Pending, rest: Sequence[Pending | Many]) -> bool:
        """Send one post; False if nothing else is to be sent to the outlet now. `rest` is what comes after it."""
        address = self._claim.address
        if post.in_place and await asyncio.to_thread(self._house.posted.carried, post, address) is None:
            return await self._spared(post)
        try:
            sent = await self._deliver(post)
        except TryLater as later:
            return await self._later(post, later)
        except GiveWay:
            return False
        except Gone as gone:
            return await (self._spared(post) if post.in_place and gone.what == "message" else self._lost(post, gone))
        except Exception as error:  # before the call, or in the look-up: neither makes a doubt or clears one
            log.exception("post %s could not be sent", post.id)
            return await self._later(post, TryLater(type(error).__name__, in_doubt=post.in_doubt_since is not None))
        return await self._mark_sent(post, sent, rest)

    async def _deliver(self, post: Pending) -> Sent:
        address = self._claim.address
        messenger = self._house.messengers.get(address.platform)
        if messenger is None:
            doubt = post.in_doubt_since is not None
            raise TryLater(f"no {address.platform} here", after=NO_MESSENGER_SECONDS, in_doubt=doubt)
        begun = self._begun(post)
        drawn = begun.drawn if begun else Drawn(post, markup_of(post, self._house.desk))
        out = await self._out(drawn)
        if post.in_doubt_since is not None:
            found = await self._found(messenger, out, post)
            if found is not None:
                return found
        begun = begun or await self._begin(drawn)
        if self._house.clock.now() - begun.at > BEGUN_FOR:
            raise GiveWay  # this process stood still, and another may have it by now
        begun.called = True
        try:
            return await self._called(messenger, replace(out, message=begun.message), post)
        except asyncio.CancelledError:
            begun.broken_off = True
            raise

    @staticmethod
    async def _called(messenger: Messenger, out: Outgoing, post: Pending) -> Sent:
        """A card whose message is gone is posted anew, unless it was only to change that one."""
        try:
            return await _in_time(messenger.send(out), post)
        except Gone as gone:
            if out.message is None or gone.what != "message" or post.in_place:
                raise
        return await _in_time(messenger.send(replace(out, message=None)), post)

    async def _out(self, drawn: Drawn) -> Outgoing:
        post, address = drawn.post, self._claim.address
        card = card_of(post, drawn.markup, self._house.desk)
        if shows_people(card) and self._accounts is None:
            self._accounts = await asyncio.to_thread(self._house.posted.accounts, address.platform, address.tenant)
        return Outgoing(
            post.id,
            address,
            card,
            self._accounts or {},
            post.message,
            post.only_for,
            post.thread,
            post.transfer,
            post.under,
            post.marks,
        )

    def _begun(self, post: Pending) -> _Begun | None:
        """A post's own mark, where it is marked as being sent."""
        return self._last if self._last is not None and self._last.is_for(post) else None

    async def _begin(self, drawn: Drawn) -> _Begun:
        """Raises GiveWay."""
        now = self._house.clock.now()
        await self._house.commits.whole(
            lambda connection: _Begun(drawn, Outbox(connection).begin(drawn, self._claim, now), now), self._keep
        )
        assert self._last is not None
        return self._last

    def _keep(self, begun: _Begun | GiveWay | None) -> None:
        self._last = begun if isinstance(begun, _Begun) else None
        self._gives_way = isinstance(begun, GiveWay)

    async def _mark_sent(self, post: Pending, sent: Sent, rest: Sequence[Pending | Many]) -> bool:
        """Mark a post as sent, and in the same commit begin the next or give the outlet back; False where another
        worker has it by now, or something urgent came."""
        now, is_last = self._house.clock.now(), self._stops or not rest
        following = None if is_last else self._following(rest)

        def mark(connection: Connection) -> _Begun | GiveWay | None:
            outbox = Outbox(connection)
            outbox.sent(post, sent.message, sent.link, now)
            if is_last:
                outbox.release(self._claim)
            if following is None:
                return None
            try:
                return _Begun(following, outbox.begin(following, self._claim, now), now)
            except GiveWay as error:
                return error  # not raised: that the post was sent stands

        await self._house.commits.whole(mark, self._keep)
        self._released = is_last
        return not self._gives_way

    def _following(self, rest: Sequence[Pending | Many]) -> Drawn | None:
        """The next post, drawn, where it can begin at once."""
        if isinstance(rest[0], Many) or not rest[0].is_plain:
            return None
        return drawn_of(rest[0], self._house.desk)

    async def _found(self, messenger: Messenger, out: Outgoing, post: Pending) -> Sent | None:
        """What a broken attempt left; raises Gone for a second one that leaves no trace, unless it changed a message:
        that may be made any number of times."""
        assert post.in_doubt_since is not None
        try:
            return await _in_time(messenger.find(out, post.in_doubt_since), post)
        except TryLater as later:
            raise TryLater(later.reason, later.after, in_doubt=True) from later
        except NoTrace:
            if post.tries > 1 and not await asyncio.to_thread(self._house.posted.carried, post, out.address):
                raise Gone(UNSURE, told=UNSURE) from None
            return None

    async def _spared(self, post: Pending) -> bool:
        await self._house.commits.of(lambda connection: Outbox(connection).spared(post))
        return True

    async def _lost(self, post: Pending, gone: Gone) -> bool:
        """End a post, or all of its outlet, or send it elsewhere; told first, as telling twice is harmless and never
        telling is not."""
        commits, address = self._house.commits, self._claim.address
        elsewhere = await self._house.desk.undelivered(post, address, gone)
        now = self._house.clock.now()
        if elsewhere is not None:
            await commits.of(lambda connection: Outbox(connection).redirect(address, elsewhere, gone.reason, now))
            return False
        if gone.what in ("room", "app") or (gone.what == "person" and address.direct):
            await commits.of(lambda connection: Outbox(connection).abandon(address, gone.reason, now))
            return False
        await commits.of(lambda connection: Outbox(connection).failed(post, gone.reason, now))
        return True

    async def _later(self, post: Pending, later: TryLater) -> bool:
        now = self._house.clock.now()
        often, first = await asyncio.to_thread(self._house.posted.tried, post)
        if first is not None and now - first > GIVE_UP_AFTER:  # not what waited a day while nothing was sent at all
            return await self._lost(post, Gone(f"tried for 24 hours: {later.reason}", told=NOT_TAKEN))
        not_before, failed = now + pause(later.after, often), Failed(later, now, self._begun(post) is not None)
        await self._house.commits.of(lambda connection: Outbox(connection).retry(post, self._claim, failed, not_before))
        return False


def pause(asked: float | None, often: int) -> timedelta:
    """How long an outlet waits: as its platform asks, within reason; else the longer, the more `often` it was tried."""
    if asked is None or not asked > 0:
        asked = BACKOFF[min(often, len(BACKOFF) - 1)]
    return timedelta(seconds=min(asked, LONGEST_PAUSE.total_seconds()))


def _evenly(many: Sequence[T]) -> list[Sequence[T]]:
    """In parts of much the same size, none of more than a list names."""
    parts = -(-len(many) // LIST_MOST)
    return [many[len(many) * part // parts : len(many) * (part + 1) // parts] for part in range(parts)]


async def _in_time(call: Awaitable[T], post: Pending) -> T:
    """What a messenger gives. What it should never raise is logged, and leaves a doubt."""
    try:
        async with asyncio.timeout(CALL_SECONDS):
            return await call
    except TimeoutError as error:
        raise TryLater(f"no answer in {CALL_SECONDS:.0f} s", in_doubt=True) from error
    except (TryLater, Gone, NoTrace):
        raise
    except Exception as error:
        log.exception("post %s could not be sent", post.id)
        raise TryLater(type(error).__name__, in_doubt=True) from error

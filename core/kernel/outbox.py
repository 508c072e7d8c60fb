"""The outbox's writes: claiming an outlet, planning what to send there, and marking what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, exists, insert, literal, or_, select, update

from core.kernel import statements
from core.kernel.clock import new_id
from core.kernel.database import UtcDateTime
from core.kernel.errors import TryLater
from core.kernel.pending import Claim, Drawn, Pending, Subject
from core.kernel.posting import FAILED, HELD, LISTED, REPLACED, SENDING, SENT, TALK, WAITING, Attempt, Outlet, Post
from core.kernel.turn import Address

LEASE = timedelta(seconds=45)
LONGEST_PAUSE = timedelta(hours=1)
SKEW = timedelta(minutes=5)
"""How far the clocks of several processes may differ."""
BATCH = 100
LIST_ABOVE = 5
"""More record cards than this waiting for one room become one list card."""
LIST_MOST = 25
"""Records that one list names: every platform shows as many whole, and what is more makes another list."""

# Each statement is built once: building one takes as long as running it.
CLAIMABLE = (
    select(Outlet.address, Outlet.platform, Outlet.tenant, Outlet.channel, Outlet.direct)
    .where(
        exists().where(Post.address == Outlet.address, Post.unsent),
        or_(
            Outlet.lease_until.is_(None),
            Outlet.lease_until < bindparam("now", type_=UtcDateTime),
            Outlet.lease_until > bindparam("no_lease", type_=UtcDateTime),
        ),
        or_(
            Outlet.not_before.is_(None),
            Outlet.not_before <= bindparam("now", type_=UtcDateTime),
            Outlet.not_before > bindparam("no_pause", type_=UtcDateTime),
        ),
    )
    .order_by(Outlet.address)
)
_CLAIMED = CLAIMABLE.where(Outlet.address.in_(bindparam("addresses", expanding=True))).with_for_update(skip_locked=True)
_TAKEN = (
    update(Outlet)
    .where(Outlet.address.in_(bindparam("addresses", expanding=True)))
    .values(lease_by=bindparam("lease"), lease_until=bindparam("until"))
)
UNSENT = (
    select(*Post.__table__.c)
    .where(Post.address == bindparam("at"), Post.unsent)
    .order_by(Post.urgent.desc(), Post.marks.is_not(None), Post.number)
    .limit(bindparam("most"))
)
_CARRYING = (
    select(Post.transfer, Post.key, Post.only_for, Post.message)
    .where(
        Post.address == bindparam("at"),
        Post.key.in_(bindparam("keys", expanding=True)),
        Post.state == SENT,
        Post.message.is_not(None),
    )
    .order_by(Post.number)
)
_URGENT = select(Post.id).where(Post.address == bindparam("at"), Post.unsent, Post.urgent).limit(1)
_MINE = (Outlet.address == bindparam("at"), Outlet.lease_by == bindparam("lease"))
_HELD_ON = update(Outlet).where(*_MINE).values(lease_until=bindparam("until"))
_GIVEN_BACK = update(Outlet).where(*_MINE).values(lease_by=None, lease_until=None, not_before=bindparam("not_before"))
_RELEASED = update(Outlet).where(*_MINE).values(lease_by=None, lease_until=None)
_BEGUN = (
    update(Post)
    .where(Post.id == bindparam("post"))
    .values(state=SENDING, card=bindparam("markup"), attempt_at=bindparam("begun_at"), tries=Post.tries + 1)
)
_SENT = (
    update(Post)
    .where(Post.id == bindparam("post"))
    .values(
        state=SENT,
        unsent=False,
        sent_at=bindparam("seen_at"),
        message=bindparam("carried_by"),
        link=bindparam("linked"),
    )
)
_TRIED = insert(Attempt)


@dataclass(frozen=True, slots=True)
class Failed:
    """A try that came to nothing at a time (UTC); `begun`: the post was marked as being sent for it."""

    later: TryLater
    at: datetime
    begun: bool


class GiveWay(Exception):
    """The outlet is in another worker's hands by now, or an urgent post came in between: it is to be planned anew."""


class Outbox:
    """The outlets and posts of a store, in one write transaction of it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def claim(self, addresses: Sequence[str], drawn: Mapping[str, Drawn], now: datetime) -> list[Claim]:
        """Take those of some outlets that have something to send and are in nobody's hands.

        `drawn` holds plain posts by their ids: one that is its outlet's first, and goes out by itself, has begun.
        """
        found = self._connection.execute(_CLAIMED, {"addresses": addresses, **moments(now)}).all()
        if not found:
            return []
        lease = new_id()
        taken = {"addresses": [row.address for row in found], "lease": lease, "until": now + LEASE}
        self._connection.execute(_TAKEN, taken)
        claims = []
        for row in found:
            posts = self._plan(row.address)
            begun = drawn.get(posts[0].id) if 0 < len(posts) <= LIST_ABOVE and posts[0].is_plain else None
            if begun is not None:
                self._begun(posts[0], begun.markup, now)
                begun = Drawn(posts[0], begun.markup)
            claims.append(Claim(Address(row.platform, row.tenant, row.channel, row.direct), lease, now, posts, begun))
        return claims

    def _plan(self, address: str) -> tuple[Pending, ...]:
        """What to send, in order: the newest card for each key, in the oldest's place; urgent first, marks last."""
        rows = self._connection.execute(UNSENT, {"at": address, "most": BATCH}).all()
        fresh = sorted((row for row in rows if row.state == WAITING), key=lambda row: row.number)
        newest = {_subject(row): row for row in fresh if row.key}
        places: dict[Any, Row[Any]] = {}
        for row in rows:
            if row.state == SENDING:  # in doubt: it is cleared up by itself before anything else of its key
                places[row.number] = row
            elif row.key:
                places.setdefault(_subject(row), newest[_subject(row)])
            else:
                places[row.number] = row
        kept = {row.number for row in places.values()}
        anew = self._replace([row for row in fresh if row.number not in kept], newest)
        carried = messages(self._connection, address, [row.key for row in newest.values()])
        # What is in doubt is looked for by its own id, whether it changed a message or was posted anew.
        posts = (
            Pending.of(row, carried.get(_subject(row)) if row.key and row.state == WAITING else None)
            for row in places.values()
        )
        return tuple(replace(post, in_place=False) if post.id in anew else post for post in posts)

    def _replace(self, replaced: Sequence[Row[Any]], newest: Mapping[Subject, Row[Any]]) -> set[str]:
        """End posts, in order, of which newer ones take the places; the ids of those that are posted anew after all, as
        what they replace would have been."""
        if not replaced:
            return set()
        ended = update(Post).where(Post.id.in_([row.id for row in replaced]))
        self._connection.execute(ended.values(state=REPLACED, unsent=False))
        anew = {one.id for row in replaced if not row.in_place and (one := newest[_subject(row)]).in_place}
        if anew:
            self._connection.execute(update(Post).where(Post.id.in_(anew)).values(in_place=False))
        # The place is kept in the store: the outlet may be planned again before anything is taken.
        for subject, first in {_subject(row): row for row in reversed(replaced)}.items():
            self._change_places(newest[subject].id, first.id)
        return anew

    def begin(self, drawn: Drawn, claim: Claim, now: datetime) -> str | None:
        """Mark, before the call, that a post is being sent, and as which markup: after a crash it is in doubt.

        Returns the platform's message that carries the post's key by now, None if it is to be sent anew. Holds the
        outlet on. Raises GiveWay.
        """
        post, address = drawn.post, str(claim.address)
        self._hold_on(claim, now)
        if not post.urgent and self._connection.execute(_URGENT, {"at": address}).first() is not None:
            raise GiveWay
        carried = messages(self._connection, address, [post.key] if post.key else [])
        self._begun(post, drawn.markup, now)
        return carried.get(post.subject)

    def not_begun(self, post: Pending, claim: Claim) -> None:
        """Take back that a post is being sent: no call was made. Nothing where it is in other hands by now."""
        held = select(Outlet.address).where(*_MINE)
        found = self._connection.execute(held, {"at": str(claim.address), "lease": claim.lease}).first()
        if found is not None:
            begun = update(Post).where(Post.id == post.id, Post.state == SENDING)
            self._connection.execute(begun.values(state=WAITING, tries=Post.tries - 1, attempt_at=None))

    def _begun(self, post: Pending, markup: str, now: datetime) -> None:
        self._connection.execute(_BEGUN, {"post": post.id, "markup": markup, "begun_at": now})

    def _hold_on(self, claim: Claim, now: datetime) -> None:
        """Raises GiveWay."""
        held = {"at": str(claim.address), "lease": claim.lease, "until": now + LEASE}
        if self._connection.execute(_HELD_ON, held).rowcount != 1:
            raise GiveWay

    def sent(self, post: Pending, message: str | None, link: str | None, now: datetime) -> None:
        """The platform has it."""
        values = {"post": post.id, "carried_by": message, "linked": link, "seen_at": now}
        self._connection.execute(_SENT, values)
        self._tried(post, "sent", now)

    def retry(self, post: Pending, claim: Claim, failed: Failed, not_before: datetime) -> None:
        """The platform will take it later; the whole outlet waits, so that the order holds. A doubt stays one.

        In other hands by now, the post is theirs to tell of.
        """
        self._tried(post, failed.later.reason, failed.at)
        if self.give_back(claim, not_before):
            doubt = failed.later.in_doubt
            tries = Post.tries - 1 if failed.begun and not doubt else Post.tries
            self._set(post, state=SENDING if doubt else WAITING, tries=tries)

    def give_back(self, claim: Claim, not_before: datetime) -> bool:
        """Let the outlet wait; False where it is in other hands by now."""
        given_back = {"at": str(claim.address), "lease": claim.lease, "not_before": not_before}
        return self._connection.execute(_GIVEN_BACK, given_back).rowcount == 1

    def spared(self, post: Pending) -> None:
        """There was nothing to change, and it was to do nothing else."""
        self._end(post, REPLACED)

    def failed(self, post: Pending, reason: str, now: datetime) -> None:
        """The platform will never take it."""
        self._end(post, FAILED)
        self._tried(post, reason, now)

    def _end(self, post: Pending, state: str) -> None:
        """Nothing for one that another worker has sent meanwhile."""
        ended = update(Post).where(Post.id == post.id, Post.unsent)
        self._connection.execute(ended.values(state=state, unsent=False))

    def _set(self, post: Pending, **values: Any) -> None:
        self._connection.execute(update(Post).where(Post.id == post.id).values(**values))

    def _tried(self, post: Pending, result: str, now: datetime) -> None:
        self._connection.execute(_TRIED, {"post": post.id, "at": now, "result": result})

    def abandon(self, address: Address, reason: str, now: datetime) -> None:
        """The outlet is gone: all that waits for it ends here, each post with an attempt that says why; talk is kept
        until it is back."""
        waiting = (Post.address == str(address), Post.unsent)
        self._all_tried(waiting, reason, now)
        talk = update(Post).where(*waiting, Post.key.startswith(TALK, autoescape=True))
        self._connection.execute(talk.values(state=HELD, unsent=False))
        self._connection.execute(update(Post).where(*waiting).values(state=FAILED, unsent=False))

    def redirect(self, address: Address, other: Address, reason: str, now: datetime) -> None:
        """The outlet is gone, and its person is reached at another: all that waits goes there, in order, each post
        with an attempt that says why."""
        waiting = (Post.address == str(address), Post.unsent)
        outlet = {
            "address": str(other), "platform": other.platform, "tenant": other.tenant, "channel": other.channel,
            "direct": other.direct,
        }  # fmt: skip
        moved = {"address": str(other), "state": WAITING, "only_for": None, "thread": None}
        self._connection.execute(statements.outlets_not_known(self._connection.dialect.name), [outlet])
        self._all_tried(waiting, reason, now)
        self._connection.execute(update(Post).where(*waiting).values(**moved))

    def _all_tried(self, waiting: Sequence[Any], reason: str, now: datetime) -> None:
        tried = select(Post.id, literal(now, UtcDateTime), literal(reason)).where(*waiting).order_by(Post.number)
        self._connection.execute(insert(Attempt).from_select(["post", "at", "result"], tried))

    def list_together(self, claim: Claim, posts: Sequence[Pending], card: str, now: datetime) -> Pending:
        """Put one list card in the place of the first of `posts`, which were to be sent anew.

        Raises GiveWay, also where some of them are in a list by now: as after a commit whose answer was lost.
        """
        first, listed = posts[0], new_id()
        row = {
            "id": listed,
            "transfer": first.transfer,
            "address": str(claim.address),
            "template": "outbox/list",
            "card": card,
            "under": first.under,
            "state": WAITING,
            "unsent": True,
            "urgent": False,
            "created_at": now,
            "tries": 0,
            "in_place": False,
        }
        self._hold_on(claim, now)
        self._connection.execute(insert(Post).values(**row))
        in_list = update(Post).where(Post.id.in_([post.id for post in posts]), Post.state == WAITING)
        done = self._connection.execute(in_list.values(state=LISTED, unsent=False, listed_in=listed))
        if done.rowcount != len(posts):
            raise GiveWay
        self._change_places(listed, first.id)
        return Pending.of(self._connection.execute(select(*Post.__table__.c).where(Post.id == listed)).one(), None)

    def release(self, claim: Claim) -> None:
        """Give the outlet back; nothing where it is in other hands by now."""
        self._connection.execute(_RELEASED, {"at": str(claim.address), "lease": claim.lease})

    def _change_places(self, one: str, other: str) -> None:
        """Let two posts, by id, each stand where the other stood."""
        found = self._connection.execute(select(Post.id, Post.number).where(Post.id.in_((one, other))))
        number = {row.id: row.number for row in found}
        for post, place in ((one, -number[one]), (other, number[one]), (one, number[other])):
            self._connection.execute(update(Post).where(Post.id == post).values(number=place))


def moments(now: datetime) -> dict[str, datetime]:
    """What CLAIMABLE compares with. Held for longer than anything is means held before the clock was set back."""
    return {"now": now, "no_lease": now + LEASE + SKEW, "no_pause": now + LONGEST_PAUSE + SKEW}


def messages(connection: Connection, address: str, keys: Sequence[str]) -> dict[Subject, str]:
    """The platform's message that carries each card of an outlet now."""
    if not keys:
        return {}
    found = connection.execute(_CARRYING, {"at": address, "keys": keys})
    return {_subject(row): row.message for row in found}


def _subject(row: Any) -> Subject:
    return (row.transfer, row.key, row.only_for)

"""The outbox's table work: claiming an outlet, planning what to send there, and marking what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, exists, insert, literal, or_, select, update

from core.kernel import statements
from core.kernel.access import PersonAccount
from core.kernel.clock import new_id
from core.kernel.database import Store, UtcDateTime
from core.kernel.errors import TryLater
from core.kernel.posting import FAILED, LISTED, REPLACED, SENDING, SENT, WAITING, Attempt, Outlet, Post
from core.kernel.turn import Address

LEASE = timedelta(seconds=45)
BATCH = 100
LIST_ABOVE = 5
"""More record cards than this waiting for one room become one list card."""
LIST_MOST = 25
"""Records that one list names: every platform shows as many whole, and what is more makes another list."""

Subject = tuple[str, str | None, str | None]
"""Which card of an outlet a post is: transfer, key and whom alone it is for. A person's own outlet is shared by
their transfers, each of which has its ACT-001."""


class GiveWay(Exception):
    """The outlet is in another worker's hands by now, or an urgent post came in between: it is to be planned anew."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A post as the worker holds it; `message` is the platform's id of the one to change, None to send anew."""

    id: str
    transfer: str
    key: str | None
    template: str
    card: str
    view: str | None
    record: str | None
    record_version: int | None
    under: str | None
    only_for: str | None
    thread: str | None
    urgent: bool
    tries: int
    in_doubt_since: datetime | None
    created_at: datetime
    marks: str | None
    in_place: bool
    message: str | None = None

    @property
    def subject(self) -> Subject:
        """Which card it is."""
        return (self.transfer, self.key, self.only_for)

    @property
    def is_record_card(self) -> bool:
        """Whether it is a record's own card (`card:ACT-012`); an agenda or minutes never vanish into a list."""
        return self.record is not None and self.key == f"card:{self.record}"

    @property
    def is_talk(self) -> bool:
        """Whether it is a line of talk that is carried from another room (`line:…`)."""
        return self.key is not None and self.key.startswith("line:")


@dataclass(frozen=True, slots=True)
class Claim:
    """One outlet in a worker's hands, with what is to be sent there, in order; `lease` is this claim's own, so that one
    which was given back or ran out holds nothing any more.
    """

    address: Address
    lease: str
    posts: tuple[Pending, ...]

    @property
    def held(self) -> tuple[Any, ...]:
        """What is true of its outlet while it is in these hands."""
        return (Outlet.address == str(self.address), Outlet.lease_by == self.lease)


class Outbox:
    """The outlets and posts of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def waiting(self, now: datetime) -> bool:
        """Whether any outlet could be claimed: a read, so that an idle worker takes no write lock."""
        with self._store.read() as connection:
            return connection.execute(_claimable(now).limit(1)).first() is not None

    def claim(self, now: datetime) -> Claim | None:
        """Take an outlet that has something to send and is in nobody's hands, or None."""
        with self._store.write() as connection:
            row = connection.execute(_claimable(now).limit(1).with_for_update(skip_locked=True)).first()
            if row is None:
                return None
            lease = new_id()
            taken = update(Outlet).where(Outlet.address == row.address)
            connection.execute(taken.values(lease_by=lease, lease_until=now + LEASE))
            address = Address(row.platform, row.tenant, row.channel, row.direct)
            return Claim(address, lease, self._plan(connection, row.address))

    def _plan(self, connection: Connection, address: str) -> tuple[Pending, ...]:
        """What to send, in order: the newest card for each key, in the oldest's place; urgent first, marks last."""
        rows = connection.execute(
            select(*Post.__table__.c)
            .where(Post.address == address, Post.unsent)
            .order_by(Post.urgent.desc(), Post.marks.is_not(None), Post.number)
            .limit(BATCH)
        ).all()
        fresh = [row for row in rows if row.state == WAITING]
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
        if replaced := [row for row in fresh if row.number not in kept]:
            ended = update(Post).where(Post.id.in_([row.id for row in replaced]))
            connection.execute(ended.values(state=REPLACED, unsent=False))
            # The place is kept in the store: the outlet may be planned again before anything is taken.
            for subject, first in {_subject(row): row for row in reversed(replaced)}.items():
                _change_places(connection, newest[subject].id, first.id)
        carried = self._messages(connection, address, [row.key for row in newest.values()])
        # What is in doubt is looked for by its own id, whether it changed a message or was posted anew.
        return tuple(
            _pending(row, carried.get(_subject(row)) if row.key and row.state == WAITING else None)
            for row in places.values()
        )

    @staticmethod
    def _messages(connection: Connection, address: str, keys: Sequence[str]) -> dict[Subject, str]:
        """The platform's message that carries each card now."""
        found = connection.execute(
            select(Post.transfer, Post.key, Post.only_for, Post.message)
            .where(Post.address == address, Post.key.in_(keys), Post.state == SENT, Post.message.is_not(None))
            .order_by(Post.number)
        )
        return {_subject(row): row.message for row in found}

    def carried(self, post: Pending, address: Address) -> str | None:
        """The platform's message that carries the post's key now."""
        with self._store.read() as connection:
            return self._messages(connection, str(address), [post.key] if post.key else []).get(post.subject)

    def begin(self, post: Pending, card: str, claim: Claim, now: datetime) -> str | None:
        """Commit, before the call, that the post is being sent, and as which markup: after a crash it is in doubt.

        Returns the platform's message that carries the post's key by now, None if it is to be sent anew. Holds the
        outlet on. Raises GiveWay.
        """
        with self._store.write() as connection:
            address = str(claim.address)
            held = connection.execute(update(Outlet).where(*claim.held).values(lease_until=now + LEASE))
            if held.rowcount != 1 or (not post.urgent and _urgent_waits(connection, address)):
                raise GiveWay
            carried = self._messages(connection, address, [post.key] if post.key else [])
            connection.execute(
                update(Post)
                .where(Post.id == post.id)
                .values(state=SENDING, card=card, attempt_at=now, tries=Post.tries + 1)
            )
        return carried.get(post.subject)

    def sent(self, post: Pending, message: str | None, link: str | None, now: datetime) -> None:
        """The platform has it."""
        values = {"state": SENT, "unsent": False, "sent_at": now, "message": message, "link": link}
        self._mark(post, values, "sent", now)

    def retry(self, post: Pending, claim: Claim, later: TryLater, not_before: datetime, now: datetime) -> None:
        """The platform will take it later; the whole outlet waits, so that the order holds. A doubt stays one.

        In other hands by now, the post is theirs to tell of.
        """
        state = SENDING if later.in_doubt else WAITING
        given_back = {"not_before": not_before, "lease_by": None, "lease_until": None}
        with self._store.write() as connection:
            connection.execute(insert(Attempt).values(post=post.id, at=now, result=later.reason))
            if connection.execute(update(Outlet).where(*claim.held).values(given_back)).rowcount == 1:
                connection.execute(update(Post).where(Post.id == post.id).values(state=state))

    def spared(self, post: Pending) -> None:
        """There was nothing to change, and it was to do nothing else."""
        with self._store.write() as connection:
            connection.execute(update(Post).where(Post.id == post.id).values(state=REPLACED, unsent=False))

    def failed(self, post: Pending, reason: str, now: datetime) -> None:
        """The platform will never take it."""
        self._mark(post, {"state": FAILED, "unsent": False}, reason, now)

    def abandon(self, address: Address, reason: str, now: datetime) -> None:
        """The outlet is gone: all that waits for it ends here, each post with an attempt that says why."""
        waiting = (Post.address == str(address), Post.unsent)
        ended = select(Post.id, literal(now, UtcDateTime), literal(reason)).where(*waiting).order_by(Post.number)
        with self._store.write() as connection:
            connection.execute(insert(Attempt).from_select(["post", "at", "result"], ended))
            connection.execute(update(Post).where(*waiting).values(state=FAILED, unsent=False))

    def shown(self, address: Address, message: str) -> Pending | None:
        """The post whose card a message of the platform's carries now; None for one that Tandem did not send there."""
        sent = select(*Post.__table__.c).where(Post.address == str(address), Post.message == message)
        with self._store.read() as connection:
            newest = sent.where(Post.state == SENT).order_by(Post.number.desc()).limit(1)
            row = connection.execute(newest).first()
        return _pending(row, row.message) if row is not None else None

    def waits_for(self, address: Address, transfer: str, room: Address) -> tuple[str, ...]:
        """The records of a transfer that unsent posts of an outlet are about, those alone that stand in `room` too."""
        there = select(Post.record).where(Post.address == str(room), Post.transfer == transfer, Post.state == SENT)
        unsent = select(Post.record).where(Post.address == str(address), Post.unsent, Post.transfer == transfer)
        with self._store.read() as connection:
            found = connection.execute(unsent.where(Post.record.in_(there)).order_by(Post.number)).scalars()
            return tuple(dict.fromkeys(record for record in found if record is not None))

    def redirect(self, address: Address, other: Address, reason: str, now: datetime) -> None:
        """The outlet is gone, and its person is reached at another: all that waits goes there, in order, each post
        with an attempt that says why."""
        waiting = (Post.address == str(address), Post.unsent)
        tried = select(Post.id, literal(now, UtcDateTime), literal(reason)).where(*waiting).order_by(Post.number)
        outlet = {
            "address": str(other), "platform": other.platform, "tenant": other.tenant, "channel": other.channel,
            "direct": other.direct,
        }  # fmt: skip
        moved = {"address": str(other), "state": WAITING, "only_for": None, "thread": None}
        with self._store.write() as connection:
            connection.execute(statements.outlets_not_known(connection.dialect.name), [outlet])
            connection.execute(insert(Attempt).from_select(["post", "at", "result"], tried))
            connection.execute(update(Post).where(*waiting).values(**moved))

    def _mark(self, post: Pending, values: Mapping[str, Any], result: str, now: datetime) -> None:
        with self._store.write() as connection:
            connection.execute(update(Post).where(Post.id == post.id).values(**values))
            connection.execute(insert(Attempt).values(post=post.id, at=now, result=result))

    def list_together(self, claim: Claim, posts: Sequence[Pending], card: str, now: datetime) -> Pending:
        """Put one list card in the place of the first of `posts`, which were to be sent anew. Raises GiveWay."""
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
        with self._store.write() as connection:
            held = connection.execute(update(Outlet).where(*claim.held).values(lease_until=now + LEASE))
            if held.rowcount != 1:
                raise GiveWay
            connection.execute(insert(Post).values(**row))
            connection.execute(
                update(Post)
                .where(Post.id.in_([post.id for post in posts]))
                .values(state=LISTED, unsent=False, listed_in=listed)
            )
            _change_places(connection, listed, first.id)
            kept = connection.execute(select(*Post.__table__.c).where(Post.id == listed)).one()
        return _pending(kept, None)

    def first_post(self, address: Address, transfer: str, record: str) -> str | None:
        """The platform's message that was the first there to show a record, or None."""
        with self._store.read() as connection:
            return connection.execute(
                select(Post.message)
                .where(
                    Post.address == str(address),
                    Post.transfer == transfer,
                    Post.record == record,
                    Post.state == SENT,
                    Post.message.is_not(None),
                    Post.only_for.is_(None),
                )
                .order_by(Post.number)
                .limit(1)
            ).scalar()

    def release(self, claim: Claim) -> None:
        """Give the outlet back; nothing where it is in other hands by now."""
        with self._store.write() as connection:
            connection.execute(update(Outlet).where(*claim.held).values(lease_by=None, lease_until=None))

    def accounts(self, platform: str, tenant: str) -> dict[str, str]:
        """Person id to account on a platform, for drawing mentions: the tenant's own, else one of another tenant.

        In a shared channel (Slack Connect) the people of the other company are mentioned by the accounts they have.
        """
        with self._store.read() as connection:
            found = connection.execute(
                select(PersonAccount.person, PersonAccount.user)
                .where(PersonAccount.platform == platform, PersonAccount.state == "active")
                .order_by(PersonAccount.tenant == tenant, PersonAccount.user)
            )
            return {row.person: row.user for row in found}


def _change_places(connection: Connection, one: str, other: str) -> None:
    """Let two posts, by id, each stand where the other stood."""
    found = connection.execute(select(Post.id, Post.number).where(Post.id.in_((one, other))))
    number = {row.id: row.number for row in found}
    for post, place in ((one, -number[one]), (other, number[one]), (one, number[other])):
        connection.execute(update(Post).where(Post.id == post).values(number=place))


def _claimable(now: datetime) -> Any:
    waiting = exists().where(Post.address == Outlet.address, Post.unsent)
    return (
        select(Outlet.address, Outlet.platform, Outlet.tenant, Outlet.channel, Outlet.direct)
        .where(
            waiting,
            or_(Outlet.lease_until.is_(None), Outlet.lease_until < now),
            or_(Outlet.not_before.is_(None), Outlet.not_before <= now),
        )
        .order_by(Outlet.address)
    )


def _urgent_waits(connection: Connection, address: str) -> bool:
    waiting = select(Post.id).where(Post.address == address, Post.unsent, Post.urgent)
    return connection.execute(waiting.limit(1)).first() is not None


def _subject(row: Any) -> Subject:
    return (row.transfer, row.key, row.only_for)


def _pending(row: Row[Any], message: str | None) -> Pending:
    return Pending(
        row.id,
        row.transfer,
        row.key,
        row.template,
        row.card,
        row.view,
        row.record,
        row.record_version,
        row.under,
        row.only_for,
        row.thread,
        row.urgent,
        row.tries,
        row.attempt_at if row.state == SENDING else None,
        row.created_at,
        row.marks,
        row.in_place,
        message,
    )

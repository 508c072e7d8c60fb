"""Questions about the outbox: what is to be sent next, and what a platform's messages show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from core.kernel.database import Store
from core.kernel.outbox import CLAIMABLE, UNSENT, messages, moments
from core.kernel.pending import Pending
from core.kernel.posting import SENT, Attempt, Post
from core.kernel.transfers import PersonAccount
from core.kernel.turn import Address


@dataclass(frozen=True, slots=True)
class Next:
    """An outlet that could be claimed, and what would be sent there first."""

    address: str
    platform: str
    first: Pending


class Posted:
    """The outlets and posts of one store, as its readers see them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def next_up(self, most: int, now: datetime) -> list[Next]:
        """What could be claimed: a read, so that an idle worker takes no write lock."""
        with self._store.read() as connection:
            found = []
            for row in connection.execute(CLAIMABLE.limit(most), moments(now)).all():
                first = connection.execute(UNSENT, {"at": row.address, "most": 1}).first()
                if first is not None:
                    found.append(Next(row.address, row.platform, Pending.of(first, None)))
            return found

    def carried(self, post: Pending, address: Address) -> str | None:
        """The platform's message that carries the post's key now."""
        with self._store.read() as connection:
            return messages(connection, str(address), [post.key] if post.key else []).get(post.subject)

    def tried(self, post: Pending) -> tuple[int, datetime | None]:
        """How often a post was tried in vain, and when first."""
        with self._store.read() as connection:
            tried = select(func.count(), func.min(Attempt.at)).where(Attempt.post == post.id)
            often, first = connection.execute(tried).one()
        return often, first

    def met(self, post: Pending, reason: str) -> bool:
        """Whether a try to send a post came to this before."""
        with self._store.read() as connection:
            found = select(Attempt.number).where(Attempt.post == post.id, Attempt.result == reason).limit(1)
            return connection.execute(found).first() is not None

    def shown(self, address: Address, message: str) -> Pending | None:
        """The post whose card a message of the platform's carries now; None for one that Tandem did not send there."""
        sent = select(*Post.__table__.c).where(Post.address == str(address), Post.message == message)
        with self._store.read() as connection:
            newest = sent.where(Post.state == SENT).order_by(Post.number.desc()).limit(1)
            row = connection.execute(newest).first()
        return Pending.of(row, row.message) if row is not None else None

    def waits_for(self, address: Address, transfer: str, room: Address) -> tuple[str, ...]:
        """The records of a transfer that unsent posts of an outlet are about, those alone that stand in `room` too."""
        there = select(Post.record).where(Post.address == str(room), Post.transfer == transfer, Post.state == SENT)
        unsent = select(Post.record).where(Post.address == str(address), Post.unsent, Post.transfer == transfer)
        with self._store.read() as connection:
            found = connection.execute(unsent.where(Post.record.in_(there)).order_by(Post.number)).scalars()
            return tuple(dict.fromkeys(record for record in found if record is not None))

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

"""What is to be said and to whom: posts, as rows of the transaction that promised them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel.database import Base, UtcDateTime
from core.kernel.ids import Audience, PersonId, RoomId
from core.kernel.turn import Address

WAITING, SENDING, SENT = "waiting", "sending", "sent"
FAILED, REPLACED, LISTED = "failed", "replaced", "listed"
HELD = "held"
"""Of talk for a room that cannot be reached: kept until it is back, when it may be promised anew."""
TALK = "line:"
"""What the key of a line of talk that is carried from another room begins with."""


class Outlet(Base):
    """A place that posts go to, a channel or a direct conversation: the queue that one worker at a time empties.

    `lease_until` and `lease_by` hold the claim, `not_before` the platform's delay. Not a record.
    """

    __tablename__ = "outlets"

    address: Mapped[str] = mapped_column(String(220), primary_key=True)
    platform: Mapped[str] = mapped_column(String(16))
    tenant: Mapped[str] = mapped_column(String(64))
    channel: Mapped[str] = mapped_column(String(128))
    direct: Mapped[bool]
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lease_by: Mapped[str | None] = mapped_column(String(40))
    not_before: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Post(Base):
    """One card on its way to one outlet; `number` is the order in which posts were promised and are sent: one that
    takes another's place changes numbers with it.

    `view` is what its template is to show (`core.kernel.drawing`), `card` the neutral markup that was made of it when
    the post was about to be sent, empty until then. `record` and `record_version` are the place that it was drawn
    for. With a `key` it changes the message that carries the key there, and where `in_place` does nothing but that.
    `only_for` shows it to one account in a room; `urgent` is a person's answer and waits behind nothing. `under` is the
    record below whose first post it belongs. `marks` is the message that it is to be seen at: by a reaction where the
    platform has them, else as a short reply. `tries` are the calls of which nobody knows that they were not taken.
    """

    __tablename__ = "posts"
    __table_args__ = (
        Index(
            "ix_posts_unsent",
            "address",
            "number",
            postgresql_where=text("unsent"),
            sqlite_where=text("unsent = 1"),  # as SQLAlchemy asks for it: else the index is not used
        ),
        Index("ix_posts_key", "address", "key"),
        Index(
            "ix_posts_message",
            "message",
            "address",
            postgresql_where=text("message IS NOT NULL"),
            sqlite_where=text("message IS NOT NULL"),
        ),
    )

    number: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    id: Mapped[str] = mapped_column(String(32), unique=True)
    transfer: Mapped[str] = mapped_column(String(12), index=True)
    address: Mapped[str] = mapped_column(String(220))
    key: Mapped[str | None] = mapped_column(String(120))
    template: Mapped[str] = mapped_column(String(80))
    card: Mapped[str] = mapped_column(Text)
    view: Mapped[str | None] = mapped_column(Text)
    record: Mapped[str | None] = mapped_column(String(24))
    record_version: Mapped[int | None]
    under: Mapped[str | None] = mapped_column(String(24))
    only_for: Mapped[str | None] = mapped_column(String(128))
    thread: Mapped[str | None] = mapped_column(String(128))
    urgent: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(12), default=WAITING)
    unsent: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    message: Mapped[str | None] = mapped_column(String(128))
    link: Mapped[str | None] = mapped_column(Text)
    tries: Mapped[int] = mapped_column(default=0)
    attempt_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    listed_in: Mapped[str | None] = mapped_column(String(32))
    marks: Mapped[str | None] = mapped_column(String(128))
    in_place: Mapped[bool] = mapped_column(default=False)


class Attempt(Base):
    """One try to send a post, and what came of it. Append-only by trigger."""

    __tablename__ = "attempts"

    number: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    post: Mapped[str] = mapped_column(String(32), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    result: Mapped[str] = mapped_column(Text)


class Job(Base):
    """A stored command that is due at a time; one waits for each transfer and key. Consumed by its command."""

    __tablename__ = "jobs"
    __table_args__ = (
        Index("uq_jobs_key", "transfer", "key", unique=True),
        Index("ix_jobs_due", "due_at", postgresql_where=text("not aside"), sqlite_where=text("aside = 0")),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    transfer: Mapped[str] = mapped_column(String(12))
    key: Mapped[str] = mapped_column(String(120))
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    command: Mapped[str] = mapped_column(String(80))
    version: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    tries: Mapped[int] = mapped_column(default=0)
    aside: Mapped[bool] = mapped_column(default=False)


@dataclass(frozen=True, slots=True)
class ToRooms:
    """Every room of the transfer for an audience: bridging is nothing else."""

    audience: Audience = Audience.JOINT


@dataclass(frozen=True, slots=True)
class ToRoom:
    """One room; with `holds`, one that cannot be reached as well: it is kept until that room is back."""

    room: RoomId
    holds: bool = False


@dataclass(frozen=True, slots=True)
class ToPerson:
    """One person, by direct message, on the platform that they spoke on last."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class ToPersonHere:
    """One person, in the room that the command came from, seen by nobody else where the platform can."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class ToPersonIn:
    """One person, in the room that is named, seen by nobody else where the platform can."""

    person: PersonId
    room: RoomId


@dataclass(frozen=True, slots=True)
class ToThread:
    """Everybody in a room, below a message that stands there."""

    room: Address
    message: str


@dataclass(frozen=True, slots=True)
class ToMessage:
    """A message: a reaction at it, or a short reply where the platform has none; `thread` is the first one above it."""

    room: Address
    message: str
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class ToAddress:
    """A room that belongs to no transfer yet."""

    address: Address


@dataclass(frozen=True, slots=True)
class InPlace:
    """Where the key stands by now, among those that `to` names; where it does not, nothing is posted."""

    to: ToRooms | ToRoom | ToPerson | ToPersonHere | ToPersonIn | ToThread | ToAddress


To = ToRooms | ToRoom | ToPerson | ToPersonHere | ToPersonIn | ToThread | ToMessage | ToAddress | InPlace

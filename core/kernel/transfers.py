"""The tables of a transfer itself: its people, their accounts and parts, its rooms, administrators and head."""

from __future__ import annotations

from typing import ClassVar, TypedDict

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel.database import Base, Json
from core.kernel.ids import Audience, PersonId, Ref, RoomId, Side, TransferId
from core.kernel.records import Record, Trailed


class Transfer(Record):
    """A transfer: what everything else belongs to. `ref` is its code again; `zone` is IANA.

    `milestones` is {name: ISO day}; `settings` holds what its leads chose, such as the agenda's lead times; `current`
    holds the references of what is on now, such as the running meeting, so that no command needs a query for them, and
    which audiences are sealed (`Directory.own`).
    """

    __tablename__ = "transfers"
    directory: ClassVar[bool] = True

    title: Mapped[str] = mapped_column(String(300))
    sponsor: Mapped[str] = mapped_column(String(200))
    cmo: Mapped[str] = mapped_column(String(200))
    zone: Mapped[str] = mapped_column(String(64))
    stage: Mapped[str | None] = mapped_column(String(40))
    milestones: Mapped[dict[str, str]] = mapped_column(Json)
    settings: Mapped[dict[str, str]] = mapped_column(Json)
    current: Mapped[dict[str, str]] = mapped_column(Json)


class Person(Trailed):
    """Somebody with a name, known for good: deactivated perhaps, never deleted or reused (ID-3).

    `speaks_from` is the identity that they spoke from last, kept of somebody with several accounts.
    """

    __tablename__ = "people"
    directory: ClassVar[bool] = True

    id: Mapped[PersonId] = mapped_column(String(40), primary_key=True)
    transfer: Mapped[TransferId] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(200))
    zone: Mapped[str | None] = mapped_column(String(64))
    speaks_from: Mapped[str | None] = mapped_column(String(220))
    state: Mapped[str] = mapped_column(String(24), default="active")

    def trail_name(self) -> str:
        """`person:` and the name."""
        return f"person:{self.name}"


class PersonAccount(Trailed):
    """One account of one person on one platform; an account never belongs to two (ID-1, ID-2)."""

    __tablename__ = "accounts"
    directory: ClassVar[bool] = True

    platform: Mapped[str] = mapped_column(String(16), primary_key=True)
    tenant: Mapped[str] = mapped_column(String(64), primary_key=True)
    user: Mapped[str] = mapped_column(String(128), primary_key=True)
    person: Mapped[PersonId] = mapped_column(String(40), index=True)
    state: Mapped[str] = mapped_column(String(24), default="active")

    def trail_name(self) -> str:
        """`account:` and the identity."""
        return f"account:{self.platform}:{self.tenant}/{self.user}"


class Stint(TypedDict):
    """A company that somebody stood for before, and until when (UTC, ISO 8601)."""

    side: str
    until: str


class Member(Trailed):
    """A person's part in one transfer: a side and roles; leaving keeps the row, as `left`.

    `earlier` are the companies that they stood for before, oldest first: what they said then stays theirs.
    """

    __tablename__ = "members"
    directory: ClassVar[bool] = True

    transfer: Mapped[TransferId] = mapped_column(String(12), primary_key=True)
    person: Mapped[PersonId] = mapped_column(String(40), primary_key=True)
    side: Mapped[Side] = mapped_column(String(8))
    roles: Mapped[list[str]] = mapped_column(Json)
    state: Mapped[str] = mapped_column(String(24), default="active")
    earlier: Mapped[list[Stint] | None] = mapped_column(Json)

    def trail_name(self) -> str:
        """`member:` and the person's id."""
        return f"member:{self.person}"


class Room(Trailed):
    """A channel that a transfer lives in; `lost` when the platform says that Tandem cannot post there any more.

    `number` is how people name it, ROM-002; the first rooms of older transfers have none. A `removed` one is free for
    another transfer, or for this one again. `listen` is what is read of its lines that do not call Tandem, None where
    nobody chose; `reactions`: reactions below its messages propose records, None where nobody chose.
    """

    __tablename__ = "rooms"
    __table_args__ = (
        Index(
            "uq_rooms_address",
            "platform",
            "tenant",
            "channel",
            unique=True,
            postgresql_where=text("state <> 'removed'"),
            sqlite_where=text("state <> 'removed'"),
        ),
    )
    directory: ClassVar[bool] = True

    id: Mapped[RoomId] = mapped_column(String(40), primary_key=True)
    transfer: Mapped[TransferId] = mapped_column(String(12), index=True)
    platform: Mapped[str] = mapped_column(String(16))
    tenant: Mapped[str] = mapped_column(String(64))
    channel: Mapped[str] = mapped_column(String(128))
    name: Mapped[str] = mapped_column(String(200), default="")
    number: Mapped[Ref | None] = mapped_column(String(24))
    audience: Mapped[Audience] = mapped_column(String(8), default=Audience.JOINT)
    state: Mapped[str] = mapped_column(String(24), default="open")
    listen: Mapped[str | None] = mapped_column(String(8))
    reactions: Mapped[bool | None]

    def trail_name(self) -> str:
        """`room:` and its address."""
        return f"room:{self.platform}:{self.tenant}/{self.channel}"

    def trail_audience(self) -> Audience:
        """Who may know of the room: a company's own room is its own business."""
        return Audience(self.audience)


class Administrator(Trailed):
    """An account that runs the installation; the grant alone gives no right to content (ID-6)."""

    __tablename__ = "administrators"
    directory: ClassVar[bool] = True

    identity: Mapped[str] = mapped_column(String(220), primary_key=True)
    state: Mapped[str] = mapped_column(String(24), default="active")

    def trail_name(self) -> str:
        """`administrator:` and the identity."""
        return f"administrator:{self.identity}"


class Head(Base):
    """One row a transfer, locked by each group that writes to it: the zone, counters and chain heads.

    `counters` is {prefix: last number}, `chains` is {audience: [last seq, hash]}, `directory` counts the
    changes to people, members and rooms.
    """

    __tablename__ = "heads"

    transfer: Mapped[TransferId] = mapped_column(String(12), primary_key=True)
    directory: Mapped[int] = mapped_column(default=0)
    counters: Mapped[dict[str, int]] = mapped_column(Json)
    chains: Mapped[dict[str, list[int | str]]] = mapped_column(Json)

"""Who is who: people, their accounts, roles and rooms, read at once as a transfer's directory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import ClassVar, TypedDict

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel.database import Base, Json
from core.kernel.errors import NotAllowed, msg
from core.kernel.ids import OWN, Audience, Identity, PersonId, Ref, RoomId, Side, TransferId, audience_named
from core.kernel.records import Record, Trailed
from core.kernel.turn import Address


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


@dataclass(frozen=True, slots=True)
class MemberOf:
    """A member as the directory knows them; `accounts` only the active ones, first the one last spoken from.

    `earlier` are the companies that they stood for before, each until a moment (UTC), oldest first.
    """

    person: PersonId
    name: str
    side: Side | None
    roles: frozenset[str]
    zone: str | None
    accounts: tuple[Identity, ...] = ()
    active: bool = True
    earlier: tuple[tuple[Side, datetime], ...] = ()


NATURAL, TAGS, OFF = "natural", "tags", "off"
"""What is read of lines that do not call Tandem: all of them, those that are marked as records, or none."""


@dataclass(frozen=True, slots=True)
class RoomOf:
    """A room as the directory knows it: `open`, lost, or `removed` from the transfer.

    `listen` is NATURAL, TAGS or OFF. `reactions`: reactions below its messages propose records.
    """

    id: RoomId
    address: Address
    name: str
    audience: Audience
    open: bool
    number: Ref
    removed: bool = False
    listen: str = NATURAL
    reactions: bool = False

    @property
    def label(self) -> str:
        """Its name, or what the platform calls it."""
        return f"#{self.name or self.address.channel}"


@dataclass(frozen=True, slots=True)
class TransferOf:
    """A transfer as the directory knows it: both companies' names, the zone, the settings."""

    code: TransferId
    title: str
    sponsor: str
    cmo: str
    zone: str
    stage: str | None
    milestones: Mapping[str, date]
    settings: Mapping[str, str]
    current: Mapping[str, str]
    open: bool


MOST_NAMED = 3
"""People whom a refusal names."""


def eyes(actor: Actor, directory: Directory, room: Address | None, aloud: bool) -> Audience:
    """As whom `actor` sees in a room: what is answered `aloud` is read by all who are there.

    Raises NotAllowed in the other company's own room.
    """
    here, own = directory.audience_at(room), directory.own(actor.side)
    if here == Audience.JOINT:
        return Audience.JOINT if aloud else own
    if actor.side is not None and own != here:
        raise NotAllowed(
            msg("This room is the other company’s own: what you say to Tandem belongs in a room that both share.")
        )
    return here


@dataclass(frozen=True)
class Directory:
    """The people and rooms of one transfer at one `version`; for HOUSE, only the administrators.

    `by_identity` holds every account; those of `lost` cannot be reached, until they are heard again.
    """

    transfer: TransferId
    version: int
    facts: TransferOf | None = None
    members: Mapping[PersonId, MemberOf] = field(default_factory=dict)
    rooms: tuple[RoomOf, ...] = ()
    by_identity: Mapping[Identity, PersonId] = field(default_factory=dict)
    administrators: frozenset[str] = frozenset()
    lost: frozenset[Identity] = frozenset()

    @cached_property
    def active_accounts(self) -> Mapping[Identity, PersonId]:
        """The active members by account; made once, since every turn is heard with it."""
        return {identity: person for identity, person in self.by_identity.items() if self.members[person].active}

    @cached_property
    def active_names(self) -> Mapping[PersonId, str]:
        """The active members' names; made once, since every turn is heard with it."""
        return {person: member.name for person, member in self.members.items() if member.active}

    def accounts_on(self, platform: str, tenant: str) -> Mapping[str, str]:
        """Person id to account on a platform: the tenant's own, else one of another tenant."""
        if (platform, tenant) not in self._accounts_on:
            self._accounts_on[platform, tenant] = self._read_accounts(platform, tenant)
        return self._accounts_on[platform, tenant]

    @cached_property
    def _accounts_on(self) -> dict[tuple[str, str], Mapping[str, str]]:
        """Those that were asked for; made once, since every answer is drawn with them."""
        return {}

    def _read_accounts(self, platform: str, tenant: str) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for person, member in self.members.items():
            here = [account for account in member.accounts if account.platform == platform]
            own = next((account for account in here if account.tenant == tenant), here[0] if here else None)
            if own is not None:
                found[person] = own.user
        return found

    def other_account(self, lost: Identity) -> Identity | None:
        """Another account at which the person of a lost one is reached."""
        person = self.by_identity.get(lost)
        reached = self.members[person].accounts if person is not None else ()
        return next((account for account in reached if account != lost), None)

    @property
    def zone(self) -> str:
        """The transfer's zone; the house's is UTC."""
        return self.facts.zone if self.facts else "UTC"

    def company(self, side: Side | str | None) -> str:
        """The name of a side's company, or nothing."""
        if self.facts is None or side is None:
            return ""
        return self.facts.sponsor if side == Side.SPONSOR else self.facts.cmo

    def name_of(self, person: PersonId) -> str:
        """The person's name, also of one who left."""
        return self.members[person].name

    def side_of(self, person: PersonId, at: datetime | None = None) -> Side | None:
        """The person's company, now or at a moment (UTC)."""
        member = self.members[person]
        before = (side for side, until in member.earlier if at is not None and at < until)
        return next(before, member.side)

    def holding(self, *roles: str, side: Side | None = None) -> tuple[MemberOf, ...]:
        """The active members with one of `roles`, of `side` or of both."""
        return tuple(
            member
            for member in self.members.values()
            if member.active and member.roles.intersection(roles) and side in (None, member.side)
        )

    def named(self, *roles: str, side: Side | None = None) -> str:
        """Who could do what needs one of `roles`, of `side` or of both, in words: `Marta Kowalczyk (lead, Tarnbrook)`.

        Three at most, `–` where there is nobody yet.
        """
        found = [
            f"{member.name} ({min(member.roles.intersection(roles))}, {self.company(member.side)})"
            for member in self.holding(*roles, side=side)
        ]
        return ", ".join([*found[:MOST_NAMED], *(["…"] if len(found) > MOST_NAMED else [])]) or "–"

    def rooms_for(self, audience: Audience) -> tuple[RoomOf, ...]:
        """The open rooms where something for `audience` may be said."""
        return tuple(room for room in self.rooms if room.open and room.audience == audience)

    @cached_property
    def has_own_rooms(self) -> bool:
        """Whether a company has, or had, a room of its own: only then is there anything that one may not see.

        One that is shared by now has the number of an own one still.
        """
        return any(one != Audience.JOINT for room in self.rooms for one in (room.audience, audience_named(room.number)))

    def own(self, side: Side | None) -> Audience:
        """Whose it is what a company records for itself alone now; without a company, nobody's but both's.

        The audiences of joins that were taken back are sealed: `current` names them, with whoever led by each.
        """
        if side is None:
            return Audience.JOINT
        sealed = self.facts.current if self.facts else {}
        return next((one for one in OWN[side] if one.value not in sealed), OWN[side][-1])

    def entitled(self, audience: Audience, *roles: str) -> tuple[MemberOf, ...]:
        """The active members with one of `roles` who may see what is for an audience: nobody, where it is sealed."""
        return tuple(one for one in self.holding(*roles) if audience in (Audience.JOINT, self.own(one.side)))

    def audience_at(self, address: Address | None) -> Audience:
        """Whose it is what is said at an address: both companies', but in one's own room."""
        room = self.room_at(address) if address else None
        return room.audience if room else Audience.JOINT

    def room_at(self, address: Address) -> RoomOf | None:
        """The room at an address, open or lost."""
        return next((room for room in self.rooms if room.address == address and not room.removed), None)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, as the door found them; `role` is the one that allowed the act, named in the entry."""

    kind: str
    name: str
    person: PersonId | None = None
    side: Side | None = None
    roles: frozenset[str] = frozenset()
    role: str = ""
    zone: str | None = None
    identity: Identity | None = None


SYSTEM = Actor("system", "Tandem", roles=frozenset({"system"}), role="system")
OPERATOR = Actor("operator", "operator", roles=frozenset({"operator"}), role="operator")

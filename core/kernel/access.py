"""Who is who: people, their accounts, roles and rooms, read at once as a transfer's directory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from core.kernel.errors import NotAllowed, msg
from core.kernel.ids import OWN, Audience, Identity, PersonId, Ref, RoomId, Side, TransferId, audience_named
from core.kernel.turn import Address


@dataclass(frozen=True, slots=True)
class MemberOf:
    """A member as the directory knows them; `accounts` only the active ones, first the one last spoken from.

    `earlier` are the companies that they stood for before, each until a moment (UTC), oldest first. `mark` tells them
    from somebody else here of the same name: their mail, or the end of an account's id; of all others it is empty.
    """

    person: PersonId
    name: str
    side: Side | None
    roles: frozenset[str]
    zone: str | None
    accounts: tuple[Identity, ...] = ()
    active: bool = True
    earlier: tuple[tuple[Side, datetime], ...] = ()
    mark: str = ""

    @property
    def known_as(self) -> str:
        """The name as people read it, told apart from the same name of somebody else."""
        return f"{self.name} ({self.mark})" if self.mark else self.name


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

    @cached_property
    def lost_rooms(self) -> frozenset[Address]:
        """The rooms that cannot be posted in; made once, since every turn asks whether it comes from one."""
        return frozenset(room.address for room in self.rooms if not room.open and not room.removed)

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
        """The person's own name, also of one who left: what the trail and an export have."""
        return self.members[person].name

    def known_as(self, person: PersonId) -> str:
        """The person's name as people read it, also of one who left."""
        return self.members[person].known_as

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
            f"{member.known_as} ({min(member.roles.intersection(roles))}, {self.company(member.side)})"
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

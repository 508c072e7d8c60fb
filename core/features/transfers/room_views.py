"""What is shown of rooms: the code for one, who joined with it, which there are, and one that was taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.features.transfers.belonging import OTHER
from core.features.transfers.placing import rooms_seen
from core.features.transfers.records import Invite
from core.kernel.access import NATURAL, RoomOf
from core.kernel.complements import NOTHING, Fact, Offer
from core.kernel.ids import Audience, PersonId, Side
from core.kernel.registry import shows
from core.kernel.templates import PersonView, TimeView
from core.kernel.transfers import Transfer
from core.kernel.work import Reads


@dataclass(frozen=True, slots=True)
class RoomView:
    """A room: its number, name and place; `company` whose own it is, empty for a joint one; `state` as it is kept.

    `listen` is what is read of its talk while a meeting runs: `natural`, `tags` or `off`.
    """

    number: str
    label: str
    platform: str
    tenant: str
    channel: str
    company: str
    state: str
    listen: str = NATURAL


def _owner(room: RoomOf) -> Side:
    side = room.audience.side
    assert side is not None, "it is both companies'"
    return side


def view_of_room(room: RoomOf, reads: Reads) -> RoomView:
    """The room as templates get it."""
    company = reads.directory.company(room.audience.side)
    state = "removed" if room.removed else "open" if room.open else "lost"
    at = room.address
    return RoomView(room.number, room.label, at.platform, at.tenant, at.channel, company, state, room.listen)


@dataclass(frozen=True, slots=True)
class InviteView:
    """A code, shown once to whoever asked for it; `company` is for whom, `tenant` the one that may use it, if named.

    `invite` is the invitation by which it is withdrawn while nobody has used it.
    """

    transfer: str
    title: str
    code: str
    company: str
    tenant: str
    ends: TimeView
    invite: str = ""


@shows("transfers/invite")
def invite_view(reads: Reads, transfer: Transfer, invite: Invite, code: str) -> InviteView:
    company = reads.directory.company(OTHER[Side(invite.side)])
    ends = reads.time(invite.expires_at)
    return InviteView(transfer.transfer, transfer.title, code, company, invite.tenant or "", ends, invite.ref)


@dataclass(frozen=True, slots=True)
class JoinedAnswerView:
    """The answer to whoever joined with a room: which transfer, with whom; `leads`: they lead their company now."""

    transfer: str
    title: str
    company: str
    other: str
    leads: bool


@shows("transfers/joined_answer")
def joined_answer_view(reads: Reads, transfer: Transfer, side: Side, leads: bool) -> JoinedAnswerView:
    company, other = reads.directory.company(side), reads.directory.company(OTHER[side])
    return JoinedAnswerView(transfer.transfer, transfer.title, company, other, leads)


@dataclass(frozen=True, slots=True)
class RoomJoinedView:
    """A room that came by a code: who said it, for which company, and whether they lead it by that alone."""

    transfer: str
    room: RoomView
    who: PersonView
    leads: bool


@shows("transfers/room_joined")
def room_joined_view(reads: Reads, invite: Invite) -> RoomJoinedView:
    assert invite.used_by is not None
    room = next(room for room in reads.directory.rooms if room.number == invite.room)
    return RoomJoinedView(reads.transfer, view_of_room(room, reads), reads.person(invite.used_by), invite.made_lead)


@dataclass(frozen=True, slots=True)
class RoomsView:
    """The rooms of a transfer that the reader may know of."""

    transfer: str
    title: str
    rooms: tuple[RoomView, ...]


@shows("transfers/rooms")
def rooms_view(reads: Reads) -> RoomsView:
    facts = reads.directory.facts
    rooms = tuple(view_of_room(room, reads) for room in rooms_seen(reads))
    return RoomsView(reads.transfer, facts.title if facts else "", rooms)


@dataclass(frozen=True, slots=True)
class RoomRemovedView:
    """A room that is no part of the transfer any more, who took it out, and why.

    `ended` led by it alone; `also` came by them, and go with them. `sealed`: it was the own room of a company of which
    the join was taken back. `left_open`, for whoever took it out, is what has no owner any more, and `offers` give it
    to somebody else.
    """

    transfer: str
    room: RoomView
    by: str
    reason: str
    ended: PersonView | None = None
    also: tuple[PersonView, ...] = ()
    sealed: bool = False
    left_open: tuple[Fact, ...] = ()
    offers: tuple[Offer, ...] = ()


@shows("transfers/room_removed")
def room_removed_view(
    reads: Reads, room: RoomOf, reason: str, ended: PersonId | None = None, left: Sequence[PersonId] = ()
) -> RoomRemovedView:
    """`left` are all who go with it, for a reader who is to see what they leave behind."""
    found = reads.complement("transfers/member_removed", people=left, own=False) if left else NOTHING
    return RoomRemovedView(
        reads.transfer,
        view_of_room(room, reads),
        reads.acting,
        reason,
        reads.person(ended) if ended is not None else None,
        tuple(reads.person(one) for one in left if one != ended),
        room.audience not in (Audience.JOINT, reads.directory.own(room.audience.side)),
        found.facts,
        found.offers,
    )


@dataclass(frozen=True, slots=True)
class OwnRoomView:
    """A company's own room of a transfer."""

    transfer: str
    title: str
    room: RoomView
    other: str


@shows("transfers/own_room")
def own_room_view(reads: Reads, room: RoomOf) -> OwnRoomView:
    facts = reads.directory.facts
    other = reads.directory.company(OTHER[_owner(room)])
    return OwnRoomView(reads.transfer, facts.title if facts else "", view_of_room(room, reads), other)


@dataclass(frozen=True, slots=True)
class RoomLostView:
    """A room that cannot be reached since `at`, as the others are told, and what the platform says."""

    transfer: str
    room: RoomView
    at: TimeView
    why: str


@shows("transfers/room_lost")
def room_lost_view(reads: Reads, room: RoomOf, why: str) -> RoomLostView:
    return RoomLostView(reads.transfer, view_of_room(room, reads), reads.time(reads.now), why)


@dataclass(frozen=True, slots=True)
class RoomBackView:
    """A room that was lost and can be reached again since `at`; `behind` records it missed, or shows as they were."""

    transfer: str
    room: RoomView
    at: TimeView
    behind: int = 0


@shows("transfers/room_back")
def room_back_view(reads: Reads, room: RoomOf, behind: int = 0) -> RoomBackView:
    return RoomBackView(reads.transfer, view_of_room(room, reads), reads.time(reads.now), behind)

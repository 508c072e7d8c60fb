"""A join is taken back: whoever led by the code goes, and with them the people, rooms and roles that hang on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select

from core.features.transfers.belonging import CLAIM_WITHIN, OTHER
from core.features.transfers.events import JoinTakenBack, MemberRemoved, RolesTaken, RoomRemoved
from core.features.transfers.numbering import REMOVED
from core.features.transfers.opening import show_leads
from core.features.transfers.records import Invite
from core.features.transfers.sealing import own_rooms_of, seal
from core.kernel.access import RoomOf
from core.kernel.audit import Entry, chain_name
from core.kernel.held import end_held, held_for
from core.kernel.ids import Audience, PersonId, Ref, RoomId, Side
from core.kernel.transfers import Member, Room
from core.kernel.turn import Address
from core.kernel.work import Reads, Work

Bodies = Sequence[dict[str, Any]]
ACTIVE, JOIN = "active", "JoinTransfer"
"""The state of a member, and the command that used the code, as the trail names them."""


@dataclass(frozen=True, slots=True)
class Hanging:
    """What hangs on a join, by the trail: who came by it, `rooms` that they brought, `roles` that they gave others.

    `side` is the company that `led` led by it: its own rooms go too, and what was recorded in them is sealed. `invite`
    is the invitation that was joined by.
    """

    people: tuple[PersonId, ...] = ()
    rooms: tuple[RoomOf, ...] = ()
    roles: tuple[tuple[PersonId, frozenset[str]], ...] = ()
    side: Side | None = None
    led: PersonId | None = None
    invite: Ref | None = None


def made_lead_by(person: PersonId, work: Work) -> Invite | None:
    """The invitation of the actor's company by which somebody of the other leads, while it may be taken back."""
    used = select(Invite).where(Invite.transfer == work.transfer, Invite.used_by == person, Invite.made_lead)
    invite = work.one(used.order_by(Invite.used_at.desc()))
    return invite if invite is not None and may_take_back(invite, work) else None


def may_take_back(invite: Invite, reads: Reads) -> bool:
    """Whether the actor's company gave the code, somebody leads by it alone, and it is soon enough."""
    soon = invite.used_at is not None and reads.now - invite.used_at <= CLAIM_WITHIN
    return invite.made_lead and soon and reads.actor.side == invite.side


def hanging_on(invite: Invite, work: Work) -> Hanging:
    """All that there is because of a join: whoever came by it could add people and rooms, who could add more."""
    assert invite.used_by is not None
    said = _trail_since(invite, work)
    joined = next((one for one in reversed(said) if _is_join(one, invite)), None)
    gone = _came_by(invite.used_by, said)
    # Somebody who was a member before the join leads no more, and stays what they were.
    ends = gone if joined is not None and _state(joined) == ACTIVE else gone - {invite.used_by}
    members = work.directory.members
    people = [one for one in ends if members[one].active and members[one].side != invite.side]
    given: dict[PersonId, frozenset[str]] = {}
    for one in said:
        who, roles = _person(one["record"]), _roles_given(one)
        if roles and who not in ends and (one["person"] in gone or one is joined):
            given[who] = given.get(who, frozenset()) | roles
    brought = {one["changes"]["id"][1] for one in said if one["person"] in gone and _is_new_room(one)}
    side = OTHER[Side(invite.side)]
    own = own_rooms_of(side, work)
    rooms = tuple(room for room in work.directory.rooms if not room.removed and (room.id in brought or room in own))
    there = tuple(sorted(people, key=work.directory.name_of))
    return Hanging(there, rooms, tuple(given.items()), side, invite.used_by, invite.ref)


def _came_by(first: PersonId, said: Bodies) -> set[PersonId]:
    """Somebody, and all who were last added by them or by one of those."""
    added = {_person(one["record"]): one["person"] for one in said if _state(one) == ACTIVE}
    gone = {first}
    while more := {person for person, by in added.items() if by in gone} - gone:
        gone |= more
    return gone


def take_back(hanging: Hanging, reason: str, work: Work) -> None:
    """End all of it, each with an entry of its own; what was recorded stays."""
    ended = [_member(person, work) for person in hanging.people]
    for member in ended:
        member.state = "left"  # all of them before the first is told of: what one leaves falls to none of the others
    if hanging.side is not None and hanging.invite is not None:
        # Before who goes is told of, so that what opens again by it is handed on with the rest.
        work.record(JoinTakenBack(record=hanging.invite, people=hanging.people, side=hanging.side), reason=reason)
    for member in ended:
        work.record(MemberRemoved(record=member.trail_name()), reason=reason)
    for person, roles in hanging.roles:
        member = _member(person, work)
        left = sorted({*member.roles} - roles)
        if left and left != member.roles:
            member.roles = left
            work.record(RolesTaken(record=member.trail_name()), reason=reason)
    for room in hanging.rooms:
        remove(room.id, reason, work)
    if hanging.side is not None and hanging.led is not None:
        seal(hanging.side, hanging.led, reason, work)
    show_leads(work)


def remove(meant: RoomId, reason: str, work: Work) -> None:
    """Take a room out of the transfer."""
    room = work.one(select(Room).where(Room.id == meant))
    assert room is not None
    end_held(held_for(Address(room.platform, room.tenant, room.channel), work), work)
    room.state = REMOVED
    work.record(RoomRemoved(record=room.trail_name()), reason=reason)


def _member(person: PersonId, work: Work) -> Member:
    member = work.session.get(Member, (work.transfer, person))
    assert member is not None
    return member


def _trail_since(invite: Invite, work: Work) -> Bodies:
    """What changed people and rooms since the join, oldest first in each chain; own rooms stand in their company's."""
    chains = [chain_name(work.transfer, audience) for audience in Audience]
    about = or_(Entry.record.startswith("member:"), Entry.record.startswith("room:"))
    since = select(Entry).where(Entry.chain.in_(chains), Entry.at >= invite.used_at, about)
    return [entry.said for entry in work.all(since.order_by(Entry.chain, Entry.seq))]


def _is_join(body: dict[str, Any], invite: Invite) -> bool:
    return bool(body["record"] == f"member:{invite.used_by}" and body["command"] == JOIN)


def _person(record: str) -> PersonId:
    return PersonId(record.partition(":")[2])


def _state(body: dict[str, Any]) -> str:
    """What became of somebody, or of a room, by this entry."""
    return str(body["changes"].get("state", [None, ""])[1])


def _is_new_room(body: dict[str, Any]) -> bool:
    return body["record"].startswith("room:") and "id" in body["changes"]


def _roles_given(body: dict[str, Any]) -> frozenset[str]:
    before, after = body["changes"].get("roles", [None, None])
    return frozenset(after or ()) - frozenset(before or ())

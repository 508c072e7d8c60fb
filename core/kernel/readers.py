"""Who reads a post: the rooms and people that it goes to, none of them of the company that may not see its record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from core.kernel.access import Directory
from core.kernel.errors import NotAllowed, msg
from core.kernel.ids import Audience, Identity, PersonId
from core.kernel.posting import (
    SENDING,
    SENT,
    WAITING,
    InPlace,
    Post,
    To,
    ToAddress,
    ToMessage,
    ToPerson,
    ToPersonHere,
    ToPersonIn,
    ToRoom,
    ToRooms,
    ToThread,
)
from core.kernel.records import CompanyOwned
from core.kernel.turn import Address
from core.kernel.work import PostRequest, Work

Row = dict[str, Any]


def is_for_nobody(request: PostRequest, before: Directory, work: Work) -> bool:
    """Whether it is for somebody who may not read it: of the other company by now, or who left `before` this command.

    Whoever leaves by this very command hears of it, and their cards say so a last time.
    """
    to = request.to.to if isinstance(request.to, InPlace) else request.to
    if not isinstance(to, (ToPerson, ToPersonHere, ToPersonIn)):
        return False
    was, known = before.members.get(to.person), work.directory.members[to.person]
    if _whose(request) not in (Audience.JOINT, work.directory.own(known.side)):
        return True
    return not known.active and not (was is not None and was.active)


def _whose(request: PostRequest) -> Audience:
    record = request.record
    return Audience(record.audience) if isinstance(record, CompanyOwned) else Audience.JOINT


def audience_of(request: PostRequest, work: Work) -> Audience:
    """Who reads it. Raises NotAllowed where its record is one company's own and the reader is not of it."""
    record, own = request.record, _whose(request)
    to = request.to.to if isinstance(request.to, InPlace) else request.to
    if isinstance(to, ToRooms):
        return own if own != Audience.JOINT else to.audience
    reader = _reader(to, work)
    if own not in (Audience.JOINT, reader):
        raise NotAllowed(
            msg("{ref} is {company}’s own and stays there: nobody of the other company can have a part in it."),
            ref=record.ref if record else "",
            company=work.directory.company(own.side),
        )
    return reader


def _reader(to: To, work: Work) -> Audience:
    match to:
        case ToRoom(wanted):
            rooms = (room for room in work.directory.rooms if room.id == wanted)
            return next((room.audience for room in rooms), Audience.JOINT)
        case ToPerson(person) | ToPersonHere(person) | ToPersonIn(person):
            return work.directory.own(work.directory.side_of(person))
        case ToAddress(address) | ToThread(address) | ToMessage(address):
            return work.directory.audience_at(address)
        case _:
            return Audience.JOINT


@dataclass(frozen=True, slots=True)
class Aim:
    """An address that a post goes to: for one account alone, below a message, as a mark of one, or only in place.

    `held`: nothing can be sent there now.
    """

    address: Address
    only_for: str | None = None
    thread: str | None = None
    marks: str | None = None
    in_place: bool = False
    held: bool = False


def aims_of(request: PostRequest, work: Work) -> list[Aim]:
    """The addresses that it goes to."""
    match request.to:
        case InPlace(to):
            return [replace(aim, in_place=True) for aim in aims_of(replace(request, to=to), work)]
        case ToAddress(address):
            return [Aim(address)]
        case ToRooms():
            return [Aim(room.address) for room in work.directory.rooms_for(audience_of(request, work))]
        case ToRoom(wanted, holds):
            there = [room for room in work.directory.rooms if room.id == wanted and not room.removed]
            return [Aim(room.address, held=not room.open) for room in there if room.open or holds]
        case ToPerson(person):
            accounts = work.directory.members[person].accounts
            return [Aim(direct(account)) for account in accounts[:1]]
        case ToPersonHere(person):
            return _alone(person, work.origin.room, work.origin.thread, work) if work.origin else []
        case ToPersonIn(person, wanted):
            rooms = [room.address for room in work.directory.rooms if room.id == wanted and room.open]
            return [aim for room in rooms for aim in _alone(person, room, None, work)]
        case ToThread(room, message):
            return [Aim(room, thread=message)]
        case ToMessage(room, message, thread):
            return [Aim(room, thread=thread or message, marks=message)]


def _alone(person: PersonId, room: Address, thread: str | None, work: Work) -> list[Aim]:
    accounts = work.directory.members[person].accounts
    same = [a for a in accounts if (a.platform, a.tenant) == (room.platform, room.tenant)]
    near = [a for a in accounts if a.platform == room.platform]  # of the other company, in a channel that both share
    return [Aim(room, account.user, thread) for account in (same or near or accounts)[:1]]


def goes_to(request: PostRequest, work: Work, connection: Connection, promised: Sequence[Row]) -> list[Aim]:
    """As `aims_of`; but a card that stands with somebody of several accounts already is changed where it stands.

    `promised` are the rows of posts that the connection's transaction has not written yet.
    """
    aims = aims_of(request, work)
    to = request.to.to if isinstance(request.to, InPlace) else request.to
    if request.key is None or not isinstance(to, ToPerson):
        return aims
    accounts = work.directory.members[to.person].accounts
    if len(accounts) < 2:
        return aims
    addresses = {str(address): address for address in map(direct, accounts)}
    wanted = select(Post.address).where(Post.address.in_(addresses), Post.key == request.key)
    alive = wanted.where(Post.transfer == work.transfer, Post.state.in_((WAITING, SENDING, SENT)))
    found = {row["address"] for row in promised if row["key"] == request.key}
    found.update(connection.execute(alive).scalars())
    return [replace(aims[0], address=address) for name, address in addresses.items() if name in found] or aims


def direct(account: Identity) -> Address:
    """The conversation with one account alone."""
    return Address(account.platform, account.tenant, account.user, direct=True)

"""Who reads a post: the rooms and people that it goes to, none of them of the company that may not see its record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from core.kernel.errors import NotAllowed, msg
from core.kernel.ids import Audience, Identity
from core.kernel.posting import (
    SENDING,
    SENT,
    WAITING,
    Post,
    ToAddress,
    ToPerson,
    ToPersonHere,
    ToRoom,
    ToRooms,
)
from core.kernel.records import CompanyOwned
from core.kernel.turn import Address
from core.kernel.work import PostRequest, Work

Row = dict[str, Any]


def audience_of(request: PostRequest, work: Work) -> Audience:
    """Who reads it. Raises NotAllowed where its record is one company's own and the reader is not of it."""
    record = request.record
    own = Audience(record.audience) if isinstance(record, CompanyOwned) else Audience.JOINT
    match request.to:
        case ToRooms(audience):
            return own if own != Audience.JOINT else audience
        case ToRoom(wanted):
            rooms = (room for room in work.directory.rooms if room.id == wanted)
            reader = next((room.audience for room in rooms), Audience.JOINT)
        case ToPerson(person) | ToPersonHere(person):
            side = work.directory.side_of(person)
            reader = Audience(side.value) if side else Audience.JOINT
        case ToAddress(address):
            reader = work.directory.audience_at(address)
    if own not in (Audience.JOINT, reader):
        raise NotAllowed(
            msg("{ref} is {company}’s own and stays there: nobody of the other company can have a part in it."),
            ref=record.ref if record else "",
            company=work.directory.company(own.value),
        )
    return reader


def outlets_of(request: PostRequest, work: Work) -> list[tuple[Address, str | None]]:
    """The addresses that it goes to, each with the one account that it is for, if it is for one alone."""
    match request.to:
        case ToAddress(address):
            return [(address, None)]
        case ToRooms():
            return [(room.address, None) for room in work.directory.rooms_for(audience_of(request, work))]
        case ToRoom(wanted):
            return [(room.address, None) for room in work.directory.rooms if room.id == wanted and room.open]
        case ToPerson(person):
            accounts = work.directory.members[person].accounts
            return [(direct(account), None) for account in accounts[:1]]
        case ToPersonHere(person):
            if work.origin is None:
                return []
            here = work.origin.room
            accounts = work.directory.members[person].accounts
            same = [a for a in accounts if (a.platform, a.tenant) == (here.platform, here.tenant)]
            return [(here, account.user) for account in (same or accounts)[:1]]


def goes_to(
    request: PostRequest, work: Work, connection: Connection, promised: Sequence[Row]
) -> list[tuple[Address, str | None]]:
    """As `outlets_of`; but a card that stands with somebody of several accounts already is changed where it stands.

    `promised` are the rows of posts that the connection's transaction has not written yet.
    """
    outlets = outlets_of(request, work)
    if request.key is None or not isinstance(request.to, ToPerson):
        return outlets
    accounts = work.directory.members[request.to.person].accounts
    if len(accounts) < 2:
        return outlets
    addresses = {str(address): address for address in map(direct, accounts)}
    wanted = select(Post.address).where(Post.address.in_(addresses), Post.key == request.key)
    alive = wanted.where(Post.transfer == work.transfer, Post.state.in_((WAITING, SENDING, SENT)))
    found = {row["address"] for row in promised if row["key"] == request.key}
    found.update(connection.execute(alive).scalars())
    return [(address, None) for name, address in addresses.items() if name in found] or outlets


def direct(account: Identity) -> Address:
    """The conversation with one account alone."""
    return Address(account.platform, account.tenant, account.user, direct=True)

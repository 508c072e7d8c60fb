"""Somebody whom nobody may write to alone, such as a guest: called in a room, without a word of what is for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.features.transfers.events import PersonCalled
from core.kernel.access import Directory, RoomOf
from core.kernel.errors import Refused, msg
from core.kernel.ids import Audience, Identity, PersonId
from core.kernel.messages import Command
from core.kernel.posting import ToRoom
from core.kernel.registry import handles, shows
from core.kernel.templates import PersonView
from core.kernel.transfers import PersonAccount
from core.kernel.work import Reads, Work

MOST_NAMED = 5


@dataclass(frozen=True, kw_only=True)
class CallInRoom(Command):
    """Mention somebody in a room who cannot be written to alone; once an hour at most is it a message of its own.

    `records` are those that it is about and that the room shows anyway.
    """

    needs: ClassVar[str] = "room.keep"

    identity: Identity
    records: tuple[str, ...]
    why: str


def room_of(account: Identity, directory: Directory) -> RoomOf | None:
    """A room that both companies share where an account can be mentioned."""
    here = (account.platform, account.tenant)
    rooms = directory.rooms_for(Audience.JOINT)
    return next((room for room in rooms if (room.address.platform, room.address.tenant) == here), None)


@handles(CallInRoom)
def call_in_room(cmd: CallInRoom, work: Work) -> None:
    account = work.session.get(PersonAccount, (cmd.identity.platform, cmd.identity.tenant, cmd.identity.user))
    member = work.directory.members.get(account.person) if account else None
    room = room_of(cmd.identity, work.directory)
    if account is None or member is None or not member.active or room is None:
        raise Refused(msg("There is no room in which they could be called."))
    work.record(PersonCalled(record=account.trail_name()), reason=cmd.why)
    key = f"call:{member.person}:{work.now:%Y%m%d%H}"
    work.post(ToRoom(room.id), "transfers/called", key=key, person=member.person, records=cmd.records)


@dataclass(frozen=True, slots=True)
class CalledView:
    """Somebody for whom something waits, about `records` that the room shows anyway; `more` counts those not named."""

    who: PersonView
    records: tuple[str, ...]
    more: int


@shows("transfers/called")
def called_view(reads: Reads, person: PersonId, records: tuple[str, ...]) -> CalledView:
    return CalledView(reads.person(person), records[:MOST_NAMED], len(records[MOST_NAMED:]))

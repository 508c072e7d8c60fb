"""Rooms and accounts that come and go on the platform, posts that never arrive: marked, and the lead told once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from core.features.transfers.events import AccountLost, JobSetAside, PostUndelivered, RoomBack, RoomLost, RoomWelcomed
from core.kernel.access import PersonAccount, Room
from core.kernel.errors import Refused, msg
from core.kernel.ids import Identity
from core.kernel.messages import Command
from core.kernel.posting import ToAddress, ToPerson
from core.kernel.registry import handles
from core.kernel.turn import Address
from core.kernel.work import Work

UNDELIVERED = "transfers/undelivered"
"""The template of the report itself."""


@dataclass(frozen=True, kw_only=True)
class LoseRoom(Command):
    """Mark a room that can be posted in no more, and tell the leads."""

    needs: ClassVar[str] = "room.keep"

    room: Address
    why: str


@dataclass(frozen=True, kw_only=True)
class RegainRoom(Command):
    """Mark a lost room as open again."""

    needs: ClassVar[str] = "room.keep"

    room: Address


@dataclass(frozen=True, kw_only=True)
class LoseAccount(Command):
    """Mark an account that was deactivated, and tell the leads of its company."""

    needs: ClassVar[str] = "room.keep"

    identity: Identity
    why: str


@dataclass(frozen=True, kw_only=True)
class ReportPost(Command):
    """Keep in the trail that a post could never be sent, and tell the leads."""

    needs: ClassVar[str] = "post.report"

    post: str
    template: str
    record: str | None
    where: str
    why: str


@dataclass(frozen=True, kw_only=True)
class ReportJob(Command):
    """Keep in the trail that due work was set aside, and tell the leads."""

    needs: ClassVar[str] = "job.report"

    key: str
    command: str
    why: str


@dataclass(frozen=True, kw_only=True)
class WelcomeRoom(Command):
    """Say in a room that Tandem was just added to how to begin."""

    needs: ClassVar[str] = "room.keep"

    room: Address
    name: str


@handles(WelcomeRoom)
def welcome_room(cmd: WelcomeRoom, work: Work) -> None:
    work.post(ToAddress(cmd.room), "transfers/welcome", key="welcome", room=cmd.name)
    work.record(RoomWelcomed(record=f"room:{cmd.room}"))


@handles(LoseRoom)
def lose_room(cmd: LoseRoom, work: Work) -> None:
    room = _room(cmd.room, work)
    if room.state == "lost":
        raise Refused(msg("The room is marked as lost already."))
    room.state = "lost"
    work.record(RoomLost(record=room.trail_name()), reason=cmd.why)
    _tell_leads(work, f"#{room.name or room.channel}", cmd.why, record=None)


@handles(RegainRoom)
def regain_room(cmd: RegainRoom, work: Work) -> None:
    room = _room(cmd.room, work)
    if room.state == "open":
        raise Refused(msg("The room is open already."))
    room.state = "open"
    work.record(RoomBack(record=room.trail_name()))


def _room(address: Address, work: Work) -> Room:
    room = work.one(
        select(Room).where(
            Room.platform == address.platform, Room.tenant == address.tenant, Room.channel == address.channel
        )
    )
    if room is None:
        raise Refused(msg("No transfer lives in this room."))
    return room


@handles(LoseAccount)
def lose_account(cmd: LoseAccount, work: Work) -> None:
    key = (cmd.identity.platform, cmd.identity.tenant, cmd.identity.user)
    account = work.session.get(PersonAccount, key)
    if account is None or account.state != "active":
        raise Refused(msg("No active account is known by this name."))
    account.state = "lost"
    work.record(AccountLost(record=account.trail_name()), reason=cmd.why)
    _tell_leads(work, work.directory.name_of(account.person), cmd.why, record=None, but=str(cmd.identity))


@handles(ReportPost)
def report_post(cmd: ReportPost, work: Work) -> None:
    work.record(PostUndelivered(record=f"post:{cmd.post}"), reason=cmd.why)
    if cmd.template == UNDELIVERED:
        return  # a report that fails is not reported: each lead was sent one, and it would never end
    _tell_leads(work, cmd.where, cmd.why, record=cmd.record, but=cmd.where)


@handles(ReportJob)
def report_job(cmd: ReportJob, work: Work) -> None:
    work.record(JobSetAside(record=f"job:{cmd.key}"), reason=cmd.why)
    _tell_leads(work, cmd.command, cmd.why, record=None)


def _tell_leads(work: Work, where: str, why: str, record: str | None, but: str = "") -> None:
    """A direct message to every lead who can get one; a lost conversation with a lead is not reported to it."""
    for lead in work.directory.holding("lead"):
        direct = [f"{account.platform}:{account.tenant}/@{account.user}" for account in lead.accounts[:1]]
        if direct and direct[0] != but:
            # Told once of one place: what is lost there later changes the card that tells of it.
            key = f"undelivered:{where}"[:120]
            work.post(ToPerson(lead.person), UNDELIVERED, key=key, where=where, why=why, reference=record)

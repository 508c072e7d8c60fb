"""A right code that could not be used: the leads who gave it hear of the try, in one message for each code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.features.transfers.belonging import OTHER
from core.features.transfers.events import JoinTried
from core.features.transfers.records import GIVEN, Invite
from core.kernel.ids import Account, Ref, Side
from core.kernel.messages import Command
from core.kernel.posting import ToPerson
from core.kernel.registry import handles, shows
from core.kernel.templates import TimeView
from core.kernel.turn import Address
from core.kernel.work import Reads, Work

LATE, ELSEWHERE, NOT_THEIRS = "late", "elsewhere", "not_theirs"


@dataclass(frozen=True, kw_only=True)
class TellJoinTried(Command):
    """Tell the leads who gave a code that somebody said it and could not join with it."""

    needs: ClassVar[str] = "join.note"

    invite: Ref
    account: Account
    room: Address
    name: str = ""


@handles(TellJoinTried)
def tell_join_tried(cmd: TellJoinTried, work: Work) -> None:
    invite = work.get(Invite, cmd.invite)
    person = work.directory.by_identity.get(cmd.account.identity)
    if person is not None and work.directory.side_of(person) == invite.side:
        return  # a slip of their own, and they were told
    why = _why(invite, cmd.room, work)
    for lead in work.directory.holding("lead", side=Side(invite.side)):
        work.post(
            ToPerson(lead.person), "transfers/join_tried", key=f"tried:{invite.ref}", invite=invite, tried=cmd, why=why
        )
    work.record(JoinTried(record=invite.ref), reason=f"{cmd.account.identity}, {cmd.room}: {why}")


def _why(invite: Invite, room: Address, work: Work) -> str:
    if invite.state != GIVEN:
        return invite.state
    if work.now > invite.expires_at:
        return LATE
    return ELSEWHERE if invite.tenant and invite.tenant != room.tenant else NOT_THEIRS


@dataclass(frozen=True, slots=True)
class JoinTriedView:
    """Somebody said a right code and could not join: `who` and where, as their platform shows them, and when.

    `why`: it is `used`, `withdrawn` or `late`, said in `elsewhere` than the one workspace, or by somebody whom the
    company that it is for, `company`, does not know (`not_theirs`). `works`: it can still be used.
    """

    transfer: str
    invite: str
    company: str
    who: str
    room: str
    platform: str
    tenant: str
    at: TimeView
    why: str
    works: bool


@shows("transfers/join_tried")
def join_tried_view(reads: Reads, invite: Invite, tried: TellJoinTried, why: str) -> JoinTriedView:
    return JoinTriedView(
        reads.transfer,
        invite.ref,
        reads.directory.company(OTHER[Side(invite.side)]),
        tried.account.name,
        f"#{tried.name or tried.room.channel}",
        tried.room.platform,
        tried.room.tenant,
        reads.time(reads.now),
        why,
        why in (ELSEWHERE, NOT_THEIRS),
    )

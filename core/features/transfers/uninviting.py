"""A code that nobody has used is withdrawn by the company that gave it, as when it went to the wrong people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from sqlalchemy import select

from core.features.transfers.belonging import OTHER
from core.features.transfers.events import InviteWithdrawn
from core.features.transfers.inviting import moment_words
from core.features.transfers.opening import this_transfer
from core.features.transfers.records import GIVEN, USED, WITHDRAWN, Invite
from core.kernel.errors import Choice, DoneAlready, NotAllowed, Refused, WhichOne, msg
from core.kernel.ids import Ref, Side
from core.kernel.messages import Command, Reason, Reference, checked_reason
from core.kernel.registry import handles, shows
from core.kernel.work import Draw, Reads, Work


@dataclass(frozen=True, kw_only=True)
class WithdrawInvite(Command):
    """Withdraw a code that nobody has used yet: no room joins with it any more."""

    says: ClassVar[str] = "transfer uninvite"
    heading: ClassVar[str] = msg("Withdraw a code")
    needs: ClassVar[str] = "transfer.invite"

    invite: Annotated[Ref | None, Reference("the invitation, where several wait", prefix="INV", like="INV-001")] = None
    reason: Annotated[str, Reason("why it is withdrawn")] = ""


@dataclass(frozen=True, slots=True)
class InviteWithdrawnView:
    """The answer to whoever withdrew a code: of which transfer it was, and for which company."""

    transfer: str
    invite: str
    company: str


@shows("transfers/invite_withdrawn")
def invite_withdrawn_view(reads: Reads, invite: Invite) -> InviteWithdrawnView:
    return InviteWithdrawnView(reads.transfer, invite.ref, reads.directory.company(OTHER[Side(invite.side)]))


@handles(WithdrawInvite)
def withdraw_invite(cmd: WithdrawInvite, work: Work) -> Draw:
    this_transfer(work)
    reason = checked_reason(cmd.reason) if cmd.reason else ""
    invite = work.get(Invite, cmd.invite) if cmd.invite is not None else _only_one(work)
    _check_waits(invite, work)
    invite.move(WITHDRAWN)
    work.record(InviteWithdrawn(record=invite.ref), reason=reason)
    return work.card("transfers/invite_withdrawn", invite=invite)


def _only_one(work: Work) -> Invite:
    """The one code of the actor's company that still works. Raises Refused where none does, WhichOne for several."""
    given = select(Invite).where(Invite.transfer == work.transfer, Invite.state == GIVEN)
    waiting = [one for one in work.all(given.order_by(Invite.ref)) if one.side == work.actor.side and _works(one, work)]
    if len(waiting) == 1:
        return waiting[0]
    if not waiting:
        raise Refused(msg("No code of your company waits to be used: there is nothing to withdraw."))
    raise WhichOne(msg("Several codes wait to be used. Which one do you mean?"), choices=_choices(waiting, work))


def _choices(waiting: Sequence[Invite], work: Work) -> tuple[Choice, ...]:
    told = work.words.translate(msg("{name}, until {time}"))
    return tuple(
        Choice(one.ref, told.format(name=_giver(one, work), time=moment_words(one.expires_at, work))) for one in waiting
    )


def _giver(invite: Invite, work: Work) -> str:
    return work.directory.known_as(invite.created_by) if invite.created_by else "–"


def _works(invite: Invite, work: Work) -> bool:
    return invite.expires_at >= work.now


def _check_waits(invite: Invite, work: Work) -> None:
    """Raises Refused for a code of the other company, and for one that works no more anyway."""
    if invite.side != work.actor.side:
        raise NotAllowed(
            msg("{company} gave this code: a lead of theirs withdraws it, {who}."),
            company=work.directory.company(invite.side),
            who=work.directory.named("lead", side=invite.side),
        )
    if invite.state == USED:
        raise Refused(
            msg("{ref} was used on {time}: a room has joined with it. To take that back, take out the room:"),
            ref=invite.ref,
            time=moment_words(invite.used_at or work.now, work),
            examples=(f'transfer room remove {invite.room} reason:"it went to the wrong company"',),
        )
    if invite.state == WITHDRAWN:
        raise DoneAlready(msg("{ref} is withdrawn already: no room joins with it."), ref=invite.ref)
    if not _works(invite, work):
        raise DoneAlready(
            msg("{ref} ended on {time} by itself: no room joins with it."),
            ref=invite.ref,
            time=moment_words(invite.expires_at, work),
        )

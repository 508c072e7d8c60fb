"""A second room comes to a transfer: a lead asks for a code, and somebody of the other company says it in theirs."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, ClassVar
from zoneinfo import ZoneInfo

from sqlalchemy import select

from core.features.transfers.belonging import OTHER, check_belongs
from core.features.transfers.events import InviteGiven, JoinRefused, MemberAdded, RoomJoined
from core.features.transfers.members import AddMember, give_role, person_for
from core.features.transfers.numbering import add_room
from core.features.transfers.opening import show_transfer, this_transfer
from core.features.transfers.placing import tell_joined
from core.features.transfers.records import GIVEN, USED, WITHDRAWN, Invite
from core.features.transfers.sealing import unseal
from core.kernel.audit import Entry
from core.kernel.clock import new_code
from core.kernel.errors import NotAllowed, NotFound, Refused, Unclear, msg
from core.kernel.ids import HOUSE, Account, Audience, Identity, PersonId, Ref, Side, TransferId, tenant_named
from core.kernel.messages import Command, Quoted, Value
from core.kernel.registry import handles
from core.kernel.transfers import Member
from core.kernel.turn import Address
from core.kernel.work import Draw, Reads, Work

LASTS = timedelta(hours=24)
TRIES, WITHIN = 5, timedelta(hours=1)
"""Bad codes that one account may say within a time; after that none of it is looked at, not even a right one."""


@dataclass(frozen=True, kw_only=True)
class InviteRoom(Command):
    """Get the code with which the other company's room joins: it works once, within 24 hours."""

    says: ClassVar[str] = "transfer invite"
    needs: ClassVar[str] = "transfer.invite"

    tenant: Annotated[str, Value("the one workspace or tenant that may use it, such as T024BE7LD")] = ""


@dataclass(frozen=True, kw_only=True)
class JoinTransfer(Command):
    """Make this room one of a transfer, with the code that the other company gave you."""

    says: ClassVar[str] = "transfer join"
    heading: ClassVar[str] = msg("Join a transfer")
    needs: ClassVar[str] = "transfer.join"

    code: Annotated[str, Quoted("the code, such as K7QM-3XWT-9HPR", longest=60)]


@dataclass(frozen=True, kw_only=True)
class NoteJoinRefused(Command):
    """Keep in the house's trail that somebody tried to join a transfer and was refused."""

    needs: ClassVar[str] = "join.note"

    identity: Identity
    room: Address
    why: str


@handles(InviteRoom)
def invite_room(cmd: InviteRoom, work: Work) -> Draw:
    transfer = this_transfer(work)
    side = work.actor.side
    if side is None or work.actor.person is None:
        raise NotAllowed(msg("A lead of one of the two companies invites the other."))
    if work.aloud:
        raise Refused(
            msg("The code is for you alone, and everybody reads this room: ask for it in a direct message to Tandem.")
        )
    code = new_code()
    invite = Invite(
        ref=work.number("INV"),
        state=GIVEN,
        secret=fingerprint(code),
        side=side,
        tenant=_tenant(cmd.tenant),
        expires_at=work.now + LASTS,
    )
    work.add(invite)
    work.record(InviteGiven(record=invite.ref))
    return work.card("transfers/invite", transfer=transfer, invite=invite, code=code)


def _tenant(said: str) -> str | None:
    """The one workspace or tenant that may use the code, None for any. Raises Unclear for what is none."""
    if not said.strip():
        return None
    tenant = tenant_named(said)
    if tenant is None:
        raise Unclear(
            msg("“{said}” is no workspace of Slack, such as T024BE7LD, and no tenant id of Teams."),
            said=said[:80],
            examples=("transfer invite tenant:T024BE7LD", "transfer invite"),
        )
    return tenant


def fingerprint(code: str) -> str:
    """What is kept of a code however it is typed, in small letters or without its hyphens: a SHA-256."""
    signs = "".join(sign for sign in code.upper() if sign.isascii() and sign.isalnum())
    return hashlib.sha256(signs.encode()).hexdigest()


def check_tries(identity: Identity, house: Reads) -> None:
    """Raises Refused for an account that said too many bad codes of late."""
    bad = select(Entry.seq).where(Entry.chain == HOUSE, Entry.record == _tried(identity))
    if len(house.all(bad.where(Entry.at > house.now - WITHIN).limit(TRIES))) >= TRIES:
        raise NotAllowed(
            msg("You said {tries} codes that were wrong. Wait an hour, and ask the other company for a new one."),
            tries=TRIES,
        )


def invited_to(code: str, house: Reads) -> tuple[TransferId, Ref]:
    """The transfer that a code is of, and the invitation. Raises NotFound for one that was never given."""
    invite = house.one(select(Invite).where(Invite.secret == fingerprint(code)))
    if invite is None:
        raise NotFound(
            msg("There is no such code. A code is three times four signs, works once and within 24 hours:"),
            examples=("transfer join K7QM-3XWT-9HPR",),
        )
    return invite.transfer, invite.ref


@handles(NoteJoinRefused)
def note_join_refused(cmd: NoteJoinRefused, work: Work) -> None:
    work.record(JoinRefused(record=_tried(cmd.identity)), reason=f"{cmd.room}: {cmd.why}")


def _tried(identity: Identity) -> str:
    return f"join:{identity}"


@handles(JoinTransfer)
def join_transfer(cmd: JoinTransfer, work: Work) -> Draw:
    transfer = this_transfer(work)
    wanted = select(Invite).where(Invite.transfer == work.transfer, Invite.secret == fingerprint(cmd.code))
    invite = work.one(wanted)
    if invite is None or work.origin is None:
        raise NotFound(msg("There is no such code."))
    _check_invite(invite, work)
    side = OTHER[Side(invite.side)]
    leads = not work.directory.holding("lead", side=side)
    person = _first_lead(side, work) if leads else _member(side, work)
    if leads:
        unseal(side, person, work)
    room = add_room(work.origin.room, work.origin.room_name, Audience.JOINT, work)
    invite.move(USED)
    invite.used_at, invite.used_by, invite.room, invite.made_lead = work.now, person, room.number, leads
    work.record(RoomJoined(record=room.trail_name()))
    show_transfer(transfer, work)
    tell_joined(invite, work)
    return work.card("transfers/joined_answer", transfer=transfer, side=side, leads=leads)


def _check_invite(invite: Invite, work: Work) -> None:
    """Raises Refused for a code that works no more, NotAllowed where or for whom it does not."""
    company = work.directory.company(invite.side)
    _check_holds(invite, company, work)
    assert work.origin is not None
    if invite.tenant and invite.tenant != work.origin.room.tenant:
        raise NotAllowed(
            msg("This code is for another workspace than this one ({tenant}). Ask {company} for one of your own."),
            tenant=work.origin.room.tenant,
            company=company,
        )
    if work.actor.side == invite.side:
        raise NotAllowed(
            msg(
                "{company} gave this code itself: it is for {other}, who says it in a room of their own. "
                "The code still works."
            ),
            company=company,
            other=work.directory.company(OTHER[Side(invite.side)]),
        )


def _check_holds(invite: Invite, company: str, work: Work) -> None:
    if invite.state == USED:
        raise Refused(
            msg("This code was used on {time}, and each works once. A lead of {company} gives you a new one."),
            time=moment_words(invite.used_at or work.now, work),
            company=company,
        )
    if invite.state == WITHDRAWN:
        raise Refused(msg("{company} has withdrawn this code. A lead of theirs gives you a new one."), company=company)
    if work.now > invite.expires_at:
        raise Refused(
            msg("This code ended on {time}: it works for 24 hours. A lead of {company} gives you a new one."),
            time=moment_words(invite.expires_at, work),
            company=company,
        )
    giver = work.directory.members.get(invite.created_by) if invite.created_by else None
    if giver is not None and not giver.active:
        raise Refused(
            msg("Whoever gave this code is not here for {company} any more. A lead of {company} gives you a new one."),
            company=company,
        )


def moment_words(at: datetime, work: Work) -> str:
    """A moment in the transfer's zone, for a sentence."""
    local = at.astimezone(ZoneInfo(work.zone))
    return f"{local:%a} {local.day} {local:%b %Y %H:%M} ({work.zone})"


def _first_lead(side: Side, work: Work) -> PersonId:
    assert work.actor.identity is not None
    account = Account(work.actor.identity, work.actor.name, work.actor.zone)
    if work.actor.person is None:
        check_belongs(account, "", side, work)
    person = person_for(AddMember(account=account, side=side, role="lead"), work)
    member = work.session.get(Member, (work.transfer, person))
    if member is None:
        work.add(Member(transfer=work.transfer, person=person, side=side, roles=["lead"], state="active"))
    else:
        give_role(member, side, "lead", work)
    work.record(MemberAdded(record=f"member:{person}"))
    return person


def _member(side: Side, work: Work) -> PersonId:
    """Who says the code for a company that has a lead. Raises NotAllowed for a stranger, and names nobody to them."""
    if work.actor.person is None or work.actor.side != side:
        raise NotAllowed(
            msg(
                "{company} has a lead already, who says this here themselves, or adds you first. The code still works."
            ),
            company=work.directory.company(side),
            examples=("member add @you role:expert",),
        )
    return work.actor.person

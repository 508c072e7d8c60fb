"""People of a transfer: who belongs to which company, in which roles, and since when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar
from zoneinfo import ZoneInfo

from core.features.transfers.belonging import check_belongs, tell_other_side
from core.features.transfers.claims import ask_own_side, holds_at_once, tell_own_side
from core.features.transfers.events import MemberAdded, MemberRemoved
from core.features.transfers.leaving import tell_other_leads, tell_who_left
from core.features.transfers.lines import account_of, ask_again, speaker_known
from core.features.transfers.opening import called, show_leads, this_transfer
from core.features.transfers.placing import RemoveRoom, end_join, remove_room
from core.features.transfers.records import HeldLine, Invite
from core.features.transfers.taking_back import hanging_on, made_lead_by
from core.kernel.access import MemberOf
from core.kernel.audit import Entry, entries_of
from core.kernel.clock import new_id
from core.kernel.errors import NotAllowed, Refused, msg
from core.kernel.ids import Account, PersonId, Ref, Side
from core.kernel.messages import (
    Command,
    OneOf,
    Question,
    Quoted,
    Reason,
    Reference,
    Someone,
    Stranger,
    Value,
    checked_reason,
)
from core.kernel.registry import answers, handles
from core.kernel.transfers import Member, Person, PersonAccount, Stint
from core.kernel.work import Ask, Draw, Reads, Work

ROLES = ("lead", "qa", "expert", "management", "auditor")
"""Roles within a transfer (source: domain, section 1.0)."""

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")

REASON = Reason("why, where their address is one of the other company")


@dataclass(frozen=True, kw_only=True)
class AddMember(Command):
    """Give a person a company and a role; said again, another role."""

    says: ClassVar[str] = "member add"
    shared: ClassVar[bool] = True
    heading: ClassVar[str] = msg("Add a member")
    needs: ClassVar[str] = "member.add"

    account: Annotated[Account | None, Stranger("the person")] = None
    name: Annotated[str, Quoted("the name of somebody without an account", longest=200)] = ""
    email: Annotated[str, Value("their e-mail address")] = ""
    side: Annotated[Side | None, OneOf("their company")] = None
    role: Annotated[str, OneOf("what they do", options=ROLES)]
    reason: Annotated[str, REASON] = ""


@dataclass(frozen=True, kw_only=True)
class AskWho(Command):
    """Ask who said a held line: a form that shows the line and adds its speaker."""

    says: ClassVar[str] = "line who"
    heading: ClassVar[str] = msg("Say who it was")
    needs: ClassVar[str] = "member.add"

    line: Annotated[Ref, Reference("the held line", prefix="LIN")]


@dataclass(frozen=True, kw_only=True)
class AddSpeaker(Command):
    """Give the unknown speaker of a held line a company and a role."""

    says: ClassVar[str] = "line add"
    heading: ClassVar[str] = msg("Add the speaker")
    needs: ClassVar[str] = "member.add"

    line: Annotated[Ref, Reference("the held line", prefix="LIN")]
    side: Annotated[Side | None, OneOf("their company")] = None
    role: Annotated[str, OneOf("what they do", options=ROLES)]
    reason: Annotated[str, REASON] = ""


@dataclass(frozen=True, kw_only=True)
class RemoveMember(Command):
    """End a person's part in the transfer, or claim somebody whom the other company added; their records stay."""

    says: ClassVar[str] = "member remove"
    heading: ClassVar[str] = msg("End somebody’s part")
    needs: ClassVar[str] = "member.remove"

    person: Annotated[PersonId, Someone("the person")]
    reason: Annotated[str, Reason("why they leave")]


@dataclass(frozen=True, kw_only=True)
class ListMembers(Question):
    """List the people of this transfer by company."""

    says: ClassVar[str] = "member list"
    needs: ClassVar[str] = "transfer.read"


@handles(AddMember)
def add_member(cmd: AddMember, work: Work) -> Draw:
    return _add(cmd, work)


@handles(AskWho)
def ask_who(cmd: AskWho, work: Work) -> Ask:
    line = work.get(HeldLine, cmd.line)
    _check_unknown(line, work)
    about = work.words.translate(msg("{name} ({account}) said: “{text}”"))
    said = about.format(name=line.name, account=line.identity, text=line.text[:500])
    return Ask(AddSpeaker, {"line": line.ref, "side": work.actor.side}, said)


@handles(AddSpeaker)
def add_speaker(cmd: AddSpeaker, work: Work) -> Draw:
    line = work.get(HeldLine, cmd.line)
    _check_unknown(line, work)
    return _add(AddMember(account=account_of(line), side=cmd.side, role=cmd.role, reason=cmd.reason), work)


def _check_unknown(line: HeldLine, work: Work) -> None:
    if speaker_known(line, work):
        raise Refused(
            msg("{name} is known here by now: press “Record”, or say `line all {ref}`."), name=line.name, ref=line.ref
        )


def _add(cmd: AddMember, work: Work) -> Draw:
    this_transfer(work)
    side = cmd.side or work.actor.side
    if side is None:
        raise Refused(msg("Say which company: side:sponsor or side:cmo."))
    _check_side(side, work)
    if cmd.email and not _EMAIL.fullmatch(cmd.email):
        raise Refused(msg("“{email}” is no e-mail address. Write one such as name@example.com."), email=cmd.email)
    reason = checked_reason(cmd.reason) if cmd.reason else ""
    person = person_for(cmd, work)
    member = work.session.get(Member, (work.transfer, person))
    if member is None or member.state != "active":
        if not reason:
            check_belongs(cmd.account, cmd.email, side, work)
        tell_other_side(person, side, reason, work)
    if member is None:
        work.add(Member(transfer=work.transfer, person=person, side=side, roles=[cmd.role], state="active"))
    else:
        give_role(member, side, cmd.role, work)
    work.record(MemberAdded(record=f"member:{person}"), reason=reason)
    if cmd.role == "lead":
        show_leads(work)
    if cmd.account is not None:
        ask_again(cmd.account.identity, work)
    return work.card("transfers/member_added", person=person)


def give_role(member: Member, side: Side, role: str, work: Work) -> None:
    """Give a member, or somebody who left, one more role. Raises Refused for one of the other company."""
    if member.state == "active" and member.side != side:
        raise Refused(
            msg(
                "{name} belongs to {company} already; nobody stands on two sides of one transfer. If that is wrong, "
                "a lead of {company} takes them out first: member remove @{name} reason:…"
            ),
            name=work.directory.name_of(member.person),
            company=work.directory.company(member.side),
        )
    active = member.state == "active"
    if member.side != side:
        member.earlier = [*(member.earlier or []), Stint(side=member.side, until=work.now.isoformat())]
    member.roles = sorted({*member.roles, role}) if active else [role]
    member.side, member.state = side, "active"


def _check_side(side: Side, work: Work) -> None:
    """A lead adds people of their own side; for a side without a lead, any lead may add the first ones."""
    if side != work.actor.side and work.directory.holding("lead", side=side):
        raise NotAllowed(
            msg("{company} has a lead of its own, who adds its people. Ask {who}."),
            company=work.directory.company(side),
            who=work.directory.named("lead", side=side),
        )


def person_for(cmd: AddMember, work: Work) -> PersonId:
    """The person whom an account belongs to, made where nobody is known by it."""
    if cmd.account is None:
        if not cmd.name:
            raise Refused(msg("Say who: mention the person, or give a name in quotes and email:."))
        return _same_name(cmd, work) or _new_person(cmd.name, cmd.email, None, work)
    identity = cmd.account.identity
    key = (identity.platform, identity.tenant, identity.user)
    known = work.session.get(PersonAccount, key)
    if known is not None:
        known.state = "active"
        return known.person
    person = _new_person(cmd.account.name, cmd.email, cmd.account.zone, work)
    work.add(PersonAccount(platform=key[0], tenant=key[1], user=key[2], person=person, state="active"))
    return person


def _same_name(cmd: AddMember, work: Work) -> PersonId | None:
    """The member without an account who bears the name, if nothing says that it is somebody else: they have no more
    than their name. Raises Refused where it may be another's."""
    names = work.directory.active_names
    namesake = next((person for person, name in names.items() if called(name) == called(cmd.name)), None)
    if namesake is None:
        return None
    member, kept = work.directory.members[namesake], work.session.get(Person, namesake)
    theirs = cmd.email.casefold() in ("", (kept.email or "").casefold() if kept else "")
    if theirs and not member.accounts and (cmd.side or work.actor.side) == member.side:
        return namesake
    said = f"@{member.name}" if member.accounts else f'"{member.name}" side:{member.side}'
    raise Refused(
        msg(
            "{name} is a member here already. If they are meant, say it so: member add {said} role:{role}. Somebody "
            "else of this name needs one that tells them apart, such as “{name} (QC)”."
        ),
        name=member.name,
        said=said,
        role=cmd.role,
    )


def _new_person(name: str, email: str, zone: str | None, work: Work) -> PersonId:
    person = PersonId(new_id())
    work.add(Person(id=person, transfer=work.transfer, name=name, email=email or None, zone=zone, state="active"))
    return person


@handles(RemoveMember)
def remove_member(cmd: RemoveMember, work: Work) -> Draw:
    member = work.session.get(Member, (work.transfer, cmd.person))
    if member is None or member.state != "active":
        raise Refused(msg("This person is no member of {code}."), code=work.transfer)
    reason, theirs = checked_reason(cmd.reason), member.side != work.actor.side
    at_once = not theirs or holds_at_once(member, work)
    leads = work.directory.holding("lead", side=Side(member.side))
    if [lead.person for lead in leads] == [cmd.person]:
        invite = made_lead_by(cmd.person, work) if theirs else None
        if invite is not None:
            return _end_join(invite, reason, work)
        raise Refused(
            msg("{name} is the only lead of their company: give another one the role first."),
            name=work.directory.known_as(cmd.person),
        )
    if not at_once:
        return ask_own_side(member, reason, work)
    _end(member, reason, work)
    return work.card("transfers/member_removed", person=cmd.person, own=not theirs and not work.aloud)


def _end_join(invite: Invite, reason: str, work: Work) -> Draw:
    """Whoever was invited by mistake goes as if their room was taken out, also where it is out already."""
    room = next(room for room in work.directory.rooms if room.number == invite.room)
    if not room.removed:
        return remove_room(RemoveRoom(room=room.number, reason=reason), work)
    hanging = hanging_on(invite, work)
    end_join(invite, hanging, room, reason, work)
    return work.card("transfers/member_removed", person=invite.used_by, own=False, people=hanging.people)


def _end(member: Member, reason: str, work: Work) -> None:
    """End somebody's part, and tell them and their leads."""
    member.state = "left"
    work.record(MemberRemoved(record=member.trail_name()), reason=reason)
    if "lead" in member.roles:
        show_leads(work)
    tell_who_left(member, reason, work)
    if member.side != work.actor.side:
        tell_own_side(member, reason, work)
    else:
        tell_other_leads(member, reason, work)


def added_at(member: MemberOf, reads: Reads) -> datetime | None:
    """When somebody came to the transfer first, in its zone, by the trail."""
    first = reads.one(entries_of(f"member:{member.person}", reads.transfer).order_by(Entry.seq))
    return first.at.astimezone(ZoneInfo(reads.zone)) if first is not None else None


@answers(ListMembers)
def list_members(_question: ListMembers, reads: Reads) -> Draw:
    return reads.card("transfers/members")

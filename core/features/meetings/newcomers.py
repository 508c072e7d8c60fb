"""People who are invited before they are members: the meeting keeps their accounts until they are added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from sqlalchemy import Select, or_, select

from core.features.meetings.boards import redraw
from core.features.meetings.events import PeopleInvited
from core.features.meetings.records import Meeting
from core.features.transfers.events import MemberAdded
from core.features.transfers.introducing import introduce
from core.features.transfers.newcomers import Newcomer
from core.features.transfers.opening import this_transfer
from core.kernel.errors import Refused, msg
from core.kernel.ids import Account, PersonId, Ref
from core.kernel.messages import Command, Reference
from core.kernel.registry import handles, reacts
from core.kernel.work import Ask, Work


@dataclass(frozen=True, kw_only=True)
class IntroduceInvited(Command):
    """Add the person who is invited to a meeting and is no member yet."""

    says: ClassVar[str] = "meeting introduce"
    heading: ClassVar[str] = msg("Add who is invited")
    needs: ClassVar[str] = "meeting.invite"

    meeting: Annotated[Ref, Reference("the meeting", prefix="MTG")]


@dataclass(frozen=True, kw_only=True)
class InviteNewcomer(Command):
    """Invite a new member to the meetings that named them before."""

    needs: ClassVar[str] = "meeting.join"

    person: PersonId


def newcomers_of(meeting: Meeting) -> list[Newcomer]:
    """Those who are invited and were no members then."""
    return [Newcomer.of(one) for one in meeting.newcomers or ()]


def await_newcomers(accounts: Sequence[Account], meeting: Meeting) -> None:
    """Keep whom to invite once they are members, each once."""
    known = {one.account.identity: one for one in newcomers_of(meeting)}
    known |= {account.identity: Newcomer(account) for account in accounts}
    meeting.newcomers = [one.as_json() for one in known.values()] or None


@handles(IntroduceInvited)
def introduce_invited(cmd: IntroduceInvited, work: Work) -> Ask:
    this_transfer(work)
    meeting = work.get(Meeting, cmd.meeting)
    named = newcomers_of(meeting)
    if not named:
        raise Refused(msg("Everybody who is invited to {ref} is a member."), ref=meeting.ref)
    by_whom = msg("{name} is added by a lead of their company: {leads}. Then they are invited.")
    return introduce(named[0], meeting.ref, by_whom, work)


@reacts(MemberAdded)
def look_for_their_meetings(event: MemberAdded, work: Work) -> None:
    """The newcomer is no member before this command is done: the invitation follows in one of its own."""
    if work.one(_waiting(work)) is not None:
        person = PersonId(event.record.removeprefix("member:"))
        work.schedule(f"invited:{person}", work.now, InviteNewcomer(person=person))


def _waiting(work: Work) -> Select[Meeting]:
    still = select(Meeting).where(Meeting.transfer == work.transfer, or_(Meeting.planned, Meeting.running))
    return still.where(Meeting.newcomers.is_not(None)).order_by(Meeting.ref)


@handles(InviteNewcomer)
def invite_newcomer(cmd: InviteNewcomer, work: Work) -> None:
    accounts = work.directory.members[cmd.person].accounts
    for meeting in work.all(_waiting(work)):
        named = newcomers_of(meeting)
        left = [one for one in named if one.account.identity not in accounts]
        if len(left) == len(named):
            continue
        meeting.newcomers = [one.as_json() for one in left] or None
        if cmd.person not in meeting.invited:
            meeting.invited = [*meeting.invited, cmd.person]
        work.record(PeopleInvited(record=meeting.ref))
        redraw(meeting, work)

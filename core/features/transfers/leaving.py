"""Somebody leaves a transfer: they are told, and their leads hear what is theirs still."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.kernel.access import RoomOf
from core.kernel.complements import Complement, Fact, Offer
from core.kernel.errors import msg
from core.kernel.ids import PersonId, Ref, Side
from core.kernel.messages import Event
from core.kernel.posting import ToPerson
from core.kernel.registry import shows
from core.kernel.templates import PersonView
from core.kernel.transfers import Member
from core.kernel.work import Reads, Work

SHOWN, OFFERED = 10, 3
"""Of what somebody leaves behind: references that are named, and those that a button each gives to somebody else."""


def left_behind(label: str, refs: Sequence[str], giving: str, reads: Reads, company: str = "") -> Complement | None:
    """What is left behind, as a line under `label`, and the sentence `giving` said of each; None where nothing is.

    `label` may name how many they are, `{count}`, and the `{company}`.
    """
    if not refs:
        return None
    named = ", ".join(refs[:SHOWN]) + (" …" if len(refs) > SHOWN else "")
    offer = reads.words.translate(msg("Give {ref} to…"))
    offers = tuple(Offer(offer.format(ref=ref), f"{giving} {ref}") for ref in refs[:OFFERED] if giving)
    told = reads.words.translate(label).format(count=len(refs), company=company)
    return Complement((Fact(told, named, grave=True),), offers)


def just_now(kind: type[Event], reads: Reads) -> list[Ref]:
    """The records of which the command under way said an event of a kind, each once; none outside a command."""
    events = reads.events if isinstance(reads, Work) else []
    return list(dict.fromkeys(Ref(event.record) for event in events if isinstance(event, kind)))


def stays(person: PersonId, work: Work) -> bool:
    """Whether somebody is a member still, also where several leave by this command."""
    member = work.session.get(Member, (work.transfer, person))
    return member is not None and member.state == "active"


def tell_who_left(member: Member, reason: str, work: Work) -> None:
    """Tell somebody, by direct message, that their part has ended, by whom and why."""
    if member.person != work.actor.person:
        by = work.actor.person
        work.post(ToPerson(member.person), "transfers/removed", person=member.person, by=by, reason=reason)


def tell_whose_part_ended(person: PersonId, room: RoomOf | None, reason: str, work: Work) -> None:
    """Tell somebody that their part ended as a join was taken back: `room` is the one that they joined with."""
    label = room.label if room is not None else ""
    work.post(ToPerson(person), "transfers/removed", person=person, by=work.actor.person, reason=reason, room=label)


def tell_who_is_left(led: PersonId, gone: Sequence[PersonId], reason: str, work: Work) -> None:
    """Tell the company of somebody who led it, where nobody leads it any more; its leads, where one does."""
    side = work.directory.side_of(led)
    left = [one for one in work.directory.members.values() if one.side == side and one.active]
    left = [one for one in left if one.person not in gone]
    leads = [one for one in left if "lead" in one.roles]
    if leads and not work.complement("transfers/member_removed", people=(led,), own=True).facts:
        return
    for one in leads or left:
        work.post(ToPerson(one.person), "transfers/left", person=led, by=work.acting, reason=reason)


def tell_other_leads(member: Member, reason: str, work: Work) -> None:
    """Show the other leads of somebody's company that they left, where anything is theirs still."""
    if not work.complement("transfers/member_removed", people=(member.person,), own=True).facts:
        return
    for lead in work.directory.holding("lead", side=Side(member.side)):
        if lead.person not in (work.actor.person, member.person):
            work.post(ToPerson(lead.person), "transfers/left", person=member.person, by=work.acting, reason=reason)


@dataclass(frozen=True, slots=True)
class RemovedView:
    """What somebody is told whose part in a transfer has ended; `by` is who ended it.

    `room` is the one that they joined with, where that was taken out. `leads` can put it right: of their own company,
    or of the other where theirs has none.
    """

    code: str
    title: str
    by: PersonView
    reason: str
    leads: tuple[PersonView, ...]
    room: str = ""


@shows("transfers/removed")
def removed_view(reads: Reads, person: PersonId, by: PersonId, reason: str, room: str = "") -> RemovedView:
    facts = reads.directory.facts
    own = reads.directory.holding("lead", side=reads.directory.side_of(person))
    leads = own or reads.directory.holding("lead")
    named = tuple(reads.person(lead.person) for lead in leads if lead.person not in ({person, by} if own else {person}))
    return RemovedView(reads.transfer, facts.title if facts else "", reads.person(by), reason, named, room)


@dataclass(frozen=True, slots=True)
class LeftView:
    """Somebody whose part ended, and what is theirs still; `leaderless`: nobody leads their company now."""

    member: PersonView
    by: str
    reason: str
    left_open: tuple[Fact, ...]
    leaderless: bool = False


@shows("transfers/left")
def left_view(reads: Reads, person: PersonId, by: str, reason: str) -> LeftView:
    found = reads.complement("transfers/member_removed", people=(person,), own=True)
    leaderless = not reads.directory.holding("lead", side=reads.directory.side_of(person))
    return LeftView(reads.person(person), by, reason, found.facts, leaderless)


@dataclass(frozen=True, slots=True)
class MemberRemovedView:
    """The answer to whoever ended somebody's part: who it was, what is theirs still, and how it gets another owner."""

    member: PersonView
    roles: tuple[str, ...]
    reachable: bool
    left_open: tuple[Fact, ...] = ()
    offers: tuple[Offer, ...] = ()


@shows("transfers/member_removed")
def member_removed_view(
    reads: Reads, person: PersonId, own: bool, people: Sequence[PersonId] = ()
) -> MemberRemovedView:
    """`people` are all who go with them."""
    member = reads.directory.members[person]
    found = reads.complement("transfers/member_removed", people=people or (person,), own=own)
    roles = tuple(sorted(member.roles))
    return MemberRemovedView(reads.person(person), roles, bool(member.accounts), found.facts, found.offers)

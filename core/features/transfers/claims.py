"""A company says that somebody of the other is its own: what speaks for it decides, else the other company's leads."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from core.features.transfers.belonging import CLAIM_WITHIN, OTHER, Marks, added_at, speaks_for_other
from core.features.transfers.events import MemberClaimed
from core.kernel.audit import Entry, chain_name
from core.kernel.complements import Fact
from core.kernel.errors import NotAllowed, msg
from core.kernel.ids import Audience, PersonId, Side
from core.kernel.posting import ToPerson
from core.kernel.registry import shows
from core.kernel.templates import PersonView
from core.kernel.transfers import Member, Person
from core.kernel.work import Draw, Reads, Work


def holds_at_once(member: Member, work: Work) -> bool:
    """Whether the other company's lead may take somebody out without asking those who added them.

    So where something speaks for it and the person has done nothing here yet, or where nobody could be asked. Raises
    NotAllowed later than CLAIM_WITHIN.
    """
    added, side = added_at(member, work), Side(member.side)
    if added is None or work.now - added > CLAIM_WITHIN:
        raise NotAllowed(
            msg(
                "The lead of {company} ends the part of its people. Yours may only claim somebody within {days} days "
                "after they were added for the wrong company."
            ),
            company=work.directory.company(side),
            days=CLAIM_WITHIN.days,
        )
    if not work.directory.holding("lead", side=side):
        return True
    person = work.session.get(Person, member.person)
    email = (person.email if person else None) or ""
    marks = Marks(work.directory.members[member.person].accounts, email, member.person, added)
    return speaks_for_other(marks, side, work) is not None and not _has_acted(member, work)


def _has_acted(member: Member, reads: Reads) -> bool:
    """Whether the trail holds an entry of theirs, in whichever chain of the transfer."""
    chains = [chain_name(member.transfer, audience) for audience in Audience]
    theirs = Entry.body.contains(f'"person":"{member.person}"', autoescape=True)
    return reads.one(select(Entry).where(Entry.chain.in_(chains), theirs)) is not None


def ask_own_side(member: Member, reason: str, work: Work) -> Draw:
    """Change nothing, and ask the leads of the person's company whether it is so."""
    work.record(MemberClaimed(record=member.trail_name()), reason=reason)
    for lead in work.directory.holding("lead", side=Side(member.side)):
        key, by = f"claim:{member.person}", work.acting
        work.post(ToPerson(lead.person), "transfers/claim", key=key, person=member.person, by=by, reason=reason)
    return work.card("transfers/claim_answer", person=member.person, reason=reason)


def tell_own_side(member: Member, reason: str, work: Work) -> None:
    """Tell the leads who added somebody that the other company took them out, and why."""
    for lead in work.directory.holding("lead", side=Side(member.side)):
        key, by = f"claimed:{member.person}", work.acting
        work.post(ToPerson(lead.person), "transfers/claimed", key=key, person=member.person, by=by, reason=reason)


@dataclass(frozen=True, slots=True)
class ClaimView:
    """Somebody of whom the other company, `claiming`, says that they are its own; nothing has changed yet."""

    member: PersonView
    claiming: str
    by: str
    reason: str


@shows("transfers/claim")
def claim_view(reads: Reads, person: PersonId, by: str, reason: str) -> ClaimView:
    member = reads.person(person)
    return ClaimView(member, reads.directory.company(OTHER[Side(member.side)]), by, reason)


@dataclass(frozen=True, slots=True)
class ClaimAnswerView:
    """The answer to whoever claims somebody: who was asked."""

    member: PersonView
    asked: tuple[PersonView, ...]


@shows("transfers/claim_answer")
def claim_answer_view(reads: Reads, person: PersonId, reason: str) -> ClaimAnswerView:
    member = reads.person(person)
    leads = reads.directory.holding("lead", side=Side(member.side))
    return ClaimAnswerView(member, tuple(reads.person(lead.person) for lead in leads))


@dataclass(frozen=True, slots=True)
class ClaimedView:
    """Somebody whom the other company's lead took out again, and why; `left_open` is what is theirs still."""

    member: PersonView
    by: str
    reason: str
    left_open: tuple[Fact, ...] = ()


@shows("transfers/claimed")
def claimed_view(reads: Reads, person: PersonId, by: str, reason: str) -> ClaimedView:
    found = reads.complement("transfers/member_removed", people=(person,), own=False)
    return ClaimedView(reads.person(person), by, reason, found.facts)

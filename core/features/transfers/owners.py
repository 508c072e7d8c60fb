"""Who may own what is to be done, whose clock counts for them, and who hears it where they cannot be reached."""

from __future__ import annotations

from collections.abc import Iterable

from core.kernel.access import MemberOf
from core.kernel.errors import Refused, msg
from core.kernel.ids import Audience, PersonId, Side
from core.kernel.transfers import Person
from core.kernel.work import Reads

MAY_OWN = frozenset({"lead", "qa", "expert", "management"})
"""Roles of owners; the role table says the same of `action.own` and `capa.own`, and tests hold them together."""


def check_can_own(person: PersonId, reads: Reads) -> MemberOf:
    """The member, who can own something here. Raises Refused for one who left, and for an auditor."""
    member = reads.directory.members[person]
    if not member.active:
        raise Refused(msg("{name} is no longer part of this transfer: name somebody else."), name=member.known_as)
    if not member.roles & MAY_OWN:
        raise Refused(
            msg("{name} is an auditor here, who reads and owns nothing: name somebody else."), name=member.known_as
        )
    return member


def check_may_see(people: Iterable[PersonId], reads: Reads) -> None:
    """Raises Refused where something of one company's own room is to concern somebody of the other one."""
    here = reads.audience
    for person in people:
        member = reads.directory.members[person]
        if here not in (Audience.JOINT, reads.directory.own(member.side)):
            raise Refused(
                msg("{name} is of the other company, which sees nothing of this room. Say it in a joint room."),
                name=member.known_as,
            )


def zone_of(person: PersonId, reads: Reads) -> str:
    """The person's own zone, else the transfer's."""
    known = reads.directory.members.get(person) or reads.session.get(Person, person)  # a member of this moment
    return (known.zone if known else None) or reads.zone


def hearers_for(owner: PersonId, reads: Reads) -> list[PersonId]:
    """Who hears what is for the owner: they themselves, or the leads of their company where they are out of reach.

    Whoever left a company that nobody leads left it with a join that was taken back: the other's leads, who did that,
    are left to give it to somebody.
    """
    member = reads.directory.members[owner]
    if member.active and member.accounts:
        return [owner]
    is_led = member.active or bool(reads.directory.holding("lead", side=member.side))
    return [lead.person for lead in leads_in_reach(member.side if is_led else None, reads)]


def is_others(audience: str, person: PersonId, reads: Reads) -> bool:
    """Whether what is one company's own is not for this person: they are, or are by now, of the other one."""
    return audience not in (Audience.JOINT, reads.directory.own(reads.directory.side_of(person)))


def entitled_leads(audience: str, reads: Reads) -> list[MemberOf]:
    """The leads with a chat account who may see what is for an audience."""
    return [lead for lead in reads.directory.entitled(Audience(audience), "lead") if lead.accounts]


def leads_in_reach(side: Side | None, reads: Reads) -> list[MemberOf]:
    """The leads of a company who have a chat account."""
    return [lead for lead in reads.directory.holding("lead", side=side) if lead.accounts]

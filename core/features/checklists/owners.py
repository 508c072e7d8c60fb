"""Whose an item is: a lead of its company until they hand it on, and whose clock counts for them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.features.checklists.records import BOTH, ChecklistItem
from core.features.meetings.records import Meeting
from core.kernel.access import MemberOf, Person
from core.kernel.errors import Refused, msg
from core.kernel.ids import PersonId, Side
from core.kernel.work import Reads
from core.rules.working_days import reminder_day

MAY_OWN = frozenset({"lead", "qa", "expert", "management"})
"""Roles of owners: auditors read."""


def first_owner(side: str, meeting: Meeting, reads: Reads) -> PersonId | None:
    """Who sees to an item of `side` when the list is opened: the chair where they lead that company, else a lead.

    What is both companies' falls to the chair's. None where the company has no lead yet.
    """
    company = reads.directory.side_of(meeting.chair) if side == BOTH else Side(side)
    leads = reads.directory.holding("lead", side=company)
    best = sorted(leads, key=lambda lead: (lead.person != meeting.chair, not lead.accounts))
    return best[0].person if best else None


def due_day(starts_at: datetime, lead_days: int, reads: Reads) -> date:
    """The day by which an item is to be verified, in the transfer's zone.

    Calendar days before the meeting; what falls on a day off is due on the working day before it; never earlier than
    today, since nobody was asked before.
    """
    zone = ZoneInfo(reads.zone)
    day = reminder_day(starts_at.astimezone(zone).date() - timedelta(days=lead_days))
    return max(day, reads.now.astimezone(zone).date())


def company_words(item: ChecklistItem, reads: Reads) -> str:
    """The company whose item it is; both where it is both's."""
    sides = Side if item.side == BOTH else (Side(item.side),)
    return " / ".join(reads.directory.company(side) for side in sides)


def check_owner(item: ChecklistItem, person: PersonId, reads: Reads) -> None:
    """Raises Refused for somebody who cannot own this item."""
    member = reads.directory.members[person]
    if not member.active:
        raise Refused(msg("{name} is no longer part of this transfer: name somebody else."), name=member.name)
    if not member.roles & MAY_OWN:
        raise Refused(
            msg("{name} is an auditor here, who reads and owns nothing: name somebody else."), name=member.name
        )
    if not item.concerns(member.side):
        raise Refused(
            msg("{ref} is {company}’s, and {name} is not of theirs: name somebody of {company}."),
            ref=item.ref,
            company=company_words(item, reads),
            name=member.name,
        )


def zone_of(person: PersonId, reads: Reads) -> str:
    """The person's own zone, else the transfer's."""
    known = reads.directory.members.get(person) or reads.session.get(Person, person)  # a member of this moment
    return (known.zone if known else None) or reads.zone


def in_reach(person: PersonId, reads: Reads) -> list[MemberOf]:
    """Who hears what is for this person: they themselves, or the leads of their company where they are out of reach."""
    member = reads.directory.members[person]
    if member.active and member.accounts:
        return [member]
    return [lead for lead in reads.directory.holding("lead", side=member.side) if lead.accounts]

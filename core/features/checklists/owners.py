"""Whose an item is: a lead of its company until they hand it on, and whose clock counts for them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.features.checklists.records import BOTH, ChecklistItem
from core.features.meetings.records import Meeting
from core.features.transfers.owners import check_can_own
from core.kernel.errors import Refused, msg
from core.kernel.ids import PersonId, Side
from core.kernel.work import Reads
from core.rules.working_days import reminder_day


def first_owner(side: str, meeting: Meeting, reads: Reads) -> PersonId | None:
    """Who sees to an item of `side` when the list is opened: the chair where they lead that company, else a lead.

    What is both companies' falls to the chair's. None where the company has no lead yet.
    """
    company = reads.directory.side_of(meeting.chair) if side == BOTH else Side(side)
    leads = reads.directory.holding("lead", side=company)
    best = sorted(leads, key=lambda lead: (lead.person != meeting.chair, not lead.accounts))
    return best[0].person if best else None


def counterpart(item: ChecklistItem, reads: Reads) -> PersonId | None:
    """Who sees to an item of both companies for the one that its owner is not of: a lead of theirs."""
    if item.side != BOTH or item.owner is None:
        return None
    owners = reads.directory.side_of(item.owner)
    leads = [lead for side in Side if side != owners for lead in reads.directory.holding("lead", side=side)]
    best = sorted(leads, key=lambda lead: not lead.accounts)
    return best[0].person if best else None


def people_of(item: ChecklistItem, reads: Reads) -> list[PersonId]:
    """Whose an item is: its owner's, and of both companies' the other lead's too."""
    return [one for one in (item.owner, counterpart(item, reads)) if one is not None]


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
    member = check_can_own(person, reads)
    if not item.concerns(member.side):
        raise Refused(
            msg("{ref} is {company}’s, and {name} is not of theirs: name somebody of {company}."),
            ref=item.ref,
            company=company_words(item, reads),
            name=member.known_as,
        )

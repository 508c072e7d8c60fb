"""Who may own a line, whose company that makes it, and whose clock counts."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from core.features.actions.deadlines import deadline_of
from core.features.capa.records import Capa, CapaLine
from core.features.meetings.reasons import SLIP
from core.features.transfers.owners import check_can_own, zone_of
from core.kernel.access import MemberOf
from core.kernel.errors import NotAllowed, Refused, msg
from core.kernel.ids import Audience, PersonId
from core.kernel.messages import Due
from core.kernel.templates import day_words
from core.kernel.work import Reads, Work


def check_owner(person: PersonId, capa: Capa, reads: Reads) -> None:
    """Raises Refused for somebody who can own nothing here, or may not see the CAPA."""
    member = check_can_own(person, reads)
    if capa.audience not in (Audience.JOINT, reads.directory.own(member.side)):
        raise Refused(
            msg("{ref} is {company}’s own: its lines have owners of {company} alone, and {name} is of {other}."),
            ref=capa.ref,
            company=reads.directory.company(Audience(capa.audience).side),
            name=member.known_as,
            other=reads.directory.company(member.side),
        )


def owner_still(line: CapaLine, capa: Capa, reads: Reads) -> PersonId | None:
    """The line's owner, if it can be theirs any more."""
    if line.owner is None:
        return None
    with suppress(Refused):
        check_owner(line.owner, capa, reads)
        return line.owner
    return None


def deadline(due: Due, owner: PersonId | None, reads: Reads) -> datetime:
    """The moment (UTC) after which what is due then is overdue for its owner."""
    found = deadline_of(due.day, due.at, [zone_of(owner, reads) if owner else reads.zone])
    assert found is not None  # a date always has one
    return found


def check_due(due: Due, owner: PersonId | None, reads: Reads) -> None:
    """Raises Refused for a date that is over already."""
    if deadline(due, owner, reads) <= reads.now:
        raise Refused(msg("{day} is over already: name a date that is still to come."), day=day_words(due.day))


def check_not_for_oneself(line: CapaLine, owner: PersonId | None, due: Due, reads: Reads) -> None:
    """Raises NotAllowed for an owner who gives themselves more time, but for a slip of their own that they mend at once
    (source: domain, extension requests)."""
    person = reads.actor.person
    if person is None or (line.owner, owner) != (person, person) or deadline(due, owner, reads) <= line.deadline:
        return
    if line.created_by == person and reads.now - line.created_at <= SLIP:
        return
    others = who_gives_dates(line, person, reads)
    raise NotAllowed(
        msg("{ref} is yours, and nobody gives themselves more time. Another lead or QA gives it that date: {names}."),
        ref=line.ref,
        names=", ".join(f"{one.known_as} ({reads.directory.company(one.side)})" for one in others) or "–",
    )


def who_gives_dates(line: CapaLine, owner: PersonId, reads: Reads) -> list[MemberOf]:
    """The leads and QA who may give an owner's line another date: of their company, or of the other where it has no
    other than the owner."""
    others = [one for one in reads.directory.holding("lead", "qa") if one.person != owner]
    own = [one for one in others if one.side == reads.directory.side_of(owner)]
    return own if own or line.audience != Audience.JOINT else others


def only_owner(line: CapaLine, work: Work) -> PersonId:
    """The actor, who owns the line. Raises NotAllowed, with who does."""
    person = work.actor.person
    if person is not None and person == line.owner:
        return person
    if line.owner is None:
        raise NotAllowed(
            msg("{ref} has no owner yet. A lead or QA names one:"),
            ref=line.ref,
            examples=(f"capa assign {line.ref} @name",),
        )
    raise NotAllowed(
        msg("{ref} is {owner}’s: only its owner says this. If it is to be yours, a lead or QA gives it to you, {who}:"),
        ref=line.ref,
        who=work.directory.named("lead", "qa", side=work.actor.side),
        owner=work.directory.known_as(line.owner),
        examples=(f"capa assign {line.ref} @you",),
    )

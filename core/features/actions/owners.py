"""Who owns an action: whose company that makes it, whose clock counts, and who may own one at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.features.actions.deadlines import deadline_of
from core.features.actions.records import Action
from core.features.transfers.owners import check_can_own, check_may_see, is_others, zone_of
from core.kernel.errors import NotAllowed, Refused, msg
from core.kernel.ids import Audience, PersonId
from core.kernel.work import Reads, Work

MOST = 10
"""Owners of one action: what more people own, nobody does."""

BOTH = "both"


def check_owners(owners: Sequence[PersonId], reads: Reads, newcomers: int = 0) -> None:
    """Raises Refused for somebody who can own nothing here, and for more people than MOST, `newcomers` counted in."""
    if len(owners) + newcomers > MOST:
        raise Refused(
            msg("{count} people are too many: an action has {most} owners at most. Name those who see to it."),
            count=len(owners) + newcomers,
            most=MOST,
        )
    check_may_see(owners, reads)
    for person in owners:
        check_can_own(person, reads)


def check_own(owners: Sequence[PersonId], action: Action, reads: Reads) -> None:
    """Nobody of the other company owns what is one company's own, wherever that is said. Raises NotAllowed."""
    for person in owners:
        if is_others(action.audience, person, reads):
            raise NotAllowed(
                msg("{ref} is {company}’s own and stays there: nobody of the other company can have a part in it."),
                ref=action.ref,
                company=reads.directory.company(Audience(action.audience).side),
            )


def side_of(owners: Sequence[PersonId], reads: Reads) -> str | None:
    """The company of all of them, BOTH where they are of two, None without owners."""
    sides = {side.value for person in owners if (side := reads.directory.side_of(person))}
    return BOTH if len(sides) > 1 else next(iter(sides), None)


def deadline(action: Action, reads: Reads) -> datetime | None:
    """The deadline that follows from its due day or moment and its owners."""
    zones = [zone_of(person, reads) for person in action.owners] or [reads.zone]
    return deadline_of(action.due, action.due_at, zones)


def names(people: Sequence[PersonId], reads: Reads) -> str:
    """Their names, for a sentence."""
    return ", ".join(reads.directory.known_as(person) for person in people)


def only_owner(action: Action, work: Work) -> PersonId:
    """The actor, who owns the action. Raises NotAllowed, with who does."""
    person = work.actor.person
    if person is not None and person in action.owners:
        return person
    if not action.owners:
        raise NotAllowed(
            msg("{ref} has no owner yet. Somebody names one:"),
            ref=action.ref,
            examples=(f"action plan {action.ref} @name by Friday",),
        )
    raise NotAllowed(
        msg("{ref} is {owners}’s: only an owner says this. If it is to be yours, a lead gives it to you, {who}:"),
        ref=action.ref,
        owners=names(action.owners, work),
        who=work.directory.named("lead", side=work.actor.side),
        examples=(f"action reassign {action.ref} @you",),
    )


def leads_an_owner(action: Action, reads: Reads) -> bool:
    """Whether the actor is a lead of an owner's company."""
    sides = {reads.directory.side_of(person) for person in action.owners}
    if action.audience != Audience.JOINT:  # who owns it may be of the other company by now
        sides = {Audience(action.audience).side}
    return "lead" in reads.actor.roles and reads.actor.side in sides

"""What people who leave a transfer leave without an owner: items that wait for whoever leads their company next."""

from __future__ import annotations

from collections.abc import Sequence

from core.features.checklists.finding import owned_live
from core.features.transfers.leaving import left_behind
from core.kernel.complements import Complement, joined
from core.kernel.errors import msg
from core.kernel.ids import PersonId
from core.kernel.registry import complements
from core.kernel.work import Reads


@complements("transfers/member_removed")
def items_without_an_owner(reads: Reads, people: Sequence[PersonId], own: bool) -> Complement | None:
    """Shown once they are gone: what falls to a lead of theirs is told to that one."""
    sides = {reads.directory.side_of(person) for person in people}
    waiting = [item for _, items in owned_live(reads, None) for item in items if any(map(item.concerns, sides))]
    ours = [item.ref for item in waiting if item.concerns(reads.actor.side)]
    theirs = [item.ref for item in waiting if item.ref not in ours]
    wait = msg("{count} checklist items wait for whoever leads their company next")
    one_waits = msg("1 checklist item waits for whoever leads their company next")
    need, one_needs = msg("{count} checklist items need an owner"), msg("1 checklist item needs an owner")
    giving = "checklist assign" if reads.may("checklist.assign") else ""
    return joined(
        (
            left_behind(one_needs if len(ours) == 1 else need, ours, giving, reads),
            left_behind(one_waits if len(theirs) == 1 else wait, theirs, "", reads),
        )
    )

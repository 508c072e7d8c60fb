"""What people who leave a transfer still have to do: their open actions."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from core.features.actions.records import Action
from core.features.transfers.leaving import left_behind
from core.kernel.complements import Complement
from core.kernel.errors import msg
from core.kernel.ids import PersonId
from core.kernel.registry import complements
from core.kernel.work import Reads


@complements("transfers/member_removed")
def actions_left_open(reads: Reads, people: Sequence[PersonId], own: bool) -> Complement | None:
    """Their open actions, by reference; a lead gives them to somebody else."""
    here = select(Action).where(Action.transfer == reads.transfer, Action.open).order_by(Action.deadline, Action.ref)
    theirs = [action.ref for action in reads.all(here) if not set(people).isdisjoint(action.owners)]
    label = msg("1 open action is theirs") if len(theirs) == 1 else msg("{count} open actions are theirs")
    return left_behind(label, theirs, "action reassign" if reads.may("action.reassign") else "", reads)

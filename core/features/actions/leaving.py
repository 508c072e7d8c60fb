"""What somebody who leaves a transfer still has to do: their open actions."""

from __future__ import annotations

from sqlalchemy import select

from core.features.actions.records import Action
from core.kernel.complements import Complement, Fact
from core.kernel.errors import msg
from core.kernel.ids import PersonId
from core.kernel.registry import complements
from core.kernel.work import Reads

SHOWN = 10
"""References that are named; of more, only how many there are is said."""


@complements("transfers/member_removed")
def actions_left_open(reads: Reads, person: PersonId, own: bool) -> Complement | None:
    """Their open actions, by reference; a lead gives them to somebody else."""
    here = select(Action).where(Action.transfer == reads.transfer, Action.open).order_by(Action.deadline, Action.ref)
    theirs = [action.ref for action in reads.all(here) if person in action.owners]
    if not theirs:
        return None
    label = msg("1 open action is theirs") if len(theirs) == 1 else msg("{count} open actions are theirs")
    named = ", ".join(theirs[:SHOWN]) + (" …" if len(theirs) > SHOWN else "")
    return Complement((Fact(reads.words.translate(label).format(count=len(theirs)), named, grave=True),))

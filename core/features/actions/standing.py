"""Whether something may still be done with an action, said plainly where not: cards of last month have buttons too."""

from __future__ import annotations

from core.features.actions.records import Action
from core.kernel.errors import Refused, msg
from core.kernel.work import Reads

_OVER = {
    "done_claimed": msg("{ref} is done already: nothing more is expected of its owners. If it is not:"),
    "closed": msg("{ref} is done and verified already."),
    "cancelled": msg("{ref} is cancelled already. If it is needed after all, record it anew."),
    "withdrawn": msg("{ref} is withdrawn. If it is needed after all, record it anew."),
}


def living_transfer(reads: Reads) -> None:
    """Raises Refused where the transfer is closed; read from memory, since every action passes here."""
    if reads.directory.facts is None or not reads.directory.facts.open:
        raise Refused(msg("{code} is closed: nothing more is recorded in it."), code=reads.transfer)


def still_open(action: Action) -> Action:
    """The action. Raises Refused where nobody is to do it any more; what was only said to be done can be reopened."""
    if not action.open:
        back = (f'action reopen {action.ref} reason:"why"',) if action.state == "done_claimed" else ()
        raise Refused(_OVER[action.state], ref=action.ref, examples=back)
    return action

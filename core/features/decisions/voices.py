"""Who speaks for which company: what is said to a decision keeps the person, their side and the time."""

from __future__ import annotations

from core.features.decisions.records import Voice
from core.kernel.errors import NotAllowed, msg
from core.kernel.ids import Side
from core.kernel.work import Work


def own_side(work: Work) -> Side:
    """The company that the actor speaks for. Raises NotAllowed for somebody of neither."""
    if work.actor.side is None:
        raise NotAllowed(msg("Only somebody of one of the two companies speaks for it."))
    return work.actor.side


def voice(work: Work) -> Voice:
    """The actor's word for their company, now."""
    assert work.actor.person is not None  # the role table lets only members in
    return Voice(
        person=work.actor.person,
        side=own_side(work).value,
        at=work.now.isoformat(timespec="milliseconds"),
    )

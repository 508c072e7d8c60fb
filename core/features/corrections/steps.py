"""`undo` after a step on a checklist: the item is as it was before, as long as nobody did anything with it since."""

from __future__ import annotations

from datetime import timedelta

from core.features.checklists.reopening import STEPS, Step, last_step, take_back
from core.features.corrections.last import last_said
from core.features.meetings.reasons import SLIP, SLIP_OF_THE_PEN
from core.kernel.errors import NotAllowed, Refused, msg
from core.kernel.ids import Audience, Ref
from core.kernel.messages import checked_reason
from core.kernel.work import Work

LAST_HOUR = timedelta(hours=1)
"""As long one's own last record or step needs no name to be taken back."""


def item_just_changed(work: Work) -> Ref | None:
    """The item to which the actor did something, where that is what they said last in the last hour."""
    if work.audience != Audience.JOINT:  # checklists are both companies'
        return None
    steps = (one for one in last_said(work) if STEPS & {*one["event"].split()})
    ref = next((Ref(one["record"]) for one in steps), None)
    step = last_step(ref, work) if ref is not None else None
    if step is not None and step.is_by(work.actor.person) and work.now - step.at > LAST_HOUR:
        raise Refused(
            msg("You recorded nothing here in the last hour. What is older is taken back by its name:"),
            examples=(f"undo {ref}",),
        )
    return ref


def undo_step(ref: Ref, said: str, work: Work) -> bool:
    """Take back what the actor did to an item last; False where a reason is due and was not said."""
    step = last_step(ref, work)
    if step is None or not step.is_by(work.actor.person):
        raise _not_theirs(ref, step, work)
    reason = checked_reason(said) if said else SLIP_OF_THE_PEN if work.now - step.at <= SLIP else ""
    if reason:
        take_back(step, reason, work)
    return bool(reason)


def _not_theirs(ref: Ref, step: Step | None, work: Work) -> Refused:
    if step is None:
        return Refused(msg("Nothing was done to {ref} yet that could be taken back."), ref=ref)
    may_reopen = step.item.settled and work.may("checklist.reopen")
    again = msg("{name} changed {ref} last: only your own last step is taken back so. As QA you may open it again:")
    other = msg("{name} changed {ref} last: only your own last step is taken back so.")
    return NotAllowed(
        again if may_reopen else other,
        name=step.body["name"],
        ref=ref,
        examples=(f'checklist reopen {ref} reason:"why"' if may_reopen else f"checklist {ref}",),
    )

"""What a meeting should not leave behind: actions that nobody owns, or whose date is missing or a guess."""

from __future__ import annotations

from sqlalchemy import select

from core.features.actions.records import Action
from core.features.meetings.records import Meeting
from core.kernel.complements import Complement, Fact
from core.kernel.errors import msg
from core.kernel.registry import complements
from core.kernel.work import Reads

NAMED = 12
"""As many are named; the minutes have them all."""


@complements("meetings/ending")
def unconfirmed_actions(reads: Reads, meeting: Meeting) -> Complement | None:
    recorded = reads.all(
        select(Action)
        .where(Action.transfer == reads.transfer, Action.meeting == meeting.ref, Action.open)
        .order_by(Action.created_at, Action.ref)
    )
    refs = [action.ref for action in recorded if action.needs_confirmation]
    if not refs:
        return None
    label = reads.words.translate(msg("Actions without an owner or a sure date"))
    return Complement((Fact(label, ", ".join(refs[:NAMED]) + (" …" if len(refs) > NAMED else ""), grave=True),))

"""What a meeting's end should not leave behind: decisions that still wait for a company's word."""

from __future__ import annotations

from sqlalchemy import select

from core.features.decisions.records import Decision
from core.features.decisions.views import waiting_for
from core.features.meetings.records import Meeting
from core.kernel.complements import Complement, Fact
from core.kernel.errors import msg
from core.kernel.registry import complements
from core.kernel.work import Reads

NAMED = 12
"""As many are named; the minutes have them all."""


@complements("meetings/ending")
def undecided_decisions(reads: Reads, meeting: Meeting) -> Complement | None:
    waiting = reads.all(
        select(Decision)
        .where(Decision.transfer == reads.transfer, Decision.meeting == meeting.ref, Decision.open)
        .order_by(Decision.created_at, Decision.ref)
    )
    if not waiting:
        return None
    named = [f"{row.ref} ({', '.join(waiting_for(row, reads))})" for row in waiting[:NAMED]]
    label = reads.words.translate(msg("Decisions that wait for a company"))
    return Complement((Fact(label, ", ".join(named) + (" …" if len(waiting) > NAMED else ""), grave=True),))

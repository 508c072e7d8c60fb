"""Why something confirmed changes: said or asked for, but for the slip that its author mends at once."""

from __future__ import annotations

from datetime import timedelta

from core.kernel.messages import checked_reason
from core.kernel.records import Record
from core.kernel.work import Work

SLIP = timedelta(minutes=15)
"""How long an author may mend a record that nobody acted on without saying why (source: interface, Sentences)."""


SLIP_OF_THE_PEN = "slip of the pen"


def reason_or_slip(record: Record, reason: str, work: Work, slip: str = SLIP_OF_THE_PEN) -> str | None:
    """The reason as the trail keeps it; None where one is due and was not said. Raises Refused for one too short.

    `slip` is what the trail keeps where an author mends at once and says none.
    """
    if reason:
        return checked_reason(reason)
    own = work.actor.person is not None and work.actor.person == record.created_by
    if own and record.version == 1 and work.now - record.created_at <= SLIP:
        return slip
    return None

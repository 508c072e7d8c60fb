"""Duties that one person may not hold on the same record: whoever does the work does not judge it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Duty(StrEnum):
    """What a person does for a CAPA, one of its lines, or an action."""

    OWN = "own"
    APPROVE = "approve"
    VERIFY = "verify"
    CHECK_EFFECTIVENESS = "check effectiveness"


APART = frozenset(
    {
        frozenset({Duty.OWN, Duty.APPROVE}),
        frozenset({Duty.OWN, Duty.VERIFY}),
        frozenset({Duty.OWN, Duty.CHECK_EFFECTIVENESS}),
    }
)
"""Pairs that are never one person's (source: domain, sections 1.0 and 6: the approver is never the owner)."""


def in_the_way(duty: Duty, held: Iterable[Duty]) -> Duty | None:
    """The duty among those `held` that keeps a person from `duty` on the same record, or None."""
    return next((other for other in held if frozenset({duty, other}) in APART), None)

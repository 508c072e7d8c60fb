"""What a CAPA's plan is made of: three kinds of line, which of them a plan lacks, what may start before approval."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class LineKind(StrEnum):
    """The kinds of a CAPA's lines, in the order in which they are usually begun (source: domain, section 1.7).

    The names are those of the transfer's own language: in ICH Q10 a corrective action prevents recurrence and a
    preventive one occurrence elsewhere.
    """

    CORRECTION = "correction"
    CORRECTIVE = "corrective"
    PREVENTIVE = "preventive"


STARTS_AT_ONCE = frozenset({LineKind.CORRECTION})
"""Kinds that may begin before the root cause is known and the CAPA is approved: an immediate fix cannot wait."""

TAKES_LINES = frozenset({"draft", "planned"})
"""States of a CAPA whose plan can still change: the approval fixes its lines and their dates."""


def lacking(kinds: Iterable[LineKind]) -> tuple[LineKind, ...]:
    """The kinds that a plan with lines of these `kinds` does not have yet, in their order."""
    there = frozenset(kinds)
    return tuple(kind for kind in LineKind if kind not in there)

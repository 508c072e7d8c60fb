"""Lists come ten at a time, those still open first and the newest before the older ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import func, select

from core.features.meetings.records import Captured
from core.kernel.errors import Refused, msg
from core.kernel.work import Reads

C = TypeVar("C", bound=Captured)

LENGTH = 10
"""Records on one page."""


@dataclass(frozen=True, slots=True)
class Page(Generic[C]):
    """The records of one page, the number of the next one (0 where there is none), and how many are left for it."""

    rows: Sequence[C]
    next: int
    left: int


def start_of(number: int, total: int, length: int = LENGTH) -> int:
    """Where page `number`, from 1, of `total` rows begins, from 0. Raises Refused for a page that does not exist."""
    last = max(1, -(-total // length))
    if not 1 <= number <= last:
        only = msg("There is no page {number}: there is only one.")
        several = msg("There is no page {number}: the pages are 1 to {last}.")
        raise Refused(only if last == 1 else several, number=number, last=last)
    return (number - 1) * length


def page_of(kind: type[C], number: int, reads: Reads) -> Page[C]:
    """Page `number`, from 1, of the transfer's records of a kind. Raises Refused for a page that does not exist."""
    here = kind.transfer == reads.transfer
    total = reads.one(select(func.count(kind.ref)).where(here)) or 0
    start = start_of(number, total)
    order: list[Any] = [kind.created_at.desc(), kind.ref.desc()]
    if "open" in kind.__mapper__.columns:
        order.insert(0, kind.__mapper__.columns["open"].desc())
    rows = reads.all(select(kind).where(here).order_by(*order).limit(LENGTH).offset(start))
    left = max(0, total - number * LENGTH)
    return Page(rows, number + 1 if left else 0, left)

"""How a record is to read from now on: what differs from what it says, of the parts that its kind has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.features.actions.records import DUE, OWNER, Action
from core.features.capa.records import CapaLine
from core.features.corrections.kinds import Correctable, text_of
from core.features.questions.records import AskedQuestion
from core.kernel.errors import Refused, msg
from core.kernel.ids import PersonId
from core.kernel.messages import Due

TEXT = "text"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to change: only what is not None."""

    text: str | None = None
    owners: tuple[PersonId, ...] | None = None
    due: Due | None = None

    @property
    def what(self) -> list[str]:
        """The names of the parts that change."""
        parts = {TEXT: self.text, OWNER: self.owners, DUE: self.due}
        return [name for name, value in parts.items() if value is not None]


def wanted(record: Correctable, text: str, owners: Sequence[PersonId], due: Due | None) -> Wanted:
    """What of it differs from what the record says. Raises Refused for a part that its kind does not have."""
    if owners and not has_owner(record):
        raise Refused(msg("{ref} has no owner that could be another."), ref=record.ref)
    if due is not None and not has_date(record):
        raise Refused(msg("{ref} has no date that could be another."), ref=record.ref)
    return Wanted(
        text if text and text != text_of(record) else None,
        tuple(owners) if owners and set(owners) != set(owners_of(record)) else None,
        None if due is None or _is_settled(due, record) else due,
    )


def has_owner(record: Correctable) -> bool:
    """Whether somebody does it, or is asked."""
    return isinstance(record, Action | CapaLine | AskedQuestion)


def has_date(record: Correctable) -> bool:
    """Whether it is due at some time."""
    return isinstance(record, Action | CapaLine)


def owners_of(record: Correctable) -> tuple[PersonId, ...]:
    """Who does it, or is asked."""
    match record:
        case Action():
            return tuple(record.owners)
        case CapaLine():
            return (record.owner,) if record.owner else ()
        case AskedQuestion():
            return tuple(record.asked_of)
        case _:
            return ()


def due_of(record: Correctable) -> Due | None:
    """When it is due."""
    if isinstance(record, Action | CapaLine) and record.due is not None:
        return Due(record.due, record.due_at)
    return None


def unconfirmed(record: Correctable) -> list[str]:
    """The parts that are missing or a guess: to settle one needs no reason."""
    return [what for what in record.confirm if what in (OWNER, DUE)] if isinstance(record, Action) else []


def _is_settled(due: Due, record: Correctable) -> bool:
    """Whether it is due then already, and that is no guess; a day alone says nothing of the hour."""
    now = due_of(record)
    same = now is not None and due.day == now.day and due.at in (None, now.at)
    return same and DUE not in unconfirmed(record)

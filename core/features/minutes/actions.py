"""The actions of a meeting in its minutes, by owner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.features.actions.records import Action
from core.features.minutes.earlier import state_words
from core.features.minutes.undoing import Undone, cancelled_of, withdrawn_of
from core.kernel.ids import PersonId
from core.kernel.templates import PersonView, TimeView
from core.kernel.work import Reads


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action of one owner; `unconfirmed` names what is still missing or a guess, so that no fact is claimed.

    `withdrawn`: who took it back or cancelled it, and why.
    """

    ref: str
    text: str
    due: date | None
    due_at: TimeView | None
    state: str
    unconfirmed: tuple[str, ...]
    withdrawn: Undone | None = None


@dataclass(frozen=True, slots=True)
class OwnerLines:
    """The actions of one owner, None for those that nobody owns yet. An action of two owners stands with both."""

    owner: PersonView | None
    actions: tuple[ActionLine, ...]


def by_owner(reads: Reads, actions: Sequence[Action]) -> tuple[OwnerLines, ...]:
    """Owners by name, what nobody owns yet last."""
    held: dict[PersonId | None, list[ActionLine]] = {}
    for action in actions:
        owners: list[PersonId | None] = [*action.owners] or [None]
        for owner in owners:
            held.setdefault(owner, []).append(_action(reads, action))
    named = sorted((owner for owner in held if owner), key=reads.directory.name_of)
    order = [*named, *([None] if None in held else [])]
    return tuple(OwnerLines(reads.person(owner) if owner else None, tuple(held[owner])) for owner in order)


def _action(reads: Reads, action: Action) -> ActionLine:
    return ActionLine(
        action.ref,
        action.text,
        action.due,
        reads.time(action.due_at) if action.due_at else None,
        state_words(action.state),
        () if action.state in ("withdrawn", "cancelled") else tuple(action.confirm),
        cancelled_of(reads, action) if action.state == "cancelled" else withdrawn_of(reads, action),
    )

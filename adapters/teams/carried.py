"""What a button or a form carries back to Tandem through Teams: written and read in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from core.api import ChoiceInput, Form, Input, PeopleInput, Place

KEY = "tandem"
"""Under which it stands in an action's data; what was filled in stands beside it, by input name."""
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Said:
    """The sentence of a button, and the place that it was drawn for."""

    says: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form knew already: its message, `given` as JSON text, and its place.

    `several` names the inputs that take more than a text: `choices`, the `members` of a list, or Teams' `accounts`.
    A `posted` form is a message of its own; any other stands in a dialog, or for its reader in another card's place.
    """

    message: str
    given: str
    place: Place | None = None
    several: Mapping[str, str] = field(default_factory=dict)
    posted: bool = False


@dataclass(frozen=True, slots=True)
class Again:
    """The card is to be shown to its reader as it is now: by Teams itself, or by who pressed to go back."""


class _Carried(msgspec.Struct, omit_defaults=True):
    says: str | None = None
    message: str | None = None
    given: str = "{}"
    place: Place | None = None
    several: dict[str, str] = {}
    posted: bool = False
    again: bool = False


def of_again() -> dict[str, Any]:
    """The data of what shows a card again."""
    return _data(_Carried(again=True))


def of_button(says: str, place: Place | None) -> dict[str, Any] | None:
    """A button's data, or None where the sentence is too long to be carried."""
    return _data(_Carried(says=says, place=place)) if len(says) <= LONGEST else None


def of_form(form: Form, posted: bool = False) -> dict[str, Any]:
    """A form's data."""
    several = {block.name: kind for block in form.blocks if isinstance(block, Input) and (kind := _several(block))}
    return _data(_Carried(message=form.message, given=form.given, place=form.place, several=several, posted=posted))


def read(data: object) -> Said | Asked | Again | None:
    """What an action brought; None for data that Tandem did not write. Raises ValueError for broken data."""
    if not isinstance(data, Mapping) or KEY not in data:
        return None
    carried = msgspec.convert(data[KEY], _Carried)
    if carried.message is not None:
        return Asked(carried.message, carried.given, carried.place, carried.several, carried.posted)
    if carried.again:
        return Again()
    if carried.says is None:
        raise ValueError("an action that says nothing")
    return Said(carried.says, carried.place)


CHOICES, MEMBERS, ACCOUNTS = "choices", "members", "accounts"


def _several(block: Input) -> str | None:
    match block:
        case PeopleInput(options=options):
            return MEMBERS if options else ACCOUNTS
        case ChoiceInput(many=True):
            return CHOICES
        case _:
            return None


def entered(data: Mapping[str, Any]) -> dict[str, str]:
    """What was filled in, by input name; an input that was left empty is ""."""
    return {
        name: "" if value is None else str(value)
        for name, value in data.items()
        if name not in (KEY, "msteams") and not isinstance(value, dict | list)
    }


def picked(typed: str) -> tuple[str, ...]:
    """What was chosen of several: Teams joins it by commas."""
    return tuple(one for one in (part.strip() for part in typed.split(",")) if one)


def _data(carried: _Carried) -> dict[str, Any]:
    found: dict[str, Any] = {KEY: msgspec.to_builtins(carried)}
    return found

"""Whether a view shows people at all: who they are on a platform is looked up for those that do, not for the rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from core.view.shapes import (
    Block,
    Buttons,
    ChoiceInput,
    DateInput,
    Divider,
    Fields,
    FormBlock,
    List,
    PeopleInput,
    PersonSpan,
    Picture,
    Spans,
    Table,
    Text,
    TextInput,
    Title,
    View,
)


def shows_people(view: View) -> bool:
    """True if a person stands anywhere on the view, or can be picked there."""
    return any(
        isinstance(block, PeopleInput) or any(isinstance(span, PersonSpan) for line in _lines(block) for span in line)
        for block in view.blocks
    )


def _lines(block: Block | FormBlock) -> Iterator[Spans]:
    match block:
        case Title(spans) | Text(spans):
            yield spans
        case Fields(fields):
            yield from (field.value for field in fields)
        case List(items):
            yield from items
        case Table(rows=rows):
            yield from (cell for row in rows for cell in row)
        case Buttons() | Divider() | Picture() | TextInput() | DateInput() | ChoiceInput() | PeopleInput():
            pass
        case _:
            assert_never(block)

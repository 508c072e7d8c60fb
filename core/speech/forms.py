"""The form that asks for what a sentence left out: an input for each part, with known values filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from core.kernel.errors import msg
from core.kernel.ids import Account
from core.kernel.messages import (
    Day,
    Due,
    DueBy,
    InQuotes,
    Message,
    Minutes,
    Moment,
    Number,
    OneOf,
    Order,
    People,
    Question,
    Reason,
    Reference,
    Someone,
    Stranger,
    TimeSaid,
    Words,
    Zone,
)
from core.rules.typography import upright
from core.speech.hearing import Hearing
from core.speech.shape import Shape, Slot, shape_of
from core.speech.wording import MOMENT, Translate, about, as_is, moment_words, sentence_for
from core.view import Bold, ChoiceInput, DateInput, Form, Input, Option, PeopleInput, Text, TextInput

AS_ASKED = ""
"""What `given` holds beside values, under the name of no field: how the form was asked for, to draw it so again."""


def form_for(
    kind: type[Message],
    values: Mapping[str, Any],
    hearing: Hearing,
    translate: Translate = as_is,
    told: Sequence[str] = (),
) -> Form:
    """The form that makes a `kind`, with `values` (by field name) filled in; `told` are lines to read first.

    Somebody who is no member yet is read, not picked: a picker of members cannot show them. `given` is JSON of every
    known value but the texts, which stand in their inputs alone: a platform carries few characters with a form.
    """
    shape = shape_of(kind)
    strangers = {slot.name: value for slot in shape.slots if isinstance(value := values.get(slot.name), Account)}
    named = [f"{_title(about(shape.slot(name), translate)[0])}: {one.name}" for name, one in strangers.items()]
    known = [name for name, value in values.items() if value is not None]
    asked = [slot for slot in shape.asked(known) if slot.name not in strangers]
    inputs = [_input(slot, values.get(slot.name), hearing, translate) for slot in asked]
    return Form(
        title=translate(kind.heading) if kind.heading else _title(translate(shape.says)),
        blocks=(*(Text((Bold(upright(line)),)) for line in (*told, *named)), *inputs),
        submit=translate(msg("Show") if issubclass(kind, Question) else msg("Record")),
        message=kind.called(),
        given=_given(shape, values),
        says=sentence_for(kind, values, hearing),
    )


def _title(says: str) -> str:
    return says[:1].upper() + says[1:]


def _given(shape: Shape, values: Mapping[str, Any]) -> str:
    texts = {slot.name for slot in shape.slots if slot.longest}
    known = {name: value for name, value in values.items() if name not in texts and value is not None}
    return msgspec.json.encode(known).decode()


def _input(slot: Slot, value: Any, hearing: Hearing, translate: Translate) -> Input:
    label, hint = about(slot, translate)
    label = _title(label)
    match slot.part:
        case Someone() | People() | Stranger():
            people = value if isinstance(value, tuple) else () if value is None else (value,)
            known = tuple(str(person) for person in people if isinstance(person, str))
            return PeopleInput(slot.name, label, known, hint, slot.required, isinstance(slot.part, People))
        case DueBy() | Day():
            return DateInput(slot.name, label, value.day if isinstance(value, Due) else value, hint, slot.required)
        case OneOf():
            options = tuple(Option(option, translate(option.replace("_", " "))) for option in slot.options)
            return ChoiceInput(slot.name, label, options, () if value is None else (str(value),), hint, slot.required)
        case _:
            return TextInput(
                slot.name, label, as_text(slot, value, hearing), hint or _hint(slot, value is not None, translate),
                slot.required, multiline=isinstance(slot.part, (Words, InQuotes)), longest=slot.longest or _SHORT_TEXT,
            )  # fmt: skip


def _hint(slot: Slot, known: bool, translate: Translate) -> str:
    if isinstance(slot.part, Reference):
        if known:
            return ""
        return translate(msg("such as {example}")).format(example=slot.part.example)
    return translate(hint) if (hint := _HINTS.get(type(slot.part))) else ""


_SHORT_TEXT = 60
_HINTS: dict[type, str] = {
    Reason: msg("at least 5 characters"),
    Moment: MOMENT,
    TimeSaid: msg("in 20 minutes, 15:30, tomorrow 9:00"),
    Minutes: "60m, 1h 30m",
    Zone: "Europe/Dublin",
    Number: "2",
    Order: "3,1,2",
}


def as_text(slot: Slot, value: Any, hearing: Hearing) -> str:
    """A value as its text input shows it."""
    match slot.part:
        case _ if value is None:
            return ""
        case Moment():
            return moment_words(value, hearing)
        case TimeSaid():
            return moment_words(value.at, hearing)
        case Minutes():
            return f"{value}m"
        case Order():
            return ",".join(map(str, value))
        case _:
            return str(value)

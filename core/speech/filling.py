"""A form that was filled in becomes its message through the same converters as a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from core.kernel.errors import Refused, Unclear, msg
from core.kernel.ids import Account, PersonId
from core.kernel.messages import Due, Message, People, Reference, Stranger
from core.kernel.turn import Filled
from core.speech import convert
from core.speech.forms import AS_ASKED, as_text
from core.speech.heard import BadForm, Understood
from core.speech.hearing import Hearing
from core.speech.leftover import is_unseen
from core.speech.mentions import Who
from core.speech.shape import Person, Shape, Slot, pattern_for, shape_of
from core.speech.values import one_transfer
from core.speech.wording import about, as_is

Inputs = str | tuple[str | Account, ...]


def fill(kind: type[Message], filled: Filled, hearing: Hearing) -> Understood:
    """The message that a form makes. Raises BadForm with a sentence for each input at fault."""
    if not kind.says:
        raise Unclear(msg("This form is too old. Open it again."))
    shape = shape_of(kind)
    values = _given(shape, filled.given)
    faults: dict[str, Refused] = {}
    transfers: list[str] = []
    for slot in shape.asked(values):
        try:
            value = _value(slot, filled.values.get(slot.name, ""), values.get(slot.name), hearing)
            if isinstance(slot.part, Reference) and value is not None:
                transfers.append(_transfer(slot.part, filled.values[slot.name]))
            _keep(slot, value, values)
        except Refused as refused:
            faults[slot.name] = refused
    if faults:
        raise BadForm(msg("Something in this form cannot be read. Nothing was recorded."), faults=faults)
    return Understood(kind(**values), one_transfer(transfers))


def settled(kind: type[Message], filled: Filled) -> dict[str, Any]:
    """What the form was told and did not ask for. Raises Unclear for a form that is too old."""
    shape = shape_of(kind)
    given = _given(shape, filled.given)
    asked = {slot.name for slot in shape.asked(given)}
    return {slot.name: given[slot.name] for slot in shape.slots if slot.name in given and slot.name not in asked}


def _given(shape: Shape, given: str) -> dict[str, Any]:
    """What was known when the form was drawn. Unclear where today's message has no such fields any more."""
    try:
        known = msgspec.json.decode(given or "{}", type=dict[str, Any])
        known.pop(AS_ASKED, None)
        return {name: msgspec.convert(value, shape.types[name]) for name, value in known.items()}
    except (msgspec.DecodeError, KeyError) as error:
        raise Unclear(msg("This form is too old. Open it again.")) from error


def _keep(slot: Slot, value: Any, values: dict[str, Any]) -> None:
    """An emptied input takes its value away; a part that the message needs cannot be empty."""
    if value is not None:
        values[slot.name] = value
        return
    values.pop(slot.name, None)
    if slot.required:
        raise Unclear(msg("This is needed: {field}."), field=about(slot, as_is)[0])


def _value(slot: Slot, inputs: Inputs, given: Any, hearing: Hearing) -> Any:
    """What the field holds; what was given stays where its input still shows it."""
    if isinstance(slot.part, Person):
        return _people(slot, (inputs,) if isinstance(inputs, str) and inputs else tuple(inputs), given, hearing)
    said = _text(inputs)
    if not said:
        return None
    if given is not None and said == _shown(slot, given, hearing):
        return given
    return convert.value_of(slot, said, hearing)


def _text(inputs: Inputs) -> str:
    """The text of an input that holds one, be it a line or the one choice made."""
    said = inputs if isinstance(inputs, str) else next((one for one in inputs if isinstance(one, str)), "")
    return "" if is_unseen(said) else said.strip()


def _shown(slot: Slot, given: Any, hearing: Hearing) -> str:
    """What the input showed of a value; the hour of a due day and the seconds of a moment do not show."""
    return given.day.isoformat() if isinstance(given, Due) else as_text(slot, given, hearing)


def _people(slot: Slot, inputs: Sequence[str | Account], given: Any, hearing: Hearing) -> Any:
    if not inputs:
        # A picker of members cannot show an account that is none yet.
        return given if isinstance(slot.part, Stranger) else None
    people = tuple(dict.fromkeys(convert.person(slot, _who(one, hearing), hearing) for one in inputs))
    if isinstance(slot.part, People):
        return people
    if len(people) > 1:
        raise Unclear(msg("Only one person can be named here."))
    return people[0]


def _who(picked: str | Account, hearing: Hearing) -> Who:
    if isinstance(picked, Account):
        return Who(picked.name, picked, hearing.member_of.get(picked.identity))
    person = PersonId(picked)
    return Who(hearing.names.get(person, picked), None, person if person in hearing.names else None)


def _transfer(part: Reference, inputs: Inputs) -> str:
    found = pattern_for(part).fullmatch(_text(inputs))
    return (found[1] or "").upper() if found else ""

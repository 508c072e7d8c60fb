"""Whether a form is worth opening: the message that it would make is tried with stand-ins for what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

from core.kernel.access import Directory
from core.kernel.errors import NotFound, msg
from core.kernel.ids import Ref
from core.kernel.messages import Message, Moment, Number, People, Quoted, Reason, Reference, Someone, Value, Words
from core.kernel.records import Record
from core.kernel.work import Reads
from core.speech import Hearing
from core.speech.shape import Slot, shape_of

_TEXTS = (Reason, Value, Words, Quoted)
_STAND_IN = "to be said in the form"
_MOST_PEOPLE = 12
_AHEAD = timedelta(days=7)


def tries(kind: type[Message], values: Mapping[str, Any], hearing: Hearing, directory: Directory) -> list[Message]:
    """Messages of a kind with these values, one of which must be let through for its form to be of use.

    None where nothing is known that could have a state, or where what is missing has no stand-in.
    """
    shape = shape_of(kind)
    about = [slot for slot in shape.slots if isinstance(slot.part, (Reference, Number, Someone))]
    if not any(values.get(slot.name) for slot in about):
        return []
    filled, people = dict(values), ""
    for slot in shape.slots:
        if values.get(slot.name) or not (slot.required or isinstance(slot.part, Reason)):
            continue
        if isinstance(slot.part, _TEXTS):
            filled[slot.name] = _STAND_IN
        elif isinstance(slot.part, Moment):
            filled[slot.name] = hearing.now + _AHEAD
        elif isinstance(slot.part, (Someone, People)) and not people:
            people = slot.name
        else:
            return []
    if not people:
        return [kind(**filled)]
    return [kind(**filled, **{people: one}) for one in _stand_ins(shape.slot(people), directory)]


def _stand_ins(slot: Slot, directory: Directory) -> list[Any]:
    members = [one.person for one in directory.members.values() if one.active][:_MOST_PEOPLE]
    return [(person,) if isinstance(slot.part, People) else person for person in members]


def told_of(kind: type[Message], values: Mapping[str, Any], reads: Reads) -> tuple[str, ...]:
    """A line for each record that the form is about: `ACT-012 · send the batch record`. Raises NotFound."""
    references = [slot.name for slot in shape_of(kind).slots if isinstance(slot.part, Reference)]
    return tuple(_line(values[name], reads) for name in references if values.get(name))


def _line(ref: Ref, reads: Reads) -> str:
    for room in reads.directory.rooms:
        if room.number == ref and room.audience in reads.session.sees:
            return f"{ref} · {room.label}"
    for table in _tables(Record):
        with suppress(NotFound):
            row = reads.get(table, ref)
            words = getattr(row, "headline", "") or getattr(row, "title", "") or getattr(row, "text", "")
            return f"{ref} · {words}" if words else ref
    raise NotFound(msg("There is no {ref} in {transfer}."), ref=ref, transfer=reads.transfer)


def _tables(kind: type[Record]) -> list[type[Record]]:
    """Every kind of record that has rows of its own."""
    found: list[type[Record]] = []
    for child in kind.__subclasses__():
        found += _tables(child) if child.__dict__.get("__abstract__") else [child, *_tables(child)]
    return found

"""Whether a form is worth opening: the message that it would make is tried with stand-ins for what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from core.kernel.access import Directory
from core.kernel.errors import NotAllowed, NotFound, Refused
from core.kernel.ids import Ref
from core.kernel.messages import (
    Literal,
    Message,
    Moment,
    Number,
    Order,
    People,
    Quoted,
    Reason,
    Reference,
    SaidTime,
    Someone,
    TimeSaid,
    Value,
    Words,
)
from core.kernel.records import Record
from core.kernel.work import Reads
from core.speech import Hearing
from core.speech.shape import Slot, shape_of

_TEXTS = (Reason, Value, Words, Quoted)
_STAND_IN = "to be said in the form"
_MOST = 12
"""People or numbers that are tried in turn."""
_AHEAD = timedelta(days=7)
_SOON = timedelta(minutes=20)


def tries(kind: type[Message], values: Mapping[str, Any], hearing: Hearing, directory: Directory) -> list[Message]:
    """Messages of a kind with these values, one of which must be let through for its form to be of use.

    None where nothing that it is about could have a state, or where what is missing has no stand-in.
    """
    slots = shape_of(kind).slots
    if not any(_has_state(slot) or isinstance(slot.part, Reason) for slot in slots):
        return []
    filled, open_slot = dict(values), None
    for slot in slots:
        if values.get(slot.name) or not (slot.required or isinstance(slot.part, Reason)):
            continue
        if isinstance(slot.part, Literal):
            return []  # nothing that could stand in for it stands in the record
        if isinstance(slot.part, _TEXTS):
            filled[slot.name] = _STAND_IN
        elif isinstance(slot.part, Moment):
            filled[slot.name] = hearing.now + _AHEAD
        elif isinstance(slot.part, TimeSaid):
            filled[slot.name] = SaidTime(hearing.now + _SOON)
        elif isinstance(slot.part, Order):
            filled[slot.name] = ()
        elif isinstance(slot.part, (Someone, People, Number)) and open_slot is None:
            open_slot = slot
        else:
            return []
    if open_slot is None:
        return [kind(**filled)]
    return [kind(**filled, **{open_slot.name: one}) for one in _stand_ins(open_slot, directory)]


def _has_state(slot: Slot) -> bool:
    """Whether it names, or leaves out, something that may be over already: a record, an item, a member's part."""
    return isinstance(slot.part, (Reference, Number, Order)) or (slot.required and isinstance(slot.part, Someone))


def _stand_ins(slot: Slot, directory: Directory) -> list[Any]:
    if isinstance(slot.part, Number):
        return list(range(1, _MOST + 1))
    members = [one.person for one in directory.members.values() if one.active][:_MOST]
    return [(person,) if isinstance(slot.part, People) else person for person in members]


def one_reason(refused: Sequence[Refused]) -> Refused | None:
    """What this speaker is refused for; None where it was only what stood in that did not fit, now this, now that."""
    not_allowed = [one for one in refused if isinstance(one, NotAllowed)]
    same = len({str(one) for one in refused}) == 1
    return not_allowed[0] if not_allowed else refused[0] if same else None


def told_of(
    kind: type[Message], values: Mapping[str, Any], tables: Sequence[type[Record]], reads: Reads
) -> tuple[str, ...]:
    """A line for each record that the form is about: `ACT-012 · send the batch record`. Raises NotFound."""
    references = [slot.name for slot in shape_of(kind).slots if isinstance(slot.part, Reference)]
    return tuple(_line(values[name], tables, reads) for name in references if values.get(name))


def _line(ref: Ref, tables: Sequence[type[Record]], reads: Reads) -> str:
    for room in reads.directory.rooms:
        if room.number == ref and room.audience in reads.session.sees:
            return f"{ref} · {room.label}"
    within = [row for table in tables if table.within for row in _numbered_within(table, ref, reads)]
    if within:
        return _with_words(ref, within[0]) if len(within) == 1 else ref
    for table in tables:
        with suppress(NotFound):
            return _with_words(ref, reads.get(table, ref))
    raise reads.no_such(ref)


def _with_words(ref: Ref, row: Record) -> str:
    words = getattr(row, "headline", "") or getattr(row, "title", "") or getattr(row, "text", "")
    return f"{ref} · {words}" if words else ref


def _numbered_within(table: type[Record], ref: Ref, reads: Reads) -> Sequence[Record]:
    """The rows that each have this number within another record: `PQ-03` is MTG-001/PQ-03 and MTG-002/PQ-03."""
    return reads.all(select(table).where(table.transfer == reads.transfer, table.ref.endswith(f"/{ref}")))

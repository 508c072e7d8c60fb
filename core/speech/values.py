"""From the parts that were found to the values of a message's fields: what was only found is judged here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from core.kernel.errors import Unclear, msg
from core.kernel.ids import Ref, TransferId
from core.kernel.messages import People, Reason
from core.speech import convert
from core.speech.heard import BearOneName
from core.speech.hearing import Hearing
from core.speech.leftover import is_unseen
from core.speech.mentions import Who
from core.speech.recognise import Found
from core.speech.shape import Shape, Slot

Values = dict[str, Any]


def values_of(found: Found, hearing: Hearing) -> tuple[Values, TransferId | None]:
    """The values by field name, and the transfer that a reference named. Raises Refused."""
    values: Values = {}
    for slot, said in (*found.named, *found.bare):
        if slot.name in values:
            raise Unclear(msg("“{key}:” is said twice. Say it once."), key=slot.key)
        if not is_unseen(said):
            values[slot.name] = convert.value_of(slot, said, hearing)
        elif not (slot.required or isinstance(slot.part, Reason)):
            raise _empty(slot)
    if found.people:
        _people(found, values, hearing)
    for slot, _, reference in found.references:
        values[slot.name] = Ref(reference)
    if found.due is not None and found.shape.due is not None:
        values[found.shape.due.name] = found.due
    if found.time is not None and found.shape.time is not None:
        values[found.shape.time.name] = found.time
    if found.words and found.shape.words is not None:
        values[found.shape.words.name] = convert.value_of(found.shape.words, found.words, hearing)
    if not found.references:
        return values, None
    return values, one_transfer(transfer for _, transfer, _ in found.references)


def _empty(slot: Slot) -> Unclear:
    """Nobody says a name and means nothing by it: what is left out without a word may be the whole point."""
    if slot.options:
        return Unclear(
            msg("“{key}:” is empty. Say one of: {options}; or leave it out."),
            key=slot.key,
            options=", ".join(slot.options),
        )
    return Unclear(msg("“{key}:” is empty. Say what it is, or leave it out."), key=slot.key)


def one_transfer(named: Iterable[str]) -> TransferId | None:
    """The transfer that references name; most name none. Refused where two name different ones."""
    transfers = sorted({transfer for transfer in named if transfer})
    if len(transfers) > 1:
        raise Unclear(msg("This names two transfers, {transfers}. Say it for each."), transfers=" / ".join(transfers))
    return TransferId(transfers[0]) if transfers else None


def _people(found: Found, values: Values, hearing: Hearing) -> None:
    """People said with a key first; the others fill the single parts in turn, the rest a part for several.

    Beside a part for several, a single one with a key of its own, `chair:@p`, takes only whom that key names.
    """
    several: dict[str, list[Any]] = {}
    free: list[Who] = []
    for slot, who in found.people:
        if who.namesakes:
            raise BearOneName(who.name, who.namesakes)
        if slot is None:
            free.append(who)
        elif isinstance(slot.part, People):
            _join(several, slot, who, hearing)
        else:
            _single(slot, who, values, hearing)
    rest = next((slot for slot in found.shape.people if isinstance(slot.part, People)), None)
    for slot in found.shape.people:
        named_only = rest is not None and slot.part.said_as
        if free and slot.name not in values and not isinstance(slot.part, People) and not named_only:
            _single(slot, free.pop(0), values, hearing)
    if free and rest is None:
        raise _too_many(found.shape, free)
    for who in free:
        assert rest is not None
        _join(several, rest, who, hearing)
    values.update({name: tuple(dict.fromkeys(people)) for name, people in several.items() if people})


def _single(slot: Slot, who: Who, values: Values, hearing: Hearing) -> None:
    if slot.name in values:
        raise Unclear(msg("“{key}:” is said twice. Say it once."), key=slot.key)
    values[slot.name] = convert.person(slot, who, hearing)


def _join(several: dict[str, list[Any]], slot: Slot, who: Who, hearing: Hearing) -> None:
    assert isinstance(slot.part, People)
    if who.person is None and slot.part.newcomers and who.account is not None:
        convert.check_told(who.account)
        several.setdefault(slot.part.newcomers, []).append(who.account)
    elif who.person is not None or not slot.part.keep:
        several.setdefault(slot.name, []).append(convert.person(slot, who, hearing))


def _too_many(shape: Shape, left: list[Who]) -> Unclear:
    return Unclear(
        msg("“{says}” is for one person at a time: say it for {name} in a sentence of its own."),
        says=shape.says, name=convert.short(left[0].name),
    )  # fmt: skip

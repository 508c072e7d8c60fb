"""Sentences made from a message's parts: the pattern that help shows, an example, and the message's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.kernel.errors import Refused, msg
from core.kernel.ids import Account
from core.kernel.messages import (
    Day,
    Due,
    DueBy,
    Message,
    Minutes,
    Moment,
    Number,
    OneOf,
    Order,
    People,
    Quoted,
    Reason,
    Reference,
    SaidTime,
    Someone,
    Stranger,
    TimeSaid,
    Value,
    Words,
    Zone,
    parts_of,
)
from core.rules.typography import QUOTES, in_quotes
from core.rules.zones import spelt
from core.speech.hearing import Hearing
from core.speech.mentions import typed_names
from core.speech.recognise import recognise
from core.speech.shape import Person, Shape, Slot, shape_of
from core.speech.values import values_of

Translate = Callable[[str], str]

MOMENT = "tomorrow 14:00"
"""In examples: it lies in time to come whenever it is read, and on a card that was posted long ago too."""
IN_A_WHILE = "in 20 minutes"
_BARE = re.compile(r"[\w@/+-]+(?:[.:][\w@/+-]+)*")
_WRITTEN = (Words, Quoted, Value, Reason, Stranger)
_FEW_WORDS = 4
_MANY_OPTIONS = 6


def as_is(sentence: str) -> str:
    """The sentence itself: what a catalogue says that has no other words."""
    return sentence


def about(slot: Slot, translate: Translate) -> tuple[str, str]:
    """What a part is about, and the example that its hint may give: `name`, `such as Anna`."""
    label, such_as, instance = translate(slot.hint).partition(translate(msg(", such as ")))
    return label, (such_as + instance).lstrip(", ")


def pattern_of(shape: Shape, translate: Translate = as_is) -> str:
    """How a message is said, such as `action <what is to be done> [@person] [by <day>]`."""
    said = [_beginning(shape)]
    for slot in _in_order(shape):
        if _is_in_shorthand(slot, shape):
            continue
        pattern = _pattern(slot, shape, translate)
        said.append(pattern if slot.required else f"[{pattern}]")
    return " ".join(said)


def example_of(shape: Shape, text: str = "", dated: bool = False) -> str:
    """The shortest sentence that says a message, with the references that stand in `text`: the speaker's own.

    `dated`: with a day or a time, where it can have one, as the one that was said is the fault.
    """
    wanted = (shape.due or shape.time) if dated else None
    own: dict[Slot, str] = {}
    for slot, pattern in shape.references:
        found = pattern.search(text)
        if found and found[0].upper() not in own.values():
            own[slot] = found[0].upper()
    needed = [
        slot
        for slot in _in_order(shape)
        if (slot.required or slot is wanted or slot in own) and not _is_in_shorthand(slot, shape)
    ]
    said = (own.get(slot) or _pattern(slot, shape, as_is, one=True) for slot in needed)
    return " ".join([_beginning(shape), *said])


def _beginning(shape: Shape) -> str:
    """What its sentences begin with: its shorthand, or noun and verb."""
    return shape.kind.shorthand.like if shape.kind.shorthand else shape.says


def _is_in_shorthand(slot: Slot, shape: Shape) -> bool:
    return shape.shorthand is not None and slot.name in shape.shorthand.groupindex


def _in_order(shape: Shape) -> list[Slot]:
    """As the message's author ordered them, but references first."""
    return sorted(shape.slots, key=lambda slot: not isinstance(slot.part, Reference))


def literal_for(
    kind: type[Message], values: Mapping[str, Any], hearing: Hearing, ours: Collection[str] = ()
) -> str | None:
    """The sentence that a button may carry for these values: references, people by id, days and words of Tandem's own.

    None where a value is text that somebody wrote; that of the fields `ours` is Tandem's, whatever their part.
    """
    shape = shape_of(kind)
    said = [shape.says]
    nameless = replace(hearing, names={})
    unsaid = {field.name: field.default for field in fields(kind)}
    for slot in sorted(shape.slots, key=_rank):
        if (value := values.get(slot.name)) in (None, (), "", unsaid[slot.name]):
            continue
        if isinstance(slot.part, _WRITTEN) and slot.name not in ours:
            return None
        said.append(_said(slot, value, shape, nameless))
    return " ".join(said)


def sentence_for(
    kind: type[Message], values: Mapping[str, Any], hearing: Hearing, needs: Collection[str] = (), quoted: bool = False
) -> str:
    """The sentence that says a message with these values; a needed part that is not known is named, as are `needs`.

    Heard again in the same hearing it is the same message: texts stand in quotes where they would be misread, or
    always if `quoted`.
    """
    shape = shape_of(kind)
    known = {slot.name: value for slot in shape.slots if (value := values.get(slot.name)) not in (None, (), "")}
    text = known.get(shape.words.name) if shape.words else None
    bare = _sentence(shape, known, text, hearing, needs)
    if text is None or (not quoted and _is_heard_as(known, shape, bare, hearing)):
        return bare
    return _sentence(shape, known, in_quotes(text), hearing, needs)


def _sentence(
    shape: Shape, known: Mapping[str, Any], text: str | None, hearing: Hearing, needs: Collection[str]
) -> str:
    said = [shape.says]
    for slot in sorted(shape.slots, key=_rank):
        if slot is shape.words and text is not None:
            said.append(text)
        elif slot.name in known:
            said.append(_said(slot, known[slot.name], shape, hearing))
        elif slot.required or slot.name in needs or _lacks_somebody(slot, shape, known):
            said.append(_pattern(slot, shape, as_is, one=True))
    return " ".join(said)


def _lacks_somebody(slot: Slot, shape: Shape, known: Mapping[str, Any]) -> bool:
    """Whether it is to be said who is meant: an account, as nobody was named in quotes instead."""
    named = any(one.name in known for one in shape.slots if isinstance(one.part, Quoted))
    return isinstance(slot.part, Stranger) and not named


def _rank(slot: Slot) -> int:
    """References first, since they make a verb a verb; named values last, since some run on to the end."""
    match slot.part:
        case Someone(leading=True):
            return -1
        case Reference():
            return 0
        case Words() | Quoted():
            return 1
        case Number() | Order() | OneOf(bare=True):
            return 2
        case Someone() | People() | Stranger():
            return 3
        case DueBy():
            return 4
        case _:
            return 5


def _is_heard_as(known: Mapping[str, Any], shape: Shape, sentence: str, hearing: Hearing) -> bool:
    """Whether the sentence gives back what it says though its text has no quotes; few words may be a verb."""
    text = known[shape.words.name] if shape.words else ""
    if len(text.split()) < _FEW_WORDS or isinstance(getattr(shape.words, "part", None), Quoted):
        return False
    if any(mark in text for mark in (*QUOTES, "@", "<")):
        return False
    tail, people = typed_names(sentence.removeprefix(shape.says), [], hearing)
    try:
        heard, _ = values_of(recognise(shape, tail, people, hearing), hearing)
    except Refused:
        return False
    return all(heard.get(name) == value for name, value in known.items())


def _pattern(slot: Slot, shape: Shape, translate: Translate, one: bool = False) -> str:
    """How one part is said; with `one` only the first of its options."""
    match slot.part:
        case Words():
            return f"<{about(slot, translate)[0]}>"
        case Quoted():
            return in_quotes(about(slot, translate)[0])
        case Someone() | People() | Stranger():
            return _key(slot, shape) + "@" + translate(msg("person"))
        case DueBy():
            return "by Friday" if one else translate(msg("by <day>"))
        case TimeSaid():
            return IN_A_WHILE if one else translate(msg("in <minutes>, or at <time>"))
        case Reference() as part:
            return part.example
        case Number():
            return "2" if slot.required else f"<{about(slot, translate)[0]}>"
        case Order():
            return "3,1,2"
        case OneOf(bare=bare):
            return ("" if bare else f"{slot.key}:") + _options(slot.options, one)
        case _:
            return f"{slot.key}:{_named_pattern(slot, translate)}"


def _named_pattern(slot: Slot, translate: Translate) -> str:
    match slot.part:
        case Moment():
            return f'"{MOMENT}"'
        case Minutes():
            return "60m"
        case Day():
            return "Friday"
        case Zone():
            return "Europe/Dublin"
        case Reason():
            return f'"{translate(msg("the reason"))}"'
        case _:
            return in_quotes(about(slot, translate)[0])


def _options(options: tuple[str, ...], one: bool) -> str:
    if one:
        return options[0]
    return "|".join(options if len(options) <= _MANY_OPTIONS else (*options[: _MANY_OPTIONS - 1], "…"))


def _key(slot: Slot, shape: Shape) -> str:
    """People are said by a key where a message could take them for others, or has a word for them."""
    people = [one for one in shape.slots if isinstance(one.part, Person)]
    return f"{slot.key}:" if slot.part.said_as or len(people) > 1 else ""


def _said(slot: Slot, value: Any, shape: Shape, hearing: Hearing) -> str:
    """How one part is said that holds this value."""
    match slot.part:
        case Someone() | Stranger():
            return _key(slot, shape) + _name(value, hearing)
        case People():
            return _key(slot, shape) + ", ".join(_name(person, hearing) for person in value)
        case DueBy():
            return f"by {_due(value, hearing)}"
        case Reference() | Number() | OneOf(bare=True):
            return str(value)
        case Order():
            return ",".join(map(str, value))
        case Moment():
            return f'{slot.key}:"{moment_words(value, hearing)}"'
        case TimeSaid():
            return f'{slot.key}:"{_time_words(value, hearing)}"'
        case Minutes():
            return f"{slot.key}:{value}m"
        case Reason():
            return f"{slot.key}:{in_quotes(value)}"
        case _:
            return f"{slot.key}:{_bare_or_quoted(str(value))}"


def _bare_or_quoted(value: str) -> str:
    return value if _BARE.fullmatch(value) else in_quotes(value)


def _name(person: Any, hearing: Hearing) -> str:
    return "@" + (person.name if isinstance(person, Account) else hearing.names.get(person, str(person)))


def _due(due: Due, hearing: Hearing) -> str:
    return due.day.isoformat() if due.at is None else spelt(due.at, hearing.zone)


def _time_words(time: SaidTime, hearing: Hearing) -> str:
    """A time as it was said: `in 20 minutes`, or a moment."""
    minutes = round((time.at - hearing.now).total_seconds() / 60)
    return f"in {minutes} minutes" if time.span and minutes > 0 else moment_words(time.at, hearing)


def moment_words(moment: datetime, hearing: Hearing) -> str:
    """A moment in the hearing's zone as a person would type it, such as `12 Mar 2026 14:00`."""
    local = moment.astimezone(ZoneInfo(hearing.zone))
    return f"{local.day} {local:%b %Y} {spelt(moment, hearing.zone)[11:]}"


def verb_with(kind: type[Message], values: Mapping[str, Any]) -> str:
    """Noun, verb and references of a message, without any words of the speaker."""
    parts = parts_of(kind).items()
    references = [str(values[name]) for name, part in parts if isinstance(part, Reference) and values.get(name)]
    return " ".join([kind.says or "", *references])

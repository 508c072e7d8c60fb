"""The shape of a message as it is spoken: its fields' parts, compiled once for each kind."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import MISSING, dataclass, fields
from enum import StrEnum
from functools import cache, cached_property
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from core.kernel.ids import SERIES
from core.kernel.messages import (
    DueBy,
    InQuotes,
    Message,
    Number,
    OneOf,
    Order,
    Part,
    People,
    Quoted,
    Reason,
    Reference,
    Someone,
    Stranger,
    TimeSaid,
    Value,
    Words,
    parts_of,
)

Person = (Someone, People, Stranger)
Bare = (*Person, Reference, Number, Order)
"""Parts that stand alone; with their name before them, `chair:@p`, they are only taken where they fit."""

HIDDEN, TAKEN = "\0", "\1"
"""Stand, while a sentence is taken apart, for what lies in quotes and for what a part took; no cleaned text
holds either."""

LONGEST_REASON = 3000
SHORT = 200
"""Characters that are ample for any part but a text."""

_BEFORE, _AFTER = rf"(?<![^\s{TAKEN}])", rf"(?=[.,;!?]*(?:[\s{TAKEN}]|$))"
_NUMBERS = r"\d{1,4}(?:\s*[,;]\s*\d{1,4}|\s+\d{1,4})*"
_TRANSFER = r"(?:([A-Za-z0-9]{2,12})/)?"
_ANY_KIND = "[a-z][a-z0-9]{1,9}"


@dataclass(frozen=True, slots=True)
class Slot:
    """One spoken field: its name, its part, whether a message needs it, and its type without None."""

    name: str
    part: Part
    required: bool
    holds: Any

    @property
    def key(self) -> str:
        """What stands before the colon."""
        return self.part.said_as or self.name

    @property
    def longest(self) -> int:
        """Characters that its text may have; 0 where it holds none."""
        match self.part:
            case Words(longest=longest) | Quoted(longest=longest) | Value(longest=longest):
                return longest
            case Reason():
                return LONGEST_REASON
            case _:
                return 0

    @property
    def enum(self) -> type[StrEnum] | None:
        """The enum that it holds a member of, if it does."""
        return self.holds if isinstance(self.holds, type) and issubclass(self.holds, StrEnum) else None

    @property
    def options(self) -> tuple[str, ...]:
        """The words of a OneOf part; those of its enum where it lists none itself."""
        if isinstance(self.part, OneOf) and self.part.options:
            return self.part.options
        return tuple(self.enum) if self.enum else ()

    @property
    def hint(self) -> str:
        """What the field is about, in words."""
        return self.part.hint or self.name.replace("_", " ")


@dataclass(frozen=True)
class Shape:
    """What hearing a kind of message needs: `words` takes what others leave, `keys` finds named values."""

    kind: type[Message]
    noun: str
    verb: str | None
    slots: tuple[Slot, ...]
    types: dict[str, Any]
    words: Slot | None
    due: Slot | None
    time: Slot | None
    people: tuple[Slot, ...]
    references: tuple[tuple[Slot, re.Pattern[str]], ...]
    bare: tuple[tuple[Slot, re.Pattern[str]], ...]
    keys: re.Pattern[str] | None
    keyed: dict[str, Slot]

    @property
    def says(self) -> str:
        """The noun and the verb."""
        return f"{self.noun} {self.verb}" if self.verb else self.noun

    @property
    def takes_text(self) -> bool:
        """Whether words that no other part takes are its text; one in quotes alone takes none."""
        return self.words is not None and not isinstance(self.words.part, InQuotes)

    @cached_property
    def begins(self) -> re.Pattern[str] | None:
        """What its shorthand begins with."""
        return re.compile(rf"\s*{self.kind.shorthand.begins}") if self.kind.shorthand else None

    @cached_property
    def shorthand(self) -> re.Pattern[str] | None:
        """Its shorthand, whole; what follows is the other parts."""
        short = self.kind.shorthand
        return re.compile(rf"\s*{short.begins}{short.goes_on}", re.DOTALL) if short else None

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The fields that a message needs."""
        return tuple(slot.name for slot in self.slots if slot.required)

    @cached_property
    def keeps(self) -> bool:
        """Whether people that nobody knows may stay in the words."""
        return any(isinstance(slot.part, People) and slot.part.keep for slot in self.people)

    @cached_property
    def leading(self) -> bool:
        """Whether people count only where they come first."""
        return any(isinstance(slot.part, Someone) and slot.part.leading for slot in self.people)

    @cached_property
    def longest(self) -> int:
        """Characters that its longest text may have."""
        return max((slot.longest for slot in self.slots), default=0) or SHORT

    @cached_property
    def room(self) -> int:
        """Characters that all its parts may have."""
        return SHORT + sum(slot.longest or SHORT for slot in self.slots)

    def asked(self, known: Collection[str]) -> tuple[Slot, ...]:
        """The slots that a form asks for which knows these fields: not for one of two where either is known."""
        return tuple(slot for slot in self.slots if not _is_settled(slot, known))

    def slot(self, name: str) -> Slot:
        """The slot of a field."""
        return next(slot for slot in self.slots if slot.name == name)


def _is_settled(slot: Slot, known: Collection[str]) -> bool:
    match slot.part:
        case Reference(either=other) if other:
            return slot.name in known or other in known
        case Reference(fixed=True):
            return slot.name in known
        case _:
            return False


_SHAPES: dict[type[Message], Shape] = {}


def shape_of(kind: type[Message]) -> Shape:
    """The shape of a kind that is spoken, made once. Raises ValueError where it cannot be said."""
    shape = _SHAPES.get(kind)
    if shape is None:
        shape = _SHAPES[kind] = _shape(kind)
    return shape


def _shape(kind: type[Message]) -> Shape:
    noun, _, verb = (kind.says or "").partition(" ")
    if not noun or verb.count(" ") > 1 or kind.says != f"{noun} {verb}".strip().lower():
        raise ValueError(
            f"{kind.__name__}.says must be a noun, or a noun and a verb of one or two words, in small letters: "
            f"{kind.says!r}"
        )
    hints = get_type_hints(kind, include_extras=True)
    types = {field.name: bare_type(hints[field.name]) for field in fields(kind)}
    slots = _slots(kind, types)
    words = [slot for slot in slots if isinstance(slot.part, (Words, Quoted))]
    dues = [slot for slot in slots if isinstance(slot.part, DueBy)]
    times = [slot for slot in slots if isinstance(slot.part, TimeSaid)]
    if len(words) > 1 or len(dues) + len(times) > 1:
        raise ValueError(f"{kind.__name__} has two free texts or two due phrases: nobody could tell them apart")
    keyed = {slot.key.lower(): slot for slot in slots if slot not in words and slot not in dues}
    return Shape(
        kind, noun, verb or None, slots, types,
        words[0] if words else None,
        dues[0] if dues else None,
        times[0] if times else None,
        tuple(slot for slot in slots if isinstance(slot.part, Person)),
        tuple((one, pattern_for(one.part)) for one in slots if isinstance(one.part, Reference)),
        _bare(slots), _keys(keyed), keyed,
    )  # fmt: skip


def bare_type(hint: Any) -> Any:
    """A field's type without its notes and without None."""
    if get_origin(hint) is Annotated:
        return bare_type(get_args(hint)[0])
    if get_origin(hint) in (Union, UnionType):
        kept = [bare_type(one) for one in get_args(hint) if one is not type(None)]
        return kept[0] if len(kept) == 1 else hint
    return hint


def _slots(kind: type[Message], types: dict[str, Any]) -> tuple[Slot, ...]:
    needed = {field.name for field in fields(kind) if field.default is MISSING and field.default_factory is MISSING}
    return tuple(Slot(name, part, name in needed, types[name]) for name, part in parts_of(kind).items())


def pattern_for(part: Reference) -> re.Pattern[str]:
    """The references that a part takes."""
    return reference_pattern(part.prefix, part.within or part.or_within)


@cache
def reference_pattern(prefix: str, within: str = "") -> re.Pattern[str]:
    """References with a prefix, or with any: groups are the transfer, the prefix and the number.

    With `within` the prefix may hold such a record as well: `MTG-002/PQ`.
    """
    kind = re.escape(prefix) if prefix else _ANY_KIND
    return _reference_like(rf"(?:{re.escape(within)}-{SERIES}\d{{1,6}}/)?{kind}" if within else kind)


def _reference_like(kind: str) -> re.Pattern[str]:
    number = rf"{SERIES}\d{{1,6}}(?:\.\d{{1,3}})?"
    return re.compile(rf"(?<![\w/.-]){_TRANSFER}({kind})-({number})(?![\w/-])", re.IGNORECASE)


ANY_REFERENCE = _reference_like(rf"(?:[a-z]{{2,6}}-{SERIES}\d{{1,6}}/)?{_ANY_KIND}")
"""A reference of any kind, also one with the record before it within which it is numbered."""


def _bare(slots: tuple[Slot, ...]) -> tuple[tuple[Slot, re.Pattern[str]], ...]:
    """Orders go before numbers: `3,1,2` begins like a number."""
    found: list[tuple[Slot, re.Pattern[str]]] = []
    for slot in slots:
        match slot.part:
            case OneOf(bare=True):
                options = "|".join(re.escape(option).replace("_", "[_ -]") for option in slot.options)
                found.append((slot, re.compile(rf"{_BEFORE}({options}){_AFTER}", re.IGNORECASE)))
            case Order():
                found.insert(0, (slot, re.compile(rf"{_BEFORE}({_NUMBERS}){_AFTER}")))
            case Number():
                found.append((slot, re.compile(rf"{_BEFORE}#?(\d{{1,6}}){_AFTER}")))
            case _:
                pass
    return tuple(found)


def _keys(keyed: dict[str, Slot]) -> re.Pattern[str] | None:
    if not keyed:
        return None
    names = "|".join(re.escape(key) for key in sorted(keyed, key=len, reverse=True))
    return re.compile(rf"(?<![^\s,;(])({names}):", re.IGNORECASE)

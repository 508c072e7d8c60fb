"""The records as the trail tells them: each entry's changes applied in turn, to hold the tables against."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import inspect

from core.kernel import transfers
from core.kernel.ids import SERIES
from core.kernel.records import Trailed
from core.kernel.registry import Registry

Key = tuple[tuple[str, ...], tuple[Any, ...]]
Changes = Mapping[str, list[Any]]
_NUMBERED = re.compile(rf"(.+-{SERIES})(\d+)")
REFERENCE = ("ref", "transfer")
"""The primary key of every numbered record."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Where the records and the trail part: the record's reference or name, its field, and how."""

    transfer: str
    record: str
    field: str
    why: str

    def __str__(self) -> str:
        where = f"{self.transfer} {self.record}"
        return f"{where}: its {self.field} {self.why}" if self.field else f"{where}: {self.why}"


@dataclass(slots=True)
class Told:
    """One row as the trail leaves it; `since` tells when each field was changed after the row was made.

    `said` is where its words came from, as its first entry has it, if they came from chat: older entries
    name neither the author nor the time.
    """

    transfer: str
    name: str
    chain: str
    fields: dict[str, Any]
    since: dict[str, str] = field(default_factory=dict)
    said: Mapping[str, Any] | None = None


def kinds_of(registry: Registry) -> list[type[Trailed]]:
    """Every kind of row whose changes stand in the trail: the kernel's and the features'."""
    modules = [transfers, *(module for feature in registry.features for module in feature.modules)]
    return [
        kind
        for module in modules
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Trailed) and kind.__module__ == module.__name__
        if "__table__" in vars(kind)
    ]


def key_names(kind: type[Trailed]) -> tuple[str, ...]:
    """The fields that tell its rows apart, in alphabetical order."""
    return tuple(sorted(str(column.key) for column in inspect(kind).primary_key))


class Replay:
    """Takes entries, chain after chain and each in order, and keeps each row's last state."""

    def __init__(self, kinds: Iterable[type[Trailed]]) -> None:
        self.kinds = {kind: frozenset(kind.__table__.c.keys()) for kind in kinds}
        self.rows: dict[Key, Told] = {}
        self.numbers: dict[tuple[str, str], set[int]] = {}
        self.found: list[Disagreement] = []
        self._keys: dict[tuple[str, ...], tuple[str, ...] | None] = {}
        self._named: dict[tuple[str, str], list[Told]] = {}
        self._anywhere: dict[str, list[Told]] = {}
        self._early: list[tuple[str, str, str, Changes]] = []
        self.unnumbered: dict[str, int] = {}

    def take(self, chain: str, body: Mapping[str, Any]) -> None:
        """Apply one entry's changes."""
        name, changes = body.get("record"), body.get("changes")
        if not name or not changes:
            return
        scope = chain.partition("/")[0]
        names = self._key_of(tuple(changes))
        if names is not None and changes[names[0]][0] is None:
            key = (names, tuple(changes[one][1] for one in names))
            self._make(key, Told(scope, name, chain, {one: new for one, (_, new) in changes.items()}), body)
            return
        told = _nearest(self._named.get((scope, name), ()), changes)
        if told is None or told.chain != chain:
            self._early.append((body["at"], scope, name, changes))
        else:
            self._follow(told, body["at"], changes)

    def _key_of(self, fields: tuple[str, ...]) -> tuple[str, ...] | None:
        """The primary key that these fields hold whole: then they are a new row's."""
        if fields not in self._keys:
            kind = self.kind_of(fields)
            self._keys[fields] = None if kind is None else key_names(kind)
        return self._keys[fields]

    def kind_of(self, fields: Iterable[str]) -> type[Trailed] | None:
        """The kind that a row with these fields, its key among them, is most likely of."""
        given = frozenset(fields)
        fitting = [kind for kind in self.kinds if given.issuperset(key_names(kind))]
        return max(fitting, key=lambda kind: _likeness(given, self.kinds[kind]), default=None)

    def _make(self, key: Key, told: Told, body: Mapping[str, Any]) -> None:
        names, values = key
        if key in self.rows:
            self.found.append(Disagreement(told.transfer, told.name, "", "the trail makes it twice"))
            return
        self.rows[key] = told
        self._named.setdefault((told.transfer, told.name), []).append(told)
        if "transfer" not in names:
            self._anywhere.setdefault(told.name, []).append(told)
        if names != REFERENCE:
            if self.kind_of(told.fields) is transfers.Room:
                self._number(told.transfer, told.fields.get("number") or self._first_room(told.transfer))
            return
        self._number(told.transfer, str(values[0]))
        source = body.get("source")
        if source:
            told.said = source

    def _number(self, transfer: str, ref: str) -> None:
        if found := _NUMBERED.fullmatch(ref):
            self.numbers.setdefault((transfer, found[1].removesuffix("-")), set()).add(int(found[2]))

    def _first_room(self, transfer: str) -> str:
        """Rooms from before they were numbered count as the first ones."""
        self.unnumbered[transfer] = self.unnumbered.get(transfer, 0) + 1
        return f"ROM-{self.unnumbered[transfer]}"

    def _follow(self, told: Told, at: str, changes: Changes) -> None:
        for name, (old, new) in changes.items():
            if not same(told.fields.get(name), old):
                why = f"was changed from {shown(old)}, but the trail had left {shown(told.fields.get(name))}"
                self.found.append(Disagreement(told.transfer, told.name, name, why))
            told.fields[name] = new
            told.since[name] = at

    def finish(self) -> None:
        """Apply what one chain says of rows that another chain made."""
        for at, scope, name, changes in sorted(self._early, key=lambda early: early[0]):
            told = _nearest(self._named.get((scope, name)) or self._anywhere.get(name, []), changes)
            if told is None:
                self.found.append(Disagreement(scope, name, "", "the trail changes it and never made it"))
                continue
            for one, (_, new) in changes.items():
                if told.since.get(one, "") <= at:
                    told.fields[one] = new
                    told.since[one] = at
        self._early.clear()

    def of_reference(self, transfer: str, ref: str) -> Told | None:
        """A numbered record."""
        return self.rows.get((REFERENCE, (ref, transfer)))

    def references(self) -> Iterator[tuple[str, str]]:
        """Transfer and reference of every numbered record."""
        for names, values in self.rows:
            if names == REFERENCE:
                yield values[1], values[0]


def _likeness(given: frozenset[str], columns: frozenset[str]) -> tuple[int, int]:
    return len(given & columns) - len(given - columns), -len(columns)


def _nearest(rows: Iterable[Told], changes: Changes) -> Told | None:
    """Of the rows that share a name, the one whose fields are what the entry found."""
    held = list(rows)
    if len(held) < 2:
        return held[0] if held else None
    return max(held, key=lambda told: sum(same(told.fields.get(name), old) for name, (old, _) in changes.items()))


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values say the same: equal, or one moment in two zones."""
    if one == other:
        return True
    moment = _moment(one)
    return moment is not None and moment == _moment(other)


def _moment(value: Any) -> datetime | None:
    if not isinstance(value, str) or len(value) < 19 or "T" not in value:
        return None
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo else None


def shown(value: Any) -> str:
    """A value for a sentence, cut short."""
    text = "nothing" if value is None else repr(value)
    return text if len(text) <= 60 else f"{text[:59]}…"

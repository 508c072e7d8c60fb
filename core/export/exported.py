"""The rows of an export held against the trail in the same file, as far as it tells of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Any

from core.export.agreeing import fingerprint_faults, source_faults
from core.export.reading import NoExport, records_of
from core.export.replay import Disagreement, Replay, Told, kinds_of, same, shown
from core.features.transfers.records import SourceChange
from core.features.transfers.sources import DELETED, EDITED, counting
from core.kernel.registry import Registry

_OTHERWISE = {"tz": ("zone",), "by": ("author", "created_by")}
"""Exported fields that the tables call otherwise: by the first of these that a table has."""
_NOT_HELD = frozenset({"id", "transfer", "version", "source"})
"""What tells where a row stands, and (`version`, of minutes) what the tables mean something else by."""
_FILLED_IN = frozenset({"message", "link"})
"""Of a sentence without a message of its own, an export has those of the card that announced it."""
_UNTOLD = object()
_NUMBER = re.compile(r"\d+")


class ExportedRows:
    """The records of an export. `compared` counts the rows that were held against its trail."""

    def __init__(self, registry: Registry) -> None:
        self.replay = Replay(kinds_of(registry))
        self.compared = 0
        self._names: dict[str, str] = {}
        self._became: dict[tuple[str, str], dict[str, str]] = {}

    def disagreements(self, path: Path, transfer: str | None) -> Iterator[Disagreement]:
        """Where the rows and the trail, which `replay` has taken whole, part. Raises NoExport and OSError."""
        self.replay.finish()
        yield from self.replay.found
        for (names, values), told in self.replay.rows.items():
            if names == ("id",) and "name" in told.fields:
                self._names[str(values[0])] = str(told.fields["name"])
        self._became = _became(self.replay)
        seen: set[tuple[str, str]] = set()
        for key, row in records_of(path):
            where = _place(key, row)
            if transfer is None or where[0] == transfer.upper():
                seen.add(where)
                yield from self._row(where, row)
        patterns = {_pattern(ref) for _, ref in seen}
        for where in self.replay.references():
            if where not in seen and _pattern(where[1]) in patterns:
                yield Disagreement(*where, "", "the trail has it, the export has no such row")

    def _row(self, where: tuple[str, str], row: Mapping[str, Any]) -> Iterator[Disagreement]:
        scope, ident = where
        self.compared += 1
        told = self.replay.of_reference(scope, ident) or self.replay.rows.get((("person", "transfer"), (ident, scope)))
        if told is None:
            yield Disagreement(scope, ident, "", "the trail never made it")
            return
        kind = self.replay.kind_of(told.fields)
        columns = self.replay.kinds[kind] if kind else frozenset()
        for name, value in row.items():
            field = next((one for one in _OTHERWISE.get(name, (name,)) if one in columns), None)
            if field is not None and name not in _NOT_HELD:
                yield from self._field(told, name, told.fields.get(field), value)
        if ident in self._names and row.get("name") != self._names[ident]:
            yield Disagreement(scope, ident, "name", f"is {shown(row.get('name'))}: the trail has another")
        if told.said is not None and not row.get("source"):
            yield Disagreement(scope, ident, "source", "is gone")
        if row.get("source"):
            source = row["source"] if isinstance(row["source"], dict) else json.loads(row["source"])
            yield from source_faults(told, source, _FILLED_IN)
            yield from self._became_faults(told, where, source)
        if bool(_read(row.get("source_changed"), True)) != (where in self._became):
            yield Disagreement(scope, ident, "source_changed", "is not what the trail says of its message")
        yield from fingerprint_faults(told, row)

    def _became_faults(self, told: Told, where: tuple[str, str], source: Mapping[str, Any]) -> Iterator[Disagreement]:
        """Where an edit or a deletion of the message was left out, made up or put at another time."""
        became = self._became.get(where, {})
        for name in (EDITED, DELETED):
            if not same(source.get(name), became.get(name)):
                why = f"is {shown(source.get(name))}: the trail has {shown(became.get(name))}"
                yield Disagreement(told.transfer, told.name, f"source's {name}", why)

    def _field(self, told: Told, name: str, recorded: Any, value: Any) -> Iterator[Disagreement]:
        if recorded is None and name in ("created_by", "by"):
            recorded = "Tandem"
        exported = _read(value, recorded)
        expected = self._as_exported(recorded, exported)
        if expected is _UNTOLD or same(expected, exported) or (not expected and not exported):
            return
        if isinstance(expected, list) and isinstance(exported, list) and _sorted(expected) == _sorted(exported):
            return
        why = f"is {shown(exported)}: the trail has {shown(expected)}"
        yield Disagreement(told.transfer, told.name, name, why)

    def _as_exported(self, recorded: Any, exported: Any) -> Any:
        """What the trail has, as an export says it: people by name, and of an object the fields that it shows."""
        match recorded, exported:
            case str(), _:
                return self._names.get(recorded, recorded)
            case {"person": str(person)}, str():
                return self._names.get(person, person)
            case dict(), dict():
                known = {**recorded, "by": recorded.get("person")}
                return {
                    name: self._as_exported(known[name], value) if name in known else value
                    for name, value in exported.items()
                }
            case dict(), _:
                return _UNTOLD
            case list(), list() if len(recorded) == len(exported):
                pairs = zip(recorded, exported, strict=True)
                return [self._as_exported(one, other) for one, other in pairs]
            case list(), list():
                return [self._as_exported(one, "") for one in recorded]
            case _:
                return recorded


@dataclass(frozen=True, slots=True)
class _Change:
    """What became of a record's message, and when, as the trail has it."""

    kind: str
    at: str


def _became(replay: Replay) -> dict[tuple[str, str], dict[str, str]]:
    """Transfer and reference of each record whose message was edited or deleted, and when that was last done."""
    found: dict[tuple[str, str], list[_Change]] = {}
    one_id = (told.fields for (names, _), told in replay.rows.items() if names == ("id",))
    rows = [fields for fields in one_id if replay.kind_of(fields) is SourceChange]
    for row in sorted(rows, key=itemgetter("noted_at", "id")):
        found.setdefault((row["transfer"], row["record"]), []).append(_Change(row["kind"], row["at"]))
    counted = {where: counting(changes) for where, changes in found.items()}
    return {
        where: became
        for where, changes in counted.items()
        if (became := {change.kind: change.at for change in changes if change.kind in (EDITED, DELETED)})
    }


def _place(key: str, row: Any) -> tuple[str, str]:
    if not isinstance(row, dict) or not isinstance(row.get("id"), str) or not isinstance(row.get("transfer"), str):
        raise NoExport(f"a row of {key} lacks its id or its transfer")
    return row["transfer"], row["id"]


def _pattern(ref: str) -> str:
    """ACT-# of ACT-012, MTG-#.# of MTG-002.3: what is numbered alike is exported or left out alike."""
    return _NUMBER.sub("#", ref)


def _read(value: Any, like: Any) -> Any:
    """A CSV file's cell as what it stands for, by what the trail has in its place."""
    if not isinstance(value, str):
        return value
    if isinstance(like, list | dict | bool) and value:
        return json.loads(value)
    if like is None and value == "[]":  # a list that was never begun
        return None
    if isinstance(like, int) and value.lstrip("-").isdecimal():
        return int(value)
    return value or None


def _sorted(values: list[Any]) -> list[str]:
    return sorted(json.dumps(value, sort_keys=True) for value in values)

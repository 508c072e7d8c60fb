"""The tables of a store held against its trail: every row and field, what was said, and the numbers without gaps."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, select

from core.export.replay import Disagreement, Replay, Told, key_names, kinds_of, same, shown
from core.export.snapshot import TOGETHER
from core.kernel.audit import Source
from core.kernel.ids import HOUSE
from core.kernel.records import Trailed
from core.kernel.registry import Registry
from core.kernel.session import json_value
from core.kernel.transfers import Head

SAID = (
    "platform", "tenant", "channel", "message", "thread", "sha256", "author", "sent_at", "link", "audience",
)  # fmt: skip
"""What is held against the trail of a source, beside its text, which a SHA-256 stands for."""

REPLACED = "\ufffd"
"""Stands where something was cleaned away. Entries from before the kept text was hashed have the SHA-256 of what was
there before alone, so that such a text proves nothing."""


class Records:
    """The records beside the chains. `compared` counts the rows that were held against the trail."""

    def __init__(self, registry: Registry) -> None:
        self.replay = Replay(kinds_of(registry))
        self.compared = 0

    def disagreements(self, connection: Connection, transfer: str | None) -> Iterator[Disagreement]:
        """Where the store and the trail, which `replay` has taken whole, part. Of one transfer only its own rows:
        people and accounts, which several may change, are compared where all are."""
        self.replay.finish()
        yield from self.replay.found
        wanted = transfer.upper() if transfer else None
        yield from self._numbers(connection, wanted)
        yield from self._sources(connection, wanted)
        kinds = [kind for kind in self.replay.kinds if wanted is None or not _is_shared(kind)]
        for kind in kinds:
            yield from self._rows(connection, kind, wanted)
        for told in self.replay.rows.values():
            if self.replay.kind_of(told.fields) in kinds:
                yield Disagreement(told.transfer, told.name, "", "the trail has it, the store has no such row")

    def _rows(self, connection: Connection, kind: type[Trailed], transfer: str | None) -> Iterator[Disagreement]:
        names = key_names(kind)
        # What the trail does not name was left empty, but for a later version's column: its migration filled it in.
        unfilled = {column.key for column in kind.__table__.c if getattr(column, "nullable", True)}
        statement = select(*kind.__table__.c)
        if transfer is not None:
            statement = statement.where(kind.__table__.c.transfer == transfer)
        with connection.execution_options(yield_per=TOGETHER).execute(statement) as found:
            for row in map(dict, found.mappings()):
                self.compared += 1
                told = self.replay.rows.pop((names, tuple(json_value(row[name]) for name in names)), None)
                if told is None:
                    yield Disagreement(_scope(row), _called(kind, row), "", "the trail never made it")
                    continue
                for name, value in row.items():
                    if value != told.fields.get(name) and (name in told.fields or name in unfilled):
                        yield from _field(told, name, value)
                yield from fingerprint_faults(told, row)

    def _sources(self, connection: Connection, transfer: str | None) -> Iterator[Disagreement]:
        statement = select(*Source.__table__.c)
        if transfer is not None:
            statement = statement.where(Source.transfer == transfer)
        kept = set()
        with connection.execution_options(yield_per=TOGETHER).execute(statement) as found:
            for row in found:
                kept.add((row.transfer, row.record))
                told = self.replay.of_reference(row.transfer, row.record)
                if told is None or told.said is None:
                    yield Disagreement(row.transfer, row.record, "source", "is not one that the trail knows of")
                    continue
                yield from source_faults(told, row._asdict())
        for where in self.replay.references():
            told = self.replay.of_reference(*where)
            if told is not None and told.said is not None and where not in kept:
                yield Disagreement(*where, "source", "is gone")

    def _counted_once(self, transfer: str | None) -> Iterator[tuple[str, str]]:
        """The kinds that have numbered records; but for the rooms of old transfers, which were numbered by nobody."""
        for (scope, prefix), made in self.replay.numbers.items():
            uncounted = prefix == "ROM" and max(made) <= self.replay.unnumbered.get(scope, 0)
            if transfer in (None, scope) and _SERIES.fullmatch(prefix) and not uncounted:
                yield scope, prefix

    def _numbers(self, connection: Connection, transfer: str | None) -> Iterator[Disagreement]:
        counted = {
            (row.transfer, prefix): last
            for row in connection.execute(select(Head.transfer, Head.counters))
            for prefix, last in row.counters.items()
            if transfer in (None, row.transfer)
        }
        for scope, prefix in sorted({*counted, *self._counted_once(transfer)}):
            made = self.replay.numbers.get((scope, prefix), set())
            last = counted.get((scope, prefix))
            if last is None:
                yield Disagreement(scope, _numbered(prefix, max(made)), "", "the counter of its kind is gone")
                continue
            for number in sorted(set(range(1, max([last, *made]) + 1)) - made):
                yield Disagreement(scope, _numbered(prefix, number), "", "the number was never used: there is a gap")
            if made and max(made) > last:
                yield Disagreement(scope, _numbered(prefix, max(made)), "", f"the counter says {last} were made")


_SERIES = re.compile(r"[A-Z]+(-[SC][A-Z]?)?")
_CLOSED = re.compile(r"[\u202c\u2069]+$", re.MULTILINE)


def _numbered(series: str, number: int) -> str:
    """ACT-012 of ACT, ACT-S001 of ACT-S."""
    return f"{series}{'' if '-' in series else '-'}{number:03d}"


def source_faults(
    told: Told, row: Mapping[str, Any], filled_in: frozenset[str] = frozenset()
) -> Iterator[Disagreement]:
    """Where a kept source is not what was said, by the trail and the hashes in it.

    `filled_in` are fields that another's value may stand in where the trail has none: an export's.
    """
    said = dict(told.said or {})
    text = str(row.get("text") or "")
    kept = said.get("kept_sha256")
    if fingerprint(text) != kept if kept else not _may_be_of(text, row.get("sha256")):
        yield Disagreement(told.transfer, told.name, "source's text", "does not match its SHA-256")
    if audience := told.chain.partition("/")[2]:
        said["audience"] = audience
    for name in SAID:
        unshown = name == "audience" and name not in row  # an export has none
        if name not in said or unshown or (name in filled_in and said[name] is None):
            continue
        recorded = said[name]
        if not same(json_value(row.get(name)), recorded):
            why = f"is {shown(row.get(name))}: the trail has {shown(recorded)}"
            yield Disagreement(told.transfer, told.name, f"source's {name}", why)


def _may_be_of(text: str, captured: Any) -> bool:
    """Whether a kept text may be of what had this SHA-256 as captured: lines ended otherwise, directions were open."""
    opened = _CLOSED.sub("", text)
    before = (one.replace("\n", end) for one in (text, opened) for end in ("\n", "\r\n"))
    return REPLACED in text or any(fingerprint(one) == captured for one in before)


def fingerprint_faults(told: Told, row: Mapping[str, Any]) -> Iterator[Disagreement]:
    """Where minutes do not match the SHA-256 beside them."""
    if row.get("sha256") and "markdown" in row and fingerprint(str(row["markdown"])) != row["sha256"]:
        yield Disagreement(told.transfer, told.name, "markdown", "does not match its SHA-256")


def fingerprint(text: str) -> str:
    """The SHA-256 of a text, also of one that somebody put half a character into."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _is_shared(kind: type[Trailed]) -> bool:
    return kind.directory and "transfer" not in key_names(kind)


def _scope(row: Any) -> str:
    return str(row["transfer"]) if "transfer" in row else HOUSE


def _called(kind: type[Trailed], row: Any) -> str:
    """How the trail would name the row."""
    return kind(**row).trail_name()


def _field(told: Told, name: str, value: Any) -> Iterator[Disagreement]:
    recorded, stored = told.fields.get(name), json_value(value)
    if not same(stored, recorded):
        yield Disagreement(told.transfer, told.name, name, f"is {shown(stored)}: the trail has {shown(recorded)}")

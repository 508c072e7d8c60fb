"""The export's keys and their rows: what the features give, the posts, and the chains, for whom they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from core.export.posts import post_rows
from core.export.snapshot import Snapshot, snapshot
from core.export.sources import Row, sources_of
from core.export.trail import trail_rows
from core.kernel.audit import chain_name
from core.kernel.database import Store
from core.kernel.door import Door
from core.kernel.ids import HOUSE, Side, TransferId


@dataclass(frozen=True, slots=True)
class Scope:
    """What is asked for: one transfer or (None) all; what one side may see, or (None) everything."""

    transfer: str | None = None
    side: Side | None = None


class UnknownTransfer(Exception):
    """No transfer has this code; `known` are those that there are."""

    def __init__(self, code: str, known: list[TransferId]) -> None:
        super().__init__(f"there is no transfer {code}: there is {', '.join(known) or 'none yet'}")


class Export:
    """One export of one moment. Each key's rows are given once, as they are read."""

    def __init__(self, taken: Snapshot, exporters: Door, scope: Scope) -> None:
        self._taken, self._exporters = taken, exporters.registry.exporters
        known = taken.transfers()
        wanted = scope.transfer.upper() if scope.transfer else None
        if wanted and wanted not in known:
            raise UnknownTransfer(scope.transfer or "", known)
        self._transfers = [code for code in known if wanted in (None, code)]
        self._with_house = wanted is None and scope.side is None

    def keys(self) -> tuple[str, ...]:
        """Every key, in a fixed order."""
        return (*self._exporters, "posts", "trail")

    def rows(self, key: str) -> Iterator[Row]:
        """The rows under a key, of one transfer after another."""
        for transfer in self._transfers:
            yield from self._of_transfer(key, transfer)
        if self._with_house and key == "posts":
            yield from post_rows(self._taken, HOUSE)
        if self._with_house and key == "trail":
            yield from trail_rows(self._taken.connection, HOUSE)

    def _of_transfer(self, key: str, transfer: TransferId) -> Iterator[Row]:
        match key:
            case "posts":
                yield from post_rows(self._taken, transfer)
            case "trail":
                for audience in self._taken.audiences(self._taken.directory(transfer)):
                    yield from trail_rows(self._taken.connection, chain_name(transfer, audience))
            case _:
                yield from self._records(key, transfer)

    def _records(self, key: str, transfer: TransferId) -> Iterator[Row]:
        with self._taken.reads(self._taken.directory(transfer)) as reads:
            rows = list(self._exporters[key](reads))
            sources = sources_of(reads, self._taken.connection)
        was_said = any(row["id"] in sources for row in rows)
        for row in rows:
            source = sources.get(row["id"])
            yield {**row, "source": source, "source_changed": _is_changed(source)} if was_said else row


def _is_changed(source: Row | None) -> bool:
    """Whether the message that a record was made from was edited or deleted since (AT-12, AT-13)."""
    return source is not None and bool(source["edited"] or source["deleted"])


@contextmanager
def exporting(store: Store, door: Door, scope: Scope) -> Iterator[Export]:
    """An export of the store as it is now. Raises UnknownTransfer."""
    with snapshot(store, door, scope.side) as taken:
        yield Export(taken, door, scope)

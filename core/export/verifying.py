"""Walking the chains, of a store or of an export alone: where does each first break, and does a witness stand there?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from core.export.agreeing import Records
from core.export.exported import ExportedRows
from core.export.reading import NoExport, trail_of
from core.export.replay import Disagreement, Replay
from core.export.rows import UnknownTransfer
from core.export.snapshot import one_moment
from core.export.trail import SPREAD, entries
from core.kernel.audit import START, Entry, Verdict, chain_name, verify
from core.kernel.database import Store
from core.kernel.ids import HOUSE, Audience, TransferId
from core.kernel.transfers import Head

Row = dict[str, Any]
Step = tuple[int, str, str, str]
_NEEDED = {"chain": str, "seq": int, "body": str, "prev": str, "hash": str}


@dataclass(slots=True)
class Witness:
    """The start of a head that somebody kept; `seen` once an entry with it was walked past."""

    digits: str
    seen: bool = False

    def look(self, digest: str) -> None:
        """Compare it with an entry's hash."""
        self.seen = self.seen or digest.startswith(self.digits)


Finding = Verdict | Disagreement


def verify_store(store: Store, transfer: str | None, witness: Witness | None) -> Iterator[Verdict]:
    """Each chain's verdict, as the store has it. Raises UnknownTransfer."""
    with one_moment(store) as connection:
        yield from _walk_store(connection, transfer, witness, None)


def audit_store(store: Store, transfer: str | None, witness: Witness | None, records: Records) -> Iterator[Finding]:
    """Each chain's verdict, then where the store's records part from them. Raises UnknownTransfer."""
    with one_moment(store) as connection:
        yield from _walk_store(connection, transfer, witness, records.replay)
        yield from records.disagreements(connection, transfer)


def _walk_store(
    connection: Connection, transfer: str | None, witness: Witness | None, replay: Replay | None
) -> Iterator[Verdict]:
    heads = _heads(connection)
    for chain in _chains(connection, heads, transfer):
        rows = (_as_exported(row) for row in entries(connection, chain))
        yield _against_head(_walk(chain, rows, witness, replay), heads.get(chain))


def _as_exported(entry: Any) -> Row:
    return {**entry._asdict(), "at": entry.at.isoformat(timespec="milliseconds")}


def verify_file(path: Path, transfer: str | None, witness: Witness | None) -> Iterator[Verdict]:
    """Each chain's verdict, as an export has it. Raises NoExport, OSError and UnknownTransfer."""
    return _walk_file(path, transfer, witness, None)


def audit_file(path: Path, transfer: str | None, witness: Witness | None, rows: ExportedRows) -> Iterator[Finding]:
    """Each chain's verdict, then where the export's `rows` part from them. Raises as `verify_file` does."""
    yield from _walk_file(path, transfer, witness, rows.replay)
    yield from rows.disagreements(path, transfer)


def _walk_file(path: Path, transfer: str | None, witness: Witness | None, replay: Replay | None) -> Iterator[Verdict]:
    walked: set[str] = set()
    for chain, rows in groupby(map(_sound, trail_of(path)), itemgetter("chain")):
        if not _is_of(chain, transfer):
            walked.add(chain)
            continue
        if chain in walked:
            yield Verdict(chain, 0, START, next(rows)["seq"], "its entries do not stand together")
        else:
            yield _walk(chain, rows, witness, replay)
        walked.add(chain)
    if transfer and not any(_is_of(chain, transfer) for chain in walked):
        raise UnknownTransfer(transfer, sorted({TransferId(chain.partition("/")[0]) for chain in walked}))


def _sound(row: Any) -> Row:
    """The row, if it is an entry. Raises NoExport."""
    if not isinstance(row, dict) or not all(isinstance(row.get(name), kind) for name, kind in _NEEDED.items()):
        raise NoExport(f"a row of the trail lacks one of {', '.join(_NEEDED)}")
    return row


def _is_of(chain: str, transfer: str | None) -> bool:
    return transfer is None or chain.partition("/")[0] == transfer.upper()


def _walk(chain: str, rows: Iterable[Row], witness: Witness | None, replay: Replay | None) -> Verdict:
    """Walk one chain; a column beside the hashed text that does not say what the text says breaks it too."""
    strayed: list[tuple[int, str]] = []

    def steps() -> Iterator[Step]:
        for row in rows:
            body = _body(row)
            name = _strayed(row, body)
            if name is not None:
                strayed.append((row["seq"], name))
            if replay is not None:
                replay.take(chain, body)
            if witness is not None:
                witness.look(row["hash"])
            yield row["seq"], row["body"], row["prev"], row["hash"]

    verdict = verify(chain, steps())
    if verdict.broken is None and strayed:
        seq, name = strayed[0]
        return replace(verdict, broken=seq, why=f"its {name} is not what its text says")
    return verdict


def _body(row: Row) -> Row:
    """What the hashed text says; nothing where it cannot be read, which the hash will show."""
    try:
        body = json.loads(row["body"])
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _strayed(row: Row, body: Row) -> str | None:
    """The first field that differs from the hashed text."""
    if not body:
        return None
    for name in ("chain", "seq", *SPREAD):
        if name in row and (row[name] or None) != (body.get(name) or None):  # a CSV file knows no null
            return name
    return None


def _heads(connection: Connection) -> dict[str, tuple[int, str]]:
    """Chain to the last sequence number and hash that its transfer's head row holds."""
    return {
        chain_name(row.transfer, audience): (int(seq), str(digest))
        for row in connection.execute(select(Head.transfer, Head.chains).order_by(Head.transfer))
        for audience, (seq, digest) in row.chains.items()
    }


def _chains(connection: Connection, heads: Iterable[str], transfer: str | None) -> list[str]:
    stored = connection.execute(select(Entry.chain).distinct()).scalars()
    every = sorted({*stored, *heads}, key=_order)
    chosen = [chain for chain in every if _is_of(chain, transfer)]
    if transfer and not chosen:
        known = {TransferId(chain.partition("/")[0]) for chain in every if chain != HOUSE}
        raise UnknownTransfer(transfer, sorted(known))
    return chosen


def _order(chain: str) -> tuple[bool, str, int]:
    transfer, _, audience = chain.partition("/")
    return chain == HOUSE, transfer, list(Audience).index(Audience(audience)) if audience in set(Audience) else 9


def _against_head(verdict: Verdict, head: tuple[int, str] | None) -> Verdict:
    """The head row is a witness inside the store: an entry cut off the end shows by it."""
    if verdict.broken is not None or head == (verdict.entries, verdict.head):
        return verdict
    if head is None:
        return replace(verdict, broken=1, why="no head row knows of it")
    last, _ = head
    if last > verdict.entries:
        return replace(
            verdict, broken=verdict.entries + 1, why=f"entry {verdict.entries + 1} is missing: {last} were made"
        )
    return replace(verdict, broken=verdict.entries, why="it is not the head that the head row holds")

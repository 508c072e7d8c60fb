"""The exported trail: each entry spread out to be read, beside the text that was hashed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

from core.export.snapshot import TOGETHER
from core.export.sources import Row
from core.kernel.audit import Entry
from core.kernel.ids import HOUSE

SPREAD = (
    "command_id", "part", "at", "actor", "name", "side", "role", "command", "event", "record", "version", "changes",
    "reason", "source", "software",
)  # fmt: skip
"""The fields of an entry that its hashed text holds."""


def entries(connection: Connection, chain: str) -> Iterator[Any]:
    """A chain's rows in order, a few at a time."""
    statement = select(*Entry.__table__.c).where(Entry.chain == chain).order_by(Entry.seq)
    with connection.execution_options(yield_per=TOGETHER).execute(statement) as found:
        yield from found


def trail_rows(connection: Connection, chain: str) -> Iterator[Row]:
    """A chain as the export has it."""
    for entry in entries(connection, chain):
        body = json.loads(entry.body)
        yield {
            "id": f"{chain}/{entry.seq}",
            "transfer": body["transfer"] or HOUSE,
            "state": None,
            "created_at": body["at"].replace("+00:00", "Z"),
            "created_by": body["name"],
            "chain": entry.chain,
            "seq": entry.seq,
            **{name: body.get(name) for name in SPREAD},
            "body": entry.body,
            "prev": entry.prev,
            "hash": entry.hash,
        }

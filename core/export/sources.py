"""The `source` of an exported row: what was said, where, in which message, and what became of that message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import aliased

from core.features.transfers.records import SourceChange
from core.features.transfers.sources import DELETED, EDITED, counting
from core.kernel.audit import Source
from core.kernel.ids import TransferId
from core.kernel.posting import Post
from core.kernel.turn import Address
from core.kernel.work import Reads

Row = dict[str, Any]
Sent = Mapping[tuple[str, str], tuple[str | None, str | None]]


def utc(at: datetime | None) -> str | None:
    """A moment as the export has it: UTC, ISO 8601, to the millisecond."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z") if at else None


def sources_of(reads: Reads, connection: Connection) -> dict[str, Row]:
    """Reference to source, of every record of the transfer that was made from something said."""
    announced = _announced(connection, reads.transfer)
    changed = _changed(reads)
    found = reads.all(select(Source).where(Source.transfer == reads.transfer))
    return {source.record: _row(source, announced, changed.get(source.record, {})) for source in found}


def _row(source: Source, announced: Sent, changed: Mapping[str, datetime]) -> Row:
    message, link = source.message, source.link
    if message is None:
        room = str(Address(source.platform, source.tenant, source.channel))
        message, link = announced.get((source.record, room), (None, link))
    return {
        "platform": source.platform,
        "tenant": source.tenant,
        "channel": source.channel,
        "message": message,
        "thread": source.thread,
        "author": source.author,
        "sent_at": utc(source.sent_at),
        "text": source.text,
        "sha256": source.sha256,
        "link": link,
        "edited": utc(changed.get(EDITED)),
        "deleted": utc(changed.get(DELETED)),
    }


def _changed(reads: Reads) -> dict[str, dict[str, datetime]]:
    """Record to the time at which its message was last edited, and deleted, as its platform says."""
    found: dict[str, list[SourceChange]] = {}
    statement = select(SourceChange).where(SourceChange.transfer == reads.transfer)
    for change in reads.all(statement.order_by(SourceChange.noted_at, SourceChange.id)):
        found.setdefault(change.record, []).append(change)
    return {record: {one.kind: one.at for one in counting(changes)} for record, changes in found.items()}


def _announced(connection: Connection, transfer: TransferId) -> Sent:
    """Record and room to the message and link of the card that announced it there.

    A card that went out in a list is that list's message.
    """
    return {
        (row.key.removeprefix("card:"), row.address): (row.message or row.listed, row.link or row.listed_link)
        for row in _cards(connection, transfer)
        if row.message or row.listed
    }


def _cards(connection: Connection, transfer: TransferId) -> Iterator[Any]:
    """The newest first, so that the oldest, which announced the record, stands in the end."""
    carrier = aliased(Post)
    yield from connection.execute(
        select(Post.key, Post.address, Post.message, Post.link, carrier.message.label("listed"))
        .add_columns(carrier.link.label("listed_link"))
        .outerjoin(carrier, carrier.id == Post.listed_in)
        .where(Post.transfer == transfer, Post.key.startswith("card:"))
        .order_by(Post.number.desc())
    )

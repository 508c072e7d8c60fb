"""The exported posts: where each went, every try, and what the platform called it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select

from core.export.snapshot import TOGETHER, Snapshot
from core.export.sources import Row, utc
from core.kernel.access import Directory
from core.kernel.ids import TransferId, audience_named
from core.kernel.posting import Attempt, Outlet, Post


def post_rows(snapshot: Snapshot, transfer: TransferId) -> Iterator[Row]:
    """The posts of a transfer that the reader may know of, in the order in which they were promised."""
    directory = snapshot.directory(transfer)
    attempts = _attempts(snapshot, transfer)
    statement = (
        select(*Post.__table__.c, Outlet.platform, Outlet.tenant, Outlet.channel, Outlet.direct)
        .join(Outlet, Outlet.address == Post.address)
        .where(Post.transfer == transfer)
        .order_by(Post.number)
    )
    with snapshot.connection.execution_options(yield_per=TOGETHER).execute(statement) as found:
        for row in found:
            if snapshot.side is None or _may_know(row, directory, snapshot):
                yield _row(row, attempts)


def _row(row: Any, attempts: Mapping[str, list[Row]]) -> Row:
    return {
        "id": row.id,
        "transfer": row.transfer,
        "state": row.state,
        "created_at": utc(row.created_at),
        "created_by": "Tandem",
        "to": {"platform": row.platform, "tenant": row.tenant, "channel": row.channel},
        "template": row.template,
        "attempts": attempts.get(row.id, []),
        "sent_at": utc(row.sent_at),
        "message": row.message,
    }


def _attempts(snapshot: Snapshot, transfer: TransferId) -> dict[str, list[Row]]:
    tries: dict[str, list[Row]] = {}
    statement = select(Attempt.post, Attempt.at, Attempt.result).join(Post, Post.id == Attempt.post)
    for row in snapshot.connection.execute(statement.where(Post.transfer == transfer).order_by(Attempt.number)):
        tries.setdefault(row.post, []).append({"at": utc(row.at), "result": row.result})
    return tries


def _may_know(row: Any, directory: Directory, snapshot: Snapshot) -> bool:
    """A side knows of posts in the rooms that it sees, unless they were for the other side's eyes alone."""
    if audience_named(row.record or row.key or "") not in snapshot.audiences(directory):
        return False  # it went to a company of which the join was taken back
    reader = row.channel if row.direct else row.only_for
    if reader is None:
        return any(str(room.address) == row.address for room in directory.rooms)
    return any(
        (account.platform, account.tenant, account.user) == (row.platform, row.tenant, reader)
        for member in directory.members.values()
        if member.side is snapshot.side
        for account in member.accounts
    )

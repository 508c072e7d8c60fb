"""One's own last record: what `undo` and `s/old/new/` mean where they name none."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from core.features.capa.records import Capa, CapaLine
from core.features.corrections.kinds import CAPTURED, Correctable
from core.kernel.audit import Entry, chain_name
from core.kernel.errors import NotFound, msg
from core.kernel.work import Reads


def last_of_mine(reads: Reads) -> Correctable:
    """The record that the actor made last of what belongs to this room: its company's own there, else both's.

    Raises NotFound where there is none.
    """
    last = (_last(kind, reads) for kind in (*CAPTURED.values(), Capa, CapaLine))
    found: list[Correctable] = [record for record in last if record is not None]
    if not found:
        raise NotFound(msg("You have recorded nothing here yet. Name the record that you mean."))
    newest = max(record.created_at for record in found)
    latest = [record for record in found if record.created_at == newest]
    return latest[0] if not latest[1:] else max(latest, key=lambda one: _place(one, reads))


def _last(kind: Any, reads: Reads) -> Any:
    """Of one kind; those of one moment, as a form may make them, by their numbers."""
    mine = select(kind).where(
        kind.transfer == reads.transfer, kind.created_by == reads.actor.person, kind.audience == reads.audience
    )
    return reads.one(mine.order_by(kind.created_at.desc(), func.length(kind.ref).desc(), kind.ref.desc()))


def _place(record: Correctable, reads: Reads) -> int:
    """Where its making stands in the trail."""
    chain = chain_name(reads.transfer, record.trail_audience())
    of_record = select(Entry).where(Entry.chain == chain, Entry.record == record.ref)
    first = reads.one(of_record.order_by(Entry.seq))
    return first.seq if first else 0

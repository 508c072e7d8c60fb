"""One's own last record, what `undo` and `s/old/new/` mean where they name none; and what one said since it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from core.features.capa.records import Capa, CapaLine
from core.features.corrections.kinds import CAPTURED, Correctable
from core.features.corrections.standing import making
from core.kernel.audit import Entry, chain_name
from core.kernel.errors import NotFound, msg
from core.kernel.ids import Ref, is_reference
from core.kernel.records import Record
from core.kernel.work import Reads, Work

KINDS = (*CAPTURED.values(), Capa, CapaLine)

FEW = 50
"""Entries looked through: those of one person since a record that they made within the hour."""

NEAR = 500
"""Of so many entries of everybody, the newest, those are looked through that recorded somebody else's words."""


def last_of_mine(reads: Reads) -> Correctable:
    """The record that the actor made last, of their own words or of another's, of what belongs to this room: its
    company's own there, else both's.

    Raises NotFound where there is none.
    """
    record: Correctable = _last_of(KINDS, reads)
    return record


def last_made(work: Work) -> Record:
    """The same, among all that can be taken back. Raises NotFound where there is none."""
    record: Record = _last_of((*KINDS, *(one.kind for one in work.withdrawers.values())), work)
    return record


def _last_of(kinds: Iterable[Any], reads: Reads) -> Any:
    own = (_last(kind, reads) for kind in kinds)
    found = [record for record in (*own, _recorded_for_another(reads)) if record is not None]
    if not found:
        raise NotFound(msg("You have made no record here yet. Name the one that you mean."))
    newest = max(record.created_at for record in found)
    latest = [record for record in found if record.created_at == newest]
    return latest[0] if not latest[1:] else max(latest, key=lambda one: _place(one, reads))


def _last(kind: Any, reads: Reads) -> Any:
    """Of one kind; those of one moment, as a form may make them, by their numbers."""
    mine = select(kind).where(
        kind.transfer == reads.transfer, kind.created_by == reads.actor.person, kind.audience == reads.audience
    )
    return reads.one(mine.order_by(kind.created_at.desc(), func.length(kind.ref).desc(), kind.ref.desc()))


def _recorded_for_another(reads: Reads) -> Correctable | None:
    """The last record that the actor made of another's words: a message that they picked, or a proposal."""
    here = Entry.chain == chain_name(reads.transfer, reads.audience)
    newest = reads.one(select(func.max(Entry.seq)).where(here)) or 0
    near = select(Entry).where(here, Entry.seq > newest - NEAR, _mine(reads))
    for entry in reads.all(near.order_by(Entry.seq.desc())):
        body, kind = entry.said, CAPTURED.get((entry.record or "").partition("-")[0])
        if kind is not None and "created_at" in body["changes"] and body["person"] == reads.actor.person:
            record = reads.get(kind, Ref(entry.record or ""))
            return record if record.created_by != reads.actor.person else None
    return None


def _place(record: Record, reads: Reads) -> int:
    """Where its making stands in the trail."""
    made = making(record, reads)
    return made.seq if made else 0


@dataclass(frozen=True, slots=True)
class Act:
    """A sentence that somebody said, the records that it made, and those that it only changed or was about."""

    says: str
    made: tuple[Ref, ...]
    about: tuple[Ref, ...]


def act_since(record: Record, work: Work) -> Act | None:
    """What the actor said last in the record's chain since they made it; None where that was the making itself."""
    made = making(record, work)
    if made is None:
        return None
    since = select(Entry).where(Entry.chain == made.chain, Entry.seq > made.seq, Entry.command_id != made.command_id)
    said = _said_last(since, work)
    return _act(said, work) if said else None


def last_said(work: Work) -> list[dict[str, Any]]:
    """The entries of what the actor said last here, the newest first; none where that is too long ago to be near."""
    here = Entry.chain == chain_name(work.transfer, work.audience)
    newest = work.one(select(func.max(Entry.seq)).where(here)) or 0
    return _said_last(select(Entry).where(here, Entry.seq > newest - NEAR), work)


def _said_last(entries: Select[Entry], work: Work) -> list[dict[str, Any]]:
    said: list[dict[str, Any]] = []
    for entry in work.all(entries.where(_mine(work)).order_by(Entry.seq.desc()).limit(FEW)):
        body = entry.said
        if said and body["command_id"] != said[0]["command_id"]:
            break
        if body["person"] == work.actor.person and _how_said(body, work):
            said.append(body)
    return said


def _mine(reads: Reads) -> ColumnElement[bool]:
    return Entry.body.contains(f'"person":"{reads.actor.person}"', autoescape=True)


def _how_said(body: dict[str, Any], work: Work) -> str | None:
    """How people say the command; None for one that came of something else that they did."""
    kind = work.messages.get(body["command"])
    return (kind.shorthand.like if kind.shorthand else kind.says) if kind else None


def _act(said: list[dict[str, Any]], work: Work) -> Act:
    named = [(Ref(one["record"]), "created_at" in one["changes"]) for one in reversed(said) if one["record"]]
    records = [(ref, made) for ref, made in named if is_reference(ref)]
    return Act(
        _how_said(said[0], work) or "",
        tuple(ref for ref, made in records if made),
        tuple(ref for ref, made in records if not made),
    )

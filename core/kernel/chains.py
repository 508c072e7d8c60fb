"""What a group adds to its transfer's chains: an entry for each row that a command changed and each event of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from core.kernel.audit import START, canonical, chain_name, link
from core.kernel.ids import HOUSE, Audience, TransferId, audience_named, is_reference
from core.kernel.records import Record, Trailed
from core.kernel.session import Change
from core.kernel.work import Origin, Work

Row = dict[str, Any]


@dataclass(slots=True)
class Chains:
    """The heads of a transfer's chains, by audience, and the entries and sources that are to be written."""

    transfer: TransferId
    software: str
    heads: dict[str, list[Any]]
    entries: list[Row] = field(default_factory=list)
    sources: list[Row] = field(default_factory=list)
    moved: bool = False

    def tell(self, command_id: str, command: Any, work: Work, changes: Sequence[Change]) -> tuple[str, ...]:
        """Add what a command did. Returns the names of all that it changed, which are the records of its delivery."""
        named = {change.row.trail_name() for change in changes}
        happened: dict[str, list[str]] = {}
        for event in work.events:
            happened.setdefault(event.record, []).append(event.called())
        base = _entry_base(command_id, command, work, self.software)
        part = 0
        # What both see goes first: a gap in the parts would tell the other company of one's own.
        for change in sorted(changes, key=lambda change: change.row.trail_audience() != Audience.JOINT):
            name = change.row.trail_name()
            body = {
                **base,
                "event": " ".join(happened.get(name, ())),
                "record": name,
                "version": getattr(change.row, "version", None),
                "changes": change.values,
            }
            self._chain(body, change.row.trail_audience(), part, work)
            self._keep_source(change, work)
            part += 1
        for name, events in happened.items():
            if name not in named:
                body = {**base, "event": " ".join(events), "record": name, "version": None, "changes": {}}
                self._chain(body, _audience_of(name, work), part, work)
                part += 1
        if part == 0:
            body = {**base, "event": "", "record": None, "version": None, "changes": {}}
            self._chain(body, work.audience, part, work)
        return tuple(dict.fromkeys([change.row.trail_name() for change in changes]))

    def _chain(self, body: Row, audience: Audience, part: int, work: Work) -> None:
        said = work.said.get(body["record"] or "")
        if said is not None:
            body = {**body, "source": _source_of(said)}
        elif work.audience not in (Audience.JOINT, audience):
            body = {**body, "source": None}  # where one company speaks alone is not for the other to read
        chain = chain_name(self.transfer, audience)
        seq, prev = self.heads.get(audience, (0, START))
        body = {**body, "chain": chain, "seq": seq + 1, "part": part}
        text = canonical(body)
        digest = link(prev, text)
        self.heads[audience] = [seq + 1, digest]
        self.moved = True
        self.entries.append(
            {
                "chain": chain,
                "seq": seq + 1,
                "command_id": body["command_id"],
                "part": part,
                "at": work.now,
                "record": body["record"],
                "body": text,
                "prev": prev,
                "hash": digest,
            }
        )

    def _keep_source(self, change: Change, work: Work) -> None:
        row = change.row
        origin = work.said.get(change.row.trail_name(), work.origin)
        if not isinstance(row, Record) or origin is None or row.version != 1 or "created_at" not in change.values:
            return
        self.sources.append({**_source_row(self.transfer, row.ref, origin), "audience": row.trail_audience()})


def _audience_of(name: str, work: Work) -> Audience:
    """Whose chain tells of something that changed no row: a reference says it, read or not; else the row that bears
    the name, if it was read."""
    if name in work.told_to:
        return work.told_to[name]
    if is_reference(name):
        return audience_named(name)
    if not work.directory.has_own_rooms:
        return Audience.JOINT
    for row in work.session.identity_map.values():
        if isinstance(row, Trailed) and row.trail_name() == name:
            return row.trail_audience()
    return work.audience


def _entry_base(command_id: str, command: Any, work: Work, software: str) -> Row:
    actor, origin = work.actor, work.origin
    confirmed = {"proposed_by": work.proposed_by, "confirmed_by": actor.name} if work.proposed_by else {}
    return {
        "command_id": command_id,
        "at": work.now.isoformat(timespec="milliseconds"),
        "actor": str(actor.identity or actor.kind),
        "person": actor.person,
        "name": actor.name,
        "side": actor.side.value if actor.side else None,
        "role": actor.role,
        "command": command.called(),
        "reason": work.reason,
        "source": _source_of(origin) if origin else None,
        "software": software,
        "transfer": None if work.transfer == HOUSE else work.transfer,
        **confirmed,
    }


def _source_of(origin: Origin) -> Row:
    return {
        "platform": origin.room.platform,
        "tenant": origin.room.tenant,
        "channel": origin.room.channel,
        "message": origin.message,
        "thread": origin.thread,
        "sha256": origin.sha256,
        "kept_sha256": origin.kept_sha256,
        "author": origin.author,
        "sent_at": origin.sent_at.isoformat(timespec="milliseconds"),
        "link": origin.link,
        **_held_in(origin),
    }


def _held_in(origin: Origin) -> Row:
    """Which held line it was, and who had it recorded: the entry's actor is who said it."""
    if origin.held is None:
        return {}
    held = origin.held
    return {"line": held.line, "recorded_by": {"actor": held.recorded_by, "name": held.name}}


def _source_row(transfer: TransferId, record: str, origin: Origin) -> Row:
    return {
        "transfer": transfer,
        "record": record,
        "platform": origin.room.platform,
        "tenant": origin.room.tenant,
        "channel": origin.room.channel,
        "message": origin.message,
        "thread": origin.thread,
        "author": origin.author,
        "sent_at": origin.sent_at,
        "text": origin.text,
        "sha256": origin.sha256,
        "link": origin.link,
    }

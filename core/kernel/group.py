"""The commands of one transfer that are committed together: its head under lock, and the rows that they promised."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, select, update

from core.kernel import statements, stored
from core.kernel.access import Directory, Head, Member, Person, PersonAccount
from core.kernel.audit import START, Entry, Source, canonical, chain_name, link
from core.kernel.clock import new_id
from core.kernel.directories import Directories
from core.kernel.directory import read_directory
from core.kernel.ids import HOUSE, Audience, TransferId, audience_named, is_reference
from core.kernel.posting import HELD, WAITING, Job, Post
from core.kernel.readers import Aim, goes_to
from core.kernel.records import Record, Trailed
from core.kernel.session import Change
from core.kernel.work import JobRequest, Origin, PostRequest, Work

Row = dict[str, Any]


class HeldElsewhere(Exception):
    """Another process has this transfer's head row; its group comes later."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What a command that went well has changed, and the rows of the posts that it promised."""

    changes: Sequence[Change]
    posts: Sequence[Row]


@dataclass(slots=True)
class Group:
    """One transaction's state: opened under the head row's lock, written at once by `write`."""

    connection: Connection
    transfer: TransferId
    software: str
    directory: Directory
    counters: dict[str, int]
    chains: dict[str, list[Any]]
    is_new: bool
    known: dict[str, tuple[str, ...]]
    known_outlets: Container[str]
    rows: dict[Any, list[Row]] = field(default_factory=dict)
    entries: list[Row] = field(default_factory=list)
    chained: bool = False
    sources: list[Row] = field(default_factory=list)
    posts: list[Row] = field(default_factory=list)
    outlets: dict[str, Row] = field(default_factory=dict)
    jobs: dict[str, JobRequest] = field(default_factory=dict)
    consumed: set[str] = field(default_factory=set)
    people_changed: set[str] = field(default_factory=set)

    @classmethod
    def open(
        cls,
        connection: Connection,
        transfer: TransferId,
        command_ids: Sequence[str],
        memory: Directories,
        software: str,
    ) -> Group:
        """Lock the head, compare the cached directory with it, look for known deliveries. Raises HeldElsewhere."""
        row = connection.execute(statements.LOCKED_HEAD, {"of": transfer}).first()
        if row is None and connection.execute(select(Head.transfer).where(Head.transfer == transfer)).first():
            raise HeldElsewhere(transfer)
        version = row.directory if row else 0
        directory = memory.cached(transfer)
        if directory is None or row is None or directory.version != version:
            directory = read_directory(connection, transfer, version)
        known: dict[str, tuple[str, ...]] = {}
        for found in connection.execute(statements.KNOWN_DELIVERIES, {"ids": command_ids}):
            record = (found.record,) if found.record else ()
            known[found.command_id] = known.get(found.command_id, ()) + record
        return cls(
            connection,
            transfer,
            software,
            directory,
            dict(row.counters) if row else {},
            dict(row.chains) if row else {},
            row is None,
            known,
            memory.outlets,
        )

    def seen(self, command_id: str) -> tuple[str, ...] | None:
        """The records of an earlier delivery of this command, or None if it is new."""
        return self.known.get(command_id)

    def take_job(self, job: str) -> bool:
        """Whether a stored job still waits; one that was replaced or done meanwhile does nothing."""
        if job in self.consumed:
            return False
        key = self.connection.execute(select(Job.key).where(Job.id == job)).scalar()
        return key is not None and key not in self.jobs

    def directory_after(self, work: Work) -> Directory:
        """The directory as the command leaves it: read anew if it changed people, members or rooms."""
        if not any(row.directory for row in work.session.touched()):
            return self.directory
        work.session.take_in()
        return read_directory(work.session.connection(), self.transfer, self.directory.version + 1)

    def post_rows(self, posts: Iterable[tuple[PostRequest, str]], work: Work) -> list[Row]:
        """A row for each outlet that a promised post goes to."""
        rows = []
        for request, view in posts:
            rows += [
                self._post_row(request, view, aim, work) for aim in goes_to(request, work, self.connection, self.posts)
            ]
        return rows

    def _post_row(self, request: PostRequest, view: str, aim: Aim, work: Work) -> Row:
        record = request.record
        return {
            "id": new_id(),
            "transfer": self.transfer,
            "address": str(aim.address),
            "to": aim.address,
            "key": request.key,
            "template": request.draw.template,
            "card": "",
            "view": view,
            "record": record.ref if record else None,
            "record_version": record.version if record else None,
            "under": record.under() if record else None,
            "only_for": aim.only_for,
            "thread": aim.thread,
            "marks": aim.marks,
            "in_place": aim.in_place,
            "urgent": request.urgent or aim.only_for is not None,
            "state": HELD if aim.held else WAITING,
            "unsent": not aim.held,
            "created_at": work.now,
            "tries": 0,
        }

    def accept(self, command_id: str, command: Any, work: Work, ended: Ended, job: str | None) -> None:
        """Take over what a command that went well has changed and promised."""
        parts = self._add_entries(command_id, command, work, ended.changes)
        self.known[command_id] = parts
        self.counters = work.counters
        if work.directory is not self.directory:
            self.directory = work.directory
            self.people_changed.update(
                change.row.id if isinstance(change.row, Person) else change.row.person
                for change in ended.changes
                if isinstance(change.row, (Person, PersonAccount))
            )
        for new in work.session.outside:
            self.rows.setdefault(new.__table__, []).append(_columns(new))
        for row in ended.posts:
            address = row.pop("to")
            self.posts.append(row)
            if row["address"] in self.known_outlets:
                continue
            self.outlets[row["address"]] = {
                "address": row["address"],
                "platform": address.platform,
                "tenant": address.tenant,
                "channel": address.channel,
                "direct": address.direct,
            }
        for request in work.jobs:
            self.jobs[request.key] = request
        if job is not None:
            self.consumed.add(job)

    def _add_entries(self, command_id: str, command: Any, work: Work, changes: Sequence[Change]) -> tuple[str, ...]:
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
        seq, prev = self.chains.get(audience, (0, START))
        body = {**body, "chain": chain, "seq": seq + 1, "part": part}
        text = canonical(body)
        digest = link(prev, text)
        self.chains[audience] = [seq + 1, digest]
        self.chained = True
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

    def settle(self, tables: Container[Any] | None) -> None:
        """Write the rows that accepted commands added to `tables` (to all), in the order of their foreign keys.

        So are their entries and posts, which a later command may read too.
        """
        for table in sorted(self.rows, key=statements.table_order):
            if tables is None or table in tables:
                statements.add(self.connection, table, self.rows.pop(table))
        for table, kept in ((Entry.__table__, self.entries), (Post.__table__, self.posts)):
            if kept and (tables is None or table in tables):
                statements.add(self.connection, table, kept)
                kept.clear()

    def write(self) -> None:
        """Write what was promised, in a handful of statements, whatever the number of commands."""
        run = self.connection.execute
        self.settle(None)
        if self.outlets:
            # In one order: two groups that wait for each other's new outlets would be a deadlock.
            named = [self.outlets[name] for name in sorted(self.outlets)]
            run(statements.outlets_not_known(self.connection.dialect.name), named)
        if self.sources:
            statements.add(self.connection, Source.__table__, self.sources)
        self._write_jobs()
        self._write_head()

    def _write_jobs(self) -> None:
        run = self.connection.execute
        if self.consumed:
            run(delete(Job).where(Job.id.in_(self.consumed)))
        if self.jobs:
            taken_back = [key for key, request in self.jobs.items() if request.command is None]
            if taken_back:
                run(delete(Job).where(Job.transfer == self.transfer, Job.key.in_(taken_back)))
            rows = [
                {
                    "id": new_id(),
                    "transfer": self.transfer,
                    "key": key,
                    "due_at": request.due_at,
                    "command": request.command.called(),
                    "version": request.command.version,
                    "body": stored.dump(request.command),
                    "tries": 0,
                    "aside": False,
                }
                for key, request in self.jobs.items()
                if request.command is not None
            ]
            if rows:
                run(statements.jobs_in_place(self.connection.dialect.name), rows)

    def _write_head(self) -> None:
        if not self.chained:
            return
        values = {"directory": self.directory.version, "counters": self.counters, "chains": self.chains}
        if self.is_new:
            statements.add(self.connection, Head.__table__, [{"transfer": self.transfer, **values}])
        else:
            self.connection.execute(statements.HEAD_MOVED, {"of": self.transfer, **values})
        if self.people_changed:
            self._write_heads_elsewhere()

    def _write_heads_elsewhere(self) -> None:
        """Make the other directories that hold the changed people stale. Raises HeldElsewhere, as waiting for a
        second head while holding the first is how deadlocks are made."""
        elsewhere = set(
            self.connection.execute(
                select(Member.transfer).where(Member.person.in_(self.people_changed), Member.transfer != self.transfer)
            ).scalars()
        )
        if not elsewhere:
            return
        heads = select(Head.transfer).where(Head.transfer.in_(elsewhere))
        if set(self.connection.execute(heads.with_for_update(skip_locked=True)).scalars()) != elsewhere:
            raise HeldElsewhere(self.transfer)
        self.connection.execute(update(Head).where(Head.transfer.in_(elsewhere)).values(directory=Head.directory + 1))


def _columns(row: Trailed) -> Row:
    values = row.__dict__  # a new row's values stand here: asking each attribute for its own takes ten times as long
    return {column.key: values.get(column.key) for column in row.__table__.columns}


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

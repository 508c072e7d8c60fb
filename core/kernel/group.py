"""The commands of one transfer that are committed together: its head under lock, and the rows that they promised."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, select, update

from core.kernel import statements, stored
from core.kernel.access import Directory
from core.kernel.audit import Entry, Source
from core.kernel.chains import Chains
from core.kernel.clock import new_id
from core.kernel.directories import Directories
from core.kernel.directory import read_directory
from core.kernel.ids import TransferId
from core.kernel.posting import HELD, WAITING, Job, Post
from core.kernel.readers import Aim, goes_to
from core.kernel.records import Trailed
from core.kernel.session import Change
from core.kernel.transfers import Head, Member, Person, PersonAccount
from core.kernel.work import JobRequest, PostRequest, Work

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
    directory: Directory
    counters: dict[str, int]
    chains: Chains
    is_new: bool
    known: dict[str, tuple[str, ...]]
    known_outlets: Container[str]
    rows: dict[Any, list[Row]] = field(default_factory=dict)
    posts: list[Row] = field(default_factory=list)
    outlets: dict[str, Row] = field(default_factory=dict)
    jobs: dict[str, JobRequest] = field(default_factory=dict)
    consumed: set[str] = field(default_factory=set)
    people_changed: set[str] = field(default_factory=set)
    elsewhere: set[TransferId] = field(default_factory=set)

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
            directory,
            dict(row.counters) if row else {},
            Chains(transfer, software, dict(row.chains) if row else {}),
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
        self.known[command_id] = self.chains.tell(command_id, command, work, ended.changes)
        self.counters = work.counters
        if work.directory is not self.directory:
            self.directory = work.directory
            for change in ended.changes:
                self.people_changed.update(_people_of(change))
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

    def settle(self, tables: Container[Any] | None) -> None:
        """Write the rows that accepted commands added to `tables` (to all), in the order of their foreign keys.

        So are their entries and posts, which a later command may read too.
        """
        for table in sorted(self.rows, key=statements.table_order):
            if tables is None or table in tables:
                statements.add(self.connection, table, self.rows.pop(table))
        for table, kept in ((Entry.__table__, self.chains.entries), (Post.__table__, self.posts)):
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
        if self.chains.sources:
            statements.add(self.connection, Source.__table__, self.chains.sources)
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
        if not self.chains.moved:
            return
        values = {"directory": self.directory.version, "counters": self.counters, "chains": self.chains.heads}
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
        self.elsewhere = elsewhere


def _people_of(change: Change) -> set[str]:
    """Whom a change concerns in all their transfers: of an account that went to another person, both."""
    if isinstance(change.row, Person):
        return {change.row.id}
    if not isinstance(change.row, PersonAccount):
        return set()
    return {change.row.person, *filter(None, change.values.get("person", ()))}


def _columns(row: Trailed) -> Row:
    values = row.__dict__  # a new row's values stand here: asking each attribute for its own takes ten times as long
    return {column.key: values.get(column.key) for column in row.__table__.columns}

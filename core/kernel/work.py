"""What a handler gets: records to read and change, and promises that become rows of the same transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self, TypeVar

from sqlalchemy import Select

from core.kernel.access import Actor, Directory
from core.kernel.audit import START
from core.kernel.complements import Complement, joined
from core.kernel.errors import NotFound, msg
from core.kernel.ids import OWN_SERIES, Audience, PersonId, Ref, TransferId, audience_named
from core.kernel.messages import Command, Event, Message
from core.kernel.posting import To
from core.kernel.records import CompanyOwned, Record, Trailed
from core.kernel.role_table import RoleTable
from core.kernel.session import GuardedSession
from core.kernel.templates import PersonView, TimeView, Words
from core.kernel.turn import Address

R = TypeVar("R", bound=Record)
T = TypeVar("T")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class HeldBy:
    """A held line by its reference, and the account and name of whoever had it recorded."""

    line: str
    recorded_by: str
    name: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a command was heard: the room, the message and the words; `sha256` is of the bytes as captured.

    `sent_at` is the platform's own time, `heard_at` Tandem's (both UTC): a line that was held is heard before it is
    recorded, and `held` tells which it is and who had it recorded. `called`: it was said to Tandem.
    """

    room: Address
    author: str
    author_name: str
    sent_at: datetime
    text: str
    sha256: str
    message: str | None = None
    thread: str | None = None
    link: str | None = None
    companions: tuple[Address, ...] = ()
    room_name: str = ""
    heard_at: datetime | None = None
    called: bool = True
    held: HeldBy | None = None

    @property
    def kept_sha256(self) -> str:
        """The SHA-256 of the words as they are kept: cleaning may have changed what was captured."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Draw:
    """An answer: a template and its parts, rendered when the command has ended.

    `aside`: it repeats what stands in the rooms, for whoever does not see it there.
    """

    template: str
    parts: Mapping[str, Any]
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """An answer: a form for `kind` with what is known already, under `about`; nothing is committed.

    `needs` are parts that must be filled in this once, `leaves` those that are not asked for.
    """

    kind: type[Message]
    values: Mapping[str, Any]
    about: str = ""
    needs: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldTurn:
    """A turn that was kept, as JSON, under the reference of the line that it is; `chosen` says which of several fit."""

    line: Ref
    turn: str
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hear:
    """An answer: kept turns are to be heard now, as if their speakers said them again."""

    turns: tuple[HeldTurn, ...]


Answer = Draw | Ask | Hear | None


@dataclass(slots=True)
class Reads:
    """What a question gets: records to read, for one actor, at one moment.

    `unwritten` are the entries of what was said before in the same commit: a command that has changed something by then
    finds them in no table, as they are written with the whole group.
    """

    session: GuardedSession
    transfer: TransferId
    now: datetime
    actor: Actor
    directory: Directory
    training: bool
    words: Words
    roles: RoleTable
    public_url: str = ""
    origin: Origin | None = None
    chains: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    unwritten: Sequence[Mapping[str, Any]] = ()
    complements: Mapping[str, tuple[Callable[..., Complement | None], ...]] = field(default_factory=dict)
    _made: dict[tuple[Any, int], tuple[Any, Any]] = field(default_factory=dict)

    def once(self, make: Callable[[Self, T], V], row: T) -> V:
        """What `make` makes of a row, made once for all that show it: for views, since nothing changes a row any more
        when they are made."""
        key = (make, id(row))
        kept = self._made.get(key)
        if kept is None:
            kept = self._made[key] = (row, make(self, row))  # the row is held, so that no other gets its id
        found: V = kept[1]
        return found

    @property
    def zone(self) -> str:
        """The transfer's zone, IANA."""
        return self.directory.zone

    @property
    def audience(self) -> Audience:
        """Whose it is what is said here: one company's in its own room, both companies' anywhere else."""
        return self.directory.audience_at(self.origin.room if self.origin else None)

    def may(self, permission: str) -> bool:
        """Whether the actor's roles let them, so that nobody is told to say what would be refused."""
        return self.roles.role_for(permission, self.actor.roles) is not None

    def seen_by(self, audience: Audience) -> AbstractContextManager[None]:
        """Read no more than `audience` may see, for what is made for its eyes."""
        return self.session.seen_by(audience)

    def get(self, kind: type[R], ref: Ref | str) -> R:
        """The record `ref` of this transfer. Raises NotFound, also for one that the actor may not see."""
        row: R | None = self.session.find_outside(kind, ref) or self.session.get(kind, (self.transfer, ref))
        if row is None or not self.session.may_see(row):
            raise self.no_such(ref)
        return row

    def no_such(self, ref: Ref | str) -> NotFound:
        """What is said of a reference that is none here; the same of one company's own, whether there is one or not."""
        here = audience_named(ref) in self.session.sees
        return NotFound(
            msg("There is no {ref} in {transfer}.")
            if here
            else msg(
                "There is no {ref} in {transfer} that is read here. What one company records for itself alone is asked "
                "for in its own room, or in a direct message to Tandem."
            ),
            ref=ref,
            transfer=self.transfer,
        )

    def all(self, statement: Select[T]) -> Sequence[T]:
        """Every row of a select of one mapped class, filtered by company."""
        return self.session.scalars(statement).all()

    def one(self, statement: Select[T]) -> T | None:
        """The first row, or None."""
        return self.session.scalars(statement.limit(1)).first()

    def chain(self, audience: Audience = Audience.JOINT) -> tuple[int, str]:
        """The last sequence number and the head of a chain as this command finds it."""
        seq, head = self.chains.get(audience, (0, START))
        return int(seq), str(head)

    def complement(self, template: str, **parts: Any) -> Complement:
        """What later features add to the card `template` with these parts; called by its view."""
        return joined(add(self, **parts) for add in self.complements.get(template, ()))

    def card(self, template: str, **parts: Any) -> Draw:
        """An answer drawn by `template`."""
        return Draw(template, parts)

    def aside(self, template: str, **parts: Any) -> Draw:
        """An answer that goes without saying where the command's posts are seen."""
        return Draw(template, parts, aside=True)

    def form(self, kind: type[Message], /, **values: Any) -> Ask:
        """An answer that asks for what is missing."""
        return Ask(kind, values)

    def person(self, person: PersonId, at: datetime | None = None, side: str | None = None) -> PersonView:
        """A person as templates get them: of their company of today, of that `at` a moment (UTC), or of `side`."""
        side = side or self.directory.side_of(person, at) or ""
        member = self.directory.members[person]
        return PersonView(person, member.known_as, side, self.directory.company(side), member.mark)

    @property
    def acting(self) -> str:
        """Who acts, by the name that people read."""
        member = self.directory.members.get(self.actor.person) if self.actor.person else None
        return member.known_as if member else self.actor.name

    def author(self, row: Record) -> PersonView | None:
        """Who made a record, of the company that they stood for then."""
        return self.person(row.created_by, row.created_at) if row.created_by else None

    def envelope(self, row: Record) -> dict[str, Any]:
        """What every exported row begins with: id, transfer, state, created_at, created_by."""
        author = self.directory.members.get(row.created_by) if row.created_by else None
        return {
            "id": row.ref,
            "transfer": row.transfer,
            "state": row.state,
            "created_at": row.created_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "created_by": author.name if author else "Tandem",
        }

    def time(self, at: datetime) -> TimeView:
        """A moment as templates get it, with the transfer's zone."""
        return TimeView(at, self.zone)


@dataclass(frozen=True, slots=True)
class PostRequest:
    """A promised post, until it is drawn at the command's end."""

    to: To
    draw: Draw
    key: str | None
    record: Record | None
    urgent: bool


@dataclass(frozen=True, slots=True)
class JobRequest:
    """A promised command, or with `command` None the taking back of one."""

    key: str
    due_at: datetime | None
    command: Command | None


@dataclass(slots=True)
class Work(Reads):
    """What a command's handler gets. Everything promised here is a row of the command's own transaction.

    `aloud`: its answer will be read by everybody in the room. `said` holds where the words of a record come from that
    the command itself did not say, as `quotes` tells while they are made; `proposed_by` is what read them, where a
    person confirms a proposal (AT-14).
    """

    counters: dict[str, int] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    posts: list[PostRequest] = field(default_factory=list)
    jobs: list[JobRequest] = field(default_factory=list)
    reason: str = ""
    aloud: bool = False
    told_to: dict[str, Audience] = field(default_factory=dict)
    redrawers: Mapping[type[Record], Any] = field(default_factory=dict)
    withdrawers: Mapping[str, Any] = field(default_factory=dict)
    correctors: Mapping[str, Any] = field(default_factory=dict)
    messages: Mapping[str, type[Message]] = field(default_factory=dict)
    said: dict[str, Origin] = field(default_factory=dict)
    proposed_by: str = ""
    quotes: bool = False

    @contextmanager
    def as_said(self, origin: Origin) -> Iterator[None]:
        """Make records meanwhile as of what was said there: with its words, and for those who may see that room."""
        own = self.origin
        self.origin, self.quotes = origin, True
        try:
            yield
        finally:
            self.origin, self.quotes = own, False

    def number(self, prefix: str, audience: Audience | None = None) -> Ref:
        """The next reference under `prefix`, such as ACT-012: without gaps in the transfer, never used twice.

        In a company's own room, or for an `audience`, it is the next of its own, ACT-S001.
        """
        own = OWN_SERIES[audience or self.audience]
        series = f"{prefix}-{own}" if own else prefix
        self.counters[series] = self.counters.get(series, 0) + 1
        return Ref(f"{prefix}-{own}{self.counters[series]:03d}")

    def add(self, row: Trailed) -> None:
        """Keep a new row; a record gets its transfer, version, time and author here.

        What is said in a company's own room is its own.
        """
        if isinstance(row, CompanyOwned) and row.__dict__.get("audience") is None:
            row.audience = self.audience
        if isinstance(row, Record):
            row.transfer, row.version = self.transfer, 1
            row.created_at, row.created_by = self.now, self.actor.person
            if self.quotes and self.origin is not None:
                self.said[row.ref] = self.origin
        self.session.keep(row)

    def record(self, event: Event, reason: str = "", audience: Audience | None = None) -> None:
        """Say what happened: it stands in the trail, and the features that react to it do so now.

        It stands in the chain of the row that it names; `audience` says whose, where it names none that is loaded.
        """
        self.events.append(event)
        if audience is not None:
            self.told_to[event.record] = audience
        self.reason = reason or self.reason

    def post(
        self, to: To, template: str, *, key: str | None = None, record: Record | None = None, **parts: Any
    ) -> None:
        """Promise a post, drawn at the command's end. With `key` it changes the message that carries the key."""
        self.posts.append(PostRequest(to, Draw(template, parts), key, record, urgent=False))

    def schedule(self, key: str, when: datetime, command: Command) -> None:
        """Promise `command` for `when` (UTC), in place of the one that waits under `key`."""
        self.jobs.append(JobRequest(key, when, command))

    def unschedule(self, key: str) -> None:
        """Take back what waits under `key`, if anything does."""
        self.jobs.append(JobRequest(key, None, None))

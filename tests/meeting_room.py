"""A meeting room for tests: people say, press and fill in, and the answer, the posts and the trail can be looked at."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.api import (
    MENTION,
    Account,
    Address,
    Core,
    Filled,
    FormErrors,
    Gone,
    Identity,
    Outgoing,
    Pressed,
    Said,
    Sent,
    Turn,
)
from core.kernel.access import OPERATOR, Actor
from core.kernel.audit import Entry, verify
from core.kernel.clock import SetClock
from core.kernel.ids import Side, TransferId
from core.kernel.posting import SENT, Job, Post
from core.kernel.records import Record
from core.kernel.work import Reads
from core.view import Buttons, Card, Form, List, Notice, Place, Table, Text, Title, View, plain
from tests.tools.contents import Contents, contents_of, put_contents

START = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
"""A Monday; what is said first is said then."""

ROOM = Address("slack", "T1", "C-joint")


def person(name: str, tenant: str = "T1", zone: str | None = None) -> Account:
    """An account by the first name in small letters."""
    return Account(Identity("slack", tenant, f"U-{name.split(maxsplit=1)[0].lower()}"), name, zone)


anna = person("Aoife Ní Bhriain", zone="Europe/Dublin")
priya = person("Priya Raghunathan", zone="Europe/Dublin")
tomas = person("Tomáš Dvořák", zone="Europe/Prague")
marta = person("Marta Kowalczyk", "T2", "Europe/Warsaw")
jurgen = person("Jürgen Weiß", "T2", "Europe/Warsaw")
luis = person("Luís Gonçalves", "T2", "Europe/Warsaw")
stranger = person("Nobody Known", "T9")


@dataclass
class Inbox:
    """A platform that takes every card: `messages` by room and message id, newest state; `sent` is the history.

    `gone` are the addresses that it knows no more.
    """

    messages: dict[tuple[str, str], Card] = field(default_factory=dict)
    sent: list[Outgoing] = field(default_factory=list)
    gone: set[Address] = field(default_factory=set)

    async def send(self, out: Outgoing) -> Sent:
        """Keep the card."""
        if out.address in self.gone:
            raise Gone("Tandem was removed from it", what="room")
        self.sent.append(out)
        message = out.message or f"m{len(self.sent)}"
        self.messages[(str(out.address), message)] = out.card
        return Sent(message, f"https://chat.example/{message}")

    async def find(self, out: Outgoing, since: datetime) -> Sent | None:
        """Nothing is ever in doubt here."""
        return None


@dataclass(frozen=True)
class _Past:
    """All that is left of what was said in a room: what a preparation gave, and what the room and its store hold."""

    given: Any
    contents: Contents
    now: datetime
    inbox: Inbox
    deliveries: itertools.count[int]


_PASTS: dict[tuple[object, ...], _Past] = {}
_ITSELF = object()
"""What a preparation gave was the room."""


class MeetingRoom:
    """One core, one room, one clock that stands until it is moved."""

    def __init__(self, core: Core, clock: SetClock, *, kind: str | None = None) -> None:
        """All rooms of a `kind` have a core alike: what was said in one may be put into another (`said_once`)."""
        self.core, self.clock, self.kind = core, clock, kind
        self.inbox = Inbox()
        self._deliveries = itertools.count(1)

    @property
    def is_new(self) -> bool:
        """Nothing was done in it."""
        return self.clock.now() == START and not self.inbox.sent and not self.rows_of(Entry)

    def past(self, given: Any) -> _Past:
        """What was said and done up to now."""
        inbox = Inbox(dict(self.inbox.messages), list(self.inbox.sent), set(self.inbox.gone))
        return _Past(given, contents_of(self.core.store.url), self.clock.now(), inbox, copy(self._deliveries))

    def live_through(self, past: _Past) -> None:
        """Be as the room was that `past` is of."""
        put_contents(self.core.store, past.contents)
        self.clock.set(past.now)
        self.inbox = Inbox(dict(past.inbox.messages), list(past.inbox.sent), set(past.inbox.gone))
        self._deliveries = copy(past.deliveries)

    async def say(
        self,
        who: Account,
        text: str,
        *,
        at: Address = ROOM,
        delivery: str | None = None,
        slash: bool = True,
        aloud: bool = False,
        **mentions: Account,
    ) -> View | FormErrors | None:
        """Say a sentence; `@name` in it is a mention of the keyword argument `name`."""
        named = sorted(mentions.items(), key=lambda item: text.index(f"@{item[0]}"))
        heard = text
        for name, _ in named:
            heard = heard.replace(f"@{name}", MENTION, 1)
        number = delivery or f"d{next(self._deliveries)}"
        said = Said(heard, tuple(account for _, account in named), text, None if slash else number)
        return await self.core.hear(Turn(number, at, who, self.clock.now(), said, room_name="joint", aloud=aloud))

    async def talk(
        self,
        who: Account,
        text: str,
        *,
        at: Address = ROOM,
        delivery: str | None = None,
        thread: str | None = None,
        quotes: str | None = None,
        aloud: bool = False,
        **mentions: Account,
    ) -> View | FormErrors | None:
        """Say a line that calls nobody; as adapters do, it is handed in only where Tandem listens."""
        named = sorted(mentions.items(), key=lambda item: text.index(f"@{item[0]}"))
        heard = text
        for name, _ in named:
            heard = heard.replace(f"@{name}", MENTION, 1)
        number = delivery or f"t{next(self._deliveries)}"
        if not await self.core.listens(at, thread, quotes):
            return None
        said = Said(heard, tuple(account for _, account in named), text, number, called=False)
        turn = Turn(number, at, who, self.clock.now(), said, thread, "joint", aloud=aloud, quotes=quotes)
        return await self.core.hear(turn)

    async def talk_at_once(self, who: Account, texts: Sequence[str], *, at: Address = ROOM) -> None:
        """Lines that arrive in this order, each before anything came of the one before it."""
        assert await self.core.listens(at)
        said = [Said(text, (), text, f"t{next(self._deliveries)}", called=False) for text in texts]
        turns = [Turn(one.message or "", at, who, self.clock.now(), one, room_name="joint") for one in said]
        await asyncio.gather(*map(self.core.hear, turns))

    async def press(self, who: Account, says: str, *, at: Address = ROOM, place: Place | None = None) -> Any:
        """Press a button that carries `says`."""
        number = f"d{next(self._deliveries)}"
        return await self.core.hear(Turn(number, at, who, self.clock.now(), Pressed(says, place)))

    async def fill(
        self, who: Account, form: Form, *, at: Address = ROOM, delivery: str | None = None, **values: Any
    ) -> Any:
        """Submit a form."""
        number = delivery or f"d{next(self._deliveries)}"
        filled = Filled(form.message, form.given, values, form.place)
        return await self.core.hear(Turn(number, at, who, self.clock.now(), filled))

    async def deliver(self) -> list[Outgoing]:
        """Run what is due and send what waits; returns what was sent now."""
        before = len(self.inbox.sent)
        while await self.core.jobs().run_due():
            pass
        await self.core.dispatcher(dict.fromkeys(("slack", "teams", "rehearsal"), self.inbox)).drain()
        return self.inbox.sent[before:]

    def cards(self, address: Address = ROOM) -> list[Card]:
        """The cards that stand in a room now, oldest first."""
        return [card for (room, _), card in self.inbox.messages.items() if room == str(address)]

    def rows(self, kind: type[Record], transfer: str = "NVT") -> list[Any]:
        """Every record of a kind, in order."""
        with self.core.store.read() as connection, Session(connection, expire_on_commit=False) as session:
            return list(session.scalars(select(kind).where(kind.transfer == transfer).order_by(kind.ref)))

    def rows_of(self, kind: Any) -> list[Any]:
        """Every row of a kind that is no numbered record."""
        with self.core.store.read() as connection, Session(connection, expire_on_commit=False) as session:
            return list(session.scalars(select(kind).order_by(*kind.__table__.primary_key)))

    @contextmanager
    def reads_as(self, side: Side | None = None) -> Iterator[Reads]:
        """A reader's session that sees what a side may see; without one, everything."""
        directory = self.core.directories.look(TransferId("NVT"))
        actor = OPERATOR if side is None else Actor("reader", "export", side=side)
        with self.core.asking.reads(directory, actor) as reads:
            yield reads

    def trail(self, transfer: str = "NVT", audience: str = "joint") -> list[dict[str, Any]]:
        """The bodies of a chain's entries; fails if the chain does not hold."""
        chain = transfer if transfer == "house" else f"{transfer}/{audience}"
        with self.core.store.read() as connection:
            found = connection.execute(
                select(Entry.seq, Entry.body, Entry.prev, Entry.hash).where(Entry.chain == chain).order_by(Entry.seq)
            ).all()
        verdict = verify(chain, [tuple(row) for row in found])
        assert verdict.broken is None, verdict
        return [json.loads(row.body) for row in found]

    def jobs(self) -> dict[str, datetime]:
        """Key to due time of every waiting job."""
        with self.core.store.read() as connection:
            return {row.key: row.due_at for row in connection.execute(select(Job.key, Job.due_at))}

    def posts(self) -> list[Any]:
        """Every post row, in order."""
        with self.core.store.read() as connection:
            return list(connection.execute(select(*Post.__table__.c).order_by(Post.number)))

    async def opened(self) -> MeetingRoom:
        """A transfer NVT with a lead, QA and an expert on each side."""
        await _open(self)
        return self


P = ParamSpec("P")
Given = TypeVar("Given")
Preparation = Callable[Concatenate[MeetingRoom, P], Awaitable[Given]]


def said_once(prepare: Preparation[P, Given]) -> Preparation[P, Given]:
    """`prepare(room, ...)` says what many tests begin with: it is said once, and put into later tests' new rooms."""

    @wraps(prepare)
    async def prepared(room: MeetingRoom, *args: P.args, **more: P.kwargs) -> Given:
        if room.kind is None or more or not room.is_new:
            return await prepare(room, *args, **more)
        key = prepare.__module__, prepare.__qualname__, args, room.kind, room.core.store.dialect
        if key in _PASTS:
            room.live_through(_PASTS[key])
        else:
            given = await prepare(room, *args, **more)
            _PASTS[key] = room.past(_ITSELF if given is room else given)
        given = _PASTS[key].given
        return cast(Given, room if given is _ITSELF else given)

    return prepared


@said_once
async def _open(room: MeetingRoom) -> None:
    await room.say(
        anna,
        'transfer new "Product X 50 mg" sponsor:"Norvane Therapeutics" cmo:"Tarnbrook Manufacturing" '
        "tz:Europe/Dublin code:NVT",
    )
    await room.say(anna, "member add @p side:sponsor role:qa", p=priya)
    await room.say(anna, "member add @p side:sponsor role:expert", p=tomas)
    await room.say(anna, "member add @p side:cmo role:lead", p=marta)
    await room.say(marta, "member add @p side:cmo role:qa", p=jurgen)
    await room.say(marta, "member add @p side:cmo role:expert", p=luis)
    told = update(Post).where(Post.template == "transfers/joined").values(state=SENT, unsent=False)
    with room.core.store.write() as connection:  # the leads know of these people
        connection.execute(told)


def words(view: View | FormErrors | None) -> str:
    """All that a view says, line by line, with buttons as [Label → sentence]."""
    match view:
        case None:
            return ""
        case FormErrors(fields):
            return "\n".join(f"{name}: {sentence}" for name, sentence in fields.items())
        case Form():
            return "\n".join([view.title, *(getattr(block, "label", "") for block in view.blocks)])
        case Card() | Notice():
            return "\n".join(line for block in view.blocks for line in _lines(block))


def _lines(block: Any) -> list[str]:
    match block:
        case Title(spans) | Text(spans=spans):
            return [plain(spans)]
        case List(items=items):
            return [f"- {plain(item)}" for item in items]
        case Table(head=head, rows=rows):
            return [" | ".join(head), *(" | ".join(plain(cell) for cell in row) for row in rows)]
        case Buttons(buttons):
            return [f"[{button.label} → {button.says or button.href}]" for button in buttons]
        case _ if hasattr(block, "fields"):
            return [f"{one.label}: {plain(one.value)}" for one in block.fields]
        case _:
            return []


def buttons(view: View) -> dict[str, str]:
    """Label to sentence of every button."""
    found = [button for block in view.blocks if isinstance(block, Buttons) for button in block.buttons]
    return {button.label: button.says or button.href or "" for button in found}

"""The bot under test between a double of Teams and a core that listens: it keeps what it was told, and answers what a
test put in its mouth."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from adapters.teams.adapter import TeamsAdapter
from adapters.teams.keys import TeamsKeys
from core.api import Account, Address, Card, Core, Form, Outgoing, Turn
from tests.adapters.listening import Listening as InAnyRoom
from tests.adapters.listening import Told, on_loopback
from tests.tools.bot_connector import SECRET, TENANT, BotConnector, BotSender, Conversation, person
from tests.tools.bot_tokens import APP, KeyServer

CHANNEL = "19:d441d38c655c47a085215b2726e76927@thread.tacv2"
GENERAL = "19:8j-Mnacwmq2QFDbzykeQH5v55m6cN1X3QJ5viHvGIIQ1@thread.tacv2"
MEETING = "19:meeting_MjdhNjM4YzUtYzExZi00OTFkLTkzZTAtNTVlNmZmMDhkNGU2@thread.v2"
ALONE = "a:17NditBRO5pbPlIimLiU0g7vfMqIYTPwqILZJq-TOhzzKiAmv2i6Oerr-QPUpuznpKMZinowF80qU8SFPCsvZlg3EpJU8FYt3rO-iSCFfYzIIk2STWat73naOa8x5LdSv"  # noqa: E501 - as long as Teams' own

marta = person("Marta Kowalczyk", 1)
luis = person("Luís Gonçalves", 2)
other_luis = person("Luís Gonçalves", 3)
guest = person("Aoife Ní Bhriain", 4)

JOINT = Address("teams", TENANT, CHANNEL)


@dataclass
class Renamed(Told):
    """Stands in for the core's News before Teams."""

    names: dict[Address, str]

    async def room_renamed(self, room: Address, name: str) -> None:
        self.names[room] = name


@dataclass
class Listening(InAnyRoom):
    """Stands in for Core before Teams, which asks more of it."""

    known: set[str] = field(default_factory=lambda: {CHANNEL})
    ways: dict[Address, str] = field(default_factory=dict)
    names: dict[Address, str] = field(default_factory=dict)
    roots: dict[str, str] = field(default_factory=dict)
    again: Form | None = None
    stands: Card | None = None
    looked: list[tuple[Address, str, Account]] = field(default_factory=list)
    forms: set[str] = field(default_factory=set)

    @property
    def news(self) -> Told:
        """Teams names a room with every activity: names are kept apart from what else it tells."""
        return Renamed(self.told, self.lines, self.names)

    async def form_again(self, turn: Turn) -> Form | None:
        return self.again

    def is_aside(self, says: str) -> bool:
        return says in self.forms

    async def card_at(self, room: Address, message: str, account: Account) -> Card | None:
        self.looked.append((room, message, account))
        return self.stands

    async def rooms(self, platform: str, tenant: str) -> list[Address]:
        return [Address(platform, tenant, channel) for channel in sorted(self.known)]

    async def keep_way(self, address: Address, way: str) -> None:
        self.ways[address] = way

    async def way(self, address: Address) -> str | None:
        return self.ways.get(address)

    async def first_post(self, out: Outgoing) -> str | None:
        return self.roots.get(out.under or "")


@dataclass
class Office:
    """The bot under test, its Teams, its keys, and the core behind it."""

    teams: BotConnector
    server: KeyServer
    core: Listening
    adapter: TeamsAdapter
    send: BotSender

    @property
    def turn(self) -> Turn:
        """The one turn that was heard."""
        return self.core.turn

    async def line(self, words: str, who: Any = marta, room: str = CHANNEL, **more: Any) -> tuple[int, Any]:
        """A message, and whatever is answered to it."""
        answered = await self.send.line(words, who, room, **more)
        await self.adapter.idle()
        return answered


@asynccontextmanager
async def serving(adapter: TeamsAdapter) -> AsyncIterator[str]:
    """The adapter's route on loopback; yields its address."""
    async with on_loopback(adapter.routes()) as url:
        yield f"{url}/api/messages"


def put_people(teams: BotConnector) -> None:
    """A channel of a team, its general channel, a meeting's chat, and Marta's own chat."""
    everyone = [marta, luis, other_luis, guest]
    teams.conversations[CHANNEL] = Conversation("channel", "Product X", GENERAL, members=everyone)
    teams.conversations[GENERAL] = Conversation("channel", "General", GENERAL, members=everyone)
    teams.conversations[MEETING] = Conversation("groupChat", "PPQ readiness review", members=everyone)
    teams.conversations[ALONE] = Conversation("personal", members=[marta])


def keys(teams: BotConnector, server: KeyServer, **more: Any) -> TeamsKeys:
    """One bot of the double's organisation."""
    return TeamsKeys(
        APP, SECRET, TENANT, openid_metadata_url=server.metadata_url, login_url=teams.login_url, **more
    )  # fmt: skip


@asynccontextmanager
async def office(core: Core | Listening | None = None, **more: Any) -> AsyncIterator[Office]:
    """A bot that is installed in a team."""
    heard: Any = core or Listening()
    async with BotConnector() as teams, KeyServer() as server:
        put_people(teams)
        adapter = TeamsAdapter(heard, keys(teams, server, **more))
        await adapter.start()
        try:
            async with serving(adapter) as url:
                yield Office(teams, server, heard, adapter, BotSender(url, teams))
        finally:
            await adapter.close()

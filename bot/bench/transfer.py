"""A small transfer of two people, opened and filled by sentences, for benchmarks that need no platform."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Insert

from core.api import MENTION, Account, Address, Card, Core, Identity, Notice, Options, Said, Tone, Turn
from core.kernel.clock import SetClock, new_id

NOW = datetime(2026, 3, 12, 14, 0, tzinfo=UTC)
ROOM = Address("slack", "T1", "C1")
ANNA = Account(Identity("slack", "T1", "U1"), "Anna", "Europe/Dublin")
LUIS = Account(Identity("slack", "T1", "U2"), "Luis", "Europe/Dublin")


async def opened(url: str) -> Core:
    """A core over a new store with the transfer NVT, led by Anna; to be closed by the caller."""
    core = Core.create(url, Options(open_to_all=True, clock=SetClock(NOW)))
    core.migrate()
    core.start()
    await say(core, 'transfer new "Product X 50 mg" sponsor:"Norvane" cmo:"Tarnbrook" tz:Europe/Dublin code:NVT')
    await say(core, f"member add {MENTION} side:cmo role:lead", LUIS)
    return core


async def say(core: Core, sentence: str, *mentioned: Account) -> None:
    """Anna says it in the room, and hears anything but a refusal."""
    heard = await core.hear(Turn(new_id(), ROOM, ANNA, NOW, Said(sentence, mentioned, sentence)))
    assert isinstance(heard, Card) or (isinstance(heard, Notice) and heard.tone is not Tone.BAD), heard


def keep(core: Core, statement: Insert, rows: list[dict[str, Any]]) -> None:
    """Put many rows into the store at once, past the door: what was recorded long ago."""
    with core.store.write() as connection:
        connection.execute(statement, rows)

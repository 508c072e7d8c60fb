"""A real core on a real store behind the real adapter: what a person does arrives as a signed request of Slack."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from adapters.slack import SlackAdapter, SlackKeys
from core.api import Core, Options
from core.kernel.audit import Entry, verify
from core.kernel.clock import SetClock
from tests.adapters.slack.listening import AOIFE, BEN, CMO, JOINT, MARTA, serving
from tests.meeting_room import START, MeetingRoom
from tests.tools.slack_double import BOT, SECRET, Channel, Sender, SlackDouble

OPEN = 'transfer new "Product X" sponsor:"Norvane Therapeutics" cmo:"Tarnbrook" tz:Europe/Dublin code:NVT'
IRIS = "U07IRIS"


@dataclass
class Desk:
    """One workspace, one joint channel, one store."""

    core: Core
    clock: SetClock
    adapter: SlackAdapter
    slack: SlackDouble
    send: Sender

    async def say(self, text: str, user: str = AOIFE, channel: str = JOINT, **more: str) -> Any:
        """A slash command's reply."""
        status, reply = await self.send.command(text, user, channel, **more)
        assert status == 200, (status, text[:80])
        return reply

    async def told(self, text: str, user: str = AOIFE, channel: str = JOINT, **more: str) -> str:
        """The words of a slash command's reply."""
        reply = await self.say(text, user, channel, **more)
        return reply["text"] if reply else ""

    async def line(self, text: str, user: str = AOIFE, **more: Any) -> int:
        """A message that mentions Tandem; returns the status."""
        event = {
            "type": "message",
            "channel": JOINT,
            "user": user,
            "channel_type": "channel",
            "text": f"<@{BOT}> {text}",
        }
        status, _ = await self.send.event({**event, "ts": self.slack.now(), **more})
        await self.adapter.idle()
        return status

    async def deliver(self) -> None:
        """Do what is due and send what waits."""
        while await self.core.jobs().run_due():
            pass
        await self.core.dispatcher({"slack": self.adapter.messenger}).drain()
        await self.adapter.idle()

    @property
    def store(self) -> MeetingRoom:
        """The store to look into."""
        return MeetingRoom(self.core, self.clock)

    def chains(self) -> dict[str, int]:
        """The length of every chain; fails where one does not hold."""
        wanted = select(Entry.chain, Entry.seq, Entry.body, Entry.prev, Entry.hash).order_by(Entry.seq)
        found: dict[str, list[tuple[Any, ...]]] = {}
        with self.core.store.read() as connection:
            for chain, *entry in connection.execute(wanted):
                found.setdefault(chain, []).append(tuple(entry))
        for chain, entries in found.items():
            assert verify(chain, entries).broken is None, chain
        return {chain: len(entries) for chain, entries in found.items()}


@asynccontextmanager
async def desk_at(store_url: str) -> AsyncIterator[Desk]:
    """An open transfer with a lead and an expert of the sponsor and a lead of the manufacturer."""
    async with SlackDouble() as slack:
        slack.person(AOIFE, "Aoife Ní Bhriain")
        slack.person(BEN, "Ben Carter")
        slack.person(MARTA, "Marta Kowalczyk", CMO, "Europe/Warsaw")
        slack.person(IRIS, "Iris Novak", CMO, "Europe/Warsaw")
        slack.channels[JOINT] = Channel("joint")
        clock = SetClock(START)
        core = Core.create(store_url, Options(clock=clock, open_to_all=True))
        core.start()
        adapter = SlackAdapter(core, SlackKeys("xoxb-test", SECRET, None, slack.api_url))
        await adapter.start()
        try:
            async with serving(adapter) as url:
                desk = Desk(core, clock, adapter, slack, Sender(url))
                await desk.say(OPEN)
                await desk.say(f"member add <@{BEN}> side:sponsor role:qa")
                await desk.say(f"member add <@{MARTA}> side:cmo role:lead")
                yield desk
        finally:
            await adapter.close()
            await core.close()


async def in_full_swing(desk: Desk) -> None:
    """A running meeting of a stage, with a record of every kind in it."""
    await desk.say('meeting new "Readiness review" at:"in 10 minutes" for:60m stage:ppq_readiness')
    await desk.say('agenda add "Hold time" for:10m')
    desk.clock.advance(minutes=10)
    await desk.deliver()
    for said, made in (
        ("meeting start", "MTG-001"),
        ("decision the hold time is challenged", "DEC-001"),
        (f"action send the record <@{MARTA}> by Friday", "ACT-001"),
        ("question who owns the swab plan?", "QUE-001"),
        ("risk the compressor is late", "RSK-001"),
        ("note all are here", "NOT-001"),
        ('capa new "Hold time never challenged"', "CAPA-001"),
        (f"capa line CAPA-001 corrective challenge it <@{BEN}> by Friday", "CAPA-001.1"),
    ):
        reply = await desk.say(said)
        assert made in str(reply), (said, reply)
    await desk.deliver()

"""The app under test between a double of Slack and a core that listens."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from adapters.slack import SlackAdapter, SlackKeys
from core.api import Turn
from tests.adapters.listening import Listening, on_loopback
from tests.tools.slack_double import SECRET, Channel, Sender, SlackDouble

AOIFE, BEN, MARTA = "U01AOIFE", "U05BEN", "U06MARTA"
CMO = "T02TARNBROOK"
JOINT = "C01JOINT"


@dataclass
class Office:
    """The app under test between a double of Slack and a core that listens."""

    slack: SlackDouble
    core: Listening
    adapter: SlackAdapter
    send: Sender

    @property
    def turn(self) -> Turn:
        """The one turn that was heard."""
        return self.core.turn

    async def line(self, text: str, user: str = AOIFE, **more: Any) -> tuple[int, Any]:
        """A message in the joint channel, and its `message` event."""
        ts = more.pop("ts", None) or self.slack.now()
        event = {"type": "message", "channel": JOINT, "user": user, "text": text, "ts": ts, "channel_type": "channel"}
        answer = await self.send.event({**event, **more})
        await self.adapter.idle()
        return answer


@asynccontextmanager
async def serving(adapter: SlackAdapter) -> AsyncIterator[str]:
    """The adapter's routes on loopback; yields the address of the events route."""
    async with on_loopback(adapter.routes()) as url:
        yield f"{url}/slack/events"


@asynccontextmanager
async def office() -> AsyncIterator[Office]:
    """A workspace with one joint channel; Marta is of the other company."""
    async with SlackDouble() as slack:
        slack.person(AOIFE, "Aoife Ní Bhriain")
        slack.person(BEN, "Ben Carter", tz="Europe/Warsaw")
        slack.person(MARTA, "Marta Kowalczyk", CMO, "Europe/Warsaw")
        slack.channels[JOINT] = Channel("joint")
        core = Listening(known={JOINT})
        adapter = SlackAdapter(core, SlackKeys("xoxb-test", SECRET, None, slack.api_url))  # type: ignore[arg-type]
        await adapter.start()
        async with serving(adapter) as url:
            yield Office(slack, core, adapter, Sender(url))
        await adapter.close()

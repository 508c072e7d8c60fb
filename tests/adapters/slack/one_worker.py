"""A worker as a process of its own, to be killed: sends what waits in a store to a Slack, once."""

from __future__ import annotations

import asyncio
import sys

from adapters.slack import SlackAdapter, SlackKeys
from core.api import Core


async def main(store_url: str, api_url: str) -> None:
    """Send what waits."""
    core = Core.create(store_url)
    core.start()
    adapter = SlackAdapter(core, SlackKeys("xoxb-test", "", None, api_url))
    await adapter.start()
    await core.dispatcher({"slack": adapter.messenger}).drain()


asyncio.run(main(*sys.argv[1:]))

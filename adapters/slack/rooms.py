"""Whether Tandem is in a room and what the room is called: asked of conversations.info, and kept while it is in."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.faults import code_of, sorted_faults
from core.api import Gone, TryLater

log = logging.getLogger("tandem.slack")

PATIENCE = 0.8
KEEP_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class RoomInfo:
    """A room's name, "" where Slack does not tell, and whether Tandem is in it; None: nobody knows."""

    name: str = ""
    joined: bool | None = None


class Rooms:
    """Rooms by channel id. Only a room that Tandem is in is kept: an invitation must help at once."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._kept: dict[str, tuple[float, RoomInfo]] = {}

    def known(self, channel: str) -> RoomInfo | None:
        """What is kept of a room that Tandem is in; None for any other."""
        until, info = self._kept.get(channel, (0.0, None))
        return info if until > time.monotonic() else None

    async def look(self, channel: str) -> RoomInfo:
        """Name and membership, within PATIENCE. What Slack does not tell is left open; nothing is refused for it."""
        if kept := self.known(channel):
            return kept
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._ask(channel)
        except TimeoutError:
            return RoomInfo()

    def joined(self, channel: str) -> None:
        """Tandem is in this room, whatever Slack would say."""
        self._kept[channel] = (time.monotonic() + KEEP_SECONDS, RoomInfo(joined=True))

    def left(self, channel: str) -> None:
        """What is kept of the room counts no more: Tandem is not in it, or it is called otherwise."""
        self._kept.pop(channel, None)

    def forget(self) -> None:
        """Tandem may be in no room any more."""
        self._kept.clear()

    async def _ask(self, channel: str) -> RoomInfo:
        try:
            async with sorted_faults():
                answer = await self._client.conversations_info(channel=channel)
        except TryLater:
            return RoomInfo()
        except Gone as gone:
            # A private channel that Tandem is not in does not exist for it.
            if isinstance(gone.__cause__, SlackApiError) and code_of(gone.__cause__) == "channel_not_found":
                return RoomInfo(joined=False)
            log.warning("conversations.info failed: %s", gone.reason)
            return RoomInfo()
        found = answer["channel"]
        joined = True if found.get("is_im") or found.get("is_mpim") else found.get("is_member")
        info = RoomInfo(str(found.get("name") or ""), joined)
        if joined:
            self._kept[channel] = (time.monotonic() + KEEP_SECONDS, info)
        return info

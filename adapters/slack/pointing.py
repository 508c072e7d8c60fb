"""People point at messages in Slack: by the shortcut in a message's menu, and by reactions below it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.answers import Answers, Spot
from adapters.slack.deliveries import Deliveries
from adapters.slack.faults import sorted_faults
from adapters.slack.inbound import Inbound
from adapters.slack.people import People
from adapters.slack.render_text import Json
from adapters.slack.workspace import Workspace, moment
from core.api import Card, Core, Form, Gone, Notice, Picked, Reacted, shows_people

log = logging.getLogger("tandem.slack")

SHORTCUT = "capture"
EMOJI = {"white_check_mark": "✅", "pushpin": "📌", "question": "❓", "warning": "⚠️"}
"""Slack's names of the reactions that the core knows, or has known: what one proposed is taken back with it."""
FETCH_SECONDS = 2.0
"""An event is to be answered within 3 seconds; what takes longer comes again."""

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pointing:
    """One method for each way to point. Raises StoreDown or TryLater, for Slack to deliver again."""

    core: Core
    workspace: Workspace
    inbound: Inbound
    people: People
    client: AsyncWebClient
    answers: Answers
    deliveries: Deliveries

    async def picked(self, body: Body) -> BoltResponse:
        """The shortcut at a message, perhaps an old one: its form, or why there is none, for whoever chose it."""
        message, user, channel = {**body["message"]}, body["user"], body["channel"]["id"]
        presser = self.people.account(user["id"], user.get("name") or "", user.get("team_id"))
        by, line = await asyncio.gather(presser, self.inbound.written(message, channel))
        room = self.inbound.room(channel, by, channel.startswith("D"))
        at = moment(body["action_ts"]) if body.get("action_ts") else self.core.clock.now()
        files = tuple(str(one.get("name") or one.get("title") or "") for one in message.get("files") or ())
        delivery = f"slack:{self.workspace.team}/pick/{body['trigger_id']}"
        answer = await self.core.hear(Picked(delivery, room, by, at, line, tuple(filter(None, files))))
        if isinstance(answer, (Card, Form, Notice)):
            spot = Spot(channel, user["id"], message.get("thread_ts"), body["trigger_id"], body.get("response_url"))
            accounts = await self.core.accounts(room) if shows_people(answer) else {}
            await self.answers.after_press(answer, spot, accounts)
        return BoltResponse(status=200, body="")

    async def reacted(self, body: Body) -> None:
        """A reaction that was put below a message or taken away; the others are nothing to Tandem."""
        event, item = body["event"], body["event"].get("item") or {}
        emoji, user = EMOJI.get(str(event.get("reaction"))), event.get("user")
        if emoji is None or item.get("type") != "message" or user in (None, self.workspace.bot_user):
            return
        taken_from = item["ts"] if event["type"] == "reaction_removed" else None
        if not await self.core.reacts(self.workspace.room(item["channel"]), taken_from):
            return
        message = self.workspace.message(item["channel"], item["ts"])
        delivery = f"{message}/{event['type']}/{event['reaction']}/{user}/{event['event_ts']}"
        async with self.deliveries.in_order(message):
            with self.deliveries.first(delivery) as first:
                if first:
                    await self._hear(event, emoji, delivery)

    async def _hear(self, event: Body, emoji: str, delivery: str) -> None:
        channel, ts, gone = event["item"]["channel"], event["item"]["ts"], event["type"] == "reaction_removed"
        message = None if gone else await self._message(channel, ts)
        if not gone and (message is None or not _still_there(message, event)):
            return  # the message is gone meanwhile, or the reaction is
        line = await self.inbound.written(message, channel) if message is not None else None
        if not gone and line is None:
            return  # an app wrote it
        by = await self.people.account(event["user"])
        room = self.workspace.room(channel)
        await self.core.hear(Reacted(delivery, room, by, moment(event["event_ts"]), ts, emoji, line, gone))

    async def _message(self, channel: str, ts: str) -> Body | None:
        """A message by its timestamp, which may stand in a thread; None for one that is gone. Raises TryLater."""
        asked: Json = {"channel": channel, "oldest": ts, "latest": ts, "inclusive": True, "limit": 2}
        try:
            async with sorted_faults(), asyncio.timeout(FETCH_SECONDS):
                page: Any = await self.client.conversations_history(**asked)
                if not _found(page, ts):
                    page = await self.client.conversations_replies(ts=ts, **asked)
        except Gone as gone:
            log.info("a message with a reaction cannot be read: %s", gone.reason)
            return None
        return _found(page, ts)


def _found(page: Any, ts: str) -> Body | None:
    return next((message for message in page["messages"] if message.get("ts") == ts), None)


def _still_there(message: Body, event: Body) -> bool:
    """Whether the reaction stands: its being taken away may have arrived before. Slack names not all who reacted."""
    found = next((one for one in message.get("reactions") or () if one.get("name") == event["reaction"]), None)
    if found is None:
        return False
    users = found.get("users") or ()
    return event["user"] in users or int(found.get("count") or 0) > len(users)

"""What happens to rooms, people and old messages in Slack, told to the core in its own words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from adapters.slack.inbound import Inbound
from adapters.slack.people import People
from adapters.slack.rooms import Rooms
from adapters.slack.workspace import PLATFORM, Workspace, moment
from core.api import Address, Core, Edited, Identity, msg

Event = Mapping[str, Any]

ARCHIVED = msg("the channel was archived")
DELETED = msg("the channel was deleted")
REMOVED = msg("Tandem was removed from the channel")
UNINSTALLED = msg("Tandem was removed from the workspace")
DEACTIVATED = msg("deactivated in Slack")


class Changes:
    """Takes the events that are no sentences; one that says nothing to Tandem does nothing."""

    def __init__(self, core: Core, workspace: Workspace, inbound: Inbound, people: People, rooms: Rooms) -> None:
        self._core, self._workspace, self._inbound = core, workspace, inbound
        self._people, self._rooms = people, rooms
        self._takes: dict[str, Callable[[Event], Awaitable[None]]] = {
            "member_joined_channel": self._joined,
            "member_left_channel": self._left,
            "channel_left": lambda event: self._lost(event, REMOVED),
            "group_left": lambda event: self._lost(event, REMOVED),
            "channel_archive": lambda event: self._lost(event, ARCHIVED),
            "group_archive": lambda event: self._lost(event, ARCHIVED),
            "channel_deleted": lambda event: self._lost(event, DELETED),
            "group_deleted": lambda event: self._lost(event, DELETED),
            "channel_unarchive": self._back,
            "group_unarchive": self._back,
            "channel_rename": self._renamed,
            "group_rename": self._renamed,
            "app_uninstalled": self._uninstalled,
            "tokens_revoked": self._revoked,
            "user_change": self._user,
        }

    async def take(self, event: Event) -> None:
        """Tell the core what happened."""
        take = self._takes.get(event["type"])
        if take is not None:
            await take(event)

    async def edited(self, event: Event) -> None:
        """A `message_changed`: told on where a person changed the words; an unfurled link changes none."""
        message, before = event["message"], event.get("previous_message") or {}
        if message.get("subtype") == "tombstone":
            await self._gone(event, message["ts"])
            return
        edited = (message.get("edited") or {}).get("ts")
        if not edited or message.get("bot_id") or message.get("text") == before.get("text"):
            return
        channel, ts = event["channel"], message["ts"]
        await self._core.news.source_edited(Edited(
            self._room(channel, message), ts, message.get("text") or "", moment(edited),
            f"{self._workspace.message(channel, ts)}/edited/{edited}",
            line=partial(self._inbound.written, message, channel),
        ))  # fmt: skip

    async def deleted(self, event: Event) -> None:
        """A `message_deleted`."""
        await self._gone(event, event["deleted_ts"])

    async def _gone(self, event: Event, ts: str) -> None:
        channel = event["channel"]
        delivery = f"{self._workspace.message(channel, ts)}/deleted"
        at = moment(event.get("event_ts") or event["ts"])
        room = self._room(channel, event.get("previous_message") or {})
        await self._core.news.source_deleted(room, ts, at, delivery)

    def _room(self, channel: str, message: Mapping[str, Any]) -> Address:
        """Where a message was heard: a direct one has the address of who wrote it, not of the conversation."""
        if not channel.startswith("D"):
            return self._workspace.room(channel)
        user = str(message.get("user") or "")
        team = message.get("user_team") or message.get("team") or self._workspace.team
        return self._people.direct(user, team)

    async def _joined(self, event: Event) -> None:
        if event["user"] != self._workspace.bot_user:
            return
        room = self._workspace.room(event["channel"])
        info = await self._rooms.look(event["channel"])
        await self._core.news.welcome(room, info.name)

    async def _left(self, event: Event) -> None:
        if event["user"] == self._workspace.bot_user:
            await self._lost(event, REMOVED)

    async def _lost(self, event: Event, why: str) -> None:
        self._rooms.left(event["channel"])
        await self._core.news.room_lost(self._workspace.room(event["channel"]), self._core.say(why))

    async def _back(self, event: Event) -> None:
        await self._core.news.room_back(self._workspace.room(event["channel"]))

    async def _renamed(self, event: Event) -> None:
        channel = event["channel"]
        self._rooms.left(channel["id"])  # what is kept of it bears the old name
        await self._core.news.room_renamed(self._workspace.room(channel["id"]), channel["name"])

    async def _uninstalled(self, _: Event) -> None:
        self._rooms.forget()
        await self._core.news.app_lost(PLATFORM, self._workspace.team, self._core.say(UNINSTALLED))

    async def _revoked(self, event: Event) -> None:
        if self._workspace.bot_user in ((event.get("tokens") or {}).get("bot") or ()):
            await self._uninstalled(event)

    async def _user(self, event: Event) -> None:
        user = event["user"]
        self._people.forget(user["id"])
        identity = Identity(PLATFORM, user.get("team_id") or self._workspace.team, user["id"])
        if user.get("deleted"):
            await self._core.news.person_left(identity, self._core.say(DEACTIVATED))
        else:
            await self._core.news.person_back(identity)

"""What happens to rooms, people and old messages in Teams, told to the core in its own words."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from functools import partial

from adapters.teams.activity import CHANNEL, PERSONAL, PLATFORM, Payload, Where, moment, part, parts, read_way
from adapters.teams.inbound import Inbound, activity_id, message_delivery
from adapters.teams.people import People
from adapters.teams.teams_text import bot_of, captured, read
from core.api import Address, Core, Edited, msg

REMOVED = msg("Tandem was removed from the room")
UNINSTALLED = msg("Tandem was removed from the team")
DELETED = msg("the channel was deleted")
ARCHIVED = msg("the team was archived")
TEAM_DELETED = msg("the team was deleted")
LEFT = msg("left the room in Teams")
MOST = 1000


class Changes:
    """Takes the activities that are no sentences; one that says nothing to Tandem does nothing."""

    def __init__(self, core: Core, inbound: Inbound, people: People) -> None:
        self._core, self._inbound, self._people = core, inbound, people
        self._welcomed: OrderedDict[Address, None] = OrderedDict()
        self._events: dict[str, Callable[[Payload, Where], Awaitable[None]]] = {
            "channelDeleted": lambda _, place: self._lost(place, DELETED),
            "channelRestored": lambda _, place: self._core.news.room_back(self._room(place)),
            "teamArchived": lambda _, place: self._team_lost(place, ARCHIVED),
            "teamUnarchived": lambda _, place: self._all_back(place),
            "teamRestored": lambda _, place: self._all_back(place),
            "teamDeleted": lambda _, place: self._team_lost(place, TEAM_DELETED),
            "teamHardDeleted": lambda _, place: self._team_lost(place, TEAM_DELETED),
        }

    async def named(self, activity: Payload, place: Where) -> None:
        """Every activity may tell what its room is called now: a channel's own part does, and a chat's conversation."""
        channel, conversation = part(part(activity, "channelData"), "channel"), part(activity, "conversation")
        name = (channel if place.way.kind == CHANNEL else conversation).get("name")
        if isinstance(name, str) and name and not place.direct:
            await self._core.news.room_renamed(self._room(place), name)

    async def installed(self, activity: Payload, place: Where) -> None:
        """An `installationUpdate`: Tandem came to a room or a team, or left it."""
        action = str(activity.get("action") or "")
        if action.startswith("add"):
            await self._came(place)
        elif action.startswith("remove"):
            await self._went(place)

    async def conversation(self, activity: Payload, place: Where) -> None:
        """A `conversationUpdate`: people, channels and teams that come and go."""
        event = self._events.get(str(part(activity, "channelData").get("eventType") or ""))
        if event is not None:
            await event(activity, place)
        bot = bot_of(activity)
        if bot in _ids(activity, "membersAdded"):
            await self._came(place)
        gone = _ids(activity, "membersRemoved")
        if bot in gone:
            await self._went(place)
        for handle in gone:
            if handle != bot:
                await self._person_left(handle, place)

    async def edited(self, activity: Payload, place: Where) -> None:
        """A `messageUpdate`: other words, or a deleted message that its author brought back."""
        message = activity_id(activity)
        if message:
            at, room = moment(activity, self._core.clock.now()), await self._heard_in(activity, place)
            if part(activity, "channelData").get("eventType") == "undeleteMessage":
                delivery = f"{message_delivery(place, message)}/restored/{at.timestamp():.3f}"
                await self._core.news.source_restored(room, message, at, delivery)
                return
            delivery = f"{message_delivery(place, message)}/edited/{at.timestamp():.3f}"
            words = read(activity, direct=place.direct)
            line = partial(self._inbound.message, activity, place, words)
            await self._core.news.source_edited(Edited(room, message, captured(activity), at, delivery, line=line))

    async def deleted(self, activity: Payload, place: Where) -> None:
        """A `messageDelete`."""
        message = activity_id(activity)
        if message:
            at = moment(activity, self._core.clock.now())
            room = await self._heard_in(activity, place)
            delivery = f"{message_delivery(place, message)}/deleted/{at.timestamp():.3f}"
            await self._core.news.source_deleted(room, message, at, delivery)

    async def _heard_in(self, activity: Payload, place: Where) -> Address:
        return place.address((await self._people.speaker(activity, place)).identity.user)

    async def _came(self, place: Where) -> None:
        """Both an installation and a conversation tell of it, and a room is welcomed once."""
        room = self._room(place)
        if place.direct or room in self._welcomed:
            return
        self._welcomed[room] = None
        if len(self._welcomed) > MOST:
            self._welcomed.popitem(last=False)
        await self._core.news.welcome(room, place.name)
        await self._team_back(place)

    async def _went(self, place: Where) -> None:
        if place.direct:
            return
        await self._team_lost(place, UNINSTALLED)
        await self._lost(place, REMOVED)

    async def _lost(self, place: Where, why: str) -> None:
        self._welcomed.pop(self._room(place), None)
        await self._core.news.room_lost(self._room(place), self._core.say(why))

    async def _team_lost(self, place: Where, why: str) -> None:
        for room in await self._rooms_of_team(place):
            self._welcomed.pop(room, None)
            await self._core.news.room_lost(room, self._core.say(why))

    async def _all_back(self, place: Where) -> None:
        await self._core.news.room_back(self._room(place))
        await self._team_back(place)

    async def _team_back(self, place: Where) -> None:
        """The other rooms of the team; a welcome brings back the one that it is said in."""
        for room in await self._rooms_of_team(place):
            if room != self._room(place):
                await self._core.news.room_back(room)

    async def _rooms_of_team(self, place: Where) -> list[Address]:
        """The rooms of the tenant whose way names the team; a chat belongs to none."""
        if not place.way.team:
            return []
        found = []
        for room in await self._core.rooms(PLATFORM, place.tenant):
            way = await self._core.way(room)
            if way is not None and read_way(way).team == place.way.team:
                found.append(room)
        return found

    async def _person_left(self, handle: str, place: Where) -> None:
        """Somebody whose account is known left a room that a transfer lives in."""
        account = self._people.known(place.tenant, handle)
        if account is not None and place.way.kind != PERSONAL and await self._core.room_known(self._room(place)):
            await self._core.news.person_left(account.identity, self._core.say(LEFT))

    @staticmethod
    def _room(place: Where) -> Address:
        return Address(PLATFORM, place.tenant, place.room)


def _ids(activity: Payload, name: str) -> list[str]:
    """The ids of the members that an activity lists."""
    return [str(one.get("id")) for one in parts(activity, name)]

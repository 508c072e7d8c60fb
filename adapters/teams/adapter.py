"""One bot in Teams, wired: the route that Teams speaks to, and the messenger that the worker sends by."""

from __future__ import annotations

from typing import Any

from aiohttp import ClientSession, ClientTimeout, web

from adapters.teams.activity import Where
from adapters.teams.answers import Answers
from adapters.teams.changes import Changes
from adapters.teams.entrance import PATH, Entrance
from adapters.teams.inbound import Inbound
from adapters.teams.keys import TeamsKeys
from adapters.teams.line import Line
from adapters.teams.listeners import Listeners
from adapters.teams.messenger import TeamsMessenger, Ways
from adapters.teams.outgoing_token import OutgoingToken
from adapters.teams.people import People
from adapters.teams.pointing import Pointing
from adapters.teams.signing_keys import SigningKeys
from adapters.teams.tokens import Tokens
from adapters.teams.watching import Watchers
from core.api import Core

CALL_SECONDS = 9.0
"""Less than the outbox waits for a call, so that a call's own end is known."""


class TeamsAdapter:
    """Made before the web server and the worker; `start` inside their event loop, `close` at the end."""

    def __init__(self, core: Core, keys: TeamsKeys, hears: bool = True) -> None:
        self._core, self._keys, self._hears = core, keys, hears
        self._open: _Open | None = None

    def routes(self) -> list[web.RouteDef]:
        """The one route."""
        return [web.post(PATH, self._heard)]

    @property
    def messenger(self) -> TeamsMessenger:
        """The Messenger for platform `teams`, once started."""
        return self._opened.messenger

    async def start(self) -> None:
        """Open the lines, and where this process hears fetch the keys beside all else; nothing is waited for."""
        self._open = _Open(self._core, self._keys)
        if self._hears and not self._keys.anonymous:
            self._open.signing.begin()

    async def hears(self) -> bool:
        """Whether Teams can be believed here: its keys are there."""
        return self._open is not None and (self._keys.anonymous or self._open.signing.known)

    async def close(self) -> None:
        """Finish what was begun and hang up."""
        if self._open is not None:
            await self._open.close()

    async def idle(self) -> None:
        """Wait until every answer that follows a reply was shown or given up."""
        await self._opened.answers.idle()

    @property
    def _opened(self) -> _Open:
        assert self._open is not None, "the adapter was not started"
        return self._open

    async def _heard(self, request: web.Request) -> web.Response:
        return await self._opened.entrance.take(request)


class _Open:
    """The connections of one adapter, and what hangs on them."""

    def __init__(self, core: Core, keys: TeamsKeys) -> None:
        self.session = ClientSession(timeout=ClientTimeout(total=CALL_SECONDS))
        self.signing = SigningKeys(self.session, keys.openid_metadata_url)
        line = Line(self.session, keys.app_id, OutgoingToken(self.session, keys))
        self._ways = Ways(core)
        self.people = People(line.member)
        self.answers, watchers = Answers(line, self._ways, core.say), Watchers(line.members)
        inbound = Inbound(self.people, core.clock.now)
        self._changes = Changes(core, inbound, self.people)
        pointing = Pointing(core, inbound, self.people)
        self._listeners = Listeners(core, inbound, self._changes, self.answers, watchers, pointing)
        self.messenger = TeamsMessenger(core, line, self._ways, watchers)
        self.entrance = Entrance(keys, Tokens(keys, self.signing), self._take)

    async def close(self) -> None:
        """Let answers finish, then hang up."""
        await self.answers.close()
        await self.people.close()
        await self.signing.close()
        await self.session.close()

    async def _take(self, activity: dict[str, Any], place: Where) -> dict[str, Any] | None:
        await self._keep_way(activity, place)
        await self._changes.named(activity, place)
        return await self._listeners.take(activity, place)

    async def _keep_way(self, activity: dict[str, Any], place: Where) -> None:
        """Every activity tells how to write back; a personal one does so of its speaker.

        A message's menu is there in any conversation, also of two people whom Tandem is not with.
        """
        if activity.get("type") == "installationUpdate" and str(activity.get("action")).startswith("remove"):
            return
        if str(activity.get("name") or "").startswith("composeExtension/"):
            return
        speaker = ""
        if place.direct:
            account = await self.people.speaker(activity, place)
            if account.doubt:
                return
            speaker = account.identity.user
        await self._ways.keep(place.address(speaker), place.way)

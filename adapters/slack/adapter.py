"""One Slack workspace, wired: routes for HTTP or a socket, and the messenger that the worker sends by."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientSession, ClientTimeout, web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.answers import Answers
from adapters.slack.bolt import bolt_app
from adapters.slack.changes import Changes
from adapters.slack.deliveries import Deliveries
from adapters.slack.entrance import PATH, Entrance
from adapters.slack.faults import sorted_faults
from adapters.slack.inbound import Inbound
from adapters.slack.listeners import Listeners
from adapters.slack.messenger import SlackMessenger
from adapters.slack.people import People
from adapters.slack.pointing import Pointing
from adapters.slack.rooms import Rooms
from adapters.slack.workspace import Workspace
from core.api import Core, Errands, Gone, TryLater

log = logging.getLogger("tandem.slack")

API_URL = "https://slack.com/api/"
CALL_SECONDS = 9.0
"""Less than the outbox waits for a call, so that a call's own end is known."""
KNOCK_AGAIN = 5.0
STALE_SECONDS = 30.0
PLUG_SECONDS = 3.0
"""How long a start waits for the socket; it goes on opening behind."""


class NotInstalled(Exception):
    """Slack does not take the token; the sentence says what would be right."""


@dataclass(frozen=True, slots=True)
class SlackKeys:
    """What Slack gives an app: with an `app_token` it is served over Socket Mode, else over HTTP."""

    bot_token: str
    signing_secret: str = ""
    app_token: str | None = None
    api_url: str = API_URL


class SlackAdapter:
    """Made before the web server and the worker; `start` inside their event loop, `close` at the end."""

    def __init__(self, core: Core, keys: SlackKeys) -> None:
        self._core, self._keys = core, keys
        self._open: _Open | None = None
        self._workspace: Workspace | None = None
        self._app: AsyncApp | None = None
        self._socket: Any = None  # its methods carry no types
        self._tasks: list[asyncio.Task[None]] = []
        self._messenger: SlackMessenger | None = None

    def routes(self) -> list[web.RouteDef]:
        """The one route; none over Socket Mode, where Slack needs no address. Raises NotInstalled without a secret."""
        if self._keys.app_token:
            return []
        if not self._keys.signing_secret.strip():
            raise NotInstalled(
                "SLACK_SIGNING_SECRET is missing: take it from the app's page 'Basic Information', or set "
                "SLACK_APP_TOKEN for Socket Mode."
            )
        return [web.post(PATH, Entrance(self._keys.signing_secret, self._dispatch).take)]

    @property
    def messenger(self) -> SlackMessenger:
        """The Messenger for platform `slack`, once started."""
        assert self._messenger is not None, "the adapter was not started"
        return self._messenger

    async def start(self) -> None:
        """Ask who Tandem is there and begin to hear. While Slack cannot be reached it knocks on, and answers 503.

        Raises NotInstalled where Slack refuses the token.
        """
        self._open = _Open(self._keys)
        self._messenger = SlackMessenger(self._open.client, self._where, self._core.say)
        try:
            await self._begin()
        except TryLater as later:
            log.warning("Slack cannot be reached yet: %s", later.reason)
            self._tasks.append(asyncio.create_task(self._knock()))

    async def close(self) -> None:
        """Finish what was begun and hang up; also after a `start` that raised."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._socket is not None:
            await self._socket.client.close()
        if self._open is not None:
            await self._open.close()

    async def hears(self) -> bool:
        """Whether what people say in Slack arrives here: the workspace is known and, in Socket Mode, the line is up."""
        if self._app is None:
            return False
        return self._socket is None or bool(await self._socket.client.is_connected())

    async def idle(self) -> None:
        """Wait until every answer that follows a reply was shown or given up."""
        if self._open is not None:
            await self._open.errands.idle()

    async def _begin(self) -> None:
        assert self._open is not None
        found = await _who_am_i(self._open.client)
        workspace = self._workspace = Workspace(found["team_id"], found["user_id"], found["bot_id"], found["url"])
        people, rooms = self._open.people(workspace.team), self._open.rooms
        inbound = Inbound(workspace, people, rooms, self._core.clock.now)
        answers = Answers(self._open.client, self._open.session, self._open.errands, self._core.say)
        changes, deliveries = Changes(self._core, workspace, inbound, people, rooms), Deliveries()
        listeners = Listeners(self._core, workspace, inbound, changes, rooms, answers, deliveries)
        pointing = Pointing(self._core, workspace, inbound, people, self._open.client, answers, deliveries)
        app = bolt_app(listeners, pointing, self._open.bare, self._keys.bot_token)
        if self._keys.app_token:
            await self._plug_in(app, self._open.bare, self._keys.app_token)
        self._app = app

    async def _plug_in(self, app: AsyncApp, client: AsyncWebClient, app_token: str) -> None:
        """Open the socket. The SDK tries a refused token for ever, so its address is asked for here."""
        try:
            async with sorted_faults():
                answer = await client.apps_connections_open(app_token=app_token)
        except Gone as gone:
            raise NotInstalled(
                f"Slack refuses SLACK_APP_TOKEN ({gone.reason}): make an app-level token (xapp-…) with "
                "connections:write on the app's page 'Basic Information'."
            ) from gone
        self._socket = AsyncSocketModeHandler(app, app_token, web_client=client)
        self._socket.client.wss_uri = answer["url"]
        self._tasks.append(asyncio.create_task(self._socket.client.connect()))
        await asyncio.wait(self._tasks[-1:], timeout=PLUG_SECONDS)
        self._tasks.append(asyncio.create_task(self._keep_plugged()))

    async def _keep_plugged(self) -> None:
        """Drop an address that opens no line: it holds for a minute, and the SDK would try the same one for ever."""
        while True:
            await asyncio.sleep(STALE_SECONDS)
            if not await self._socket.client.is_connected():
                log.warning("Slack's socket is not connected; asking for a new address")
                self._socket.client.wss_uri = None

    async def _knock(self) -> None:
        while self._app is None:
            await asyncio.sleep(KNOCK_AGAIN)
            try:
                await self._begin()
            except (TryLater, NotInstalled) as fault:
                log.warning("Slack cannot be reached yet: %s", fault)
            except Exception:  # an answer of any shape: the trace is logged, and Slack is asked again
                log.exception("Slack's answer cannot be used; asking again")

    async def _dispatch(self, request: AsyncBoltRequest) -> BoltResponse:
        if self._app is None:
            return BoltResponse(status=503, body="")
        return await self._app.async_dispatch(request)

    def _where(self) -> Workspace:
        if self._workspace is None:
            raise TryLater("Slack has not told yet which workspace this is")
        return self._workspace


class _Open:
    """The connections of one adapter: one session, and clients that try nothing twice by themselves."""

    def __init__(self, keys: SlackKeys) -> None:
        self.session = ClientSession(timeout=ClientTimeout(total=CALL_SECONDS))
        self.client = self._client(keys, keys.bot_token)
        self.bare = self._client(keys, None)
        self.rooms = Rooms(self.client)
        self.errands = Errands("slack", sorted_faults)
        self._people: People | None = None

    def people(self, team: str) -> People:
        """The people of the workspace `team`."""
        self._people = self._people or People(self.client, team)
        return self._people

    async def close(self) -> None:
        """Let errands finish, then hang up."""
        await self.errands.close()
        if self._people is not None:
            await self._people.close()
        await self.session.close()

    def _client(self, keys: SlackKeys, token: str | None) -> AsyncWebClient:
        # The SDK's own handler would post again after a broken line, and nobody would look first.
        return AsyncWebClient(token=token, base_url=keys.api_url, session=self.session, retry_handlers=[])


async def _who_am_i(client: AsyncWebClient) -> dict[str, Any]:
    try:
        async with sorted_faults():
            answer = await client.auth_test()
    except Gone as gone:
        raise NotInstalled(
            f"Slack refuses SLACK_BOT_TOKEN ({gone.reason}): take the Bot User OAuth Token (xoxb-…) from the app's "
            "page 'OAuth & Permissions'."
        ) from gone
    return {"bot_id": "", "url": "https://slack.com/", **{key: answer[key] for key in _IDENTITY if answer.get(key)}}


_IDENTITY = ("team_id", "user_id", "bot_id", "url")

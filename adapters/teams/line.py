"""The line to the Bot Connector: botbuilder's own adapter and client, over one shared session of ours.

Everything of the SDK is in this module, so that it can be exchanged. Of what it brings, three things are left aside:
its check of incoming tokens (blocking, and 500 for most bad ones), its login (blocking), and its HTTP pipeline, whose
retries search a list of 500 codes twice a turn and would post again where nobody looked first.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientSession
from botbuilder.core import CardFactory, CloudAdapterBase, TurnContext
from botbuilder.schema import (
    Activity,
    ActivityTypes,
    ChannelAccount,
    ConversationAccount,
    ConversationParameters,
    ConversationReference,
)
from botframework.connector.aio import ConnectorClient
from botframework.connector.auth import AppCredentials, BotFrameworkAuthentication, ClaimsIdentity
from botframework.connector.auth.connector_factory import ConnectorFactory
from botframework.connector.bot_framework_sdk_client_async import BotFrameworkConnectorConfiguration
from msrest.pipeline import Response
from msrest.pipeline.async_abc import AsyncHTTPSender, AsyncPipeline
from msrest.pipeline.universal import RawDeserializer
from msrest.universal_http.async_abc import AsyncClientResponse

from adapters.teams.activity import Way
from adapters.teams.faults import Refusal, retry_after
from adapters.teams.outgoing_token import OutgoingToken
from adapters.teams.tokens import CHANNEL

MOST_CLIENTS = 50
"""Service addresses differ by region, and a handful serve the whole world."""

PAGE, MOST_PAGES = 500, 10
NO_MEMBER = (400, 404)
"""What the connector answers where an id is of nobody in the room, or of no kind that it knows."""
"""Members asked for at once, and how often: a room has 5,000 at most."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a conversation: AAD object id, name, and the connector's own id for them."""

    user: str
    name: str
    handle: str


class Line:
    """What Tandem asks of the connector. Raises Refusal, TimeoutError, aiohttp's ClientError, or TryLater."""

    def __init__(self, session: ClientSession, app_id: str, token: OutgoingToken) -> None:
        self._app_id = app_id
        self._clients = _Clients(session, token)
        self._adapter = CloudAdapterBase(_Authentication(self._clients))

    async def post(self, way: Way, card: Json, summary: str, thread: str | None = None) -> str:
        """Post a card, below the message `thread` where one is named; the connector's id of the message."""
        ids: list[str] = []

        async def send(context: TurnContext) -> None:
            activity = _message(_conversation(way, thread), way, card, summary)
            ids.extend(sent.id for sent in await self._adapter.send_activities(context, [activity]))

        await self._in_turn(way, send)
        return ids[0]

    async def change(self, way: Way, message: str, card: Json, summary: str) -> None:
        """Put a card in the place of the one that the message shows."""

        async def send(context: TurnContext) -> None:
            activity = _message(way.conversation, way, card, summary)
            activity.id = message
            await self._adapter.update_activity(context, activity)

        await self._in_turn(way, send)

    async def knock(self, way: Way) -> None:
        """See whether a post would be taken now: a sign of typing goes the same road, and leaves nothing behind."""

        async def send(context: TurnContext) -> None:
            await self._adapter.send_activities(context, [_activity(ActivityTypes.typing, way.conversation, way)])

        await self._in_turn(way, send)

    async def open(self, service_url: str, bot: str, tenant: str, user: str) -> str:
        """The conversation with one person alone, made where there is none yet; its id."""
        ids: list[str] = []

        async def opened(context: TurnContext) -> None:
            ids.append(context.activity.conversation.id)

        parameters = ConversationParameters(
            is_group=False, bot=ChannelAccount(id=bot), members=[ChannelAccount(id=user)], tenant_id=tenant,
            channel_data={"tenant": {"id": tenant}},
        )  # fmt: skip
        await self._adapter.create_conversation(self._app_id, opened, parameters, CHANNEL, service_url)
        return ids[0]

    async def member(self, way: Way, user: str) -> Member | None:
        """Somebody of a conversation by any id that Teams has for them; None where it knows none, or no account."""
        client = await self._clients.create(way.service_url, "")
        try:
            found = await client.conversations.get_conversation_member(way.conversation, user)
        except Refusal as refusal:
            if refusal.status not in NO_MEMBER:
                raise
            return None
        return _member(found, user)

    async def members(self, way: Way) -> list[Member]:
        """Everybody in a conversation who has an account."""
        client = await self._clients.create(way.service_url, "")
        found: list[Member] = []
        token = None
        for _ in range(MOST_PAGES):
            page = await client.conversations.get_conversation_paged_members(way.conversation, PAGE, token)
            found += [member for one in page.members or () if (member := _member(one)) is not None]
            token = page.continuation_token
            if not token:
                break
        return found

    async def _in_turn(self, way: Way, logic: Callable[[TurnContext], Awaitable[None]]) -> None:
        reference = ConversationReference(
            service_url=way.service_url, channel_id=CHANNEL, bot=ChannelAccount(id=way.bot),
            conversation=ConversationAccount(id=way.conversation),
        )  # fmt: skip
        await self._adapter.continue_conversation(reference, logic, bot_app_id=self._app_id)


def _member(found: Any, user: str = "") -> Member | None:
    more: Mapping[str, Any] = found.additional_properties or {}
    account = found.aad_object_id or more.get("objectId")
    return Member(str(account).lower(), str(found.name or ""), str(found.id or user)) if account else None


def _conversation(way: Way, thread: str | None) -> str:
    return f"{way.conversation};messageid={thread}" if thread else way.conversation


def _message(conversation: str, way: Way, card: Json, summary: str) -> Activity:
    attachments = [CardFactory.adaptive_card(card)]
    return _activity(ActivityTypes.message, conversation, way, summary=summary, attachments=attachments)


def _activity(kind: ActivityTypes, conversation: str, way: Way, **more: Any) -> Activity:
    return Activity(
        type=kind, channel_id=CHANNEL, service_url=way.service_url,
        conversation=ConversationAccount(id=conversation), from_property=ChannelAccount(id=way.bot), **more,
    )  # fmt: skip


class _Authentication(BotFrameworkAuthentication):  # type: ignore[misc]
    """What the SDK's adapter asks when it speaks first; what comes in was checked before it gets here."""

    def __init__(self, clients: _Clients) -> None:
        self._clients = clients

    def create_connector_factory(self, _: ClaimsIdentity) -> ConnectorFactory:
        return self._clients

    async def create_user_token_client(self, _: ClaimsIdentity) -> None:
        return None

    async def authenticate_request(self, *_: object) -> Any:
        raise NotImplementedError("requests are checked in adapters/teams/tokens.py")

    async def authenticate_streaming_request(self, *_: object) -> Any:
        raise NotImplementedError("Tandem serves no streams")


class _Clients(ConnectorFactory):  # type: ignore[misc]
    """The SDK's clients, one for each service address, kept: making one takes a millisecond."""

    def __init__(self, session: ClientSession, token: OutgoingToken) -> None:
        self._pipeline = AsyncPipeline(sender=_Wire(session, token))
        self._made: dict[str, ConnectorClient] = {}

    async def create(self, service_url: str, _: str) -> ConnectorClient:
        if service_url not in self._made:
            if len(self._made) >= MOST_CLIENTS:
                self._made.clear()
            credentials = AppCredentials()
            configuration = BotFrameworkConnectorConfiguration(
                credentials, service_url, pipeline_type=lambda _: self._pipeline
            )
            self._made[service_url] = ConnectorClient(credentials, custom_configuration=configuration)
        return self._made[service_url]


class _Wire(AsyncHTTPSender):  # type: ignore[type-arg]
    """Sends a request of the SDK's once, with Tandem's token."""

    def __init__(self, session: ClientSession, token: OutgoingToken) -> None:
        self._session, self._token = session, token

    async def __aexit__(self, *_: object) -> None:
        """The session is not the SDK's to close."""

    async def send(self, request: Any, **_: Any) -> Any:
        asked = request.http_request
        bearer = await self._token.bearer()
        headers = {**asked.headers, **({"Authorization": f"Bearer {bearer}"} if bearer else {})}
        async with self._session.request(asked.method, asked.url, data=asked.data, headers=headers) as answer:
            body = await answer.read()
            if answer.status == 401:
                self._token.forget()
            if answer.status >= 400:
                raise Refusal(answer.status, _code(body), retry_after(answer.headers))
            return Response(request, _Answer(asked, answer), {RawDeserializer.CONTEXT_NAME: _read(body)})


class _Answer(AsyncClientResponse):
    """What the SDK looks at in an answer; it knows not every status that is a success."""

    def __init__(self, request: Any, answer: Any) -> None:
        super().__init__(request, None)
        self.status_code, self.headers, self.reason = 200, dict(answer.headers), answer.reason


def _read(body: bytes) -> Any:
    try:
        return json.loads(body) if body else None
    except ValueError:
        return None


def _code(body: bytes) -> str:
    """Microsoft's own word for what went wrong, or "" where the answer holds none."""
    found = _read(body)
    error = found.get("error") if isinstance(found, dict) else None
    return str(error.get("code") or "") if isinstance(error, dict) else ""

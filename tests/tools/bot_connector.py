"""A Bot Connector of our own: conversations, members and messages as Teams keeps them, and failures on demand.

It speaks the connector's REST over real HTTP on loopback, takes no card that Teams would not draw, and no request
without the bot's token. `BotSender` plays Teams' other half: it posts activities to the bot with really signed tokens.
"""

from __future__ import annotations

import asyncio
import itertools
import json
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests.tools.adaptive_cards import problems
from tests.tools.bot_tokens import APP, token

Json = dict[str, Any]
Fault = Callable[["BotConnector", web.Request], Awaitable[web.StreamResponse]]

BOT = f"28:{APP}"
TENANT = "b28fdbfd-2b78-4f93-b0f8-8881793f0f8f"
BEARER = "the-bots-own-token"
SECRET = "the-bots-password"


def refusal(status: int, code: str = "", **headers: str) -> Fault:
    """An answer of the connector's that is no success; `Retry_After="2"` sets the header Retry-After."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    async def fault(*_: Any) -> web.StreamResponse:
        body = {"error": {"code": code, "message": "It did not work."}} if code else None
        return web.json_response(body, status=status, headers=named)

    return fault


def take_and(fault: Fault) -> Fault:
    """Do what was asked, and then fail all the same."""

    async def taken(connector: BotConnector, request: web.Request) -> web.StreamResponse:
        await connector.answer(request)
        return await fault(connector, request)

    return taken


async def cut(_: BotConnector, request: web.Request) -> web.StreamResponse:
    """Close the line without an answer."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def hang(connector: BotConnector, _: web.Request) -> web.StreamResponse:
    """Never answer."""
    connector.hanging.set()
    await connector.closing.wait()
    return web.Response()


@dataclass
class Person:
    """Somebody with every id that Teams has for them."""

    name: str
    user: str
    handle: str
    mail: str
    zone: str = ""

    @property
    def sender(self) -> Json:
        """As an activity's `from`."""
        return {"id": self.handle, "name": self.name, "aadObjectId": self.user}


def person(name: str, number: int, zone: str = "") -> Person:
    """A person of the tenant; the handle is as long as Teams' own."""
    first = f"{name.split(maxsplit=1)[0].lower()}{number}"
    return Person(
        name, f"00000000-0000-4000-8000-{number:012}", f"29:1{first:x<88}", f"{first}@tarnbrook.example", zone
    )


@dataclass
class Conversation:
    """A conversation with its messages, oldest first; `present` says whether the bot may write there."""

    kind: str
    name: str = ""
    team: str = ""
    present: bool = True
    members: list[Person] = field(default_factory=list)
    messages: list[Json] = field(default_factory=list)


class BotConnector:
    """`async with BotConnector() as teams:` serves it; `teams.service_url` is what activities name.

    While it is `down`, each call meets that fault.
    """

    def __init__(self) -> None:
        self.conversations: dict[str, Conversation] = {}
        self.calls: list[tuple[str, str]] = []
        self.logins: list[Json] = []
        self.unreachable: set[str] = set()
        self.bearer = BEARER
        self.down: Fault | None = None
        self.hanging, self.closing = asyncio.Event(), asyncio.Event()
        self._faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._ids = itertools.count(1_795_000_000_000)

    @property
    def service_url(self) -> str:
        """The address that every activity names."""
        return f"{self.url}/emea/"

    @property
    def login_url(self) -> str:
        """Microsoft's login."""
        return f"{self.url}/login"

    def fails(self, method: str, *faults: Fault) -> None:
        """Let the next calls of a method (POST, PUT, GET, LOGIN) fail in turn."""
        self._faults[method].extend(faults)

    def new_id(self) -> str:
        """An id as Teams numbers messages: milliseconds."""
        return str(next(self._ids))

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=10**7)
        app.router.add_route("*", "/{path:.*}", self._serve)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self.closing.set()
        await self._runner.cleanup()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = "LOGIN" if request.path.startswith("/login/") else request.method
        self.calls.append((method, request.path))
        if self.down:
            return await self.down(self, request)
        if self._faults[method]:
            return await self._faults[method].popleft()(self, request)
        return await self.answer(request)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """What Teams would answer."""
        if request.path.startswith("/login/"):
            return await self._login(request)
        if request.headers.get("Authorization") != f"Bearer {self.bearer}":
            return web.json_response({"error": {"code": "Unauthorized"}}, status=401)
        asked = await request.json() if request.can_read_body else {}
        try:
            answer = self._answer(request.method, request.path, asked)
            return web.json_response(answer, status=201 if request.method == "POST" else 200)
        except _Refused as refused:
            status, code = refused.args
            return web.json_response({"error": {"code": code, "message": "No."}}, status=status)

    async def _login(self, request: web.Request) -> web.StreamResponse:
        asked = dict(await request.post())
        self.logins.append({"path": request.path, **asked})
        if asked.get("client_secret") != SECRET:
            return web.json_response({"error": "invalid_client"}, status=401)
        return web.json_response({"access_token": self.bearer, "expires_in": 3599, "token_type": "Bearer"})

    def _answer(self, method: str, path: str, asked: Json) -> Json:
        steps = path.removeprefix("/emea/v3/conversations").strip("/").split("/")
        match method, steps:
            case "POST", [""]:
                return self._create(asked)
            case "POST", [conversation, "activities"]:
                return self._post(conversation, asked)
            case "PUT", [conversation, "activities", activity]:
                return self._change(conversation, activity, asked)
            case "GET", [conversation, "members", member]:
                return self._member(conversation, member)
            case "GET", [conversation, "pagedmembers"]:
                return {"members": [_as_member(one) for one in self._there(conversation).members]}
        raise _Refused(404, f"NoSuchPlace {method} {path}")

    def _create(self, asked: Json) -> Json:
        (member,) = asked["members"]
        if asked["channelData"]["tenant"]["id"] != TENANT or asked["bot"]["id"] != BOT:
            raise _Refused(400, "BadArgument")
        if member["id"] in self.unreachable:
            raise _Refused(403, "ForbiddenOperationException")
        personal = f"a:1{member['id']:x<120}"
        self.conversations.setdefault(personal, Conversation("personal"))
        return {"id": personal}

    def _there(self, conversation: str) -> Conversation:
        found = self.conversations.get(conversation.partition(";")[0])
        if found is None:
            raise _Refused(404, "ConversationNotFound")
        if not found.present:
            raise _Refused(403, "BotNotInConversationRoster")
        return found

    def _post(self, conversation: str, asked: Json) -> Json:
        room, _, root = conversation.partition(";messageid=")
        found = self._there(room)
        if root and found.kind != "channel":
            raise _Refused(400, "BadArgument")
        if root and not any(root == one["id"] for one in found.messages):
            raise _Refused(404, "ThreadNotFound")
        if asked["type"] == "typing":
            return {"id": self.new_id()}  # shown for a moment, and kept nowhere
        self._check(asked)
        message = {**asked, "id": self.new_id(), "root": root or None}
        found.messages.append(message)
        return {"id": message["id"]}

    def _change(self, conversation: str, activity: str, asked: Json) -> Json:
        self._check(asked)
        for message in self._there(conversation).messages:
            if message["id"] == activity:
                message.update(asked | {"changed": message.get("changed", 0) + 1, "id": activity})
                return {"id": activity}
        raise _Refused(404, "ActivityNotFoundInConversation")

    def _member(self, conversation: str, member: str) -> Json:
        for one in self._there(conversation).members:
            if member in (one.handle, one.user, one.mail):
                return _as_member(one)
        raise _Refused(404, "MemberNotFoundInConversation")

    @staticmethod
    def _check(asked: Json) -> None:
        if asked["type"] != "message" or not asked["summary"] or len(json.dumps(asked).encode()) > 28_000:
            raise _Refused(413, "MessageSizeTooBig")
        (attachment,) = asked["attachments"]
        if found := problems(attachment["content"]):
            raise _Refused(400, f"BadSyntax: {found}")

    def cards(self, conversation: str) -> list[Json]:
        """The cards that stand in a conversation now, oldest first."""
        return [
            one["attachments"][0]["content"]
            for one in self.conversations[conversation].messages
            if "attachments" in one
        ]


def _as_member(one: Person) -> Json:
    return {"id": one.handle, "name": one.name, "objectId": one.user, "userPrincipalName": one.mail}


class _Refused(Exception):
    pass


@dataclass
class BotSender:
    """Teams' requests to a bot at `url`. Each returns the status and the body, parsed if JSON."""

    url: str
    teams: BotConnector
    signs: Callable[[str], str] = token

    async def line(self, words: str, who: Person, room: str, **more: Any) -> tuple[int, Any]:
        """A message; `<at>Name</at>` in it is a mention of the person of that name, `@Tandem` of the bot."""
        mentions = more.pop("mentions", [])
        shown = words.replace("@Tandem", "<at>Tandem</at>", 1)
        entities = [{"type": "mention", "mentioned": {"id": BOT, "name": "Tandem"}, "text": "<at>Tandem</at>"}]
        entities = [*(entities if shown != words else []), *(_mention(*one) for one in mentions)]
        said = {"text": shown, "textFormat": "plain", "entities": entities, **more}
        return await self.activity("message", who, room, **said)

    async def press(self, action: Json, who: Person, room: str, card: str = "", /, **filled: Any) -> tuple[int, Any]:
        """A pressed action, as a new client sends it; `filled` are the inputs of its card."""
        pressed = {**action, "data": {**action["data"], **filled}}
        pressed.pop("fallback", None)
        value = {"action": pressed, "trigger": "manual"}
        return await self.activity("invoke", who, room, name="adaptiveCard/action", value=value, replyToId=card or None)

    async def submit(self, action: Json, who: Person, room: str, card: str = "", /, **filled: Any) -> tuple[int, Any]:
        """A pressed action, as an old client sends it: a message without words."""
        value = {**action["data"], **filled}
        return await self.activity("message", who, room, value=value, replyToId=card or None)

    async def dialog(
        self, step: str, data: Json, who: Person, room: str, card: str = "", /, **filled: Any
    ) -> tuple[int, Any]:
        """A dialog that is opened (`fetch`) or sent (`submit`)."""
        value = {"data": {**data, **filled}, "context": {"theme": "default"}}
        return await self.activity("invoke", who, room, name=f"task/{step}", value=value, replyToId=card or None)

    async def capture(self, message: Json, who: Person, room: str, **more: Any) -> tuple[int, Any]:
        """“Capture in Tandem” in the menu of a message, as Teams describes the message."""
        value = {"commandId": "capture", "commandContext": "message", "messagePayload": message, **more}
        step = "submitAction" if "data" in more else "fetchTask"
        thread = message.get("replyToId") or message.get("id")
        return await self.activity("invoke", who, room, name=f"composeExtension/{step}", value=value, thread=thread)

    async def activity(self, kind: str, who: Person, room: str, **more: Any) -> tuple[int, Any]:
        """Any activity of a conversation that the connector knows."""
        found = self.teams.conversations[room]
        message = more.pop("id", None) or self.teams.new_id()
        pressed = next((one for one in found.messages if one["id"] == more.get("replyToId")), {})
        thread = more.pop("thread", None) or pressed.get("root") or pressed.get("id")
        channel: Json = {"channel": {"id": room, "name": found.name}, "team": {"id": found.team}}
        conversation: Json = {"id": room, "conversationType": found.kind, "tenantId": TENANT}
        if found.kind == "channel" and kind in ("message", "invoke", "messageUpdate", "messageDelete"):
            conversation["id"] = f"{room};messageid={thread or message}"
        if found.kind != "personal":
            conversation |= {"isGroup": True, "name": found.name}
        if kind == "message" and not more.get("value"):
            found.messages.append({"id": message, "from": who.sender, "text": more.get("text")})
        more.setdefault("localTimezone", who.zone or None)
        data = {"tenant": {"id": TENANT}, **(channel if found.kind == "channel" else {}), **more.pop("channelData", {})}
        return await self.post({
            "type": kind, "id": message, "channelId": "msteams", "serviceUrl": self.teams.service_url,
            "timestamp": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "4567Z"),
            "from": who.sender, "recipient": {"id": BOT, "name": "Tandem"}, "conversation": conversation,
            "channelData": data, **{name: value for name, value in more.items() if value is not None},
        })  # fmt: skip

    async def post(self, activity: Json, **headers: str) -> tuple[int, Any]:
        """Any activity, with a token of Teams for its service address unless `headers` say otherwise."""
        if "Authorization" not in headers:
            headers["Authorization"] = f"Bearer {self.signs(activity.get('serviceUrl', ''))}"
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.url, json=activity, headers=headers) as answered,
        ):
            text = await answered.text()
            return answered.status, json.loads(text) if text.startswith("{") else text


def _mention(who: Person, user: str | None = None, name: str | None = None) -> Json:
    shown = name or who.name
    return {"type": "mention", "mentioned": {"id": user or who.handle, "name": shown}, "text": f"<at>{shown}</at>"}

"""A Slack of our own for what local-slack cannot do: it keeps metadata and history, checks blocks, and fails on demand.

It speaks the Web API over real HTTP on loopback. `slack.fails("chat.postMessage", rate_limited(2))` makes the next
calls of a method fail in turn; whatever is not named works. `Sender` plays Slack's other half: it signs commands,
interactions and events and posts them to the app.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import json
import time
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from tests.tools.block_kit import problems

Json = dict[str, Any]
Fault = Callable[["SlackDouble", web.Request, str, Json], Awaitable[web.StreamResponse]]

TEAM = "T01NORVANE"
BOT = "U0TANDEM"
SECRET = "5fd924625f6ab16a19cc9807c7c506ae"
CUT_AT = 9


def rate_limited(after: float = 1) -> Fault:
    """429 with Retry-After in seconds."""

    async def fault(*_: Any) -> web.StreamResponse:
        body = {"ok": False, "error": "ratelimited"}
        return web.json_response(body, status=429, headers={"Retry-After": str(after)})

    return fault


def status(code: int) -> Fault:
    """A page of HTML with this status, as a broken gateway sends."""

    async def fault(*_: Any) -> web.StreamResponse:
        return web.Response(status=code, text="<html>Sorry!</html>", content_type="text/html")

    return fault


def error(code: str) -> Fault:
    """Slack's own error."""

    async def fault(*_: Any) -> web.StreamResponse:
        return web.json_response({"ok": False, "error": code})

    return fault


def take_and(fault: Fault) -> Fault:
    """Do what was asked, and then fail all the same."""

    async def taken(slack: SlackDouble, request: web.Request, method: str, asked: Json) -> web.StreamResponse:
        slack.answer(method, asked)
        return await fault(slack, request, method, asked)

    return taken


async def cut(_: SlackDouble, request: web.Request, *__: Any) -> web.StreamResponse:
    """Close the line without an answer."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def hang(slack: SlackDouble, *_: Any) -> web.StreamResponse:
    """Never answer."""
    slack.hanging.set()
    await slack.closing.wait()
    return web.Response()


@dataclass
class Channel:
    """A channel with its messages, oldest first."""

    name: str
    joined: bool = True
    archived: bool = False
    private: bool = False
    messages: list[Json] = field(default_factory=list)


class SlackDouble:
    """One workspace; `async with SlackDouble() as slack:` serves it, `slack.api_url` is SLACK_API_URL."""

    def __init__(self) -> None:
        self.users: dict[str, Json] = {}
        self.channels: dict[str, Channel] = {}
        self.directs: dict[str, str] = {}
        self.views: list[Json] = []
        self.whispers: list[Json] = []
        self.reactions: list[tuple[str, str, str]] = []
        self.responses: list[Json] = []
        self.calls: list[tuple[str, Json]] = []
        self.scopes = "chat:write,commands"
        self.expired: set[str] = set()
        self.outside: set[str] = set()
        self.hanging = asyncio.Event()
        self.closing = asyncio.Event()
        self._faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._ts = itertools.count(1)

    @property
    def api_url(self) -> str:
        """Where the Web API is."""
        return f"{self._url}/api/"

    @property
    def response_url(self) -> str:
        """An address that takes answers to an interaction, into `responses`."""
        return f"{self._url}/respond"

    def person(self, user: str, name: str, team: str = TEAM, tz: str = "Europe/Dublin") -> None:
        """Let users.info know a person."""
        profile = {"real_name": name, "display_name": name.split(maxsplit=1)[0]}
        self.users[user] = {"id": user, "team_id": team, "name": user.lower(), "profile": profile, "tz": tz}

    def fails(self, method: str, *faults: Fault) -> None:
        """The next calls of the method meet these faults, one each."""
        self._faults[method].extend(faults)

    def called(self, method: str) -> list[Json]:
        """What a method was asked, each time."""
        return [asked for name, asked in self.calls if name == method]

    def now(self) -> str:
        """A fresh message timestamp."""
        return f"{int(time.time())}.{next(self._ts):06d}"

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._take)
        app.router.add_post("/respond", self._respond)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self._url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        asked = await _arguments(request)
        self.calls.append((method, asked))
        if self._faults[method]:
            return await self._faults[method].popleft()(self, request, method, asked)
        return web.json_response(self.answer(method, asked), headers={"X-OAuth-Scopes": self.scopes})

    async def _respond(self, request: web.Request) -> web.Response:
        self.responses.append(await request.json())
        return web.Response(text="ok")

    def answer(self, method: str, asked: Json) -> Json:
        """What Slack does and answers where nothing fails."""
        answers: dict[str, Callable[[Json], Json]] = {
            "auth.test": self._who,
            "users.info": self._user,
            "conversations.info": self._channel,
            "conversations.open": self._open,
            "conversations.history": lambda asked: self._history(asked, self._rooted(asked["channel"])),
            "conversations.replies": self._replies,
            "chat.postMessage": self._post,
            "chat.update": self._update,
            "chat.postEphemeral": self._whisper,
            "views.open": self._view,
            "reactions.add": self._react,
            "apps.connections.open": lambda asked: {"url": "ws://127.0.0.1:9/link"},
        }
        try:
            return {"ok": True, **answers[method](asked)}
        except _Refused as refused:
            return {"ok": False, "error": str(refused)}

    def _who(self, _: Json) -> Json:
        return {"team_id": TEAM, "user_id": BOT, "bot_id": "B0TANDEM", "url": "https://norvane.slack.com/"}

    def _user(self, asked: Json) -> Json:
        return {"user": _found(self.users, asked["user"], "user_not_found")}

    def _there(self, channel: str) -> Channel:
        found: Channel = _found(self.channels, channel, "channel_not_found")
        if found.private and not found.joined:
            raise _Refused("channel_not_found")
        return found

    def _channel(self, asked: Json) -> Json:
        channel = self._there(asked["channel"])
        if asked["channel"] in self.directs.values():
            return {"channel": {"id": asked["channel"], "is_im": True}}
        return {"channel": {"id": asked["channel"], "name": channel.name, "is_member": channel.joined}}

    def _open(self, asked: Json) -> Json:
        _found(self.users, asked["users"], "user_not_found")
        direct = self.directs.setdefault(asked["users"], f"D{len(self.directs):03}")
        self.channels.setdefault(direct, Channel("direct"))
        return {"channel": {"id": direct}}

    def _history(self, asked: Json, messages: list[Json]) -> Json:
        """Newest first, a page of `limit`, no thread's replies; metadata only where it is asked for."""
        limit, start = int(asked.get("limit", 100)), int(asked.get("cursor") or 0)
        oldest, latest = str(asked.get("oldest") or ""), str(asked.get("latest") or "~")
        newest = [one for one in reversed(messages) if oldest <= one["ts"] <= latest]
        page = newest[start : start + limit]
        if str(asked.get("include_all_metadata")).lower() not in ("1", "true"):
            page = [{key: value for key, value in message.items() if key != "metadata"} for message in page]
        more = str(start + limit) if start + limit < len(newest) else ""
        return {"messages": page, "has_more": bool(more), "response_metadata": {"next_cursor": more}}

    def _rooted(self, channel: str) -> list[Json]:
        return [one for one in self._there(channel).messages if one.get("thread_ts", one["ts"]) == one["ts"]]

    def _replies(self, asked: Json) -> Json:
        messages = self._there(asked["channel"]).messages
        thread = [message for message in messages if asked["ts"] in (message["ts"], message.get("thread_ts"))]
        return self._history(asked, thread)

    def _writable(self, asked: Json) -> Channel:
        if str(asked["channel"]).startswith("U"):
            asked["channel"] = self._open({"users": asked["channel"]})["channel"]["id"]
        channel = self._there(asked["channel"])
        if channel.archived:
            raise _Refused("is_archived")
        if not channel.joined:
            raise _Refused("not_in_channel")
        if problems({"text": asked.get("text", ""), "blocks": asked.get("blocks", [])}):
            raise _Refused("invalid_blocks")
        return channel

    def _post(self, asked: Json) -> Json:
        channel, ts = self._writable(asked), self.now()
        kept = ("text", "blocks", "metadata", "thread_ts")
        message = {"ts": ts, "bot_id": "B0TANDEM", **{key: asked[key] for key in kept if key in asked}}
        channel.messages.append(message)
        return {"channel": asked["channel"], "ts": ts, "message": message}

    def _update(self, asked: Json) -> Json:
        for message in self._writable(asked).messages:
            if message["ts"] == asked["ts"]:
                message.update({key: asked[key] for key in ("text", "blocks", "metadata") if key in asked})
                return {"channel": asked["channel"], "ts": asked["ts"]}
        raise _Refused("message_not_found")

    def _whisper(self, asked: Json) -> Json:
        self._writable(asked)
        if asked["user"] in self.outside:
            raise _Refused("user_not_in_channel")
        self.whispers.append(asked)
        return {"message_ts": self.now()}

    def _react(self, asked: Json) -> Json:
        if (asked["channel"], asked["timestamp"], asked["name"]) in self.reactions:
            raise _Refused("already_reacted")
        self.reactions.append((asked["channel"], asked["timestamp"], asked["name"]))
        return {}

    def _view(self, asked: Json) -> Json:
        if asked["trigger_id"] in self.expired:
            raise _Refused("expired_trigger_id")
        if problems(asked["view"]):
            raise _Refused("invalid_arguments")
        view = {"id": f"V{len(self.views)}", "hash": f"{len(self.views)}.h", **asked["view"]}
        self.views.append(view)
        return {"view": view}


class _Refused(Exception):
    pass


def _found(things: Mapping[str, Any], name: str, refusal: str) -> Any:
    if name not in things:
        raise _Refused(refusal)
    return things[name]


async def _arguments(request: web.Request) -> Json:
    """Arguments from the query, a form or JSON: the SDK uses all three."""
    asked: Json = dict(request.query)
    if request.content_type == "application/json":
        asked.update(await request.json())
    else:
        asked.update({name: _value(str(value)) for name, value in (await request.post()).items()})
    return asked


def _value(text: str) -> Any:
    return json.loads(text) if text[:1] in "[{" else text


@dataclass
class Sender:
    """Slack's requests to an app at `url`, really signed. Each returns the status and the body, parsed if JSON."""

    url: str
    secret: str = SECRET
    skew: float = 0
    triggers: Any = field(default_factory=lambda: itertools.count(1))

    async def command(self, text: str, user: str, channel: str, **more: str) -> tuple[int, Any]:
        """A slash command."""
        fields = {
            "command": "/tt", "text": text, "user_id": user, "user_name": user.lower(), "channel_id": channel,
            "channel_name": "joint", "team_id": TEAM, "trigger_id": f"trigger-{next(self.triggers)}", **more,
        }  # fmt: skip
        return await self.post(urlencode(fields).encode())

    async def interaction(self, payload: Json) -> tuple[int, Any]:
        """A click or a submission."""
        payload = {"trigger_id": f"trigger-{next(self.triggers)}", "team": {"id": TEAM}, **payload}
        return await self.post(urlencode({"payload": json.dumps(payload)}).encode())

    async def press(self, value: str, user: str, channel: str, **more: Any) -> tuple[int, Any]:
        """A click on a button that carries `value`."""
        action = {"type": "button", "action_id": "say:0", "value": value, "action_ts": f"{time.time():.6f}"}
        container = {"type": "message", "channel_id": channel, "message_ts": "1.1", **more.pop("container", {})}
        who = {"id": user, "name": user.lower(), "team_id": TEAM}
        return await self.interaction(
            {"type": "block_actions", "user": who, "container": container, "actions": [action], **more}
        )

    async def submit(self, view: Json, user: str, values: Json, team: str = TEAM) -> tuple[int, Any]:
        """A submitted modal: `values` as {block_id: element state}."""
        state = {"values": {name: {name: entered} for name, entered in values.items()}}
        who = {"id": user, "name": user.lower(), "team_id": team}
        return await self.interaction({"type": "view_submission", "user": who, "view": {**view, "state": state}})

    async def shortcut(self, message: Json, user: str, channel: str, **more: Any) -> tuple[int, Any]:
        """“Capture in Tandem” in the menu of a message."""
        who = {"id": user, "name": user.lower(), "team_id": TEAM}
        return await self.interaction(
            {
                "type": "message_action", "callback_id": "capture", "user": who, "channel": {"id": channel},
                "message": {"type": "message", **message}, "message_ts": message["ts"],
                "action_ts": f"{time.time():.6f}", **more,
            }
        )  # fmt: skip

    async def reaction(self, name: str, user: str, channel: str, ts: str, **more: Any) -> tuple[int, Any]:
        """A reaction that is put below a message; `type` says reaction_removed."""
        item = {"type": "message", "channel": channel, "ts": ts}
        event = {"type": "reaction_added", "user": user, "reaction": name, "item": item}
        return await self.event({**event, "event_ts": f"{time.time():.6f}", **more})

    async def event(self, event: Json, **outer: Any) -> tuple[int, Any]:
        """An event, in its envelope."""
        envelope = {
            "type": "event_callback", "team_id": TEAM, "api_app_id": "A0TANDEM", "event": event,
            "event_id": f"Ev{next(self.triggers)}", "event_time": int(time.time()), **outer,
        }  # fmt: skip
        return await self.post(json.dumps(envelope).encode(), "application/json")

    async def post(
        self, body: bytes, kind: str = "application/x-www-form-urlencoded", headers: Mapping[str, str] | None = None
    ) -> tuple[int, Any]:
        """Any body, signed unless `headers` say otherwise."""
        sent = {"Content-Type": kind, **self.signature(body), **(headers or {})}
        async with aiohttp.ClientSession() as session, session.post(self.url, data=body, headers=sent) as answered:
            text = await answered.text()
            return answered.status, json.loads(text) if text.startswith("{") else text

    def signature(self, body: bytes) -> dict[str, str]:
        """The two headers that prove a body."""
        stamp = str(int(time.time() + self.skew))
        digest = hmac.new(self.secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}

"""As much of Teams as a sentence asks for: the keys that sign its tokens, and a Bot Connector that answers at once."""

from __future__ import annotations

import asyncio
import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import jwt
from aiohttp import ClientSession, ClientTimeout, web
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.bench.load import http_post
from bot.bench.servers import LOOPBACK
from core.kernel.clock import SystemClock

Json = dict[str, Any]

PATH = "/api/messages"
APP = "11111111-2222-3333-4444-555555555555"
TENANT = "b28fdbfd-2b78-4f93-b0f8-8881793f0f8f"
ISSUER = "https://api.botframework.com"
ROOM = "19:d441d38c655c47a085215b2726e76927@thread.tacv2"
BOT = {"id": f"28:{APP}", "name": "Tandem"}
ANNA = {"id": f"29:1anna{'x' * 84}", "name": "Anna", "aadObjectId": "00000000-0000-4000-8000-000000000001"}
LUIS = {"id": f"29:1luis{'x' * 84}", "name": "Luis"}
LUIS_ACCOUNT = "00000000-0000-4000-8000-000000000002"
KEY_ID = "first"
ECHO = "Echo: "
PATIENCE = 60.0
"""Seconds that a round's replies may take."""

_ACTION = re.compile(r"ACT-\d+")
_LIST = re.compile(r"(\d+) new records")

_numbers = itertools.count(1_795_000_000_000)


@dataclass(frozen=True, slots=True)
class Signer:
    """The key behind Teams' tokens; its private half stays with whoever writes the requests."""

    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))

    @property
    def public(self) -> Json:
        """The key as the key server lists it."""
        listed: Json = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {**listed, "kid": KEY_ID, "use": "sig", "endorsements": ["msteams"]}

    def token(self, service_url: str) -> str:
        """A token of an hour for requests from a service address."""
        now = int(SystemClock().now().timestamp())
        claims = {"iss": ISSUER, "aud": APP, "nbf": now - 10, "exp": now + 3600, "serviceurl": service_url}
        return jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": KEY_ID})


@dataclass(frozen=True)
class Teams:
    """Teams as a benchmark meets it: the double at `port`, and the sentences that are said there."""

    port: int
    signer: Signer

    @cached_property
    def service_url(self) -> str:
        """The address that every activity names."""
        return service_url(self.port)

    def said(self, sentence: str, count: int) -> list[bytes]:
        """`count` deliveries of a sentence that Anna begins in the channel, mentioning Tandem and perhaps Luis.

        They share a token, as Teams' own do for an hour; whoever hears them checks it each time.
        """
        bearer = f"Bearer {self.signer.token(self.service_url)}"
        return [
            http_post(PATH, self._activity(sentence), Content_Type="application/json", Authorization=bearer)
            for _ in range(count)
        ]

    async def told(self, count: int) -> None:
        """Wait until the channel was told of `count` more sentences. Raises TimeoutError."""
        address = f"http://{LOOPBACK}:{self.port}/told/{count}"
        async with ClientSession(timeout=ClientTimeout(total=PATIENCE)) as session, session.get(address) as answer:
            answer.raise_for_status()

    def _activity(self, sentence: str) -> bytes:
        message = str(next(_numbers))
        mentions = [person for person in (BOT, LUIS) if f"<at>{person['name']}</at>" in sentence]
        return json.dumps({
            "type": "message", "id": message, "channelId": "msteams", "serviceUrl": self.service_url,
            "timestamp": SystemClock().now().isoformat(timespec="milliseconds"), "localTimezone": "Europe/Dublin",
            "from": ANNA, "recipient": BOT, "text": sentence, "textFormat": "plain",
            "conversation": {
                "id": f"{ROOM};messageid={message}", "conversationType": "channel", "tenantId": TENANT,
                "isGroup": True, "name": "joint",
            },
            "channelData": {"tenant": {"id": TENANT}, "channel": {"id": ROOM, "name": "joint"}, "team": {"id": ROOM}},
            "entities": [_mention(person) for person in mentions],
        }).encode()  # fmt: skip


def _mention(person: Json) -> Json:
    shown = {"id": person["id"], "name": person["name"]}
    return {"type": "mention", "mentioned": shown, "text": f"<at>{person['name']}</at>"}


def service_url(port: int) -> str:
    """The service address of the double at a port."""
    return f"http://{LOOPBACK}:{port}/emea/"


def metadata_url(port: int) -> str:
    """Where the double at a port tells of its keys."""
    return f"http://{LOOPBACK}:{port}/.well-known/openidconfiguration"


async def teams_double(public: Json) -> web.Application:
    """The application: the key server with one public key, the connector, and for the benchmark what it was told."""
    double = _Double(public)
    app = web.Application()
    app.router.add_get("/.well-known/openidconfiguration", double.metadata)
    app.router.add_get("/keys", double.keys)
    app.router.add_post("/emea/v3/conversations/{conversation}/activities", double.post)
    app.router.add_post("/emea/v3/conversations/{conversation}/activities/{activity}", double.post)
    app.router.add_get("/emea/v3/conversations/{conversation}/members/{member}", double.member)
    app.router.add_get("/told/{count}", double.told)
    return app


class _Double:
    def __init__(self, public: Json) -> None:
        self._public = public
        self._told = self._counted = 0
        self._more = asyncio.Event()
        self._ids: Iterator[int] = itertools.count(1_895_000_000_000)

    async def metadata(self, request: web.Request) -> web.Response:
        return web.json_response({"issuer": ISSUER, "jwks_uri": f"http://{request.host}/keys"})

    async def keys(self, _: web.Request) -> web.Response:
        return web.json_response({"keys": [self._public]})

    async def member(self, _: web.Request) -> web.Response:
        return web.json_response({**LUIS, "objectId": LUIS_ACCOUNT, "userPrincipalName": "luis@tarnbrook.example"})

    async def post(self, request: web.Request) -> web.Response:
        if not request.headers.get("Authorization", "").startswith("Bearer "):
            return web.json_response({"error": {"code": "Unauthorized", "message": "No."}}, status=401)
        post = await request.json()
        self._told += _told_by(post)
        self._more.set()
        return web.json_response({"id": str(next(self._ids))}, status=201)

    async def told(self, request: web.Request) -> web.Response:
        """Answers when that many sentences more were replied to, each by itself or counted in a list."""
        wanted = self._counted + int(request.match_info["count"])
        while self._told < wanted:
            self._more.clear()
            await self._more.wait()
        self._counted = wanted
        return web.Response()


def _told_by(post: Json) -> int:
    """How many sentences a post replies to: an echo or a record's card to one, a list to as many as its summary says.

    A long list names the first of its records alone, so these are not counted by name.
    """
    summary = str(post.get("summary") or "")
    if listed := _LIST.match(summary):
        return int(listed[1])
    return int(str(post.get("text") or "").startswith(ECHO) or _ACTION.search(summary) is not None)

"""POST /slack/events: only what Slack has signed within five minutes comes in, and nothing else is read."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import parse_qsl

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier

log = logging.getLogger("tandem.slack")

PATH = "/slack/events"
_SSL_CHECK = re.compile(rb"(?:^|&)ssl_check=1(?:&|$)")
_SECONDS = re.compile(r"[0-9]{1,12}")

Dispatch = Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]


class Entrance:
    """The route's handler."""

    def __init__(self, signing_secret: str, dispatch: Dispatch) -> None:
        self._verifier, self._dispatch = SignatureVerifier(signing_secret), dispatch

    async def take(self, request: web.Request) -> web.Response:
        """Hand a signed payload on; 401 without a true and timely signature, 400 where no payload can be read."""
        stamp = request.headers.get("X-Slack-Request-Timestamp", "")
        signature = request.headers.get("X-Slack-Signature", "")
        body = await request.read()
        if len(body) < 1000 and _SSL_CHECK.search(body):
            return web.Response()
        if not self._is_signed(body, stamp, signature):
            log.warning("refused a request without a true and timely signature")
            return web.json_response({"error": "invalid signature"}, status=401)
        payload = _payload(request, body)
        if payload is None:
            log.warning("refused a signed request that holds no payload")
            return web.json_response({"error": "no payload that Slack sends"}, status=400)
        answer = await self._dispatch(payload)
        if answer.status == 404:
            log.warning("a payload came that nobody here listens to")
        if answer.status >= 500:
            return web.Response(status=503, headers={"Retry-After": "1"})
        return await to_aiohttp_response(answer)

    def _is_signed(self, body: bytes, stamp: str, signature: str) -> bool:
        """The SDK's check, which takes no time over five minutes away, past or to come, kept from what it trips on."""
        if not _SECONDS.fullmatch(stamp) or not signature.isascii():
            return False
        try:
            return self._verifier.is_valid(body, stamp, signature)
        except UnicodeDecodeError:
            return False


def _payload(request: web.Request, body: bytes) -> AsyncBoltRequest | None:
    """The payload as Bolt reads it; None where it trips over what is no JSON, or none with an object in it."""
    headers: dict[str, str | Sequence[str]] = dict(request.headers.items())
    try:
        text = _unmistakable(body.decode())
        payload = AsyncBoltRequest(body=text, query=request.query_string, headers=headers)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    return payload if isinstance(payload.body.get("event", {}), dict) else None


def _unmistakable(text: str) -> str:
    """The body, as JSON where a command merely speaks of a payload: Bolt 1.30 takes such a form for an empty one."""
    if "payload" not in text or text.startswith(("{", "payload=")):
        return text
    fields = dict(parse_qsl(text, keep_blank_values=True))
    return text if "payload" in fields else json.dumps(fields)

"""POST /api/messages: only what Teams signed for this bot and this organisation comes in, and nothing else is read."""

from __future__ import annotations

import ipaddress
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from adapters.teams.activity import Strange, Where, misnamed, part, tenant_of, where
from adapters.teams.keys import TeamsKeys
from adapters.teams.signing_keys import NoKeys
from adapters.teams.tokens import BadToken, Tokens
from core.api import StoreDown

log = logging.getLogger("tandem.teams")

PATH = "/api/messages"

Take = Callable[[dict[str, Any], Where], Awaitable[dict[str, Any] | None]]


class Entrance:
    """The route's handler."""

    def __init__(self, keys: TeamsKeys, tokens: Tokens, take: Take) -> None:
        self._keys, self._tokens, self._take = keys, tokens, take

    async def take(self, request: web.Request) -> web.Response:
        """Hand an activity on; 401 or 403 for what is not Teams', 400 for what is no activity, 503 to come again."""
        try:
            activity = await self._believed(request)
            answer = await self._take(activity, where(activity))
        except BadToken as bad:
            log.warning("refused a request: %s", bad.reason)
            return web.json_response({"error": "not a request of Teams to this bot"}, status=bad.status)
        except NoKeys:
            log.warning("nobody can be believed yet: the keys for Teams' tokens are not there")
            return web.json_response({"error": "not ready"}, status=503, headers={"Retry-After": "5"})
        except Strange as strange:
            log.info("left an activity alone: %s", strange)
            return web.Response()
        except StoreDown as down:
            log.warning("the store cannot be reached: %s", down)
            return web.json_response({"error": "come again"}, status=503, headers={"Retry-After": "1"})
        return web.Response() if answer is None else web.json_response(answer)

    async def _believed(self, request: web.Request) -> dict[str, Any]:
        """The activity of a request that may come in. Raises BadToken or NoKeys, HTTPBadRequest for no activity."""
        if self._keys.anonymous:
            _of_this_machine(request)
            activity = await _activity(request)
            _at_home(activity)
        else:
            claims, key = await self._tokens.check(request.headers.get("Authorization", ""))
            activity = await _activity(request)
            self._tokens.belongs(claims, key, activity)
        self._of_this_organisation(activity)
        return activity

    def _of_this_organisation(self, activity: dict[str, Any]) -> None:
        """A single-tenant bot is spoken to in its own organisation. Raises BadToken."""
        named = {tenant_of(activity), str(part(part(activity, "channelData"), "tenant").get("id") or "").lower()} - {""}
        if self._keys.tenant is not None and named != {self._keys.tenant}:
            raise BadToken("an activity of another organisation", 403)


async def _activity(request: web.Request) -> dict[str, Any]:
    try:
        activity = json.loads(await request.read())
    except (ValueError, RecursionError) as error:
        raise web.HTTPBadRequest(text="no activity") from error
    if not isinstance(activity, dict) or not isinstance(activity.get("type"), str) or misnamed(activity):
        raise web.HTTPBadRequest(text="no activity")
    return activity


def _of_this_machine(request: web.Request) -> None:
    try:
        near = ipaddress.ip_address(request.remote or "").is_loopback
    except ValueError:
        near = False
    if not near:
        raise BadToken("a request without a token from another machine")


def _at_home(activity: dict[str, Any]) -> None:
    """Without a token nobody vouches for the address that answers go to, so it is this machine's."""
    host = urlsplit(str(activity.get("serviceUrl") or "")).hostname
    if host not in ("127.0.0.1", "localhost", "::1"):
        raise BadToken("an activity without a token that answers elsewhere", 403)

"""Whether this process lives, and whether it can serve: what a load balancer and a person on call ask."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web
from sqlalchemy.exc import DBAPIError

from core.api import Core
from core.kernel.heartbeat import LATE, age

PATIENCE = 5.0


class Health:
    """Answers for the real store."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def routes(self) -> list[web.RouteDef]:
        """/healthz and /readyz."""
        return [web.get("/healthz", self._alive), web.get("/readyz", self._ready)]

    async def _alive(self, _: web.Request) -> web.StreamResponse:
        return web.json_response({"alive": True})

    async def _ready(self, _: web.Request) -> web.StreamResponse:
        """503 where turns cannot be recorded. A late worker is told and no reason to stop hearing people."""
        try:
            found = await asyncio.wait_for(asyncio.to_thread(self._look), PATIENCE)
        except (DBAPIError, TimeoutError):
            found = {"store": "unreachable", "schema": "unknown", "worker": {"state": "unknown", "age_seconds": None}}
        ready = (found["store"], found["schema"]) == ("reachable", "current")
        return web.json_response({"ready": ready, **found}, status=200 if ready else 503)

    def _look(self) -> dict[str, Any]:
        if not self._core.is_current():
            worker: dict[str, Any] = {"state": "unknown", "age_seconds": None}
            return {"store": "reachable", "schema": "old: run `tandem migrate`", "worker": worker}
        since = age(self._core.store)
        state = "none" if since is None else "late" if since > LATE else "working"
        worker = {"state": state, "age_seconds": None if since is None else round(since.total_seconds(), 1)}
        return {"store": "reachable", "schema": "current", "worker": worker}

"""Whether this process lives, and whether it can serve: what a load balancer and a person on call ask."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Protocol

from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from core.api import Core
from core.kernel.heartbeat import LATE, age

PATIENCE = 5.0


class Hears(Protocol):
    """A platform as seen from here."""

    async def hears(self) -> bool:
        """Whether what people say there arrives in this process."""
        ...


class Health:
    """Answers for the real store and for `platforms`, by name."""

    def __init__(self, core: Core, platforms: Mapping[str, Hears] = MappingProxyType({})) -> None:
        self._core, self._platforms = core, platforms

    def routes(self) -> list[web.RouteDef]:
        """/healthz and /readyz."""
        return [web.get("/healthz", self._alive), web.get("/readyz", self._ready)]

    async def _alive(self, _: web.Request) -> web.StreamResponse:
        return web.json_response({"alive": True})

    async def _ready(self, _: web.Request) -> web.StreamResponse:
        """503 where turns cannot be recorded. A late worker, or a platform that is not heard, is told and no reason
        to stop serving the rest."""
        try:
            async with asyncio.timeout(PATIENCE):
                found = await asyncio.to_thread(self._look)
        except (SQLAlchemyError, TimeoutError):
            found = {"store": "unreachable", "schema": "unknown", "worker": {"state": "unknown", "age_seconds": None}}
        found["writer"] = "working" if self._core.writes else "ended"
        platforms = {name: "heard" if await one.hears() else "not heard" for name, one in self._platforms.items()}
        ready = (found["store"], found["schema"], found["writer"]) == ("reachable", "current", "working")
        return web.json_response({"ready": ready, **found, "platforms": platforms}, status=200 if ready else 503)

    def _look(self) -> dict[str, Any]:
        if not self._core.is_current():
            worker: dict[str, Any] = {"state": "unknown", "age_seconds": None}
            return {"store": "reachable", "schema": "old: run `tandem migrate`", "worker": worker}
        since = age(self._core.store)
        state = "none" if since is None else "late" if since > LATE else "working"
        worker = {"state": state, "age_seconds": None if since is None else round(since.total_seconds(), 1)}
        return {"store": "reachable", "schema": "current", "worker": worker}

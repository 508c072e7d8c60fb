"""The line between Tandem and a Slack of one's own, which can be down: each call of the Web API goes over it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp import web

Fault = Callable[[web.Request], Awaitable[web.StreamResponse]]


def answers(status: int) -> Fault:
    """A page of HTML with this status, as a broken gateway sends."""

    async def fault(_: web.Request) -> web.StreamResponse:
        return web.Response(status=status, text="<html>Sorry!</html>", content_type="text/html")

    return fault


async def cut(request: web.Request) -> web.StreamResponse:
    """Close the line without an answer."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


class SlackLine:
    """Hands each call on to `there`, the address of a Web API; while it is `down`, each meets that fault."""

    def __init__(self, there: str) -> None:
        self._there = there
        self.down: Fault | None = None
        self.calls: list[str] = []

    @property
    def api_url(self) -> str:
        """What `SLACK_API_URL` must be."""
        return f"{self._url}/api/"

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._serve)
        self._session = aiohttp.ClientSession()
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()
        await self._session.close()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        self.calls.append(request.match_info["method"])
        if self.down is not None:
            return await self.down(request)
        kept = {name: value for name, value in request.headers.items() if name in ("Authorization", "Content-Type")}
        address = f"{self._there}{request.match_info['method']}"
        async with self._session.request(
            request.method, address, params=request.query, data=await request.read(), headers=kept
        ) as answer:
            return web.Response(
                status=answer.status, body=await answer.read(), headers={"Content-Type": answer.headers["Content-Type"]}
            )

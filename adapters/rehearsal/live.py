"""News of the rooms as a stream of server-sent events: each numbered, so that a cut line resumes where it ended."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from adapters.rehearsal.cast import Cast, Player
from adapters.rehearsal.guard import SAFE
from adapters.rehearsal.guide import Step, done, for_rehearsal
from adapters.rehearsal.inbound import room
from adapters.rehearsal.render_line import line
from adapters.rehearsal.render_text import Reader
from adapters.rehearsal.rooms import Line, Rooms
from core.api import Say

LOOK_SECONDS = 0.5
"""How long a line that another process wrote may wait; those of this one are announced."""
QUIET_SECONDS = 15.0
"""After so long without news a comment is sent, so that a dead connection shows."""


@dataclass(frozen=True, slots=True)
class View:
    """What one page shows: a rehearsal, as seen by one person of each company, from its own origin."""

    rehearsal: int
    players: dict[str, Player]
    site: str

    def pane(self, shown: Line) -> tuple[str, Player]:
        """Where a line stands on the page, as `sponsor` or `cmo-direct`, and who reads it there."""
        for side, player in self.players.items():
            if shown.entry.room == player.direct(self.rehearsal):
                return f"{side}-direct", player
            if shown.entry.room == room(side, self.rehearsal):
                return side, player
        raise ValueError(f"line {shown.id} stands in no room of this page")


class Live:
    """Tells every open page what is new."""

    def __init__(self, rooms: Rooms, cast: Cast, steps: tuple[Step, ...], say: Say) -> None:
        self._rooms, self._cast, self._steps, self._say = rooms, cast, steps, say
        self._waiting: set[asyncio.Event] = set()
        self._closed = False
        rooms.listeners.append(self._ring)

    def _ring(self) -> None:
        for waiting in self._waiting:
            waiting.set()

    def close(self) -> None:
        """End every stream, so that the server can stop."""
        self._closed = True
        self._ring()

    async def stream(self, request: web.Request, view: View, since: int) -> web.StreamResponse:
        """Send what is newer than change `since`, and then all news until the page goes away."""
        response = web.StreamResponse(headers={**SAFE, "Content-Type": "text/event-stream"})
        await response.prepare(request)
        bell = asyncio.Event()
        self._waiting.add(bell)
        try:
            await self._send_news(response, view, since, bell)
        except ConnectionResetError:
            pass  # the page went away; when it is back it asks from where it was
        finally:
            self._waiting.discard(bell)
        return response

    async def _send_news(self, response: web.StreamResponse, view: View, since: int, bell: asyncio.Event) -> None:
        told: dict[str, Any] | None = None
        await response.write(b"retry: 1000\n\n")
        while not self._closed:
            bell.clear()
            newest = self._rooms.newest_change()
            news = self._rooms.since(since, view.rehearsal, [one.slug for one in view.players.values()])
            for shown in news:
                await response.write(_event("line", self._line(shown, view), shown.change))
            guide = self._guide(view.rehearsal)
            if guide != told:
                told = guide
                await response.write(_event("guide", guide))
            if not news:
                await response.write(b": here\n\n")
            since = max(since, newest, *(shown.change for shown in news))
            await self._wait(bell, since)

    def _guide(self, rehearsal: int) -> dict[str, Any]:
        """Which steps were done, and what each says now that records have their references."""
        steps = for_rehearsal(self._steps, rehearsal, self._rooms.offered)
        taken = [says for _, says in self._rooms.taken(rehearsal)]
        ticks = done(steps, taken, lambda says: self._rooms.offered(rehearsal, says) is not None)
        return {"done": ticks, "says": [step.says for step in steps]}

    async def _wait(self, bell: asyncio.Event, since: int) -> None:
        """Wait for news, but no longer than QUIET_SECONDS."""
        for _ in range(round(QUIET_SECONDS / LOOK_SECONDS)):
            if bell.is_set() or self._closed or self._rooms.newest_change() > since:
                return
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await bell.wait()

    def _line(self, shown: Line, view: View) -> dict[str, Any]:
        pane, player = view.pane(shown)
        reader = Reader(player.slug, player.zone, site=view.site, say=self._say)
        thread = shown.entry.thread
        root = self._rooms.line(thread) if thread is not None else None
        return {"id": shown.id, "pane": pane, "html": line(shown, reader, self._cast, root)}


def _event(kind: str, content: object, number: int | None = None) -> bytes:
    numbered = f"id: {number}\n" if number is not None else ""
    return f"{numbered}event: {kind}\ndata: {json.dumps(content)}\n\n".encode()

"""The rehearsal room as a web page: its routes, and everything behind them, made once for a core."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from aiohttp import web

from adapters.rehearsal.cast import PAGES, SIDES, Cast, load_cast
from adapters.rehearsal.gallery import Example, gallery
from adapters.rehearsal.guard import SAFE, Guard, Handler
from adapters.rehearsal.guide import for_rehearsal, load_guide
from adapters.rehearsal.inbound import Answer, Inbound, Seat, call_in
from adapters.rehearsal.live import Live, View
from adapters.rehearsal.messenger import RehearsalMessenger
from adapters.rehearsal.pointing import Pointing
from adapters.rehearsal.render_form import form
from adapters.rehearsal.render_text import Reader
from adapters.rehearsal.requests import (
    MOST_REHEARSALS,
    Act,
    FilledByPage,
    PickedByPage,
    PressedByPage,
    ReactedByPage,
    SaidByPage,
    read,
    seat,
    submitted,
)
from adapters.rehearsal.rooms import Rooms
from core.api import Core, Form, FormErrors, StoreDown, called, msg

ASSETS = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
FULL = msg("There are {most} rehearsals: stop Tandem and put var/rehearsal*.db away to begin anew.")
DOWN = msg("The store cannot be reached, and nothing was recorded. Send it again in a moment.")


def no_examples() -> Iterable[Example]:
    """For a core that brings no cards."""
    return ()


class RehearsalSite:
    """Two rooms of one transfer in front of `core`, with `messenger` for its posts.

    `path` is the file of what the rooms show; `site` is the address that people open, without a slash at the end.
    """

    def __init__(
        self, core: Core, path: Path | str, site: str = "", examples: Callable[[], Iterable[Example]] = no_examples
    ) -> None:
        self.core, self._site, self._examples = core, site, examples
        self.cast: Cast = load_cast()
        self.rooms = Rooms(path)
        self.inbound = Inbound(core, self.rooms, self.cast, site)
        self.pointing = Pointing(core, self.rooms, self.inbound)
        self.messenger = RehearsalMessenger(core, self.rooms, self.cast, site)
        self._guide = load_guide()
        self._live = Live(self.rooms, self.cast, self._guide, core.say)
        self._guard = Guard([site])
        self._assets = {path.name: path for path in PAGES.iterdir() if path.suffix in ASSETS}

    def routes(self) -> list[web.RouteDef]:
        """Everything under /rehearsal, and `/`, which leads there."""
        around = self._guard.around
        pages: Mapping[str, Handler] = {
            "/": self._lead, "/rehearsal": self._page, "/rehearsal/cards": self._cards,
            "/rehearsal/assets/{name}": self._asset, "/rehearsal/state": self._state, "/rehearsal/anew": self._anew,
            "/rehearsal/stream": self._stream,
        }  # fmt: skip
        acts: Mapping[str, Handler] = {
            "/rehearsal/say": self._say, "/rehearsal/press": self._press, "/rehearsal/fill": self._fill,
            "/rehearsal/pick": self._pick, "/rehearsal/react": self._react,
        }  # fmt: skip
        return [
            *(web.get(path, around(handler), allow_head=False) for path, handler in pages.items()),
            *(web.post(path, around(handler)) for path, handler in acts.items()),
        ]

    def install(self, app: web.Application) -> None:
        """Serve the room from `app`; its streams end, and its file is let go, when the app stops."""
        app.add_routes(self.routes())
        app.on_shutdown.append(self._end_streams)
        app.on_cleanup.append(self._close)

    async def _end_streams(self, _: web.Application) -> None:
        self._live.close()

    async def _close(self, _: web.Application) -> None:
        self.rooms.close()

    async def _lead(self, _: web.Request) -> web.StreamResponse:
        raise web.HTTPFound("/rehearsal")

    async def _page(self, _: web.Request) -> web.StreamResponse:
        return web.Response(text=_shipped("index.html"), content_type="text/html", headers=SAFE)

    async def _cards(self, request: web.Request) -> web.StreamResponse:
        drawn = gallery(self._examples(), Reader(site=_site(request), say=self.core.say), self.cast)
        page = _shipped("cards.html").replace("<!-- cards -->", drawn)
        return web.Response(text=page, content_type="text/html", headers=SAFE)

    async def _asset(self, request: web.Request) -> web.StreamResponse:
        path = self._assets.get(request.match_info["name"])
        if path is None:
            raise web.HTTPNotFound
        kind = ASSETS[path.suffix]
        return web.Response(body=path.read_bytes(), content_type=kind, charset="utf-8", headers=SAFE)

    async def _state(self, request: web.Request) -> web.StreamResponse:
        number = self._number(request)
        return _json({
            "companies": self.cast.companies,
            "players": [asdict(player) for player in self.cast.players],
            "guide": [asdict(step) for step in for_rehearsal(self._guide, number, self.rooms.offered)],
            "rehearsal": number,
        })  # fmt: skip

    async def _anew(self, _: web.Request) -> web.StreamResponse:
        """To two empty rooms: a record is never deleted, so another rehearsal takes another pair of rooms."""
        last = self._last()
        if last > MOST_REHEARSALS:
            raise web.HTTPConflict(text=self.core.say(FULL, most=MOST_REHEARSALS) + "\n")
        raise web.HTTPFound(f"/rehearsal?rehearsal={last}")

    def _last(self) -> int:
        """The last rehearsal that there is; where something was done in the newest, the empty one after it."""
        newest = self.rooms.newest_rehearsal()
        return newest + 1 if self.rooms.taken(newest) else newest

    def _number(self, request: web.Request) -> int:
        """Which rehearsal a page shows: the one that it names, if there is one, or else the newest."""
        named = request.query.get("rehearsal", "")
        return int(named) if named.isdecimal() and 1 <= int(named) <= self._last() else self.rooms.newest_rehearsal()

    def _seat(self, act: Act) -> Seat:
        """Who acts, and where. Raises HTTPBadRequest for who or what is not there."""
        last = self._last()
        if act.rehearsal > last:
            raise web.HTTPBadRequest(text=f"There is no rehearsal {act.rehearsal}: the last one is {last}.\n")
        return seat(act, self.cast)

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        players = {}
        for side in SIDES:
            player = self.cast.by_slug.get(request.query.get(side, ""))
            if player is None:
                raise web.HTTPBadRequest(text=f"Say who reads the {side}'s room: ?{side}=NAME\n")
            players[side] = player
        last = request.headers.get("Last-Event-ID", "0")
        since = int(last) if last.isdecimal() else 0
        number = self._number(request)
        return await self._live.stream(request, View(number, players, _site(request)), since)

    async def _say(self, request: web.Request) -> web.StreamResponse:
        body = await read(request, SaidByPage)
        speaker = self._seat(body)
        return await self._answered(speaker, self.inbound.say(speaker, body.text, body.id, body.replies_to))

    async def _pick(self, request: web.Request) -> web.StreamResponse:
        body = await read(request, PickedByPage)
        picker = self._seat(body)
        return await self._answered(picker, self.pointing.pick(picker, body.line, body.id))

    async def _react(self, request: web.Request) -> web.StreamResponse:
        body = await read(request, ReactedByPage)
        by = self._seat(body)
        return await self._answered(by, self.pointing.react(by, body.line, body.emoji, body.gone, body.id))

    async def _press(self, request: web.Request) -> web.StreamResponse:
        body = await read(request, PressedByPage)
        presser = self._seat(body)
        return await self._answered(presser, self.inbound.press(presser, body.says, body.place, body.id))

    async def _fill(self, request: web.Request) -> web.StreamResponse:
        body = await read(request, FilledByPage)
        filler = self._seat(body)
        return await self._answered(filler, self.inbound.fill(filler, submitted(body, self.cast), body.id))

    async def _answered(self, who: Seat, answering: Awaitable[Answer]) -> web.Response:
        """A form to open, the faults of one, or nothing: all else is in the room already."""
        try:
            answer = await answering
        except StoreDown:
            return web.json_response({"error": self.core.say(DOWN)}, status=503, headers=SAFE)
        if isinstance(answer, FormErrors):
            return _json({"errors": dict(answer.fields)})
        if isinstance(answer, Form):
            reader = Reader(who.player.slug, who.player.zone, await self.core.accounts(who.room), say=self.core.say)
            return _json({"form": form(called(answer, call_in(who.room)), reader, self.cast)})
        return _json({})


def _json(content: Mapping[str, Any]) -> web.Response:
    return web.json_response(content, headers=SAFE)


def _shipped(name: str) -> str:
    return (PAGES / name).read_text(encoding="utf-8")


def _site(request: web.Request) -> str:
    """The origin that this page was opened under, whose pictures it may show; the guard has checked it."""
    return str(request.url.origin())

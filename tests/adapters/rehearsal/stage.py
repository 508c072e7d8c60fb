"""Both rehearsal rooms over HTTP in front of the real core: people say, press and fill in as the page does."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer
from bs4 import BeautifulSoup, Tag

from adapters.rehearsal.gallery import Example
from adapters.rehearsal.inbound import Seat
from adapters.rehearsal.play import settle
from adapters.rehearsal.render_line import line
from adapters.rehearsal.render_text import Reader
from adapters.rehearsal.site import RehearsalSite
from core.api import Core, Options
from core.examples import drawn_examples
from core.kernel.clock import SetClock

OPEN = (
    '/tt transfer new "Product X 50 mg" sponsor:"Norvane Therapeutics" cmo:"Tarnbrook Manufacturing" '
    "tz:Europe/Dublin code:NVT"
)


@dataclass
class Stage:
    """The page's server and a client that speaks as the page speaks."""

    core: Core
    clock: SetClock
    site: RehearsalSite
    client: TestClient[web.Request, web.Application]
    ids: Any = field(default_factory=lambda: itertools.count(1))

    async def post(self, path: str, who: str, **more: Any) -> ClientResponse:
        side = self.site.cast.by_slug[who].side
        act = {"id": f"act-{next(self.ids):06d}", "who": who, "side": side, **more}
        return await self.client.post(f"/rehearsal/{path}", json=act)

    async def say(self, who: str, text: str, **more: Any) -> dict[str, Any]:
        return await answered(await self.post("say", who, text=text, **more))

    async def press(self, who: str, label: str, **more: Any) -> dict[str, Any]:
        """Press the newest button of that label which this person sees."""
        button = [one for one in self.soup(who).select("[data-says]") if one.get_text() == label][-1]
        place = button.find_parent(attrs={"data-place": True})
        carried = json.loads(str(place["data-place"])) if place else None
        return await answered(await self.post("press", who, says=button["data-says"], place=carried, **more))

    async def fill(self, who: str, html: str, **values: Any) -> dict[str, Any]:
        form = BeautifulSoup(html, "html.parser").form
        assert form is not None
        place = str(form["data-place"])
        carried = {name: form[f"data-{name}"] for name in ("message", "given", "says")}
        carried["place"] = json.loads(place) if place else None
        return await answered(await self.post("fill", who, values=values, **carried))

    async def settled(self) -> None:
        await settle(self.core, self.site.messenger)

    def soup(self, who: str, direct: bool = False) -> Tag:
        """What this person sees in their room, as HTML, oldest first."""
        player = self.site.cast.by_slug[who]
        shown = self.site.rooms.newest(Seat(player, player.side, direct=direct).room, who)
        reader = Reader(who, player.zone)
        roots = {one.id: one for one in shown}
        html = [line(one, reader, self.site.cast, roots.get(one.entry.thread or 0)) for one in shown[::-1]]
        return BeautifulSoup("".join(html), "html.parser")

    def seen(self, who: str, direct: bool = False) -> str:
        return self.soup(who, direct).get_text(" ", strip=True)


async def answered(response: ClientResponse) -> dict[str, Any]:
    text = await response.text()
    assert response.status == 200, f"{response.status}: {text}"
    found: dict[str, Any] = json.loads(text)
    return found


def drawn(core: Core) -> list[Example]:
    """Every card with its examples."""
    found = drawn_examples(core.registry, core.door.words)
    return [Example(one.template, one.name, one.view) for one in found]


async def staged(store_url: str, rooms: Path, clock: SetClock) -> Stage:
    core = Core.create(store_url, Options(training=True, clock=clock))
    core.start()
    site = RehearsalSite(core, rooms, examples=lambda: drawn(core))
    app = web.Application()
    site.install(app)
    client = TestClient(TestServer(app, host="127.0.0.1"))
    await client.start_server()
    return Stage(core, clock, site, client)

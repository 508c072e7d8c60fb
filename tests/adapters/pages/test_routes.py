"""Pages: a link is for one person, once, for 15 minutes; without a visit nothing is shown."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from adapters.pages import page_routes
from core.view import Notice
from tests.features.minutes.test_minutes import held
from tests.meeting_room import MeetingRoom, anna, buttons, marta, stranger, words


async def link_for(room: MeetingRoom, who: object = anna) -> str:
    """The path of a fresh link to the minutes."""
    answer = await room.say(who, "minutes open")  # type: ignore[arg-type]
    assert isinstance(answer, Notice), words(answer)
    return urlsplit(buttons(answer)["Open the page"]).path


@pytest.fixture
async def client(room: MeetingRoom) -> object:
    """A reader's browser, without a visit yet."""
    await held(room)
    app = web.Application()
    app.add_routes(page_routes(room.core))
    async with TestClient(TestServer(app)) as client:
        yield client


async def test_a_link_opens_the_minutes_once(room: MeetingRoom, client: TestClient) -> None:
    link = await link_for(room)
    page = await client.get(link)
    assert page.status == 200
    assert page.url.path == "/t/NVT/minutes/MTG-001"
    assert "PPQ readiness" in await page.text()
    again = await client.get(link)
    assert again.status == 403
    assert "used already" in await again.text()


async def test_a_look_at_the_head_uses_no_link_up(room: MeetingRoom, client: TestClient) -> None:
    link = await link_for(room)
    for _ in range(3):
        look = await client.head(link, allow_redirects=False)
        assert (look.status, look.headers["Location"]) == (303, "/t/NVT/minutes/MTG-001")
        assert not look.cookies
    assert (await client.get(link)).status == 200
    assert (await client.head(link, allow_redirects=False)).status == 403
    assert (await client.head("/visit/NVT/nothing", allow_redirects=False)).status == 403
    assert (await client.head("/t/NVT/minutes/MTG-001")).status == 200


async def test_the_markdown_is_the_posted_one(room: MeetingRoom, client: TestClient) -> None:
    await client.get(await link_for(room))
    page = await client.get("/t/NVT/minutes/MTG-001.md")
    assert page.content_type == "text/markdown"
    assert (await page.text()).startswith("# Minutes: PPQ readiness")


async def test_a_link_of_16_minutes_ago_opens_nothing(room: MeetingRoom, client: TestClient) -> None:
    link = await link_for(room)
    room.clock.advance(minutes=16)
    page = await client.get(link)
    assert page.status == 403
    assert "older than 15 minutes" in await page.text()


async def test_a_visit_ends_after_8_hours_and_with_the_membership(room: MeetingRoom, client: TestClient) -> None:
    await client.get(await link_for(room))
    room.clock.advance(hours=9)
    assert (await client.get("/t/NVT/roles")).status == 403
    await client.get(await link_for(room, marta))
    assert (await client.get("/t/NVT/roles")).status == 200
    await room.say(marta, "member add @p role:lead", p=stranger)
    await room.say(stranger, 'member remove @p reason:"new job"', p=marta)
    assert (await client.get("/t/NVT/roles")).status == 403


@pytest.mark.parametrize("path", ["/t/NVT", "/t/NVT/minutes", "/t/NOPE/minutes", "/visit/NVT/guess", "/visit/NOPE/x"])
async def test_without_a_visit_nothing_is_shown(client: TestClient, path: str) -> None:
    page = await client.get(path)
    assert page.status == 403
    assert "PPQ" not in await page.text()


async def test_a_page_that_is_none(room: MeetingRoom, client: TestClient) -> None:
    await client.get(await link_for(room))
    assert (await client.get("/t/NVT/nothing")).status == 404
    assert "Who may do what" in await (await client.get("/t/NVT")).text()

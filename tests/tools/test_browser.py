import pytest
from aiohttp import web

from tests.tools.browser import chromium, opened

pytestmark = pytest.mark.browser


@pytest.fixture
async def site():
    """A page with a button, and one with faults."""

    async def good(request: web.Request) -> web.Response:
        page = "<button onclick=\"this.textContent='Accepted'\">Accept</button>"
        return web.Response(text=page, content_type="text/html")

    async def faulty(request: web.Request) -> web.Response:
        page = '<script>undefinedName()</script><img src="http://192.0.2.1/picture.png">'
        return web.Response(text=page, content_type="text/html")

    async def icon(request: web.Request) -> web.Response:
        return web.Response()

    app = web.Application()
    app.add_routes([web.get("/good", good), web.get("/faulty", faulty), web.get("/favicon.ico", icon)])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_a_page_is_pressed_and_pictured(site, tmp_path):
    async with chromium() as browser, opened(browser) as page:
        await page.goto(f"{site}/good")
        await page.get_by_role("button", name="Accept").click()
        await page.get_by_role("button", name="Accepted").wait_for()
        await page.screenshot(path=tmp_path / "page.png")
    assert (tmp_path / "page.png").stat().st_size > 1000


async def test_a_page_that_complains_fails_the_test(site):
    with pytest.raises(AssertionError, match="the page complained") as complaint:
        async with chromium() as browser, opened(browser) as page:
            await page.goto(f"{site}/faulty")
    assert "undefinedName is not defined" in str(complaint.value)
    assert "wanted to leave this machine: http://192.0.2.1/picture.png" in str(complaint.value)

"""A real browser without a window, for the pages and the rehearsal room as a person sees them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, Page, Route, ViewportSize, async_playwright

from tests.tools.presence import require_or_skip

# The sandbox needs rights that root in a container lacks; the rest keeps Chromium from calling home.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
AT_HOME = ("http://127.0.0.1:", "http://localhost:", "data:", "blob:", "about:")


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Start Chromium and end it; skips (in CI: fails) the running test where it is not installed."""
    program = require_or_skip("browser")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=FLAGS)
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def opened(browser: Browser, width: int = 1280, height: int = 900, zone: str = "UTC") -> AsyncIterator[Page]:
    """A fresh page with a memory of its own, in English and an IANA zone; no request of it leaves this machine.

    At the end it raises AssertionError if a script failed, an error was logged, or a request wanted to leave.
    """
    size = ViewportSize(width=width, height=height)
    context = await browser.new_context(viewport=size, locale="en-GB", timezone_id=zone)
    complaints: list[str] = []

    async def refuse(route: Route) -> None:
        complaints.append(f"a request wanted to leave this machine: {route.request.url}")
        await route.abort()

    await context.route(lambda url: not url.startswith(AT_HOME), refuse)
    page = await context.new_page()
    page.set_default_timeout(10_000)
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    try:
        yield page
    finally:
        await context.close()
    assert not complaints, f"the page complained: {complaints}"

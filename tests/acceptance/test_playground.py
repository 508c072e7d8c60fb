"""A short meeting in Microsoft's own stand-in for the Teams client, the Agents Playground, in Chromium.

One person sits before its page; the other company's lead speaks over HTTP. A picture is kept in var/screenshots.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Locator, Page, Route, expect

from adapters.teams.adapter import TeamsAdapter
from adapters.teams.keys import TeamsKeys
from tests.acceptance.serving import door, new_core, serving
from tests.acceptance.stage import PICTURES
from tests.tools.agents_playground import BOT, AgentsPlayground
from tests.tools.browser import chromium, opened

pytestmark = pytest.mark.browser

ALEX, MEGAN = "Alex Wilber", "Megan Bowen"
OUTSIDE = "https://res-1.cdn.office.net/**"
"""Microsoft's fonts and animations, which the page asks for and works without."""


class Chat:
    """The group chat, as Alex sees it."""

    def __init__(self, page: Page, playground: AgentsPlayground) -> None:
        self._page, self.playground = page, playground

    async def say(self, text: str) -> None:
        """Type a line that calls Tandem; `@Whole Name` in it is chosen from the menu of people."""
        await self._page.get_by_role("textbox").last.click()
        for piece in re.split(r"(@\w+ \w+)", f"@{BOT.name} {text}"):
            await self._page.keyboard.type(piece[:1] if piece.startswith("@") else piece)
            if piece.startswith("@"):
                await self._page.get_by_role("menuitem", name=piece[1:]).click()
        await self._page.keyboard.press("Enter")

    def card(self, *words: str) -> Locator:
        """The newest card with all the words."""
        found = self._page.locator(".ac-adaptiveCard")
        for one in words:
            found = found.filter(has_text=one)
        return found.last

    async def sees(self, *words: str) -> Locator:
        """A card with all the words, waited for."""
        card = self.card(*words)
        await expect(card).to_be_visible()
        return card

    async def picture(self, name: str) -> None:
        """What Alex sees now."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        await self._page.screenshot(path=PICTURES / f"{name}.png")

    async def press(self, label: str, *words: str) -> None:
        """A button of the newest card with all the words."""
        await (await self.sees(*words)).get_by_role("button", name=label, exact=True).click()


@asynccontextmanager
async def a_group_chat(store: str) -> AsyncIterator[Chat]:
    """Tandem behind a group chat of the playground; it speaks and is spoken to without tokens, on loopback alone."""
    listens, address = door()
    core = new_core(store, address)
    adapter = TeamsAdapter(core, TeamsKeys(BOT.id, anonymous=True, outgoing_token="of-no-use"))
    with AgentsPlayground(f"{address}/api/messages") as playground:
        async with (
            serving(core, listens, {"teams": adapter}),
            chromium() as browser,
            opened(browser, 1280, 1100) as page,
        ):
            await page.route(OUTSIDE, _nothing)
            await page.goto(playground.url)
            await page.get_by_text("Group Chat", exact=True).click()
            yield Chat(page, playground)


async def _nothing(route: Route) -> None:
    kind = "text/javascript" if route.request.url.endswith(".js") else "font/woff2"
    await route.fulfill(body="", content_type=kind)


async def test_a_short_meeting_in_the_agents_playground(sqlite_url: str) -> None:
    async with a_group_chat(sqlite_url) as chat:
        await chat.sees("Tandem keeps your joint meetings", "@Tandem transfer new")
        await chat.say('transfer new "Product X 50 mg" sponsor:"Norvane" cmo:"Tarnbrook" tz:Europe/Dublin code:NVT')
        await chat.sees("NVT is open", "You lead Norvane")
        await chat.say(f"member add @{MEGAN} side:cmo role:lead")
        await chat.sees(f"{MEGAN} is here for Tarnbrook")
        await chat.say('meeting new "PPQ readiness review" at:now for:30m')
        await chat.press("Start", "PPQ readiness review")
        await chat.sees("Running: PPQ readiness review")

        await chat.playground.say(MEGAN, "decision PPQ runs three consecutive batches")
        await chat.press("Agree", "Decision DEC-001: PPQ runs three consecutive batches")
        await chat.sees("Decision DEC-001", f"agreed by {ALEX}", f"agreed by {MEGAN}", "agreed ·")

        await chat.say("action")
        form = await chat.sees("What is to be done")
        await form.get_by_label("What is to be done").fill("order the 0.2 µm filters")
        await form.get_by_role("button", name="Record").click()
        await chat.sees("Action ACT-001: order the 0.2 µm filters")

        await chat.press("End", "Running: PPQ readiness review")
        await chat.press("End the meeting", "End PPQ readiness review?")
        await chat.sees("Minutes: PPQ readiness review", "Decisions (1)", "Actions (1)")
        await chat.picture("playground-minutes")

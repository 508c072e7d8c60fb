"""The story's stage in the rehearsal room: the real server, and Chromium in which people type, click and fill in."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from aiohttp import web
from playwright.async_api import Locator, Page, expect

from adapters.rehearsal.cast import Player
from adapters.rehearsal.site import RehearsalSite
from bot.cores import ROOM_PATH
from bot.installation import Installation
from bot.web import application, listening
from core.api import Core, Options
from core.kernel.clock import SetClock
from tests.acceptance.stage import BEGIN, PICTURES, Answers, holds, rest, until
from tests.tools.browser import chromium, opened
from tests.tools.stores import EmptyStores

READING = (Path(__file__).parent / "reading.js").read_text(encoding="utf-8")
SITTING = "(room) => [room.querySelector('select').value, room.querySelector('[aria-selected=true]').dataset.tab]"


class BrowserStage:
    """One open page; a person of each company sits before it, and gives way to the next."""

    rooms, edits = 1, False

    def __init__(self, browser_page: Page, core: Core, clock: SetClock) -> None:
        self._page, self.core, self.clock = browser_page, core, clock
        self._newest = 0

    async def say(self, who: Player, text: str) -> None:
        """Type into the composer and press Enter."""
        await self._sit_down(who)
        await self._room(who).get_by_role("combobox", name="Say something").fill(text)
        async with self._page.expect_response("**/rehearsal/say"):
            await self._page.keyboard.press("Enter")

    async def press(self, who: Player, label: str, on: str, *, direct: bool = False) -> None:
        """Click the button of the newest card that has it."""
        await self._sit_down(who, direct)
        there = await self._until(
            who, lambda line: self._card(line, direct) and holds(line["words"], (on, f"[{label}]"))
        )
        card = self._room(who).locator(f"[data-pane={'direct' if direct else 'room'}] [data-id='{there['id']}']")
        async with self._page.expect_response("**/rehearsal/press"):
            await card.get_by_role("button", name=label, exact=True).first.click()

    async def capture(self, who: Player, words: str) -> None:
        """By the menu of the line."""
        await self._sit_down(who)
        async with self._page.expect_response("**/rehearsal/pick"):
            await self._choose(self._said(who, words), "Capture in Tandem")

    async def react(self, who: Player, emoji: str, words: str, *, gone: bool = False) -> None:
        """By the menu of the line; taken away by a press on it."""
        await self._sit_down(who)
        line = self._said(who, words)
        async with self._page.expect_response("**/rehearsal/react"):
            if gone:
                await line.locator(f".reactions [data-emoji='{emoji}']").click()
            else:
                await self._choose(line, f"React with {emoji}")

    async def reply(self, who: Player, text: str, on: str) -> None:
        """By the menu of the card."""
        await self._sit_down(who)
        there = await self._until(who, lambda line: self._card(line) and on in line["words"], (on,))
        await self._choose(self._room(who).locator(f"[data-id='{there['id']}']"), "Reply")
        await self._page.keyboard.type(text)
        async with self._page.expect_response("**/rehearsal/say"):
            await self._page.keyboard.press("Enter")

    async def _choose(self, line: Locator, item: str) -> None:
        await line.hover()
        await line.get_by_role("button", name="What to do with this line").click()
        await self._page.get_by_role("menuitem", name=item).click()

    def _said(self, who: Player, words: str) -> Locator:
        return self._room(who).locator("[data-pane='room'] li.said").filter(has_text=words).last

    async def edit(self, who: Player, old: str, new: str) -> None:
        """What was said in the rehearsal room stays as it was said."""
        raise NotImplementedError

    async def delete(self, who: Player, words: str) -> None:
        """What was said in the rehearsal room stays there."""
        raise NotImplementedError

    async def fill(self, who: Player, answers: Answers) -> str:
        """Fill in the dialog and send it."""
        dialog = self._page.get_by_role("dialog")
        await expect(dialog).to_be_visible()
        await expect(dialog).to_contain_text("Training")
        for label, answer in answers.items():
            await _fill_in(await _field(dialog, label), answer)
        async with self._page.expect_response("**/rehearsal/fill") as answered:
            await dialog.locator("[type=submit]").click()
        complaints: dict[str, str] = (await (await answered.value).json()).get("errors", {})
        await expect(dialog.locator(".error:visible, .form-error:visible")).to_have_count(len(complaints))
        await expect(dialog).to_be_visible(visible=bool(complaints))
        return " ".join(complaints.values())

    async def told(self, who: Player, *words: str) -> str:
        """What came after the last act for one alone."""
        if (await self._room(who).evaluate(SITTING))[0] != who.slug:
            await self._sit_down(who, note=False)
        line = await self._until(who, lambda one: self._alone(one) and holds(one["words"], words), words)
        assert line["direct"] or "Only you see this" in line["words"]
        return str(line["words"])

    def _alone(self, line: dict[str, Any]) -> bool:
        answers = line["kind"] == "answer" or "Only you see this" in line["words"]
        return answers and line["id"] > self._newest

    async def untold(self, who: Player, *words: str) -> None:
        """In the room and alone with Tandem."""
        await rest(self.core)
        await self._sit_down(who, note=False)
        shown = [one["words"] for one in await self._lines(who) if one["kind"] != "said"]
        assert not [said for said in shown if holds(said, words)]

    async def marked(self, who: Player, words: str) -> None:
        """By words below the line."""
        await self._sit_down(who, note=False)
        await expect(self._said(who, words).locator(".mark")).to_contain_text("Recorded")

    async def see(self, who: Player, *words: str) -> None:
        """A card in the room, under the word Training."""
        await self._sit_down(who, note=False)
        line = await self._until(who, lambda one: self._card(one) and holds(one["words"], words), words)
        assert line["training"], line

    async def inbox(self, who: Player, *words: str) -> None:
        """A card among the direct messages."""
        await self._sit_down(who, direct=True, note=False)
        line = await self._until(who, lambda one: self._card(one, direct=True) and holds(one["words"], words), words)
        assert line["training"], line

    async def stands(self, who: Player, number: int, *words: str, direct: bool = False) -> None:
        """So many cards, once everything was sent."""
        await rest(self.core)
        await self._sit_down(who, note=False)

        async def as_many() -> bool:
            lines = await self._lines(who)
            fitting = (one for one in lines if one["kind"] == "post" and one["direct"] == direct)
            return sum(holds(one["words"], words) for one in fitting) == number

        await until(as_many, f"{number} cards with {words}")

    async def picture(self, name: str) -> None:
        """A screenshot, and one of a phone's width beside it."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        wide = self._page.viewport_size
        await self._page.screenshot(path=PICTURES / f"{name}.png")
        await self._page.set_viewport_size({"width": 390, "height": 844})
        await self._page.screenshot(path=PICTURES / f"{name}-phone.png")
        assert await self._page.evaluate("document.documentElement.scrollWidth") <= 390
        assert wide is not None
        await self._page.set_viewport_size(wide)

    async def page(self, who: Player) -> str:
        """The page that opens beside the room."""
        link = self._room(who).locator("li.answer a.button").last
        async with self._page.context.expect_page() as beside:
            await link.click()
        opened_page = await beside.value
        await opened_page.wait_for_load_state()
        await opened_page.screenshot(path=PICTURES / "08-minutes-page.png", full_page=True)
        return await opened_page.content()

    def _room(self, who: Player) -> Locator:
        return self._page.locator(f'.room[data-side="{who.side}"]')

    async def _sit_down(self, who: Player, direct: bool = False, note: bool = True) -> None:
        """Be this person in their company's room, with the right one of its two panes in front."""
        room, tab = self._room(who), "direct" if direct else "room"
        sits, showing = await room.evaluate(SITTING)
        if sits != who.slug:
            async with self._page.expect_response("**/rehearsal/stream**"):
                await room.get_by_role("combobox", name="Who you are").select_option(who.slug)
        if showing != tab:
            await room.get_by_role("tab", name="Direct messages" if direct else "Room").click()
        if note:
            await rest(self.core)
            lines = await self._lines(who)
            self._newest = max((line["id"] for line in lines), default=0)

    async def _lines(self, who: Player) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await self._room(who).evaluate(READING)
        return found

    @staticmethod
    def _card(line: dict[str, Any], direct: bool = False) -> bool:
        return line["direct"] == direct and line["kind"] != "said"

    async def _until(
        self, who: Player, wanted: Callable[[dict[str, Any]], bool], words: Sequence[str] = ()
    ) -> dict[str, Any]:
        """The newest line that is wanted."""
        fitting: list[dict[str, Any]] = []

        async def there() -> bool:
            fitting[:] = [line for line in await self._lines(who) if wanted(line)]
            return bool(fitting)

        try:
            await until(there, f"a line with {words}")
        except AssertionError as error:
            shown = [f"{line['kind']}: {line['words']}" for line in (await self._lines(who))[-12:]]
            raise AssertionError(f"{who.name} {error}; there is:\n" + "\n".join(shown)) from None
        return fitting[-1]


async def _field(dialog: Locator, label: str) -> Locator:
    fields = await dialog.locator("[data-input]").all()
    labels = [
        await one.locator("label, legend").first.evaluate("one => one.firstChild.textContent.trim()") for one in fields
    ]
    assert label in labels, f"no input {label!r} in this form, only {labels}"
    return fields[labels.index(label)]


async def _fill_in(field: Locator, answer: str | Sequence[str]) -> None:
    if await field.locator("select").count():
        await field.locator("select").select_option(answer)
    elif await field.locator("[type=radio], [type=checkbox]").count():
        for one in [answer] if isinstance(answer, str) else answer:
            await field.get_by_label(re.compile(f"^{re.escape(one)}$")).check()
    else:
        await field.locator("input, textarea").fill(str(answer))


@asynccontextmanager
async def in_chromium(stores: EmptyStores, folder: Path) -> AsyncIterator[BrowserStage]:
    """The whole server on a free port, with the rehearsal's store and the real one, and a page that looks at it."""
    door = listening("127.0.0.1", 0)
    address, clock = f"http://127.0.0.1:{door.getsockname()[1]}", SetClock(BEGIN)
    real, training = (stores.sqlite(folder, name) for name in ("real", "training"))
    core = Core.over(training, Options(training=True, clock=clock, public_url=address + ROOM_PATH))
    site = RehearsalSite(core, folder / "rooms.db", address)
    installation = Installation(address, Core.over(real), {}, (core, site))
    runner = web.AppRunner(application(installation), access_log=None, shutdown_timeout=0.1)
    await installation.start()
    work = asyncio.create_task(installation.work())
    try:
        await runner.setup()
        await web.SockSite(runner, door).start()
        async with chromium() as browser, opened(browser, 1440, 900) as page:
            await page.goto(address)
            yield BrowserStage(page, core, clock)
        assert not work.done(), work.exception()
    finally:
        work.cancel()
        with suppress(asyncio.CancelledError):
            await work
        await runner.cleanup()
        await installation.close()

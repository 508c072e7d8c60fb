"""The rehearsal room as a person meets it: in Chromium, by keyboard and mouse, with the real core at work behind it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from core.examples import contracts
from tests.adapters.rehearsal.stage import OPEN, Stage
from tests.tools.browser import chromium, opened

pytestmark = pytest.mark.browser


@pytest_asyncio.fixture
async def working(stage: Stage) -> AsyncIterator[Stage]:
    """A stage whose posts are sent as they come, as when the server runs."""
    work = asyncio.create_task(stage.core.work({"rehearsal": stage.site.messenger}))
    yield stage
    work.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await work


def url(stage: Stage) -> str:
    return f"http://127.0.0.1:{stage.client.port}/"


def room(page: Page, side: str) -> Locator:
    return page.locator(f'.room[data-side="{side}"]')


async def type_line(page: Page, side: str, text: str) -> None:
    await room(page, side).get_by_role("combobox", name="Say something").fill(text)
    await page.keyboard.press("Enter")


async def test_a_newcomer_opens_a_transfer_with_a_click_and_enter(working: Stage, tmp_path: Path):
    async with chromium() as browser, opened(browser, 1280, 800) as page:
        await page.goto(url(working))
        await expect(page.locator(".top .training")).to_have_text("Training")
        await room(page, "sponsor").locator(".empty button").click()
        await expect(room(page, "sponsor").get_by_role("combobox", name="Say something")).to_have_value(OPEN)
        await page.keyboard.press("Enter")
        for side in ("sponsor", "cmo"):
            card = room(page, side).get_by_role("article").first
            await expect(card).to_contain_text("Product X 50 mg")
            await expect(card).to_contain_text("Training")
            await expect(room(page, side).locator(".empty").first).to_be_hidden()
        await expect(page.locator("#guide .next")).to_contain_text("Bring in the other company")
        await page.screenshot(path=tmp_path / "opened.png")


async def test_the_guide_leads_through_a_whole_meeting(working: Stage, tmp_path: Path):
    async with chromium() as browser, opened(browser, 1280, 800) as page:
        await page.goto(url(working))
        await expect(page.locator("#guide .next button")).to_be_visible()  # the steps come after the page
        steps = await page.locator("#guide li").count()
        for at in range(steps):
            await page.locator("#guide .next button").click()
            await page.keyboard.press("Enter")
            await expect(page.locator("#guide .done")).to_have_count(at + 1)
            working.clock.advance(minutes=1)
        await expect(page.locator("#guide-count")).to_have_text("all done")
        for side in ("sponsor", "cmo"):
            minutes = room(page, side).get_by_role("article").filter(has_text="Minutes: PPQ readiness review")
            await expect(minutes.first).to_contain_text("DEC-001")
        await expect(room(page, "cmo").get_by_label("Who you are")).to_have_value("jurgen")
        await page.screenshot(path=tmp_path / "meeting.png")


async def test_a_button_opens_a_form_that_stays_until_it_is_right(working: Stage):
    await working.say("aoife", OPEN)
    async with chromium() as browser, opened(browser) as page:
        await page.goto(url(working))
        await room(page, "sponsor").get_by_role("button", name="Add a person").click()
        dialog = page.get_by_role("dialog")
        await expect(dialog).to_contain_text("Training")
        await page.keyboard.press("Tab")
        await dialog.get_by_role("button", name="Record").click()
        await expect(dialog.locator(".error:visible")).to_have_count(1)
        await dialog.get_by_label("Marta Kowalczyk").check()
        await dialog.get_by_label("What they do").select_option("lead")
        await dialog.get_by_label("cmo").check()
        await dialog.get_by_role("button", name="Record").dblclick()
        await expect(dialog).to_be_hidden()
        answer = room(page, "sponsor").locator(".answer").filter(has_text="Marta Kowalczyk")
        await expect(answer).to_have_count(1)
        await expect(answer).to_contain_text("Only you see this")
        await expect(room(page, "cmo").locator(".answer")).to_have_count(0)


async def test_an_example_is_put_where_it_is_typed(working: Stage):
    await working.say("aoife", OPEN)
    await working.say("aoife", "/tt meeting start")
    async with chromium() as browser, opened(browser) as page:
        await page.goto(url(working))
        await room(page, "sponsor").locator(".answer .sentence").filter(has_text="meeting new").click()
        box = room(page, "sponsor").get_by_role("combobox", name="Say something")
        await expect(box).to_have_value('/tt meeting new "PPQ readiness review" at:"tomorrow 14:00" for:60m')
        await expect(box).to_be_focused()


async def test_names_are_offered_while_an_at_is_typed(working: Stage):
    async with chromium() as browser, opened(browser) as page:
        await page.goto(url(working))
        box = room(page, "sponsor").get_by_role("combobox", name="Say something")
        await box.press_sequentially("hello @go")
        offered = room(page, "sponsor").locator(".people li")
        await expect(offered).to_have_count(1)
        await expect(offered).to_contain_text("Luís Gonçalves Validation and engineering lead")
        await page.keyboard.press("Tab")
        await expect(box).to_have_value("hello @Luís Gonçalves ")
        await box.press_sequentially("and @m")
        await page.keyboard.press("Escape")
        await expect(room(page, "sponsor").get_by_role("listbox")).to_be_hidden()
        await page.keyboard.press("Shift+Enter")
        await page.keyboard.press("Enter")
        await expect(room(page, "sponsor").locator(".said .words")).to_have_text("hello @Luís Gonçalves and @m")


async def test_a_card_changes_in_place_while_people_look_at_it(working: Stage):
    async with chromium() as browser, opened(browser) as page:
        await page.goto(url(working))
        await type_line(page, "sponsor", OPEN)
        leads = room(page, "cmo").get_by_role("article").first
        await expect(leads).to_contain_text("@Aoife Ní Bhriain")
        await type_line(page, "sponsor", "/tt transfer stage ppq_readiness")
        await expect(leads).to_contain_text("readiness")
        await expect(room(page, "cmo").get_by_role("article")).to_have_count(1)
        await expect(room(page, "cmo").locator(".changed")).to_have_count(1)


async def test_who_reads_further_up_sees_the_answer_to_themselves_and_is_told_of_the_rest(
    working: Stage, tmp_path: Path
):
    await working.say("aoife", OPEN)
    async with chromium() as browser, opened(browser, 1280, 800) as page:
        await page.goto(url(working))
        sponsor = room(page, "sponsor")
        lines, below = sponsor.locator('[data-pane="room"]'), sponsor.get_by_role("button", name="New below")
        await expect(sponsor.get_by_role("button", name="What can I say?")).to_be_visible()  # sent before the burst
        for at in range(12):
            await working.say("aoife", f"/tt note the {at}th lot was released")
            await expect(room(page, "cmo").get_by_text(f"the {at}th lot was released").last).to_be_visible()
        await expect(sponsor.get_by_text("the 11th lot was released").last).to_be_in_viewport()
        await lines.evaluate("pane => { pane.scrollTop = 0; }")
        await working.say("priya", "does anybody know the yield?")
        await expect(below).to_be_visible()
        assert await lines.evaluate("pane => pane.scrollTop") == 0
        await page.screenshot(path=tmp_path / "below.png")
        await below.click()
        await expect(sponsor.get_by_text("does anybody know the yield?")).to_be_in_viewport()
        await expect(below).to_be_hidden()
        await lines.evaluate("pane => { pane.scrollTop = 0; }")
        await type_line(page, "sponsor", "/tt meeting start")
        await expect(sponsor.get_by_text("/tt meeting start")).to_be_in_viewport()
        await expect(sponsor.locator(".answer").last).to_be_in_viewport()
        await lines.evaluate("pane => { pane.scrollTop = 0; }")
        await sponsor.get_by_role("button", name="What can I say?").click()
        await expect(sponsor.locator(".answer").last).to_contain_text("What you may say here")
        await expect(sponsor.locator(".answer").last).to_be_in_viewport()
        await expect(below).to_be_hidden()


async def test_each_person_has_a_conversation_of_their_own(working: Stage):
    await working.say("aoife", OPEN)
    await working.say("aoife", "/tt member add @marta side:cmo role:lead")
    await working.say("aoife", "/tt action send the protocol @Marta Kowalczyk by Friday")
    async with chromium() as browser, opened(browser) as page:
        await page.goto(url(working))
        cmo = room(page, "cmo")
        await expect(cmo.locator(".badge")).to_have_text("1")
        await cmo.get_by_role("tab", name="Direct messages").click()
        await expect(cmo.locator(".badge")).to_be_hidden()
        await cmo.get_by_role("combobox", name="Ask Tandem").fill("mine")
        await page.keyboard.press("Enter")
        await expect(cmo.get_by_role("article").last).to_contain_text("ACT-001")
        await cmo.get_by_label("Who you are").select_option("jurgen")
        await expect(cmo.get_by_role("article")).to_have_count(0)
        await expect(cmo).to_contain_text("Nobody else reads this")


async def test_a_page_that_was_cut_off_shows_each_line_once(working: Stage):
    async with chromium() as browser:
        page = await browser.new_page()
        page.set_default_timeout(10_000)
        await page.goto(url(working))
        await type_line(page, "sponsor", "one")
        await expect(room(page, "sponsor").locator(".said .words")).to_have_text(["one"])
        await page.context.set_offline(True)
        await type_line(page, "sponsor", "two")
        unsent = room(page, "sponsor").get_by_role("alert").filter(has_text="did not answer")
        await expect(unsent).to_be_visible()
        await working.say("aoife", "three")
        await page.context.set_offline(False)
        await unsent.get_by_role("button", name="Send again").click()
        await expect(unsent).to_be_hidden()
        await expect(room(page, "sponsor").locator(".said .words")).to_have_text(["one", "three", "two"])
        await page.reload()
        await expect(room(page, "sponsor").locator(".said .words")).to_have_text(["one", "three", "two"])


async def test_a_phone_shows_one_room_at_a_time(working: Stage, tmp_path: Path):
    await working.say("aoife", OPEN)
    async with chromium() as browser, opened(browser, 390, 780) as page:
        await page.goto(url(working))
        await expect(room(page, "cmo")).to_be_hidden()
        await page.get_by_role("button", name="Tarnbrook", exact=True).click()
        await expect(room(page, "sponsor")).to_be_hidden()
        await expect(room(page, "cmo").get_by_role("article").first).to_be_visible()
        await page.get_by_text("Try this").click()
        await page.locator("#guide .next button").click()
        await expect(room(page, "sponsor").get_by_role("combobox", name="Say something")).to_be_focused()
        await expect(page.locator("#guide")).to_be_hidden()  # it would leave the room a slit
        width = await page.evaluate("document.documentElement.scrollWidth")
        assert width <= 390
        await page.screenshot(path=tmp_path / "phone.png")


async def test_the_gallery_shows_every_card(stage: Stage, tmp_path: Path):
    async with chromium() as browser, opened(browser, 1280, 900) as page:
        await page.goto(f"{url(stage)}rehearsal/cards")
        await expect(page.get_by_role("heading", name="meetings/agenda")).to_be_visible()
        shown = set(await page.locator("h2").all_text_contents())
        assert shown == {one.name for one in contracts(stage.core.registry) if one.examples()}
        assert await page.evaluate("document.documentElement.scrollWidth") <= 1280
        await page.screenshot(path=tmp_path / "cards.png")

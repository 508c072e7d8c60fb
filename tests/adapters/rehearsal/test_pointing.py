"""Lines of the rehearsal room that people point at: captured by their menu, reacted to, replied to."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from bs4 import Tag
from playwright.async_api import expect

from adapters.rehearsal.rooms import Rooms
from core.features.actions.records import Action
from core.features.capture.records import Proposal
from core.features.questions.records import Risk
from tests.adapters.rehearsal.stage import OPEN, Stage
from tests.meeting_room import MeetingRoom
from tests.tools.browser import chromium, opened

PLEASE = "@Marta Kowalczyk please send the sampling plan by Friday"
LATE = "the second compressor is late again"


async def people(stage: Stage) -> MeetingRoom:
    """Both companies' rooms; no meeting runs."""
    await stage.say("aoife", OPEN)
    await stage.say("aoife", "/tt member add @Marta side:cmo role:lead")
    await stage.say("marta", "/tt member add @Luís role:expert")
    await stage.settled()
    return MeetingRoom(stage.core, stage.clock)


def line_with(stage: Stage, who: str, words: str, kind: str = "said") -> Tag:
    """The newest line with these words that somebody sees; a `post` is one of Tandem's."""
    return [one for one in stage.soup(who).select(f"li.{kind}") if words in " ".join(one.get_text(" ").split())][-1]


async def pick(stage: Stage, who: str, words: str) -> dict[str, Any]:
    number = int(str(line_with(stage, who, words)["data-id"]))
    response = await stage.post("pick", who, line=number)
    found: dict[str, Any] = await response.json()
    return found


async def react(stage: Stage, who: str, emoji: str, words: str, gone: bool = False) -> None:
    number = int(str(line_with(stage, who, words)["data-id"]))
    assert (await stage.post("react", who, line=number, emoji=emoji, gone=gone)).status == 200
    await stage.settled()


async def test_an_old_line_is_captured_in_its_author_s_name_once(stage: Stage) -> None:
    room = await people(stage)
    await stage.say("luis", PLEASE)
    stage.clock.advance(days=1)
    form = (await pick(stage, "marta", "sampling plan"))["form"]
    assert "Capture in Tandem" in form
    assert "Luís Gonçalves, Mon 9 Mar 2026" in form
    shown = {"kind": "action", "text": "send the sampling plan", "due": "2026-03-13"}
    assert await stage.fill("marta", form, **shown, owners={"people": ["marta"]}) == {}
    [row] = room.rows(Action)
    assert (row.text, row.due.isoformat()) == ("send the sampling plan", "2026-03-13")
    await stage.settled()
    assert "Said by @Luís Gonçalves" in line_with(stage, "aoife", "Action ACT-001", "post").get_text(" ")
    mark = line_with(stage, "luis", PLEASE).select_one(".mark")
    assert mark is not None
    assert "ACT-001" in mark.get_text()
    assert await pick(stage, "luis", PLEASE) == {}
    assert "recorded already: ACT-001" in stage.seen("luis")
    assert "recorded already" not in stage.seen("marta")


async def test_a_sentence_that_was_typed_has_become_its_record(stage: Stage) -> None:
    await people(stage)
    await stage.say("luis", "/tt risk the filter is late")
    assert await pick(stage, "luis", "/tt risk the filter") == {}
    assert "recorded already: RSK-001" in stage.seen("luis")


async def test_only_lines_of_the_room_that_one_sits_in_are_captured(stage: Stage) -> None:
    await people(stage)
    await stage.say("luis", PLEASE)
    theirs = int(str(line_with(stage, "luis", PLEASE)["data-id"]))
    card = int(str(line_with(stage, "aoife", "Leads", "post")["data-id"]))
    for number in (theirs, card, 4711):
        assert await (await stage.post("pick", "aoife", line=number)).json() == {}
        assert await (await stage.post("react", "aoife", line=number, emoji="⚠️")).json() == {}
    assert stage.soup("luis").select(".reactions") == []
    for wrong in ({"line": -1}, {"line": "1"}, {"line": theirs, "emoji": "👍"}):
        assert (await stage.post("react", "luis", **{"emoji": "⚠️", **wrong})).status == 400


async def test_a_reaction_proposes_where_the_room_reads_them_and_taken_away_takes_it_back(stage: Stage) -> None:
    room = await people(stage)
    await stage.say("luis", LATE)
    await react(stage, "marta", "📌", LATE)
    assert room.rows(Proposal) == []
    await stage.say("marta", "/tt listen reactions:on")
    await react(stage, "marta", "⚠️", LATE)
    pressed = {one["data-emoji"]: one["aria-pressed"] for one in line_with(stage, "luis", LATE).select("[data-emoji]")}
    assert pressed == {"📌": "false", "⚠️": "false"}
    assert line_with(stage, "marta", LATE).select("[data-emoji]")[1]["aria-pressed"] == "true"
    assert "Record this risk?" in stage.seen("luis")
    assert "Record this risk?" not in stage.seen("marta")
    await react(stage, "marta", "⚠️", LATE)  # a second time changes nothing
    await react(stage, "marta", "⚠️", LATE, gone=True)
    assert [row.state for row in room.rows(Proposal)] == ["withdrawn"]
    assert [one.get_text() for one in line_with(stage, "luis", LATE).select("[data-emoji]")] == ["📌 1"]
    stage.clock.advance(seconds=1)
    await react(stage, "marta", "⚠️", LATE)
    await stage.press("luis", "Confirm")
    assert [row.text for row in room.rows(Risk)] == [LATE]


async def test_a_reply_below_a_card_says_its_record_s_sentence(stage: Stage) -> None:
    room = await people(stage)
    await stage.say("luis", "/tt action send the sampling plan @Marta by Friday")
    await stage.settled()
    card = int(str(line_with(stage, "marta", "Action ACT-001", "post")["data-id"]))
    await stage.say("marta", "done: SP-4 v2", replies_to=card)
    [row] = room.rows(Action)
    assert (row.state, row.evidence) == ("done_claimed", "SP-4 v2")
    reply = line_with(stage, "marta", "done: SP-4 v2")
    assert reply.select_one(".replied a") is not None
    assert "In reply to Action ACT-001: send the sampling plan" in reply.get_text(" ")
    mine = int(str(reply["data-id"]))
    await stage.say("luis", "thank you", replies_to=mine)
    assert line_with(stage, "luis", "thank you").select_one(f'.replied a[href="#line-{card}"]') is not None
    await stage.say("aoife", "done", replies_to=card)  # a line of the other room is none of hers
    assert line_with(stage, "aoife", "done").select(".replied") == []


async def test_what_one_alone_sees_and_a_direct_conversation_have_no_menu(stage: Stage) -> None:
    await people(stage)
    await stage.say("luis", "/tt help")
    await stage.say("luis", "mine", direct=True)
    for one in stage.soup("luis").select("li.line"):
        assert len(one.select(".more-of")) == (0 if "own" in one["class"] else 1)
    assert stage.soup("luis", direct=True).select(".more-of") == []


def test_a_file_of_an_earlier_version_is_read(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "rooms.db") as old:
        old.execute(
            "CREATE TABLE lines (id INTEGER PRIMARY KEY AUTOINCREMENT, change INTEGER NOT NULL UNIQUE,"
            " rehearsal INTEGER NOT NULL, channel TEXT NOT NULL, direct INTEGER NOT NULL, kind TEXT NOT NULL,"
            " author TEXT, only_for TEXT, at TEXT NOT NULL, changed_at TEXT, body TEXT NOT NULL,"
            " accounts TEXT NOT NULL DEFAULT '{}', key TEXT NOT NULL UNIQUE, taken INTEGER NOT NULL DEFAULT 0)"
        )
        old.execute(
            "INSERT INTO lines (change, rehearsal, channel, direct, kind, author, at, body, key)"
            " VALUES (1, 1, 'cmo', 0, 'said', 'luis', '2026-03-09T09:00:00+00:00', 'hello', 'say:1')"
        )
    rooms = Rooms(tmp_path / "rooms.db")
    assert rooms.react(1, "✅", "luis", gone=False)
    line = rooms.line(1)
    assert line is not None
    assert (line.entry.body, line.mark, line.entry.thread) == ("hello", "", None)
    assert line.reactions == {"✅": ["luis"]}
    rooms.close()


@pytest.mark.browser
async def test_the_menu_is_opened_walked_and_left_by_keys(stage: Stage) -> None:
    await people(stage)
    await stage.say("marta", "/tt listen reactions:on")
    await stage.say("luis", LATE)
    async with chromium() as browser, opened(browser) as page:
        await page.goto(f"http://127.0.0.1:{stage.client.port}/")
        line = page.locator("li.said").filter(has_text=LATE)
        button, menu = line.get_by_role("button", name="What to do with this line"), page.get_by_role("menu")
        await button.focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("menuitem", name="Capture in Tandem")).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(menu).to_be_hidden()
        await expect(button).to_be_focused()
        await page.keyboard.press("Enter")
        await page.keyboard.press("End")
        await page.keyboard.press("Enter")
        await expect(line.get_by_role("button", name="⚠️ Marta Kowalczyk")).to_have_attribute("aria-pressed", "true")
        await line.get_by_role("button", name="⚠️ Marta Kowalczyk").click()
        await expect(line.locator(".reactions")).to_have_count(0)
        await button.focus()
        await page.keyboard.press("Enter")
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Enter")
        composer = page.locator('.room[data-side="cmo"] .composer')
        await expect(composer.locator(".replying")).to_contain_text(f"Reply to {LATE}")
        await expect(composer.get_by_role("combobox")).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(composer.locator(".replying")).to_be_hidden()
        await button.focus()
        await page.keyboard.press("Enter")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("dialog")).to_contain_text("Capture in Tandem")

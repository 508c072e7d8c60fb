"""CAPA in the minutes: the same counts in card, Markdown and page as in the store; older minutes stay readable."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import msgspec
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from core import documents
from core.features.capa.records import Capa, CapaLine
from core.features.minutes.commands import view_of
from core.features.minutes.contents import MinutesView
from core.features.minutes.records import Minutes
from tests.features.capa.plans import card_of, in_a_meeting, with_lines
from tests.features.minutes.test_minutes import HOSTILE
from tests.meeting_room import MeetingRoom, anna, luis, words


async def ended(room: MeetingRoom) -> Minutes:
    """A meeting that opened a second CAPA, with hostile words, and added a line to the first."""
    await with_lines(room)
    await in_a_meeting(room)
    await room.say(anna, f"capa new “{HOSTILE.translate({34: None, 0x202E: None})}”")
    await room.say(anna, 'capa line CAPA-001 preventive "review at each gate" @p by 10 April', p=luis)
    await room.say(
        anna, f"capa line CAPA-002 corrective “{HOSTILE.translate({34: None, 0x202E: None})}” @p by 10 April", p=luis
    )
    await room.say(anna, "meeting end anyway")
    await room.deliver()
    minutes: Minutes = room.rows(Minutes)[-1]
    return minutes


async def page_of(room: MeetingRoom, minutes: Minutes) -> BeautifulSoup:

    with room.reads_as() as reads:
        text = documents.html(reads.words, "minutes", view_of(minutes), training=False, sha256=minutes.sha256)
    return BeautifulSoup(text, "html.parser")


async def test_the_counts_of_each_form_are_the_store_s(room: MeetingRoom) -> None:
    minutes = await ended(room)
    capas, lines = len(room.rows(Capa)), len(room.rows(CapaLine))
    assert (capas, lines) == (2, 4)

    card = words(card_of(room, minutes.ref))
    assert f"CAPA ({capas})" in card
    assert len(set(re.findall(r"^- (CAPA-\d{3}\.\d+) ", card, re.MULTILINE))) == lines

    rendered = BeautifulSoup(MarkdownIt().render(minutes.markdown), "html.parser")
    [heading] = [one for one in rendered.find_all("h2") if one.get_text().startswith("CAPA")]
    assert heading.get_text() == f"CAPA ({capas})"
    found = heading.find_next_sibling("ul")
    assert len(found.find_all("li", recursive=False)) == capas
    assert len(found.select("li li")) == lines

    page = await page_of(room, minutes)
    assert len(page.select("#capa article.capa")) == capas == int(page.select_one("#capa .count").get_text())
    assert len(page.select("#capa tr.line")) == lines


async def test_what_is_new_and_what_is_open_from_before(room: MeetingRoom) -> None:
    minutes = await ended(room)
    assert "**CAPA-001** Hold time was never challenged – draft, open from before" in minutes.markdown
    assert re.search(r"\*\*CAPA-002\*\* .* – draft, opened in this meeting", minutes.markdown)
    view = view_of(minutes)
    assert [(line.ref, line.new) for line in view.capas[0].lines] == [
        ("CAPA-001.1", False),
        ("CAPA-001.2", False),
        ("CAPA-001.3", True),
    ]


async def test_what_changed_of_a_line_and_what_is_overdue_is_said_in_every_form(room: MeetingRoom) -> None:
    await with_lines(room)
    await room.say(luis, "capa accept CAPA-001.1")
    await in_a_meeting(room, day=23)
    await room.say(anna, 'capa assign CAPA-001.1 by 26 March reason:"the supplier is late"')
    room.clock.advance(minutes=5)
    await room.say(anna, 'correct CAPA-001.2 @l reason:"Jürgen is away"', l=luis)
    room.clock.set(datetime(2026, 3, 29, 14, 0, tzinfo=UTC))
    await room.say(anna, "meeting end anyway")
    await room.deliver()
    minutes: Minutes = room.rows(Minutes)[-1]
    anna_s = "by Aoife Ní Bhriain (Norvane Therapeutics) at"
    moved = f"due date Fri 20 Mar 2026 → Thu 26 Mar 2026, {anna_s} 14:00 (Europe/Dublin): the supplier is late"
    given = f"owner Jürgen Weiß → Luís Gonçalves, {anna_s} 14:05 (Europe/Dublin): Jürgen is away"
    page = " ".join((await page_of(room, minutes)).get_text().split())
    for said in (moved, given, "3 days overdue, planned", "2 days overdue, planned"):
        assert said in minutes.markdown
        assert said in page
    card = words(card_of(room, minutes.ref))
    assert (
        "3 days overdue · changed in this meeting: Fri 20 Mar 2026 → Thu 26 Mar 2026, by @Aoife Ní Bhriain: the" in card
    )


async def test_hostile_words_stand_as_they_were_said(room: MeetingRoom) -> None:
    minutes = await ended(room)
    said = "<!channel> </at> {{7*7}} *bold* [link](http://x) `code`"
    assert said in (await page_of(room, minutes)).select("article.capa h3")[1].get_text()
    assert BeautifulSoup(MarkdownIt().render(minutes.markdown), "html.parser").get_text().count(said) == 2


async def test_they_stay_as_they_were_written(room: MeetingRoom) -> None:
    minutes = await ended(room)
    before = str(await page_of(room, minutes))
    await room.say(luis, "capa accept CAPA-001.3")
    assert str(await page_of(room, room.rows(Minutes)[-1])) == before


async def test_minutes_from_before_there_was_capa_are_shown(room: MeetingRoom) -> None:
    minutes = await ended(room)
    older = {name: value for name, value in minutes.contents.items() if name != "capas"}
    assert msgspec.convert(older, MinutesView).capas == ()
    minutes.contents = older
    assert (await page_of(room, minutes)).select("#capa") == []


async def test_no_capa_is_no_section(room: MeetingRoom) -> None:
    await room.opened()
    await in_a_meeting(room)
    await room.say(anna, "meeting end anyway")
    assert "CAPA" not in room.rows(Minutes)[0].markdown

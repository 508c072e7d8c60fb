"""Minutes: what was said in the meeting stands in the card, in the Markdown and on the page, and nothing else does."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from core import documents
from core.features.actions.records import Action
from core.features.decisions.records import Decision
from core.features.meetings.records import AgendaItem
from core.features.minutes.commands import view_of
from core.features.minutes.records import Minutes
from core.features.questions.records import AskedQuestion, Note, Risk
from core.kernel.ids import Ref
from core.view import Card
from tests.meeting_room import MeetingRoom, anna, jurgen, luis, marta, priya, tomas, words

KINDS = {
    "Agenda": AgendaItem,
    "Decisions": Decision,
    "Actions": Action,
    "Questions": AskedQuestion,
    "Risks": Risk,
    "Notes": Note,
}
HOSTILE = '<!channel> </at> {{7*7}} *bold* [link](http://x) `code` #read("x") \u202e & <b>'


async def held(room: MeetingRoom, many: int = 1) -> MeetingRoom:
    """A meeting that was held and ended, with `many` of everything."""
    await room.opened()
    await room.say(anna, 'meeting new "PPQ readiness" at:"12 Mar 2026 14:00" for:60m')
    await room.say(anna, "meeting invite @m @j @t", m=marta, j=jurgen, t=tomas)
    for number in range(many + 1):
        await room.say(anna, f"agenda add “point {number} {HOSTILE.translate({34: None, 0x202E: None})}” for:10m")
    room.clock.set(datetime(2026, 3, 12, 14, 0, tzinfo=UTC))
    await room.say(anna, "meeting start")
    await room.say(marta, "here")
    await room.say(tomas, "regrets")
    await room.say(anna, "agenda next")
    for number in range(many):
        await room.say(anna, f"decision number {number} {HOSTILE}")
        await room.say(luis, f"action number {number} {HOSTILE} @p @q by Friday", p=luis, q=priya)
        await room.say(luis, f"question number {number} {HOSTILE}")
        await room.say(luis, f"risk number {number} {HOSTILE}")
        await room.say(luis, f"note number {number} {HOSTILE}")
    await room.say(marta, "decision agree DEC-001")
    await room.say(anna, "action find a supplier")
    room.clock.advance(minutes=61)
    await room.say(anna, "meeting end anyway")
    return room


async def minutes_card(room: MeetingRoom) -> Card:
    """The card of the minutes as the room has it."""
    await room.deliver()
    return next(card for card in room.cards() if card.place and card.place.record == "MIN-001")


@pytest.mark.parametrize("many", [1, 12])
async def test_the_counts_of_each_form_are_the_store_s(room: MeetingRoom, many: int) -> None:
    await held(room, many)
    stored = {name: len(room.rows(kind)) for name, kind in KINDS.items()}
    assert stored["Decisions"] == many
    assert stored["Actions"] == many + 1

    shown = dict(re.findall(r"^(\w+) \((\d+)\)$", words(await minutes_card(room)), re.MULTILINE))
    assert {name: int(count) for name, count in shown.items()} == stored

    text = room.rows(Minutes)[0].markdown
    assert _counted_in_markdown(text) == stored
    assert _counted_in_html(await _page(room)) == stored


def _counted_in_markdown(text: str) -> dict[str, int]:
    """Section to its different records, from the parsed document; and each heading's own count must agree."""
    page = BeautifulSoup(MarkdownIt().render(text), "html.parser")
    found: dict[str, set[str]] = {}
    for heading in page.find_all("h2"):
        name, _, said = heading.get_text().partition(" (")
        refs: set[str] = set()
        for sibling in heading.find_next_siblings():
            if sibling.name in ("h2", "hr"):
                break
            for item in sibling.find_all("li", recursive=False):
                refs.add(item.get_text().split()[0])
        if said:
            assert int(said.rstrip(")")) == len(refs), name
            found[name] = refs
    return {name: len(refs) for name, refs in found.items()}


def _counted_in_html(page: BeautifulSoup) -> dict[str, int]:
    rows = {
        "Agenda": page.select("#agenda tr.item"),
        "Decisions": page.select("#decisions .decision"),
        "Actions": {row.select_one(".ref").get_text() for row in page.select("#actions tr.action")},
        "Questions": page.select("#questions .lines > li"),
        "Risks": page.select("#risks .lines > li"),
        "Notes": page.select("#notes .lines > li"),
    }
    for name, found in rows.items():
        assert int(page.select_one(f"#{name.lower()} .count").get_text()) == len(found)
    return {name: len(found) for name, found in rows.items()}


async def _page(room: MeetingRoom) -> BeautifulSoup:
    directory, actor = room.core.asking.reads_for_side("NVT", None, everything=True)
    with room.core.asking.reads(directory, actor) as reads:
        minutes = reads.get(Minutes, Ref("MIN-001"))
        text = documents.html(reads.words, "minutes", view_of(minutes), training=False, sha256=minutes.sha256)
    return BeautifulSoup(text, "html.parser")


async def test_hostile_words_stand_as_they_were_said(room: MeetingRoom) -> None:
    await held(room)
    said = "number 0 <!channel> </at> {{7*7}} *bold* [link](http://x) `code`"
    decision = (await _page(room)).select_one(".decision h3").get_text()
    assert said in decision
    rendered = BeautifulSoup(MarkdownIt().render(room.rows(Minutes)[0].markdown), "html.parser").get_text()
    assert said in rendered


async def test_attendance_is_told_by_company(room: MeetingRoom) -> None:
    await held(room)
    text = room.rows(Minutes)[0].markdown
    sponsor, cmo = text.split("### Norvane Therapeutics")[1].split("### Tarnbrook Manufacturing")
    assert "Aoife Ní Bhriain: present" in sponsor
    assert "Tomáš Dvořák: regrets" in sponsor
    assert "Marta Kowalczyk: present" in cmo
    assert "Jürgen Weiß: invited, not seen" in cmo


async def test_what_was_not_reached_is_said(room: MeetingRoom) -> None:
    await held(room)
    assert len(re.findall(r"\*\*not reached\*\*", room.rows(Minutes)[0].markdown)) == 1
    assert "not reached" in words(await minutes_card(room))


async def test_the_minutes_carry_the_head_of_a_chain_that_holds_it(room: MeetingRoom) -> None:
    await held(room)
    minutes = room.rows(Minutes)[0]
    assert len(room.trail()) > minutes.seq
    assert f"entry {minutes.seq}, head `{minutes.head[:16]}`" in minutes.markdown
    assert minutes.sha256 == documents.fingerprint(minutes.markdown)


async def test_before_a_meeting_ends_there_are_none(room: MeetingRoom) -> None:
    await room.opened()
    assert "There are no minutes yet" in words(await room.say(anna, "minutes show"))


async def test_what_is_decided_later_does_not_change_them(room: MeetingRoom) -> None:
    await held(room)
    before = await _page(room)
    await room.say(anna, "decision reverse DEC-001 reason:superseded")
    await room.say(marta, "decision reverse DEC-001")
    assert room.rows(Decision)[0].state == "reversed"
    assert await _page(room) == before
    assert "reversed" not in words(await room.say(anna, "minutes show"))

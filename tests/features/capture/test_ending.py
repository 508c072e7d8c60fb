"""What nobody confirmed is listed once before the end, and stands in the minutes as that, never as a fact."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from core import documents
from core.features.actions.records import Action
from core.features.minutes.commands import view_of
from core.features.minutes.records import Minutes
from tests.features.capture.talking import PLEASE, SOMEONE, proposal, proposals
from tests.meeting_room import MeetingRoom, anna, buttons, jurgen, luis, tomas, words


async def test_it_is_listed_before_the_end(talk: MeetingRoom) -> None:
    await talk.talk(tomas, PLEASE, j=jurgen)
    await talk.talk(luis, SOMEONE)
    await talk.press(tomas, "proposal decline PRP-001")
    question = await talk.say(anna, "meeting end")
    assert "Proposals that nobody confirmed:\n- PRP-002 action: chase the excipient CoA" in words(question)
    assert buttons(question)["Show the proposals"] == "proposals"
    assert proposal(talk, "PRP-002").state == "proposed"


async def test_of_many_the_first_are_listed(talk: MeetingRoom) -> None:
    for number in range(13):
        await talk.talk(luis, f"someone needs to check the filters of line {number}")
    listed = words(await talk.say(anna, "meeting end")).splitlines()
    at = listed.index("Proposals that nobody confirmed:")
    assert listed[at + 12 : at + 14] == ["- PRP-012 action: check the filters of line 11", "- …"]


async def test_what_is_left_is_left(talk: MeetingRoom) -> None:
    await talk.talk(tomas, PLEASE, j=jurgen)
    await talk.deliver()
    await talk.say(anna, "meeting end anyway")
    row = proposal(talk)
    assert (row.state, row.open, row.settled_by) == ("left", False, None)
    sent = await talk.deliver()
    assert all("Not confirmed: the meeting has ended" in words(out.card) for out in sent if out.only_for)
    answer = words(await talk.press(tomas, "proposal confirm PRP-001"))
    assert "Nothing changed now" in answer
    assert "action send the batch record" in answer
    assert talk.rows(Action) == []


async def test_the_minutes_name_it_as_not_confirmed_and_every_form_counts_the_same(talk: MeetingRoom) -> None:
    await talk.talk(tomas, PLEASE, j=jurgen)
    await talk.talk(luis, SOMEONE)
    await talk.talk(tomas, SOMEONE)
    await talk.press(tomas, "proposal confirm PRP-003")
    await talk.say(anna, "meeting end anyway")
    await talk.deliver()
    left = [row.ref for row in proposals(talk) if row.state == "left"]
    assert left == ["PRP-001", "PRP-002"]
    [minutes] = talk.rows(Minutes)

    page = BeautifulSoup(MarkdownIt().render(minutes.markdown), "html.parser")
    heading = next(one for one in page("h2") if one.get_text().startswith("Not confirmed"))
    assert heading.get_text() == f"Not confirmed ({len(left)})"
    lines = [one.get_text() for one in heading.find_next("ul")("li")]
    assert lines[0] == (
        "PRP-001 action? send the signed PPQ protocol – Jürgen Weiß (Tarnbrook Manufacturing), due Fri 13 Mar 2026; "
        "said by Tomáš Dvořák (Norvane Therapeutics)"
    )
    assert [line.partition(" ")[0] for line in lines] == left
    actions = next(one for one in page("h2") if one.get_text().startswith("Actions"))
    assert actions.get_text() == "Actions (1)"

    drawn = documents.html(talk.core.door.words, "minutes", view_of(minutes), training=False, sha256=minutes.sha256)
    html = BeautifulSoup(drawn, "html.parser")
    assert html.select_one("#unconfirmed .count").get_text() == str(len(left))
    assert [one.get_text() for one in html.select("#unconfirmed .ref")] == left

    card = next(words(card) for card in talk.cards() if card.summary.startswith("Minutes"))
    assert re.search(r"Not confirmed \((\d+)\)", card)[1] == str(len(left))
    assert [ref for ref in left if f"- {ref} action?" in card] == left


async def test_minutes_without_any_say_nothing_of_it(talk: MeetingRoom) -> None:
    await talk.say(anna, "meeting end anyway")
    [minutes] = talk.rows(Minutes)
    assert "Not confirmed" not in minutes.markdown

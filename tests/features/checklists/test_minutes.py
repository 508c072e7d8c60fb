"""The minutes print a checklist as it stood at the start: in the card, in the Markdown and on the page alike."""

import re
from datetime import UTC, datetime

import msgspec
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from core import documents
from core.features.checklists.records import ChecklistItem
from core.features.minutes.commands import view_of
from core.features.minutes.contents import MinutesView
from core.features.minutes.records import Minutes
from core.kernel.ids import Ref
from tests.features.checklists.called import called, checklist, the
from tests.features.minutes.test_minutes import minutes_card
from tests.meeting_room import MeetingRoom, anna, jurgen, luis, marta, priya, words

MONDAY = "Mon 9 Mar 2026 09:00 Europe/Dublin (09:00 UTC)"
HOSTILE = '<!channel> </at> {{7*7}} *bold* [link](http://x) `code` #read("x") & <b>'


async def held(room: MeetingRoom) -> MeetingRoom:
    """A meeting that began with something in each state, changed while it ran, and ended."""
    await called(room)
    await room.say(luis, f"checklist evidence PQ-03 {HOSTILE}")
    await room.say(priya, "checklist verify PQ-03")
    await room.say(luis, 'checklist evidence PQ-04 "QS-12 v3"')
    await room.say(priya, 'checklist waive PQ-05 reason:"limits agreed in CV-77"')
    await room.say(jurgen, 'checklist waive PQ-05 reason:"verified per batch"')
    await room.say(priya, 'checklist waive PQ-07 reason:"lots reserved by phone"')
    await room.say(jurgen, 'checklist na PQ-11 reason:"no such system"')
    await room.say(luis, 'checklist evidence PQ-10 "CAL-2025"')
    await room.say(jurgen, 'checklist reject PQ-10 reason:"last year\'s list"')
    room.clock.set(datetime(2026, 3, 27, 14, 0, tzinfo=UTC))
    await room.say(anna, "meeting start")
    await room.say(priya, "checklist verify PQ-04")
    room.clock.advance(minutes=5)
    await room.say(luis, f"checklist evidence PQ-10 CAL-2026 {HOSTILE}")
    await room.say(jurgen, 'checklist reject PQ-10 reason:"no dates in it"')
    await room.say(jurgen, 'checklist waive PQ-07 reason:"agreed in the meeting"')
    await room.say(anna, "meeting end anyway")
    return room


async def page(room: MeetingRoom) -> BeautifulSoup:
    """The minutes as their readers see them."""
    with room.reads_as() as reads:
        minutes = reads.get(Minutes, Ref("MIN-001"))
        text = documents.html(reads.words, "minutes", view_of(minutes), training=False, sha256=minutes.sha256)
    return BeautifulSoup(text, "html.parser")


def chapter(room: MeetingRoom, name: str) -> str:
    """A chapter of the Markdown, without its heading."""
    text: str = room.rows(Minutes)[0].markdown
    return re.split(rf"^## {name} \(\d+\)$", text, flags=re.MULTILINE)[1].split("\n## ")[0]


async def test_each_form_counts_what_the_store_holds(room: MeetingRoom) -> None:
    await held(room)
    stored = len(room.rows(ChecklistItem))
    assert stored == 15
    assert f"Readiness ({stored})" in words(await minutes_card(room))

    text = room.rows(Minutes)[0].markdown
    assert "## Readiness (15)" in text
    section = chapter(room, "Readiness")
    assert len(re.findall(r"^- \*\*PQ-\d\d\*\*", section, re.MULTILINE)) == stored

    read = await page(room)
    assert len(read.select("#readiness tr.ready")) == int(read.select_one("#readiness .count").get_text()) == stored
    for company in ("Norvane Therapeutics: 0 of 8 verified", "Tarnbrook Manufacturing: 1 of 11 verified, 1 waived"):
        assert company in section
        assert company in read.select_one("#readiness").get_text()
    assert "1 of 11 verified · 1 waived · 9 blockers open at the start" in words(await minutes_card(room))


async def test_what_each_item_was_is_said_with_who_and_why(room: MeetingRoom) -> None:
    await held(room)
    rendered = MarkdownIt().render(chapter(room, "Readiness"))
    items = {one.get_text()[:5]: one.get_text() for one in BeautifulSoup(rendered, "html.parser").select("li")}
    assert f"verified by Priya Raghunathan (Norvane Therapeutics), {MONDAY}" in items["PQ-03"]
    assert f"Evidence: {HOSTILE} – Luís Gonçalves (Tarnbrook Manufacturing), {MONDAY}" in items["PQ-03"]
    assert "blocker, evidence not verified" in items["PQ-04"]
    assert "waived by Priya Raghunathan (Norvane Therapeutics), Jürgen Weiß (Tarnbrook Manufacturing)" in items["PQ-05"]
    agreed = f"waived by Priya Raghunathan (Norvane Therapeutics), {MONDAY}: limits agreed in CV-77"
    per_batch = f"waived by Jürgen Weiß (Tarnbrook Manufacturing), {MONDAY}: verified per batch"
    assert agreed in items["PQ-05"]
    assert per_batch in items["PQ-05"]
    assert "blocker open" in items["PQ-07"]
    assert f"waived by Priya Raghunathan (Norvane Therapeutics), {MONDAY}: lots reserved by phone" in items["PQ-07"]
    rejected = (
        f"Evidence rejected by Jürgen Weiß (Tarnbrook Manufacturing), {MONDAY}: last year's list; it was: CAL-2025 – "
        "Luís Gonçalves (Tarnbrook Manufacturing)"
    )
    assert rejected in items["PQ-10"]
    assert f"does not apply, says Jürgen Weiß (Tarnbrook Manufacturing), {MONDAY}" in items["PQ-11"]
    assert "CAL-2026" not in rendered
    rows = {row.get_text()[:5]: row.get_text() for row in (await page(room)).select("#readiness tr.ready")}
    assert agreed in rows["PQ-05"]
    assert per_batch in rows["PQ-05"]
    assert rejected in rows["PQ-10"]


async def test_what_the_meeting_did_to_its_checklist_stands_below_in_every_form(room: MeetingRoom) -> None:
    await held(room)
    stood = {one["item"]: one for one in checklist(room).at_start}
    kept = ("state", "evidence", "reason")
    changed = {
        row.item
        for row in room.rows(ChecklistItem)
        if any(getattr(row, name) != stood[row.item][name] for name in kept)
    }
    assert changed == {"PQ-04", "PQ-07", "PQ-10"}

    text = room.rows(Minutes)[0].markdown
    assert f"## Changed on the checklist ({len(changed)})" in text
    section = chapter(room, "Changed on the checklist")
    assert set(re.findall(r"^- \*\*(PQ-\d\d)\*\*", section, re.MULTILINE)) == changed
    read = await page(room)
    assert read.select_one("#checklist .count").get_text() == str(len(changed))
    assert {one.get_text() for one in read.select("#checklist .changed .ref")} == changed
    card = words(await minutes_card(room))
    assert f"Changed on the checklist ({len(changed)})" in card

    items = BeautifulSoup(MarkdownIt().render(section), "html.parser").find_all("li")
    told = [" ".join(one.get_text().split()) for one in items]
    assert "blocker, evidence not verified → verified" in told[0]
    assert told[1] == "verified by Priya Raghunathan (Norvane Therapeutics) at 14:00 (Europe/Dublin)"
    assert "blocker open → waived" in told[2]
    waived = "waived by Jürgen Weiß (Tarnbrook Manufacturing) at 14:05 (Europe/Dublin): agreed in the meeting"
    assert told[3] == waived
    assert told[4].partition(" – ")[2].startswith("blocker open ")
    given = f"evidence given by Luís Gonçalves (Tarnbrook Manufacturing) at 14:05 (Europe/Dublin): CAL-2026 {HOSTILE}"
    rejected = "evidence rejected by Jürgen Weiß (Tarnbrook Manufacturing) at 14:05 (Europe/Dublin): no dates in it"
    assert told[5:] == [given, rejected]
    shown = " ".join(read.select_one("#checklist").get_text().split())
    assert all(one in shown for one in (waived, given, rejected))
    assert "verified by @Priya Raghunathan 14:00" in card
    assert "Tarnbrook Manufacturing: 2 of 11 verified, 2 waived, 1 not applicable, 7 blockers open" in section


async def test_the_snapshot_is_kept_whatever_comes_later(room: MeetingRoom) -> None:
    await held(room)
    assert the(room, "PQ-04").state == "verified"
    assert {one["item"]: one["state"] for one in checklist(room).at_start}["PQ-04"] == "evidence_attached"
    read = await page(room)
    row = next(one for one in read.select("#readiness tr.ready") if "PQ-04" in one.get_text())
    assert "blocker, evidence not verified" in row.get_text()
    assert "Priya" not in row.get_text()


async def test_who_changed_to_the_other_company_said_it_for_the_one_of_then(room: MeetingRoom) -> None:
    await called(room)
    await room.say(luis, "checklist evidence PQ-03 MBR-114")
    await room.say(priya, "checklist verify PQ-03")
    await room.say(priya, 'checklist waive PQ-05 reason:"limits agreed in CV-77"')
    await room.say(jurgen, 'checklist waive PQ-05 reason:"verified per batch"')
    await room.say(priya, 'checklist waive PQ-07 reason:"lots reserved by phone"')
    room.clock.advance(minutes=1)
    await room.say(anna, 'member remove @p reason:"she changes company"', p=priya)
    await room.say(marta, 'member add @p side:cmo role:qa reason:"she changed company"', p=priya)
    refused = words(await room.say(priya, 'checklist waive PQ-07 reason:"lots reserved by phone"'))
    assert "You have waived MTG-001/PQ-07 yourself, for Norvane Therapeutics" in refused
    assert the(room, "PQ-07").state == "open"
    assert "Priya Raghunathan (Norvane Therapeutics)" in words(await room.say(anna, "checklist PQ-05"))
    assert "Priya Raghunathan (Norvane Therapeutics)" in words(await room.say(anna, "checklist PQ-03"))
    room.clock.set(datetime(2026, 3, 27, 14, 0, tzinfo=UTC))
    await room.say(anna, "meeting start")
    await room.say(anna, "meeting end anyway")
    text = room.rows(Minutes)[0].markdown
    assert "verified by Priya Raghunathan (Norvane Therapeutics)" in text
    assert "waived by Priya Raghunathan (Norvane Therapeutics), Jürgen Weiß (Tarnbrook Manufacturing)" in text


async def test_a_meeting_without_a_checklist_prints_none(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, 'meeting new "Weekly call" at:now')
    await room.say(anna, "meeting start")
    await room.say(anna, "meeting end anyway")
    assert "Readiness" not in room.rows(Minutes)[0].markdown
    assert (await page(room)).select("#readiness") == []
    assert "Readiness" not in words(await minutes_card(room))


async def test_minutes_of_before_there_were_checklists_are_shown(room: MeetingRoom) -> None:
    await held(room)
    contents = dict(room.rows(Minutes)[0].contents)
    del contents["readiness"]
    view = msgspec.convert(contents, MinutesView)
    assert view.readiness is None
    reads_words = room.core.door.words
    text = documents.markdown(reads_words, "minutes", view, training=False)
    assert "Readiness" not in text
    assert "## Agenda" in text


async def test_the_start_is_shown_where_something_is_open(room: MeetingRoom) -> None:
    await called(room)
    await room.say(marta, "checklist")
    room.clock.set(datetime(2026, 3, 27, 14, 0, tzinfo=UTC))
    await room.say(anna, "meeting start")
    await room.deliver()
    [start] = [words(card) for card in room.cards() if card.summary.startswith("Ready at the start of MTG-001")]
    assert start.startswith("12 blockers open at the start")
    assert "A blocker of both companies counts for each." in start
    agenda = [words(card) for card in room.cards() if card.summary.startswith("MTG-001 · PPQ")]
    assert any("Norvane Therapeutics: 0 of 8 ready at the start, 6 blockers open" in one for one in agenda)

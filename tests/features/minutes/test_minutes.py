"""Minutes: what was said in the meeting stands in the card, in the Markdown and on the page, and nothing else does."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from core import documents
from core.export import ExportedRows, Scope, audit_file, exporting, write_json
from core.features.actions.records import Action
from core.features.decisions.records import Decision
from core.features.meetings.records import AgendaItem
from core.features.minutes.commands import view_of
from core.features.minutes.contents import MinutesView
from core.features.minutes.records import Minutes
from core.features.questions.records import AskedQuestion, Note, Risk
from core.kernel.audit import Verdict
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
    with room.reads_as() as reads:
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


async def test_they_are_shown_by_their_own_reference_as_by_their_meeting_s(room: MeetingRoom) -> None:
    await held(room)
    shown = words(await room.say(anna, "minutes show MTG-001"))
    for said in ("minutes show MIN-001", "minutes MIN-001 show", "minutes show MTG-001 MIN-001"):
        assert words(await room.say(anna, said)) == shown
    assert "15 minutes" in words(await room.say(anna, "minutes open MIN-001"))
    assert "There is no MIN-007 in NVT." in words(await room.say(anna, "minutes show MIN-007"))


async def test_before_a_meeting_ends_there_are_none(room: MeetingRoom) -> None:
    await room.opened()
    told = words(await room.say(anna, "minutes show"))
    assert "There are no minutes yet" in told
    assert "meeting list" in told, "no meeting runs that could be ended"
    await room.say(anna, 'meeting new "PPQ readiness" at:"12 Mar 2026 14:00" for:60m')
    room.clock.set(datetime(2026, 3, 12, 14, 0, tzinfo=UTC))
    await room.say(anna, "meeting start")
    assert "meeting end MTG-001" in words(await room.say(anna, "minutes show"))


async def test_what_is_decided_later_does_not_change_them(room: MeetingRoom) -> None:
    await held(room)
    before = await _page(room)
    await room.say(anna, "decision reverse DEC-001 reason:superseded")
    await room.say(marta, "decision reverse DEC-001")
    assert room.rows(Decision)[0].state == "reversed"
    assert await _page(room) == before
    assert "reversed" not in words(await room.say(anna, "minutes show"))


async def settled(room: MeetingRoom) -> None:
    """A meeting in which something of each kind was undone, answered or closed, and something of each stayed."""
    await room.opened()
    await room.say(anna, 'meeting new "PPQ readiness" at:"12 Mar 2026 14:00" for:60m')
    room.clock.set(datetime(2026, 3, 12, 14, 0, tzinfo=UTC))
    await room.say(anna, "meeting start")
    for text in ("three batches", "lot 7 for PPQ-1", "the second supplier", "hold 72 hours"):
        await room.say(anna, f"decision {text}")
    await room.say(anna, 'decision reverse DEC-001 reason:"four are planned"')
    for ref in ("DEC-002", "DEC-003"):
        await room.say(anna, f"decision agree {ref}")
        await room.say(marta, f"decision agree {ref}")
    await room.say(marta, 'decision reverse DEC-002 reason:"lot 7 failed"')
    await room.say(anna, "decision reverse DEC-002")
    await room.say(anna, 'decision reverse DEC-003 reason:"the audit found gaps"')
    await room.say(luis, "question who samples at night")
    await room.say(luis, "question which column")
    await room.say(priya, "question answer QUE-001 the shift lead")
    await room.say(luis, "risk one sampler only")
    await room.say(luis, "risk the column is late")
    await room.say(jurgen, 'risk close RSK-001 reason:"two are trained now"')
    await room.say(anna, "meeting end anyway")


ANNA, MARTA = "Aoife Ní Bhriain (Norvane Therapeutics)", "Marta Kowalczyk (Tarnbrook Manufacturing)"
PRIYA, JURGEN = "Priya Raghunathan (Norvane Therapeutics)", "Jürgen Weiß (Tarnbrook Manufacturing)"
LUIS = "Luís Gonçalves (Tarnbrook Manufacturing)"
AT = "at 14:00 (Europe/Dublin)"


async def test_what_was_undone_answered_or_closed_names_who_and_why(room: MeetingRoom) -> None:
    await settled(room)
    text = room.rows(Minutes)[0].markdown
    decisions = text.split("## Decisions (4)\n\n")[1].split("\n## ")[0]
    one, two, three, four = decisions.split("- **DEC-")[1:]
    assert one.startswith("001** three batches – withdrawn\n")
    assert f"\n  - withdrawn by {ANNA} {AT}: four are planned\n" in one
    assert two.startswith("002** lot 7 for PPQ-1 – reversed\n")
    assert f"\n  - reversal asked by {MARTA} {AT}: lot 7 failed\n  - reversed too by {ANNA} {AT}\n" in two
    assert "waiting for Tarnbrook Manufacturing\n" in three
    assert f"\n  - reversal asked by {ANNA} {AT}: the audit found gaps\n" in three
    assert "reversal" not in four
    assert "withdrawn" not in four
    questions, risks = text.split("## Questions (2)\n\n")[1].split("\n## Notes")[0].split("\n## Risks (2)\n\n")
    assert questions == (
        f"- **QUE-001** who samples at night – {LUIS} – answered\n  - answered by {PRIYA}: the shift lead\n"
        f"- **QUE-002** which column – {LUIS} – open\n"
    )
    assert risks == (
        f"- **RSK-001** one sampler only – {LUIS} – closed\n  - closed by {JURGEN}: two are trained now\n"
        f"- **RSK-002** the column is late – {LUIS} – open\n"
    )


async def test_what_was_withdrawn_names_who_took_it_back_and_why(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, 'meeting new "PPQ readiness" at:"12 Mar 2026 14:00" for:60m')
    room.clock.set(datetime(2026, 3, 12, 14, 0, tzinfo=UTC))
    await room.say(anna, "meeting start")
    await room.say(luis, "question which column")
    await room.say(luis, "risk the column is late")
    await room.say(luis, "note the filter is here")
    await room.say(luis, "action order a column")
    await room.say(luis, "note s/here/in house/")
    for ref in ("QUE-001", "RSK-001", "NOT-001", "ACT-001"):
        await room.say(luis, f'undo {ref} reason:"{ref} was said twice"')
    await room.say(anna, "meeting end anyway")
    text, card, page = room.rows(Minutes)[0].markdown, words(await minutes_card(room)), await _page(room)
    for ref in ("QUE-001", "RSK-001", "NOT-001", "ACT-001"):
        at = f" {AT}" if ref.startswith("ACT") else ""
        assert f"withdrawn\n  - withdrawn by {LUIS}{at}: {ref} was said twice\n" in text.split(f"**{ref}**")[1], ref
        assert f"withdrawn by @Luís Gonçalves: {ref} was said twice" in card, ref
        assert f"Withdrawn by {LUIS}{at}: {ref} was said twice" in page.get_text(), ref
    assert "to be confirmed" not in text + page.get_text()
    for counted in (_counted_in_markdown(text), _counted_in_html(page)):
        assert counted == {name: len(room.rows(kind)) for name, kind in KINDS.items()}


async def test_each_word_stands_with_its_time_and_a_cancelled_action_with_who_and_why(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, 'meeting new "PPQ readiness" at:"12 Mar 2026 14:00" for:60m')
    room.clock.set(datetime(2026, 3, 12, 14, 0, tzinfo=UTC))
    await room.say(anna, "meeting start")
    await room.say(anna, "decision three batches")
    await room.say(anna, "action order a column")
    room.clock.set(datetime(2026, 3, 12, 14, 5, tzinfo=UTC))
    await room.say(marta, 'decision object DEC-001 reason:"four are planned"')
    room.clock.set(datetime(2026, 3, 12, 14, 9, tzinfo=UTC))
    await room.say(marta, "decision agree DEC-001")
    await room.say(priya, 'action cancel ACT-001 reason:"there is one in stock"')
    await room.say(anna, "meeting end anyway")
    text, card, page = room.rows(Minutes)[0].markdown, words(await minutes_card(room)), await _page(room)
    at = "at 14:0{} (Europe/Dublin)"
    assert (
        f"\n  - agreed by {ANNA} {at.format(0)}\n  - agreed by {MARTA} {at.format(9)}\n"
        f"  - objection by {MARTA} {at.format(5)}: four are planned\n"
    ) in text
    assert f"cancelled\n  - cancelled by {PRIYA} {at.format(9)}: there is one in stock\n" in text
    assert "cancelled by @Priya Raghunathan: there is one in stock" in card
    assert f"Cancelled by {PRIYA} {at.format(9)}: there is one in stock" in page.get_text()
    assert f"Agreed by {ANNA} {at.format(0)}, {MARTA} {at.format(9)}" in page.get_text()
    assert f"Objection by {MARTA} {at.format(5)}: four are planned" in page.get_text()


async def test_card_and_page_name_them_alike(room: MeetingRoom) -> None:
    await settled(room)
    card, page = words(await minutes_card(room)), await _page(room)
    assert "DEC-001 three batches · withdrawn by @Aoife Ní Bhriain: four are planned" in card
    assert "DEC-002 lot 7 for PPQ-1 · reversed by @Marta Kowalczyk, @Aoife Ní Bhriain: lot 7 failed" in card
    asked = "reversal asked, waits for Tarnbrook Manufacturing · asked by @Aoife Ní Bhriain: the audit found gaps"
    assert f"DEC-003 the second supplier · {asked}" in card
    assert "QUE-001 who samples at night · answered by @Priya Raghunathan: the shift lead" in card
    assert "QUE-002 which column · open" in card
    assert "RSK-001 one sampler only · closed by @Jürgen Weiß: two are trained now" in card
    assert "RSK-002 the column is late · open" in card
    undone = [one.get_text() for one in page.select("#decisions .undone")]
    assert undone == [
        f"Withdrawn by {ANNA} {AT}: four are planned",
        f"Reversal asked by {MARTA} {AT}: lot 7 failed",
        f"Reversed too by {ANNA} {AT}",
        f"Reversal asked by {ANNA} {AT}: the audit found gaps",
    ]
    assert [one.get_text() for one in page.select("#questions .state, #risks .state")] == [
        "answered", "open", "closed", "open",
    ]  # fmt: skip
    outcomes = [one.get_text() for one in page.select(".outcome")]
    assert outcomes == [f"Answered by {PRIYA}: the shift lead", f"Closed by {JURGEN}: two are trained now"]
    for counted in (_counted_in_markdown(room.rows(Minutes)[0].markdown), _counted_in_html(page)):
        assert counted == {name: len(room.rows(kind)) for name, kind in KINDS.items()}


async def test_minutes_that_did_not_keep_who_settled_what_are_shown(room: MeetingRoom) -> None:
    await settled(room)
    held = dict(room.rows(Minutes)[0].contents)
    for one in held["decisions"]:
        del one["undone"], one["agreed_at"]
    for one in (*held["questions"], *held["risks"], *held["notes"]):
        del one["state"], one["settled_by"]
    text = documents.markdown(room.core.door.words, "minutes", msgspec.convert(held, MinutesView), training=False)
    assert "- **DEC-001** three batches – withdrawn\n" in text
    assert f"- **QUE-001** who samples at night – {LUIS}\n  - the shift lead\n" in text
    assert " by None" not in text


async def test_what_somebody_said_for_a_company_stays_so_when_they_change_to_the_other(
    room: MeetingRoom, tmp_path: Path
) -> None:
    await room.opened()
    await room.say(anna, 'meeting new "PPQ readiness" at:now for:60m')
    await room.say(anna, "meeting start")
    await room.say(jurgen, "decision we go with three batches")
    await room.say(jurgen, "note the filters are in stock")
    room.clock.advance(minutes=5)
    await room.say(marta, 'member remove @j reason:"he changes company"', j=jurgen)
    await room.say(anna, 'member add @j side:sponsor role:qa reason:"he changed company"', j=jurgen)
    await room.say(jurgen, "decision we use the new filters")
    refused = words(await room.say(jurgen, 'decision reverse DEC-001 reason:"too many"'))
    assert "Tarnbrook Manufacturing proposed it and may take it back" in refused
    await room.say(anna, "decision agree DEC-001")
    await room.say(anna, "meeting end anyway")
    await room.deliver()

    for ref, company in (("DEC-001", "Tarnbrook Manufacturing"), ("DEC-002", "Norvane Therapeutics")):
        [card] = [words(card) for card in room.cards() if card.summary.startswith(ref)]
        assert f"Proposed by: @Jürgen Weiß ({company})" in card
    assert "Tarnbrook Manufacturing: @Jürgen Weiß (recorded something)" in words(await minutes_card(room))
    page = await _page(room)
    for text in (room.rows(Minutes)[0].markdown, page.get_text()):
        assert text.count("roposed by Jürgen Weiß (Tarnbrook Manufacturing)") == 1
        assert text.count("roposed by Jürgen Weiß (Norvane Therapeutics)") == 1
        assert "greed by Jürgen Weiß (Tarnbrook Manufacturing)" in text
        assert re.search(r"filters are in stock\W+Jürgen Weiß \(Tarnbrook", text)
    attendance = room.rows(Minutes)[0].markdown.partition("## Agenda")[0]
    assert "Jürgen Weiß" in attendance.partition("### Tarnbrook")[2]
    with exporting(room.core.store, room.core.door, Scope()) as export:
        [row] = [row for row in export.rows("people") if row["name"] == "Jürgen Weiß"]
    assert (row["side"], [one["side"] for one in row["earlier"]]) == ("sponsor", ["cmo"])
    path = tmp_path / "export.json"
    with exporting(room.core.store, room.core.door, Scope()) as export, path.open("wb") as file:
        write_json(export, file)
    found = audit_file(path, None, None, ExportedRows(room.core.registry))
    assert [one for one in found if not isinstance(one, Verdict)] == [], "the trail tells the same"

"""After the story: the export tells it whole, the chains hold, and each form of the minutes counts the same."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from bot.__main__ import main
from core.api import Core
from core.export import Records, Scope, audit_store, exporting, write_json
from core.kernel.audit import Verdict
from tests.acceptance.stage import Stage, aoife, rest

Rows = dict[str, list[dict[str, Any]]]

MEETING = {"Readiness": "checklist_items", "Agenda": "agenda", "Decisions": "decisions", "Motions": "motions",
           "Actions": "actions", "Questions": "questions", "Risks": "risks", "Notes": "notes"}  # fmt: skip
"""What the minutes count, and the export's key for it."""


async def the_record_holds(stage: Stage, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Everything of the whole day, as the export has it."""
    await stage.say(aoife, "/tt minutes open")
    await stage.told(aoife, "For you alone, once, within 15 minutes", "Open the page")
    page = await stage.page(aoife)
    await rest(stage.core)
    rows = exported(stage.core, folder / "export.json")
    _records_stand_as_they_were_left(rows, stage.edits)
    _sources_are_kept(rows)
    _everything_was_sent_once(rows)
    _the_trail_tells_who(rows)
    stored = {name: sum(row["meeting"] == "MTG-001" for row in rows[key]) for name, key in MEETING.items()}
    stored["Not confirmed"] = sum(row["state"] == "left" for row in rows["proposals"])
    stored["Earlier records"] = len(_moved_in_the_meeting(rows))
    await stage.see(aoife, "Minutes: PPQ readiness review", *(f"{name} ({count})" for name, count in stored.items()))
    _minutes_count(stored, rows, page)
    capsys.readouterr()
    assert main(["audit", "verify", "--file", str(folder / "export.json")]) == 0
    told = capsys.readouterr().out
    assert re.search(r"^NVT/joint: \d+ entries, head [0-9a-f]{64}$", told, re.MULTILINE), told


def exported(core: Core, path: Path) -> Rows:
    """The export of everything, after the store's own chains were walked and its records held against them."""
    for found in audit_store(core.store, None, None, Records(core.registry)):
        assert isinstance(found, Verdict), found
        assert found.broken is None, found
    with exporting(core.store, core.door, Scope()) as export, path.open("wb") as file:
        write_json(export, file)
    rows: Rows = json.loads(path.read_text(encoding="utf-8"))
    return rows


def _records_stand_as_they_were_left(rows: Rows, edits: bool) -> None:
    assert [(row["id"], row["state"], row["owners"], row["due"]) for row in rows["actions"]] == [
        ("ACT-001", "done_claimed", ["Jürgen Weiß"], "2026-03-17"),
        ("ACT-002", "done_claimed", ["Luís Gonçalves"], "2026-03-17"),
        ("ACT-003", "open", ["Tomáš Dvořák"], "2026-03-16"),
        ("ACT-004", "cancelled", ["Tomáš Dvořák"], "2026-03-16"),
        ("ACT-005", "open", ["Luís Gonçalves"], "2026-03-19"),
        ("ACT-006", "done_claimed", ["Jürgen Weiß"], "2026-03-18"),
        ("ACT-007", "open", ["Tomáš Dvořák"], "2026-03-20"),
    ]
    assert [(row["id"], row["state"], row["by"], row["record"]) for row in rows["proposals"]] == [
        ("PRP-001", "confirmed", "Aoife Ní Bhriain", "ACT-005"),
        ("PRP-002", "confirmed", "Marta Kowalczyk", "ACT-006"),
        ("PRP-003", "confirmed", "Tomáš Dvořák", "ACT-007"),
        ("PRP-004", "declined", "Luís Gonçalves", None),
        ("PRP-005", "left", "Marta Kowalczyk", None),
        ("PRP-006", "withdrawn", "Luís Gonçalves", None),
    ]
    first, second, third, *changed = rows["decisions"]
    assert [(row["text"], row["state"]) for row in changed] == [("we go with the 5-batch design", "withdrawn")] * edits
    assert (first["id"], first["state"], first["agreed_by"]) == (
        "DEC-001",
        "agreed",
        ["Aoife Ní Bhriain", "Marta Kowalczyk"],
    )
    assert first["objections"] == [{"by": "Luís Gonçalves", "reason": "the hold time was never challenged"}]
    assert (second["id"], second["state"]) == ("DEC-002", "proposed")
    assert (third["id"], third["state"], third["agreed_by"]) == ("DEC-003", "proposed", ["Aoife Ní Bhriain"])
    assert [(row["id"], row["state"], row["decision"], row["counts"]["all"]) for row in rows["motions"]] == [
        ("MOT-001", "decided", "DEC-003", {"yes": 2, "no": 1, "abstained": 1})
    ]
    assert [(row["id"], row["by"], row["meeting"]) for row in rows["risks"]] == [
        ("RSK-001", "Zeynep Şahin", None),
        ("RSK-002", "Luís Gonçalves", "MTG-001"),
        ("RSK-003", "Marta Kowalczyk", "MTG-001"),
        ("RSK-004", "Luís Gonçalves", "MTG-001"),
    ]
    assert rows["risks"][3]["state"] == "withdrawn"
    assert rows["risks"][3]["source"]["text"] == "good that the filters of line 4 came"
    [question], [note, undone], [meeting] = rows["questions"], rows["notes"], rows["meetings"]
    assert (question["state"], question["answer"]) == ("answered", "The 0.2 µm filter of MBR-114")
    assert (note["text"], note["state"]) == ("PV-2207 version 2 is approved", "recorded")
    assert (undone["text"], undone["state"]) == ("MBR-114 is at version 5", "withdrawn")
    assert rows["actions"][0]["text"] == "send the swab plan with limits for lines 4 and 5"
    assert meeting["starts_at"].startswith("2026-03-13T10:00")
    came = ["Aoife Ní Bhriain", "Luís Gonçalves", "Marta Kowalczyk", "Priya Raghunathan"]
    assert meeting["present"] == [*came, "Tomáš Dvořák", "Jürgen Weiß", "Zeynep Şahin"]  # the last three acted in it
    assert meeting["regrets"] == []


def _sources_are_kept(rows: Rows) -> None:
    captured = [row for key in ("decisions", "actions", "questions", "risks", "notes") for row in rows[key]]
    assert all(row["source"]["message"] and row["source"]["text"] for row in captured), captured
    assert "compressor" not in json.dumps(rows), "something off the record was kept"


def _everything_was_sent_once(rows: Rows) -> None:
    for post in rows["posts"]:
        assert post["sent_at"] or post["state"] == "replaced", post
        assert len(post["attempts"]) <= 1, post
    rooms = {room["channel"] for room in rows["transfers"][0]["rooms"]}
    for template in ("minutes/minutes", "meetings/running"):  # changed in place: one message in each room
        posted = {(post["to"]["channel"], post["message"]) for post in rows["posts"] if post["template"] == template}
        assert sorted(channel for channel, _ in posted) == sorted(rooms), (template, posted)


def _the_trail_tells_who(rows: Rows) -> None:
    told = {(entry["record"], entry["event"], entry["name"]) for entry in rows["trail"]}
    assert {
        ("LIN-001", "LineReleased", "Marta Kowalczyk"),
        ("DEC-001", "DecisionConcurred DecisionAgreed", "Marta Kowalczyk"),
        ("ACT-001", "ActionClaimedDone", "Jürgen Weiß"),
        ("ACT-004", "ActionCancelled", "Aoife Ní Bhriain"),
        ("ACT-002", "OwnerReminded", "Tandem"),
        ("ACT-001", "RecordCorrected", "Marta Kowalczyk"),
        ("NOT-002", "RecordWithdrawn", "Luís Gonçalves"),
        ("RSK-004", "RiskIdentified MessageCaptured", "Zeynep Şahin"),
        ("RSK-004", "RecordWithdrawn", "Zeynep Şahin"),
        ("PRP-004", "ProposalDeclined", "Luís Gonçalves"),
    } <= told, sorted(map(str, told))


def _minutes_count(stored: dict[str, int], rows: Rows, page: str) -> None:
    [minutes] = rows["minutes"]
    assert _headings(MarkdownIt().render(minutes["markdown"])) == stored
    soup = BeautifulSoup(page, "html.parser")
    ids = {
        name: {"Not confirmed": "unconfirmed", "Earlier records": "earlier"}.get(name, name.lower()) for name in stored
    }
    counted = {name: soup.select_one(f"#{ids[name]} .count") for name in stored}
    assert {name: int(found.get_text()) if found else 0 for name, found in counted.items()} == stored
    states = [one.get_text() for one in soup.select("#actions tr.action .state")]
    open_then = ["in progress", "done, not verified", "in progress", "open", "open", "cancelled", "open"]
    assert states == open_then  # as they stood when the meeting ended


def _moved_in_the_meeting(rows: Rows) -> set[str]:
    """The records from before the meeting that stood otherwise at its end, by the trail."""
    older = {
        row["id"] for key in ("decisions", "actions", "questions", "risks") for row in rows[key] if not row["meeting"]
    }
    events = [entry["event"] or "" for entry in rows["trail"]]
    begun = next(at for at, event in enumerate(events) if "MeetingStarted" in event)
    ended = next(at for at, event in enumerate(events) if "MeetingEnded" in event)
    during = rows["trail"][begun:ended]
    return {entry["record"] for entry in during if entry["record"] in older and "state" in entry["changes"]}


def _headings(html: str) -> dict[str, int]:
    """The counted headings of a document."""
    found = (re.fullmatch(r"([\w ]+) \((\d+)\)", one.get_text()) for one in BeautifulSoup(html, "html.parser")("h2"))
    return {one[1]: int(one[2]) for one in found if one}

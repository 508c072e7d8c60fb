"""Whatever is changed in a table or an export behind the trail's back is named, with its record and its field."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import Connection, func, select, update
from sqlalchemy.orm import Session

from core.api import Edited
from core.export import Disagreement, ExportedRows, Records, Scope, audit_file, audit_store, exporting
from core.export.agreeing import SAID, fingerprint, source_faults
from core.export.forms import write_csv, write_json
from core.export.replay import Replay, kinds_of
from core.features.minutes.records import Minutes
from core.kernel.audit import Source
from core.kernel.ids import Side
from core.kernel.records import Trailed
from core.kernel.transfers import Room
from core.speech import clean
from tests.export.test_verifying import on_one_database, tamper
from tests.meeting_room import ROOM, MeetingRoom, anna, jurgen, marta, said_once, stranger


@pytest_asyncio.fixture
async def met(room: MeetingRoom) -> MeetingRoom:
    """A room after a whole meeting."""
    return await whole_meeting(room)


@said_once
async def whole_meeting(room: MeetingRoom) -> MeetingRoom:
    """Every kind of record stands there, some changed several times."""
    await room.opened()
    await room.say(stranger, "action find out who I am by Friday")
    await room.say(anna, 'meeting new "PPQ readiness review" at:"in 10 minutes" for:60m stage:ppq_readiness')
    await room.say(marta, 'agenda add "Batch record: open redlines" for:10m')
    await room.say(anna, "meeting start")
    await room.say(jurgen, "here")
    await room.say(anna, "decision PPQ runs three batches")
    await room.say(marta, "decision agree DEC-001")
    await room.say(anna, "decision the batch size stays — “350 L”", slash=False, delivery="m-7")
    await room.say(anna, "action send the protocol @p by Friday", p=jurgen)
    await room.say(jurgen, "action accept ACT-001")
    await room.say(marta, "action tell the site")
    await room.say(marta, "action cancel ACT-002 reason:superseded")
    await room.say(marta, "question who signs @p", p=anna)
    await room.say(anna, 'question answer QUE-001 "both leads"')
    await room.say(marta, "risk the filter is late")
    await room.say(anna, "risk close RSK-001 reason:arrived")
    await room.say(jurgen, "note 5 °C all night")
    await room.talk(jurgen, "someone needs to chase the excipient CoA")
    await room.core.news.source_edited(Edited(ROOM, "m-7", "decision the batch size grows", room.clock.now(), "edit-1"))
    await room.deliver()
    room.clock.set(room.clock.now() + timedelta(minutes=30))
    await room.say(anna, "meeting end")
    room.clock.advance(seconds=30)
    await room.say(anna, "meeting end")  # the first showed what is loose
    await room.say(anna, "minutes open")
    await room.say(marta, "member remove @p reason:reassigned", p=jurgen)
    await room.deliver()
    assert [row.ref for row in room.rows(Minutes)] == ["MIN-001"]
    return room


def found_in(room: MeetingRoom, transfer: str | None = None) -> list[Disagreement]:
    """Where the store and its trail part."""
    records = Records(room.core.registry)
    found = audit_store(room.core.store, transfer, None, records)
    return [one for one in found if isinstance(one, Disagreement)]


def places(found: list[Disagreement]) -> list[tuple[str, str]]:
    """Record and field of each."""
    return [(one.record, one.field) for one in found]


async def test_after_a_whole_meeting_every_row_agrees(met: MeetingRoom) -> None:
    records = Records(met.core.registry)
    assert [str(one) for one in audit_store(met.core.store, None, None, records) if isinstance(one, Disagreement)] == []
    with met.core.store.read() as connection:
        assert records.compared == sum(count(connection, kind) for kind in kinds_of(met.core.registry))
    assert found_in(met, "nvt") == []


def count(connection: Connection, kind: type[Trailed]) -> int:
    """How many rows of a kind there are."""
    return connection.execute(select(func.count()).select_from(kind)).scalar_one()


BY_HAND = {
    "a text": ("UPDATE decisions SET text = 'PPQ runs two batches' WHERE ref = 'DEC-001'", "DEC-001", "text"),
    "a due day": ("UPDATE actions SET due = '2026-12-31' WHERE ref = 'ACT-001'", "ACT-001", "due"),
    "a moment": ("UPDATE actions SET deadline = '2027-01-01 00:00:00' WHERE ref = 'ACT-001'", "ACT-001", "deadline"),
    "a state": ("UPDATE risks SET state = 'identified' WHERE ref = 'RSK-001'", "RSK-001", "state"),
    "a flag": ("UPDATE risks SET open = TRUE WHERE ref = 'RSK-001'", "RSK-001", "open"),
    "an empty field": ("UPDATE actions SET evidence = 'done' WHERE ref = 'ACT-001'", "ACT-001", "evidence"),
    "a list": ("UPDATE decisions SET agreed_by = '[]' WHERE ref = 'DEC-001'", "DEC-001", "agreed_by"),
    "a version": ("UPDATE notes SET version = 2 WHERE ref = 'NOT-001'", "NOT-001", "version"),
    "an author": ("UPDATE notes SET created_by = NULL WHERE ref = 'NOT-001'", "NOT-001", "created_by"),
    "the minutes": ("UPDATE minutes SET markdown = 'all is well'", "MIN-001", "markdown"),
    "the minutes' sign": ("UPDATE minutes SET markdown = 'all is well\ufffd'", "MIN-001", "markdown"),
    "a role": ("UPDATE members SET roles = '[\"lead\"]'", "member:", "roles"),
    "a name": ("UPDATE people SET name = 'Somebody Else' WHERE name LIKE 'Marta%'", "person:Marta Kowalczyk", "name"),
    "a row gone": ("DELETE FROM actions WHERE ref = 'ACT-002'", "ACT-002", ""),
    "a row's number": ("UPDATE questions SET ref = 'QUE-007'", "QUE-007", ""),
    "a source": ("UPDATE sources SET text = 'yes' WHERE record = 'DEC-002'", "DEC-002", "source's text"),
    "a source's hash": (
        f"UPDATE sources SET sha256 = '{'0' * 64}' WHERE record = 'DEC-002'",
        "DEC-002",
        "source's sha256",
    ),
    "a source with a sign cleaned away": (
        "UPDATE sources SET text = 'PPQ runs two batches\ufffd' WHERE record = 'DEC-001'",
        "DEC-001",
        "source's text",
    ),
    "a source's message": ("UPDATE sources SET message = '9' WHERE record = 'DEC-002'", "DEC-002", "source's message"),
    "a source's author": (
        "UPDATE sources SET author = 'slack:T1/U-x' WHERE record = 'DEC-002'",
        "DEC-002",
        "source's author",
    ),
    "a source's time": (
        "UPDATE sources SET sent_at = '2026-03-01 09:00:00+00:00' WHERE record = 'DEC-002'",
        "DEC-002",
        "source's sent_at",
    ),
    "a source's link": (
        "UPDATE sources SET link = 'https://x.example' WHERE record = 'DEC-002'",
        "DEC-002",
        "source's link",
    ),
    "a source's thread": ("UPDATE sources SET thread = 't-1' WHERE record = 'DEC-002'", "DEC-002", "source's thread"),
    "a source's audience": (
        "UPDATE sources SET audience = 'cmo' WHERE record = 'DEC-002'",
        "DEC-002",
        "source's audience",
    ),
    "a source gone": ("DELETE FROM sources WHERE record = 'DEC-001'", "DEC-001", "source"),
    "an edit": ("UPDATE source_changes SET text = 'yes'", "DEC-002", "text"),
    "a counter": (r"""UPDATE heads SET counters = replace(counters, '"ACT"\:2', '"ACT"\:4')""", "ACT-003", ""),
}


@pytest.mark.parametrize("what", BY_HAND)
async def test_what_was_changed_by_hand_is_named(met: MeetingRoom, what: str) -> None:
    statement, record, field = BY_HAND[what]
    tamper(met, statement)
    named = places(found_in(met))
    assert named
    assert any(one.startswith(record) and at == field for one, at in named), named
    if not what.startswith("a row"):
        assert {one.partition(":")[0] for one, _ in named} <= {record.partition(":")[0], "ACT-004"}


async def test_emptied_counters_are_named(met: MeetingRoom) -> None:
    tamper(met, "UPDATE heads SET counters = '{}' WHERE transfer = 'NVT'")
    named = {one.record for one in found_in(met, "nvt") if "the counter of its kind is gone" in str(one)}
    assert {"ACT-002", "DEC-002", "LIN-001", "MTG-001", "MIN-001", "ROM-001"} <= named


async def test_an_entry_from_before_authors_were_hashed_is_no_fault(met: MeetingRoom) -> None:
    (entry,) = [one for one in met.trail() if one["record"] == "DEC-002" and "DecisionProposed" in one["event"]]
    with met.core.store.read() as connection:
        row = connection.execute(select(*Source.__table__.c).where(Source.record == "DEC-002")).one()._asdict()
    old = {**entry, "source": {name: entry["source"][name] for name in SAID[:6]}}
    for body, altered in ((entry, ["source's author", "source's sent_at"]), (old, [])):
        replay = Replay(kinds_of(met.core.registry))
        replay.take(body["chain"], body)
        told = replay.of_reference("NVT", "DEC-002")
        assert told is not None
        assert list(source_faults(told, row)) == []
        changed = {**row, "author": "slack:T1/U-x", "sent_at": row["sent_at"] + timedelta(minutes=1)}
        assert [one.field for one in source_faults(told, changed)] == altered


async def test_a_source_whose_hash_was_made_to_fit_is_held_against_the_trail(met: MeetingRoom) -> None:
    made = "8a798890fe93817163b10b5f7bd2ca4d25d84c52739a645a889c173eee7d9d3d"  # of 'yes'
    tamper(met, f"UPDATE sources SET text = 'yes', sha256 = '{made}' WHERE record = 'DEC-002'")
    assert places(found_in(met)) == [("DEC-002", "source's text"), ("DEC-002", "source's sha256")]


CLEANED = {
    "NOT-001": "note \u202eabc",
    "NOT-002": "note line one\r\nline two",
    "NOT-003": "note \u2067 a filter\nand a\0 gasket",
}
"""Lines that are kept otherwise than they came: a direction is closed, line ends are LF, NUL becomes U+FFFD."""


async def test_what_was_cleaned_agrees_and_cannot_be_rewritten(room: MeetingRoom, tmp_path: Path) -> None:
    await room.opened()
    for ref, line in CLEANED.items():
        await room.say(anna, line, slash=False, delivery=f"m-{ref}")
        await room.core.news.source_edited(Edited(ROOM, f"m-{ref}", f"{line}, again", room.clock.now(), f"edit-{ref}"))
    path = written(room, tmp_path / "export.json")
    assert [str(one) for one in [*found_in(room), *found_in_file(path, room, 10)]] == []

    cleaned = "note \u2067 a filter\u2069\nand a\ufffd gasket"
    path.write_text(path.read_text().replace(f'"text":{json.dumps(cleaned, ensure_ascii=False)}', '"text":"a\ufffdb"'))
    assert places(found_in_file(path, room, 10)) == [("NOT-003", "source's text")]
    tamper(
        room,
        "UPDATE sources SET text = 'note abc' WHERE record = 'NOT-001'",
        "UPDATE sources SET text = 'note nothing of the kind\ufffd' WHERE record = 'NOT-002'",
        "UPDATE source_changes SET text = 'another\ufffd' WHERE record = 'NOT-003'",
    )
    expected = [("NOT-001", "source's text"), ("NOT-002", "source's text"), ("NOT-003", "text")]
    assert sorted(places(found_in(room))) == expected


async def test_before_the_kept_text_was_hashed_the_hash_of_the_captured_one_counts(met: MeetingRoom) -> None:
    (entry,) = [one for one in met.trail() if one["record"] == "DEC-002" and "DecisionProposed" in one["event"]]
    with met.core.store.read() as connection:
        row = connection.execute(select(*Source.__table__.c).where(Source.record == "DEC-002")).one()._asdict()
    old = {**entry, "source": {name: value for name, value in entry["source"].items() if name != "kept_sha256"}}
    replay = Replay(kinds_of(met.core.registry))
    replay.take(old["chain"], old)
    told = replay.of_reference("NVT", "DEC-002")
    assert told is not None
    for text, altered in ((row["text"], []), ("a\ufffdb", []), ("yes", ["source's text"])):
        assert [one.field for one in source_faults(told, {**row, "text": text})] == altered
    for line in (CLEANED["NOT-001"], CLEANED["NOT-002"]):
        told.said = {**old["source"], "sha256": fingerprint(line)}
        cleaned = {**row, "text": clean(line), "sha256": fingerprint(line)}
        assert clean(line) != line
        assert list(source_faults(told, cleaned)) == []
        assert [one.field for one in source_faults(told, {**cleaned, "text": f"{line}, too"})] == ["source's text"]


async def test_a_change_by_hand_shows_also_when_a_command_came_after_it(met: MeetingRoom) -> None:
    tamper(met, "UPDATE actions SET state = 'open' WHERE ref = 'ACT-001'")
    await met.say(anna, "action cancel ACT-001 reason:superseded")
    (told,) = found_in(met)
    assert (told.record, told.field) == ("ACT-001", "state")
    assert "the trail had left" in told.why


async def test_no_kind_of_row_is_left_out(met: MeetingRoom) -> None:
    """A field of every row of every kind, put to another value by hand."""
    tamper(met)
    expected, kept = set(), 0
    with met.core.store.write() as connection, Session(connection) as session:
        for kind in kinds_of(met.core.registry):
            rows = session.scalars(select(kind)).all()
            kept += bool(rows)
            field = next(one for one in ("state", "path", "kind") if one in kind.__table__.c)
            expected |= {(row.trail_name(), field) for row in rows}
            connection.execute(update(kind.__table__).values({field: "altered"}))
    assert kept >= 14
    assert expected <= set(places(found_in(met)))


def test_rooms_have_used_their_numbers_also_those_of_before_there_were_any() -> None:
    replay = Replay([Room])
    for channel, more in (("C-1", {}), ("C-2", {}), ("C-3", {"number": "ROM-003"})):
        made = {"id": channel, "transfer": "NVT", "platform": "slack", "tenant": "T1", "channel": channel, **more}
        changes = {name: [None, value] for name, value in {**made, "audience": "joint", "state": "open"}.items()}
        replay.take("NVT/joint", {"record": f"room:slack:T1/{channel}", "at": "2026-03-09", "changes": changes})
    assert replay.numbers == {("NVT", "ROM"): {1, 2, 3}}


async def test_a_later_features_records_are_compared_too(toy: MeetingRoom) -> None:
    await toy.say(anna, "badge an auditor")
    assert found_in(toy) == []
    tamper(toy, "UPDATE badges SET text = 'a visitor'")
    assert places(found_in(toy)) == [("BDG-001", "text")]


def written(room: MeetingRoom, path: Path, side: Side | None = None) -> Path:
    """An export in a file, by its ending as CSV or JSON."""
    with exporting(room.core.store, room.core.door, Scope(side=side)) as made, path.open("wb") as file:
        (write_csv if path.suffix == ".zip" else write_json)(made, file)
    return path


def found_in_file(path: Path, room: MeetingRoom, rows_at_least: int = 16) -> list[Disagreement]:
    """Where an export's rows and its trail part."""
    rows = ExportedRows(room.core.registry)
    found = [one for one in audit_file(path, None, None, rows) if isinstance(one, Disagreement)]
    assert rows.compared >= rows_at_least
    return found


@pytest.mark.parametrize("side", [None, *Side])
@pytest.mark.parametrize("name", ["export.json", "export.zip"])
async def test_an_export_agrees_with_its_own_trail(
    met: MeetingRoom, tmp_path: Path, name: str, side: Side | None
) -> None:
    assert [str(one) for one in found_in_file(written(met, tmp_path / name, side), met)] == []


Rows = dict[str, list[dict[str, Any]]]


def _gone(rows: Rows) -> None:
    del rows["actions"][1]


def _made_up(rows: Rows) -> None:
    rows["decisions"].append({**rows["decisions"][0], "id": "DEC-003"})


def _put(key: str, field: str, value: Any, at: int = 0) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        rows[key][at][field] = value

    return change


def _in_source(field: str, value: Any) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        next(row for row in rows["decisions"] if row["id"] == "DEC-002")["source"][field] = value

    return change


def _author_left_out(rows: Rows) -> None:
    del rows["decisions"][1]["source"]["author"]


def _unsaid(rows: Rows) -> None:
    rows["decisions"][1]["source"] = None


IN_THE_FILE: dict[str, tuple[Callable[[Rows], None], str, str]] = {
    "a text": (_put("decisions", "text", "PPQ runs two batches"), "DEC-001", "text"),
    "an owner": (_put("actions", "owners", ["Marta Kowalczyk"]), "ACT-001", "owners"),
    "an owner left out": (_put("actions", "owners", []), "ACT-001", "owners"),
    "a due day": (_put("actions", "due", "2026-12-31"), "ACT-001", "due"),
    "an empty field": (_put("actions", "evidence", "done"), "ACT-001", "evidence"),
    "who agreed": (_put("decisions", "agreed_by", ["Aoife Ní Bhriain"]), "DEC-001", "agreed_by"),
    "an author": (_put("notes", "created_by", "Marta Kowalczyk"), "NOT-001", "created_by"),
    "whose line it was": (_put("proposals", "by", "Marta Kowalczyk"), "PRP-001", "by"),
    "a start": (_put("meetings", "starts_at", "2026-03-09T08:00:00.000Z"), "MTG-001", "starts_at"),
    "the minutes": (_put("minutes", "markdown", "all is well"), "MIN-001", "markdown"),
    "a zone": (_put("transfers", "tz", "Europe/Berlin"), "NVT", "tz"),
    "a source": (_in_source("text", "yes"), "DEC-002", "source's text"),
    "a source's author": (_in_source("author", "slack:T1/U-x"), "DEC-002", "source's author"),
    "a source's author left out": (_author_left_out, "DEC-002", "source's author"),
    "an edit left out": (_in_source("edited", None), "DEC-002", "source's edited"),
    "an edit at another time": (_in_source("edited", "2026-03-09T08:00:00.000Z"), "DEC-002", "source's edited"),
    "a deletion made up": (_in_source("deleted", "2026-03-09T10:00:00.000Z"), "DEC-002", "source's deleted"),
    "that a source changed": (_put("decisions", "source_changed", False, 1), "DEC-002", "source_changed"),
    "that a source did not change": (_put("actions", "source_changed", True), "ACT-001", "source_changed"),
    "a source gone": (_unsaid, "DEC-002", "source"),
    "a row gone": (_gone, "ACT-002", ""),
    "a row made up": (_made_up, "DEC-003", ""),
}


@on_one_database
@pytest.mark.parametrize("what", IN_THE_FILE)
async def test_what_was_changed_in_an_export_is_named(met: MeetingRoom, tmp_path: Path, what: str) -> None:
    change, record, field = IN_THE_FILE[what]
    path = written(met, tmp_path / "export.json")
    rows = json.loads(path.read_text())
    change(rows)
    path.write_text(json.dumps(rows))
    named = places(found_in_file(path, met))
    assert (record, field) in named
    assert {one for one, _ in named} == {record}


def _wiped(rows: Rows) -> None:
    rows["notes"][0]["source"] |= {"edited": None, "deleted": None}
    rows["notes"][0]["source_changed"] = False


def _first_edit(rows: Rows) -> None:
    rows["notes"][0]["source"]["edited"] = "2026-03-09T09:00:00.000Z"


@on_one_database
async def test_what_became_of_a_message_is_held_against_the_trail(room: MeetingRoom, tmp_path: Path) -> None:
    await room.opened()
    await room.say(anna, "note 5 °C all night", slash=False, delivery="m-1")
    for hour, line in enumerate(("note 6 °C all night", "note 7 °C all night")):
        await room.core.news.source_edited(Edited(ROOM, "m-1", line, room.clock.now(), f"edit-{hour}"))
        room.clock.advance(hours=1)
    await room.core.news.source_deleted(ROOM, "m-1", room.clock.now(), "delete-1")
    await room.say(anna, "note nothing came of it", slash=False, delivery="m-2")
    for number, line in enumerate(("note it grew", "note nothing came of it")):
        await room.core.news.source_edited(Edited(ROOM, "m-2", line, room.clock.now(), f"undone-{number}"))
    await room.core.news.source_deleted(ROOM, "m-2", room.clock.now(), "delete-2")
    await room.core.news.source_restored(ROOM, "m-2", room.clock.now(), "restore-2")
    assert found_in_file(written(room, tmp_path / "export.zip"), room, 9) == []
    path = written(room, tmp_path / "export.json")
    assert found_in_file(path, room, 9) == []
    whole = path.read_text()
    for change, altered in (
        (_wiped, ["source's edited", "source's deleted", "source_changed"]),
        (_first_edit, ["source's edited"]),
    ):
        rows = json.loads(whole)
        change(rows)
        path.write_text(json.dumps(rows))
        assert places(found_in_file(path, room, 9)) == [("NOT-001", field) for field in altered]


@on_one_database
async def test_somebody_renamed_in_an_export_is_named(met: MeetingRoom, tmp_path: Path) -> None:
    path = written(met, tmp_path / "export.json")
    path.write_text(path.read_text().replace('"name":"Marta Kowalczyk","side"', '"name":"Somebody Else","side"', 1))
    assert [field for _, field in places(found_in_file(path, met))] == ["name"]

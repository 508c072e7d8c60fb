"""Whatever is done to a chain behind the triggers' back shows, in the store and in an export of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import inspect, text

from core.export import NoExport, Scope, UnknownTransfer, Witness, exporting, verify_file, verify_store, write_csv
from core.export.forms import write_json
from core.kernel.audit import Verdict
from tests.meeting_room import MeetingRoom, anna, marta

CHAIN = "NVT/joint"


def tamper(room: MeetingRoom, *statements: str) -> None:
    """Change rows as somebody with the owner's rights could."""
    store = room.core.store
    with store.write() as connection:
        if store.is_sqlite:
            for name in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars():
                connection.execute(text(f'DROP TRIGGER "{name}"'))
        else:
            for name in inspect(connection).get_table_names():
                connection.execute(text(f"ALTER TABLE {name} DISABLE TRIGGER USER"))
        for statement in statements:
            connection.execute(text(statement))


def verdict_of(room: MeetingRoom, witness: Witness | None = None) -> Verdict:
    """The joint chain's verdict."""
    return next(one for one in verify_store(room.core.store, "NVT", witness) if one.chain == CHAIN)


@pytest_asyncio.fixture
async def told(room: MeetingRoom) -> MeetingRoom:
    """A room in which enough was said."""
    await room.opened()
    await room.say(anna, "decision we ship on Friday")
    await room.say(marta, "decision the batch size stays")
    return room


async def test_a_sound_store_holds(told: MeetingRoom) -> None:
    verdict = verdict_of(told)
    assert verdict.broken is None
    assert verdict.entries == len(told.trail())


TAMPERINGS = {
    "a byte of a text": (["UPDATE entries SET body = replace(body, 'NVT', 'NVU') WHERE seq = 5"], 5, "its hash"),
    "a row removed": (["DELETE FROM entries WHERE seq = 5"], 5, "entry 5 is missing"),
    "rows swapped": (
        [
            "UPDATE entries SET seq = 1000 WHERE seq = 5",
            "UPDATE entries SET seq = 5 WHERE seq = 6",
            "UPDATE entries SET seq = 6 WHERE seq = 1000",
        ],
        5,
        "does not follow",
    ),
    "a hash": (["UPDATE entries SET hash = prev WHERE seq = 5"], 5, "its hash"),
    "a column beside the text": (["UPDATE entries SET record = 'DEC-009' WHERE seq = 5"], 5, "its record is not"),
    "the first entry removed": (["DELETE FROM entries WHERE seq = 1"], 1, "entry 1 is missing"),
}


@pytest.mark.parametrize("what", TAMPERINGS)
async def test_the_first_broken_sequence_is_named(told: MeetingRoom, what: str) -> None:
    statements, broken, why = TAMPERINGS[what]
    tamper(told, *statements)
    verdict = verdict_of(told)
    assert verdict.broken == broken
    assert why in verdict.why


async def test_a_cut_tail_shows_by_the_head_row(told: MeetingRoom) -> None:
    count = len(told.trail())
    tamper(told, f"DELETE FROM entries WHERE seq > {count - 2}")
    verdict = verdict_of(told)
    assert verdict.broken == count - 1
    assert f"{count} were made" in verdict.why


async def test_a_cut_tail_with_a_mended_head_row_shows_by_a_witness(told: MeetingRoom) -> None:
    full = verdict_of(told)
    witness, cut = Witness(full.head[:16]), Witness(full.head[:16])
    assert verdict_of(told, witness).broken is None
    assert witness.seen
    kept = told.trail()[:-1]
    with told.core.store.read() as connection:
        head = connection.execute(text(f"SELECT hash FROM entries WHERE seq = {len(kept)}")).scalar()
    chains = json.dumps({"joint": [len(kept), head]})
    tamper(told, f"DELETE FROM entries WHERE seq > {len(kept)}", f"UPDATE heads SET chains = '{chains}'")
    assert verdict_of(told, cut).broken is None
    assert not cut.seen


async def test_a_chain_that_is_gone_shows(told: MeetingRoom) -> None:
    tamper(told, "DELETE FROM entries")
    assert (verdict_of(told).broken, verdict_of(told).entries) == (1, 0)


async def test_an_unknown_transfer_is_named(told: MeetingRoom) -> None:
    with pytest.raises(UnknownTransfer, match="no transfer XYZ: there is NVT"):
        list(verify_store(told.core.store, "XYZ", None))


on_one_database = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
"""An export is a file: what is done to it does not depend on where it came from."""


@pytest_asyncio.fixture
async def export(told: MeetingRoom, tmp_path: Path) -> Path:
    """A JSON export in a file."""
    path = tmp_path / "export.json"
    with exporting(told.core.store, told.core.door, Scope()) as made, path.open("wb") as file:
        write_json(made, file)
    return path


async def test_an_export_is_verified_without_a_store(told: MeetingRoom, export: Path) -> None:
    expected = list(verify_store(told.core.store, None, None))
    assert list(verify_file(export, None, None)) == expected
    assert [one.chain for one in verify_file(export, "nvt", None)] == [CHAIN]


@on_one_database
@pytest.mark.parametrize("layout", [{"indent": 2}, {"separators": (",", ":")}, {"ensure_ascii": True}])
def test_an_export_laid_out_anew_holds(export: Path, layout: dict[str, Any]) -> None:
    export.write_text(json.dumps(json.loads(export.read_text()), **layout))
    assert [one.broken for one in verify_file(export, None, None)] == [None]


async def test_the_csv_form_is_verified_too(told: MeetingRoom, export: Path) -> None:
    path = export.with_suffix(".zip")
    with exporting(told.core.store, told.core.door, Scope()) as made, path.open("wb") as file:
        write_csv(made, file)
    assert list(verify_file(path, None, None)) == list(verify_file(export, None, None))


Change = Callable[[list[dict[str, Any]]], None]


def _a_name(rows: list[dict[str, Any]]) -> None:
    rows[4]["name"] = "Somebody Else"


def _a_text(rows: list[dict[str, Any]]) -> None:
    rows[4]["body"] = rows[4]["body"].replace("NVT", "NVU", 1)


def _a_row(rows: list[dict[str, Any]]) -> None:
    del rows[4]


def _a_swap(rows: list[dict[str, Any]]) -> None:
    rows[4], rows[5] = rows[5], rows[4]


@on_one_database
def test_a_row_in_another_chain_breaks_both(export: Path) -> None:
    found = json.loads(export.read_text())
    found["trail"][4]["chain"] = "NVT/sponsor"
    export.write_text(json.dumps(found))
    assert [(one.chain, one.broken) for one in verify_file(export, None, None)] == [
        (CHAIN, None),
        ("NVT/sponsor", 1),
        (CHAIN, 6),
    ]


@on_one_database
@pytest.mark.parametrize("change", [_a_name, _a_text, _a_row, _a_swap])
def test_a_changed_export_breaks_where_it_was_changed(export: Path, change: Change) -> None:
    found = json.loads(export.read_text())
    change(found["trail"])
    export.write_text(json.dumps(found))
    verdicts = {one.chain: one.broken for one in verify_file(export, None, None)}
    assert verdicts[CHAIN] == 5


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "expected at character 0, 'the end' found"),
        ("[]", "'{' expected at character 0"),
        ('{"decisions": []}', "holds no trail"),
        ('{"trail": [{"chain": "NVT/joint"}]}', "lacks one of chain, seq, body, prev, hash"),
        ('{"trail": [1, 2]}', "an object expected"),
        ('{"trail": []} x', "something follows its end"),
    ],
)
def test_what_is_no_export_is_told(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "export.json"
    path.write_text(text)
    with pytest.raises(NoExport, match=why):
        list(verify_file(path, None, None))


@on_one_database
def test_a_cut_off_export_is_told(export: Path) -> None:
    words = export.read_text()
    export.write_text(words[: len(words) - 400])
    with pytest.raises(NoExport, match="cut off or broken"):
        list(verify_file(export, None, None))


def test_a_long_export_is_read_a_row_at_a_time(tmp_path: Path) -> None:
    """Rows of 100 kB, chunks of 1 MB: rows end at any place of a chunk."""
    path = tmp_path / "export.json"
    row = {"chain": "X/joint", "seq": 2, "body": "x" * 100_000, "prev": "", "hash": ""}
    path.write_text('{"notes": [' + ",\n".join([json.dumps(row)] * 40) + '],\n"trail": []}')
    assert list(verify_file(path, None, None)) == []

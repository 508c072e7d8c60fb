"""The trail holds over corrections: every record replays from it, in the store and in an export alone."""

from __future__ import annotations

import json
from pathlib import Path

from core.api import Address, Edited
from core.export import ExportedRows, Records, Scope, audit_file, audit_store, exporting, write_csv, write_json
from core.kernel.audit import Verdict
from core.kernel.ids import Side
from tests.features.corrections.test_correcting import corrected
from tests.meeting_room import ROOM, MeetingRoom, anna, jurgen, luis, marta, words

OWN = Address("slack", "T1", "C-norvane")


async def put_right(room: MeetingRoom) -> None:
    """Something of each kind, corrected, taken over from an edit, given to others and taken back."""
    await room.opened()
    await room.say(anna, "transfer room internal", at=OWN)
    await room.say(anna, "action send the batch record @p by 2026-03-20", delivery="m1", slash=False, p=luis)
    await room.say(luis, "action accept ACT-001")
    await room.say(anna, 'correct ACT-001 "send both" by 25 March @p reason:"the other too"', p=jurgen)
    await room.say(luis, "decision we take 3 batches", delivery="m2", slash=False)
    await room.say(anna, "decision agree DEC-001")
    await room.core.news.source_edited(Edited(ROOM, "m2", "decision we take 4 batches", room.clock.now(), "edit-1"))
    await room.say(luis, "source take DEC-001")
    await room.say(anna, "question which filter? @p", p=luis)
    await room.say(anna, "s/which/what/ QUE-001")
    await room.say(anna, "correct QUE-001 @p", p=marta)
    await room.say(anna, "undo")
    await room.say(anna, "risk it is late")
    await room.say(anna, "s/late/early/")
    await room.say(anna, 'capa new "hold time"')
    await room.say(anna, 'capa line CAPA-001 corrective "review it" @p by 20 March', p=luis)
    await room.say(anna, 'correct CAPA-001.1 "review the agreement" by 25 March')
    await room.say(anna, "undo CAPA-001.1")
    await room.say(anna, 'correct CAPA-001 "hold time of the bulk"')
    await room.say(anna, "note the zebrafish is ours", at=OWN, delivery="m3", slash=False)
    await room.say(anna, "s/zebra/gold/", at=OWN)
    await room.core.news.source_deleted(OWN, "m3", room.clock.now(), "delete-1")
    await room.say(anna, "undo", at=OWN)


async def test_the_records_replay_from_the_trail(room: MeetingRoom, tmp_path: Path) -> None:
    await put_right(room)
    assert len(corrected(room)) == 8
    found = list(audit_store(room.core.store, None, None, Records(room.core.registry)))
    assert [one for one in found if not isinstance(one, Verdict) or one.broken is not None] == []

    for name, write in (("export.json", write_json), ("export.zip", write_csv)):
        path = tmp_path / name
        with exporting(room.core.store, room.core.door, Scope()) as export, path.open("wb") as file:
            write(export, file)
        rows = ExportedRows(room.core.registry)
        in_file = list(audit_file(path, None, None, rows))
        assert [one for one in in_file if not isinstance(one, Verdict) or one.broken is not None] == [], name
        assert rows.compared > 10


async def test_the_other_company_s_export_tells_nothing_of_an_own_correction(room: MeetingRoom) -> None:
    await put_right(room)
    with exporting(room.core.store, room.core.door, Scope("NVT", Side.CMO)) as export:
        keys = export.keys()
        text = json.dumps({key: list(export.rows(key)) for key in keys}, default=str, ensure_ascii=False)
    assert "goldfish" not in text
    assert "NOT-S001" not in text
    assert "send both" in text


async def test_each_entry_tells_who_and_why_and_both_values(room: MeetingRoom) -> None:
    await put_right(room)
    entries = [entry for entry in corrected(room) if entry["record"] == "ACT-001"]
    [entry] = entries
    assert (entry["name"], entry["role"], entry["side"]) == ("Aoife Ní Bhriain", "lead", "sponsor")
    assert entry["reason"] == "the other too"
    changes = {name: value for name, value in entry["changes"].items() if name in ("text", "due", "state", "version")}
    assert changes == {
        "text": ["send the batch record", "send both"],
        "due": ["2026-03-20", "2026-03-25"],
        "state": ["in_progress", "open"],
        "version": [2, 3],
    }
    assert "ACT-001" in words(await room.say(jurgen, "mine"))

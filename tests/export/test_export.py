"""An export holds what the store holds, for whoever it is, in both forms."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from typing import Any

import pytest

from core.api import Edited
from core.export import Scope, UnknownTransfer, exporting, write_csv, write_json
from core.features.decisions.records import Decision
from core.kernel.audit import link
from core.kernel.ids import Side
from tests.meeting_room import ROOM, MeetingRoom, anna, luis, marta, words

WHOLE = Scope()


def exported(room: MeetingRoom, scope: Scope = WHOLE) -> dict[str, list[dict[str, Any]]]:
    """The JSON form, read back."""
    written = io.BytesIO()
    with exporting(room.core.store, room.core.door, scope) as export:
        write_json(export, written)
    found: dict[str, list[dict[str, Any]]] = json.loads(written.getvalue())
    return found


def tables(room: MeetingRoom, scope: Scope = WHOLE) -> dict[str, list[dict[str, str]]]:
    """The CSV form, read back."""
    written = io.BytesIO()
    with exporting(room.core.store, room.core.door, scope) as export:
        write_csv(export, written)
    with zipfile.ZipFile(written) as folder:
        texts = {name.removesuffix(".csv"): folder.read(name).decode() for name in folder.namelist()}
    return {name: list(csv.DictReader(io.StringIO(text, newline=""))) for name, text in texts.items()}


async def test_an_empty_store_has_every_key_and_no_row(room: MeetingRoom) -> None:
    found = exported(room)
    assert {"transfers", "people", "meetings", "agenda", "decisions", "posts", "trail"} <= set(found)
    assert not any(found.values())


async def test_rows_are_those_of_the_store(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "decision we ship on Friday")
    await room.say(marta, "decision the batch size stays")
    found = exported(room)
    assert [row["id"] for row in found["decisions"]] == [row.ref for row in room.rows(Decision)]
    assert [row["text"] for row in found["decisions"]] == [row.text for row in room.rows(Decision)]
    assert found["decisions"][1]["created_by"] == "Marta Kowalczyk"
    assert found["decisions"][0]["created_at"] == "2026-03-09T09:00:00.000Z"
    (transfer,) = found["transfers"]
    assert (transfer["id"], transfer["code"], transfer["tz"]) == ("NVT", "NVT", "Europe/Dublin")
    assert transfer["rooms"] == [{"platform": "slack", "tenant": "T1", "channel": "C-joint", "audience": "joint"}]
    assert len(found["people"]) == 6
    added = {row["name"]: (row["created_by"], row["created_at"]) for row in found["people"]}
    assert added["Luís Gonçalves"] == ("Marta Kowalczyk", "2026-03-09T09:00:00.000Z")


async def test_a_mention_s_source_is_its_message(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "decision we ship on Friday", slash=False, delivery="1700.0001")
    source = exported(room)["decisions"][0]["source"]
    assert source == {
        "platform": "slack",
        "tenant": "T1",
        "channel": "C-joint",
        "message": "1700.0001",
        "thread": None,
        "author": "slack:T1/U-aoife",
        "sent_at": "2026-03-09T09:00:00.000Z",
        "text": "decision we ship on Friday",
        "sha256": hashlib.sha256(b"decision we ship on Friday").hexdigest(),
        "link": None,
        "edited": None,
        "deleted": None,
    }


async def test_a_slash_command_s_source_is_the_card_that_announced_it(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "decision we ship on Friday")
    assert exported(room)["decisions"][0]["source"]["message"] is None
    await room.deliver()
    source = exported(room)["decisions"][0]["source"]
    post = next(post for post in room.posts() if post.key == "card:DEC-001")
    assert (source["message"], source["link"]) == (post.message, f"https://chat.example/{post.message}")
    await room.say(marta, "decision agree DEC-001")
    await room.deliver()
    assert exported(room)["decisions"][0]["source"]["message"] == post.message


async def test_a_card_that_went_out_in_a_list_is_the_list_s_message(room: MeetingRoom) -> None:
    await room.opened()
    await room.deliver()
    for number in range(7):
        await room.say(anna, f"decision number {number} of many")
    await room.deliver()
    (listed,) = [post for post in room.posts() if post.template == "outbox/list"]
    found = exported(room)
    assert {row["source"]["message"] for row in found["decisions"]} == {listed.message}


async def test_what_became_of_a_message_stands_beside_it(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "decision we ship on Friday", slash=False, delivery="1700.0001")
    room.clock.advance(minutes=5)
    await room.core.news.source_edited(
        Edited(ROOM, "1700.0001", "decision we ship on Monday", room.clock.now(), "edit-1")
    )
    room.clock.advance(minutes=5)
    await room.core.news.source_deleted(ROOM, "1700.0001", room.clock.now(), "delete-1")
    source = exported(room)["decisions"][0]["source"]
    assert source["text"] == "decision we ship on Friday"
    assert (source["edited"], source["deleted"]) == ("2026-03-09T09:05:00.000Z", "2026-03-09T09:10:00.000Z")


async def test_posts_tell_where_they_went_and_each_try(room: MeetingRoom) -> None:
    await room.opened()
    await room.deliver()
    post = exported(room)["posts"][0]
    assert post["to"] == {"platform": "slack", "tenant": "T1", "channel": "C-joint"}
    assert post["state"] == "sent"
    assert [one["result"] for one in post["attempts"]] == ["sent"]
    assert post["sent_at"] == post["attempts"][0]["at"]
    assert post["message"] == "m1"


async def test_the_trail_is_whole_and_its_text_is_what_was_hashed(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "decision we ship on Friday")
    trail = [row for row in exported(room)["trail"] if row["chain"] == "NVT/joint"]
    assert [row["seq"] for row in trail] == list(range(1, len(trail) + 1))
    assert [json.loads(row["body"]) for row in trail] == room.trail()
    assert all(link(row["prev"], row["body"]) == row["hash"] for row in trail)
    last = trail[-1]
    assert (last["name"], last["side"], last["role"]) == ("Aoife Ní Bhriain", "sponsor", "lead")
    assert (last["command"], last["record"]) == ("RecordDecision", "DEC-001")
    assert last["changes"]["text"] == [None, "we ship on Friday"]


async def test_a_new_feature_shows_up_by_itself(toy: MeetingRoom) -> None:
    await toy.say(anna, "badge an auditor")
    (badge,) = exported(toy)["badges"]
    assert badge["text"] == "an auditor #1"
    assert badge["source"]["text"] == "badge an auditor"


async def test_a_side_gets_its_own_and_the_joint_rows_and_chains_whole(toy: MeetingRoom) -> None:
    await toy.say(anna, "badge a secret visitor audience:sponsor")
    await toy.say(anna, "badge an auditor")
    await toy.say(marta, "badge a quiet visitor audience:cmo")
    sponsor, cmo = exported(toy, Scope(side=Side.SPONSOR)), exported(toy, Scope(side=Side.CMO))
    assert [row["id"] for row in sponsor["badges"]] == ["BDG-001", "BDG-002"]
    assert [row["id"] for row in cmo["badges"]] == ["BDG-002", "BDG-003"]
    assert {row["chain"] for row in sponsor["trail"]} == {"NVT/joint", "NVT/sponsor"}
    assert {row["chain"] for row in cmo["trail"]} == {"NVT/joint", "NVT/cmo"}
    assert "secret" not in json.dumps(cmo)
    assert "quiet" not in json.dumps(sponsor)
    assert {row["chain"] for row in exported(toy)["trail"]} == {"NVT/joint", "NVT/sponsor", "NVT/cmo"}


async def test_a_side_s_posts_are_those_that_its_people_could_read(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "action send the batch record @ben by Friday", ben=luis)
    room.clock.advance(days=4)
    await room.deliver()
    assert channels(exported(room)) == {"C-joint", "U-luís", "U-aoife"}
    assert channels(exported(room, Scope(side=Side.CMO))) == {"C-joint", "U-luís"}
    assert channels(exported(room, Scope(side=Side.SPONSOR))) == {"C-joint", "U-aoife"}


def channels(rows: dict[str, list[dict[str, Any]]]) -> set[str]:
    """Where the posts of an export went."""
    return {post["to"]["channel"] for post in rows["posts"]}


async def test_one_transfer_alone(room: MeetingRoom) -> None:
    await room.opened()
    other = ROOM.__class__("slack", "T1", "C-other")
    await room.say(anna, 'transfer new "Product Y" sponsor:"A" cmo:"B" tz:Europe/Paris code:PRY', at=other)
    both, one = exported(room), exported(room, Scope("pry"))
    assert [row["id"] for row in both["transfers"]] == ["NVT", "PRY"]
    assert {row["transfer"] for rows in one.values() for row in rows} == {"PRY"}
    with pytest.raises(UnknownTransfer, match="there is no transfer XYZ: there is NVT, PRY"):
        exported(room, Scope("XYZ"))


async def test_the_csv_form_says_the_same(room: MeetingRoom) -> None:
    await room.opened()
    hostile = 'decision =SUM(1;2) "quoted", a\nsecond line; Łódź \u202e ]]>'
    assert "DEC-001" in words(await room.say(anna, hostile))
    await room.deliver()
    objects, rows = exported(room), tables(room)
    assert set(rows) == set(objects)
    for key, expected in objects.items():
        assert [_as_cells(row) for row in expected] == rows[key], key


def _as_cells(row: dict[str, Any]) -> dict[str, str]:
    def cell(value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, bool | list | dict):
            return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return str(value)

    return {name: cell(value) for name, value in row.items()}


async def test_an_export_is_one_moment(room: MeetingRoom) -> None:
    await room.opened()
    with exporting(room.core.store, room.core.door, WHOLE) as export:
        before = len(list(export.rows("trail")))
        await room.say(anna, "decision made while it is written out")
        assert list(export.rows("decisions")) == []
        assert len(list(export.rows("trail"))) == before
    assert len(exported(room)["decisions"]) == 1

"""Messages that are edited or deleted after a record was made from them (AT-12, AT-13)."""

import hashlib
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from core.api import Address, Outgoing
from core.features.decisions.records import Decision
from core.features.transfers.records import SourceChange
from core.kernel.audit import Source
from tests.meeting_room import ROOM, MeetingRoom, anna, buttons, jurgen, luis, marta, priya, stranger, tomas, words

SAID = "decision we go with the 3-batch design"
EDITED = "decision we go with the 4-batch design"


async def edit(room: MeetingRoom, words: str, message: str = "m1", *, at: Address = ROOM, n: int = 1) -> None:
    await room.core.source_edited(at, message, words, room.clock.now(), f"edit-{message}-{n}")


def entries(room: MeetingRoom, event: str) -> list[dict[str, Any]]:
    return [entry for entry in room.trail() if entry["event"] == event]


def rows(room: MeetingRoom, kind: Any) -> list[Any]:
    with room.core.store.read() as connection:
        return list(connection.execute(select(*kind.__table__.c)))


async def asked_now(room: MeetingRoom) -> list[Outgoing]:
    """What was sent to people directly; the record's card in the room is marked, in place, each time."""
    sent = await room.deliver()
    marked = [out for out in sent if not out.address.direct]
    assert [out.message is not None for out in marked] == [True], [words(out.card) for out in marked]
    assert "Its message: " in words(marked[0].card)
    return [out for out in sent if out.address.direct]


async def said(room: MeetingRoom) -> None:
    """DEC-001, from the message m1 of a lead."""
    await room.opened()
    await room.say(anna, SAID, delivery="m1", slash=False)
    await room.deliver()


async def test_an_edit_changes_no_record_and_its_author_is_asked(room: MeetingRoom) -> None:
    await said(room)
    room.clock.advance(minutes=3)
    await edit(room, EDITED)

    [decision] = room.rows(Decision)
    assert (decision.text, decision.version) == ("we go with the 3-batch design", 1)
    assert [row.text for row in rows(room, Source) if row.record == "DEC-001"] == [SAID]
    [entry] = entries(room, "SourceEdited")
    assert (entry["record"], entry["actor"], entry["command"]) == ("DEC-001", "system", "NoteSourceEdited")
    assert entry["changes"]["text"] == [None, EDITED]
    assert entry["changes"]["sha256"] == [None, hashlib.sha256(EDITED.encode()).hexdigest()]
    [change] = rows(room, SourceChange)
    assert (change.kind, change.at, change.audience) == ("edited", room.clock.now(), "joint")

    [asked] = await asked_now(room)
    assert (asked.address.direct, asked.address.channel) == (True, "U-aoife")
    shown = words(asked.card)
    assert "DEC-001: its message was edited. Should the record change?" in shown
    assert f"Recorded\n{SAID}" in shown
    assert f"Reads now\n{EDITED}" in shown
    assert buttons(asked.card) == {
        "Take the new text": "source take DEC-001",
        "Leave it as it is": "source keep DEC-001",
    }
    assert "Its message: Mon 9 Mar 2026 09:03 (Europe/Dublin) · edited: should the record change?" in words(
        room.cards()[-1]
    )


async def test_the_author_may_leave_the_record_as_it_is(room: MeetingRoom) -> None:
    await said(room)
    await edit(room, EDITED)
    [asked] = await asked_now(room)
    await room.press(anna, "source keep DEC-001", at=asked.address)
    assert [entry["name"] for entry in entries(room, "RecordKept")] == ["Aoife Ní Bhriain"]
    [changed] = await asked_now(room)
    assert "edited; the record stays as it was said" in words(room.cards()[-1])
    assert changed.message is not None  # the card in the direct message changes in place
    assert "The record stays as it was said." in words(changed.card)
    assert buttons(changed.card) == {}
    assert "No edit at the source of DEC-001 waits" in words(await room.say(anna, "source keep DEC-001"))

    await edit(room, SAID + "!", n=2)  # another edit asks again
    [again] = await asked_now(room)
    assert f"Reads now\n{SAID}!" in words(again.card)
    assert buttons(again.card)["Leave it as it is"] == "source keep DEC-001"


async def test_an_edit_is_waved_away_by_the_author_s_own_company_alone(room: MeetingRoom) -> None:
    await said(room)
    await edit(room, EDITED)
    for other in (marta, jurgen, luis, tomas):  # the other company, and an expert who did not say it
        refused = words(await room.say(other, "source keep DEC-001"))
        assert "DEC-001 was said by Aoife Ní Bhriain" in refused
        assert "a lead or QA of Norvane Therapeutics" in refused
    assert entries(room, "RecordKept") == []
    assert words(await room.say(priya, "source keep DEC-001")) == "DEC-001 stays as it was said."  # QA of her side
    assert [entry["name"] for entry in entries(room, "RecordKept")] == ["Priya Raghunathan"]


async def test_nothing_is_kept_that_was_not_edited(room: MeetingRoom) -> None:
    await said(room)
    assert "No edit at the source of DEC-001 waits" in words(await room.say(anna, "source keep DEC-001"))
    assert "No edit at the source of DEC-009 waits" in words(await room.say(anna, "source keep DEC-009"))


async def test_an_unfurl_changes_nothing(room: MeetingRoom) -> None:
    await said(room)
    before = len(room.trail())
    await edit(room, SAID)
    await edit(room, EDITED, n=2)
    await edit(room, EDITED, n=3)
    assert len(rows(room, SourceChange)) == 1
    assert len(room.trail()) == before + 1


async def test_an_edit_back_is_an_edit(room: MeetingRoom) -> None:
    await said(room)
    await edit(room, EDITED)
    await edit(room, SAID, n=2)
    assert [change.text for change in rows(room, SourceChange)] == [EDITED, SAID]


async def test_the_same_edit_delivered_three_times_is_one(room: MeetingRoom) -> None:
    await said(room)
    for _ in range(3):
        await edit(room, EDITED)
    assert len(entries(room, "SourceEdited")) == 1
    assert len(await asked_now(room)) == 1


async def test_a_deleted_message_leaves_the_record_and_an_entry(room: MeetingRoom) -> None:
    await said(room)
    room.clock.advance(hours=2)
    at = room.clock.now()
    await room.core.source_deleted(ROOM, "m1", at, "delete-1")
    await room.core.source_deleted(ROOM, "m1", at, "delete-2")
    [entry] = entries(room, "SourceDeleted")
    assert (entry["record"], entry["changes"]["at"]) == ("DEC-001", [None, "2026-03-09T11:00:00.000+00:00"])
    [decision] = room.rows(Decision)
    assert (decision.text, decision.version) == ("we go with the 3-batch design", 1)
    assert [row.text for row in rows(room, Source) if row.record == "DEC-001"] == [SAID]


async def test_what_was_never_captured_is_no_matter(room: MeetingRoom) -> None:
    await said(room)
    before = len(room.trail())
    await edit(room, EDITED, "m99")
    await edit(room, EDITED, at=Address("slack", "T1", "C-other"))
    await room.core.source_deleted(ROOM, "m99", room.clock.now(), "delete-1")
    await room.core.source_deleted(Address("slack", "T9", "C-joint"), "m1", room.clock.now(), "delete-2")
    assert rows(room, SourceChange) == []
    assert len(room.trail()) == before


async def test_a_record_without_a_message_of_its_own_is_not_found_by_one(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, SAID, delivery="m1")  # a slash command
    await edit(room, EDITED)
    assert rows(room, SourceChange) == []


async def test_the_leads_are_asked_when_the_author_has_left(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(luis, SAID, delivery="m1", slash=False)
    await room.say(marta, 'member remove @p reason:"another site"', p=luis)
    await room.deliver()
    await edit(room, EDITED)
    [asked] = await asked_now(room)
    assert asked.address.channel == "U-marta"
    assert buttons(asked.card) == {
        "Take the new text": "source take DEC-001",
        "Leave it as it is": "source keep DEC-001",
    }


async def test_an_edited_line_that_is_still_held_asks_nobody(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(stranger, SAID, delivery="m1", slash=False)
    await room.deliver()
    await edit(room, EDITED)
    assert [entry["record"] for entry in entries(room, "SourceEdited")] == ["LIN-001"]
    assert await room.deliver() == []

    await room.say(anna, "member add @p side:sponsor role:expert", p=stranger)
    await room.press(priya, "line record LIN-001")
    await room.press(anna, "line record LIN-001")
    assert [row.text for row in room.rows(Decision)] == ["we go with the 3-batch design"]  # as it was said


async def test_hostile_edits_are_kept_clean_and_shown_as_text(room: MeetingRoom) -> None:
    await said(room)
    await edit(room, 'decision <!channel> </at> {{7*7}} ]]> \u202e \x00 \ud800 #read("x")')
    [asked] = await asked_now(room)
    assert "<!channel> </at> {{7*7}} ]]>" in words(asked.card)
    assert "\x00" not in rows(room, SourceChange)[0].text


@pytest.mark.parametrize("statement", ["UPDATE source_changes SET text = 'other'", "DELETE FROM source_changes"])
async def test_what_was_noted_cannot_be_rewritten(room: MeetingRoom, statement: str) -> None:
    await said(room)
    await edit(room, EDITED)
    with pytest.raises(DBAPIError, match="source_changes"), room.core.store.write() as connection:
        connection.execute(text(statement))

"""Messages that are edited or deleted after a record was made from them (AT-12, AT-13)."""

import hashlib
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from core.api import Address, Edited, Form, Outgoing, plain
from core.export import Scope, exporting
from core.features.actions.records import Action
from core.features.decisions.records import Decision
from core.features.minutes.records import Minutes
from core.features.transfers.records import SourceChange
from core.kernel.audit import Source
from tests.meeting_room import ROOM, MeetingRoom, anna, buttons, jurgen, luis, marta, priya, stranger, tomas, words

SAID = "decision we go with the 3-batch design"
EDITED = "decision we go with the 4-batch design"
AOIFE = Address("slack", "T1", "U-aoife", direct=True)


async def edit(room: MeetingRoom, words: str, message: str = "m1", *, at: Address = ROOM, n: int = 1) -> None:
    await room.core.news.source_edited(Edited(at, message, words, room.clock.now(), f"edit-{message}-{n}"))


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
    assert "Message: " in words(marked[0].card)
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
    assert "Message: Mon 9 Mar 2026 09:03 (Europe/Dublin) · edited: should the record change?" in words(
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


async def test_an_edit_back_takes_the_question_back(room: MeetingRoom) -> None:
    await said(room)
    await edit(room, EDITED)
    await asked_now(room)
    await edit(room, SAID, n=2)
    assert [(change.kind, change.text) for change in rows(room, SourceChange)] == [
        ("edited", EDITED),
        ("edited back", SAID),
    ]
    assert [entry["record"] for entry in entries(room, "SourceEditedBack")] == ["DEC-001"]
    await room.deliver()
    assert "Message" not in words(room.cards()[-1])
    [asked] = [card for card in room.cards(AOIFE) if card.summary.startswith("DEC-001")]
    assert (asked.summary, buttons(asked)) == ("DEC-001 · its message was edited back", {})
    assert "No edit at the source of DEC-001 waits" in words(await room.say(anna, "source keep DEC-001"))
    with exporting(room.core.store, room.core.door, Scope()) as export:
        assert [(row["source"]["edited"], row["source_changed"]) for row in export.rows("decisions")] == [(None, False)]

    await edit(room, EDITED, n=3)  # a record that was taken over does not follow its message back unasked
    await asked_now(room)
    await room.say(anna, "source take DEC-001")
    await asked_now(room)
    await edit(room, SAID, n=4)
    assert buttons((await asked_now(room))[0].card)["Take the new text"] == "source take DEC-001"
    await edit(room, EDITED, n=5)  # as the record reads
    await room.deliver()
    assert "edited; the record was changed since" in words(room.cards()[-1])
    assert "No edit at the source of DEC-001 waits" in words(await room.say(anna, "source take DEC-001"))


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
    await room.core.news.source_deleted(ROOM, "m1", at, "delete-1")
    await room.core.news.source_deleted(ROOM, "m1", at, "delete-2")
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
    await room.core.news.source_deleted(ROOM, "m99", room.clock.now(), "delete-1")
    await room.core.news.source_deleted(Address("slack", "T9", "C-joint"), "m1", room.clock.now(), "delete-2")
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


async def test_one_press_takes_the_new_text_over(room: MeetingRoom) -> None:
    await said(room)
    room.clock.advance(hours=2)
    await edit(room, EDITED)
    [asked] = await asked_now(room)
    await room.press(anna, "source take DEC-001", at=asked.address)
    [decision] = room.rows(Decision)
    assert (decision.text, decision.version) == ("we go with the 4-batch design", 2)
    [entry] = entries(room, "RecordCorrected SourceSettled")[:1]
    assert (entry["reason"], entry["name"]) == ("source edited", "Aoife Ní Bhriain")
    assert [row.text for row in rows(room, Source) if row.record == "DEC-001"] == [SAID], "what was said stays"
    [changed] = await asked_now(room)
    assert "The record was changed since; its card tells how." in words(changed.card)
    assert buttons(changed.card) == {}
    shown = words(room.cards()[-1])
    assert "Decision DEC-001: we go with the 4-batch design" in shown
    assert "text · source edited" in shown
    assert "edited; the record was changed since" in shown
    assert "No edit at the source of DEC-001 waits" in words(await room.say(anna, "source take DEC-001"))

    await edit(room, EDITED + " and the 2 °C store", n=2)
    await room.say(priya, "source take DEC-001")  # QA of her company
    assert room.rows(Decision)[0].text == "we go with the 4-batch design and the 2 °C store"


@pytest.mark.parametrize(
    "edited",
    [
        "action send both batch records @p by 2026-03-27",  # another date
        "action send <@U07JWEISS> both batch records @p by 2026-03-20",  # the platform's own writing
        "send both batch records",
    ],
)
async def test_what_is_not_plain_is_asked_for_in_a_form(room: MeetingRoom, edited: str) -> None:
    await room.opened()
    await room.say(anna, "action send the batch record @p by 2026-03-20", delivery="m1", slash=False, p=luis)
    await edit(room, edited)
    form = await room.press(anna, "source take ACT-001")
    assert isinstance(form, Form)
    assert f"ACT-001 · its message reads now: {edited}" in words(form) + plain(form.blocks[0].spans)
    given = {block.name: block.value for block in form.blocks if hasattr(block, "name")}
    assert (given["text"], given["reason"]) == ("send the batch record", "source edited")
    assert room.rows(Action)[0].version == 1
    owner = room.rows(Action)[0].owners[0]
    await room.fill(
        anna, form, record="ACT-001", text="send both batch records", owners=(owner,), due="2026-03-27",
        reason="source edited",
    )  # fmt: skip
    [action] = room.rows(Action)
    assert (action.text, f"{action.due}") == ("send both batch records", "2026-03-27")


async def test_only_whoever_may_correct_it_takes_it_over(room: MeetingRoom) -> None:
    await said(room)
    await edit(room, EDITED)
    for other in (marta, luis, tomas):
        assert "DEC-001 was recorded by Aoife" in words(await room.say(other, "source take DEC-001"))
    assert room.rows(Decision)[0].version == 1


async def test_an_agreed_decision_tells_how_it_changes(room: MeetingRoom) -> None:
    await said(room)
    await room.say(marta, "decision agree DEC-001")
    await room.deliver()
    await edit(room, EDITED)
    [asked] = await asked_now(room)
    assert "Both companies agreed to DEC-001 as it reads, so both change it" in words(asked.card)
    assert buttons(asked.card) == {"Leave it as it is": "source keep DEC-001"}
    assert "so both change it" in words(await room.say(anna, "source take DEC-001"))


async def test_a_correction_answers_what_was_asked(room: MeetingRoom) -> None:
    await said(room)
    await edit(room, EDITED)
    await asked_now(room)
    await room.say(anna, 'correct DEC-001 "we go with 4 batches" reason:"so it is"')
    [changed] = await asked_now(room)
    assert (changed.message is not None, buttons(changed.card)) == (True, {})
    assert [change.kind for change in rows(room, SourceChange)] == ["edited", "taken"]


async def test_a_deletion_is_asked_about_as_well(room: MeetingRoom) -> None:
    await said(room)
    room.clock.advance(minutes=2)
    await room.core.news.source_deleted(ROOM, "m1", room.clock.now(), "delete-1")
    [asked] = await asked_now(room)
    shown = words(asked.card)
    assert "DEC-001: its message was deleted. Should the record stand?" in shown
    assert f"Recorded\n{SAID}" in shown
    assert "Reads now" not in shown
    assert buttons(asked.card) == {
        "Leave it as it is": "source keep DEC-001",
        "Take the record back…": "undo DEC-001",
    }
    assert "deleted: should the record stand?" in words(room.cards()[-1])
    await room.press(anna, "source keep DEC-001", at=asked.address)
    [changed] = await asked_now(room)
    assert "The record stays as it was said." in words(changed.card)
    assert "deleted; the record stays as it was said" in words(room.cards()[-1])
    assert "No edit at the source of DEC-001 waits" in words(await room.say(anna, "source take DEC-001"))


async def test_a_message_that_is_brought_back_asks_nothing_any_more(room: MeetingRoom) -> None:
    await said(room)
    await room.core.news.source_restored(ROOM, "m1", room.clock.now(), "restore-0")  # it was never gone
    assert entries(room, "SourceRestored") == []
    await room.core.news.source_deleted(ROOM, "m1", room.clock.now(), "delete-1")
    await room.deliver()
    room.clock.advance(minutes=2)
    for _ in range(2):
        await room.core.news.source_restored(ROOM, "m1", room.clock.now(), "restore-1")
    [entry] = entries(room, "SourceRestored")
    assert (entry["record"], entry["changes"]["kind"]) == ("DEC-001", [None, "restored"])
    await room.deliver()
    assert "deleted" not in words(room.cards()[-1])
    [asked] = [card for card in room.cards(AOIFE) if card.summary.startswith("DEC-001")]
    assert asked.summary == "DEC-001 · its message is back"
    assert not buttons(asked)
    assert "No edit at the source of DEC-001 waits" in words(await room.say(anna, "source keep DEC-001"))
    with exporting(room.core.store, room.core.door, Scope()) as export:
        assert [row["source"]["deleted"] for row in export.rows("decisions")] == [None]
    await room.core.news.source_deleted(ROOM, "m1", room.clock.now(), "delete-2")
    await room.deliver()
    assert "deleted: should the record stand?" in words(room.cards()[-1])


async def test_whoever_deleted_it_may_take_the_record_back(room: MeetingRoom) -> None:
    await said(room)
    await room.core.news.source_deleted(ROOM, "m1", room.clock.now(), "delete-1")
    [asked] = await asked_now(room)
    await room.press(anna, "undo DEC-001", at=asked.address)
    assert room.rows(Decision)[0].state == "withdrawn"
    [changed] = await asked_now(room)
    assert "The record was changed since" in words(changed.card)


async def test_after_the_minutes_it_is_noted_and_nobody_is_asked(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, 'meeting new "PPQ" at:now for:60m')
    await room.say(anna, "meeting start MTG-001")
    await room.say(anna, SAID, delivery="m1", slash=False)
    await room.say(anna, "meeting end anyway")
    [minutes] = room.rows(Minutes)
    await room.deliver()
    room.clock.advance(minutes=5)
    await edit(room, EDITED)
    await room.core.news.source_deleted(ROOM, "m1", room.clock.now(), "delete-1")
    assert [entry["event"] for entry in room.trail()][-2:] == ["SourceEdited", "SourceDeleted"]
    assert await asked_now(room) == []
    assert "deleted after the minutes were posted" in words(
        next(card for card in room.cards() if card.summary.startswith("DEC-001"))
    )
    assert (room.rows(Decision)[0].version, room.rows(Minutes)[0].markdown) == (1, minutes.markdown)


async def test_the_export_bears_the_mark(room: MeetingRoom) -> None:
    await said(room)
    await room.say(anna, "note nothing happened to this", delivery="m2", slash=False)
    await edit(room, EDITED)
    await room.say(anna, "source take DEC-001")
    with exporting(room.core.store, room.core.door, Scope("NVT")) as export:
        [decision], [note] = export.rows("decisions"), export.rows("notes")
    assert (decision["source_changed"], note["source_changed"]) == (True, False)
    assert (decision["text"], decision["source"]["text"]) == ("we go with the 4-batch design", SAID)
    assert decision["source"]["edited"] == "2026-03-09T09:00:00.000Z"


async def test_one_company_s_own_record_is_asked_about_there_alone(room: MeetingRoom) -> None:
    own = Address("slack", "T1", "C-norvane")
    await room.opened()
    await room.say(anna, "transfer room internal", at=own)
    await room.say(anna, "action find the zebrafish @p by 2026-03-20", at=own, delivery="m1", slash=False, p=tomas)
    await room.deliver()
    await edit(room, "action hide the zebrafish @p by 2026-03-20", at=own)
    sent = await room.deliver()
    assert {out.address.channel for out in sent} == {"C-norvane", "U-aoife", "U-tomáš"}
    await room.say(anna, "source take ACT-S001", at=own)
    assert room.rows(Action)[0].text == "hide the zebrafish"
    assert "zebrafish" not in f"{room.trail()}"

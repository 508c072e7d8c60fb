"""A tagged line is recorded at once, by the same command as the sentence, and marked."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from core.features.actions.records import Action
from core.features.decisions.records import Decision
from core.features.questions.records import AskedQuestion, Risk
from core.features.transfers.records import HeldLine
from core.kernel.audit import Source
from core.kernel.posting import Post
from tests.features.capture.talking import named, proposals, stored
from tests.meeting_room import MeetingRoom, anna, buttons, luis, marta, stranger, tomas, words


async def test_it_is_recorded_as_its_speaker_s_with_the_line_as_its_source(talk: MeetingRoom) -> None:
    assert await talk.talk(luis, "Action: @t to order the filters by Monday", delivery="1771.5", t=tomas) is None
    [action] = talk.rows(Action)
    assert named(talk)[action.created_by] == "Luís"
    assert [named(talk)[one] for one in action.owners] == ["Tomáš"]
    assert (action.due, action.meeting) == (date(2026, 3, 16), "MTG-001")
    [source] = [row for row in talk.rows_of(Source) if row.record == "ACT-001"]
    assert (source.message, source.text) == ("1771.5", "Action: @t to order the filters by Monday")
    entry = next(entry for entry in talk.trail() if entry["record"] == "ACT-001")
    assert (entry["command"], entry["name"], entry["source"]["message"]) == ("RecordAction", "Luís Gonçalves", "1771.5")
    assert "proposed_by" not in entry
    assert proposals(talk) == []


@pytest.mark.parametrize(
    ("line", "kind", "ref"),
    [
        ("Decision: we go with the 3-batch PPQ design, no bracketing.", Decision, "DEC-001"),
        ("#decision: three batches", Decision, "DEC-001"),
        ("AI: order the filters", Action, "ACT-001"),
        ("Question: which filter do we use?", AskedQuestion, "QUE-001"),
        ("Risk: the second lot is late", Risk, "RSK-001"),
    ],
)
async def test_every_kind(talk: MeetingRoom, line: str, kind: type, ref: str) -> None:
    await talk.talk(luis, line)
    assert [row.ref for row in talk.rows(kind)] == [ref]
    sent = await talk.deliver()
    assert any(out.card.place and out.card.place.record == ref for out in sent)


async def test_a_signal_is_a_risk_that_says_so(talk: MeetingRoom) -> None:
    await talk.talk(luis, "Signal: the humidity sensor drifts")
    assert [row.text for row in talk.rows(Risk)] == ["Signal: the humidity sensor drifts"]


async def test_the_line_is_marked(talk: MeetingRoom) -> None:
    await talk.talk(luis, "Action: order the filters", delivery="1771.5")
    marks = [out for out in await talk.deliver() if out.marks]
    assert [(out.marks, out.thread, words(out.card)) for out in marks] == [("1771.5", "1771.5", "Recorded: ACT-001")]
    await talk.talk(luis, "Risk: the lot is late", delivery="1771.9", thread="1771.5")
    [mark] = [out for out in await talk.deliver() if out.marks]
    assert (mark.marks, mark.thread) == ("1771.9", "1771.5")
    await talk.say(luis, "action book the room")  # what was said to Tandem is answered, not marked
    assert not [out for out in await talk.deliver() if out.marks]


async def test_marks_wait_behind_cards(talk: MeetingRoom) -> None:
    for number in range(3):
        await talk.talk(luis, f"Action: order filter {number}")
    order = [bool(out.marks) for out in await talk.deliver() if not out.address.direct]
    assert order == sorted(order)
    assert order.count(True) == 3


async def test_what_is_not_said_is_asked_for_as_ever(talk: MeetingRoom) -> None:
    await talk.talk(luis, "Action: order the filters")
    [action] = talk.rows(Action)
    assert action.confirm == ["owner", "due"]
    card = next(out.card for out in await talk.deliver() if out.card.summary.startswith("ACT-001"))
    assert buttons(card)["Owner and date…"] == "action plan ACT-001"


async def test_a_line_that_comes_twice_is_one_record(talk: MeetingRoom) -> None:
    await talk.talk(luis, "Action: order the filters", delivery="1771.5")
    before = stored(talk)
    assert await talk.talk(luis, "Action: order the filters", delivery="1771.5") is None
    assert stored(talk) == before


async def test_a_tagged_line_of_somebody_unknown_is_held_and_one_press_records_it(talk: MeetingRoom) -> None:
    assert "Nothing was recorded yet" in words(await talk.talk(stranger, "Action: order the filters by Friday"))
    assert talk.rows(Action) == []
    [line] = talk.rows(HeldLine)
    assert line.text == "Action: order the filters by Friday"
    await talk.say(anna, "member add @p side:sponsor role:expert", p=stranger)
    talk.clock.advance(days=7)
    await talk.press(anna, "line record LIN-001")
    [action] = talk.rows(Action)
    assert (named(talk)[action.created_by], action.due) == ("Nobody", date(2026, 3, 13))
    assert [row.state for row in talk.rows(HeldLine)] == ["recorded"]
    await talk.press(anna, "line record LIN-001")
    assert len(talk.rows(Action)) == 1


async def test_it_shows_who_was_there(talk: MeetingRoom) -> None:
    await talk.talk(marta, "Decision: three batches")
    await talk.deliver()
    assert any("@Marta Kowalczyk (recorded something" in words(card) for card in talk.cards())


async def test_the_mark_is_a_post_as_any_other(talk: MeetingRoom) -> None:
    await talk.talk(luis, "Action: order the filters", delivery="1771.5")
    with talk.core.store.read() as connection:
        rows = connection.execute(select(Post.template, Post.marks).where(Post.marks.is_not(None))).all()
    assert [tuple(row) for row in rows] == [("capture/marked", "1771.5")]

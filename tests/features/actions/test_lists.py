"""Lists of actions: whose, which, in what order, and page by page."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.event import listen, remove

from core.features.actions.records import Action
from core.kernel.ids import Side
from core.view import Card, List
from tests.features.actions.people import auditor, direct, in_nvt, the, yuki
from tests.meeting_room import MeetingRoom, anna, jurgen, luis, marta, priya, stranger, tomas, words


def listed(view: object) -> list[str]:
    """The references on a list card, in order."""
    return [line.split()[1] for line in words(view).splitlines() if line.startswith("- ACT-")]  # type: ignore[arg-type]


def the_list(view: object) -> List:
    """The list on a card."""
    assert isinstance(view, Card)
    return next(block for block in view.blocks if isinstance(block, List))


async def five(room: MeetingRoom) -> None:
    """Five actions, said in an order that is not that of their dates."""
    await in_nvt(room)
    await room.say(anna, "action write the summary")  # nobody's, no date
    await room.say(anna, "action verify the batch record @p by 20 March", p=luis)
    await room.say(anna, "action send the protocol @p by 10 March", p=luis)
    await room.say(anna, "action agree the plan @a @b by 12 March", a=luis, b=priya)
    await room.say(anna, "action book the line @p by 11 March", p=marta)


async def test_mine_are_the_speaker_s_open_ones_the_most_urgent_first(room: MeetingRoom) -> None:
    await five(room)
    assert listed(await room.say(luis, "mine")) == ["ACT-003", "ACT-004", "ACT-002"]
    assert listed(await room.say(luis, "action list mine")) == ["ACT-003", "ACT-004", "ACT-002"]
    assert listed(await room.say(priya, "mine")) == ["ACT-004"]
    await room.say(luis, "action done ACT-003 evidence:TR-0042")
    assert listed(await room.say(luis, "mine")) == ["ACT-004", "ACT-002"]
    assert "Nothing waits for you." in words(await room.say(anna, "mine"))


async def test_overdue_is_said_in_days_and_stored_nowhere(room: MeetingRoom) -> None:
    await five(room)
    assert "Nothing is overdue." in words(await room.say(anna, "overdue"))
    before = the(room, "ACT-003").version
    room.clock.set(datetime(2026, 3, 12, 12, tzinfo=UTC))
    said = words(await room.say(anna, "overdue"))
    assert listed(await room.say(anna, "overdue")) == ["ACT-003", "ACT-005"]
    assert "ACT-003 send the protocol · @Luís Gonçalves · 2 days overdue, was due Tue 10 Mar 2026" in said
    assert "ACT-005 book the line · @Marta Kowalczyk · 1 day overdue, was due Wed 11 Mar 2026" in said
    assert listed(await room.say(luis, "mine"))[0] == "ACT-003"
    assert the(room, "ACT-003").version == before


async def test_a_day_is_over_when_it_is_over_for_its_owner(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "action send the data @p by 10 March", p=yuki)
    room.clock.set(datetime(2026, 3, 10, 14, 30, tzinfo=UTC))  # 23:30 in Tokyo
    assert listed(await room.say(anna, "overdue")) == []
    room.clock.set(datetime(2026, 3, 10, 15, 30, tzinfo=UTC))  # half past midnight there
    assert "1 day overdue, was due Tue 10 Mar 2026" in words(await room.say(anna, "overdue"))


async def test_a_moment_that_passed_today_is_overdue_today(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "action send the data @p by 10 March 11:00", p=luis)
    room.clock.set(datetime(2026, 3, 10, 11, 1, tzinfo=UTC))
    said = words(await room.say(anna, "overdue"))
    assert "overdue today, was due Tue 10 Mar 2026 11:00 (Europe/Dublin)" in said


async def test_filters_join(room: MeetingRoom) -> None:
    await five(room)
    assert listed(await room.say(anna, "action list")) == ["ACT-003", "ACT-005", "ACT-004", "ACT-002", "ACT-001"]
    assert listed(await room.say(anna, "action list open")) == listed(await room.say(anna, "action list"))
    assert listed(await room.say(anna, "action list @p", p=luis)) == ["ACT-003", "ACT-004", "ACT-002"]
    assert listed(await room.say(anna, "action list side:cmo")) == ["ACT-003", "ACT-005", "ACT-004", "ACT-002"]
    assert listed(await room.say(anna, "action list side:sponsor")) == ["ACT-004"]
    room.clock.set(datetime(2026, 3, 12, 12, tzinfo=UTC))
    assert listed(await room.say(anna, "action list overdue @p", p=luis)) == ["ACT-003"]
    assert listed(await room.say(anna, "action list overdue side:sponsor")) == []


async def test_all_shows_what_is_over_behind_what_is_open(room: MeetingRoom) -> None:
    await five(room)
    await room.say(luis, "action done ACT-003 evidence:TR-0042")
    await room.say(anna, 'action cancel ACT-005 reason:"not needed"')
    assert listed(await room.say(anna, "action list")) == ["ACT-004", "ACT-002", "ACT-001"]
    everything = await room.say(anna, "action list all")
    assert listed(everything) == ["ACT-004", "ACT-002", "ACT-001", "ACT-003", "ACT-005"]
    assert "Tue 10 Mar 2026 · done" in words(everything)
    assert "Wed 11 Mar 2026 · cancelled" in words(everything)


async def test_the_title_says_whose_they_are(room: MeetingRoom) -> None:
    await five(room)
    assert words(await room.say(anna, "action list @p", p=luis)).startswith("Open actions · Luís Gonçalves (3)")
    side = words(await room.say(anna, "action list side:cmo"))
    assert side.startswith("Open actions · Tarnbrook Manufacturing (4)")


async def test_show_more_really_shows_more(room: MeetingRoom) -> None:
    await in_nvt(room)
    for number in range(1, 63):
        await room.say(anna, f"action verify batch {number} @p by Friday", p=luis)
    view = await room.say(anna, "action list side:cmo")
    seen = listed(view)
    assert words(view).startswith("Open actions · Tarnbrook Manufacturing (62)")
    while the_list(view).more:
        assert the_list(view).left == 62 - len(seen)
        view = await room.press(anna, the_list(view).more)
        assert len(listed(view)) <= 10
        seen += listed(view)
    assert seen == [f"ACT-{number:03}" for number in range(1, 63)]
    assert "There is no page 8: the pages are 1 to 7." in words(await room.say(anna, "action list page:8"))
    assert "There is no page 0" in words(await room.say(anna, "action list page:0"))


async def test_show_more_keeps_to_the_person_and_the_kind(room: MeetingRoom) -> None:
    await in_nvt(room)
    for number in range(12):
        await room.say(anna, f"action verify batch {number} @p by 10 March", p=luis if number % 6 else jurgen)
    room.clock.set(datetime(2026, 3, 12, 12, tzinfo=UTC))
    for sentence in ("action list overdue side:cmo", "overdue"):
        view = await room.say(anna, sentence)
        assert len(listed(await room.press(anna, the_list(view).more or ""))) == 2
    for number in range(4):
        await room.say(anna, f"action verify more {number} @p by 20 March", p=luis)
    theirs = await room.say(anna, "action list @p", p=luis)
    more = the_list(theirs).more or ""
    assert "Luís" not in more  # a button carries nobody's name
    rest = await room.press(anna, more)
    assert words(rest).startswith("Open actions · Luís Gonçalves (14)")
    assert len(listed(rest)) == 4
    mine = await room.say(luis, "mine")
    assert the_list(mine).more == "mine page:2"
    assert len(listed(await room.press(luis, "mine page:2"))) == 4


async def test_every_member_may_look_and_nobody_else(room: MeetingRoom) -> None:
    await five(room)
    assert len(listed(await room.say(auditor, "action list"))) == 5
    assert "do not belong to this transfer yet" in words(await room.say(stranger, "action list"))
    assert "do not belong to this transfer yet" in words(await room.say(stranger, "mine"))


async def test_an_empty_list_says_how_to_record_one(room: MeetingRoom) -> None:
    await in_nvt(room)
    assert "action verify the batch record @name by Friday" in words(await room.say(anna, "action list"))


async def test_a_list_of_words_is_an_action(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "action list the open points for the audit @p by Friday", p=tomas)
    assert the(room, "ACT-001").text == "list the open points for the audit"


async def test_the_export_says_it_all(room: MeetingRoom) -> None:
    await five(room)
    await room.say(anna, "action call them @p by Friday 17:00", p=luis)
    await room.say(luis, "action done ACT-003 evidence:TR-0042")
    with room.reads_as(Side.CMO) as reads:
        rows = {row["id"]: row for row in room.core.registry.exporters["actions"](reads)}
    assert list(rows) == [f"ACT-{number:03}" for number in range(1, 7)]
    assert rows["ACT-003"] == {
        "id": "ACT-003",
        "transfer": "NVT",
        "state": "done_claimed",
        "created_at": "2026-03-09T09:00:00.000Z",
        "created_by": "Aoife Ní Bhriain",
        "meeting": None,
        "text": "send the protocol",
        "owners": ["Luís Gonçalves"],
        "due": "2026-03-10",
        "due_at": None,
        "side": "cmo",
        "needs_confirmation": False,
        "confirm": [],
        "evidence": "TR-0042",
        "extensions": [],
    }
    assert (rows["ACT-001"]["owners"], rows["ACT-001"]["confirm"]) == ([], ["owner", "due"])
    assert rows["ACT-001"]["needs_confirmation"]
    assert rows["ACT-004"]["side"] == "both"
    assert rows["ACT-006"]["due_at"] == "2026-03-13T17:00:00.000Z"


def long_ago(room: MeetingRoom, count: int) -> None:
    """As many actions that were done long ago; PostgreSQL has counted them, as it does by itself within a minute."""
    with room.core.store.write() as connection:
        done = connection.execute(select(*Action.__table__.c).limit(1)).mappings().one()
        rows = [
            {**done, "ref": f"ACT-{number}", "state": "done_verified", "open": False}
            for number in range(1000, 1000 + count)
        ]
        connection.execute(insert(Action), rows)
        if not room.core.store.is_sqlite:
            connection.execute(text("ANALYZE actions"))


@pytest.mark.parametrize("question", ["mine", "overdue", "action list", "action list side:cmo"])
async def test_open_ones_are_found_by_their_index(room: MeetingRoom, question: str) -> None:
    """Growth: what is over costs the lists nothing; each statement is explained as it was really asked."""
    await five(room)
    long_ago(room, 3000)
    store = room.core.store
    asked: list[tuple[str, object]] = []

    def note(_conn: object, _cursor: object, statement: str, given: object, *_: object) -> None:
        if "FROM actions" in statement:
            asked.append((statement, given))

    listen(store.reading, "before_cursor_execute", note)
    await room.say(luis, question)
    remove(store.reading, "before_cursor_execute", note)
    assert len(asked) == 2  # how many there are, and the page
    with store.read() as connection:
        for statement, given in asked:
            explain = f"EXPLAIN {'QUERY PLAN' if store.is_sqlite else ''} {statement}"
            assert "ix_actions_open" in str(connection.exec_driver_sql(explain, given).all())


async def test_in_a_direct_message_it_is_the_person_s_own_transfer(room: MeetingRoom) -> None:
    await five(room)
    assert listed(await room.say(luis, "mine", at=direct(luis))) == ["ACT-003", "ACT-004", "ACT-002"]
    assert "ACT-003" in words(await room.say(luis, "action done ACT-003 evidence:TR-0042", at=direct(luis)))
    assert listed(await room.say(luis, "mine", at=direct(luis))) == ["ACT-004", "ACT-002"]

"""A checklist lives with its meeting: when it opens, whose its items are, and what moving and cancelling does."""

from datetime import UTC, date, datetime

from sqlalchemy import event

from core.features.checklists.records import Checklist, ChecklistItem
from tests.features.actions.people import card_of, to
from tests.features.checklists.called import CALL, called, checklist, mornings, own_list, the
from tests.features.transfers.test_joining import NEXT, TEAMS, alone, invited, mallory
from tests.meeting_room import MeetingRoom, anna, buttons, jurgen, luis, marta, words


async def test_only_a_meeting_that_is_called_with_a_stage_has_one(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "transfer stage ppq_readiness")
    answer = words(await room.say(anna, 'meeting new "Weekly call" at:"12 Mar 2026 14:00"'))
    assert "Ready" not in answer
    assert room.rows(Checklist) == []
    assert "MTG-001 “Weekly call” has no checklist" in words(await room.say(anna, "checklist MTG-001"))
    none = words(await room.say(anna, "checklist"))
    assert "No meeting here has a checklist. A meeting gets one when it is called with a stage:" in none


async def test_each_stage_opens_its_own(room: MeetingRoom) -> None:
    await room.opened()
    for stage in ("kickoff", "routine_review", "deviation_capa_review"):
        await room.say(anna, f'meeting new "{stage}" at:"12 Mar 2026 14:00" stage:{stage}')
    counts = {
        one.stage: sum(item.meeting == one.meeting for item in room.rows(ChecklistItem)) for one in room.rows(Checklist)
    }
    assert (counts["kickoff"], counts["routine_review"]) == (13, 10)
    assert sum(counts.values()) == len(room.rows(ChecklistItem))


async def test_the_items_are_the_leads_and_what_is_both_s_is_the_chair_s(room: MeetingRoom) -> None:
    await called(room)
    names = {member.person: member.name for member in room.core.directories.look("NVT").members.values()}
    owners = {item.item: names[item.owner] for item in room.rows(ChecklistItem)}
    assert owners["PQ-09"] == owners["PQ-01"] == "Aoife Ní Bhriain"
    assert owners["PQ-03"] == "Marta Kowalczyk"
    await room.say(marta, CALL.replace("27 Mar", "30 Mar"))
    item = the(room, "MTG-002/PQ-01")
    assert (item.side, names[item.owner]) == ("both", "Marta Kowalczyk")


async def test_what_is_both_s_is_told_to_the_leads_of_both(room: MeetingRoom) -> None:
    await called(room)
    assert "PQ-01 PPQ protocol" in words(own_list(room, anna))
    theirs = words(own_list(room, marta))
    assert theirs.startswith("For you: 12 items before")
    assert "blocker · both companies, with @Aoife Ní Bhriain · due" in theirs
    await room.say(luis, 'checklist evidence PQ-01 "PV-2207"')
    await room.deliver()
    assert words(own_list(room, marta)).startswith("For you: 11 items before")
    assert words(own_list(room, anna)).startswith("For you: 7 items before")
    await room.say(anna, "checklist assign PQ-02 @l", l=luis)  # one of the other company: hers is the lead's now
    await room.deliver()
    assert "PQ-02" not in words(own_list(room, marta))
    assert "both companies, with @Luís Gonçalves" in words(own_list(room, anna))


async def test_what_waits_for_a_company_s_first_lead_is_told_to_them(room: MeetingRoom) -> None:
    await room.say(
        anna,
        'transfer new "Product X 50 mg" sponsor:"Norvane Therapeutics" cmo:"Tarnbrook Manufacturing" '
        "tz:Europe/Dublin code:NVT",
    )
    await room.say(anna, CALL)
    await room.deliver()
    assert the(room, "PQ-03").owner is None
    shown = words(await room.say(anna, "checklist side:cmo"))
    assert "PQ-03 Master batch record approved and issued, no open redlines · blocker" in shown
    assert "Tarnbrook Manufacturing · nobody yet · due Fri 20 Mar 2026" in shown
    await room.say(anna, "member add @p side:cmo role:lead", p=marta)
    sent = await room.deliver()
    assert the(room, "PQ-03").owner is not None
    [told] = [card for card in to(marta, sent) if "For you: 12 items" in words(card)]
    assert "PQ-03" in words(told)
    assert set(mornings(room)["2026-03-20"].split()) == {"08:01", "09:01"}  # nine in Warsaw, nine in Dublin


async def test_what_somebody_leaves_behind_falls_to_a_lead(room: MeetingRoom) -> None:
    await called(room)
    await room.say(marta, "checklist assign PQ-03 @l", l=luis)
    await room.say(marta, 'member remove @l reason:"left the company"', l=luis)
    await room.deliver()
    assert the(room, "PQ-03").owner == the(room, "PQ-04").owner
    assert "PQ-03" in words(own_list(room, marta))


async def test_what_a_company_leaves_behind_whose_join_is_taken_back_waits_for_its_next_lead(room: MeetingRoom) -> None:
    await alone(room)
    await room.say(mallory, f"transfer join {await invited(room)}", at=TEAMS)
    await room.say(anna, CALL)
    await room.say(anna, 'transfer room remove ROM-002 reason:"it went to the wrong company"')
    assert the(room, "PQ-03").owner is None
    await room.deliver()
    await room.say(marta, f"transfer join {await invited(room)}", at=NEXT)
    sent = await room.deliver()
    assert the(room, "PQ-03").owner is not None
    [told] = [card for card in to(marta, sent) if "For you: 12 items" in words(card)]
    assert "PQ-03" in words(told)


async def test_items_are_due_their_lead_before_the_meeting_on_a_working_day(room: MeetingRoom) -> None:
    await called(room)
    due = {item.item: item.due for item in room.rows(ChecklistItem)}
    assert due["PQ-15"] == date(2026, 3, 26)  # the day before
    assert due["PQ-12"] == date(2026, 3, 24)
    assert due["PQ-08"] == date(2026, 3, 20)  # five days before is Sunday: the Friday
    assert due["PQ-02"] == date(2026, 3, 13)
    await room.say(anna, 'meeting new "Soon" at:"11 Mar 2026 00:30" stage:ppq_readiness')
    # In Dublin that is Wednesday; whatever would be due before today is due today.
    assert the(room, "MTG-002/PQ-15").due == date(2026, 3, 10)
    assert the(room, "MTG-002/PQ-02").due == date(2026, 3, 9)


async def test_it_moves_with_the_meeting(room: MeetingRoom) -> None:
    await called(room)
    await room.say(marta, 'checklist evidence PQ-12 "list of 12 March"')
    await room.say(jurgen, "checklist verify PQ-12")
    assert "2026-03-12" in mornings(room)
    await room.say(anna, 'meeting move MTG-001 to:"3 Apr 2026 14:00" reason:"batch not released"')
    assert the(room, "PQ-15").due == date(2026, 4, 2)
    assert the(room, "PQ-12").due == date(2026, 3, 24)  # settled: it stays
    assert {"2026-04-01", "2026-04-02"} <= mornings(room).keys()
    assert "2026-03-12" not in mornings(room)
    await room.deliver()
    assert "due Fri 27 Mar 2026" in words(own_list(room, marta))
    assert any("ChecklistMoved" in entry["event"] for entry in room.trail())


async def test_it_is_cancelled_with_the_meeting(room: MeetingRoom) -> None:
    await called(room)
    await room.say(anna, 'meeting cancel MTG-001 reason:"batch not released"')
    assert (checklist(room).state, checklist(room).live) == ("cancelled", False)
    assert mornings(room) == {}
    await room.deliver()
    assert words(own_list(room, marta)).startswith("Cancelled: PPQ readiness review")
    refused = words(await room.say(marta, 'checklist evidence MTG-001/PQ-03 "MBR-114"'))
    assert "was cancelled: nothing more is recorded in it" in refused
    assert "cancelled" in words(await room.say(marta, "checklist"))


async def test_two_meetings_of_one_stage(room: MeetingRoom) -> None:
    await called(room)
    await room.say(anna, CALL.replace("27 Mar", "20 Mar").replace("PPQ readiness review", "Dry run"))
    # PQ-03 is that of the next one; the other one's is named with its meeting.
    assert "PQ-03 · MTG-002 Dry run" in words(await room.say(marta, 'checklist evidence PQ-03 "MBR-114 v4"'))
    assert "PQ-03 · MTG-001 PPQ readiness review" in words(
        await room.say(marta, 'checklist evidence MTG-001/PQ-03 "MBR-114 v5"')
    )
    assert (the(room, "MTG-002/PQ-03").evidence, the(room, "MTG-001/PQ-03").evidence) == ("MBR-114 v4", "MBR-114 v5")
    # While one runs it is that one's, whichever comes next.
    await room.say(anna, "meeting start MTG-001")
    assert "PQ-04 · MTG-001" in words(await room.say(marta, 'checklist evidence PQ-04 "QS-12"'))


async def test_it_opens_in_one_group_of_statements(room: MeetingRoom) -> None:
    await room.opened()
    written: list[str] = []
    engine = room.core.store.writing

    def note(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        written.append(statement.split("(", maxsplit=1)[0].strip())

    event.listen(engine, "before_cursor_execute", note)
    await room.say(anna, CALL)
    event.remove(engine, "before_cursor_execute", note)
    for table in ("checklist_items", "entries", "sources", "posts", "jobs"):
        assert sum(one.lower().startswith(f"insert into {table}") for one in written) == 1, (table, written)


async def test_an_action_asks_nothing_of_checklists(room: MeetingRoom) -> None:
    await called(room)
    asked: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(room.core.store.writing, "before_cursor_execute", note)
    await room.say(anna, "action send the batch record @p by Friday", p=luis)
    event.remove(room.core.store.writing, "before_cursor_execute", note)
    assert asked
    assert not [statement for statement in asked if "checklist" in statement]


async def test_it_ends_with_the_meeting_and_offers_nothing_more(room: MeetingRoom) -> None:
    await called(room)
    room.clock.set(datetime(2026, 3, 27, 14, 0, tzinfo=UTC))
    await room.say(anna, "meeting start")
    await room.say(marta, 'checklist evidence PQ-03 "MBR-114 v4"')
    await room.deliver()
    assert "Verify" in buttons(card_of(room, "MTG-001/PQ-03"))
    await room.say(anna, "meeting end MTG-001 anyway")
    await room.deliver()
    assert (checklist(room).state, checklist(room).live) == ("closed", False)
    assert buttons(card_of(room, "MTG-001/PQ-03")) == {}
    assert words(own_list(room, marta)).startswith("Ended: PPQ readiness review")
    assert "ended on" in words(await room.say(jurgen, "checklist verify MTG-001/PQ-03"))

"""Lines typed without /tt in the rehearsal room: talk, which is read while a meeting runs."""

from __future__ import annotations

from datetime import timedelta

from core.features.actions.records import Action
from core.features.capture.records import Proposal
from tests.adapters.rehearsal.stage import OPEN, Stage
from tests.meeting_room import MeetingRoom

PLEASE = "@Luís please send the signed PPQ protocol by Friday."


async def running(stage: Stage) -> MeetingRoom:
    """A meeting that Aoife chairs runs in both rooms."""
    await stage.say("aoife", OPEN)
    await stage.say("aoife", "/tt member add @Marta side:cmo role:lead")
    await stage.say("marta", "/tt member add @Luís role:expert")
    await stage.say("aoife", '/tt meeting new "PPQ readiness" at:"9 Mar 2026 10:00" for:60m')
    stage.clock.set(stage.clock.now() + timedelta(minutes=60))
    await stage.say("aoife", "/tt meeting start")
    await stage.settled()
    return MeetingRoom(stage.core, stage.clock)


async def test_talk_is_only_shown_while_nothing_runs(stage: Stage) -> None:
    await stage.say("aoife", OPEN)
    await stage.say("aoife", PLEASE)
    await stage.settled()
    assert "please send the signed PPQ protocol" in stage.seen("aoife")
    assert MeetingRoom(stage.core, stage.clock).rows(Proposal) == []


async def test_a_proposal_stands_before_its_author_and_the_chair_each_in_their_own_room(stage: Stage) -> None:
    room = await running(stage)
    await stage.say("marta", PLEASE)
    await stage.settled()
    for who in ("marta", "aoife"):
        assert "Only you see this" in stage.seen(who)
        assert "Record this action?" in stage.seen(who)
    assert "Record this action?" not in stage.seen("luis")
    assert "Record this action?" not in stage.seen("priya")
    await stage.press("marta", "Confirm")
    await stage.settled()
    assert [row.text for row in room.rows(Action)] == ["send the signed PPQ protocol"]
    for who in ("marta", "aoife"):
        assert stage.seen(who).count("Recorded as ACT-001") == 1
        assert "Record this action?" not in stage.seen(who)
    assert "Action ACT-001" in stage.seen("priya")


async def test_edit_opens_the_form(stage: Stage) -> None:
    room = await running(stage)
    await stage.say("marta", PLEASE)
    await stage.settled()
    form = (await stage.press("marta", "Edit…"))["form"]
    assert "send the signed PPQ protocol" in form
    answer = await stage.fill(
        "marta", form, proposal="PRP-001", kind="decision", text="Luís sends it", owners={"people": []}, due=""
    )
    assert answer == {}
    assert [row.kind for row in room.rows(Proposal)] == ["decision"]


async def test_a_tagged_line_is_marked_where_it_stands(stage: Stage) -> None:
    room = await running(stage)
    await stage.say("luis", "Action: @Marta to order the filters by Monday")
    await stage.settled()
    line = next(one for one in stage.soup("luis").select("li.said") if "order the filters" in one.get_text())
    assert line.select_one(".mark").get_text() == "Recorded: ACT-001"
    assert len(room.rows(Action)) == 1


async def test_what_somebody_does_is_left_alone_and_answered_by_nobody(stage: Stage) -> None:
    room = await running(stage)
    before = stage.seen("luis").count("Nothing was recorded")
    await stage.say("luis", "/me will send the signed PPQ protocol by Friday")
    await stage.settled()
    assert stage.seen("luis").count("Nothing was recorded") == before
    assert room.rows(Proposal) == []
    await stage.say("luis", "/mute")
    assert stage.seen("luis").count("Nothing was recorded") == before + 1


async def test_off_stays_off(stage: Stage) -> None:
    room = await running(stage)
    await stage.say("luis", "[off] Action: @Marta to order the filters by Monday")
    await stage.say("luis", "/me please order the filters by Monday")
    assert (room.rows(Action), room.rows(Proposal)) == ([], [])

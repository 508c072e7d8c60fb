"""What people leave behind whose join is taken back: who took it back is told at once, and may give it to others."""

from __future__ import annotations

from typing import Any

import pytest

from core.api import Account, Address
from core.features.checklists.records import ChecklistItem
from core.features.decisions.records import Decision
from core.kernel.ids import Side
from tests.features.meetings.planned import meeting
from tests.features.transfers.test_joining import AOIFE, MARTA, TEAMS, WRONG, alone, direct, invited, mallory, pal
from tests.meeting_room import ROOM, MeetingRoom, anna, buttons, jurgen, luis, marta, priya, said_once, words


def chair(room: MeetingRoom, ref: str) -> str:
    """Who chairs a meeting, by name."""
    return room.core.directories.look("NVT").members[meeting(room, ref).chair].name


def invited_to(room: MeetingRoom, ref: str) -> set[str]:
    """Who is invited to a meeting, by name."""
    members = room.core.directories.look("NVT").members
    return {members[person].name for person in meeting(room, ref).invited}


@pytest.fixture
@said_once
async def wrong(room: MeetingRoom) -> MeetingRoom:
    """A wrong company joined, called a meeting with a checklist, and got something of everything to do."""
    await alone(room)
    await room.say(mallory, f"transfer join {await invited(room)}", at=TEAMS)
    await room.say(mallory, "member add @p role:qa", at=TEAMS, p=pal)
    called = 'meeting new "PPQ readiness" at:"27 Mar 2026 14:00" stage:ppq_readiness'
    await room.say(mallory, f"{called} @a @p", at=TEAMS, a=anna, p=pal)
    await room.say(anna, 'meeting new "Governance" at:"30 Mar 2026 14:00" @m @p', m=mallory, p=pal)
    await room.say(anna, "action send the batch record @p by Friday", p=pal)
    await room.say(anna, "action order the filters @q by Friday", q=priya)
    await room.say(anna, 'capa new "yield below the limit"')
    await room.say(anna, 'capa line CAPA-001 corrective "retrain line 4" @m by Friday', m=mallory)
    await room.deliver()
    return room


async def test_whoever_takes_a_join_back_is_told_what_has_no_owner_any_more(wrong: MeetingRoom) -> None:
    answer: Any = await wrong.say(anna, WRONG)
    said = words(answer)
    assert "What they leave behind:" in said
    assert "1 open action is theirs: ACT-001" in said
    assert "1 open CAPA line is theirs: CAPA-001.1" in said
    assert "wait for whoever leads their company next: MTG-001/PQ-0" in said
    assert "In the chair now: MTG-001: Aoife Ní Bhriain" in said
    assert "ACT-002" not in said, "that one's owner is still here"
    offered = buttons(answer)
    assert offered["Give ACT-001 to…"] == "action reassign ACT-001"
    form = await wrong.press(anna, offered["Give CAPA-001.1 to…"])
    assert words(form).splitlines()[0] == "Give a line its owner"
    assert "Hand over the chair" in words(await wrong.press(anna, offered["Another chair for MTG-001…"]))
    await wrong.say(anna, "action reassign ACT-001 @p", p=priya)
    sent = await wrong.deliver()
    assert not [out for out in sent if out.address == TEAMS and "leave behind" in words(out.card)]


async def test_it_is_told_too_where_they_are_taken_out_by_name(wrong: MeetingRoom) -> None:
    await wrong.say(mallory, 'transfer room remove ROM-002 reason:"nobody is to take it back"', at=TEAMS)
    answer: Any = await wrong.say(anna, 'member remove @m reason:"it went to the wrong company"', m=mallory)
    assert "1 open action is theirs: ACT-001" in words(answer), "of whoever came with them as well"
    assert buttons(answer)["Give ACT-001 to…"] == "action reassign ACT-001"


@pytest.mark.parametrize("runs", [False, True], ids=["to come", "running"])
async def test_a_meeting_that_the_wrong_company_called_gets_a_chair_who_may_act(wrong: MeetingRoom, runs: bool) -> None:
    if runs:
        await wrong.say(mallory, "meeting start MTG-001", at=TEAMS)
    await wrong.say(anna, WRONG)
    assert chair(wrong, "MTG-001") == "Aoife Ní Bhriain"
    assert invited_to(wrong, "MTG-001") == {"Aoife Ní Bhriain"}
    assert invited_to(wrong, "MTG-002") == {"Aoife Ní Bhriain"}
    sent = await wrong.deliver()
    told = [words(out.card) for out in sent if out.address == ROOM and "In the chair:" in words(out.card)]
    verb = "chairs" if runs else "will chair"
    assert [one.splitlines() for one in told] == [
        [
            "In the chair: Aoife Ní Bhriain",
            f"@Aoife Ní Bhriain {verb} MTG-001 · PPQ readiness",
            "Until now it was Mallory Wrong, whose part in this transfer has ended.",
        ]
    ]
    if runs:
        assert any("chair @Aoife" in words(card) for card in wrong.cards() if card.summary.endswith("running"))
        assert "Nothing" not in words(await wrong.say(anna, "meeting end anyway"))
    assert {"ChairHanded", "InviteeLeft"} <= {name for entry in wrong.trail() for name in entry["event"].split()}


async def test_a_lead_who_leaves_hands_their_chair_to_whoever_stays(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "member add @p role:lead", p=priya)
    await room.say(anna, 'meeting new "Governance" at:"30 Mar 2026 14:00"')
    await room.say(anna, 'member remove @a reason:"changes her job"', a=anna)
    assert chair(room, "MTG-001") == "Priya Raghunathan"


@pytest.mark.parametrize(("led", "who"), [(True, MARTA), (False, AOIFE)], ids=["led anew", "led by nobody"])
async def test_a_reminder_of_what_they_left_says_what_to_do(wrong: MeetingRoom, led: bool, who: Address) -> None:
    await wrong.say(anna, WRONG)
    if led:
        await wrong.say(marta, f"transfer join {await invited(wrong)}", at=TEAMS)
    await wrong.deliver()
    wrong.clock.advance(days=3, hours=3)
    sent = await wrong.deliver()
    due = [out for out in sent if "ACT-001" in words(out.card) and "Due on" in words(out.card)]
    assert [out.address for out in due] == [who]
    told = words(due[0].card)
    assert "Please give this to somebody else: @Pal Friend is no longer part of this transfer." in told


async def test_the_card_of_a_running_meeting_says_in_a_room_that_was_taken_out_that_it_is_read_no_more(
    wrong: MeetingRoom,
) -> None:
    await wrong.say(mallory, "meeting start MTG-001", at=TEAMS)
    await wrong.deliver()
    [there] = [words(card) for card in wrong.cards(TEAMS) if words(card).startswith("Running:")]
    assert "Tandem reads this room until the meeting ends" in there
    wrong.clock.advance(minutes=20)
    await wrong.say(anna, WRONG)
    await wrong.deliver()
    assert not [card for card in wrong.cards(TEAMS) if "Tandem reads this room until" in words(card)]
    [there] = [words(card) for card in wrong.cards(TEAMS) if "No more in this room: PPQ readiness" in words(card)]
    assert "Tandem reads this room no more: it is no room of NVT now." in there
    assert any("Tandem reads this room until" in words(card) for card in wrong.cards()), "in the other it still does"
    await wrong.say(marta, f"transfer join {await invited(wrong)}", at=TEAMS)
    await wrong.deliver()
    assert any("Tandem reads this room until" in words(card) for card in wrong.cards(TEAMS)), "it is one again"


async def decided(room: MeetingRoom) -> None:
    """Of three decisions one is agreed by both, one the wrong company objects to, one it proposes."""
    for said, who, at in (
        ("decision three batches", anna, ROOM),
        ("decision agree DEC-001", mallory, TEAMS),
        ("decision four batches", anna, ROOM),
        ('decision object DEC-002 reason:"too many"', mallory, TEAMS),
        ("decision five batches", pal, TEAMS),
        ("decision agree DEC-003", anna, ROOM),
        ("decision line 4", anna, ROOM),
    ):
        await room.say(who, said, at=at)
    await room.deliver()


async def test_what_the_wrong_company_said_to_decisions_counts_no_more(wrong: MeetingRoom) -> None:
    await decided(wrong)
    answer = words(await wrong.say(anna, WRONG))
    assert "3 decisions wait for Tarnbrook Manufacturing again: DEC-001, DEC-002, DEC-003" in answer
    rows = {row.ref: row for row in wrong.rows(Decision)}
    assert {(row.state, row.open, row.agreed_at) for row in rows.values()} == {("proposed", True, None)}
    assert [voice["side"] for row in rows.values() for voice in row.agreed_by] == ["sponsor"] * 4
    assert not any(row.objections for row in rows.values())
    fell = {entry["record"]: entry for entry in wrong.trail() if entry["event"] == "VoicesFell"}
    assert {(ref, one["reason"]) for ref, one in fell.items()} == {
        (f"DEC-00{number}", "it went to the wrong company") for number in (1, 2, 3)
    }
    assert len(fell["DEC-001"]["changes"]["agreed_by"][0]) == 2, "the trail keeps what they said"
    await wrong.deliver()
    [card] = [words(one) for one in wrong.cards() if words(one).startswith("Decision DEC-001")]
    assert "Tarnbrook Manufacturing: waiting" in card
    await wrong.say(marta, f"transfer join {await invited(wrong)}", at=TEAMS)
    await wrong.say(marta, 'decision object DEC-002 reason:"not with line 4"', at=TEAMS)
    await wrong.say(marta, "decision agree DEC-001", at=TEAMS)
    states = {row.ref: (row.state, row.objects(Side.CMO)) for row in wrong.rows(Decision)}
    assert states["DEC-001"] == ("agreed", False)
    assert states["DEC-002"] == ("proposed", True)


@pytest.mark.parametrize("done", [False, True], ids=["asked for", "done"])
@pytest.mark.parametrize("asks", [anna, mallory], ids=["the company that stays", "the wrong one"])
async def test_a_reversal_of_what_the_wrong_company_agreed_to_is_off(
    wrong: MeetingRoom, asks: Account, done: bool
) -> None:
    await decided(wrong)
    there = {anna: ROOM, mallory: TEAMS}
    await wrong.say(asks, 'decision reverse DEC-001 reason:"batch 2 failed"', at=there.pop(asks))
    for joins, at in there.items() if done else ():
        await wrong.say(joins, "decision reverse DEC-001", at=at)
    assert (wrong.rows(Decision)[0].state == "reversed") is done
    await wrong.say(anna, WRONG)
    row = wrong.rows(Decision)[0]
    assert (row.state, row.undone, row.missing()[-1]) == ("proposed", None, Side.CMO)
    assert [one["reason"] for one in row.objections] == (["batch 2 failed"] if asks == anna or done else [])


@pytest.mark.parametrize("asks", [anna, mallory], ids=["the company that stays", "the wrong one"])
async def test_what_the_wrong_company_helped_to_reverse_waits_for_the_right_one(
    room: MeetingRoom, asks: Account
) -> None:
    await alone(room)
    await room.say(anna, "member add @p side:cmo role:qa", p=jurgen)
    await room.say(anna, 'meeting new "Governance" at:now')
    for said in ("meeting start", "motion three batches", "vote yes", "motion close", "motion record MOT-001"):
        await room.say(anna, said)
    await room.say(jurgen, "decision agree DEC-001", at=direct(jurgen))
    await room.say(mallory, f"transfer join {await invited(room)}", at=TEAMS)
    there = {anna: ROOM, mallory: TEAMS}
    await room.say(asks, 'decision reverse DEC-001 reason:"batch 2 failed"', at=there.pop(asks))
    for joins, at in there.items():
        await room.say(joins, "decision reverse DEC-001", at=at)
    await room.deliver()
    assert "which both companies have reversed since" in motion_card(room)
    assert "1 decision waits for Tarnbrook Manufacturing again: DEC-001" in words(await room.say(anna, WRONG))
    row = room.rows(Decision)[0]
    assert (row.state, row.open, row.missing()) == ("reversal_asked", True, [Side.CMO])
    assert row.undone is not None
    assert (row.undone["side"], row.undone["reason"], row.undone["joined"]) == ("sponsor", "batch 2 failed", None)
    await room.deliver()
    assert "reversed since" not in motion_card(room)
    await room.say(jurgen, "decision agree DEC-001", at=direct(jurgen))
    assert [(row.state, row.undone, row.open) for row in room.rows(Decision)] == [("agreed", None, False)]


def motion_card(room: MeetingRoom) -> str:
    """What the card of the motion says that was put."""
    return next(words(card) for card in room.cards() if words(card).startswith("Motion MOT-001"))


async def test_the_word_of_whoever_was_rightly_there_stands(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "decision three batches")
    await room.say(jurgen, "decision agree DEC-001")
    await room.say(marta, 'member remove @j reason:"changes his job"', j=jurgen)
    assert [(row.state, len(row.agreed_by)) for row in room.rows(Decision)] == [("agreed", 2)]


def item(room: MeetingRoom, ref: str) -> ChecklistItem:
    """An item of MTG-001's checklist as the store has it."""
    return next(row for row in room.rows(ChecklistItem) if row.ref == f"MTG-001/{ref}")


async def evidenced(room: MeetingRoom, by: Account, at: Address) -> None:
    """Somebody of Tarnbrook's gives evidence for two items, of which Norvane verifies one; for two others, otherwise:
    they verify one of Norvane's, and waive one."""
    for said, who, there in (
        ('checklist evidence PQ-03 "MBR-114 v4"', by, at),
        ("checklist verify PQ-03", anna, ROOM),
        ('checklist evidence PQ-04 "QUAL-7"', by, at),
        ('checklist evidence PQ-09 "STAT-2"', anna, ROOM),
        ("checklist verify PQ-09", by, at),
        ('checklist waive PQ-11 reason:"validated last year"', by, at),
    ):
        await room.say(who, said, at=there)


async def test_what_the_wrong_company_gave_as_evidence_falls(wrong: MeetingRoom) -> None:
    await evidenced(wrong, pal, TEAMS)
    states = [item(wrong, f"PQ-{number}").state for number in ("03", "04", "09", "11")]
    assert states == ["verified", "evidence_attached", "verified", "waived"]
    await wrong.deliver()
    answer = words(await wrong.say(anna, WRONG))
    assert "3 settled checklist items are open again: MTG-001/PQ-03, MTG-001/PQ-09, MTG-001/PQ-11" in answer
    assert "wait for whoever leads their company next: MTG-001/PQ-03, MTG-001/PQ-04" in answer
    for ref in ("PQ-03", "PQ-04", "PQ-11"):
        one = item(wrong, ref)
        left = (one.state, one.evidence, one.evidence_by, one.settled_by, one.waivers, one.reason, one.owner)
        assert left == ("open", None, None, None, [], None, None)
    ours = item(wrong, "PQ-09")
    assert (ours.state, ours.evidence, ours.settled_by) == ("evidence_attached", "STAT-2", None)
    told = {entry["record"]: (entry["event"], entry["reason"]) for entry in wrong.trail()}
    assert told["MTG-001/PQ-03"] == ("ItemReopened ItemAssigned", "it went to the wrong company")
    assert told["MTG-001/PQ-04"][0].startswith("EvidenceFell")
    sent = await wrong.deliver()
    assert any(words(out.card).startswith("PQ-03") and ": open" in words(out.card) for out in sent)
    await wrong.say(marta, f"transfer join {await invited(wrong)}", at=TEAMS)
    await wrong.deliver()
    lead = next(one.person for one in wrong.core.directories.look("NVT").members.values() if one.name == marta.name)
    assert {item(wrong, ref).owner for ref in ("PQ-03", "PQ-04", "PQ-11")} == {lead}


async def test_what_whoever_was_rightly_there_gave_as_evidence_stands(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, 'meeting new "PPQ readiness" at:"27 Mar 2026 14:00" stage:ppq_readiness')
    await evidenced(room, jurgen, ROOM)
    await room.say(marta, 'member remove @j reason:"changes his job"', j=jurgen)
    states = [item(room, f"PQ-{number}").state for number in ("03", "04", "09", "11")]
    assert states == ["verified", "evidence_attached", "verified", "waived"]


async def test_items_that_no_room_has_a_card_of_are_no_news_when_the_meeting_ends(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, 'meeting new "PPQ readiness" at:"27 Mar 2026 14:00" stage:ppq_readiness')
    await room.say(marta, "member add @j role:lead", j=jurgen)
    await room.say(marta, 'member remove @m reason:"changes her job"', m=marta)
    await room.say(jurgen, "checklist assign PQ-05 @l", l=luis)
    await room.say(anna, "meeting start MTG-001")
    await room.deliver()
    await room.say(anna, "meeting end anyway")
    sent = [words(out.card) for out in await room.deliver() if out.address == ROOM]
    assert not [said for said in sent if "new records" in said or said.startswith("PQ-04")]
    assert [said.split()[0] for said in sent if said.startswith("PQ-")] == ["PQ-05"], "its card loses its buttons"


@pytest.mark.parametrize("runs", [False, True], ids=["to come", "running"])
async def test_what_was_put_to_them_and_what_they_were_to_present_is_named(wrong: MeetingRoom, runs: bool) -> None:
    await wrong.say(anna, "question who has the swab plan @p?", p=pal)
    await wrong.say(anna, "question which line @p @q?", p=pal, q=priya)
    await wrong.say(anna, 'agenda add "their equipment" @p meeting:MTG-001', p=pal)
    await wrong.say(anna, 'agenda add "filters" @q meeting:MTG-001', q=priya)
    if runs:
        await wrong.say(mallory, "meeting start MTG-001", at=TEAMS)
        await wrong.say(mallory, "agenda next", at=TEAMS)
    await wrong.deliver()
    answer = words(await wrong.say(anna, WRONG))
    assert "1 open question was put to them: QUE-001" in answer
    assert "1 agenda item has no presenter any more: MTG-001.1" in answer
    await wrong.deliver()
    on_it = [words(card) for card in wrong.cards() if "their equipment" in words(card)]
    assert on_it
    assert not any("@Pal Friend" in card for card in on_it)


async def test_whoever_is_taken_out_by_their_own_company_leaves_the_same(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, 'meeting new "Governance" at:"30 Mar 2026 14:00"')
    await room.say(anna, 'agenda add "analytics" @j', j=jurgen)
    await room.say(anna, "question who has the swab plan @j?", j=jurgen)
    answer = words(await room.say(marta, 'member remove @j reason:"changes his job"', j=jurgen))
    assert "1 agenda item has no presenter any more" in answer
    assert "1 open question was put to them" in answer

"""What people may do with an item: who for which company, in which order, and what they are told where they may not."""

import pytest

from core.features.checklists.records import ChecklistItem
from tests.export.test_export import exported
from tests.features.actions.people import auditor, card_of, direct, director, to
from tests.features.checklists.called import called, own_list, the
from tests.meeting_room import Account, MeetingRoom, anna, buttons, jurgen, luis, marta, priya, tomas, words


async def test_each_company_gives_its_own_evidence_and_both_that_of_both(room: MeetingRoom) -> None:
    await called(room)
    refused = words(await room.say(tomas, 'checklist evidence PQ-03 "MBR-114 v4"'))
    assert "MTG-001/PQ-03 is Tarnbrook Manufacturing’s: somebody of theirs gives the evidence" in refused
    for who, item in ((luis, "PQ-03"), (tomas, "PQ-09"), (luis, "PQ-01"), (tomas, "PQ-02")):
        assert "evidence noted" in words(await room.say(who, f'checklist evidence {item} "DOC-1"'))
        assert the(room, item).state == "evidence_attached"


async def test_one_item_at_a_time_and_each_by_its_own_name(room: MeetingRoom) -> None:
    await called(room)
    for verb in ('evidence PQ-03 PQ-04 "MBR-114 v4"', "evidence PQ-03 and PQ-04"):
        assert "I do not know what to do with “" in words(await room.say(luis, f"checklist {verb}"))
        assert the(room, "PQ-03").evidence is None
    corrected = words(await room.say(luis, 'correct PQ-04 reason:"wrong text"'))
    assert corrected.startswith("PQ-04 is not corrected so")
    for verb in ("evidence", "verify", "assign"):  # no form is opened for what is not there
        assert "There is no MTG-S001" in words(await room.say(marta, f"checklist {verb} MTG-S001/PQ-01"))
    await room.say(luis, "checklist evidence PQ-03 MBR-114 v4, see PQ-04")
    assert the(room, "PQ-03").evidence == "MBR-114 v4, see PQ-04"


@pytest.mark.parametrize("who", [auditor, director])
async def test_who_only_reads_gives_none(room: MeetingRoom, who: Account) -> None:
    await called(room)
    assert "may not do this here" in words(await room.say(who, 'checklist evidence PQ-09 "DOC-1"'))
    assert "PQ-09" in words(await room.say(who, "checklist"))


async def test_who_gave_the_evidence_does_not_verify_it_whatever_their_role(room: MeetingRoom) -> None:
    await called(room)
    await room.say(marta, 'checklist evidence PQ-03 "MBR-114 v4"')
    for verb in ("verify PQ-03", 'reject PQ-03 reason:"it is mine"'):
        refused = words(await room.say(marta, f"checklist {verb}"))
        assert "You gave the evidence for MTG-001/PQ-03 yourself: another person verifies or rejects it" in refused
    assert "may not do this here" in words(await room.say(luis, "checklist verify PQ-03"))
    # The other company may: that is what the meeting is for.
    assert "verified." in words(await room.say(priya, "checklist verify PQ-03"))
    again = words(await room.say(jurgen, "checklist verify PQ-03"))
    assert "MTG-001/PQ-03 is verified already, by Priya Raghunathan" in again
    assert "verified already" in words(await room.say(luis, 'checklist evidence PQ-03 "MBR-114 v5"'))


async def test_nothing_is_verified_without_evidence(room: MeetingRoom) -> None:
    await called(room)
    for verb in ("verify PQ-03", 'reject PQ-03 reason:"not seen"'):
        refused = words(await room.say(jurgen, f"checklist {verb}"))
        assert "Nobody has given evidence for MTG-001/PQ-03 yet" in refused
        assert 'checklist evidence MTG-001/PQ-03 "MBR number and version, both approvals"' in refused


async def test_replaced_evidence_is_its_last_giver_s(room: MeetingRoom) -> None:
    await called(room)
    await room.say(marta, 'checklist evidence PQ-03 "MBR-114 v4"')
    await room.say(luis, 'checklist evidence PQ-03 "MBR-114 v5"')
    assert "is yours, so that another person verifies it" in words(await room.say(marta, "checklist verify PQ-03"))
    assert "verified." in words(await room.say(jurgen, "checklist verify PQ-03"))
    changes = [entry["changes"].get("evidence") for entry in room.trail() if entry["record"] == "MTG-001/PQ-03"]
    assert [one for one in changes if one] == [[None, "MBR-114 v4"], ["MBR-114 v4", "MBR-114 v5"]]


async def test_rejected_it_is_open_again_and_its_people_hear_why(room: MeetingRoom) -> None:
    await called(room)
    await room.say(luis, 'checklist evidence PQ-03 "MBR-114 v4"')
    await room.deliver()
    assert "What the evidence does not show" in words(await room.say(jurgen, "checklist reject PQ-03"))
    assert "at least 5 characters" in words(await room.say(jurgen, "checklist reject PQ-03 reason:no"))
    await room.press(jurgen, buttons(card_of(room, "MTG-001/PQ-03"))["Reject…"])
    await room.say(jurgen, 'checklist reject PQ-03 reason:"two redlines"')
    item = the(room, "PQ-03")
    assert (item.state, item.evidence, item.reason) == ("open", None, "two redlines")
    entry = next(one for one in room.trail() if "EvidenceRejected" in one["event"])
    assert (entry["reason"], entry["changes"]["evidence"]) == ("two redlines", ["MBR-114 v4", None])
    sent = await room.deliver()
    for who in (luis, marta):
        assert any("Evidence rejected: PQ-03" in words(card) for card in to(who, sent))
    assert "rejected: two redlines" in words(own_list(room, marta))
    rejected = (
        "Evidence rejected: @Jürgen Weiß (Tarnbrook Manufacturing), Mon 9 Mar 2026 09:00 (Europe/Dublin): two redlines "
        "· it was: “MBR-114 v4” by @Luís Gonçalves (Tarnbrook Manufacturing)"
    )
    assert rejected in words(await room.say(priya, "checklist PQ-03"))
    [row] = [row for row in exported(room)["checklist_items"] if row["item"] == "PQ-03"]
    assert (row["evidence"], row["returned"]["evidence"], row["returned"]["by"]) == (None, "MBR-114 v4", "Jürgen Weiß")
    await room.say(luis, 'checklist evidence PQ-03 "MBR-114 v5"')
    assert the(room, "PQ-03").reason is None
    shown = words(await room.say(priya, "checklist PQ-03"))
    assert rejected in shown
    assert "MBR-114 v5 · @Luís Gonçalves (Tarnbrook Manufacturing), Mon 9 Mar 2026 09:00 (Europe/Dublin)" in shown
    await room.say(priya, "checklist verify PQ-03")
    verified = words(await room.say(priya, "checklist PQ-03"))
    assert "Verified by: @Priya Raghunathan (Norvane Therapeutics), Mon 9 Mar 2026 09:00 (Europe/Dublin)" in verified
    assert "rejected" not in verified


async def test_a_blocker_takes_the_qa_of_both_companies(room: MeetingRoom) -> None:
    await called(room)
    assert "may not do this here" in words(await room.say(marta, 'checklist waive PQ-05 reason:"no time"'))
    await room.say(priya, 'checklist waive PQ-05 reason:"limits agreed in CV-77"')
    item = the(room, "PQ-05")
    assert (item.state, item.reason) == ("open", "limits agreed in CV-77")
    again = words(await room.say(priya, 'checklist waive PQ-05 reason:"once more"'))
    assert "Priya Raghunathan has waived MTG-001/PQ-05 for Norvane Therapeutics already" in again
    assert "the QA of Tarnbrook Manufacturing as well" in again
    await room.deliver()
    assert "the QA of Tarnbrook Manufacturing must waive it as well" in words(card_of(room, "MTG-001/PQ-05"))
    await room.say(jurgen, 'checklist waive PQ-05 reason:"verified per batch"')
    item = the(room, "PQ-05")
    assert (item.state, item.reason) == ("waived", "limits agreed in CV-77; verified per batch")
    assert [waiver["side"] for waiver in item.waivers] == ["sponsor", "cmo"]
    reasons = [entry["reason"] for entry in room.trail() if entry["command"] == "WaiveItem"]
    assert reasons == ["limits agreed in CV-77", "verified per batch"]
    assert "is waived, at last by Jürgen Weiß" in words(await room.say(priya, 'checklist waive PQ-05 reason:"again"'))


async def test_evidence_takes_a_single_waiver_back(room: MeetingRoom) -> None:
    await called(room)
    await room.say(priya, 'checklist waive PQ-05 reason:"limits agreed in CV-77"')
    await room.say(luis, 'checklist evidence PQ-05 "CV-77 v2"')
    assert the(room, "PQ-05").waivers == []
    waits = words(await room.say(jurgen, 'checklist waive PQ-05 reason:"verified per batch"'))
    assert "There is evidence for MTG-001/PQ-05, and it waits to be verified or rejected first" in waits


async def test_what_blocks_nothing_is_waived_by_the_qa_of_its_company(room: MeetingRoom) -> None:
    await called(room)
    refused = words(await room.say(jurgen, 'checklist waive PQ-13 reason:"later"'))
    assert "MTG-001/PQ-13 is Norvane Therapeutics’s: their QA says this" in refused
    await room.say(priya, 'checklist waive PQ-13 reason:"in another protocol"')
    assert the(room, "PQ-13").state == "waived"


async def test_a_blocker_of_both_is_not_struck_out_by_one_qa_alone(room: MeetingRoom) -> None:
    await called(room)
    for qa in (priya, jurgen):
        refused = words(await room.say(qa, 'checklist na PQ-01 reason:"no protocol needed"'))
        assert "PQ-01 is a blocker of both companies" in refused
        assert "checklist waive MTG-001/PQ-01" in refused
    assert the(room, "PQ-01").state == "open"


async def test_not_applicable_is_said_by_the_qa_of_its_company_with_a_reason(room: MeetingRoom) -> None:
    await called(room)
    assert "may not do this here" in words(await room.say(marta, 'checklist na PQ-11 reason:"no such system"'))
    refused = words(await room.say(priya, 'checklist na PQ-11 reason:"no such system"'))
    assert "MTG-001/PQ-11 is Tarnbrook Manufacturing’s: their QA says this" in refused
    await room.say(jurgen, 'checklist na PQ-11 reason:"no such system"')
    item = the(room, "PQ-11")
    assert (item.state, item.reason) == ("not_applicable", "no such system")
    assert "does not apply here, as Jürgen Weiß said" in words(await room.say(luis, 'checklist evidence PQ-11 "x"'))


async def test_nobody_waives_their_own_item_or_calls_it_not_applicable(room: MeetingRoom) -> None:
    await called(room)
    await room.say(marta, "checklist assign PQ-05 @j", j=jurgen)
    for verb in ("na", "waive"):
        refused = words(await room.say(jurgen, f'checklist {verb} PQ-05 reason:"we clean anyway"'))
        assert "MTG-001/PQ-05 is yours: whoever owns an item neither waives it nor" in refused
        assert "checklist assign MTG-001/PQ-05 @name" in refused
    assert (the(room, "PQ-05").state, the(room, "PQ-05").waivers) == ("open", [])


async def test_a_blocker_that_its_company_calls_not_applicable_is_told_to_the_other(room: MeetingRoom) -> None:
    await called(room)
    await room.say(jurgen, 'checklist na PQ-11 reason:"no such system"')
    await room.deliver()
    assert not [card for card in room.cards(direct(priya)) if card.summary.startswith("Called not applicable")]
    await room.say(jurgen, 'checklist na PQ-05 reason:"one product on this line"')
    await room.deliver()
    for who in (priya, anna):
        [card] = [words(one) for one in room.cards(direct(who)) if one.summary.startswith("Called not applicable")]
        assert "@Jürgen Weiß (Tarnbrook Manufacturing): one product on this line · blocker" in card
    assert not [one for one in room.cards(direct(marta)) if one.summary.startswith("Called not applicable")]


async def test_an_item_changes_hands_by_a_lead_or_its_owner(room: MeetingRoom) -> None:
    await called(room)
    refused = words(await room.say(anna, "checklist assign PQ-03 @l", l=luis))
    assert "MTG-001/PQ-03 is Tarnbrook Manufacturing’s: a lead of theirs, or its owner, gives it to somebody" in refused
    assert "a lead of theirs" in words(await room.say(luis, "checklist assign PQ-03 @l", l=luis))
    foreign = words(await room.say(marta, "checklist assign PQ-03 @t", t=tomas))
    assert "Tomáš Dvořák is not of theirs: name somebody of Tarnbrook Manufacturing" in foreign
    await room.say(marta, "checklist assign PQ-03 @l", l=luis)
    assert "is Luís Gonçalves’s already" in words(await room.say(marta, "checklist assign PQ-03 @l", l=luis))
    await room.deliver()
    assert "PQ-03" not in words(own_list(room, marta))
    await room.say(luis, "checklist assign PQ-03 @j", j=jurgen)
    assert any("For you: PQ-03" in words(card) for card in to(jurgen, await room.deliver()))
    assert "an auditor here" in words(await room.say(anna, "checklist assign PQ-09 @a", a=auditor))


async def test_an_item_that_is_not_there_is_told_with_those_that_are(room: MeetingRoom) -> None:
    await called(room)
    refused = words(await room.say(marta, 'checklist evidence PQ-99 "x"'))
    assert "There is no item PQ-99 on the checklist of MTG-001 “PPQ readiness review”. It has: PQ-01, PQ-02" in refused
    assert "There is no MTG-009 in NVT" in words(await room.say(marta, 'checklist evidence MTG-009/PQ-03 "x"'))


async def test_the_form_asks_for_what_is_missing_and_keeps_the_item(room: MeetingRoom) -> None:
    await called(room)
    form = await room.say(luis, "checklist evidence pq-3")
    assert form.title == "Give evidence"
    await room.fill(luis, form, item="pq-3", evidence="MBR-114 v4")
    assert the(room, "PQ-03").evidence == "MBR-114 v4"
    form = await room.press(priya, "checklist waive MTG-001/PQ-05")
    bad = await room.fill(priya, form, item="MTG-001/PQ-05", reason="no")
    assert "at least 5 characters" in words(bad)


async def test_what_may_be_said_is_in_the_help(room: MeetingRoom) -> None:
    await called(room)
    shown = words(await room.say(priya, "help checklist"))
    for sentence in (
        "checklist evidence PQ-03",
        "checklist verify PQ-03",
        "checklist waive PQ-03",
        "checklist na PQ-03",
    ):
        assert sentence in shown
    assert "checklist waive" not in words(await room.say(luis, "help checklist"))


async def test_the_list_is_whole_over_its_pages_and_its_parts(room: MeetingRoom) -> None:
    await called(room)
    await room.say(luis, 'checklist evidence PQ-03 "MBR-114 v4"')
    first = await room.say(marta, "checklist")
    text = words(first)
    assert text.startswith("Checklist: PPQ readiness review (15)")
    assert (
        "PQ-03 Master batch record approved and issued, no open redlines · blocker · “MBR-114 v4” by @Luís" not in text
    )
    second = words(await room.press(marta, "checklist MTG-001 page:2"))
    items = {item.item for item in room.rows(ChecklistItem)}
    assert {code for code in items if code in text} | {code for code in items if code in second} == items
    assert "“MBR-114 v4” by @Luís Gonçalves" in second
    assert (
        buttons(await room.press(priya, "checklist MTG-001 page:2"))["Verify PQ-03"] == "checklist verify MTG-001/PQ-03"
    )
    assert buttons(first)["Evidence for PQ-04…"] == "checklist evidence MTG-001/PQ-04"
    assert words(await room.say(marta, "checklist mine")).startswith("Checklist, yours: PPQ readiness review (12)")
    assert words(await room.say(marta, "checklist blockers")).startswith(
        "Checklist, blockers: PPQ readiness review (12)"
    )
    assert "(8)" in words(await room.say(marta, "checklist side:sponsor")).splitlines()[0]
    assert "There is no page 3: the pages are 1 to 2." in words(await room.say(marta, "checklist page:3"))
    one = await room.say(marta, "checklist PQ-04")
    assert "rests on Annex 15 3-4, 8" in words(one)
    assert list(buttons(one)) == ["Evidence…", "Assign…"]
    assert {"Waive…", "Not applicable…"} <= set(buttons(await room.say(priya, "checklist PQ-04")))  # a QA's to say


async def test_exported_with_the_contract_s_fields(room: MeetingRoom) -> None:
    await called(room)
    await room.say(luis, 'checklist evidence PQ-03 "MBR-114 v4"')
    await room.say(priya, 'checklist na PQ-13 reason:"in another protocol"')
    rows = {row["item"]: row for row in exported(room)["checklist_items"]}
    assert len(rows) == 15
    envelope = {"id", "transfer", "state", "created_at", "created_by", "source", "source_changed"}
    own = {"meeting", "item", "text", "side", "owner", "blocker", "lead_days", "evidence", "reason"}
    own |= {"waivers", "returned"}
    assert rows["PQ-03"].keys() - {"source"} == (envelope | own) - {"source"}
    assert rows["PQ-03"] | {"source": 0, "created_at": 0} == {
        "id": "MTG-001/PQ-03", "transfer": "NVT", "state": "evidence_attached", "created_at": 0, "source": 0,
        "source_changed": False,
        "created_by": "Aoife Ní Bhriain", "meeting": "MTG-001", "item": "PQ-03",
        "text": "Master batch record approved and issued, no open redlines", "side": "cmo",
        "owner": "Marta Kowalczyk", "blocker": True, "lead_days": 7, "evidence": "MBR-114 v4", "reason": None,
        "waivers": [], "returned": None,
    }  # fmt: skip
    assert (rows["PQ-13"]["state"], rows["PQ-13"]["reason"]) == ("not_applicable", "in another protocol")

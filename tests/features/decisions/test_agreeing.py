"""Who may say what to a decision: each company speaks for itself, through its lead or QA."""

from core.api import Form, Notice
from core.features.decisions.commands import SPEAK_FOR_THEIR_COMPANY
from core.features.decisions.records import Decision
from core.view import Tone
from tests.meeting_room import MeetingRoom, anna, buttons, jurgen, luis, marta, person, priya, stranger, tomas, words

auditor = person("Zeynep Şahin", "T2")


async def proposed(room: MeetingRoom) -> None:
    """DEC-001, proposed by an expert of the CMO: nobody has agreed yet."""
    await room.opened()
    await room.say(luis, "decision we go with the 3-batch design")


def test_the_role_table_lets_those_agree_who_agree_by_recording(room: MeetingRoom) -> None:
    assert room.core.door.roles.allowed["decision.agree"] == SPEAK_FOR_THEIR_COMPANY


async def test_a_lead_who_records_has_agreed_for_their_company(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "decision we go with the 3-batch design")
    [decision] = room.rows(Decision)
    assert [(voice["side"], voice["at"]) for voice in decision.agreed_by] == [
        ("sponsor", "2026-03-09T09:00:00.000+00:00")
    ]
    assert decision.state == "proposed"

    told = await room.say(anna, "decision agree DEC-001")
    assert isinstance(told, Notice)
    assert told.tone is Tone.QUIET
    assert words(told) == "You have agreed to DEC-001 already. It waits for Tarnbrook Manufacturing."
    assert room.rows(Decision)[0].version == 1

    await room.say(marta, "decision agree DEC-001")
    [decision] = room.rows(Decision)
    assert (decision.state, decision.open, decision.agreed_at) == ("agreed", False, room.clock.now())
    assert words(await room.say(jurgen, "decision agree DEC-001")) == "DEC-001 is agreed already."


async def test_one_company_cannot_agree_for_both(room: MeetingRoom) -> None:
    await proposed(room)
    await room.say(anna, "decision agree DEC-001")
    await room.say(priya, "decision agree DEC-001")
    [decision] = room.rows(Decision)
    assert decision.state == "proposed"
    assert [voice["side"] for voice in decision.agreed_by] == ["sponsor", "sponsor"]


async def test_an_expert_records_and_objects_but_does_not_agree_or_reverse(room: MeetingRoom) -> None:
    await proposed(room)
    assert "lead, qa" in words(await room.say(luis, "decision agree DEC-001"))
    assert "lead, qa" in words(await room.press(tomas, "decision agree DEC-001"))
    assert "lead, qa" in words(await room.say(luis, 'decision reverse DEC-001 reason:"said by mistake"'))
    assert room.rows(Decision)[0].agreed_by == []
    await room.say(tomas, 'decision object DEC-001 reason:"two batches would do"')
    assert [one["reason"] for one in room.rows(Decision)[0].objections] == ["two batches would do"]


async def test_an_auditor_reads_only(room: MeetingRoom) -> None:
    await proposed(room)
    await room.say(marta, "member add @p role:auditor", p=auditor)
    for sentence in (
        "decision we stop here",
        "decision agree DEC-001",
        'decision object DEC-001 reason:"not allowed"',
        'decision reverse DEC-001 reason:"not allowed"',
    ):
        assert "may not do this here" in words(await room.say(auditor, sentence)), sentence
    assert "DEC-001 we go with the 3-batch design" in words(await room.say(auditor, "decision list"))
    assert len(room.rows(Decision)) == 1
    assert room.rows(Decision)[0].version == 1


async def test_a_stranger_agrees_to_nothing(room: MeetingRoom) -> None:
    await proposed(room)
    assert "do not belong to this transfer" in words(await room.press(stranger, "decision agree DEC-001"))
    assert "Nothing was recorded yet" in words(await room.say(stranger, "decision agree DEC-001"))
    assert room.rows(Decision)[0].version == 1


async def test_an_objection_takes_its_own_sides_agreement_back_until_a_lead_or_qa_agrees(room: MeetingRoom) -> None:
    await proposed(room)
    await room.say(anna, "decision agree DEC-001")
    await room.say(tomas, 'decision object DEC-001 reason:"two batches would do"')
    assert room.rows(Decision)[0].agreed_by == []

    await room.say(marta, "decision agree DEC-001")
    assert room.rows(Decision)[0].state == "proposed"  # the sponsor's objection stands

    await room.say(priya, "decision agree DEC-001")
    [decision] = room.rows(Decision)
    assert decision.state == "agreed"
    assert [one["reason"] for one in decision.objections] == ["two batches would do"]
    name = room.core.directories.look(decision.transfer).name_of
    assert [name(one["settled"]["person"]) for one in decision.objections] == ["Priya Raghunathan"]
    assert [name(voice["person"]) for voice in decision.agreed_by] == ["Marta Kowalczyk", "Priya Raghunathan"]


async def test_the_other_companys_agreement_does_not_settle_an_objection(room: MeetingRoom) -> None:
    await proposed(room)
    await room.say(jurgen, 'decision object DEC-001 reason:"the hold time is open"')
    await room.say(anna, "decision agree DEC-001")
    [decision] = room.rows(Decision)
    assert decision.objections[0]["settled"] is None
    assert decision.state == "proposed"


async def test_an_agreed_decision_can_only_be_reversed(room: MeetingRoom) -> None:
    await proposed(room)
    await room.say(anna, "decision agree DEC-001")
    await room.say(marta, "decision agree DEC-001")
    refused = words(await room.say(jurgen, 'decision object DEC-001 reason:"too late for that"'))
    assert "DEC-001 is agreed already: it can only be reversed" in refused
    assert 'decision reverse DEC-001 reason:"why"' in refused
    await room.say(jurgen, 'decision reverse DEC-001 reason:"batch 2 failed"')
    assert (room.rows(Decision)[0].state, room.rows(Decision)[0].open) == ("reversal_asked", True)
    await room.say(priya, "decision reverse DEC-001")
    assert (room.rows(Decision)[0].state, room.rows(Decision)[0].open) == ("reversed", False)
    for sentence in (
        "decision agree DEC-001",
        'decision object DEC-001 reason:"once more"',
        'decision reverse DEC-001 reason:"once more"',
    ):
        assert "DEC-001 is reversed: nothing more is said to it" in words(await room.say(anna, sentence))


async def asked(room: MeetingRoom) -> None:
    """DEC-001, agreed by both, which Norvane asks to reverse."""
    await proposed(room)
    await room.say(anna, "decision agree DEC-001")
    await room.say(marta, "decision agree DEC-001")
    await room.say(anna, 'decision reverse DEC-001 reason:"batch 2 failed"')


async def test_one_company_alone_reverses_nothing(room: MeetingRoom) -> None:
    await asked(room)
    for who in (anna, priya):
        refused = words(await room.say(who, 'decision reverse DEC-001 reason:"once more"'))
        assert "Aoife Ní Bhriain asked to reverse DEC-001 already" in refused
        assert "when Tarnbrook Manufacturing says so too" in refused
    assert "lead, qa" in words(await room.say(luis, "decision reverse DEC-001"))
    assert room.rows(Decision)[0].state == "reversal_asked"
    assert "if it is to stand" in words(await room.say(luis, 'decision object DEC-001 reason:"not so fast"')).lower()


async def test_the_other_company_lets_it_stand_or_the_asking_one_takes_it_back(room: MeetingRoom) -> None:
    await asked(room)
    await room.press(jurgen, "decision agree DEC-001")
    [decision] = room.rows(Decision)
    assert (decision.state, decision.open, decision.undone) == ("agreed", False, None)
    await room.say(marta, 'decision reverse DEC-001 reason:"the supplier is out"')
    await room.say(jurgen, "decision agree DEC-001")
    assert room.rows(Decision)[0].state == "agreed"
    said = [entry["event"] for entry in room.trail() if entry["record"] == "DEC-001"][-4:]
    assert said == ["ReversalAsked", "ReversalTurnedDown", "ReversalAsked", "ReversalTakenBack"]
    await room.deliver()
    assert "State: agreed" in words(room.cards()[-1])


async def test_to_ask_for_a_reversal_takes_a_reason_and_to_join_in_does_not(room: MeetingRoom) -> None:
    await proposed(room)
    await room.say(anna, "decision agree DEC-001")
    await room.say(marta, "decision agree DEC-001")
    form = await room.press(marta, "decision reverse DEC-001")
    assert isinstance(form, Form)
    await room.fill(marta, form, decision="DEC-001", reason="batch 2 failed")
    assert room.rows(Decision)[0].state == "reversal_asked"
    await room.press(anna, "decision reverse DEC-001")
    assert room.rows(Decision)[0].state == "reversed"


async def test_a_proposal_is_taken_back_by_the_company_that_made_it(room: MeetingRoom) -> None:
    await proposed(room)
    refused = words(await room.say(anna, 'decision reverse DEC-001 reason:"we never wanted it"'))
    assert "Tarnbrook Manufacturing proposed it and may take it back" in refused
    assert 'decision object DEC-001 reason:"why"' in refused
    await room.say(marta, 'decision reverse DEC-001 reason:"said by mistake"')
    [decision] = room.rows(Decision)
    assert (decision.state, decision.open) == ("withdrawn", False)
    await room.deliver()
    assert "Withdrawn by @Marta Kowalczyk" in words(room.cards()[-1])


async def test_a_reason_has_five_characters(room: MeetingRoom) -> None:
    await proposed(room)
    for verb in ("object", "reverse"):
        refused = words(await room.say(marta, f'decision {verb} DEC-001 reason:"no"'))
        assert "at least 5 characters" in refused
    assert room.rows(Decision)[0].version == 1


async def test_without_a_reason_a_form_asks_for_it(room: MeetingRoom) -> None:
    await proposed(room)
    form = await room.press(jurgen, "decision object DEC-001")
    assert isinstance(form, Form)
    await room.fill(jurgen, form, decision="DEC-001", reason="the hold time is open")
    assert room.rows(Decision)[0].objections[0]["reason"] == "the hold time is open"


async def test_an_unknown_decision_is_named(room: MeetingRoom) -> None:
    await room.opened()
    assert "There is no DEC-009 in NVT" in words(await room.say(anna, "decision agree DEC-009"))


async def test_a_closed_transfer_takes_no_decision(room: MeetingRoom) -> None:
    await proposed(room)
    await room.say(anna, 'transfer close reason:"all done"')
    await room.say(marta, "transfer agree")
    assert "NVT is closed" in words(await room.say(anna, "decision we go on"))
    assert "NVT is closed" in words(await room.say(anna, "decision agree DEC-001"))


async def test_an_answer_says_who_objects_and_a_reversal_offers_its_two_words_alone(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "decision use lot 7 for PPQ-1")
    answer = words(await room.say(jurgen, 'decision object DEC-001 reason:"lot 7 is blocked"'))
    assert answer == "Recorded: DEC-001 · use lot 7 for PPQ-1 · objection by Tarnbrook Manufacturing"
    await room.say(marta, "decision agree DEC-001")
    await room.deliver()
    assert list(buttons(room.cards()[-1])) == ["CAPA…", "Reverse…"]
    await room.say(marta, 'decision reverse DEC-001 reason:"lot 7 failed"')
    await room.deliver()
    assert list(buttons(room.cards()[-1])) == ["Reverse it too", "It stands"]


async def test_whoever_objected_hears_that_a_colleague_agreed_after_all(room: MeetingRoom) -> None:
    await proposed(room)
    await room.say(jurgen, 'decision object DEC-001 reason:"two batches would do"')
    await room.say(priya, "decision agree DEC-001")
    await room.deliver()
    await room.say(marta, "decision agree DEC-001")
    [told] = [out for out in await room.deliver() if out.address.direct]
    assert told.address.channel == jurgen.identity.user
    text = words(told.card)
    assert "Marta Kowalczyk agreed for Tarnbrook Manufacturing" in text
    assert "two batches would do" in text
    assert buttons(told.card) == {"Reverse…": "decision reverse DEC-001"}


async def test_whoever_agrees_after_their_own_objection_is_told_nothing(room: MeetingRoom) -> None:
    await proposed(room)
    await room.say(jurgen, 'decision object DEC-001 reason:"two batches would do"')
    await room.say(jurgen, "decision agree DEC-001")
    assert not [out for out in await room.deliver() if out.address.direct]

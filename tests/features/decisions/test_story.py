"""A decision from its first word to its end, as both companies see it."""

from core.features.decisions.records import Decision
from tests.meeting_room import MeetingRoom, anna, buttons, jurgen, luis, marta, words


async def test_a_decision_is_proposed_objected_to_agreed_and_reversed(room: MeetingRoom) -> None:
    await room.opened()
    await room.deliver()

    answer = words(await room.say(luis, "decision we go with the 3-batch design"))
    assert "DEC-001" in answer
    await room.deliver()
    card = room.cards()[-1]
    assert words(card).splitlines()[:5] == [
        "Decision DEC-001: we go with the 3-batch design",
        "Norvane Therapeutics: waiting",
        "Tarnbrook Manufacturing: waiting",
        "Proposed by: @Luís Gonçalves (Tarnbrook Manufacturing)",
        "State: proposed",
    ]
    assert card.summary.endswith("waiting for Norvane Therapeutics, Tarnbrook Manufacturing")
    assert buttons(card).items() >= {"Agree": "decision agree DEC-001", "Object…": "decision object DEC-001"}.items()
    assert card.place is not None
    assert card.place.record == "DEC-001"

    await room.press(anna, "decision agree DEC-001", place=card.place)
    await room.say(jurgen, 'decision object DEC-001 reason:"the hold time was never challenged"')
    await room.deliver()
    card = room.cards()[-1]
    shown = words(card)
    assert "Norvane Therapeutics: ✓ agreed by @Aoife Ní Bhriain" in shown
    assert "Tarnbrook Manufacturing: ✗ objects" in shown
    assert "- @Jürgen Weiß (Tarnbrook Manufacturing): the hold time was never challenged" in shown
    assert card.summary.endswith("objection by Tarnbrook Manufacturing")

    await room.press(marta, "decision agree DEC-001", place=card.place)
    await room.deliver()
    card = room.cards()[-1]
    shown = words(card)
    assert "State: agreed · Mon 9 Mar 2026 09:00 (Europe/Dublin)" in shown
    assert "Tarnbrook Manufacturing: ✓ agreed by @Marta Kowalczyk" in shown
    assert "the hold time was never challenged · then agreed: @Marta Kowalczyk" in shown
    assert buttons(card)["Reverse…"] == "decision reverse DEC-001"

    await room.say(anna, 'decision reverse DEC-001 reason:"batch 2 failed"')
    await room.deliver()
    card = room.cards()[-1]
    assert "Reversal asked by @Aoife Ní Bhriain (Norvane Therapeutics), Mon 9 Mar 2026" in words(card)
    assert "State: reversal asked, waits for Tarnbrook Manufacturing" in words(card)
    offered = {"Reverse it too": "decision reverse DEC-001", "It stands": "decision agree DEC-001"}
    assert buttons(card).items() >= offered.items()
    assert "reversal asked, waits for Tarnbrook Manufacturing" in words(await room.say(luis, "decision list"))

    await room.press(jurgen, "decision reverse DEC-001", place=card.place)
    await room.deliver()
    card = room.cards()[-1]
    assert "reversed too by @Jürgen Weiß (Tarnbrook Manufacturing)" in words(card)
    assert "State: reversed" in words(card)
    assert "batch 2 failed" in words(card)
    assert buttons(card) == {}

    [decision] = room.rows(Decision)
    assert (decision.state, decision.open, decision.version) == ("reversed", False, 6)
    assert len(room.cards()) == 2  # the transfer's card and this one: it changed in place
    entries = [entry for entry in room.trail() if entry["record"] == "DEC-001"]
    assert [(entry["name"], entry["event"], entry["reason"]) for entry in entries] == [
        ("Luís Gonçalves", "DecisionProposed", ""),
        ("Aoife Ní Bhriain", "DecisionConcurred", ""),
        ("Jürgen Weiß", "DecisionObjected", "the hold time was never challenged"),
        ("Marta Kowalczyk", "DecisionConcurred DecisionAgreed", ""),
        ("Aoife Ní Bhriain", "ReversalAsked", "batch 2 failed"),
        ("Jürgen Weiß", "DecisionReversed", "batch 2 failed"),
    ]

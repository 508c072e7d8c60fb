"""A checklist as its people live it: opened with the meeting, worked off by both companies, printed in the minutes."""

from datetime import UTC, datetime

from core.features.checklists.records import Checklist, ChecklistItem
from core.features.minutes.records import Minutes
from core.view import Card, Fields, Plain, plain
from tests.features.actions.people import card_of, to
from tests.meeting_room import MeetingRoom, anna, buttons, jurgen, luis, marta, priya, words

CALL = 'meeting new "PPQ readiness review" at:"27 Mar 2026 14:00" for:60m stage:ppq_readiness'


def the(room: MeetingRoom, ref: str) -> ChecklistItem:
    """An item as the store has it."""
    found: ChecklistItem = next(row for row in room.rows(ChecklistItem) if row.ref == ref)
    return found


def agenda(room: MeetingRoom) -> str:
    """The newest card in the room that carries the meeting's agenda."""
    return next(words(card) for card in reversed(room.cards()) if card.summary.startswith("MTG-001 · PPQ"))


def named(cards: list[Card], summary: str) -> Card:
    """The one card of these whose one line holds that."""
    found = [card for card in cards if summary in card.summary]
    assert len(found) == 1, [card.summary for card in cards]
    return found[0]


async def test_from_the_call_to_the_minutes(room: MeetingRoom) -> None:
    await room.opened()
    await room.deliver()

    # Aoife calls the meeting; the stage's fifteen items are there, and each lead gets theirs as one list.
    planned = words(await room.say(anna, CALL))
    ready = (
        "Norvane Therapeutics: 0 of 8 ready, 6 blockers open\nTarnbrook Manufacturing: 0 of 12 ready, 11 blockers open"
    )
    assert ready in planned
    sent = await room.deliver()
    assert len(room.rows(ChecklistItem)) == 15
    [hers], [martas] = to(anna, sent), to(marta, sent)
    assert words(hers).startswith("For you: 8 items before PPQ readiness review")
    assert words(martas).startswith("For you: 12 items before PPQ readiness review")
    line = "PQ-03 Master batch record approved and issued, no open redlines · blocker · due Fri 20 Mar 2026"
    assert line in words(martas)
    assert ready in agenda(room)
    shown = [block.fields for block in room.cards()[-1].blocks if isinstance(block, Fields)]
    facts = [field.value for fields in shown for field in fields if "ready" in plain(field.value)]
    assert [[type(span) for span in value] for value in facts] == [[Plain], [Plain]], "nothing of it is bold"
    assert buttons(room.cards()[-1])["Checklist"] == "checklist MTG-001"

    # Marta hands the batch record to Luís, who hears of it and says what shows it; the form takes it as well.
    assert "PQ-03 · MTG-001 PPQ readiness review" in words(await room.say(marta, "checklist assign PQ-03 @l", l=luis))
    [for_luis] = to(luis, await room.deliver())
    assert words(for_luis).startswith("For you: PQ-03 Master batch record")
    form = await room.press(luis, buttons(for_luis)["Evidence…"])
    answer = words(await room.fill(luis, form, item="PQ-03", evidence="MBR-114 v4"))
    assert "evidence noted. Another person verifies it." in answer
    await room.deliver()
    card = card_of(room, "MTG-001/PQ-03")
    assert "Evidence: MBR-114 v4 · @Luís Gonçalves (Tarnbrook Manufacturing)" in words(card)
    assert "1 to verify" in agenda(room)

    # Not by who gave it: Jürgen looks, and rejects it; the second one is right.
    assert "not do this here" in words(await room.say(luis, "checklist verify PQ-03"))
    await room.say(jurgen, 'checklist reject PQ-03 reason:"version 4 has two redlines"')
    told = named(to(luis, await room.deliver()), "Evidence rejected: PQ-03")
    assert "version 4 has two redlines" in words(told)
    await room.say(luis, 'checklist evidence PQ-03 "MBR-114 v5"')
    await room.deliver()
    await room.press(jurgen, buttons(card_of(room, "MTG-001/PQ-03"))["Verify"])
    await room.deliver()
    assert "Tarnbrook Manufacturing: 1 of 12 ready, 10 blockers open" in agenda(room)
    assert the(room, "MTG-001/PQ-03").state == "verified"

    # A blocker is waived by the QA of both, and each says why; what blocks nothing may simply not apply.
    waiting = words(await room.say(jurgen, 'checklist waive PQ-05 reason:"verified batch by batch"'))
    assert "The QA of Norvane Therapeutics must waive it as well" in waiting
    assert the(room, "MTG-001/PQ-05").state == "open"
    asked = named(to(priya, await room.deliver()), "Your waiver is asked for: PQ-05")
    form = await room.press(priya, buttons(asked)["Waive as well…"])
    await room.fill(priya, form, item="MTG-001/PQ-05", reason="limits agreed in CV-77")
    await room.say(priya, 'checklist na PQ-13 reason:"stability is in another protocol"')
    await room.deliver()
    assert the(room, "MTG-001/PQ-05").state == "waived"
    assert "Norvane Therapeutics: 0 of 7 ready, 6 blockers open" in agenda(room)
    assert "Tarnbrook Manufacturing: 1 of 12 ready, 1 waived, 9 blockers open" in agenda(room)

    # The list: what is missing first.
    shown = words(await room.press(marta, "checklist MTG-001"))
    assert shown.startswith("Checklist: PPQ readiness review (15)")
    assert shown.index("Evidence is missing") < shown.index("PQ-02")
    second = words(await room.say(marta, "checklist page:2"))
    assert "PQ-05 Cleaning: validated, or verified per batch" in second
    assert "waived by @Jürgen Weiß: verified batch by batch · @Priya Raghunathan: limits agreed in CV-77" in second

    # At the start everybody sees which blockers are open; what comes later does not change what the minutes print.
    room.clock.set(datetime(2026, 3, 27, 14, 0, tzinfo=UTC))
    await room.say(anna, "meeting start")
    await room.deliver()
    start = next(words(card) for card in room.cards() if card.summary.startswith("Ready at the start of MTG-001"))
    assert start.startswith("10 blockers open at the start")
    await room.say(marta, 'checklist evidence PQ-04 "QS-12 v3"')
    ending = words(await room.say(anna, "meeting end"))
    assert "Open blockers: PQ-01, PQ-02, PQ-04, PQ-06, PQ-07, PQ-08, PQ-09, PQ-10 +2" in ending
    await room.say(anna, "meeting end anyway")
    await room.deliver()
    minutes = room.rows(Minutes)[0].markdown
    assert "## Readiness (15)" in minutes
    assert "Tarnbrook Manufacturing: 1 of 12 verified, 1 waived, 9 blockers open" in minutes
    assert "**PQ-03** Master batch record approved and issued, no open redlines – verified by Jürgen Weiß" in minutes
    before, _, during = minutes.partition("## Changed on the checklist (1)")
    assert "QS-12" not in before
    assert "evidence given by Marta Kowalczyk" in during
    assert "ended on" in words(await room.say(marta, 'checklist evidence PQ-07 "LOT-7"'))
    assert room.rows(Checklist)[0].state == "closed"
    assert not [key for key in room.jobs() if key.startswith("checklist:")]

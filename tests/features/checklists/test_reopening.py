"""A slip on a checklist: one's own last step is taken back, and what was settled is opened again by QA."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core.features.minutes.records import Minutes
from tests.features.actions.people import direct
from tests.features.checklists.called import called, the
from tests.meeting_room import Account, MeetingRoom, anna, buttons, jurgen, luis, marta, priya, words

KEPT = ("state", "evidence", "evidence_by", "evidence_at", "waivers", "settled_by", "settled_at", "reason", "returned")


def stands(room: MeetingRoom, item: str) -> dict[str, object]:
    """All of an item that steps change."""
    row = the(room, item)
    return {name: getattr(row, name) for name in KEPT}


STEPS = [
    (luis, 'evidence PQ-03 "MBR-114 v4"', "evidence_attached"),
    (priya, "verify PQ-03", "verified"),
    (jurgen, 'reopen PQ-03 reason:"version 5 is out"', "open"),
    (luis, 'evidence PQ-03 "MBR-114 v5"', "evidence_attached"),
    (jurgen, 'reject PQ-03 reason:"two redlines"', "open"),
    (priya, 'waive PQ-03 reason:"agreed by phone"', "open"),
    (jurgen, 'waive PQ-03 reason:"agreed with the sponsor"', "waived"),
    (priya, 'reopen PQ-03 reason:"it is needed after all"', "open"),
    (jurgen, 'na PQ-03 reason:"the record is the sponsor\'s"', "not_applicable"),
]


async def test_each_step_is_taken_back_by_whoever_took_it_and_leaves_the_item_as_it_was(room: MeetingRoom) -> None:
    await called(room)
    for who, said, state in STEPS:
        before = stands(room, "PQ-03")
        for undo in ("undo", "undo PQ-03", "undo MTG-001/PQ-03"):
            await room.say(who, f"checklist {said}")
            assert the(room, "PQ-03").state == state, said
            assert words(await room.say(who, undo)).startswith("Recorded: PQ-03"), (said, undo)
            assert stands(room, "PQ-03") == before, (said, undo)
        [entry] = [one for one in room.trail()[-1:] if "StepTakenBack" in one["event"]]
        assert (entry["record"], entry["reason"]) == ("MTG-001/PQ-03", "slip of the pen")
        await room.say(who, f"checklist {said}")
        assert the(room, "PQ-03").state == state
    assert "may not do this here" in words(await room.say(luis, 'checklist reopen PQ-03 reason:"it is ours"'))


async def test_only_what_one_did_last_and_with_a_reason_once_it_is_no_slip(room: MeetingRoom) -> None:
    await called(room)
    assert "Nothing was done to MTG-001/PQ-03 yet" in words(await room.say(luis, "undo PQ-03"))
    await room.say(luis, 'checklist evidence PQ-03 "MBR-114 v4"')
    await room.say(priya, "checklist verify PQ-03")
    refused = words(await room.say(luis, "undo"))
    assert "Priya Raghunathan changed MTG-001/PQ-03 last: only your own last step is taken back so." in refused
    refused = await room.say(jurgen, "undo PQ-03")
    assert 'checklist reopen MTG-001/PQ-03 reason:"why"' in words(refused)
    room.clock.advance(minutes=16)
    form = await room.say(priya, "undo")
    assert the(room, "PQ-03").state == "verified"
    await room.fill(priya, form, reason="the wrong list")
    assert the(room, "PQ-03").state == "evidence_attached"
    assert "Luís Gonçalves changed MTG-001/PQ-03 last" in words(await room.say(priya, "undo PQ-03"))
    room.clock.advance(minutes=61)
    refused = words(await room.say(luis, "undo"))
    assert "nothing here in the last hour" in refused
    assert "undo MTG-001/PQ-03" in refused
    await room.say(luis, 'undo PQ-03 reason:"another list"')
    assert the(room, "PQ-03").state == "open"


async def test_a_record_made_after_a_step_is_the_one_that_undo_takes_back(room: MeetingRoom) -> None:
    await called(room)
    await room.say(luis, 'checklist evidence PQ-03 "MBR-114 v4"')
    await room.say(luis, "note the filter is here")
    await room.say(luis, "undo")
    assert the(room, "PQ-03").state == "evidence_attached"
    assert "NOT-001" in words(await room.say(luis, "undo NOT-001"))


@pytest.mark.parametrize(
    ("item", "who", "may"), [("PQ-04", priya, True), ("PQ-11", priya, False), ("PQ-11", jurgen, True)]
)
async def test_the_qa_of_its_company_or_of_a_blocker_s_either_opens_it_again(
    room: MeetingRoom, item: str, who: Account, may: bool
) -> None:
    await called(room)
    assert "is not settled" in words(await room.say(jurgen, f'checklist reopen {item} reason:"not there yet"'))
    await room.say(luis, f'checklist evidence {item} "QS-12 v3"')
    await room.say(jurgen, f"checklist verify {item}")
    assert buttons(await room.say(who, f"checklist {item}")).get("Reopen…") == f"checklist reopen MTG-001/{item}"
    answer = words(await room.say(who, f'checklist reopen {item} reason:"the list ran out"'))
    assert ("open again." in answer) == may
    assert (the(room, item).state == "open") == may
    if not may:
        assert f"MTG-001/{item} is Tarnbrook Manufacturing’s" in answer
        return
    await room.deliver()
    name = {priya: "Priya Raghunathan (Norvane Therapeutics)", jurgen: "Jürgen Weiß (Tarnbrook Manufacturing)"}[who]
    shown = words(await room.say(anna, f"checklist {item}"))
    assert (
        f"Reopened: @{name}, Mon 9 Mar 2026 09:00 (Europe/Dublin): the list ran out · it was verified: “QS-12 v3”"
        in shown
    )
    for told in (marta, luis):
        assert any(card.summary.startswith(f"Open again: {item}") for card in room.cards(direct(told)))
    assert "0 of 12" in words(await room.say(anna, "checklist"))


async def test_minutes_tell_what_was_reopened_and_taken_back(room: MeetingRoom) -> None:
    await called(room)
    await room.say(luis, 'checklist evidence PQ-03 "MBR-114 v4"')
    await room.say(priya, "checklist verify PQ-03")
    room.clock.set(datetime(2026, 3, 27, 14, 0, tzinfo=UTC))
    await room.say(anna, "meeting start")
    await room.say(priya, 'checklist reopen PQ-03 reason:"version 5 is out"')
    await room.say(priya, 'checklist waive PQ-07 reason:"by mistake, no"')
    await room.say(priya, "undo")
    await room.say(anna, "meeting end anyway")
    text = room.rows(Minutes)[0].markdown
    assert (
        "– verified → **blocker open**\n  - opened again by Priya Raghunathan (Norvane Therapeutics) at 14:00" in text
    )
    assert "  - last step taken back by Priya Raghunathan (Norvane Therapeutics) at 14:00" in text
    refused = words(await room.say(priya, "undo PQ-03"))
    assert "nothing more is recorded in it" in refused

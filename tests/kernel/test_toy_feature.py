"""Adding a feature touches no other file: the design, tested with a whole one on both databases."""

from __future__ import annotations

from datetime import timedelta

from core.kernel.ids import Side
from core.view import Form
from tests.meeting_room import MeetingRoom, anna, buttons, luis, marta, words
from tests.toy_feature.records import Badge


async def test_help_and_forms_know_it(toy: MeetingRoom) -> None:
    assert "Issue a badge to a visitor" in words(await toy.say(anna, "help"))
    assert "Issue a badge" not in words(await toy.say(luis, "help"))  # an expert may not
    form = await toy.say(anna, "badge return")
    assert isinstance(form, Form)
    assert [block.name for block in form.blocks] == ["badge"]


async def test_it_is_said_numbered_shown_and_trailed(toy: MeetingRoom) -> None:
    assert "BDG-001" in words(await toy.say(anna, "badge an auditor"))
    sent = await toy.deliver()
    assert "an auditor #1" in words(next(out.card for out in sent if out.card.place.record == "BDG-001"))
    entry = next(entry for entry in toy.trail() if entry["record"] == "BDG-001")
    assert entry["event"] == "BadgeIssued"
    assert entry["changes"]["text"] == [None, "an auditor #1"]
    assert (entry["name"], entry["side"], entry["role"]) == ("Aoife Ní Bhriain", "sponsor", "lead")


async def test_a_button_is_a_sentence_and_the_card_changes_in_place(toy: MeetingRoom) -> None:
    await toy.say(anna, "badge an auditor")
    await toy.deliver()
    card = next(card for card in toy.cards() if card.place.record == "BDG-001")
    await toy.press(anna, buttons(card)["Return"], place=card.place)
    sent = await toy.deliver()
    assert [out.message is not None for out in sent] == [True]
    assert len([one for one in toy.cards() if one.place.record == "BDG-001"]) == 1
    assert "cannot become returned" in words(await toy.press(anna, "badge return BDG-001"))


async def test_its_job_is_said_by_the_system_once(toy: MeetingRoom) -> None:
    await toy.say(anna, "badge an auditor")
    await toy.deliver()
    toy.clock.advance(hours=9)
    assert len(await toy.deliver()) == 1
    assert "badge:BDG-001" not in toy.jobs()
    assert [entry["name"] for entry in toy.trail() if entry["command"] == "RemindOfBadge"] == ["Tandem"]


async def test_the_job_goes_with_the_record(toy: MeetingRoom) -> None:
    await toy.say(anna, "badge an auditor")
    assert toy.jobs()["badge:BDG-001"] == toy.clock.now() + timedelta(hours=8)
    await toy.say(anna, "badge return BDG-001")
    assert "badge:BDG-001" not in toy.jobs()


async def test_correct_changes_it_as_it_does_any_record(toy: MeetingRoom) -> None:
    await toy.say(anna, "badge an auditor")
    await toy.deliver()
    assert "it is corrected by them or by the chair" in words(await toy.say(marta, 'correct BDG-001 "an inspector"'))
    assert "the text alone is corrected" in words(await toy.say(anna, "correct BDG-001 by Friday"))
    await toy.say(anna, 'correct BDG-001 "an inspector"')
    [badge] = toy.rows(Badge)
    assert badge.text == "an inspector"
    entry = toy.trail()[-1]
    assert (entry["event"], entry["record"], entry["reason"]) == ("RecordCorrected", "BDG-001", "slip of the pen")
    await toy.deliver()
    [card] = [card for card in toy.cards() if card.place.record == "BDG-001"]
    assert "an inspector" in words(card)
    toy.clock.advance(minutes=20)
    form = await toy.say(anna, 'correct BDG-001 "two inspectors"')
    assert isinstance(form, Form)
    assert [block.name for block in form.blocks if hasattr(block, "name")] == ["record", "text", "reason"]
    await toy.fill(anna, form, record="BDG-001", text="two inspectors", reason="a second one came")
    assert toy.trail()[-1]["reason"] == "a second one came"


async def test_undo_takes_it_back_as_it_does_any_record(toy: MeetingRoom) -> None:
    await toy.say(anna, "note the filter is here")
    await toy.say(anna, "badge an auditor")
    await toy.deliver()
    await toy.say(anna, "undo")
    [badge] = toy.rows(Badge)
    assert badge.state == "withdrawn"
    assert "badge:BDG-001" not in toy.jobs()
    entry = toy.trail()[-1]
    assert (entry["event"], entry["record"], entry["reason"]) == ("RecordWithdrawn", "BDG-001", "slip of the pen")
    await toy.deliver()
    assert len([card for card in toy.cards() if card.place.record == "BDG-001"]) == 1
    assert "BDG-001 is withdrawn already" in words(await toy.say(anna, "undo"))


async def test_undo_by_its_name_is_for_its_author_and_asks_why_later(toy: MeetingRoom) -> None:
    await toy.say(anna, "badge an auditor")
    toy.clock.advance(minutes=20)
    assert "it is taken back by them or by the chair" in words(await toy.say(marta, "undo BDG-001"))
    assert isinstance(await toy.say(anna, "undo BDG-001"), Form)
    await toy.say(anna, 'undo BDG-001 reason:"nobody came"')
    assert toy.rows(Badge)[0].state == "withdrawn"


async def test_undo_after_another_act_of_it_takes_nothing_back(toy: MeetingRoom) -> None:
    await toy.say(anna, "badge an auditor")
    await toy.say(anna, "note the filter is here")
    await toy.say(anna, "badge return BDG-001")
    before = toy.trail()
    answer = words(await toy.say(anna, "undo"))
    assert "“badge return” came last, about BDG-001, and is not taken back so. Before it you made NOT-001" in answer
    assert "undo NOT-001" in answer
    assert toy.trail() == before


async def test_an_earlier_feature_s_card_carries_what_it_adds(toy: MeetingRoom) -> None:
    await toy.say(anna, "decision we go")
    await toy.deliver()
    card = next(card for card in toy.cards() if card.place.record == "DEC-001")
    assert "Badges" not in words(card)
    await toy.say(anna, "badge an auditor")
    await toy.say(marta, "decision agree DEC-001")
    await toy.deliver()
    card = next(card for card in toy.cards() if card.place.record == "DEC-001")
    assert "Badges: BDG-001" in words(card)
    assert buttons(card)["Badge…"] == "badge"


async def test_one_company_s_badge_is_no_business_of_the_other(toy: MeetingRoom) -> None:
    await toy.say(anna, "badge a secret visitor audience:sponsor")
    assert "a secret visitor" in words(await toy.say(anna, "badge show BDG-001"))
    hidden = words(await toy.say(marta, "badge show BDG-001"))
    assert "There is no BDG-001" in hidden
    assert "There is no BDG-001" in words(await toy.say(marta, "badge return BDG-001"))
    assert not [entry for entry in toy.trail() if entry["record"] == "BDG-001"]
    assert [entry["record"] for entry in toy.trail(audience="sponsor")] == ["BDG-001"]


async def test_an_answer_that_everybody_reads_holds_what_both_companies_may_see(toy: MeetingRoom) -> None:
    await toy.say(anna, "badge a secret visitor audience:sponsor")
    await toy.say(anna, "badge an auditor")
    assert "There is no BDG-001" in words(await toy.say(anna, "badge show BDG-001", aloud=True))
    assert "a secret visitor" in words(await toy.say(anna, "badge show BDG-001"))
    assert "an auditor" in words(await toy.say(anna, "badge show BDG-002", aloud=True))


async def test_its_rows_are_exported_for_whom_they_are(toy: MeetingRoom) -> None:
    await toy.say(anna, "badge a secret visitor audience:sponsor")
    await toy.say(anna, "badge an auditor")
    for side, expected in ((Side.SPONSOR, ["BDG-001", "BDG-002"]), (Side.CMO, ["BDG-002"])):
        with toy.reads_as(side) as reads:
            assert [row["id"] for row in toy.core.registry.exporters["badges"](reads)] == expected


async def test_a_signed_act_is_refused_in_chat(toy: MeetingRoom) -> None:
    await toy.say(anna, "badge an auditor")
    assert "given on the signing page, not in chat" in words(await toy.say(anna, "badge sign BDG-001"))


async def test_a_bug_leaves_nothing_and_names_a_number(toy: MeetingRoom) -> None:
    before = toy.trail()
    answer = words(await toy.say(anna, "badge break after the insert"))
    assert "nothing was recorded" in answer
    assert toy.rows(Badge) == []
    assert toy.trail() == before
    assert "BDG-001" in words(await toy.say(anna, "badge an auditor"))  # the number was not used up


async def test_the_same_delivery_three_times_is_one(toy: MeetingRoom) -> None:
    for _ in range(3):
        answer = words(await toy.say(anna, "badge an auditor", delivery="once"))
    assert "recorded already: BDG-001" in answer
    assert len(toy.rows(Badge)) == 1

"""A record is put right: by whom, with which reason, who hears of it, and what stays as it was."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core.api import Address, Form, Text, plain
from core.features.actions.records import Action
from core.features.capa.records import Capa, CapaLine
from core.features.decisions.records import Decision
from core.features.minutes.records import Minutes
from core.features.questions.records import AskedQuestion, Note, Risk
from tests.meeting_room import MeetingRoom, anna, buttons, jurgen, luis, marta, priya, tomas, words

OWN = Address("slack", "T1", "C-norvane")
HOSTILE = "<!channel> </at> {{7*7}} ]]> &amp; <b>x</b> `code` \u202e txt"


def corrected(room: MeetingRoom, event: str = "RecordCorrected") -> list[dict[str, Any]]:
    """The entries of the trail that tell of it, newest last."""
    return [entry for entry in room.trail() if event in entry["event"].split()]


async def given(room: MeetingRoom, minutes: int = 0) -> Action:
    """ACT-001 of Luís by Friday 20 March, said by the lead, told of, and so many minutes old."""
    await room.opened()
    await room.say(anna, "action send the batch record @p by 2026-03-20", p=luis)
    await room.deliver()
    room.clock.advance(minutes=minutes)
    return action_of(room)


def action_of(room: MeetingRoom) -> Action:
    [action] = room.rows(Action)
    assert isinstance(action, Action)
    return action


async def test_a_date_is_corrected_with_a_reason(room: MeetingRoom) -> None:
    await given(room, minutes=60)
    before = room.jobs()
    await room.say(anna, 'correct ACT-001 due 25 March reason:"supplier late"')

    action = action_of(room)
    assert (action.due, action.version) == (date(2026, 3, 25), 2)
    [entry] = corrected(room)
    assert (entry["record"], entry["name"], entry["reason"]) == ("ACT-001", "Aoife Ní Bhriain", "supplier late")
    assert entry["changes"]["due"] == ["2026-03-20", "2026-03-25"]
    moved = {key: when for key, when in room.jobs().items() if "remind:ACT-001" in key}
    assert {key for key in before if "remind:ACT-001" in key} == moved.keys()
    assert {f"{when:%d %H:%M}" for when in moved.values()} == {"24 08:00", "25 08:00"}  # nine in Warsaw

    sent = await room.deliver()
    card = next(out for out in sent if not out.address.direct)
    assert card.message is not None
    assert "Due: Wed 25 Mar 2026" in words(card.card)
    shown = words(card.card)
    assert "Corrected: @Aoife Ní Bhriain, Mon 9 Mar 2026 10:00 (Europe/Dublin) · due date (was Fri 20 Mar" in shown
    assert "2026) · supplier late" in shown
    own, told = [out for out in sent if out.address.channel == "U-luís"]
    assert own.message is not None
    assert "For you: ACT-001" in words(own.card)
    assert words(told.card) == (
        "Corrected: ACT-001 send the batch record\nDue\nWed 25 Mar 2026\nIt was: Fri 20 Mar 2026\n"
        "@Aoife Ní Bhriain (Norvane Therapeutics): supplier late"
    )
    assert not [out for out in sent if out.address.channel == "U-aoife"]


@pytest.mark.parametrize(
    "sentence",
    [
        "correct ACT-001 due 25 March reason:supplier late",
        "correct act-1 by 25 March reason:supplier late",
        "correct ACT-001 by 2026-03-25 reason:“supplier late”",
    ],
)
async def test_how_it_may_be_said(room: MeetingRoom, sentence: str) -> None:
    await given(room, minutes=60)
    await room.say(anna, sentence)
    assert action_of(room).due == date(2026, 3, 25)
    assert corrected(room)[0]["reason"] == "supplier late"


async def test_within_a_quarter_of_an_hour_it_is_a_slip(room: MeetingRoom) -> None:
    await given(room, minutes=15)
    await room.say(anna, 'correct ACT-001 "send both batch records"')
    assert action_of(room).text == "send both batch records"
    [entry] = corrected(room)
    assert (entry["reason"], entry["changes"]["text"]) == (
        "slip of the pen",
        ["send the batch record", "send both batch records"],
    )
    sent = await room.deliver()
    assert all(out.message is not None for out in sent), "cards change, and nobody is called for a slip"
    assert "text · slip of the pen" in words(room.cards()[-1])


async def test_a_minute_later_the_reason_is_asked_for_in_a_form(room: MeetingRoom) -> None:
    await given(room, minutes=16)
    form = await room.say(anna, 'correct ACT-001 "send both batch records"')
    assert isinstance(form, Form)
    assert words(form).splitlines()[-1] == "Why it changes"
    assert {block.name: block.required for block in form.blocks if hasattr(block, "required")} == {
        "record": True, "text": False, "owners": False, "due": False, "reason": True,
    }  # fmt: skip
    assert form.says == ('correct ACT-001 "send both batch records" @Luís Gonçalves by 2026-03-20 reason:"the reason"')
    assert action_of(room).version == 1

    values = {"record": "ACT-001", "text": "send both batch records", "due": "2026-03-20"}
    wrong = await room.fill(anna, form, **values, owners=(action_of(room).owners[0],), reason="no")
    assert "A reason needs at least 5 characters" in words(wrong)
    again = await room.fill(anna, form, **values, owners=(action_of(room).owners[0],), reason="")
    assert "This is needed: why it changes." in words(again)
    assert action_of(room).version == 1
    await room.fill(anna, form, **values, owners=(action_of(room).owners[0],), reason="there are two")
    assert (action_of(room).text, action_of(room).due) == ("send both batch records", date(2026, 3, 20))
    assert list(corrected(room)[0]["changes"]) == ["correction", "text", "version"]


@pytest.mark.parametrize("acts", ["action accept ACT-001", "action reassign ACT-001 @p"])
async def test_once_somebody_acted_on_it_a_reason_is_due_at_once(room: MeetingRoom, acts: str) -> None:
    await given(room)
    await room.say(luis if "accept" in acts else marta, acts, **({"p": jurgen} if "@p" in acts else {}))
    assert isinstance(await room.say(anna, "correct ACT-001 by 25 March"), Form)
    await room.say(anna, "correct ACT-001 by 25 March reason:supplier late")
    assert action_of(room).due == date(2026, 3, 25)


async def test_a_slip_is_the_author_s_alone(room: MeetingRoom) -> None:
    await given(room)
    assert isinstance(await room.say(priya, "correct ACT-001 by 25 March"), Form)  # QA of the author's company
    await room.say(priya, "correct ACT-001 by 25 March reason:the audit is on Friday")
    assert corrected(room)[0]["name"] == "Priya Raghunathan"
    told = [out for out in await room.deliver() if "Corrected:" in out.card.summary]
    assert {out.address.channel for out in told} == {"U-aoife", "U-luís"}
    assert isinstance(await room.say(anna, "correct ACT-001 by 26 March"), Form), "others acted on it by now"


async def test_who_accepted_the_date_before_accepts_the_new_one(room: MeetingRoom) -> None:
    await given(room, minutes=60)
    await room.say(luis, "action accept ACT-001")
    await room.say(anna, "correct ACT-001 by 12 March reason:the audit moved")
    action = action_of(room)
    assert (action.state, action.accepted, action.owners) == ("open", [], action.owners)
    told = next(out for out in await room.deliver() if "Corrected:" in out.card.summary)
    assert buttons(told.card) == {"Accept": "action accept ACT-001", "Decline…": "action decline ACT-001"}
    await room.press(luis, "action accept ACT-001", at=told.address)
    assert action_of(room).state == "in_progress"
    await room.say(anna, 'correct ACT-001 "send MBR-114" reason:"the other one"')
    assert action_of(room).state == "in_progress", "other words for it leave a yes as it is"


async def test_an_owner_who_recorded_it_keeps_their_own_yes(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "action send the batch record @p by 2026-03-20", p=anna)
    await room.say(anna, "action accept ACT-001")
    await room.say(anna, "correct ACT-001 by 25 March")
    assert (action_of(room).state, corrected(room)[0]["reason"]) == ("in_progress", "slip of the pen")


async def test_what_was_missing_or_a_guess_needs_no_reason(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "action order the filters")
    room.clock.advance(days=1)
    assert action_of(room).confirm == ["owner", "due"]
    await room.say(anna, "correct ACT-001 @p", p=luis)
    assert (action_of(room).confirm, action_of(room).state) == (["due"], "open")
    await room.say(anna, "correct ACT-001 due Friday")
    assert (action_of(room).confirm, action_of(room).due) == ([], date(2026, 3, 13))
    assert [entry["reason"] for entry in corrected(room)] == ["", ""]
    assert isinstance(await room.say(anna, "correct ACT-001 by 20 March"), Form), "it is confirmed now"


async def test_a_guessed_date_is_asked_about_and_never_taken(room: MeetingRoom) -> None:
    await given(room)
    form = await room.say(anna, "correct ACT-001 by 03/04")
    assert isinstance(form, Form)
    assert "by 2026-04-03" in form.says
    assert action_of(room).due == date(2026, 3, 20)
    owner = action_of(room).owners[0]
    await room.fill(anna, form, record="ACT-001", text="send the batch record", owners=(owner,), due="2026-04-03")
    assert action_of(room).due == date(2026, 4, 3)


async def test_another_owner_is_told_and_so_is_the_one_before(room: MeetingRoom) -> None:
    await given(room, minutes=60)
    await room.say(luis, "action accept ACT-001")
    await room.deliver()
    await room.say(anna, 'correct ACT-001 owner @p reason:"he has the keys"', p=jurgen)
    action = action_of(room)
    assert (action.state, action.accepted) == ("open", [])
    shown = {out.address.channel: [] for out in room.inbox.sent}
    for out in await room.deliver():
        shown[out.address.channel] = [*shown.get(out.address.channel, []), words(out.card)]
    assert any("Not yours any more: ACT-001" in card and "he has the keys" in card for card in shown["U-luís"])
    assert any("For you: ACT-001" in card for card in shown["U-jürgen"])
    assert {key.split(":")[2] for key in room.jobs() if key.startswith("remind:ACT-001")} == set(action.owners)


@pytest.mark.parametrize(
    ("who", "may"), [(anna, True), (priya, True), (tomas, False), (marta, False), (jurgen, False), (luis, False)]
)
async def test_who_may(room: MeetingRoom, who: Any, may: bool) -> None:
    """Its author, and a lead or QA of their company; the owner asks one of them, as long as there is no other way."""
    await given(room, minutes=60)
    answer = words(await room.say(who, "correct ACT-001 by 25 March reason:supplier late"))
    assert (action_of(room).due == date(2026, 3, 25)) is may
    if not may:
        assert "ACT-001 was recorded by Aoife Ní Bhriain: it is corrected by them, by the chair" in answer
        assert "Norvane Therapeutics: Aoife Ní Bhriain, Priya Raghunathan." in answer


async def test_the_chair_may_whoever_it_is(room: MeetingRoom) -> None:
    await given(room, minutes=60)
    await room.say(anna, 'meeting new "PPQ" at:now for:60m chair:@p', p=luis)
    await room.say(luis, "meeting start MTG-001")
    await room.say(luis, "correct ACT-001 by 18 March reason:said in the meeting")
    assert action_of(room).due == date(2026, 3, 18)


@pytest.mark.parametrize(
    ("recorded", "kind", "ref"),
    [
        ("decision we take 3 batches", Decision, "DEC-001"),
        ("question which filter?", AskedQuestion, "QUE-001"),
        ("risk the filter is late", Risk, "RSK-001"),
        ("note the filter is here", Note, "NOT-001"),
    ],
)
async def test_every_kind_of_captured_record(room: MeetingRoom, recorded: str, kind: Any, ref: str) -> None:
    await room.opened()
    await room.say(anna, recorded)
    room.clock.advance(minutes=30)
    assert isinstance(await room.say(anna, f'correct {ref} "another text"'), Form)
    await room.say(anna, f'correct {ref} "another text" reason:"it was wrong"')
    [row] = room.rows(kind)
    assert (row.text, row.version) == ("another text", 2)
    [entry] = corrected(room)
    assert entry["changes"]["text"] == [recorded.partition(" ")[2], "another text"]
    await room.deliver()
    shown = words(room.cards()[-1])
    assert "another text" in shown
    assert "Corrected: @Aoife Ní Bhriain, Mon 9 Mar 2026 09:30 (Europe/Dublin) · text · it was wrong" in shown


async def test_a_question_is_put_to_somebody_else(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "question which filter? @p", p=luis)
    await room.say(anna, "correct QUE-001 @p", p=jurgen)
    [question] = room.rows(AskedQuestion)
    await room.deliver()
    assert "Put to: @Jürgen Weiß" in words(room.cards()[-1])
    assert len(question.asked_of) == 1


async def test_a_capa_and_its_line(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, 'capa new "hold time was never challenged"')
    await room.say(anna, 'capa line CAPA-001 corrective "review it" @p by 20 March', p=luis)
    await room.say(luis, "capa accept CAPA-001.1")
    room.clock.advance(hours=1)
    await room.deliver()
    await room.say(anna, 'correct CAPA-001 "hold time was not challenged" reason:"too strong"')
    await room.say(anna, 'correct CAPA-001.1 "review the agreement" reason:"what it is"')
    [capa], [line] = room.rows(Capa), room.rows(CapaLine)
    assert (capa.title, line.text, line.accepted) == ("hold time was not challenged", "review the agreement", True)
    await room.say(anna, 'correct CAPA-001.1 by 25 March reason:"the lab is closed"')
    [line] = room.rows(CapaLine)
    assert (line.due, line.accepted) == (date(2026, 3, 25), False)
    told = [out for out in await room.deliver() if "Corrected: CAPA-001.1" in out.card.summary]
    assert {out.address.channel for out in told} == {"U-luís"}
    assert buttons(told[-1].card) == {"Accept": "capa accept CAPA-001.1", "Decline…": "capa decline CAPA-001.1"}
    await room.say(anna, 'correct CAPA-001.1 @p reason:"QA does it"', p=jurgen)
    assert any("Not yours any more: CAPA-001.1" in out.card.summary for out in await room.deliver())

    assert "is over already" in words(await room.say(anna, "correct CAPA-001.1 by 2026-03-01 reason:too late"))
    assert "has no date that could be another" in words(await room.say(anna, "correct CAPA-001 by 25 March"))
    two = await room.say(anna, "correct CAPA-001.1 @p @q reason:both do it", p=jurgen, q=luis)
    assert "CAPA-001.1 has one owner" in words(two)


async def test_an_agreed_decision_is_changed_by_both_alone(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "decision we take 3 batches")
    await room.say(marta, "decision agree DEC-001")
    answer = words(await room.say(anna, 'correct DEC-001 "we take 4 batches" reason:"a slip"'))
    assert "Both companies agreed to DEC-001 as it reads, so both change it" in answer
    assert 'decision reverse DEC-001 reason:"why"' in answer
    [decision] = room.rows(Decision)
    assert (decision.text, decision.state) == ("we take 3 batches", "agreed")


async def test_who_agreed_to_the_words_before_is_asked_again(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(luis, "decision we take 3 batches")
    await room.say(anna, "decision agree DEC-001")
    await room.deliver()
    await room.say(luis, 'correct DEC-001 "we take 4 batches" reason:"one for stability"')
    [decision] = room.rows(Decision)
    assert (decision.text, decision.state, decision.agreed_by) == ("we take 4 batches", "proposed", [])
    told = next(out for out in await room.deliver() if out.address.channel == "U-aoife")
    assert "You agreed to it as it was" in words(told.card)
    assert buttons(told.card) == {"Agree": "decision agree DEC-001", "Object…": "decision object DEC-001"}
    await room.press(anna, "decision agree DEC-001")
    await room.say(marta, "decision agree DEC-001")
    assert room.rows(Decision)[0].state == "agreed"


async def test_a_lead_s_own_yes_is_to_what_they_correct(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "decision we take 3 batches")
    room.clock.advance(minutes=5)
    await room.say(anna, "s/3/4/")
    [decision] = room.rows(Decision)
    assert [voice["at"] for voice in decision.agreed_by] == ["2026-03-09T09:05:00.000+00:00"]


@pytest.mark.parametrize(
    ("first", "then", "ref", "says"),
    [
        ("action send it @p by 2026-03-20", 'action done ACT-001 evidence:"MBR"', "ACT-001", "is done already"),
        ("action send it @p by 2026-03-20", 'action cancel ACT-001 reason:"no use"', "ACT-001", "is cancelled already"),
        ("question which?", "question answer QUE-001 this one", "QUE-001", "QUE-001 is answered and stays"),
        ("risk it is late", 'risk close RSK-001 reason:"it came"', "RSK-001", "RSK-001 is closed and stays"),
        ("note it came", "undo", "NOT-001", "NOT-001 is withdrawn and stays"),
        ("decision we go", 'decision reverse DEC-001 reason:"no, not now"', "DEC-001", "DEC-001 is withdrawn"),
    ],
)
async def test_what_is_over_stays_as_it_reads(room: MeetingRoom, first: str, then: str, ref: str, says: str) -> None:
    await room.opened()
    await room.say(anna, first, **({"p": luis} if "@p" in first else {}))
    await room.say(luis if "done" in then else anna, then)
    before = room.trail()
    assert says in words(await room.say(anna, f'correct {ref} "another text" reason:"it was wrong"'))
    assert says in words(await room.say(anna, f"correct {ref}"))
    assert room.trail() == before


async def test_after_the_minutes_the_record_changes_and_they_do_not(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, 'meeting new "PPQ" at:now for:60m')
    await room.say(anna, "meeting start MTG-001")
    await room.say(anna, "action send the batch record @p by 2026-03-20", p=luis)
    await room.say(anna, "meeting end anyway")
    [minutes] = room.rows(Minutes)
    await room.deliver()
    room.clock.advance(days=1)
    await room.say(anna, 'correct ACT-001 by 25 March reason:"supplier late"')
    assert action_of(room).due == date(2026, 3, 25)
    [after] = room.rows(Minutes)
    assert (after.markdown, after.sha256, after.version) == (minutes.markdown, minutes.sha256, 1)
    assert corrected(room)[0]["changes"]["correction"][1]["minutes_of"] == "MTG-001"
    await room.deliver()
    item = next(card for card in room.cards() if card.summary.startswith("ACT-001"))
    assert "due date (was Fri 20 Mar 2026) · supplier late · the minutes of MTG-001 stay as posted" in words(item)


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("correct ACT-099 by 25 March", "There is no ACT-099 in NVT."),
        ("correct MTG-001 by 25 March", "MTG-001 is not of a kind that is corrected"),
        ("correct PQ-03 by 25 March", "is not of a kind that is corrected"),
        ("correct LIN-001 by 25 March", "LIN-001 is not of a kind that is corrected"),
        ("correct ACT-001 by 31 February", "31 February"),
        ("correct ACT-001 by 20 March", "ACT-001 reads so already."),
        ('correct ACT-001 "send the batch record"', "ACT-001 reads so already."),
        ("correct ACT-001 send both records", 'correct ACT-001 "send both records"'),
        ("correct ACT-001 Friday", "correct ACT-001 by Friday"),
        ('correct ACT-001 "x" reason:no', "A reason needs at least 5 characters"),
    ],
)
async def test_what_cannot_be_read_says_what_would_be_right(room: MeetingRoom, sentence: str, says: str) -> None:
    await given(room)
    before = room.trail()
    assert says in words(await room.say(anna, sentence))
    assert room.trail() == before


async def test_a_note_has_neither_owner_nor_date(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "note the filter is here")
    assert "NOT-001 has no owner" in words(await room.say(anna, "correct NOT-001 @p", p=luis))
    assert "NOT-001 has no date" in words(await room.say(anna, "correct NOT-001 by Friday"))
    form = await room.say(anna, "correct NOT-001")
    assert isinstance(form, Form)
    assert [block.name for block in form.blocks if hasattr(block, "name")] == ["record", "text", "reason"]


async def test_a_reference_alone_opens_the_form_with_what_it_says(room: MeetingRoom) -> None:
    await given(room, minutes=60)
    form = await room.say(anna, "correct ACT-001")
    assert isinstance(form, Form)
    shown = {block.name: block.value for block in form.blocks if hasattr(block, "name")}
    assert shown["text"] == "send the batch record"
    assert shown["due"] == date(2026, 3, 20)
    assert shown["owners"] == tuple(action_of(room).owners)


async def test_long_and_hostile_texts(room: MeetingRoom) -> None:
    await given(room)
    await room.say(anna, f'correct ACT-001 "{HOSTILE}"')
    assert action_of(room).text.startswith("<!channel> </at> {{7*7}} ]]> &amp;")
    await room.deliver()
    assert "<!channel> </at> {{7*7}} ]]> &amp;" in words(room.cards()[-1])
    await room.say(anna, f'correct ACT-001 "{"y" * 3000}"')
    assert action_of(room).text == "y" * 3000
    assert "3000 are the most" in words(await room.say(anna, f'correct ACT-001 "{"z" * 3001}"'))
    await room.say(anna, 'capa new "hold time"')
    answer = words(await room.say(anna, f'correct CAPA-001 "{"z" * 301}"'))
    assert "That would be 301 characters; CAPA-001 has room for 300." in answer


async def test_nothing_changes_in_a_closed_transfer(room: MeetingRoom) -> None:
    await given(room)
    await room.say(anna, 'transfer close reason:"all three batches are released"')
    await room.say(marta, "transfer agree")
    assert "NVT is closed" in words(await room.say(anna, 'correct ACT-001 "x" reason:"it was wrong"'))
    assert "NVT is closed" in words(await room.say(anna, "undo"))
    assert "NVT is closed" in words(await room.say(anna, "s/send/keep/"))


async def test_one_company_s_own_record_is_not_there_for_the_other(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "transfer room internal", at=OWN)
    await room.say(anna, "action find out about the zebrafish @p by 2026-03-20", at=OWN, p=tomas)
    for sentence in ('correct ACT-S001 "x" reason:"it was wrong"', "undo ACT-S001", "s/zebra/gold/ ACT-S001"):
        answer = words(await room.say(marta, sentence))
        assert answer == words(await room.say(marta, sentence.replace("S001", "S009"))).replace("S009", "S001")
    refused = words(await room.say(anna, 'correct ACT-S001 @p reason:"she knows"', p=marta))
    assert "is Norvane Therapeutics’s own and stays there" in refused or "of the other company" in refused
    await room.say(anna, "s/zebra/gold/", at=OWN)
    await room.say(anna, 'correct ACT-S001 by 25 March reason:"more time"', at=OWN)
    assert "goldfish" in action_of(room).text
    assert "RecordCorrected" not in {entry["event"] for entry in room.trail()}
    assert [entry["event"] for entry in room.trail(audience="sponsor")][-2:] == ["RecordCorrected", "RecordCorrected"]


async def test_a_joint_record_is_not_corrected_from_an_own_room(room: MeetingRoom) -> None:
    await given(room)
    await room.say(anna, "transfer room internal", at=OWN)
    refused = words(await room.say(anna, "correct ACT-001 by 25 March reason:supplier late", at=OWN))
    assert "what is said here stays here" in refused


async def test_the_same_correction_delivered_twice_is_one(room: MeetingRoom) -> None:
    await given(room, minutes=60)
    for _ in range(2):
        await room.say(anna, "correct ACT-001 by 25 March reason:supplier late", delivery="once", slash=False)
    assert len(corrected(room)) == 1


@pytest.mark.parametrize("said", ["due 5 January 2020 reason:supplier was late", "by 2026-03-06"])
async def test_an_action_is_not_moved_to_a_day_that_is_over(room: MeetingRoom, said: str) -> None:
    await room.opened()
    await room.say(anna, "action send the record @l by Friday", l=luis)
    refused = await room.say(anna, f"correct ACT-001 {said}")
    assert "is over already: name a date that is still to come." in words(refused)
    assert [row.due for row in room.rows(Action)] == [date(2026, 3, 13)]


async def test_a_date_in_doubt_is_asked_about_in_words(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "action send the record @l by Friday", l=luis)
    form = await room.say(anna, "correct ACT-001 by 5/6 reason:supplier was late")
    assert isinstance(form, Form)
    told = [plain(block.spans) for block in form.blocks if isinstance(block, Text)]
    assert any("Nothing has changed yet: see whether Fri 5 Jun 2026 is the day that you mean." in one for one in told)

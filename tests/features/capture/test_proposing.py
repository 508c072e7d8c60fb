"""A natural line is proposed to whoever said it and to the chair; a person's one press makes the record."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest
from sqlalchemy import event

from core.api import Edited
from core.features.actions.records import Action
from core.features.capture.records import Proposal
from core.features.decisions.records import Decision
from core.features.questions.records import AskedQuestion, Risk
from core.kernel.audit import Source
from core.view import Form, plain
from tests.features.capture.talking import (
    PLEASE,
    SOMEONE,
    TEAMS,
    meeting_in_two_rooms,
    named,
    offered,
    proposal,
    proposals,
    stored,
    whispered,
)
from tests.meeting_room import (
    ROOM,
    Account,
    MeetingRoom,
    anna,
    jurgen,
    luis,
    marta,
    person,
    priya,
    tomas,
    words,
)


async def asked(room: MeetingRoom) -> None:
    """Tomáš asks Jürgen for something, in the room."""
    await room.talk(tomas, PLEASE, delivery="1771.5", j=jurgen)
    await room.deliver()


async def test_it_is_shown_to_its_author_and_to_the_chair_alone(talk: MeetingRoom) -> None:
    await asked(talk)
    assert [(who, "Record this action?" in said) for who, said, _ in whispered(talk)] == [
        ("U-tomáš", True),
        ("U-aoife", True),
    ]
    said = whispered(talk)[0][1]
    assert "send the signed PPQ protocol" in said
    assert "@Jürgen Weiß (Tarnbrook Manufacturing)" in said
    assert "Fri 13 Mar 2026" in said
    assert "@Jürgen Weiß please send the signed PPQ protocol by Friday." in said
    assert offered(talk, "U-tomáš") == {
        "Confirm": "proposal confirm PRP-001",
        "Edit…": "proposal edit PRP-001",
        "No": "proposal decline PRP-001",
    }
    assert not any("PRP-001" in words(out.card) for out in talk.inbox.sent if not out.only_for)


async def test_it_is_kept_with_the_rule_that_read_it(talk: MeetingRoom) -> None:
    await asked(talk)
    row = proposal(talk)
    names = named(talk)
    assert (row.state, row.kind, row.text, row.meeting) == (
        "proposed",
        "action",
        "send the signed PPQ protocol",
        "MTG-001",
    )
    assert (names[row.author], [names[one] for one in row.owners], row.due) == ("Tomáš", ["Jürgen"], date(2026, 3, 13))
    assert row.rule
    assert row.trigger
    assert row.software.startswith("tandem ")
    [source] = [one for one in talk.rows_of(Source) if one.record == "PRP-001"]
    assert (source.message, source.text) == ("1771.5", PLEASE)
    entry = next(entry for entry in talk.trail() if entry["record"] == "PRP-001")
    assert (entry["actor"], entry["event"], entry["changes"]["rule"]) == ("system", "ProposalMade", [None, row.rule])
    assert talk.rows(Action) == []


async def test_who_chairs_and_says_it_is_shown_it_once(talk: MeetingRoom) -> None:
    await talk.talk(anna, PLEASE, j=jurgen)
    await talk.deliver()
    assert [who for who, _, _ in whispered(talk)] == ["U-aoife"]


async def test_one_press_makes_the_record_of_the_line(talk: MeetingRoom) -> None:
    await asked(talk)
    talk.clock.advance(minutes=2)
    answer = words(await talk.press(anna, "proposal confirm PRP-001"))
    assert "Recorded as ACT-001" in answer
    [action] = talk.rows(Action)
    names = named(talk)
    assert (action.text, action.due, action.meeting) == ("send the signed PPQ protocol", date(2026, 3, 13), "MTG-001")
    assert (names[action.created_by], [names[one] for one in action.owners]) == ("Tomáš", ["Jürgen"])
    assert action.confirm == []
    [source] = [one for one in talk.rows_of(Source) if one.record == "ACT-001"]
    assert (source.message, source.text, source.author) == ("1771.5", PLEASE, "slack:T1/U-tomáš")
    row = proposal(talk)
    assert (row.state, row.record, names[row.settled_by]) == ("confirmed", "ACT-001", "Aoife")


async def test_the_trail_tells_what_proposed_it_and_who_confirmed_it(talk: MeetingRoom) -> None:
    await asked(talk)
    await talk.press(anna, "proposal confirm PRP-001")
    entries = [entry for entry in talk.trail() if entry["command"] == "ConfirmProposal"]
    assert [(one["record"], one["event"]) for one in entries] == [
        ("ACT-001", "ActionRecorded"),
        ("PRP-001", "ProposalConfirmed"),
    ]
    for entry in entries:
        assert entry["proposed_by"] == f"{proposal(talk).software}, rule {proposal(talk).rule}, PRP-001"
        assert (entry["confirmed_by"], entry["name"]) == ("Aoife Ní Bhriain", "Aoife Ní Bhriain")
    assert entries[0]["source"]["message"] == "1771.5"
    assert not any("proposed_by" in entry for entry in talk.trail() if entry["command"] != "ConfirmProposal")


async def test_the_record_s_card_comes_and_what_was_shown_changes_where_it_can(talk: MeetingRoom) -> None:
    await asked(talk)
    await talk.press(anna, "proposal confirm PRP-001")
    sent = await talk.deliver()
    assert any("Action ACT-001" in words(out.card) and not out.only_for for out in sent)
    changed = [out for out in sent if out.only_for]
    assert [(out.only_for, out.message is not None) for out in changed] == [("U-tomáš", True), ("U-aoife", True)]
    assert all("Recorded as ACT-001" in words(out.card) for out in changed)


@pytest.mark.parametrize("who", [tomas, anna, jurgen], ids=["its author", "the chair, a lead of them", "its owner"])
async def test_who_may_confirm_it(talk: MeetingRoom, who) -> None:  # type: ignore[no-untyped-def]
    await asked(talk)
    await talk.press(who, "proposal confirm PRP-001")
    assert len(talk.rows(Action)) == 1


@pytest.mark.parametrize("who", [luis, marta, priya], ids=["a bystander", "the other company's lead", "their QA"])
@pytest.mark.parametrize("sentence", ["confirm", "edit", "decline"])
async def test_nobody_else_may(talk: MeetingRoom, who, sentence: str) -> None:  # type: ignore[no-untyped-def]
    await asked(talk)
    before = stored(talk)
    refused = words(await talk.press(who, f"proposal {sentence} PRP-001"))
    assert "is confirmed by who said it" in refused
    assert stored(talk) == before


async def test_a_lead_of_the_speaker_s_company_may(talk: MeetingRoom) -> None:
    await talk.talk(luis, SOMEONE)
    await talk.press(marta, "proposal confirm PRP-001")
    assert [named(talk)[row.created_by] for row in talk.rows(Action)] == ["Luís"]


async def test_two_people_who_press_at_once_make_one_record(talk: MeetingRoom) -> None:
    await asked(talk)
    one, other = await asyncio.gather(
        talk.press(anna, "proposal confirm PRP-001"), talk.press(tomas, "proposal confirm PRP-001")
    )
    answers = sorted([words(one), words(other)], key=len)
    assert len(talk.rows(Action)) == 1
    assert "Recorded as ACT-001" in answers[0]
    assert "Nothing changed now" in answers[1]
    assert "answered it at" in answers[1]


async def test_confirming_what_was_declined_says_who_declined_it(talk: MeetingRoom) -> None:
    await asked(talk)
    assert "Not recorded" in words(await talk.press(tomas, "proposal decline PRP-001"))
    answer = words(await talk.press(anna, "proposal confirm PRP-001"))
    assert "@Tomáš Dvořák answered it at" in answer
    assert (proposal(talk).state, talk.rows(Action)) == ("declined", [])


async def test_what_is_missing_is_confirmed_as_missing_and_asked_for_on_the_card(talk: MeetingRoom) -> None:
    await talk.talk(tomas, SOMEONE)
    await talk.deliver()
    assert "nobody yet" in whispered(talk)[0][1]
    await talk.press(tomas, "proposal confirm PRP-001")
    [action] = talk.rows(Action)
    assert (action.owners, action.due, action.confirm, action.state) == ([], None, ["owner", "due"], "proposed")


async def test_a_guessed_date_is_sure_once_a_person_confirmed_it(talk: MeetingRoom) -> None:
    await talk.talk(tomas, "@j please review the plan by 03/04", j=jurgen)
    await talk.deliver()
    assert "Fri 3 Apr 2026 · please check" in whispered(talk)[0][1]
    await talk.press(tomas, "proposal confirm PRP-001")
    [action] = talk.rows(Action)
    assert (action.due, action.confirm) == (date(2026, 4, 3), [])


async def test_who_only_confirmed_it_says_why_they_correct_it(talk: MeetingRoom) -> None:
    await asked(talk)
    await talk.talk(tomas, SOMEONE)
    await talk.press(anna, "proposal confirm PRP-001")
    for sentence in ('correct ACT-001 "send MBR-114"', "s/signed/final/"):
        form = await talk.say(anna, sentence)
        assert isinstance(form, Form)
        assert [block.required for block in form.blocks if getattr(block, "name", "") == "reason"] == [True]
    await talk.say(tomas, "s/signed/final/ ACT-001")
    assert talk.rows(Action)[0].text == "send the final PPQ protocol", "they are his own words"

    form = await talk.press(anna, "proposal edit PRP-002")
    await talk.fill(anna, form, kind="action", text="chase the CoA of line 4", owners=(), due="")
    await talk.say(anna, "s/line 4/line 5/")
    assert talk.rows(Action)[1].text == "chase the CoA of line 5", "she gave it these words herself"


async def test_edit_is_a_form_that_is_filled_in_and_records_what_is_left_in_it(talk: MeetingRoom) -> None:
    await asked(talk)
    form = await talk.press(tomas, "proposal edit PRP-001")
    assert isinstance(form, Form)
    filled = {block.name: getattr(block, "value", None) for block in form.blocks if hasattr(block, "name")}
    names = named(talk)
    assert words(form).splitlines()[0] == "Edit and record"
    said = "@Jürgen Weiß please send the signed PPQ protocol by Friday"
    assert plain(form.blocks[0].spans) == f"PRP-001: Tomáš Dvořák said “{said}”. What you send is recorded."
    assert "proposal" not in filled, "nobody can turn it into another"
    assert {block.name: block.required for block in form.blocks if hasattr(block, "name")} == {
        "kind": True,
        "text": True,
        "owners": False,
        "due": False,
    }
    assert filled["text"] == "send the signed PPQ protocol"
    assert (filled["kind"], filled["due"]) == (("action",), date(2026, 3, 13))
    assert [names[one] for one in filled["owners"]] == ["Jürgen"]
    wrong = await talk.fill(tomas, form, kind="action", text="send both", owners=(luis,), due="soon")
    assert words(wrong).startswith("due: ")
    answer = await talk.fill(
        tomas, form, proposal="nonsense", kind="action", text="send both protocols", owners=(luis,), due="2026-03-16"
    )
    assert "Recorded as ACT-001" in words(answer)
    [action] = talk.rows(Action)
    assert (action.text, action.due) == ("send both protocols", date(2026, 3, 16))
    assert [names[one] for one in action.owners] == ["Luís"]
    entry = next(e for e in talk.trail() if e["record"] == "PRP-001" and e["command"] == "EditProposal")
    assert entry["changes"]["text"] == ["send the signed PPQ protocol", "send both protocols"]
    assert [one.text for one in talk.rows_of(Source) if one.record == "ACT-001"] == [PLEASE]


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("@l please send the batch record to @p", "send the batch record to @Priya Raghunathan"),
        ("@l please check the report with  @p by Friday.", "check the report with @Priya Raghunathan"),
        ("we agreed that the protocol goes to @p.", "the protocol goes to @Priya Raghunathan"),
        ("Action: @l send the batch record to @p", None),
        (
            "I will send the protocol to @p and @l by Friday",
            "send the protocol to @Priya Raghunathan and @Luís Gonçalves",
        ),
        ("@l please check the filters, @p", "check the filters"),
        ("someone needs to tell @p about the filters", "tell @Priya Raghunathan about the filters"),
    ],
)
async def test_a_mention_at_the_end_of_what_is_to_be_done_stays(talk: MeetingRoom, said: str, text: str | None) -> None:
    people = {"l": luis, "p": priya}
    await talk.talk(tomas, said, **{name: who for name, who in people.items() if f"@{name}" in said})
    if text is None:
        assert [row.text for row in talk.rows(Action)] == ["send the batch record to @Priya Raghunathan"]
    else:
        assert proposal(talk).text == text


@pytest.mark.parametrize(
    ("kind", "table"),
    [("action", Action), ("decision", Decision), ("question", AskedQuestion), ("risk", Risk), ("signal", Risk)],
)
async def test_it_may_be_made_a_record_of_another_kind(talk: MeetingRoom, kind: str, table: type) -> None:
    await asked(talk)
    form = await talk.press(tomas, "proposal edit PRP-001")
    await talk.fill(tomas, form, proposal="PRP-001", kind=kind, text="as it is", owners=(luis,), due="")
    [row] = talk.rows(table)
    assert row.text == ("Signal: as it is" if kind == "signal" else "as it is")
    assert (named(talk)[row.created_by], row.meeting) == ("Tomáš", "MTG-001")
    if kind == "question":
        assert [named(talk)[one] for one in row.asked_of] == ["Luís"]


async def test_a_decision_counts_for_the_company_of_whoever_said_it(talk: MeetingRoom) -> None:
    await talk.talk(tomas, "Proposal: raise the LOD limit to 2.5 %", delivery="1")
    await talk.talk(jurgen, "Agreed.", thread="1")
    row = proposal(talk)
    assert (row.kind, row.text, named(talk)[row.author]) == ("decision", "raise the LOD limit to 2.5 %", "Jürgen")
    await talk.press(jurgen, "proposal confirm PRP-001")
    [decision] = talk.rows(Decision)
    assert [named(talk)[one["person"]] for one in decision.agreed_by] == ["Jürgen"]
    assert [side.value for side in decision.missing()] == ["sponsor"]


async def test_to_confirm_what_somebody_else_said_is_not_to_agree(talk: MeetingRoom) -> None:
    await talk.talk(tomas, "Proposal: raise the LOD limit to 2.5 %", delivery="1")
    await talk.talk(jurgen, "Agreed.", thread="1")
    await talk.press(anna, "proposal confirm PRP-001")
    await talk.deliver()
    card = words(talk.cards()[-1])
    assert "Norvane Therapeutics: waiting" in card
    assert "Tarnbrook Manufacturing: ✓ agreed by @Jürgen Weiß" in card
    await talk.press(anna, "decision agree DEC-001")
    assert [row.state for row in talk.rows(Decision)] == ["agreed"]


async def test_what_both_companies_said_yes_to_is_agreed_once_it_is_recorded(talk: MeetingRoom) -> None:
    await talk.talk(tomas, "Proposal: raise the LOD limit to 2.5 %", delivery="1")
    for number, who in enumerate((luis, jurgen, priya), 2):
        await talk.talk(who, "Agreed.", delivery=str(number), thread="1")
    await talk.press(anna, "proposal confirm PRP-001")
    [decision] = talk.rows(Decision)
    assert [named(talk)[one["person"]] for one in decision.agreed_by] == ["Jürgen", "Priya"], "Luís speaks for nobody"
    assert (decision.state, decision.open) == ("agreed", False)


@pytest.mark.parametrize(
    ("who", "text", "agreed"),
    [
        (anna, "raise the LOD limit to 2.4 %", []),
        (jurgen, "raise the LOD limit to 2.4 %", ["Jürgen"]),
        (priya, "raise the LOD limit to 2.4 %", ["Priya"]),
        (anna, "raise the LOD limit to 2.5 %", ["Jürgen", "Priya"]),
    ],
)
async def test_nobody_has_said_yes_to_other_words(
    talk: MeetingRoom, who: Account, text: str, agreed: list[str]
) -> None:
    await talk.talk(tomas, "Proposal: raise the LOD limit to 2.5 %", delivery="1")
    await talk.talk(jurgen, "Agreed.", delivery="2", thread="1")
    await talk.talk(priya, "Agreed.", delivery="3", thread="1")
    form = await talk.press(who, "proposal edit PRP-001")
    await talk.fill(who, form, proposal="PRP-001", kind="decision", text=text, owners=(), due="")
    [decision] = talk.rows(Decision)
    assert [named(talk)[one["person"]] for one in decision.agreed_by] == agreed


async def test_the_card_and_the_owners_message_name_who_said_it_and_who_confirmed_it(talk: MeetingRoom) -> None:
    await talk.talk(marta, "I'll order the new punches by Monday")
    await talk.press(anna, "proposal confirm PRP-001")
    await talk.deliver()
    shown = [words(out.card) for out in talk.inbox.sent if "ACT-001" in words(out.card) and "Due" in words(out.card)]
    assert any(text.startswith("For you: ACT-001") for text in shown)
    for text in shown:
        assert "Said by: @Marta Kowalczyk (Tarnbrook Manufacturing)" in text
        assert "Confirmed by: @Aoife Ní Bhriain · Norvane Therapeutics" in text
        assert "Recorded by" not in text


@pytest.mark.parametrize(
    ("who", "line", "card"),
    [
        (luis, "who owns the swab plan?", "Asked by: @Luís Gonçalves"),
        (marta, "if the second MCC lot isn't released by 1 April we lose the compression slot", "Said by: @Marta"),
    ],
)
async def test_other_records_name_both_too(talk: MeetingRoom, who: Account, line: str, card: str) -> None:
    await talk.talk(who, line)
    await talk.press(anna, "proposal confirm PRP-001")
    await talk.deliver()
    shown = words(talk.cards()[-1])
    assert card in shown
    assert "Confirmed by: @Aoife Ní Bhriain" in shown


async def test_who_confirms_their_own_line_is_named_once(talk: MeetingRoom) -> None:
    await talk.talk(marta, "I'll order the new punches by Monday")
    await talk.press(marta, "proposal confirm PRP-001")
    await talk.deliver()
    assert "Confirmed by" not in "".join(words(out.card) for out in talk.inbox.sent)


@pytest.mark.parametrize("said", ["action order the filters by Friday", "decision three batches", "risk it is late"])
async def test_who_records_their_own_words_is_not_looked_up_among_the_proposals(talk: MeetingRoom, said: str) -> None:
    """A look-up writes the rows of the whole group first: it halved how many commands a second are recorded."""
    asked: list[str] = []
    event.listen(talk.core.store.writing, "before_cursor_execute", lambda *seen: asked.append(seen[2]))
    await talk.say(anna, said)
    assert any("entries" in statement for statement in asked)
    assert [statement for statement in asked if "FROM proposals" in statement] == []


async def test_a_line_that_comes_twice_is_one_proposal(talk: MeetingRoom) -> None:
    await asked(talk)
    before = stored(talk)
    await asked(talk)
    assert stored(talk) == before


async def test_everybody_are_those_who_are_there(talk: MeetingRoom) -> None:
    for who in (luis, priya):
        await talk.say(who, "here")
    await talk.talk(anna, "Can everybody please fill in the pre-read checklist by Friday?")
    assert {named(talk)[one] for one in proposal(talk).owners} == {"Aoife", "Luís", "Priya"}


async def test_too_many_for_one_record_are_asked_about(talk: MeetingRoom) -> None:
    for number in range(11):
        one = person(f"Guest{number} Someone")
        await talk.say(anna, "member add @p side:sponsor role:expert", p=one)
        await talk.say(one, "here")
    await talk.talk(anna, "Can everybody please fill in the pre-read checklist by Friday?")
    assert (proposal(talk).owners, "owner" in proposal(talk).confirm) == ([], True)


async def test_a_chair_on_another_platform_is_shown_it_in_their_own_room(room: MeetingRoom) -> None:
    await meeting_in_two_rooms(room)
    ruth = type(anna)(type(anna.identity)("teams", TEAMS.tenant, "aad-ruth"), "Ruth Engel")
    await room.say(marta, "member add @p role:expert", at=TEAMS, p=ruth)
    await room.talk(ruth, SOMEONE, at=TEAMS, delivery="1700", aloud=True)
    sent = [out for out in await room.deliver() if out.card.place and out.card.place.record == "PRP-001"]
    assert {(str(out.address), out.only_for, out.thread) for out in sent} == {
        (str(TEAMS), None, "1700"),
        (str(ROOM), "U-aoife", None),
    }
    assert all("Record this action?" in words(out.card) for out in sent)
    await room.press(anna, "proposal confirm PRP-001")
    changed = [out for out in await room.deliver() if out.address == TEAMS and out.thread == "1700"]
    assert [out.message is not None for out in changed] == [True]
    assert "Recorded as ACT-001" in words(changed[0].card)


async def test_what_is_open_is_listed_with_its_buttons(talk: MeetingRoom) -> None:
    assert "Nothing waits" in words(await talk.say(anna, "proposals"))
    await asked(talk)
    await talk.talk(tomas, SOMEONE)
    listed = words(await talk.say(anna, "proposals"))
    assert (
        "PRP-001 action: send the signed PPQ protocol · @Jürgen Weiß · Fri 13 Mar 2026 · said by Tomáš Dvořák" in listed
    )
    assert "PRP-002 action: chase the excipient CoA" in listed
    assert "[PRP-002: Confirm → proposal confirm PRP-002]" in listed
    await talk.press(tomas, "proposal decline PRP-001")
    assert "PRP-001" not in words(await talk.say(anna, "proposals"))


async def test_a_proposal_whose_line_is_deleted_is_taken_back(talk: MeetingRoom) -> None:
    await asked(talk)
    await talk.core.news.source_deleted(ROOM, "1771.5", talk.clock.now(), "deleted")
    assert proposal(talk).state == "withdrawn"
    assert "the line was deleted" in words(await talk.press(tomas, "proposal confirm PRP-001"))
    assert talk.rows(Action) == []


async def test_an_edited_line_asks_nobody_about_a_proposal(talk: MeetingRoom) -> None:
    await asked(talk)
    await talk.core.news.source_edited(Edited(ROOM, "1771.5", "something else", talk.clock.now(), "edited"))
    assert not any(post.template == "corrections/source" for post in talk.posts())
    assert [row.state for row in talk.rows(Proposal)] == ["withdrawn"]
    assert len(proposals(talk)) == 1


@pytest.mark.parametrize(
    ("who", "may"),
    [(tomas, True), (anna, True), (jurgen, True), (luis, False), (marta, False), (priya, False)],
    ids=["its author", "the chair", "its owner", "a bystander", "the other company's lead", "the author's QA"],
)
async def test_everybody_finds_it_in_the_list_and_those_have_buttons_who_may_answer(
    talk: MeetingRoom, who: Account, may: bool
) -> None:
    await asked(talk)
    listed = words(await talk.say(who, "proposals"))
    assert "send the signed PPQ protocol" in listed
    assert ("proposal confirm" in listed) is may


async def test_a_refusal_names_everybody_who_may(talk: MeetingRoom) -> None:
    await asked(talk)
    await talk.say(anna, "chair @p", p=priya)
    refused = words(await talk.press(luis, "proposal confirm PRP-001"))
    assert refused.startswith(
        "PRP-001 is confirmed by who said it, by the chair, by an owner named in it, or by a lead of Norvane "
        "Therapeutics: Tomáš Dvořák, Priya Raghunathan, Jürgen Weiß, Aoife Ní Bhriain."
    )


async def test_a_signal_says_that_it_becomes_a_risk(talk: MeetingRoom) -> None:
    await talk.talk(tomas, "Page of the batch record without a signature, step 14, batch 4488", delivery="1")
    await talk.talk(tomas, "OOS on assay for batch 4471: 92.8 % against 95.0–105.0", delivery="2")
    await talk.deliver()
    shown = [said for _, said, _ in whispered(talk) if "Record this signal?" in said]
    told = "It is recorded as a risk that begins with “Signal:”, until signals have records of their own."
    assert shown
    assert all(told in said for said in shown)

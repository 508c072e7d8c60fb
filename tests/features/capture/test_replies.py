"""Lines that belong to another: they change its proposal, or offer the sentence that does what they say of a record."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.api import Form
from core.features.actions.records import Action
from core.features.decisions.records import Decision
from core.features.questions.records import Note
from tests.features.capture.talking import (
    PLEASE,
    SOMEONE,
    named,
    offered,
    proposal,
    proposals,
    stored,
    whispered,
)
from tests.meeting_room import MeetingRoom, anna, buttons, jurgen, luis, marta, priya, tomas, words


async def test_who_takes_it_owns_the_proposal_of_the_line_that_they_answer(talk: MeetingRoom) -> None:
    await talk.talk(tomas, SOMEONE, delivery="1")
    await talk.talk(luis, "I can take that one", delivery="2", thread="1")
    assert len(proposals(talk)) == 1
    row, names = proposal(talk), named(talk)
    assert ([names[one] for one in row.owners], [names[one] for one in row.accepted]) == (["Luís"], ["Luís"])
    assert row.confirm == ["due"]
    await talk.deliver()
    newest = {who: said for who, said, _ in whispered(talk)}
    assert set(newest) == {"U-tomáš", "U-aoife"}
    assert all("@Luís Gonçalves (Tarnbrook Manufacturing) ✓" in said for said in newest.values())
    await talk.press(tomas, "proposal confirm PRP-001")
    [action] = talk.rows(Action)
    assert (action.state, [names[one] for one in action.accepted]) == ("in_progress", ["Luís"])


async def test_the_answer_may_come_after_other_replies(talk: MeetingRoom) -> None:
    await talk.talk(tomas, SOMEONE, delivery="1")
    await talk.talk(marta, "the supplier is on holiday this week", delivery="2", thread="1")
    await talk.talk(luis, "I can take that one", delivery="3", thread="1")
    assert [named(talk)[one] for one in proposal(talk).owners] == ["Luís"]


async def test_an_answer_that_arrives_before_what_it_answers_is_joined_to_it(talk: MeetingRoom) -> None:
    began = talk.clock.now()
    talk.clock.advance(seconds=9)
    await talk.talk(marta, "the supplier is on holiday this week", delivery="3", thread="1")
    before = stored(talk)
    talk.clock.set(began + timedelta(seconds=7))
    assert await talk.talk(luis, "I can take that one", delivery="2", thread="1") is None
    await talk.talk(priya, "Agreed.", delivery="8", thread="6")
    assert stored(talk) == before
    talk.clock.set(began + timedelta(seconds=5))
    await talk.talk(tomas, SOMEONE, delivery="1")
    await talk.talk(tomas, SOMEONE, delivery="1")  # in two events
    await talk.talk(tomas, "Proposal: raise the LOD limit to 2.5 %", delivery="7", thread="6")
    asked, agreed = proposals(talk)
    names = named(talk)
    assert ([names[one] for one in asked.owners], [names[one] for one in asked.accepted]) == (["Luís"], ["Luís"])
    assert (names[agreed.author], agreed.kind, agreed.text) == ("Priya", "decision", "raise the LOD limit to 2.5 %")


async def test_what_was_said_before_a_request_accepts_nothing_of_it(talk: MeetingRoom) -> None:
    """Nor does what answers a later line, whatever arrived in which order."""
    began = talk.clock.now()
    await talk.talk(luis, "I can take that one", delivery="1", thread="0")
    talk.clock.advance(seconds=5)
    await talk.talk(tomas, SOMEONE, delivery="2", thread="0")
    talk.clock.advance(seconds=20)
    await talk.talk(luis, "will do", delivery="5")
    talk.clock.set(began + timedelta(seconds=15))
    await talk.talk(marta, "lunch at noon?", delivery="4")
    talk.clock.set(began + timedelta(seconds=10))
    await talk.talk(tomas, SOMEONE, delivery="3")
    assert [row.accepted for row in proposals(talk)] == [[], []]


async def test_outside_a_thread_it_answers_the_line_just_before_it(talk: MeetingRoom) -> None:
    await talk.talk(tomas, SOMEONE)
    await talk.talk(luis, "I can take that one")
    assert [named(talk)[one] for one in proposal(talk).owners] == ["Luís"]


async def test_outside_a_thread_it_takes_nothing_from_anybody(talk: MeetingRoom) -> None:
    await talk.talk(tomas, PLEASE, j=jurgen)
    await talk.talk(luis, "I can take that one")
    assert len(proposals(talk)) == 1
    assert [named(talk)[one] for one in proposal(talk).owners] == ["Jürgen"]


async def test_an_answer_that_comes_much_later_answers_nothing(talk: MeetingRoom) -> None:
    await talk.talk(tomas, SOMEONE)
    talk.clock.advance(minutes=4)
    before = stored(talk)
    assert await talk.talk(luis, "I can take that one") is None
    assert stored(talk) == before


@pytest.mark.parametrize("before", ["tags", "natural"])
async def test_who_is_mentioned_in_what_was_asked_stands_by_name_in_what_comes_of_it(
    talk: MeetingRoom, before: str
) -> None:
    await talk.say(anna, f"listen {before}")
    await talk.talk(tomas, "@j can you send @m the swab plan by Friday?", delivery="1", j=jurgen, m=marta)
    await talk.say(anna, "listen natural")
    await talk.talk(jurgen, "will do, by Thursday", delivery="2", thread="1")
    [row] = proposals(talk)
    assert row.text == "send @Marta Kowalczyk the swab plan"
    assert [named(talk)[one] for one in row.owners] == ["Jürgen"]


async def test_a_proposal_that_is_agreed_to_names_whom_it_mentions(talk: MeetingRoom) -> None:
    await talk.talk(tomas, "Proposal: @m signs the protocol before @j does", delivery="1", m=marta, j=jurgen)
    await talk.talk(priya, "@t agreed.", delivery="2", thread="1", t=tomas)
    assert "\ufffc" not in "".join(row.text for row in proposals(talk))
    assert "signs the protocol before @Jürgen Weiß does" in proposals(talk)[0].text


async def test_a_line_that_several_agree_to_is_one_proposal(talk: MeetingRoom) -> None:
    await talk.talk(tomas, "Proposal: raise the LOD limit to 2.5 %", delivery="1")
    await talk.talk(jurgen, "Agreed.", delivery="2", thread="1")
    await talk.talk(priya, "Agreed.", delivery="3", thread="1")
    await talk.talk(luis, "+1 agreed", delivery="4", thread="1")
    await talk.talk(jurgen, "yes, agreed", delivery="5", thread="1")
    await talk.deliver()
    [row] = proposals(talk)
    assert (named(talk)[row.author], [named(talk)[one] for one in row.accepted]) == ("Jürgen", ["Priya", "Luís"])
    assert "proposal confirm PRP-001" in offered(talk, "U-priya").values()
    shown = next(text for who, text, _ in reversed(whispered(talk)) if who == "U-priya")
    assert "Agreed in the room: @Priya Raghunathan" in shown
    await talk.press(priya, "proposal confirm PRP-001")
    assert [row.ref for row in talk.rows(Decision)] == ["DEC-001"]


async def test_agreeing_to_what_is_a_decision_already_offers_to_agree(talk: MeetingRoom) -> None:
    await talk.talk(tomas, "Proposal: raise the LOD limit to 2.5 %", delivery="1")
    await talk.talk(jurgen, "Agreed.", delivery="2", thread="1")
    await talk.press(jurgen, "proposal confirm PRP-001")
    before = stored(talk)
    offer = await talk.talk(priya, "Agreed.", delivery="3", thread="1")
    assert list(buttons(offer).values()) == ["decision agree DEC-001"]
    assert await talk.talk(luis, "+1 agreed", delivery="4", thread="1") is None, "he agrees for nobody"
    assert stored(talk) == before
    await talk.talk(priya, "Agreed. @h to issue revision 2 by Friday.", delivery="5", thread="1", h=luis)
    assert [(row.kind, row.ref) for row in proposals(talk)] == [("decision", "PRP-001"), ("action", "PRP-002")]


async def test_who_agrees_after_it_was_put_away_proposes_it_anew(talk: MeetingRoom) -> None:
    await talk.talk(tomas, "Proposal: raise the LOD limit to 2.5 %", delivery="1")
    await talk.talk(jurgen, "Agreed.", delivery="2", thread="1")
    await talk.press(jurgen, "proposal decline PRP-001")
    await talk.talk(priya, "Agreed.", delivery="3", thread="1")
    assert [(row.ref, row.open) for row in proposals(talk)] == [("PRP-001", False), ("PRP-002", True)]


async def test_two_lines_of_a_thread_that_are_agreed_to_are_two(talk: MeetingRoom) -> None:
    await talk.talk(tomas, "Proposal: raise the LOD limit to 2.5 %", delivery="1")
    await talk.talk(jurgen, "Agreed.", delivery="2", thread="1")
    await talk.talk(tomas, "Proposal: use the 0.8 mm screen", delivery="3", thread="1")
    await talk.talk(priya, "Agreed.", delivery="4", thread="1")
    assert [row.text for row in proposals(talk)] == ["raise the LOD limit to 2.5 %", "use the 0.8 mm screen"]


async def test_an_answer_that_comes_twice_changes_once(talk: MeetingRoom) -> None:
    await talk.talk(tomas, SOMEONE, delivery="1")
    await talk.talk(luis, "I can take that one", delivery="2", thread="1")
    before = stored(talk)
    await talk.talk(luis, "I can take that one", delivery="2", thread="1")
    assert stored(talk) == before


async def test_another_process_knows_the_line_by_what_was_made_of_it(talk: MeetingRoom) -> None:
    await talk.talk(tomas, SOMEONE, delivery="1")
    talk.core.ears._overhearing._overhears._talk.__init__()
    await talk.talk(luis, "I can take that one", delivery="2", thread="1")
    assert [named(talk)[one] for one in proposal(talk).owners] == ["Luís"]


async def test_taking_on_what_is_recorded_already_offers_the_sentence(talk: MeetingRoom) -> None:
    await talk.talk(tomas, "Action: chase the excipient CoA", delivery="1")
    before = stored(talk)
    offer = await talk.talk(luis, "I can take that one", delivery="2", thread="1")
    assert stored(talk) == before
    luis_id = next(one for one, name in named(talk).items() if name == "Luís")
    assert list(buttons(offer).values()) == [f"action plan ACT-001 @{luis_id}"]
    await talk.press(luis, f"action plan ACT-001 @{luis_id}")
    assert [named(talk)[one] for one in talk.rows(Action)[0].owners] == ["Luís"]


async def test_the_thread_of_a_record_s_card_answers_the_record(talk: MeetingRoom) -> None:
    await talk.say(tomas, "action chase the excipient CoA")
    await talk.deliver()
    message = next(post.message for post in talk.posts() if post.key == "card:ACT-001")
    offer = await talk.talk(luis, "I can take that one", thread=message)
    assert "ACT-001" in words(offer)


async def test_who_says_that_it_is_done_is_asked_to_say_so(talk: MeetingRoom) -> None:
    await talk.say(tomas, "action repeat the dissolution run @p by Friday", p=luis)
    before = stored(talk)
    offer = await talk.talk(luis, "I've finished ACT-001, report is in the shared folder")
    assert "Mark ACT-001 done? repeat the dissolution run" in words(offer)
    assert list(buttons(offer).values()) == ["action done ACT-001"]
    assert stored(talk) == before
    assert await talk.talk(tomas, "I've finished ACT-001, report is in the shared folder") is None
    assert await talk.talk(luis, "I've finished ACT-009, report is in the shared folder") is None
    form = await talk.press(luis, "action done ACT-001")
    await talk.fill(luis, form, action="ACT-001", evidence="the report")
    assert talk.rows(Action)[0].state == "done_claimed"
    assert await talk.talk(luis, "I've finished ACT-001, report is in the shared folder") is None


@pytest.mark.parametrize(
    "said",
    [
        "the certificate is in the folder, ACT-001 is done by the way",
        "Just so you know, ACT-001 is finished",
        "you can close ACT-001, the certificate is in the folder",
        "Das Zertifikat liegt im Ordner, damit ist ACT-001 erledigt",
    ],
)
async def test_that_it_is_done_may_be_said_in_passing(talk: MeetingRoom, said: str) -> None:
    await talk.say(tomas, "action repeat the dissolution run @p by Friday", p=luis)
    assert list(buttons(await talk.talk(luis, said)).values()) == ["action done ACT-001"]


async def test_what_is_to_be_done_besides_is_proposed_beside_the_offer(talk: MeetingRoom) -> None:
    await talk.say(tomas, "action repeat the dissolution run @p by Friday", p=luis)
    offer = await talk.talk(luis, "I've finished ACT-001, will send the report by Monday")
    assert list(buttons(offer).values()) == ["action done ACT-001"]
    assert "send the report" in proposal(talk).text


@pytest.mark.parametrize(
    "said",
    ["is ACT-001 done?", "ACT-001 should be done by now", "once ACT-001 is done we can start"],
)
async def test_what_is_asked_or_hoped_of_a_record_offers_nothing(talk: MeetingRoom, said: str) -> None:
    await talk.say(tomas, "action repeat the dissolution run @p by Friday", p=luis)
    offer = await talk.talk(luis, said)
    assert offer is None or not [one for one in buttons(offer).values() if "ACT-001" in one]


@pytest.mark.parametrize(
    "said",
    [
        "ACT-001 should be due on 10 April instead",
        "can we move ACT-001 to 10 April?",
        "would 10 April work for ACT-001?",
        "ACT-001 bitte auf den 10.04. setzen",
    ],
)
async def test_another_date_may_be_wished_in_many_words(talk: MeetingRoom, said: str) -> None:
    await talk.say(anna, "action repeat the dissolution run @l by 2026-03-20", l=luis)
    talk.clock.advance(minutes=20)
    assert list(buttons(await talk.talk(anna, said)).values()) == ["correct ACT-001 by 2026-04-10"]


async def test_a_date_that_is_a_guess_is_offered_to_be_set(talk: MeetingRoom) -> None:
    await talk.say(tomas, "action repeat the dissolution run @p", p=luis)
    offer = await talk.talk(luis, "Move ACT-001 to 10 April")
    assert list(buttons(offer).values()) == ["action plan ACT-001 by 2026-04-10"]
    await talk.press(luis, "action plan ACT-001 by 2026-04-10")
    assert talk.rows(Action)[0].confirm == []


async def test_a_confirmed_date_is_offered_to_be_corrected_with_a_reason(talk: MeetingRoom) -> None:
    await talk.say(anna, "action repeat the dissolution run @l by 2026-03-20", l=luis)
    assert await talk.talk(tomas, "Move ACT-001 to 10 April") is None, "it is not theirs"
    asked = await talk.talk(luis, "Move ACT-001 to 10 April")
    assert list(buttons(asked).values()) == ["action extend ACT-001 by 2026-04-10"], "its owner may ask"
    talk.clock.advance(minutes=20)
    offer = await talk.talk(anna, "Move ACT-001 to 10 April")
    assert "Change when ACT-001 is due?" in words(offer)
    assert list(buttons(offer).values()) == ["correct ACT-001 by 2026-04-10"]
    form = await talk.press(anna, "correct ACT-001 by 2026-04-10")
    assert isinstance(form, Form)
    assert form.says.endswith('by 2026-04-10 reason:"the reason"')


async def test_words_are_put_right_by_a_line_that_calls_nobody(talk: MeetingRoom) -> None:
    await talk.say(anna, "note the filter of line 4 is late")
    await talk.talk(anna, "s/filter/pump/")
    assert [note.text for note in talk.rows(Note)] == ["the pump of line 4 is late"]
    for line in ("s/pump", "s/w update of line 4", "s/valve/pump/ and so on", "sorry, line 5"):
        assert await talk.talk(anna, line) is None, line
    assert "“valve” does not stand in NOT-001" in words(await talk.talk(anna, "s/valve/filter/"))


async def test_agreeing_in_the_thread_of_a_decision_offers_to_agree(talk: MeetingRoom) -> None:
    await talk.talk(tomas, "Proposal: raise the LOD limit to 2.5 %", delivery="1")
    await talk.talk(jurgen, "Agreed.", delivery="2", thread="1")
    await talk.press(jurgen, "proposal confirm PRP-001")
    assert [row.state for row in talk.rows(Decision)] == ["proposed"]
    assert len(proposals(talk)) == 1
    await talk.press(anna, "decision agree DEC-001")
    assert [row.state for row in talk.rows(Decision)] == ["agreed"]

"""Replies in the thread of a record's card: its own sentences without its reference, in a meeting and after."""

from __future__ import annotations

from datetime import date

import pytest
import pytest_asyncio

from core.features.actions.records import Action
from core.features.decisions.records import Decision
from core.features.questions.records import AskedQuestion, Risk
from core.kernel.audit import Source
from tests.features.capture.talking import named, proposals, stored
from tests.features.meetings.planned import started
from tests.features.transfers.test_joining import TEAMS, invited
from tests.meeting_room import MeetingRoom, anna, buttons, jurgen, luis, marta, person, priya, stranger, tomas, words


async def card(room: MeetingRoom, ref: str) -> str:
    """The message that a record's card is."""
    await room.deliver()
    return next(post.message for post in room.posts() if post.key == f"card:{ref}")


@pytest_asyncio.fixture(params=[False, True], ids=["between meetings", "in a meeting"])
async def place(request: pytest.FixtureRequest, room: MeetingRoom) -> MeetingRoom:
    """A room in which a meeting runs, and one in which none does."""
    if request.param:
        await started(room)
        return room
    return await room.opened()


async def test_agree_agrees_for_the_speaker_s_company(place: MeetingRoom) -> None:
    await place.say(tomas, "decision we go with three batches")
    thread = await card(place, "DEC-001")
    assert await place.talk(jurgen, "Agreed.", thread=thread, delivery="7") is None, "the card itself shows it"
    assert await place.talk(anna, "agree", thread=thread) is None
    [decision] = place.rows(Decision)
    assert (decision.state, len(decision.agreed_by)) == ("agreed", 2)
    entry = next(one for one in place.trail() if one["command"] == "AgreeDecision")
    assert (entry["name"], entry["source"]["message"]) == ("Jürgen Weiß", "7")
    assert proposals(place) == []
    before = stored(place)
    await place.talk(jurgen, "Agreed.", thread=thread, delivery="7")
    assert stored(place) == before


async def test_a_reply_that_quotes_a_card_is_about_that_record_whatever_heads_its_thread(place: MeetingRoom) -> None:
    await place.say(tomas, "decision we go with three batches")
    await place.say(anna, "action send the batch record @l by 2026-03-20", l=luis)
    head, quoted = await card(place, "DEC-001"), await card(place, "ACT-001")
    assert await place.talk(luis, "done: MBR-114 v4", thread=head, quotes=quoted) is None
    [action] = place.rows(Action)
    assert (action.state, action.evidence) == ("done_claimed", "MBR-114 v4")
    assert [len(row.agreed_by) for row in place.rows(Decision)] == [0]
    await place.talk(jurgen, "agree", thread=head, quotes="4711")
    assert [len(row.agreed_by) for row in place.rows(Decision)] == [1], "what quotes no card is about its thread's"


async def test_what_is_quoted_loosely_is_offered(place: MeetingRoom) -> None:
    await place.say(anna, "action send the batch record @l by 2026-03-20", l=luis)
    quoted = await card(place, "ACT-001")
    offer = await place.talk(luis, "I've finished this yesterday", thread="1.1", quotes=quoted)
    assert buttons(offer) == {"Mark it done…": "action done ACT-001"}


async def test_object_says_why_or_is_asked(place: MeetingRoom) -> None:
    await place.say(tomas, "decision we go with three batches")
    thread = await card(place, "DEC-001")
    offer = await place.talk(luis, "object", thread=thread)
    assert buttons(offer) == {"Object…": "decision object DEC-001"}
    await place.talk(luis, "I object: the hold time is not covered", thread=thread)
    [decision] = place.rows(Decision)
    assert [one["reason"] for one in decision.objections] == ["the hold time is not covered"]
    assert "at least 5 characters" in words(await place.talk(luis, "object: no", thread=thread))


async def test_done_shows_what_shows_it_or_is_asked(place: MeetingRoom) -> None:
    await place.say(tomas, "action repeat the dissolution run @l by Friday", l=luis)
    thread = await card(place, "ACT-001")
    offer = await place.talk(luis, "done", thread=thread)
    assert buttons(offer) == {"Mark it done…": "action done ACT-001"}
    assert [row.state for row in place.rows(Action)] == ["open"]
    await place.talk(luis, "done: report R-17, “final”", thread=thread)
    [action] = place.rows(Action)
    assert (action.state, action.evidence) == ("done_claimed", "report R-17, “final”")
    again = words(await place.talk(luis, "done: report R-17", thread=thread))
    assert "ACT-001" in again


async def test_who_may_not_say_it_hears_why(place: MeetingRoom) -> None:
    await place.say(tomas, "action repeat the dissolution run @l by Friday", l=luis)
    thread = await card(place, "ACT-001")
    before = stored(place)
    assert "Luís" in words(await place.talk(priya, "done", thread=thread))
    assert "Luís" in words(await place.talk(priya, "accept", thread=thread))
    assert stored(place) == before


async def test_by_friday_instead_is_offered(place: MeetingRoom) -> None:
    await place.say(tomas, "action repeat the dissolution run @l", l=luis)
    thread = await card(place, "ACT-001")
    offer = await place.talk(luis, "by 20 March instead", thread=thread)
    assert list(buttons(offer).values()) == ["action plan ACT-001 by 2026-03-20"]
    await place.press(luis, "action plan ACT-001 by 2026-03-20")
    assert [row.due for row in place.rows(Action)] == [date(2026, 3, 20)]


async def test_a_confirmed_date_is_changed_by_who_may_and_the_others_hear_who_that_is(place: MeetingRoom) -> None:
    await place.say(tomas, "action repeat the dissolution run @l by 27 March", l=luis)
    thread = await card(place, "ACT-001")
    offer = await place.talk(tomas, "by 30 March instead", thread=thread)
    assert list(buttons(offer).values()) == ["correct ACT-001 by 2026-03-30"]
    assert "Tomáš" in words(await place.talk(luis, "by 30 March instead", thread=thread))


async def test_an_owner_who_may_not_change_the_date_asks_for_it_and_one_press_gives_it(place: MeetingRoom) -> None:
    await place.say(tomas, "action repeat the dissolution run @l by 27 March", l=luis)
    thread = await card(place, "ACT-001")
    await place.deliver()
    offer = await place.talk(luis, "by 30 March instead", thread=thread)
    assert buttons(offer) == {"Ask for it": "action extend ACT-001 by 2026-03-30"}
    answer = words(await place.press(luis, "action extend ACT-001 by 2026-03-30"))
    assert "It is answered by @Tomáš Dvořák" in answer
    assert [row.due for row in place.rows(Action)] == [date(2026, 3, 27)]
    asked = [out for out in await place.deliver() if "its owner asks for another date" in words(out.card)]
    assert "U-tomáš" in {out.address.channel for out in asked}
    [says] = {says for out in asked for says in buttons(out.card).values()}
    place.clock.advance(minutes=20)
    await place.press(tomas, says, at=asked[0].address)
    assert [row.due for row in place.rows(Action)] == [date(2026, 3, 30)]
    [entry] = [one for one in place.trail() if "RecordCorrected" in one["event"].split()]
    assert (entry["name"], entry["reason"]) == ("Tomáš Dvořák", "its owner asked for it")


async def test_only_who_owns_it_and_may_not_change_it_asks(place: MeetingRoom) -> None:
    await place.say(tomas, "action repeat the dissolution run @l by 27 March", l=luis)
    for who, told in ((priya, "You may give ACT-001 another date yourself"), (jurgen, "Whoever owns ACT-001 asks")):
        assert told in words(await place.say(who, "action extend ACT-001 by 2026-03-30"))
    past = words(await place.say(luis, "action extend ACT-001 by 2026-03-01"))
    assert "is over already" in past
    assert "Asked for" in words(await place.say(luis, 'action extend ACT-001 by 30 March reason:"the lab is closed"'))
    assert [out.address.channel for out in await place.deliver() if "Why: the lab is closed" in words(out.card)]
    assert place.trail()[-1]["reason"] == "the lab is closed"


async def test_not_me_but_somebody_else_is_offered(place: MeetingRoom) -> None:
    await place.say(tomas, "action repeat the dissolution run @l by Friday", l=luis)
    thread = await card(place, "ACT-001")
    ids = {name: one for one, name in named(place).items()}
    for text, mentions in (
        ("not me, Priya", {}),
        ("give it to priya raghunathan", {}),
        ("Not me, @x please", {"x": priya}),
    ):
        offer = await place.talk(luis, text, thread=thread, **mentions)
        assert buttons(offer) == {"Give it away": f"action reassign ACT-001 @{ids['Priya']}"}
    await place.press(luis, f"action reassign ACT-001 @{ids['Priya']}")
    assert [row.owners for row in place.rows(Action)] == [[ids["Priya"]]]


async def test_not_me_alone_declines(opened: MeetingRoom) -> None:
    await opened.say(tomas, "action repeat the dissolution run @l by Friday", l=luis)
    thread = await card(opened, "ACT-001")
    assert buttons(await opened.talk(luis, "not me", thread=thread)) == {"Decline…": "action decline ACT-001"}
    await opened.talk(luis, "not me: I am on leave until May", thread=thread)
    [action] = opened.rows(Action)
    assert (action.owners, action.state) == ([], "proposed")


async def test_a_question_is_answered_and_a_risk_is_closed(place: MeetingRoom) -> None:
    await place.say(tomas, "question who owns the shipping validation?")
    await place.say(tomas, "risk the compressor is late")
    question, risk = await card(place, "QUE-001"), await card(place, "RSK-001")
    await place.talk(luis, "Answer: “Tarnbrook” does", thread=question)
    assert [(row.state, row.answer) for row in place.rows(AskedQuestion)] == [("answered", "“Tarnbrook” does")]
    assert buttons(await place.talk(anna, "close it", thread=risk)) == {"Close it…": "risk close RSK-001"}
    await place.talk(anna, "closed: it came this morning", thread=risk)
    assert [row.state for row in place.rows(Risk)] == ["closed"]


@pytest.mark.parametrize("text", ["looks good", "agreed, but not for batch 4", "done deal", "😀", "thanks @all"])
async def test_talk_below_a_card_is_left_alone(place: MeetingRoom, text: str) -> None:
    await place.say(tomas, "decision we go with three batches")
    await place.say(tomas, "action repeat the dissolution run @l by Friday", l=luis)
    decision, action = await card(place, "DEC-001"), await card(place, "ACT-001")
    before = stored(place)
    for thread in (decision, action):
        answer = await place.talk(jurgen, text, thread=thread)
        assert answer is None or list(buttons(answer).values()) == ["action done ACT-001"]
    assert stored(place) == before


async def test_a_request_below_a_card_between_meetings_proposes_nothing(opened: MeetingRoom) -> None:
    await opened.say(tomas, "decision we go with three batches")
    thread = await card(opened, "DEC-001")
    before = stored(opened)
    for line in ("@j please send the protocol by Friday", "Action: order the filters", "Proposal: four batches"):
        people = {"j": jurgen} if "@j" in line else {}
        assert await opened.talk(tomas, line, thread=thread, **people) is None
    assert stored(opened) == before


async def test_a_room_that_is_not_read_is_not_read_there_either(opened: MeetingRoom) -> None:
    await opened.say(tomas, "decision we go with three batches")
    thread = await card(opened, "DEC-001")
    await opened.say(anna, "listen tags")
    assert await opened.talk(anna, "agree", thread=thread) is None
    await opened.say(anna, "listen off")
    assert await opened.talk(jurgen, "agree", thread=thread) is None
    assert [len(row.agreed_by) for row in opened.rows(Decision)] == [1]
    assert not await opened.core.listens(TEAMS, thread)


async def test_strangers_and_auditors_agree_to_nothing(opened: MeetingRoom) -> None:
    eve = person("Eve Auditor")
    await opened.say(anna, "member add @e side:sponsor role:auditor", e=eve)
    await opened.say(tomas, "decision we go with three batches")
    thread = await card(opened, "DEC-001")
    before = stored(opened)
    assert await opened.talk(stranger, "agree", thread=thread) is None
    assert "lead, qa" in words(await opened.talk(eve, "agree", thread=thread))
    assert stored(opened) == before


async def test_other_threads_are_talk(opened: MeetingRoom) -> None:
    await opened.say(tomas, "decision we go with three batches")
    await card(opened, "DEC-001")
    for thread in (None, "4711"):
        assert not await opened.core.listens(TEAMS, thread)
        assert await opened.talk(anna, "agree", thread=thread) is None
    assert [row.agreed_by for row in opened.rows(Decision)] == [[]]


async def test_each_company_replies_below_the_card_of_its_own_room(opened: MeetingRoom) -> None:
    code = await invited(opened)
    await opened.say(marta, f"transfer join {code}", at=TEAMS)
    await opened.say(tomas, "decision we go with three batches")
    await opened.deliver()
    there = next(post.message for post in opened.posts() if post.key == "card:DEC-001" and post.address == str(TEAMS))
    await opened.talk(marta, "agree", at=TEAMS, thread=there)
    assert [len(row.agreed_by) for row in opened.rows(Decision)] == [1]
    [source] = [one for one in opened.rows_of(Source) if one.record == "DEC-001"]
    assert source.author == "slack:T1/U-tomáš"

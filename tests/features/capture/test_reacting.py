"""A reaction below a message proposes a record where the room wants it; taken away, it takes the proposal back."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest
import pytest_asyncio

from core.api import Address, Core, Options, Said, Turn
from core.features.actions.records import Action
from core.kernel.audit import Source
from core.kernel.transfers import Room
from tests.features.capture.pointing import capture, message, react
from tests.features.capture.talking import PLEASE, named, offered, proposal, proposals, stored, whispered
from tests.meeting_room import ROOM, MeetingRoom, anna, buttons, jurgen, luis, marta, person, stranger, tomas, words

PIN, TICK, ASKS, WARNS = "📌", "✅", "❓", "⚠️"


@pytest_asyncio.fixture
async def reacting(opened: MeetingRoom) -> MeetingRoom:
    """A room whose reactions are read; no meeting runs."""
    await opened.say(anna, "listen reactions:on")
    return opened


async def test_a_reaction_proposes_to_who_wrote_the_message(reacting: MeetingRoom) -> None:
    line = message(reacting, tomas, PLEASE, j=jurgen)
    await react(reacting, luis, PIN, line)
    row, names = proposal(reacting), named(reacting)
    assert (row.state, row.kind, row.text, row.due) == (
        "proposed",
        "action",
        "send the signed PPQ protocol",
        date(2026, 3, 13),
    )
    assert (names[row.author], [names[one] for one in row.owners]) == ("Tomáš", ["Jürgen"])
    assert (row.rule, row.trigger, [names[one] for one in row.reacted or []]) == ("reaction", PIN, ["Luís"])
    [source] = [one for one in reacting.rows_of(Source) if one.record == "PRP-001"]
    assert (source.message, source.text, source.author) == ("1700.1", PLEASE, "slack:T1/U-tomáš")
    await reacting.deliver()
    assert [who for who, _, _ in whispered(reacting)] == ["U-tomáš"]
    assert "📌 A reaction by @Luís Gonçalves (Tarnbrook Manufacturing)" in whispered(reacting)[0][1]
    assert reacting.rows(Action) == []
    await reacting.press(tomas, offered(reacting, "U-tomáš")["Confirm"])
    assert [(row.text, named(reacting)[row.created_by or ""]) for row in reacting.rows(Action)] == [
        ("send the signed PPQ protocol", "Tomáš")
    ]


async def test_in_a_meeting_the_chair_sees_it_too(talk: MeetingRoom) -> None:
    await talk.say(anna, "listen reactions:on")
    await react(talk, luis, PIN, message(talk, tomas, PLEASE, j=jurgen))
    await talk.deliver()
    assert {who for who, said, _ in whispered(talk) if "Record this action?" in said} == {"U-tomáš", "U-aoife"}


@pytest.mark.parametrize(("emoji", "kind"), [(TICK, "decision"), (PIN, "action"), (ASKS, "question"), (WARNS, "risk")])
async def test_its_kind_is_what_the_reaction_means(reacting: MeetingRoom, emoji: str, kind: str) -> None:
    await react(reacting, luis, emoji, message(reacting, tomas, "the filters of line 4"))
    row = proposal(reacting)
    assert (row.kind, row.text.rstrip("?")) == (kind, "the filters of line 4")
    assert row.confirm[:2] == (["owner", "due"] if kind == "action" else row.confirm[:2])


async def test_a_room_reads_reactions_only_where_somebody_said_so(opened: MeetingRoom) -> None:
    line = message(opened, tomas, PLEASE, j=jurgen)
    before = stored(opened)
    await react(opened, luis, PIN, line)
    assert stored(opened) == before
    assert not await opened.core.reacts(line.room)
    assert "listen reactions:on" in words(await opened.say(anna, "listen natural"))
    answer = words(await opened.say(anna, "listen reactions:on"))
    assert "✅ decision, 📌 action, ❓ question, ⚠️ risk" in answer
    assert await opened.core.reacts(line.room)
    [room] = opened.rows_of(Room)
    assert (room.listen, room.reactions) == (None, True)
    await react(opened, luis, PIN, line)
    assert len(proposals(opened)) == 1
    await opened.say(anna, "listen off reactions:off")
    await react(opened, luis, PIN, message(opened, tomas, PLEASE, number="2", j=jurgen))
    assert len(proposals(opened)) == 1
    assert "A lead, or the chair" in words(await opened.say(luis, "listen reactions:on"))


async def test_what_reactions_proposed_stays_when_they_are_switched_off_and_the_answer_says_so(
    reacting: MeetingRoom,
) -> None:
    await react(reacting, luis, WARNS, message(reacting, tomas, "the filters of line 4"))
    await react(reacting, luis, PIN, message(reacting, tomas, "the pumps of line 4", number="2"))
    said = words(await reacting.say(anna, "listen reactions:off"))
    assert "PRP-001, PRP-002 were proposed by reactions here and still wait." in said
    assert "taken off by its No, in proposals" in said
    assert [(row.ref, row.state) for row in proposals(reacting)] == [("PRP-001", "proposed"), ("PRP-002", "proposed")]
    listed = await reacting.say(tomas, "proposals")
    await reacting.press(tomas, buttons(listed)["PRP-001: No"])
    said = words(await reacting.say(anna, "listen natural"))
    assert "PRP-002 was proposed by a reaction here and still waits." in said
    await reacting.press(tomas, buttons(listed)["PRP-002: Confirm"])
    assert "still wait" not in words(await reacting.say(anna, "listen natural"))


async def test_listen_alone_asks_what_is_read(reacting: MeetingRoom) -> None:
    form = await reacting.say(anna, "listen")
    shown = {block.name: block.value for block in form.blocks if hasattr(block, "name")}
    assert shown == {"mode": ("natural",), "reactions": ("on",)}


async def test_taking_it_away_withdraws_what_nobody_confirmed(reacting: MeetingRoom) -> None:
    line = message(reacting, tomas, PLEASE, j=jurgen)
    await react(reacting, luis, PIN, line)
    await reacting.deliver()
    await react(reacting, luis, PIN, line, gone=True)
    [changed] = await reacting.deliver()
    assert (proposal(reacting).state, proposal(reacting).open) == ("withdrawn", False)
    assert (changed.only_for, changed.message is not None) == ("U-tomáš", True), "nothing is said of it anew"
    entry = reacting.trail()[-1]
    assert (entry["event"], entry["record"], entry["actor"]) == ("ProposalWithdrawn", "PRP-001", "system")
    assert "Not recorded: the reaction was taken away" in words(await reacting.press(tomas, "proposal confirm PRP-001"))


async def test_taking_it_away_changes_nothing_of_what_was_confirmed(reacting: MeetingRoom) -> None:
    line = message(reacting, tomas, PLEASE, j=jurgen)
    await react(reacting, luis, PIN, line)
    await reacting.press(tomas, "proposal confirm PRP-001")
    await reacting.deliver()
    before, sent = stored(reacting), len(reacting.inbox.sent)
    await react(reacting, luis, PIN, line, gone=True)
    await reacting.deliver()
    assert (stored(reacting), len(reacting.inbox.sent)) == (before, sent)
    assert [row.state for row in reacting.rows(Action)] == ["open"]


@pytest.mark.parametrize("emoji", [PIN, WARNS])
async def test_taking_it_away_counts_where_reactions_are_not_read_any_more(reacting: MeetingRoom, emoji: str) -> None:
    line = message(reacting, tomas, "the filters of line 4")
    await react(reacting, luis, emoji, line)
    await reacting.deliver()
    assert "Taking the reaction away still takes it back" in words(await reacting.say(anna, "listen reactions:off"))
    assert not await reacting.core.reacts(line.room)
    assert not await reacting.core.reacts(line.room, "4711"), "nothing waits of that message"
    assert await reacting.core.reacts(line.room, "1700.1")
    await react(reacting, luis, TICK, line, gone=True)
    await react(reacting, marta, emoji, line, gone=True)
    assert proposal(reacting).state == "proposed"
    await react(reacting, luis, emoji, line, gone=True)
    [changed] = await reacting.deliver()
    assert (proposal(reacting).state, proposal(reacting).open) == ("withdrawn", False)
    assert "the reaction was taken away" in words(changed.card)
    assert not await reacting.core.reacts(line.room, "1700.1")


async def test_one_who_left_still_takes_theirs_away(reacting: MeetingRoom) -> None:
    line = message(reacting, tomas, PLEASE, j=jurgen)
    await react(reacting, luis, PIN, line)
    await reacting.say(marta, 'member remove @l reason:"other work"', l=luis)
    await react(reacting, luis, PIN, line, gone=True)
    assert proposal(reacting).state == "withdrawn"


async def test_a_reaction_that_means_nothing_any_more_is_taken_away_too(
    reacting: MeetingRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = message(reacting, tomas, "the filters of line 4")
    await react(reacting, luis, WARNS, line)
    monkeypatch.setattr("core.reacting.MEANS", {TICK: "decision"})
    await react(reacting, luis, PIN, line, gone=True)
    assert proposal(reacting).state == "proposed"
    await react(reacting, luis, "⚠", line, gone=True)
    assert proposal(reacting).state == "withdrawn"


async def test_it_can_be_proposed_anew_after_that(reacting: MeetingRoom) -> None:
    line = message(reacting, tomas, PLEASE, j=jurgen)
    for gone in (False, True):
        await react(reacting, luis, PIN, line, gone=gone)
    reacting.clock.advance(minutes=1)
    await react(reacting, luis, PIN, line)
    assert [(row.ref, row.state) for row in proposals(reacting)] == [("PRP-001", "withdrawn"), ("PRP-002", "proposed")]


async def test_several_who_react_propose_once_and_the_last_to_take_it_away_withdraws(reacting: MeetingRoom) -> None:
    line = message(reacting, tomas, PLEASE, j=jurgen)
    await asyncio.gather(*(react(reacting, who, PIN, line) for who in (luis, marta, anna)))
    assert len(proposals(reacting)) == 1
    assert len(proposal(reacting).reacted or []) == 3
    await reacting.deliver()
    assert len(whispered(reacting)) == 1
    for who, state in ((luis, "proposed"), (marta, "proposed"), (anna, "withdrawn")):
        await react(reacting, who, PIN, line, gone=True)
        assert proposal(reacting).state == state


async def test_of_two_different_reactions_the_first_counts(reacting: MeetingRoom) -> None:
    line = message(reacting, tomas, "the filters of line 4")
    await react(reacting, luis, WARNS, line)
    await react(reacting, marta, ASKS, line)
    assert [row.kind for row in proposals(reacting)] == ["risk"]


async def test_only_the_reaction_that_proposes_takes_it_back(reacting: MeetingRoom) -> None:
    line = message(reacting, tomas, "the filters of line 4")
    await react(reacting, luis, WARNS, line)
    await react(reacting, luis, ASKS, line)
    await react(reacting, luis, ASKS, line, gone=True)
    assert proposal(reacting).state == "proposed"
    await react(reacting, luis, "⚠", line, gone=True)
    assert proposal(reacting).state == "withdrawn"


async def test_what_talk_proposed_is_not_proposed_twice_nor_taken_back(talk: MeetingRoom) -> None:
    await talk.say(anna, "listen reactions:on")
    await talk.talk(tomas, PLEASE, delivery="1771.5", j=jurgen)
    line = message(talk, tomas, PLEASE, number="1771.5", j=jurgen)
    before = stored(talk)
    await react(talk, luis, PIN, line)
    await react(talk, luis, PIN, line, gone=True)
    assert stored(talk) == before
    assert proposal(talk).state == "proposed"


async def test_what_is_recorded_or_was_declined_is_not_asked_again(reacting: MeetingRoom) -> None:
    line, other = message(reacting, tomas, "three batches"), message(reacting, tomas, "four batches", number="2")
    await capture(reacting, luis, line, kind="decision")
    await react(reacting, luis, TICK, line)
    await react(reacting, luis, TICK, other)
    await reacting.press(tomas, "proposal decline PRP-001")
    await react(reacting, marta, TICK, other)
    assert [(row.ref, row.state) for row in proposals(reacting)] == [("PRP-001", "declined")]


async def test_each_delivery_that_comes_three_times_changes_once(reacting: MeetingRoom) -> None:
    line = message(reacting, tomas, PLEASE, j=jurgen)
    await asyncio.gather(*(react(reacting, luis, PIN, line, delivery="r1") for _ in range(3)))
    once = stored(reacting)
    await react(reacting, luis, PIN, line, delivery="r1")
    assert (len(proposals(reacting)), stored(reacting)) == (1, once)
    for _ in range(3):
        await react(reacting, luis, PIN, line, delivery="r2", gone=True)
    assert [row.state for row in proposals(reacting)] == ["withdrawn"]


async def test_taken_away_before_it_arrives_it_proposes_nothing(reacting: MeetingRoom) -> None:
    line, now = message(reacting, tomas, PLEASE, j=jurgen), reacting.clock.now()
    await react(reacting, luis, PIN, line, gone=True, at=now + timedelta(seconds=2))
    await react(reacting, luis, PIN, line, at=now)
    assert proposals(reacting) == []
    await react(reacting, luis, PIN, line, at=now + timedelta(seconds=4))
    assert len(proposals(reacting)) == 1


async def test_what_says_nothing_to_tandem_leaves_nothing(reacting: MeetingRoom) -> None:
    eve = person("Eve Auditor")
    await reacting.say(anna, "member add @e side:sponsor role:auditor", e=eve)
    line, before = message(reacting, tomas, PLEASE, j=jurgen), stored(reacting)
    await react(reacting, stranger, PIN, line)
    await react(reacting, eve, PIN, line)
    await react(reacting, luis, "👍", line)
    await react(reacting, luis, PIN, message(reacting, stranger, PLEASE, j=jurgen))
    await react(reacting, luis, PIN, message(reacting, tomas, " "))
    await react(reacting, luis, PIN, message(reacting, tomas, "[off] did we tell them?"))
    elsewhere = Address("slack", "T1", "C-other")
    await react(reacting, luis, PIN, message(reacting, tomas, PLEASE, where=elsewhere, j=jurgen), where=elsewhere)
    assert stored(reacting) == before
    await react(reacting, tomas, PIN, message(reacting, tomas, "[off] order the filters"))
    assert len(proposals(reacting)) == 1


async def test_where_the_words_are_not_told_the_talk_of_the_meeting_is_remembered(talk: MeetingRoom) -> None:
    await talk.say(anna, "listen reactions:on")
    await talk.talk(tomas, "the filters of line 4", delivery="1771.7")
    assert proposals(talk) == []
    await react(talk, luis, WARNS, None, message="1771.7")
    assert [(row.kind, row.text) for row in proposals(talk)] == [("risk", "the filters of line 4")]


async def hear(room: MeetingRoom, text: str, number: str) -> None:
    """A line by Tomáš is handed in, as by a platform that tells no words with a reaction, whether it is read or not."""
    said = Said(text, (), text, number, called=False)
    assert await room.core.hear(Turn(number, ROOM, tomas, room.clock.now(), said)) is None


async def test_what_was_heard_while_no_meeting_ran_can_be_reacted_to_and_leaves_nothing(reacting: MeetingRoom) -> None:
    before = stored(reacting)
    await hear(reacting, "the filters of line 4", "1771.7")
    await hear(reacting, "Action: order the filters", "1771.8")
    assert stored(reacting) == before
    await react(reacting, luis, WARNS, None, message="1771.7")
    assert [(row.kind, row.text) for row in proposals(reacting)] == [("risk", "the filters of line 4")]


async def test_where_reactions_are_not_read_no_line_is_remembered(opened: MeetingRoom) -> None:
    await hear(opened, "the filters of line 4", "1771.7")
    await opened.say(anna, "listen reactions:on")
    await react(opened, luis, WARNS, None, message="1771.7")
    assert proposals(opened) == []


async def test_whoever_reacts_to_what_nobody_heard_is_told_once_how_it_is_captured(reacting: MeetingRoom) -> None:
    await reacting.deliver()
    await react(reacting, luis, PIN, None, message="1771.7")
    [told] = await reacting.deliver()
    assert told.only_for == "U-luís"
    assert "Nothing is proposed of the message in #joint that you put 📌 below" in words(told.card)
    assert "To record it, choose Capture in Tandem in the menu of the message" in words(told.card)
    assert proposals(reacting) == []
    await react(reacting, luis, WARNS, None, message="1771.8")
    assert await reacting.deliver() == []
    await react(reacting, marta, WARNS, None, message="1771.8")
    assert [out.only_for for out in await reacting.deliver()] == ["U-marta"]
    reacting.clock.advance(minutes=11)
    await react(reacting, luis, WARNS, None, message="1771.9")
    assert [out.only_for for out in await reacting.deliver()] == ["U-luís"]


async def test_nobody_is_told_so_of_tandem_s_own_cards_nor_by_taking_away(reacting: MeetingRoom) -> None:
    await reacting.say(tomas, "action order the filters @l by Friday", l=luis)
    await reacting.deliver()
    card = next(message for (room, message) in reacting.inbox.messages if room == str(ROOM))
    await react(reacting, luis, PIN, None, message=card)
    await react(reacting, luis, PIN, None, message="1771.9", gone=True)
    await react(reacting, stranger, PIN, None, message="1771.9")
    assert await reacting.deliver() == []


async def test_after_a_restart_what_was_proposed_can_be_proposed_again(reacting: MeetingRoom, store_url: str) -> None:
    """What is known of a line that became nothing is forgotten: Tandem keeps records, not talk."""
    await hear(reacting, "Luís checks the filters of line 4 by Friday", "1771.7")
    await hear(reacting, "the yields look odd", "1771.8")
    for gone in (False, True):
        await react(reacting, luis, PIN, None, message="1771.7", gone=gone)
    await reacting.deliver()
    await reacting.core.close()
    reacting.core = Core.create(store_url, Options(clock=reacting.clock, open_to_all=True))
    reacting.core.start()
    reacting.clock.advance(minutes=1)
    await react(reacting, luis, PIN, None, message="1771.7")
    again = proposal(reacting, "PRP-002")
    assert (again.state, again.text, again.due) == ("proposed", "check the filters of line 4", date(2026, 3, 13))
    assert [named(reacting)[one] for one in (again.author, *again.owners)] == ["Tomáš", "Luís"]
    await react(reacting, luis, WARNS, None, message="1771.8")
    assert "Capture in Tandem" in words((await reacting.deliver())[-1].card)


async def test_a_line_that_is_gone_is_not_proposed_of_what_the_store_keeps(reacting: MeetingRoom) -> None:
    line = message(reacting, tomas, PLEASE, j=jurgen)
    await react(reacting, luis, PIN, line)
    await reacting.core.news.source_deleted(line.room, "1700.1", reacting.clock.now(), "gone")
    reacting.clock.advance(minutes=1)
    await react(reacting, luis, PIN, None)
    assert [row.state for row in proposals(reacting)] == ["withdrawn"]


async def test_a_message_that_is_deleted_takes_its_proposal_with_it(reacting: MeetingRoom) -> None:
    line = message(reacting, tomas, PLEASE, j=jurgen)
    await react(reacting, luis, PIN, line)
    await reacting.core.news.source_deleted(line.room, "1700.1", reacting.clock.now(), "gone")
    assert proposal(reacting).state == "withdrawn"
    assert "the line was deleted" in words(await reacting.press(tomas, "proposal confirm PRP-001"))
    await react(reacting, luis, PIN, line, gone=True)


async def test_hostile_words_stay_words(reacting: MeetingRoom) -> None:
    for number, text in enumerate(("<!channel> {{7*7}} \ud800", "a" * 9000, "😀" * 300, "\u202ex\0" * 50)):
        await react(reacting, luis, WARNS, message(reacting, tomas, text, number=str(number)))
    assert len(proposals(reacting)) == 4
    await reacting.deliver()

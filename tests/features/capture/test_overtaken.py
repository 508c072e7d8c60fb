"""A message is edited or deleted before anything is made of it: what it says last is what counts all the same."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta

import pytest

from core.api import Edited
from core.features.actions.records import Action
from core.features.capture.records import Proposal
from core.features.transfers.records import SourceChange
from core.kernel import statements
from core.kernel.audit import Source
from tests.features.capture.pointing import message, pick, react
from tests.features.capture.talking import SOMEONE, proposal, stored, whispered
from tests.meeting_room import ROOM, MeetingRoom, anna, luis, priya, tomas, words

CHASE = "someone needs to chase the excipient CoA by Friday"


async def edit(room: MeetingRoom, text: str, seconds: int = 5, number: str = "17.5") -> None:
    """Its author edits the message, so many seconds from now."""
    at = room.clock.now() + timedelta(seconds=seconds)
    await room.core.news.source_edited(Edited(ROOM, number, text, at, f"edit-{number}-{seconds}"))


async def delete(room: MeetingRoom, seconds: int = 5) -> None:
    await room.core.news.source_deleted(ROOM, "17.5", room.clock.now() + timedelta(seconds=seconds), f"gone-{seconds}")


@asynccontextmanager
async def nothing_committed(room: MeetingRoom) -> AsyncIterator[None]:
    """As long as another process holds the transfer, what is said is read and waits to be written."""
    with room.core.store.write() as connection:
        connection.execute(statements.LOCKED_HEAD, {"of": "NVT"})
        yield


async def test_an_edit_while_the_proposal_waits_to_be_written_is_the_one_that_counts(talk: MeetingRoom) -> None:
    async with nothing_committed(talk):
        heard = asyncio.create_task(talk.talk(tomas, SOMEONE, delivery="17.5"))
        await edit(talk, CHASE)
        assert proposals(talk) == []
    await heard
    row = proposal(talk)
    assert (row.state, row.said, row.due) == ("proposed", CHASE, date(2026, 3, 13))
    [source] = [one for one in talk.rows_of(Source) if one.record == "PRP-001"]
    assert source.text == SOMEONE
    await talk.deliver()
    assert "(edited since)" in whispered(talk)[-1][1]


@pytest.mark.parametrize("text", ["forget it, Marta has it already", "[off] never mind"])
async def test_one_that_says_nothing_any_more_is_taken_back(talk: MeetingRoom, text: str) -> None:
    async with nothing_committed(talk):
        heard = asyncio.create_task(talk.talk(tomas, SOMEONE, delivery="17.5"))
        await edit(talk, text)
    await heard
    assert proposal(talk).state == "withdrawn"


async def test_an_edit_that_comes_before_its_message_counts_too(talk: MeetingRoom) -> None:
    """The platform delivers the message again, as the first time nobody took it."""
    await edit(talk, CHASE)
    await talk.talk(tomas, SOMEONE, delivery="17.5")
    assert (proposal(talk).said, proposal(talk).due) == (CHASE, date(2026, 3, 13))


async def test_of_several_edits_the_last_counts_in_whatever_order_they_come(talk: MeetingRoom) -> None:
    await edit(talk, CHASE, 9)
    await edit(talk, "forget it", 7)
    await talk.talk(tomas, SOMEONE, delivery="17.5")
    assert proposal(talk).said == CHASE
    await edit(talk, "never mind", 8)
    assert (proposal(talk).state, proposal(talk).said) == ("proposed", CHASE)
    await edit(talk, "forget it, Marta has it", 10)
    assert proposal(talk).state == "withdrawn"


async def test_a_line_that_is_deleted_meanwhile_proposes_nothing(talk: MeetingRoom) -> None:
    async with nothing_committed(talk):
        heard = asyncio.create_task(talk.talk(tomas, SOMEONE, delivery="17.5"))
        await delete(talk)
    await heard
    assert proposal(talk).state == "withdrawn"
    assert "the line was deleted" in words(await talk.press(tomas, "proposal confirm PRP-001"))


async def test_a_line_that_is_back_by_then_proposes(talk: MeetingRoom) -> None:
    await delete(talk)
    await talk.core.news.source_restored(ROOM, "17.5", talk.clock.now() + timedelta(seconds=6), "back")
    await talk.talk(tomas, SOMEONE, delivery="17.5")
    assert proposal(talk).state == "proposed"
    assert talk.rows_of(SourceChange) == []


async def test_a_marked_line_is_recorded_as_it_was_said_and_its_people_are_asked(talk: MeetingRoom) -> None:
    async with nothing_committed(talk):
        heard = asyncio.create_task(talk.talk(tomas, "Action: @l sends the yields", delivery="17.5", l=luis))
        await edit(talk, "Action: Luís sends the yields and the CoA")
    await heard
    await talk.deliver()
    assert [row.text for row in talk.rows(Action)] == ["sends the yields"]
    asked = [out for out in talk.inbox.sent if "ACT-001: its message was edited" in words(out.card)]
    assert asked


async def test_a_reaction_proposes_the_words_of_an_edit_that_came_while_it_was_read(talk: MeetingRoom) -> None:
    await talk.say(anna, "listen reactions:on")
    await talk.talk(tomas, "the yields look odd", delivery="17.5")
    await edit(talk, "the yields of batch 3 look odd")
    assert stored(talk)["source_changes"] == 0
    await react(talk, priya, "⚠️", None, message="17.5")
    assert (proposal(talk).state, proposal(talk).text) == ("proposed", "the yields of batch 3 look odd")


async def test_a_message_that_is_edited_while_its_form_is_open_is_asked_about(talk: MeetingRoom) -> None:
    line = message(talk, tomas, "the yields look odd", number="17.5")
    await edit(talk, "the yields look very odd", -60)  # the form shows what it says since then
    form = await pick(talk, priya, line)
    filled = {"kind": "risk", "text": "the yields look odd", "owners": (), "due": ""}
    await talk.fill(priya, form, **filled)
    assert stored(talk)["source_changes"] == 0
    other = message(talk, tomas, "the filters look odd", number="18.5")
    form = await pick(talk, priya, other)
    talk.clock.advance(minutes=1)
    await edit(talk, "the filters look fine", number="18.5")
    await talk.fill(priya, form, kind="risk", text="the filters look odd", owners=(), due="")
    talk.clock.advance(minutes=1)
    await talk.deliver()
    assert [row.text for row in talk.rows_of(SourceChange)] == ["the filters look fine"]
    assert any("RSK-002: its message was edited" in words(out.card) for out in talk.inbox.sent)


async def test_of_talk_that_became_nothing_nothing_is_kept(talk: MeetingRoom) -> None:
    await talk.talk(tomas, "lovely weather", delivery="17.5")
    before = stored(talk)
    await edit(talk, CHASE)
    await delete(talk)
    assert stored(talk) == before


def proposals(room: MeetingRoom) -> list[Proposal]:
    return room.rows(Proposal)

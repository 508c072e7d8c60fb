"""People point at messages in a company's own room: what comes of it is that company's own."""

from __future__ import annotations

import pytest_asyncio

from core.api import Address
from core.features.actions.records import Action
from core.features.decisions.records import Decision
from core.kernel.ids import Audience
from tests.features.capture.pointing import capture, message, pick, react
from tests.features.capture.talking import proposals, stored
from tests.meeting_room import MeetingRoom, anna, luis, priya, tomas, words

OWN = Address("slack", "T1", "C-norvane")
SECRET = "zebrafish"


@pytest_asyncio.fixture
async def own(opened: MeetingRoom) -> MeetingRoom:
    """A transfer whose sponsor has a room of its own, where reactions are read."""
    assert "own room of Norvane Therapeutics" in words(await opened.say(anna, "transfer room internal", at=OWN))
    assert "✅ decision" in words(await opened.say(anna, "listen reactions:on", at=OWN))
    return opened


async def test_what_is_captured_there_stays_there(own: MeetingRoom) -> None:
    line = message(own, tomas, f"@p please feed the {SECRET} by Friday.", where=OWN, p=priya)
    form = await pick(own, anna, line, at=OWN)
    assert "This room is Norvane Therapeutics’s own" in str(form.blocks[0])
    assert "ACT-S001" in words(await capture(own, anna, line))
    [action] = own.rows(Action)
    assert (action.ref, action.audience) == ("ACT-S001", Audience.SPONSOR)
    assert SECRET not in str(own.trail())
    assert SECRET in str(own.trail(audience="sponsor"))
    sent = await own.deliver()
    assert sent
    assert all(out.address == OWN or out.address.channel.startswith("U-") for out in sent if SECRET in str(out.card))
    assert "recorded already: ACT-S001" in words(await pick(own, priya, line, at=OWN))


async def test_a_guest_of_the_other_company_captures_nothing_there(own: MeetingRoom) -> None:
    line = message(own, tomas, f"the {SECRET} is hungry", where=OWN)
    before = stored(own)
    assert "This room is the other company’s own" in words(await pick(own, luis, line, at=OWN))
    await react(own, luis, "⚠️", line, where=OWN)
    assert stored(own) == before


async def test_a_reaction_there_proposes_what_is_its_own(own: MeetingRoom) -> None:
    line = message(own, tomas, f"the {SECRET} is hungry", where=OWN)
    await react(own, priya, "⚠️", line, where=OWN)
    assert [(row.ref, row.audience) for row in proposals(own)] == [("PRP-S001", Audience.SPONSOR)]
    assert SECRET not in str(own.trail())
    await react(own, priya, "⚠️", line, where=OWN, gone=True)
    assert [row.state for row in proposals(own)] == ["withdrawn"]
    assert "PRP-S001" not in str(own.trail())


async def test_a_reply_below_a_card_there_is_its_own(own: MeetingRoom) -> None:
    await own.say(tomas, f"decision we do not tell them of the {SECRET}", at=OWN)
    await own.deliver()
    thread = next(post.message for post in own.posts() if post.key == "card:DEC-S001")
    assert await own.talk(luis, "agree", at=OWN, thread=thread) is None
    await own.talk(anna, "object: they will find out", at=OWN, thread=thread)
    [decision] = own.rows(Decision)
    assert [one["reason"] for one in decision.objections] == ["they will find out"]
    assert SECRET not in str(own.trail())

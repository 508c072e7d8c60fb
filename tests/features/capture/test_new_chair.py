"""Whoever takes the chair is shown once what waits for an answer, and nothing that they may not answer or know."""

from __future__ import annotations

from core.api import Outgoing
from tests.features.capture.talking import SOMEONE, proposals
from tests.features.floor.test_own_rooms import OWN, bridged
from tests.features.transfers.test_joining import TEAMS
from tests.meeting_room import MeetingRoom, anna, buttons, luis, marta, priya, tomas, words


async def shown_to(room: MeetingRoom, account: str) -> list[Outgoing]:
    """The lists that somebody was sent directly now."""
    sent = await room.deliver()
    return [out for out in sent if out.address.channel == account and "You chair" in words(out.card)]


async def test_a_new_chair_is_shown_what_waits(room: MeetingRoom) -> None:
    await bridged(room)
    await room.talk(tomas, SOMEONE)
    await room.talk(luis, "someone needs to call the courier", at=TEAMS)
    await room.talk(tomas, "someone needs to hide the zebrafish", at=OWN)
    await room.press(luis, "proposal decline PRP-002", at=TEAMS)
    await room.say(marta, "chair @p", at=TEAMS, p=priya)
    [out] = await shown_to(room, "U-priya")
    shown = words(out.card)
    assert "You chair MTG-001 now, and may answer these:" in shown
    assert "- PRP-001 action: chase the excipient CoA · no date yet · said by Tomáš Dvořák" in shown
    assert "- PRP-S001 action: hide the zebrafish" in shown, "of her own company, though Marta does not know of it"
    assert "courier" not in shown
    assert buttons(out.card)["PRP-001: Confirm"] == "proposal confirm PRP-001"
    await room.press(priya, "proposal confirm PRP-001", at=out.address, place=out.card.place)
    assert [row.state for row in proposals(room)] == ["confirmed", "declined", "proposed"]

    await room.say(anna, "chair @l", l=luis)
    assert await shown_to(room, "U-luís") == [], "what waits still is the other company's own"


async def test_who_will_chair_a_meeting_to_come_is_shown_nothing(room: MeetingRoom) -> None:
    await bridged(room)
    await room.talk(tomas, SOMEONE)
    await room.say(anna, 'meeting new "Governance" at:"19 Mar 2026 14:00"')
    await room.say(anna, "chair @l MTG-002", l=luis)
    assert await shown_to(room, "U-luís") == []

"""Two transfers with people in common, for tests of what a person of several may say and learn."""

from __future__ import annotations

from core.api import Account, Address
from tests.meeting_room import MeetingRoom, jurgen, luis, priya, said_once

SECOND = Address("slack", "T1", "C-second")


def direct(who: Account) -> Address:
    """Somebody's own conversation with Tandem."""
    return Address(who.identity.platform, who.identity.tenant, who.identity.user, direct=True)


@said_once
async def twice_opened(room: MeetingRoom) -> MeetingRoom:
    """NVT with everybody, and NVB, led by Priya and Jürgen, where Luís is an expert too."""
    await room.opened()
    await room.say(
        priya,
        'transfer new "Product Y" sponsor:"Norvane Therapeutics" cmo:"Tarnbrook Manufacturing" '
        "tz:Europe/Dublin code:NVB",
        at=SECOND,
    )
    await room.say(priya, "member add @p side:cmo role:lead", at=SECOND, p=jurgen)
    await room.say(jurgen, "member add @p role:expert", at=SECOND, p=luis)
    await room.deliver()
    return room

"""Where a platform has replies, a meeting is one post, and what belongs to it stands below."""

from __future__ import annotations

from tests.meeting_room import MeetingRoom, anna, luis, marta


async def test_what_belongs_to_a_meeting_stands_below_its_first_post(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "action before any meeting @ben by Friday", ben=luis)
    assert {out.under for out in await room.deliver()} == {None}
    await room.say(anna, 'meeting new "PPQ readiness review" at:"12 Mar 2026 14:00" for:60m')
    await room.say(marta, 'agenda add "Line 4"')
    await room.deliver()
    await room.say(anna, "meeting start MTG-001")
    await room.say(marta, "decision three batches")
    await room.say(marta, "action send the plan @ben by Friday", ben=luis)
    await room.say(anna, "agenda next")
    posted = [out for out in await room.deliver() if out.message is None and not out.address.direct]
    assert posted
    assert {out.under for out in posted} == {"MTG-001"}
    root = await room.core.first_post(posted[0])
    assert root is not None
    assert {await room.core.first_post(out) for out in posted} == {root}
    await room.say(anna, "meeting end anyway")
    minutes = [out for out in await room.deliver() if out.card.summary.startswith("Minutes")]
    assert {out.under for out in minutes} == {"MTG-001"}

"""What a platform must know to write somewhere is kept for every process, and posts know below what they stand."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import func, select

from core.api import Address, Core
from core.kernel.ways import Way
from tests.kernel.wire import Wire
from tests.meeting_room import ROOM, MeetingRoom, anna
from tests.toy_feature.records import Badge

CHANNEL = Address("teams", "6d1f3b52-7c5e-4a51-9d1f-0a3c5b7e9f11", "19:5d0a8e" + "x" * 80 + "@thread.tacv2")


async def test_a_way_is_kept_for_every_process(toy: MeetingRoom) -> None:
    assert await toy.core.way(CHANNEL) is None
    await toy.core.keep_way(CHANNEL, '{"service_url":"https://smba.example/emea/"}')
    await toy.core.keep_way(CHANNEL, '{"service_url":"https://smba.example/uk/"}')
    other = Core.create(toy.core.store.url)
    assert await other.way(CHANNEL) == '{"service_url":"https://smba.example/uk/"}'
    assert await other.way(Address(CHANNEL.platform, CHANNEL.tenant, CHANNEL.channel, direct=True)) is None
    other.store.close()


async def test_a_way_that_is_told_again_is_written_once(toy: MeetingRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[str] = []
    keep = toy.core.ways.keep
    monkeypatch.setattr(toy.core.ways, "keep", lambda *what: (kept.append(what[1]), keep(*what)))
    for way in ("a", "a", "b", "b", "a"):
        await toy.core.keep_way(CHANNEL, way)
    assert kept == ["a", "b", "a"]
    assert await toy.core.way(CHANNEL) == "a"


async def test_two_who_meet_a_new_room_at_once_keep_one_way(toy: MeetingRoom) -> None:
    now = toy.clock.now()
    await asyncio.gather(*(asyncio.to_thread(toy.core.ways.keep, CHANNEL, f"way {one}", now) for one in range(8)))
    with toy.core.store.read() as connection:
        assert connection.execute(select(func.count()).select_from(Way)).scalar_one() == 1


async def test_the_rooms_of_a_tenant_are_told(toy: MeetingRoom) -> None:
    assert await toy.core.rooms(ROOM.platform, ROOM.tenant) == [ROOM]
    assert await toy.core.rooms("teams", CHANNEL.tenant) == []


async def test_posts_stand_below_the_first_post_of_their_record(
    toy: MeetingRoom, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Badge, "under", lambda _: "BDG-001")
    for name in "ab":
        await toy.say(anna, f"badge {name}")
    await toy.deliver()
    first, second = wire.sent
    assert [(out.transfer, out.under) for out in wire.sent] == [("NVT", "BDG-001")] * 2
    assert await toy.core.first_post(second) == "m1"
    assert (first.message, second.message) == (None, None)


async def test_before_its_record_was_ever_shown_a_post_stands_by_itself(toy: MeetingRoom, wire: Wire) -> None:
    await toy.say(anna, "badge a")
    await toy.deliver()
    [out] = wire.sent
    assert out.under is None
    assert await toy.core.first_post(out) is None

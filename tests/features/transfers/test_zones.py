"""Where somebody lives is kept once it is known: some platforms tell it only when they speak."""

from __future__ import annotations

from dataclasses import replace

from core.kernel.transfers import Person
from tests.meeting_room import MeetingRoom, anna, person


def zones(room: MeetingRoom) -> dict[str, str | None]:
    with room.core.store.read() as connection:
        return {row.name: row.zone for row in connection.execute(Person.__table__.select())}


async def test_a_zone_that_is_told_later_is_kept_once(room: MeetingRoom) -> None:
    await room.opened()
    eva = person("Eva Nowak")
    await room.say(anna, "member add @eva side:sponsor role:expert", eva=eva)
    assert zones(room)["Eva Nowak"] is None
    await room.say(replace(eva, zone="Nowhere/Else"), "mine")
    assert zones(room)["Eva Nowak"] is None
    await room.say(replace(eva, zone="Europe/Warsaw"), "mine")
    assert zones(room)["Eva Nowak"] == "Europe/Warsaw"
    await room.say(replace(eva, zone="America/New_York"), "mine")  # on a journey
    assert zones(room)["Eva Nowak"] == "Europe/Warsaw"
    noted = [body for body in room.trail() if body["event"] == "ZoneNoted"]
    assert [(body["record"], body["changes"]["zone"]) for body in noted] == [
        ("person:Eva Nowak", [None, "Europe/Warsaw"])
    ]


async def test_who_is_known_with_a_zone_or_nobody_changes_nothing(room: MeetingRoom) -> None:
    await room.opened()
    before = len(room.trail())
    await room.say(replace(anna, zone="Asia/Tokyo"), "mine")
    await room.say(person("Nobody", zone="Asia/Tokyo"), "mine")
    assert len(room.trail()) == before

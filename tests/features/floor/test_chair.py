"""Handing over the chair: told in the room, and whoever chairs does what a chair does."""

from tests.features.floor.rooms import events
from tests.features.meetings.planned import meeting, planned, started, utc
from tests.meeting_room import MeetingRoom, anna, jurgen, luis, marta, person, priya, tomas, words


def chair(room: MeetingRoom, ref: str = "MTG-001") -> str:
    """Who chairs a meeting, by name."""
    return room.core.directories.look("NVT").members[meeting(room, ref).chair].name


async def test_the_chair_of_the_running_meeting_is_handed_over(room: MeetingRoom) -> None:
    await started(room, "one")
    assert "The chair of MTG-001, Aoife Ní Bhriain, or a lead does this." in words(
        await room.say(luis, "chair @j", j=jurgen)
    )
    told = words(await room.say(anna, "chair @l", l=luis))
    assert told.splitlines() == [
        "In the chair: Luís Gonçalves",
        "@Luís Gonçalves chairs MTG-001 · PPQ readiness",
        "Until now it was Aoife Ní Bhriain.",
    ]
    await room.deliver()
    assert any(card.summary == "MTG-001 · Luís Gonçalves chairs now" for card in room.cards())
    assert any("chair @Luís Gonçalves" in words(card) for card in room.cards() if words(card).startswith("Running:"))
    assert events(room, "MTG-001")[-1] == ("Aoife Ní Bhriain", "ChairHanded")
    changed = next(entry for entry in room.trail() if "ChairHanded" in entry["event"])["changes"]["chair"]
    assert len(set(changed)) == 2

    await room.say(priya, "q+")
    assert "has the floor" in words(await room.say(luis, "ack"))  # an expert, but the chair
    await room.say(luis, "meeting end anyway")
    assert meeting(room).state == "closed"


async def test_of_a_meeting_to_come_the_next_one_is_meant(room: MeetingRoom) -> None:
    await planned(room)
    await room.say(anna, 'meeting new "Governance" at:"19 Mar 2026 14:00"')
    told = words(await room.say(marta, "chair @j", j=jurgen))
    assert "@Jürgen Weiß will chair MTG-001 · PPQ readiness" in told
    assert "Handed over by Marta Kowalczyk." in told
    assert (chair(room), chair(room, "MTG-002")) == ("Jürgen Weiß", "Aoife Ní Bhriain")
    assert meeting(room).chair in meeting(room).invited
    await room.say(anna, "chair @t MTG-002", t=tomas)
    assert chair(room, "MTG-002") == "Tomáš Dvořák"
    room.clock.set(utc(12, 13, 45))
    told_now = [out for out in await room.deliver() if out.address.direct]
    assert [out.address.channel for out in told_now] == ["U-jürgen"]  # the new chair is offered to start


async def test_who_cannot_chair(room: MeetingRoom) -> None:
    await started(room)
    auditor, nobody = person("Ines Prado", "T1"), person("Nobody Known", "T9")
    await room.say(anna, "member add @a side:sponsor role:auditor", a=auditor)
    refused = words(await room.say(anna, "chair @a", a=auditor))
    assert "Ines Prado could not start or end MTG-001" in refused
    assert "expert, lead, management, qa" in refused
    assert "Aoife Ní Bhriain chairs MTG-001 already." in words(await room.say(marta, "chair @a", a=anna))
    assert "is no member here yet" in words(await room.say(anna, "chair @n", n=nobody))
    form = words(await room.say(anna, "chair"))
    assert form.splitlines()[:2] == ["Hand over the chair", "Who chairs it from now on"]
    await room.say(anna, "meeting end anyway")
    assert "ended on" in words(await room.say(anna, "chair @m MTG-001", m=marta))
    assert "No meeting is planned here." in words(await room.say(anna, "chair @m", m=marta))


async def test_whoever_takes_the_chair_of_a_meeting_that_runs_over_is_asked_to_end_it(room: MeetingRoom) -> None:
    await started(room)
    room.clock.set(utc(12, 15))
    assert [out.address.channel for out in await room.deliver() if out.address.direct] == ["U-aoife"]
    await room.say(anna, "chair @l", l=luis)
    asked = [out for out in await room.deliver() if out.address.direct]
    assert [out.address.channel for out in asked] == ["U-luís"]
    assert words(asked[0].card).startswith("Still running: PPQ readiness")

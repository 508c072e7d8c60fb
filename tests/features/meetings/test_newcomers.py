"""Inviting somebody who is no member yet: the others are invited, and they are as soon as a lead adds them."""

from __future__ import annotations

from core.api import Form
from tests.features.meetings.planned import carrying, meeting, planned
from tests.meeting_room import MeetingRoom, anna, buttons, jurgen, luis, marta, person, stranger, tomas, words

eva = person("Eva Lindqvist", "T2")


async def test_the_known_are_invited_and_the_unknown_one_is_named_with_the_way_on(room: MeetingRoom) -> None:
    await planned(room)
    answer = await room.say(anna, "meeting invite @j @x", j=jurgen, x=stranger)
    assert "Invited to MTG-001: @Jürgen Weiß. 5 people are invited now." in words(answer)
    assert "Nobody Known: no member yet, and invited to MTG-001 as soon as a lead of their company adds them." in words(
        answer
    )
    assert buttons(answer) == {"Add Nobody Known…": "meeting introduce MTG-001"}
    assert stranger.name not in str(meeting(room).invited)


async def test_pressing_it_completes_the_invitation(room: MeetingRoom) -> None:
    await planned(room)
    answer = await room.say(anna, "meeting invite @j @x", j=jurgen, x=stranger)
    form = await room.press(anna, buttons(answer)["Add Nobody Known…"])
    assert isinstance(form, Form)
    await room.fill(anna, form, side="sponsor", role="expert")
    await room.deliver()
    assert len(meeting(room).invited) == 6
    assert meeting(room).newcomers is None
    assert "@Nobody Known" in carrying(room)[-1]
    [entry] = [one for one in room.trail() if one["command"] == "InviteNewcomer"]
    assert (entry["record"], entry["event"], entry["name"]) == ("MTG-001", "PeopleInvited", "Tandem")
    again = words(await room.press(anna, "meeting introduce MTG-001"))
    assert "Everybody who is invited to MTG-001 is a member." in again


async def test_somebody_of_the_other_company_is_added_by_its_lead_and_invited_then(room: MeetingRoom) -> None:
    await planned(room)
    answer = await room.say(tomas, "meeting invite @x", x=eva)
    assert "(Aoife Ní Bhriain, Marta Kowalczyk)" in words(answer)
    assert buttons(answer) == {}
    assert "Invited to" not in words(answer)
    refused = words(await room.press(tomas, "meeting introduce MTG-001"))
    assert "Eva Lindqvist is added by a lead of their company: Aoife Ní Bhriain, Marta Kowalczyk." in refused
    await room.say(marta, "member add @x role:expert", x=eva)
    await room.deliver()
    names = room.core.directories.look(meeting(room).transfer)
    assert [names.name_of(one) for one in meeting(room).invited][-1] == "Eva Lindqvist"


async def test_an_invitation_to_a_meeting_that_is_over_comes_to_nothing(room: MeetingRoom) -> None:
    await planned(room)
    await room.say(anna, "meeting invite @l @x", l=luis, x=eva)
    await room.say(anna, 'meeting cancel MTG-001 reason:"the audit"')
    before = list(meeting(room).invited)
    await room.say(marta, "member add @x role:expert", x=eva)
    await room.deliver()
    assert meeting(room).invited == before


async def test_without_people_a_form_asks(room: MeetingRoom) -> None:
    await planned(room)
    form = await room.say(anna, "meeting invite MTG-001")
    assert isinstance(form, Form)
    assert "needed" in words(await room.fill(anna, form, meeting="MTG-001", people=[]))

"""Who belongs to which company, and who may say so."""

from core.api import Address, Form
from tests.meeting_room import MeetingRoom, anna, buttons, luis, marta, person, priya, words


async def test_whoever_opens_a_transfer_leads_their_side(room: MeetingRoom) -> None:
    await room.opened()
    listed = words(await room.say(anna, "member list"))
    assert "@Aoife Ní Bhriain · lead" in listed
    assert "@Marta Kowalczyk · lead" in listed


async def test_a_lead_adds_people_of_their_own_side_alone(room: MeetingRoom) -> None:
    await room.opened()
    refused = words(await room.say(anna, "member add @p side:cmo role:expert", p=person("Zeynep Şahin", "T2")))
    assert "Tarnbrook Manufacturing has a lead of its own" in refused
    assert "Zeynep" not in words(await room.say(anna, "member list"))


async def test_an_expert_adds_nobody(room: MeetingRoom) -> None:
    await room.opened()
    refused = words(await room.say(luis, "member add @p side:cmo role:lead", p=person("Zeynep Şahin", "T2")))
    assert "lead" in refused


async def test_a_second_role_joins_the_first(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "member add @p role:lead", p=priya)
    assert "@Priya Raghunathan · lead, qa" in words(await room.say(anna, "member list"))


async def test_the_only_lead_cannot_leave(room: MeetingRoom) -> None:
    await room.opened()
    refused = words(await room.say(marta, 'member remove @p reason:"new job"', p=marta))
    assert "only lead" in refused


async def test_nobody_is_taken_from_the_other_company_s_workspace_without_a_reason(room: MeetingRoom) -> None:
    await room.opened()
    await room.deliver()
    zeynep = person("Zeynep Şahin", "T2")
    refused = words(await room.say(anna, "member add @p side:sponsor role:expert", p=zeynep))
    assert "speaks from the workspace of Tarnbrook Manufacturing" in refused
    assert "Zeynep" not in words(await room.say(anna, "member list"))
    assert await room.deliver() == []

    await room.say(anna, 'member add @p side:sponsor role:expert reason:"a guest in their workspace"', p=zeynep)
    [told] = await room.deliver()
    assert told.address.channel == "U-marta"
    shown = words(told.card)
    assert "Added for Norvane Therapeutics" in shown
    assert "Zeynep Şahin · expert" in shown
    assert "Aoife Ní Bhriain" in shown
    assert "a guest in their workspace" in shown
    events = [entry["event"] for entry in room.trail() if entry["reason"] == "a guest in their workspace"]
    assert "MemberAdded" in events


async def test_a_member_of_the_other_company_is_not_taken_at_all(room: MeetingRoom) -> None:
    await room.opened()
    refused = words(await room.say(anna, 'member add @p side:sponsor role:expert reason:"needs a role"', p=luis))
    assert "Luís Gonçalves belongs to Tarnbrook Manufacturing already" in refused
    assert "member remove @Luís Gonçalves reason:…" in refused


async def test_an_address_of_the_other_company_is_refused(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, 'member add "Ana" email:ana@norvane.example side:sponsor role:qa')
    await room.say(marta, 'member add "Piotr" email:piotr@tarnbrook.example side:cmo role:qa')
    refused = words(await room.say(anna, 'member add "Ola" email:ola@tarnbrook.example side:sponsor role:qa'))
    assert "The e-mail address of ola@tarnbrook.example is one of Tarnbrook Manufacturing" in refused


async def test_whoever_stands_for_the_other_company_elsewhere_is_refused(room: MeetingRoom) -> None:
    await room.opened()
    other = Address("slack", "T1", "C-second")
    zeynep = person("Zeynep Şahin", "T3")
    opening = 'transfer new "Product Y" sponsor:"Somebody" cmo:"Tarnbrook Manufacturing" tz:Europe/Dublin code:NVB'
    await room.say(priya, opening, at=other)
    await room.say(priya, "member add @p side:cmo role:lead", at=other, p=zeynep)
    refused = words(await room.say(anna, "member add @p side:sponsor role:expert", p=zeynep))
    assert "Zeynep Şahin stands for Tarnbrook Manufacturing in another transfer" in refused


async def test_the_other_company_is_told_of_each_day_s_additions_on_one_card(room: MeetingRoom) -> None:
    await room.opened()
    await room.deliver()
    await room.say(marta, "member add @p role:expert", p=person("Zeynep Şahin", "T2"))
    [first] = await room.deliver()
    await room.say(marta, "member add @p role:qa", p=person("Ola Nowak", "T2"))
    [second] = await room.deliver()
    assert (first.address.channel, second.address.channel) == ("U-aoife", "U-aoife")
    assert (first.message is None, second.message is None) == (True, False)  # the second changes the first in place
    assert "Ola Nowak · qa" in words(second.card)
    assert "Zeynep Şahin" in words(second.card)


async def test_who_was_added_for_the_wrong_company_is_taken_out_by_the_right_one(room: MeetingRoom) -> None:
    await room.opened()
    zeynep = person("Zeynep Şahin", "T1")
    await room.say(anna, "member add @p side:sponsor role:expert", p=zeynep)
    card = [out for out in await room.deliver() if out.address.channel == "U-marta"][-1]
    form = await room.press(marta, buttons(card.card)["They belong to us"], at=card.address, place=card.card.place)
    assert isinstance(form, Form)
    await room.fill(marta, form, at=card.address, person=form.blocks[0].value, reason="she works for us")
    [told] = [out for out in await room.deliver() if out.address.channel == "U-aoife"]
    assert "Zeynep Şahin was taken out by the other company" in words(told.card)
    assert "she works for us" in words(told.card)
    refused = words(await room.say(marta, "member add @p side:cmo role:expert", p=zeynep))
    assert "speaks from the workspace of Norvane" in refused
    await room.say(marta, 'member add @p side:cmo role:expert reason:"contractor of ours"', p=zeynep)
    listed = words(await room.say(marta, "member list"))
    assert "Zeynep Şahin · expert" in listed.partition("Tarnbrook")[2]


async def test_after_two_weeks_a_company_ends_the_part_of_its_own_people_alone(room: MeetingRoom) -> None:
    await room.opened()
    room.clock.advance(days=15)
    refused = words(await room.say(marta, 'member remove @p reason:"not one of yours"', p=priya))
    assert "The lead of Norvane Therapeutics ends the part of its people" in refused

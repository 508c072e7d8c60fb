"""Who belongs to which company, and who may say so."""

from datetime import date

from core.features.actions.records import Action
from tests.meeting_room import MeetingRoom, anna, buttons, luis, marta, person, priya, stranger, words


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


async def test_a_line_of_somebody_unknown_is_kept_and_one_press_records_it(room: MeetingRoom) -> None:
    await room.opened()
    answer = words(await room.say(stranger, "transfer stage kickoff"))
    assert "Nothing was recorded yet" in answer
    sent = await room.deliver()
    asked = [out for out in sent if out.address.direct]
    assert {out.address.channel for out in asked} == {"U-aoife", "U-marta"}
    assert "transfer stage kickoff" in words(asked[0].card)

    too_early = words(await room.press(anna, "line record LIN-001"))
    assert "not known here yet" in too_early
    await room.say(anna, "member add @p side:sponsor role:lead", p=stranger)
    await room.press(anna, "line record LIN-001")
    assert "Stage: kickoff" in words(await room.say(anna, "transfer show"))
    who = [out for out in await room.deliver() if out.address.channel == "U-marta"]
    assert [out.message is not None for out in who] == [True]  # the other lead's card says so too
    assert "Recorded." in words(who[0].card)
    assert not any("line record" in says for says in buttons(who[0].card).values())
    changed = [entry for entry in room.trail() if entry["command"] == "SetStage"]
    assert [entry["name"] for entry in changed] == ["Nobody Known"]


async def test_one_card_a_person_a_day(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(stranger, "transfer stage kickoff")
    await room.say(stranger, "transfer stage kickoff")
    assert len([post for post in room.posts() if post.template == "transfers/who"]) == 2  # both leads, once
    room.clock.advance(days=1)
    await room.say(stranger, "transfer stage kickoff")
    assert len([post for post in room.posts() if post.template == "transfers/who"]) == 4


async def test_a_kept_line_s_friday_is_the_one_after_it_was_said(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(stranger, "action send the batch record @p by Friday", p=luis)
    await room.say(anna, "member add @p side:sponsor role:expert", p=stranger)
    room.clock.advance(days=7)
    await room.press(anna, "line record LIN-001")
    assert [action.due for action in room.rows(Action)] == [date(2026, 3, 13)]

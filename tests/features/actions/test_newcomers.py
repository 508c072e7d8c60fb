"""Somebody is named as an owner who is no member yet: said plainly, one press from being mended, and never lost."""

from __future__ import annotations

from core.features.actions.records import Action
from core.view import Form, Text, plain
from tests.features.actions.people import card_of, in_nvt, the
from tests.meeting_room import MeetingRoom, anna, buttons, luis, marta, person, tomas, words

ben = person("Ben Stranger", "T2", "Europe/Warsaw")
mia = person("Mia Newcomer", "T2", "Europe/Warsaw")


def about(form: Form) -> str:
    """The lines of a form that are not to be filled in."""
    return "\n".join(plain(block.spans) for block in form.blocks if isinstance(block, Text))


async def named(room: MeetingRoom, said: str = "action send the batch record @ben by Friday", **others: object) -> str:
    """Ben is named as an owner; the answer to whoever said it."""
    await in_nvt(room)
    answer = words(await room.say(anna, said, ben=ben, **others))  # type: ignore[arg-type]
    await room.deliver()
    return answer


async def test_the_answer_and_the_card_say_who_is_no_member_and_the_record_keeps_it(room: MeetingRoom) -> None:
    answer = await named(room)
    card = card_of(room, "ACT-001")
    for shown in (answer, words(card)):
        assert "Ben Stranger is no member of NVT yet." in shown
        assert "[Add Ben Stranger… → action introduce ACT-001]" in shown
    action = the(room, "ACT-001")
    assert (action.text, action.owners) == ("send the batch record @Ben Stranger", [])
    assert action.needs_confirmation
    assert action.confirm == ["owner", "member"]


async def test_one_press_opens_the_form_that_adds_them_and_the_action_is_theirs(room: MeetingRoom) -> None:
    await named(room)
    form = await room.press(marta, "action introduce ACT-001")
    assert isinstance(form, Form)
    assert form.message == "AddMember"
    assert "Ben Stranger" in about(form)
    assert "Ben Stranger is no member" not in words(await room.fill(marta, form, role="expert", side="cmo"))
    await room.deliver()
    action = the(room, "ACT-001")
    assert [room.core.directories.cached("NVT").name_of(one) for one in action.owners] == ["Ben Stranger"]  # type: ignore[arg-type, union-attr]
    assert (action.state, action.confirm, action.newcomers, action.side) == ("open", [], None, "cmo")
    shown = card_of(room, "ACT-001")
    assert "no member" not in words(shown)
    assert "Owner: @Ben Stranger (Tarnbrook Manufacturing)" in words(shown)
    assert "Accept" in buttons(shown)
    assert any(out.address.direct and "U-ben" in out.address.channel for out in room.inbox.sent), "told of it"
    assert any("eve" in key and "ACT-001" in key for key in room.jobs()), "and reminded"


async def test_beside_an_owner_who_is_a_member_it_is_said_too_and_both_own_it_in_the_end(room: MeetingRoom) -> None:
    answer = await named(room, "action send the batch record @luis @ben by Friday", luis=luis)
    assert "Ben Stranger is no member of NVT yet." in answer
    action = the(room, "ACT-001")
    assert (len(action.owners), action.state, action.confirm) == (1, "open", ["member"])
    await room.say(marta, "member add @ben role:expert", ben=ben)
    await room.deliver()
    action = the(room, "ACT-001")
    assert (len(action.owners), action.confirm) == (2, [])


async def test_of_two_each_goes_away_alone(room: MeetingRoom) -> None:
    answer = await named(room, "action send the batch record @ben @mia by Friday", mia=mia)
    assert "Ben Stranger, Mia Newcomer are no members of NVT yet." in answer
    await room.say(marta, "member add @ben role:expert", ben=ben)
    await room.deliver()
    assert "Mia Newcomer is no member of NVT yet." in words(card_of(room, "ACT-001"))
    assert the(room, "ACT-001").confirm == ["member"]
    form = await room.press(marta, "action introduce ACT-001")
    assert "Mia Newcomer" in about(form)


async def test_whoever_names_somebody_else_has_settled_it(room: MeetingRoom) -> None:
    await named(room)
    await room.say(anna, "action plan ACT-001 @luis", luis=luis)
    action = the(room, "ACT-001")
    assert (action.confirm, action.newcomers) == ([], None)
    await room.say(marta, "member add @ben role:expert", ben=ben)
    await room.deliver()
    assert len(the(room, "ACT-001").owners) == 1
    refused = words(await room.press(marta, "action introduce ACT-001"))
    assert "Everybody whom ACT-001 names as an owner is a member." in refused


async def test_an_auditor_owns_nothing_and_is_a_member_all_the_same(room: MeetingRoom) -> None:
    await named(room)
    await room.say(marta, "member add @ben role:auditor", ben=ben)
    await room.deliver()
    action = the(room, "ACT-001")
    assert (action.owners, action.confirm) == ([], ["owner"])


async def test_who_leads_nobody_is_told_who_does(room: MeetingRoom) -> None:
    await named(room)
    refused = words(await room.press(tomas, "action introduce ACT-001"))
    assert "Ben Stranger is added by a lead: Aoife Ní Bhriain, Marta Kowalczyk." in refused
    assert "do not belong to this transfer" in words(await room.press(ben, "action introduce ACT-001"))


async def test_what_is_over_goes_to_no_newcomer(room: MeetingRoom) -> None:
    await named(room)
    await room.say(anna, 'action cancel ACT-001 reason:"sent by courier"')
    await room.say(marta, "member add @ben role:expert", ben=ben)
    await room.deliver()
    assert the(room, "ACT-001").owners == []
    assert "cancelled already" in words(await room.press(marta, "action introduce ACT-001"))


async def test_more_people_than_can_own_it_are_refused_whether_members_or_not(room: MeetingRoom) -> None:
    await in_nvt(room)
    many = {f"m{number:02}x": person(f"N{number:02} Newcomer", "T2") for number in range(11)}
    said = "action verify the batch record " + " ".join(f"@{name}" for name in many)
    assert "11 people are too many" in words(await room.say(anna, said, **many))
    assert room.rows(Action) == []

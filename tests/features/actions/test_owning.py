"""Accepted, declined, done: by whom, and what everybody else is told."""

import pytest

from core.view import Form
from tests.features.actions.people import card_of, direct, in_nvt, reminders, the, to
from tests.meeting_room import MeetingRoom, anna, buttons, jurgen, luis, marta, priya, tomas, words


async def given(room: MeetingRoom) -> None:
    """ACT-001, Luís's, due on Friday."""
    await in_nvt(room)
    await room.say(anna, "action verify the batch record @p by Friday", p=luis)
    await room.deliver()


async def shared(room: MeetingRoom) -> None:
    """ACT-001, of Priya and Luís, due on Friday."""
    await in_nvt(room)
    await room.say(anna, "action agree the sampling plan @p and @l by Friday", p=priya, l=luis)
    await room.deliver()


@pytest.mark.parametrize("who", [anna, marta, jurgen, tomas])
async def test_nobody_else_speaks_for_an_owner(room: MeetingRoom, who: object) -> None:
    await given(room)
    for sentence in ("action accept ACT-001", 'action decline ACT-001 reason:"no time"'):
        refused = words(await room.say(who, sentence))  # type: ignore[arg-type]
        assert "ACT-001 is Luís Gonçalves’s: only an owner says this" in refused
    assert the(room, "ACT-001").version == 1


async def test_each_of_several_owners_accepts(room: MeetingRoom) -> None:
    await shared(room)
    await room.say(priya, "action accept ACT-001")
    await room.deliver()
    card = card_of(room, "ACT-001")
    assert "@Priya Raghunathan (Norvane Therapeutics) ✓, @Luís Gonçalves (Tarnbrook Manufacturing)" in words(card)
    assert "Accept" in buttons(card)
    assert "You accepted ACT-001 already" in words(await room.say(priya, "action accept ACT-001"))
    await room.say(luis, "action accept ACT-001")
    await room.deliver()
    assert len(the(room, "ACT-001").accepted) == 2
    assert list(buttons(card_of(room, "ACT-001"))) == ["Done…", "Reassign…", "CAPA…"]


async def test_nobody_accepts_what_nobody_owns(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "action verify the batch record")
    assert "ACT-001 has no owner yet" in words(await room.say(luis, "action accept ACT-001"))
    assert "ACT-001 has no owner yet" in words(await room.say(marta, "action done ACT-001 evidence:TR-1"))


async def test_declined_it_has_no_owner_and_the_lead_of_their_company_is_told(room: MeetingRoom) -> None:
    await given(room)
    assert "why not" in words(await room.press(luis, "action decline ACT-001")).lower()
    assert "at least 5 characters" in words(await room.say(luis, "action decline ACT-001 reason:no"))
    await room.say(luis, 'action decline ACT-001 reason:"line 4 is down until May"')
    sent = await room.deliver()
    action = the(room, "ACT-001")
    assert (action.state, action.owners, action.side, action.confirm) == ("proposed", [], None, ["owner"])
    assert reminders(room) == {}
    card = card_of(room, "ACT-001")
    assert "@Luís Gonçalves declined: line 4 is down until May" in words(card)
    assert list(buttons(card)) == ["Name an owner…", "Cancel…", "CAPA…"]
    [told] = to(marta, sent)
    assert words(told).startswith("Nobody does it now: ACT-001 verify the batch record")
    assert "line 4 is down until May" in words(told)
    assert to(anna, sent) == []
    assert "Not yours any more." in words(card_of(room, "ACT-001", direct(luis)))
    assert room.trail()[-1]["reason"] == "line 4 is down until May"

    form = await room.press(marta, buttons(told)["Name somebody else…"], at=direct(marta), place=told.place)
    assert isinstance(form, Form)
    await room.fill(marta, form, at=direct(marta), action="ACT-001", owners=(jurgen,), reason="")
    assert the(room, "ACT-001").state == "open"
    assert to(jurgen, await room.deliver())


async def test_the_other_owners_keep_what_one_declines(room: MeetingRoom) -> None:
    await shared(room)
    await room.say(priya, "action accept ACT-001")
    await room.say(luis, 'action decline ACT-001 reason:"not my line"')
    sent = await room.deliver()
    action = the(room, "ACT-001")
    assert (action.state, action.side, len(action.owners)) == ("in_progress", "sponsor", 1)
    assert to(marta, sent) == []
    assert reminders(room) == {"ACT-001 eve": "Thu 12 Mar 09:00", "ACT-001 day": "Fri 13 Mar 09:00"}  # Priya's


async def test_a_lead_who_declines_is_not_told_so(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "action open the purchase order @p by Friday", p=marta)
    await room.deliver()
    await room.say(marta, 'action decline ACT-001 reason:"the sponsor pays"')
    assert len(to(marta, await room.deliver())) == 1  # her own card alone, changed


async def test_what_was_accepted_is_not_declined(room: MeetingRoom) -> None:
    await given(room)
    await room.say(luis, "action accept ACT-001")
    refused = words(await room.say(luis, 'action decline ACT-001 reason:"no time"'))
    assert "it can only be given to somebody else, with a reason" in refused
    assert "action reassign ACT-001 @name" in refused


async def test_done_needs_evidence(room: MeetingRoom) -> None:
    await given(room)
    form = await room.say(luis, "action done ACT-001")
    assert isinstance(form, Form)
    assert [block.name for block in form.blocks if hasattr(block, "name")] == ["action", "evidence"]
    assert "needed" in words(await room.fill(luis, form, action="ACT-001", evidence="  "))
    assert the(room, "ACT-001").open


async def test_a_lead_of_the_owner_s_company_says_done_and_no_other(room: MeetingRoom) -> None:
    await given(room)
    for other in (anna, tomas, jurgen):
        assert "only an owner" in words(await room.say(other, "action done ACT-001 evidence:TR-0042"))
    await room.say(marta, "action done ACT-001 evidence:report TR-0042, page 3")
    action = the(room, "ACT-001")
    assert (action.state, action.evidence) == ("done_claimed", "report TR-0042, page 3")
    await room.deliver()
    assert "done, not verified" in words(card_of(room, "ACT-001", direct(luis)))


@pytest.mark.parametrize(
    ("end", "sentence"),
    [
        ("action done ACT-001 evidence:TR-0042", "ACT-001 is done already"),
        ('action cancel ACT-001 reason:"not needed"', "ACT-001 is cancelled already"),
    ],
)
async def test_a_button_of_an_old_card_is_answered_and_changes_nothing(
    room: MeetingRoom, end: str, sentence: str
) -> None:
    await given(room)
    old = card_of(room, "ACT-001")
    await room.say(marta, end)
    before = room.trail()
    for says in (
        buttons(old)["Accept"],
        'action decline ACT-001 reason:"too late"',
        "action done ACT-001 evidence:TR-0043",
        "action plan ACT-001 by Friday",
        'action cancel ACT-001 reason:"too late"',
    ):
        assert sentence in words(await room.press(luis if "cancel" not in says else marta, says, place=old.place))
    assert sentence in words(await room.say(marta, "action reassign ACT-001 @p", p=jurgen))
    assert room.trail() == before


async def test_an_unknown_reference_and_one_of_another_kind(room: MeetingRoom) -> None:
    await given(room)
    assert "There is no ACT-099 in NVT" in words(await room.say(luis, "action accept ACT-099"))
    assert "is not what “action accept” is for" in words(await room.say(luis, "action accept DEC-001"))


async def test_the_same_press_twice_is_one(room: MeetingRoom) -> None:
    await given(room)
    for _ in range(3):
        answer = words(await room.say(luis, "action accept ACT-001", delivery="d-once"))
    assert "recorded already: ACT-001" in answer
    assert the(room, "ACT-001").version == 2

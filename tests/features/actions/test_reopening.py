"""“Done” was a slip: it is taken back, with a reason, before anybody verified it."""

from __future__ import annotations

import pytest

from core.api import Form
from tests.features.actions.people import card_of, direct, in_nvt, reminders, the, to
from tests.meeting_room import Account, MeetingRoom, anna, buttons, jurgen, luis, marta, tomas, words


async def done(room: MeetingRoom, accepted: bool = True) -> None:
    """ACT-001 of Luís, recorded by Aoife, said to be done; everything delivered."""
    await in_nvt(room)
    await room.say(anna, "action verify the batch record @p by 20 March", p=luis)
    if accepted:
        await room.say(luis, "action accept ACT-001")
    await room.say(luis, "action done ACT-001 evidence:TR-0042")
    await room.deliver()


@pytest.mark.parametrize(("accepted", "state"), [(True, "in_progress"), (False, "open")])
async def test_it_is_what_it_was_before_with_its_reminders(room: MeetingRoom, accepted: bool, state: str) -> None:
    await done(room, accepted)
    assert reminders(room) == {}
    await room.say(luis, 'action reopen ACT-001 reason:"the second page is missing"')
    action = the(room, "ACT-001")
    assert (action.state, action.open, action.evidence) == (state, True, None)
    assert sorted(key.split()[-1] for key in reminders(room)) == ["day", "eve"]
    entry = [one for one in room.trail() if one["record"] == "ACT-001"][-1]
    assert (entry["event"], entry["reason"], entry["name"]) == (
        "ActionReopened", "the second page is missing", "Luís Gonçalves",
    )  # fmt: skip
    assert entry["changes"]["state"] == ["done_claimed", state]
    assert entry["changes"]["evidence"] == ["TR-0042", None]
    await room.say(luis, "action done ACT-001 evidence:TR-0043")
    assert the(room, "ACT-001").evidence == "TR-0043"


async def test_the_cards_change_in_place_and_who_was_told_of_done_is_told(room: MeetingRoom) -> None:
    await done(room)
    card, own = card_of(room, "ACT-001"), card_of(room, "ACT-001", direct(luis))
    assert buttons(card) == buttons(own) == {"Not done…": "action reopen ACT-001"}
    form = await room.press(marta, "action reopen ACT-001", place=card.place)
    assert isinstance(form, Form)
    await room.fill(marta, form, action="ACT-001", reason="the second page is missing")
    sent = await room.deliver()
    changed = words(card_of(room, "ACT-001"))
    assert "@Marta Kowalczyk says that it is not done: the second page is missing" in changed
    assert "action done ACT-001" in changed
    assert "TR-0042" not in changed
    assert room.cards(direct(luis))[0].summary.startswith("For you: ACT-001")
    for told in (luis, anna):
        [news] = [one for one in to(told, sent) if "Not done after all: ACT-001" in one.summary]
        assert "@Marta Kowalczyk says that it is not done: the second page is missing" in words(news)
    assert to(marta, sent) == []


@pytest.mark.parametrize("who", [anna, tomas, jurgen])
async def test_nobody_takes_back_what_they_may_not_say(room: MeetingRoom, who: Account) -> None:
    await done(room)
    answer = words(await room.say(who, 'action reopen ACT-001 reason:"it is missing"'))
    assert "ACT-001 is Luís Gonçalves’s: only an owner says this" in answer
    assert the(room, "ACT-001").state == "done_claimed"


async def test_what_is_not_done_is_not_reopened(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "action verify the batch record @p by 20 March", p=luis)
    assert "is not done yet" in words(await room.say(luis, 'action reopen ACT-001 reason:"it is missing"'))
    await room.say(anna, 'action cancel ACT-001 reason:"not needed"')
    assert "is cancelled already" in words(await room.say(luis, 'action reopen ACT-001 reason:"it is missing"'))


async def test_undo_after_done_offers_the_sentence_that_takes_it_back(room: MeetingRoom) -> None:
    await done(room)
    for says in ("undo ACT-001", "action accept ACT-001", "action done ACT-001 evidence:TR-0042"):
        assert 'action reopen ACT-001 reason:"why"' in words(await room.say(luis, says)), says
    await room.say(luis, "note the filter is here")
    await room.say(luis, 'action reopen ACT-001 reason:"page missing"')
    await room.say(luis, "action done ACT-001 evidence:TR-0043")
    assert 'action reopen ACT-001 reason:"why"\nundo NOT-001' in words(await room.say(luis, "undo"))

"""An action from its first word to its end, as the room and its owner see it."""

from core.view import Form
from tests.features.actions.people import card_of, direct, in_nvt, reminders, the, to
from tests.meeting_room import MeetingRoom, anna, buttons, luis, marta, tomas, words


async def test_an_action_is_recorded_accepted_reminded_of_and_done(room: MeetingRoom) -> None:
    await in_nvt(room)

    assert "ACT-001" in words(await room.say(anna, "action verify the batch record @luis by Friday", luis=luis))
    sent = await room.deliver()
    assert [out.address.direct for out in sent] == [False, True]
    card = card_of(room, "ACT-001")
    assert words(card).splitlines()[:4] == [
        "Action ACT-001: verify the batch record",
        "Owner: @Luís Gonçalves (Tarnbrook Manufacturing)",
        "Due: Fri 13 Mar 2026",
        "State: not accepted yet",
    ]
    assert card.summary == "ACT-001 · verify the batch record · Luís Gonçalves · Fri 13 Mar 2026"
    [own] = to(luis, sent)
    assert words(own).startswith("For you: ACT-001 verify the batch record")
    assert "Said by: @Aoife Ní Bhriain (Norvane Therapeutics)" in words(own)
    assert list(buttons(own)) == ["Accept", "Decline…", "Done…"]
    assert reminders(room) == {"ACT-001 eve": "Thu 12 Mar 08:00", "ACT-001 day": "Fri 13 Mar 08:00"}  # nine in Warsaw

    assert await room.press(luis, buttons(own)["Accept"], at=direct(luis), place=own.place) is None
    sent = await room.deliver()
    assert all(out.message is not None for out in sent)  # both cards change where they stand
    assert "State: accepted" in words(card_of(room, "ACT-001"))
    assert "@Luís Gonçalves (Tarnbrook Manufacturing) ✓" in words(card_of(room, "ACT-001"))
    assert list(buttons(card_of(room, "ACT-001", direct(luis)))) == ["Done…", "Give it away…"]

    room.clock.advance(days=3)
    [eve] = to(luis, await room.deliver())
    assert words(eve).startswith("Due on Fri 13 Mar 2026: ACT-001 verify the batch record")
    assert eve.place.record == "ACT-001"

    form = await room.press(luis, buttons(eve)["Done…"], at=direct(luis), place=eve.place)
    assert isinstance(form, Form)
    assert "ACT-001" in words(await room.fill(luis, form, at=direct(luis), action="ACT-001", evidence="MBR-114 v4"))
    await room.deliver()
    card = card_of(room, "ACT-001")
    assert "State: done, not verified" in words(card)
    assert "Evidence: MBR-114 v4" in words(card)
    assert buttons(card) == {"Not done…": "action reopen ACT-001"}
    assert reminders(room) == {}
    room.clock.advance(days=3)
    assert to(luis, await room.deliver()) == []

    action = the(room, "ACT-001")
    assert (action.state, action.open, action.evidence) == ("done_claimed", False, "MBR-114 v4")
    entries = [entry for entry in room.trail() if entry["record"] == "ACT-001"]
    assert [(entry["name"], entry["event"]) for entry in entries] == [
        ("Aoife Ní Bhriain", "ActionRecorded"),
        ("Luís Gonçalves", "ActionAccepted"),
        ("Tandem", "OwnerReminded"),
        ("Luís Gonçalves", "ActionClaimedDone"),
    ]
    assert entries[1]["changes"]["state"] == ["open", "in_progress"]
    assert entries[2]["changes"] == {}
    assert entries[3]["changes"]["evidence"] == [None, "MBR-114 v4"]


async def test_what_is_missing_is_asked_for_on_the_card_and_given_by_its_form(room: MeetingRoom) -> None:
    await in_nvt(room)
    assert "ACT-001" in words(await room.say(tomas, "action order the 0.2 µm filters"))
    await room.deliver()
    card = card_of(room, "ACT-001")
    assert "Owner: nobody yet" in words(card)
    assert "Due: no date yet" in words(card)
    assert (the(room, "ACT-001").state, the(room, "ACT-001").confirm) == ("proposed", ["owner", "due"])

    form = await room.press(tomas, buttons(card)["Owner and date…"], place=card.place)
    assert isinstance(form, Form)
    await room.fill(tomas, form, action="ACT-001", owners=(marta,), due="2026-03-16")
    sent = await room.deliver()
    assert words(to(marta, sent)[0]).startswith("For you: ACT-001")
    action = the(room, "ACT-001")
    assert (action.state, action.confirm, action.side) == ("open", [], "cmo")
    assert reminders(room) == {"ACT-001 eve": "Fri 13 Mar 08:00", "ACT-001 day": "Mon 16 Mar 08:00"}
    assert list(buttons(card_of(room, "ACT-001"))) == ["Accept", "Done…", "Decline…", "Reassign…", "CAPA…"]

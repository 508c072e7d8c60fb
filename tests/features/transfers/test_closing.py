"""Closing a transfer: asked by one company, agreed by the other, and open again where it was a mistake."""

from core.features.actions.records import Action
from core.kernel.transfers import Transfer
from tests.meeting_room import MeetingRoom, anna, buttons, luis, marta, words

CLOSE = 'transfer close reason:"all three batches are released"'


def state(room: MeetingRoom) -> str:
    [transfer] = room.rows(Transfer)
    return str(transfer.state)


async def busy(room: MeetingRoom) -> None:
    """A transfer with two open actions and a planned meeting."""
    await room.opened()
    await room.say(anna, "action send the batch record @p by Friday", p=luis)
    await room.say(anna, "action review the deviation @p by Friday", p=luis)
    await room.say(anna, 'meeting new "PPQ readiness" at:"12 Mar 2026 14:00" for:60m stage:ppq_readiness')
    await room.deliver()


async def test_one_company_asks_and_the_other_closes(room: MeetingRoom) -> None:
    await busy(room)
    answer = words(await room.say(anna, CLOSE))
    assert "Tarnbrook Manufacturing is asked. NVT stays open until they agree." in answer
    assert "Open actions: 2" in answer
    assert state(room) == "open"
    sent = [out for out in await room.deliver() if "asks to close" in words(out.card)]
    assert {out.address.channel for out in sent} == {"U-marta", "C-joint"}
    shown = words(sent[0].card)
    assert "Norvane Therapeutics asks to close NVT" in shown
    assert "Planned meetings: MTG-001" in shown
    assert "Open actions: 2" in shown
    assert "may close it from Mon 16 Mar 2026 on" in shown

    await room.press(marta, buttons(sent[0].card)["Close it"], place=sent[0].card.place)
    assert state(room) == "closed"
    closed = [out for out in await room.deliver() if "NVT is closed." in words(out.card)]
    assert {out.address.channel for out in closed} == {"C-joint", "U-aoife"}
    assert "is closed: nothing more is recorded" in words(await room.say(anna, "transfer stage kickoff"))
    events = [entry["event"] for entry in room.trail() if entry["record"] == "NVT"]
    assert events[-2:] == ["ClosingProposed", "TransferClosed"]


async def test_nobody_closes_alone_before_the_other_had_five_working_days(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, CLOSE)
    for sentence in (CLOSE, "transfer agree"):
        refused = words(await room.say(anna, sentence))
        assert "Tarnbrook Manufacturing was asked and has not answered yet" in refused
        assert "from Mon 16 Mar 2026 on" in refused
    room.clock.advance(days=7)
    await room.say(anna, "transfer agree")
    assert state(room) == "closed"


async def test_the_other_company_keeps_it_open(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, CLOSE)
    await room.deliver()
    await room.say(marta, 'transfer keep reason:"PPQ-3 is not released"')
    assert state(room) == "open"
    kept = [out for out in await room.deliver() if "NVT stays open." in words(out.card)]
    assert "U-aoife" in {out.address.channel for out in kept}
    assert "Nobody asked to close NVT" in words(await room.say(marta, "transfer agree"))


async def test_a_company_without_a_lead_holds_nothing_up(room: MeetingRoom) -> None:
    await room.say(anna, 'transfer new "Product X" sponsor:"Norvane" cmo:"Tarnbrook" tz:Europe/Dublin code:NVT')
    assert "They have no lead" in words(await room.say(anna, CLOSE))
    assert state(room) == "open"  # asked first, even so
    await room.say(anna, "transfer agree")
    assert state(room) == "closed"


async def test_a_transfer_closed_by_mistake_goes_on(room: MeetingRoom) -> None:
    await busy(room)
    assert "NVT is open." in words(await room.say(marta, 'transfer reopen reason:"by mistake"'))
    await room.say(anna, CLOSE)
    await room.say(marta, CLOSE)
    assert state(room) == "closed"
    room.clock.advance(days=29)
    await room.say(marta, 'transfer reopen reason:"a deviation came up"')
    assert state(room) == "open"
    await room.say(luis, "action accept ACT-001")
    assert next(action.state for action in room.rows(Action)) == "in_progress"


async def test_after_thirty_days_it_stays_closed(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, CLOSE)
    await room.say(marta, "transfer agree")
    room.clock.advance(days=31)
    refused = words(await room.say(marta, 'transfer reopen reason:"a deviation came up"'))
    assert "closed more than 30 days ago" in refused


async def test_leads_alone_close(room: MeetingRoom) -> None:
    await room.opened()
    assert "needs one of these roles: lead" in words(await room.say(luis, CLOSE))

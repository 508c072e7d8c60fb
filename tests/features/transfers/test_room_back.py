"""A room that was lost is brought up to date when it is back: what it missed, and what it shows as it was."""

from __future__ import annotations

from datetime import UTC, datetime

from core.api import Address, Outgoing
from core.features import shipped
from core.features.capture.records import Proposal
from core.features.minutes.records import Minutes
from core.features.transfers.records import HeldLine, Invite
from core.kernel.registry import Registry
from tests.features.transfers.test_joining import TEAMS, invited, joined
from tests.meeting_room import ROOM, MeetingRoom, anna, buttons, jurgen, luis, marta, priya, said_once, tomas, words
from tests.two_transfers import direct

OWN = Address("slack", "T1", "C-norvane")


async def lost(room: MeetingRoom, at: Address = TEAMS) -> None:
    """The room is gone, and whoever is to hear of it has."""
    await room.deliver()
    await room.core.news.room_lost(at, "Tandem was removed from the team")
    await room.deliver()


async def back(room: MeetingRoom, at: Address = TEAMS) -> list[Outgoing]:
    """The room is back; what is sent there, in order."""
    await room.deliver()
    await room.core.news.room_back(at)
    return [out for out in await room.deliver() if out.address == at]


def firsts(sent: list[Outgoing]) -> list[str]:
    """The first word of each card's line, and whether a message was changed to it."""
    return [f"{out.card.summary.split(' ')[0]}{' changed' if out.message else ''}" for out in sent]


async def test_what_it_shows_changes_in_place_and_what_it_missed_is_posted_in_order(room: MeetingRoom) -> None:
    await joined(room)
    await room.say(anna, "action send the batch record @p by Friday", p=luis)
    await room.say(anna, "decision three batches")
    await lost(room)
    await room.say(luis, "action accept ACT-001", at=ROOM)
    await room.say(anna, "risk the filter is late")
    room.clock.advance(minutes=1)
    await room.say(marta, 'risk close RSK-001 reason:"arrived"')
    await room.say(tomas, "note 5 °C all night")
    sent = await back(room)
    assert firsts(sent) == ["NVT", "ACT-001 changed", "RSK-001", "NOT-001"]
    assert "What is behind there is brought up to date now: 3 records." in words(sent[0].card)
    assert "What was recorded meanwhile: decision list" in words(sent[0].card)
    assert "Accept" not in buttons(sent[1].card)
    assert "closed" in words(sent[2].card).lower()


async def test_it_counts_what_it_gets_and_not_what_has_no_card_there(room: MeetingRoom) -> None:
    await joined(room)
    await room.say(anna, 'meeting new "PPQ readiness" at:"9 Mar 2026 10:00" for:60m stage:ppq_readiness')
    await room.say(anna, "meeting start MTG-001")
    await lost(room)
    await room.say(anna, "decision three batches")
    await room.say(luis, "note 5 °C all night", at=ROOM)
    sent = await back(room)
    drawn = {out.card.place.record for out in sent if out.card.place} - {None, "NVT"}
    assert drawn == {"MTG-001", "DEC-001", "NOT-001"}, "no item of the checklist has a card in the room"
    assert "brought up to date now: 3 records." in words(sent[0].card)


async def test_who_is_heard_in_a_room_that_cannot_be_posted_in_is_there(room: MeetingRoom) -> None:
    await joined(room)
    await room.say(anna, 'meeting new "PPQ readiness" at:"9 Mar 2026 10:00" for:60m')
    await room.say(anna, "meeting start MTG-001")
    await lost(room)
    await room.say(luis, "note 5 °C all night", at=TEAMS)
    await room.say(anna, "meeting end anyway")
    text = room.rows(Minutes)[0].markdown
    assert "Luís Gonçalves: present, recorded something at" in text


async def test_a_room_where_somebody_is_heard_is_back_whatever_the_platform_told_of_it(room: MeetingRoom) -> None:
    await joined(room)
    await lost(room)
    await room.say(anna, "action send the batch record @p by Friday", p=luis)
    await room.say(luis, "note no message of the room's", at=TEAMS)
    assert "cannot be reached" in words(await room.say(anna, "transfer room list"))
    room.clock.advance(hours=26)
    await room.deliver()
    await room.say(luis, "note heard again", at=TEAMS, slash=False)
    sent = await room.deliver()
    assert firsts([out for out in sent if out.address == TEAMS]) == ["NVT", "ACT-001", "NOT-001", "NOT-002"]
    assert ["can be reached again" in words(out.card) for out in sent if out.address == ROOM].count(True) == 1
    assert "cannot be reached" not in words(await room.say(anna, "transfer room list"))
    await lost(room)
    await room.talk(luis, "the call is over", at=TEAMS)  # a line that calls nobody shows it as well
    assert firsts([out for out in await room.deliver() if out.address == TEAMS]) == ["NVT"]


async def test_a_room_that_hears_and_takes_no_post_is_tried_once(room: MeetingRoom) -> None:
    await joined(room)
    await room.deliver()
    room.inbox.gone.add(TEAMS)
    await room.say(anna, "note so it is")
    await room.deliver()
    for again in (False, True, True):
        await room.say(luis, "note heard", at=TEAMS, slash=False)
        told = [words(out.card) for out in await room.deliver() if out.address == ROOM]
        assert len([card for card in told if "can be reached again" in card]) == (0 if again else 1)
    room.inbox.gone.clear()
    assert firsts(await back(room))[0] == "NVT"  # its platform says so


async def test_nothing_is_touched_that_stands_as_it_is(room: MeetingRoom) -> None:
    await joined(room)
    for line in ("action send the batch record", "decision three batches", "note so it is", 'capa new "Hold time"'):
        await room.say(anna, line)
    await lost(room)
    sent = await back(room)
    assert firsts(sent) == ["NVT", "CAPA-001 changed"]  # a plan shows its lines, which are no part of it
    for promised in ("up to date", "meanwhile"):
        assert promised not in words(sent[0].card), "nothing was recorded"


async def test_many_missed_cards_are_one_list_with_their_present_state(room: MeetingRoom) -> None:
    await joined(room)
    await lost(room)
    for number in range(7):
        await room.say(anna, f"action prepare sample {number} @p by Friday", p=luis)
    await room.say(luis, 'action done ACT-003 evidence:"COA-17"')
    head, listed = await back(room)
    assert "brought up to date" in words(head.card)
    lines = words(listed.card).splitlines()
    assert [line.split(" ")[1] for line in lines if line.startswith("- ")] == [f"ACT-00{n}" for n in range(1, 8)]
    assert "done" in next(line for line in lines if "ACT-003" in line).lower()
    await room.say(luis, "action accept ACT-001")  # from then on it has a card of its own there
    assert firsts([out for out in await room.deliver() if out.address == TEAMS]) == ["ACT-001"]


async def test_what_stands_in_a_list_there_comes_again_only_as_far_as_it_changed(room: MeetingRoom) -> None:
    await joined(room)
    await lost(room)
    for number in range(6):
        await room.say(anna, f"action prepare sample {number} @p by Friday", p=luis)
    await room.say(anna, 'capa new "Hold time"')
    assert len(await back(room)) == 2  # that it is back, and a list of seven
    await lost(room)
    assert firsts(await back(room)) == ["NVT"]
    await lost(room)
    await room.say(luis, 'action done ACT-003 evidence:"COA-17"', at=ROOM)
    await room.say(anna, 'action cancel ACT-003 reason:"the sample is lost"')
    await room.say(anna, "action reassign ACT-001 @p", p=tomas)
    sent = await back(room)
    assert firsts(sent) == ["NVT", "ACT-001", "ACT-003"]
    assert "brought up to date now: 2 records." in words(sent[0].card)
    await lost(room)
    await room.say(anna, "action reassign ACT-001 @p", p=luis)
    assert firsts(await back(room)) == ["NVT", "ACT-001 changed"]


async def test_an_item_of_the_checklist_is_no_news_for_its_owner_alone(room: MeetingRoom) -> None:
    await joined(room)
    await room.say(anna, 'meeting new "PPQ readiness" at:"27 Mar 2026 14:00" for:60m stage:ppq_readiness')
    await room.say(luis, 'checklist evidence PQ-03 "MBR-114 v4"', at=ROOM)
    await lost(room)
    for item in ("PQ-03", "PQ-04"):
        await room.say(marta, f"checklist assign {item} @p", p=jurgen)
    await room.say(luis, 'checklist evidence PQ-05 "HT-07"', at=ROOM)
    await room.say(marta, 'member remove @p reason:"new job"', p=luis)  # the rest of theirs falls to Marta
    assert firsts(await back(room)) == ["NVT", "MTG-001 changed", "PQ-03 changed", "PQ-05"]


@said_once
async def running(room: MeetingRoom) -> MeetingRoom:
    """A meeting that is on, with two items."""
    await joined(room)
    await room.say(anna, 'meeting new "PPQ readiness" at:"9 Mar 2026 10:00" for:60m @p', p=luis)
    await room.say(anna, "agenda add deviations")
    await room.say(anna, "agenda add yields")
    room.clock.set(datetime(2026, 3, 9, 10, 0, tzinfo=UTC))
    await room.say(anna, "meeting start")
    await room.say(anna, "agenda next")
    return room


async def test_the_running_agenda_stands_there_as_it_is_now(room: MeetingRoom) -> None:
    await running(room)
    await lost(room)
    room.clock.advance(minutes=5)
    await room.say(anna, "agenda next")
    sent = await back(room)
    shown = {out.card.summary.split(":")[0].split(" · ")[0]: words(out.card) for out in sent if out.message}
    assert any("deviations" in card and "yields" in card for card in shown.values())
    items = [words(out.card) for out in sent if out.card.place and out.card.place.record == "MTG-001.2"]
    assert len(items) == 1
    assert "yields" in items[0]
    former = [out for out in sent if out.card.place and out.card.place.record == "MTG-001.1"]
    assert [out.message is not None for out in former] == [True]  # it said that it is on


async def test_a_meeting_that_began_meanwhile_has_one_agenda_and_its_running_card(room: MeetingRoom) -> None:
    await joined(room)
    await lost(room)
    await room.say(anna, 'meeting new "PPQ readiness" at:"13 Mar 2026 10:00" for:60m @p', p=luis)
    await room.say(anna, "agenda add deviations")
    await room.say(anna, "agenda post")
    room.clock.set(datetime(2026, 3, 13, 10, 0, tzinfo=UTC))
    await room.deliver()
    await room.say(anna, "meeting start")
    sent = [out for out in await back(room) if out.card.place and out.card.place.record == "MTG-001"]
    assert [(out.message, "Running:" in words(out.card)) for out in sent] == [(None, False), (None, True)]


async def test_a_meeting_that_is_over_by_then_is_told_of_by_its_minutes(room: MeetingRoom) -> None:
    await joined(room)
    await lost(room)
    await room.say(anna, 'meeting new "PPQ readiness" at:"9 Mar 2026 10:00" for:60m @p', p=luis)
    await room.say(anna, "meeting start MTG-001")
    await room.say(anna, "decision three batches")
    await room.say(anna, "meeting end anyway")
    sent = await back(room)
    assert [out.card.place.record for out in sent if out.card.place and not out.message][1:] == ["DEC-001", "MIN-001"]
    room.clock.advance(minutes=5)
    await lost(room)
    assert [out.card.place.record for out in await back(room) if out.card.place] == [None]  # that it is back, no more


async def test_the_only_room_too(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "action send the batch record @p by Friday", p=luis)
    await lost(room, ROOM)
    await room.say(luis, "action accept ACT-001", at=direct(luis))
    await room.say(luis, "action write to the supplier by Friday", at=direct(luis))
    sent = await back(room, ROOM)
    assert firsts(sent) == ["NVT", "ACT-001 changed", "ACT-002"]


async def test_nobody_else_is_told_anything(room: MeetingRoom) -> None:
    await joined(room)
    await lost(room)
    await room.say(anna, "action send the batch record @p by Friday", p=luis)
    await room.say(anna, 'capa new "Hold time"')
    await room.deliver()
    await room.core.news.room_back(TEAMS)
    sent = [out for out in await room.deliver() if out.address != TEAMS]
    assert [(out.address, "can be reached again" in words(out.card)) for out in sent] == [(ROOM, True)]


async def test_a_company_s_own_room_gets_what_is_its_own_and_nobody_else_does(room: MeetingRoom) -> None:
    await joined(room)
    await room.say(anna, "transfer room internal", at=OWN)
    await lost(room, OWN)
    await lost(room)
    await room.say(anna, "action send the batch record @p by Friday", p=luis)
    await room.core.news.room_back(OWN)
    await room.say(priya, "note zebrafish", at=OWN)
    await room.deliver()
    await lost(room, OWN)
    await room.say(priya, "note in the dark", at=OWN)
    assert firsts(await back(room, OWN))[1:] == ["NOT-S002"]
    sent = await back(room)
    assert firsts(sent)[1:] == ["ACT-001"]
    assert "zebrafish" not in "".join(words(out.card) for out in sent)


async def test_old_minutes_are_no_news_to_a_room_that_came_later(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, 'meeting new "First" at:"9 Mar 2026 10:00" for:60m')
    await room.say(anna, "meeting start MTG-001")
    await room.say(anna, "action send the batch record @p by Friday", p=luis)
    await room.say(anna, "meeting end anyway")
    room.clock.advance(minutes=1)
    await room.say(marta, f"transfer join {await invited(room)}", at=TEAMS)
    room.clock.advance(minutes=1)
    await lost(room)
    assert firsts(await back(room))[1:] == ["ACT-001"]  # which is not over


def test_every_kind_of_record_knows_how_it_is_shown_again() -> None:
    """A held line is its speaker's alone, an invitation its lead's, and a proposal belongs to a line of its room."""
    registry = Registry.of(shipped())
    assert set(registry.records()) - set(registry.redrawers) == {HeldLine, Invite, Proposal}

"""Calling a meeting, inviting people, moving and cancelling it."""

import pytest
from sqlalchemy import select

from core.api import Form
from core.features.meetings.records import Meeting
from core.kernel.transfers import Person
from tests.features.meetings.planned import carrying, filled, meeting, planned, started, utc
from tests.meeting_room import MeetingRoom, anna, buttons, jurgen, luis, marta, priya, tomas, words


async def test_a_time_is_in_the_transfers_zone_and_a_meeting_takes_an_hour_by_itself(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, 'meeting new "Kick-off" at:"31 Mar 2026 14:00"')
    found = meeting(room)
    assert found.starts_at == utc(31, 13)  # summer time in Dublin
    assert (found.minutes, found.state, found.stage) == (60, "scheduled", None)
    assert [room_person(room, person) for person in found.invited] == ["Aoife Ní Bhriain"]
    assert room_person(room, found.chair) == "Aoife Ní Bhriain"


async def test_the_transfers_stage_is_the_meetings_unless_another_is_said(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "transfer stage engineering_batch")
    await room.say(anna, 'meeting new "Batch review" at:"tomorrow 10:00"')
    await room.say(anna, 'meeting new "Readiness" at:"tomorrow 15:00" stage:ppq_readiness')
    assert [found.stage for found in room.rows(Meeting)] == ["engineering_batch", "ppq_readiness"]


async def test_somebody_else_chairs_and_people_named_beside_are_invited(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(priya, 'meeting new "Deviation review" at:"tomorrow 10:00" chair:@m @l @t', m=marta, l=luis, t=tomas)
    found = meeting(room)
    assert room_person(room, found.chair) == "Marta Kowalczyk"
    assert [room_person(room, person) for person in found.invited] == [
        "Marta Kowalczyk", "Priya Raghunathan", "Luís Gonçalves", "Tomáš Dvořák",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ('meeting new "Late" at:"6 Mar 2026 14:00"', "Fri 6 Mar 2026 14:00 (Europe/Dublin) is past"),
        ('meeting new "Late" at:"6 Mar 2026 14:00"', 'meeting new "Late" at:now'),
        ('meeting new "Never" at:"31 Feb 2026 14:00"', "February 2026 has 28 days"),
        ('meeting new "Jump" at:"29 Mar 2026 01:30"', "the clocks in Europe/Dublin jump over it"),
        ('meeting new "Long" at:"tomorrow 14:00" for:25h', "outside 1 minute to 24 hours"),
        ('meeting new "Odd" at:"tomorrow 14:00" stage:party', "Say one of: kickoff"),
        ("meeting show MTG-007", "There is no MTG-007 in NVT."),
        ("meeting cancel MTG-007 reason:nobody", "There is no MTG-007 in NVT."),
        ("meeting start", "No meeting is planned here."),
        ("agenda add the batch record", "No meeting is planned here."),
        ("agenda next", "No meeting is running here"),
        ("here", "No meeting is running here"),
    ],
)
async def test_what_cannot_be_is_refused_and_nothing_is_done(room: MeetingRoom, sentence: str, says: str) -> None:
    await room.opened()
    assert says in words(await room.say(anna, sentence))
    assert room.rows(Meeting) == []


async def test_now_is_a_time(room: MeetingRoom) -> None:
    await room.opened()
    answer = await room.say(anna, 'meeting new "Ad hoc" at:now for:30m')
    assert buttons(answer)["Start"] == "meeting start MTG-001"
    await room.deliver()
    assert meeting(room).state == "agenda_posted"
    assert len(carrying(room)) == 1
    await room.say(anna, "meeting start")
    assert meeting(room).running


async def test_a_form_asks_for_what_is_missing(room: MeetingRoom) -> None:
    await room.opened()
    form = await room.press(anna, "meeting new")
    assert isinstance(form, Form)
    errors = words(await filled(room, anna, form, title="Kick-off", at="whenever"))
    assert "at: “whenever” is no day and time" in errors
    await filled(room, anna, form, title="Kick-off", at="12 Mar 2026 14:00", minutes="45m")
    assert (meeting(room).title, meeting(room).minutes) == ("Kick-off", 45)


async def test_leads_and_qa_call_meetings(room: MeetingRoom) -> None:
    await room.opened()
    refused = words(await room.say(luis, 'meeting new "Mine" at:"tomorrow 10:00"'))
    assert "it needs one of these roles: lead, qa" in refused
    await room.say(jurgen, 'meeting new "Ours" at:"tomorrow 10:00"')
    assert meeting(room).title == "Ours"


async def test_people_are_invited_once(room: MeetingRoom) -> None:
    await planned(room)
    assert "Invited to MTG-001: @Tomáš Dvořák" in words(await room.say(luis, "meeting invite @t @l", t=tomas, l=luis))
    assert "invited to MTG-001 already" in words(await room.say(luis, "meeting invite @t", t=tomas))
    await room.deliver()
    assert "@Tomáš Dvořák" in carrying(room)[0]
    form = await room.press(anna, "meeting invite MTG-001")
    assert isinstance(form, Form)
    assert [block.name for block in form.blocks if hasattr(block, "name")] == ["meeting", "people"]


async def test_of_several_meetings_the_one_that_is_meant_is_asked_for(room: MeetingRoom) -> None:
    await planned(room)
    await room.say(anna, 'meeting new "Governance" at:"20 Mar 2026 10:00"')
    asked = words(await room.say(anna, "agenda add deviations"))
    assert "Which one do you mean?" in asked
    assert "MTG-001 · PPQ readiness" in asked
    assert "MTG-002 · Governance" in asked
    assert "Item 1 is on the agenda of MTG-002" in words(await room.say(anna, "agenda add deviations MTG-002"))
    assert words(await room.say(anna, "agenda")).startswith("PPQ readiness")  # looking is harmless: the next one
    assert words(await room.say(anna, "meeting show MTG-002")).startswith("Governance")


async def test_the_list_tells_what_runs_what_comes_and_what_is_over(room: MeetingRoom) -> None:
    await room.opened()
    assert "No meeting yet." in words(await room.say(anna, "meeting list"))
    for number, title in enumerate(("First", "Second", "Third"), 12):
        await room.say(anna, f'meeting new "{title}" at:"{number} Mar 2026 14:00"')
    await room.say(anna, 'meeting cancel MTG-001 reason:"not needed"')
    room.clock.set(utc(13, 14))
    await room.say(anna, "meeting start MTG-002")
    listed = words(await room.say(luis, "meeting list")).splitlines()
    order = [line for line in listed if line in ("Running", "To come", "Over") or line.startswith("- ")]
    assert [line[:9] for line in order] == ["Running", "- MTG-002", "To come", "- MTG-003", "Over", "- MTG-001"]
    assert order[-1].endswith("cancelled")


async def test_a_moved_meeting_says_so_and_its_posts_move_with_it(room: MeetingRoom) -> None:
    await planned(room)
    await room.deliver()
    assert room.jobs()["agenda:MTG-001:1"] == utc(9, 14)
    room.clock.set(utc(9, 14))
    await room.deliver()
    assert len(carrying(room)) == 2
    await room.say(anna, 'meeting move MTG-001 to:"19 Mar 2026 10:00" reason:"supplier late"')
    sent = [words(out.card) for out in await room.deliver()]
    said = next(card for card in sent if card.startswith("Moved:"))
    assert "Now: Thu 19 Mar 2026 10:00 (Europe/Dublin)" in said
    assert "Was: Thu 12 Mar 2026 14:00 (Europe/Dublin)" in said
    assert "Why: supplier late" in said
    assert "@Luís Gonçalves" in said
    assert len(carrying(room)) == 2
    assert all("Thu 19 Mar 2026 10:00" in card for card in carrying(room))
    jobs = {key: due for key, due in room.jobs().items() if "MTG-001" in key}
    assert jobs == {
        "agenda:MTG-001:1": utc(16, 10), "agenda:MTG-001:2": utc(19, 9), "start:MTG-001": utc(19, 9, 45),
    }  # fmt: skip


async def test_a_meeting_moved_nearer_than_its_lead_time_posts_its_agenda_at_once(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, 'meeting new "Governance" at:"20 Mar 2026 10:00"')
    await room.deliver()
    assert (meeting(room).state, len(carrying(room))) == ("scheduled", 1)
    await room.say(anna, 'meeting move to:"10 Mar 2026 10:00" reason:"inspection next week"')
    await room.deliver()
    assert (meeting(room).state, len(carrying(room))) == ("agenda_posted", 2)


async def test_who_cancels_at_once_what_they_planned_is_asked_for_no_reason(room: MeetingRoom) -> None:
    await planned(room)
    await room.say(anna, "meeting cancel")
    assert (meeting(room).state, room.trail()[-1]["reason"]) == ("cancelled", "planned by mistake")


async def test_why_a_meeting_moves_is_asked_unless_its_author_mends_a_slip(room: MeetingRoom) -> None:
    await planned(room)
    assert "planned for that time already" in words(await room.say(anna, 'meeting move to:"12 Mar 2026 14:00"'))
    asked = await room.say(marta, 'meeting move to:"12 Mar 2026 15:00"')
    assert isinstance(asked, Form), "the reason is asked for"
    room.clock.advance(minutes=10)
    await room.say(anna, 'meeting move to:"12 Mar 2026 15:00"')
    assert meeting(room).starts_at == utc(12, 15)
    assert room.trail()[-1]["reason"] == "slip of the pen"
    assert isinstance(await room.say(anna, 'meeting move to:"12 Mar 2026 16:00"'), Form)
    assert "at least 5 characters" in words(await room.say(anna, 'meeting move to:"12 Mar 2026 16:00" reason:late'))
    late = words(await room.say(anna, 'meeting move to:"2 Mar 2026 16:00" reason:"supplier late"'))
    assert "is past" in late
    assert 'meeting move MTG-001 to:"tomorrow 14:00"' in late
    assert meeting(room).starts_at == utc(12, 15)


async def test_a_cancelled_meeting_says_so_takes_its_jobs_back_and_refuses_everything(room: MeetingRoom) -> None:
    await planned(room, "deviations for:10m")
    await room.say(anna, 'meeting cancel reason:"batch not released"')
    sent = [words(out.card) for out in await room.deliver()]
    assert any(card.startswith("Cancelled: PPQ readiness") and "Why: batch not released" in card for card in sent)
    assert not [key for key in room.jobs() if "MTG-001" in key]
    assert not [card for card in room.cards() if "MTG-001" in str(buttons(card))]
    for sentence in (
        "meeting start MTG-001", "meeting end MTG-001", "here MTG-001", "regrets MTG-001", "agenda add more MTG-001",
        "agenda drop 1 MTG-001 reason:whatever", "agenda order 1 MTG-001", "agenda post MTG-001",
        "agenda next MTG-001", "meeting move MTG-001 to:\"tomorrow 9:00\" reason:whatever",
        "meeting cancel MTG-001 reason:whatever",
    ):  # fmt: skip
        assert "was cancelled: nothing more is recorded in it" in words(await room.say(anna, sentence)), sentence
    assert meeting(room).state == "cancelled"


@pytest.mark.parametrize(
    "sentence", ['move MTG-001 to:"tomorrow 9:00" reason:why-not', "cancel MTG-001 reason:why-not"]
)
async def test_an_expert_moves_and_cancels_only_what_they_chair(room: MeetingRoom, sentence: str) -> None:
    await room.opened()
    await room.say(anna, 'meeting new "Governance" at:"12 Mar 2026 14:00" chair:@l', l=luis)
    refused = words(await room.say(tomas, f"meeting {sentence}"))
    assert "The chair of MTG-001, Luís Gonçalves, or a lead does this." in refused
    assert meeting(room).version == 1
    await room.say(luis, f"meeting {sentence}")
    assert meeting(room).version == 2


async def test_a_running_meeting_neither_moves_nor_is_cancelled(room: MeetingRoom) -> None:
    await started(room)
    refused = words(await room.say(anna, 'meeting move MTG-001 to:"tomorrow 9:00" reason:"supplier late"'))
    assert "is running since 14:00 (Europe/Dublin): this can only be done before it starts" in refused
    assert "is running since" in words(await room.say(anna, 'meeting cancel MTG-001 reason:"supplier late"'))


async def test_a_transfer_closes_with_its_planned_meetings_but_not_under_a_running_one(room: MeetingRoom) -> None:
    await started(room)
    await room.say(anna, 'meeting new "Governance" at:"20 Mar 2026 10:00"')
    await room.say(anna, 'transfer close reason:"work is done"')
    refused = words(await room.say(marta, "transfer agree"))
    assert "MTG-001 “PPQ readiness” is running: end it first." in refused
    await room.say(anna, "meeting end anyway")
    await room.say(marta, "transfer agree")
    assert meeting(room, "MTG-002").state == "cancelled"
    assert not [key for key in room.jobs() if "MTG" in key]


def room_person(room: MeetingRoom, person: str) -> str:
    """A person's name."""
    with room.core.store.read() as connection:
        return str(connection.execute(select(Person.name).where(Person.id == person)).scalar_one())

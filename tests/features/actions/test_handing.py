"""An action changes hands or is cancelled: who may, why, and who hears of it."""

from tests.features.actions.people import auditor, card_of, direct, director, in_nvt, reminders, the, to, yuki
from tests.meeting_room import MeetingRoom, anna, jurgen, luis, marta, priya, stranger, tomas, words


async def given(room: MeetingRoom) -> None:
    """ACT-001, Luís's, due on Friday."""
    await in_nvt(room)
    await room.say(anna, "action verify the batch record @p by Friday", p=luis)
    await room.deliver()


async def test_it_changes_hands_and_both_are_told(room: MeetingRoom) -> None:
    await given(room)
    await room.say(luis, "action accept ACT-001")
    refused = words(await room.say(marta, "action reassign ACT-001 @p", p=jurgen))
    assert "Luís Gonçalves accepted ACT-001: say why it changes hands" in refused
    assert "ACT-001" in words(await room.say(marta, 'action reassign ACT-001 @p reason:"on leave"', p=jurgen))
    sent = await room.deliver()
    action = the(room, "ACT-001")
    assert (action.state, action.accepted) == ("open", [])
    assert words(to(jurgen, sent)[0]).startswith("For you: ACT-001 verify the batch record")
    released = [words(card) for card in to(luis, sent)]
    assert any(
        said.startswith("Not yours any more: ACT-001") and "@Marta Kowalczyk gave it to @Jürgen Weiß: on leave" in said
        for said in released
    )
    assert any("Not yours any more." in words(card) for card in room.cards(direct(luis)))
    assert "@Marta Kowalczyk gave it to @Jürgen Weiß: on leave" in words(card_of(room, "ACT-001"))
    assert room.trail()[-1]["reason"] == "on leave"
    assert "only an owner" in words(await room.say(luis, "action accept ACT-001"))


async def test_before_it_is_accepted_no_reason_is_asked(room: MeetingRoom) -> None:
    await given(room)
    await room.say(luis, "action reassign ACT-001 @p", p=jurgen)
    assert the(room, "ACT-001").version == 2
    sent = await room.deliver()
    assert len(to(luis, sent)) == 1  # who gives it away is told nothing new; their card changes


async def test_whoever_stays_has_accepted(room: MeetingRoom) -> None:
    await given(room)
    await room.say(luis, "action accept ACT-001")
    await room.say(luis, 'action reassign ACT-001 @a and @b reason:"too much for one"', a=luis, b=tomas)
    action = the(room, "ACT-001")
    assert (action.state, len(action.accepted), action.side) == ("in_progress", 1, "both")


async def test_the_reminders_go_with_it(room: MeetingRoom) -> None:
    await given(room)
    await room.say(marta, "action reassign ACT-001 @p", p=yuki)
    # Nine in Tokyo is midnight in London: the due day there begins while it is Thursday in Dublin.
    assert reminders(room) == {"ACT-001 eve": "Thu 12 Mar 00:00", "ACT-001 day": "Fri 13 Mar 00:00"}
    assert f"{the(room, 'ACT-001').deadline:%a %H:%M}" == "Fri 15:00"
    room.clock.advance(days=7)
    sent = await room.deliver()
    assert len(to(yuki, sent)) == 2  # given to her, and one reminder: the eve's came too late to be said
    assert not any("Due on" in words(card) for card in to(luis, sent))


async def test_only_a_lead_or_an_owner_gives_it_away(room: MeetingRoom) -> None:
    await given(room)
    for other in (tomas, jurgen):
        refused = words(await room.say(other, "action reassign ACT-001 @p", p=yuki))
        assert "ACT-001 is Luís Gonçalves’s: an owner or a lead gives it to somebody else" in refused
    assert "is Luís Gonçalves’s already" in words(await room.say(anna, "action reassign ACT-001 @p", p=luis))
    assert the(room, "ACT-001").version == 1


async def test_what_nobody_owns_anybody_gives(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "action verify the batch record by Friday")
    await room.say(tomas, "action reassign ACT-001 @p", p=jurgen)
    action = the(room, "ACT-001")
    assert (action.state, action.confirm, action.side) == ("open", [], "cmo")


async def test_cancelled_with_a_reason_by_a_lead_or_qa(room: MeetingRoom) -> None:
    await given(room)
    refused = words(await room.say(luis, 'action cancel ACT-001 reason:"not needed"'))
    assert "A lead, QA or the chair of the meeting cancels an action" in refused
    assert "decline" in refused
    assert "why it is not needed" in words(await room.say(priya, "action cancel ACT-001")).lower()
    await room.say(priya, 'action cancel ACT-001 reason:"replaced by CAPA-003"')
    sent = await room.deliver()
    action = the(room, "ACT-001")
    assert (action.state, action.open) == ("cancelled", False)
    assert reminders(room) == {}
    assert "@Priya Raghunathan cancelled it: replaced by CAPA-003" in words(card_of(room, "ACT-001"))
    assert any(words(card).startswith("Cancelled: ACT-001") for card in to(luis, sent))


async def test_the_chair_of_its_meeting_cancels_too(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, 'meeting new "PPQ readiness" at:"9 Mar 2026 09:30" for:60m chair:@p', p=tomas)
    await room.say(anna, "meeting start")
    await room.say(anna, "action verify the batch record @p by Friday", p=luis)
    assert "cancels an action" in words(await room.say(yuki, 'action cancel ACT-001 reason:"said twice"'))
    await room.say(tomas, 'action cancel ACT-001 reason:"said twice"')
    assert the(room, "ACT-001").state == "cancelled"


async def test_an_accepted_one_is_cancelled_all_the_same(room: MeetingRoom) -> None:
    await given(room)
    await room.say(luis, "action accept ACT-001")
    await room.say(marta, 'action cancel ACT-001 reason:"batch rejected"')
    assert the(room, "ACT-001").state == "cancelled"


async def test_who_only_reads_changes_nothing(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "action verify the batch record by Friday")
    before = room.trail()
    sentences = (
        "action plan ACT-001 @p",
        "action reassign ACT-001 @p",
        'action cancel ACT-001 reason:"no need @p"',
        "action accept ACT-001",
    )
    for reader in (auditor, director, stranger):
        for sentence in sentences:
            mentions = {"p": luis} if "@p" in sentence else {}
            answer = words(await room.say(reader, sentence, **mentions))
            if reader is not stranger:
                assert "needs one of these roles" in answer or "has no owner yet" in answer
    assert [entry for entry in room.trail()[len(before) :] if entry["record"] == "ACT-001"] == []
    assert the(room, "ACT-001").version == 1

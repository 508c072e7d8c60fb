"""A joint meeting as its people see it: planned, prepared, held and ended."""

from datetime import UTC, datetime

from core.features.meetings.records import AgendaItem, Meeting
from core.view import Card
from tests.meeting_room import MeetingRoom, anna, buttons, jurgen, luis, marta, priya, tomas, words


async def test_a_meeting_from_plan_to_end(room: MeetingRoom) -> None:
    await room.opened()
    await room.deliver()

    planned = await room.say(
        anna, 'meeting new "PPQ readiness review" at:"12 Mar 2026 14:00" for:60m stage:ppq_readiness'
    )
    assert "MTG-001 is planned for" in words(planned)
    await room.say(anna, "meeting invite @m @l @p", m=marta, l=luis, p=priya)
    added = words(await room.say(luis, 'agenda add "Batch record review" @l for:20m', l=luis))
    assert "1 is on the agenda of MTG-001" in added
    await room.say(marta, "agenda add deviation status of line 3 for:30m")
    over = words(await room.say(priya, 'agenda add "PPQ protocol" @t for:15m', t=tomas))
    assert "5 min over the plan" in over
    await room.deliver()
    card = words(room.cards()[-1])
    assert "1 · Batch record review · @Luís Gonçalves · 20 min" in card
    assert "Norvane Therapeutics: @Aoife Ní Bhriain, @Priya Raghunathan" in card
    assert "5 min over the plan · 65 of 60 min" in card

    # Three working days before, at the same time of day in Dublin: Monday 9 March 14:00.
    room.clock.set(datetime(2026, 3, 9, 14, 0, tzinfo=UTC))
    before = len(room.cards())
    await room.deliver()
    assert len(room.cards()) == before + 1
    assert room.rows(Meeting)[0].state == "agenda_posted"

    # One hour before, seen anew; and a later change shows on every message that carries the agenda.
    room.clock.set(datetime(2026, 3, 12, 13, 0, tzinfo=UTC))
    await room.deliver()
    await room.say(priya, 'agenda drop 3 reason:"moved to the next meeting"')
    await room.deliver()
    carrying = [words(one) for one in room.cards() if "MTG-001 · PPQ" in one.summary]
    assert len(carrying) == 3
    assert all("10 min under the plan · 50 of 60 min" in one and "dropped: PPQ protocol" in one for one in carrying)
    await room.say(jurgen, "regrets")

    # A quarter of an hour before, the chair gets the button, and so do the cards.
    room.clock.set(datetime(2026, 3, 12, 13, 45, tzinfo=UTC))
    told = [out for out in await room.deliver() if out.address.direct]
    assert [out.address.channel for out in told] == ["U-aoife"]
    assert buttons(told[0].card)["Start"] == "meeting start MTG-001"
    assert "Regrets: @Jürgen Weiß" in words(told[0].card)

    room.clock.set(datetime(2026, 3, 12, 14, 2, tzinfo=UTC))
    await room.press(anna, "meeting start MTG-001")
    await room.deliver()
    running = next(card for card in reversed(room.cards()) if "Here" in buttons(card))
    assert "A line that begins with [off] is left alone." in words(running)
    assert list(buttons(running)) == [
        "Here", "First item", "I want to speak", "End", "Decision", "Action", "Question", "Risk", "Note",
    ]  # fmt: skip
    await room.press(luis, buttons(running)["Here"])
    await room.press(marta, buttons(running)["Here"])
    await room.press(anna, buttons(running)["First item"])
    room.clock.advance(minutes=22)
    await room.deliver()
    on, over = room.cards()[-2:]
    assert on.summary == "1 · Batch record review · on now"
    assert over.summary == "1 · Batch record review · its time is over"  # 20 minutes were given, 22 have passed
    await room.press(luis, buttons(on)["Next item"])
    await room.deliver()
    summaries = [one.summary for one in room.cards()]
    assert summaries[-3:] == [*["1 · Batch record review · discussed"] * 2, "2 · deviation status of line 3 · on now"]
    shown = words(card_called(room, "MTG-001 · PPQ readiness review · on now: 2 deviation status of line 3"))
    assert "1 · Batch record review · @Luís Gonçalves · 22 of 20 min · discussed" in shown
    assert "2 min over the time of the items so far" in shown
    assert "Tarnbrook Manufacturing: @Luís Gonçalves, @Marta Kowalczyk · regrets @Jürgen Weiß" in shown

    room.clock.advance(minutes=20)
    await room.say(anna, "meeting end anyway")
    await room.deliver()
    meeting = room.rows(Meeting)[0]
    assert (meeting.state, meeting.planned, meeting.running, meeting.current) == ("closed", False, False, None)
    assert [item.state for item in room.rows(AgendaItem)] == ["discussed", "discussed", "dropped"]
    assert any("MeetingEnded" in entry["event"] for entry in room.trail())
    ended = [words(one) for one in room.cards() if one.summary == "MTG-001 · PPQ readiness review · ended"]
    assert len(ended) == 4
    assert sum("not heard of @Priya Raghunathan" in one for one in ended) == 1
    assert not any("[Start" in one or "[End" in one for one in map(words, room.cards()))
    assert not [key for key in room.jobs() if "MTG-001" in key]


def card_called(room: MeetingRoom, summary: str) -> Card:
    """The card in the room that has this one line."""
    return next(card for card in room.cards() if card.summary == summary)

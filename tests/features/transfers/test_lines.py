"""Lines of people whom nobody knows yet: kept, asked about on one card a day, and recorded with one press."""

from datetime import date
from typing import Any

from sqlalchemy import select

from core.api import MENTION, Address, Filled, Form, Said, Text, Turn
from core.features.actions.records import Action
from core.features.questions.records import Note, Risk
from core.features.transfers.records import HeldLine
from core.kernel.audit import Source
from core.view import plain
from tests.features.meetings.planned import started
from tests.meeting_room import ROOM, MeetingRoom, anna, buttons, luis, priya, stranger, words


async def test_a_line_of_somebody_unknown_is_kept_and_one_press_records_it(room: MeetingRoom) -> None:
    await room.opened()
    answer = words(await room.say(stranger, "transfer stage kickoff"))
    assert "Nothing was recorded yet" in answer
    sent = await room.deliver()
    asked = [out for out in sent if "Who is Nobody Known?" in words(out.card)]
    assert {out.address.channel for out in asked} == {"U-aoife", "U-marta"}
    assert "transfer stage kickoff" in words(asked[0].card)

    too_early = words(await room.press(anna, "line record LIN-001"))
    assert "not known here yet" in too_early
    await room.say(anna, "member add @p side:sponsor role:lead", p=stranger)
    await room.press(anna, "line record LIN-001")
    assert "Stage: Kick-off / knowledge transfer" in words(await room.say(anna, "transfer show"))
    who = [out for out in await room.deliver() if out.address.channel == "U-marta" and "Who is" in words(out.card)]
    assert [out.message is not None for out in who] == [True]  # the other lead's card says so too
    assert "Recorded." in words(who[0].card)
    assert not any("line record" in says for says in buttons(who[0].card).values())
    changed = [entry for entry in room.trail() if entry["command"] == "SetStage"]
    assert [entry["name"] for entry in changed] == ["Nobody Known"]


async def test_here_pressed_by_somebody_unknown_waits_and_their_lead_is_asked(room: MeetingRoom) -> None:
    await started(room)
    await room.deliver()
    card = next(one for one in room.cards() if words(one).startswith("Running:"))
    pressed = [await room.press(stranger, buttons(card)["Here"], place=card.place) for _ in range(2)]
    for answer in pressed:
        assert "Nothing was recorded yet" in words(answer)
        assert "A lead has been asked" in words(answer)
    asked = [out.card for out in await room.deliver() if "Who is Nobody Known?" in words(out.card)]
    assert "here MTG-001" in words(asked[0])
    assert len(room.rows(HeldLine)) == 1, "pressed twice, it waits once"
    await room.say(anna, "member add @p side:sponsor role:expert", p=stranger)
    await room.press(anna, buttons(asked[0])["2. Record the line"])
    await room.deliver()
    card = next(one for one in room.cards() if words(one).startswith("Running:"))
    assert "Nobody Known" in words(card)


async def test_it_is_shown_as_people_read_it_and_kept_as_it_was_captured(room: MeetingRoom) -> None:
    await room.opened()
    raw = "<at>Tandem</at>&nbsp;action ask <at>Luís Gonçalves</at> for the data"
    said = Said(f"action ask {MENTION} for the data", (luis,), raw, "m-1")
    shown = words(await room.core.hear(Turn("m-1", ROOM, stranger, room.clock.now(), said)))
    assert "action ask @Luís Gonçalves for the data" in shown
    assert "<at>" not in shown
    [asked, *_] = [out.card for out in await room.deliver() if "Who is Nobody Known?" in words(out.card)]
    assert "action ask @Luís Gonçalves for the data" in words(asked)
    assert "<at>" not in words(asked)
    await room.say(anna, "member add @p side:sponsor role:expert", p=stranger)
    await room.press(anna, "line record LIN-001")
    assert {row.text for row in room.rows_of(Source) if "for the data" in row.text} == {raw}


async def test_one_card_a_person_a_day(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(stranger, "transfer stage kickoff")
    await room.say(stranger, "transfer stage kickoff")
    assert {(post.address, post.key) for post in room.posts() if post.template == "transfers/who"} == {
        ("slack:T1/@U-aoife", "who:LIN-001"),
        ("slack:T2/@U-marta", "who:LIN-001"),  # both leads, once
    }
    room.clock.advance(days=1)
    await room.say(stranger, "transfer stage kickoff")
    keys = {post.key for post in room.posts() if post.template == "transfers/who"}
    assert keys == {"who:LIN-001", "who:LIN-003"}


async def test_a_kept_line_s_friday_is_the_one_after_it_was_said(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(stranger, "action send the batch record @p by Friday", p=luis)
    await room.say(anna, "member add @p side:sponsor role:expert", p=stranger)
    room.clock.advance(days=7)
    await room.press(anna, "line record LIN-001")
    assert [action.due for action in room.rows(Action)] == [date(2026, 3, 13)]


async def waiting(room: MeetingRoom) -> Any:
    """Three lines of a stranger, said at 9, 10 and 11, and the card about them as Aoife sees it."""
    await room.opened()
    await room.deliver()
    for line in ("action send the batch record @p by Friday", "risk the filter supplier is late", "note MBR-114 is v4"):
        mentioned = {"p": luis} if "@p" in line else {}
        await room.say(stranger, line, slash=False, **mentioned)
        await room.deliver()
        room.clock.advance(hours=1)
    return room.cards(ANNA)[-1]


ANNA = Address("slack", "T1", "U-aoife", direct=True)


async def test_the_one_card_of_a_day_lists_all_that_waits(room: MeetingRoom) -> None:
    card = await waiting(room)
    assert [card.summary for card in room.cards(ANNA)].count("Who is this? Nobody Known") == 1
    shown = words(card)
    for line in ("LIN-001", "send the batch record", "LIN-002", "the filter supplier is late", "LIN-003", "MBR-114"):
        assert line in shown
    assert buttons(card) == {
        "1. Add them": "line who LIN-001",
        "2. Record all 3": "line all LIN-001",
        "Only LIN-001": "line record LIN-001",
        "Only LIN-002": "line record LIN-002",
        "Only LIN-003": "line record LIN-003",
        "Put one away": "line drop",
    }


async def test_one_press_records_all_that_waits_each_as_its_author_s_at_its_time(room: MeetingRoom) -> None:
    await waiting(room)
    assert "not known here yet" in words(await room.press(anna, "line all LIN-001"))
    await room.say(anna, "member add @p side:sponsor role:expert", p=stranger)
    await room.deliver()
    assert "1. Add them" not in buttons(room.cards(ANNA)[-1])
    answer = words(await room.press(anna, "line all LIN-001"))
    assert all(f"LIN-00{n}" in answer for n in (1, 2, 3))

    assert [action.due for action in room.rows(Action)] == [date(2026, 3, 13)]
    assert [row.text for row in (*room.rows(Risk), *room.rows(Note))] == [
        "the filter supplier is late",
        "MBR-114 is v4",
    ]
    with room.core.store.read() as connection:
        found = connection.execute(
            select(*Source.__table__.c).where(Source.record.in_(["ACT-001", "RSK-001", "NOT-001"]))
        )
        sources = sorted((row.sent_at.hour, row.author) for row in found)
    assert sources == [(hour, "slack:T9/U-nobody") for hour in (9, 10, 11)]
    said = [entry["name"] for entry in room.trail() if entry["command"] in ("RecordAction", "RecordRisk", "RecordNote")]
    assert set(said) == {"Nobody Known"}
    assert [line.state for line in room.rows(HeldLine)] == ["recorded"] * 3
    await room.deliver()
    assert "Recorded." in words(room.cards(ANNA)[-1])

    await room.press(anna, "line all LIN-001")
    assert len(room.rows(Action)) == 1


async def test_one_of_several_is_recorded_alone(room: MeetingRoom) -> None:
    await waiting(room)
    await room.say(anna, "member add @p side:sponsor role:expert", p=stranger)
    await room.press(anna, "line record LIN-002")
    await room.deliver()
    assert buttons(room.cards(ANNA)[-1]) == {
        "Record all 2": "line all LIN-001",
        "Only LIN-001": "line record LIN-001",
        "Only LIN-003": "line record LIN-003",
        "Put one away": "line drop",
    }


async def test_the_card_s_form_names_whom_it_adds(room: MeetingRoom) -> None:
    card = await waiting(room)
    form = await room.press(anna, buttons(card)["1. Add them"], at=ANNA, place=card.place)
    assert isinstance(form, Form)
    [about] = [block for block in form.blocks if isinstance(block, Text)]
    assert words(form).startswith("Add the speaker")
    assert "Nobody Known (slack:T9/U-nobody) said: “action send the batch record" in about.spans[0].text
    filled = await room.fill(anna, form, at=ANNA, line="LIN-001", side="sponsor", role="expert")
    assert "Nobody Known is here for Norvane Therapeutics · expert" in words(filled)
    await room.press(anna, "line all LIN-001", at=ANNA, place=card.place)
    assert [line.state for line in room.rows(HeldLine)] == ["recorded"] * 3
    assert "is known here by now" in words(await room.press(anna, "line who LIN-001"))
    assert "is known here by now" in words(await room.say(anna, "line add LIN-001 role:expert"))


async def test_a_line_that_its_author_may_not_say_goes_on_waiting(room: MeetingRoom) -> None:
    await waiting(room)
    await room.say(anna, "member add @p side:sponsor role:auditor", p=stranger)
    answer = words(await room.press(anna, "line all LIN-001"))
    assert "needs one of these roles" in answer
    assert [line.state for line in room.rows(HeldLine)] == ["held"] * 3
    assert "needs one of these roles" in words(await room.press(anna, "line record LIN-001"))


async def test_an_expert_has_nobody_else_s_line_recorded(room: MeetingRoom) -> None:
    await waiting(room)
    await room.say(anna, "member add @p side:sponsor role:expert", p=stranger)
    assert "A lead, or the person who said it" in words(await room.press(priya, "line all LIN-001"))
    assert "needs one of these roles: lead" in words(await room.press(priya, "line who LIN-001"))


async def test_a_line_is_kept_where_not_everybody_may_open_a_transfer(room: MeetingRoom) -> None:
    await room.opened()
    room.core.door.open_to_all = False
    assert "Nothing was recorded yet" in words(await room.say(stranger, "risk the filter supplier is late"))
    assert [line.ref for line in room.rows(HeldLine)] == ["LIN-001"]


async def test_the_answer_for_several_lines_keeps_what_would_be_right(room: MeetingRoom) -> None:
    await room.opened()
    for line in ("here", "note MBR-114 is v4"):
        await room.say(stranger, line)
    await room.say(anna, "member add @p side:sponsor role:expert", p=stranger)
    answer = words(await room.press(anna, "line all LIN-001"))
    assert 'Plan one: meeting new "PPQ readiness review" at:' in answer
    assert "NOT-001" in answer


async def test_who_it_was_stands_above_the_form_again_when_it_was_refused(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(stranger, "note I am new here")
    form = await room.press(anna, "line who LIN-001")
    assert isinstance(form, Form)
    said = "Nobody Known (slack:T9/U-nobody) said: “note I am new here”"
    assert said in above(form)
    values = {"side": "sponsor", "role": "expert", "reason": "x"}
    turn = Turn("d-who", ROOM, anna, room.clock.now(), Filled(form.message, form.given, values, form.place))
    assert "at least 5 characters" in words(await room.core.hear(turn))
    again = await room.core.form_again(turn)
    assert again is not None
    assert above(again) == above(form)
    assert (again.given, again.place) == (form.given, form.place)


def above(form: Form) -> list[str]:
    """What is to be read before the inputs."""
    return [plain(block.spans) for block in form.blocks if isinstance(block, Text)]

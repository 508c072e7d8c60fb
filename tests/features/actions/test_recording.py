"""What is said of an action when it is recorded, and what must be confirmed then."""

from datetime import date

import pytest

from core.features.actions.handing import MAY_RECORD
from core.features.actions.records import Action
from core.features.transfers.owners import MAY_OWN
from core.kernel.role_table import RoleTable
from core.options import ROLES
from core.view import Form
from tests.features.actions.people import auditor, card_of, director, in_nvt, reminders, the, to, yuki
from tests.meeting_room import MeetingRoom, anna, buttons, jurgen, luis, marta, person, priya, stranger, tomas, words


async def test_several_people_of_two_companies_own_one(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "action agree the sampling plan @p and @l by 12 March", p=priya, l=luis)
    sent = await room.deliver()
    action = the(room, "ACT-001")
    assert (len(action.owners), action.side) == (2, "both")
    assert to(priya, sent)
    assert to(luis, sent)
    assert "@Priya Raghunathan (Norvane Therapeutics), @Luís Gonçalves" in words(card_of(room, "ACT-001"))


async def test_whoever_takes_an_action_on_is_not_told_of_it(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(luis, "action send the protocol @me by Friday", me=luis)
    assert to(luis, await room.deliver()) == []
    assert "ACT-001 eve" in reminders(room)  # but reminded


async def test_a_time_that_was_said_is_kept_in_utc(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "action send the redlines @p by Tuesday 31 March 17:00", p=tomas)
    await room.deliver()
    action = the(room, "ACT-001")
    assert f"{action.due} {action.due_at:%d %H:%M}" == "2026-03-31 31 16:00"  # summer time in Dublin by then
    assert action.deadline == action.due_at
    assert "Due: Tue 31 Mar 2026 17:00 (Europe/Dublin)" in words(card_of(room, "ACT-001"))


async def test_somebody_unknown_stays_in_the_words_and_an_owner_is_asked_for(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "action send the samples @nobody by Friday", nobody=stranger)
    action = the(room, "ACT-001")
    assert "@Nobody Known" in action.text
    assert (action.owners, action.confirm, action.state) == ([], ["owner", "member"], "proposed")


@pytest.mark.parametrize("said", ["by yesterday", "by last Friday"])
async def test_a_day_that_is_over_is_kept_and_asked_about(room: MeetingRoom, said: str) -> None:
    await in_nvt(room)
    answer = await room.say(anna, f"action send the batch record @p {said}", p=luis)
    action = the(room, "ACT-001")
    assert (action.text, action.confirm) == ("send the batch record", ["due"])
    day = {"by yesterday": "Sun 8 Mar 2026", "by last Friday": "Fri 6 Mar 2026"}[said]
    assert f"{day} is over already: is it right?" in words(answer)
    await room.deliver()
    assert f"Due: {day} · that is over already: is it right?" in words(card_of(room, "ACT-001"))


async def test_a_guessed_date_is_confirmed_by_one_press(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "action check the hold time @p by next Friday", p=luis)
    await room.deliver()
    card = card_of(room, "ACT-001")
    assert "Due: Fri 20 Mar 2026 · is that right?" in words(card)
    assert the(room, "ACT-001").confirm == ["due"]
    assert len(buttons(card)) == 5
    says = buttons(card)["Yes, Fri 20 Mar 2026"]
    assert await room.press(luis, says, place=card.place) is None
    await room.deliver()
    assert the(room, "ACT-001").confirm == []
    assert "is that right" not in words(card_of(room, "ACT-001"))
    again = words(await room.press(luis, says, place=card.place))
    assert "ACT-001 has its owner, Luís Gonçalves, and its date, Fri 20 Mar 2026" in again


@pytest.mark.parametrize("said", ['action done ACT-001 evidence:"MBR"', 'action cancel ACT-001 reason:"no use"'])
async def test_nobody_is_asked_about_the_date_of_what_is_over(room: MeetingRoom, said: str) -> None:
    await in_nvt(room)
    await room.say(anna, "action check the hold time @p by next Friday", p=luis)
    await room.say(anna if "cancel" in said else luis, said)
    await room.deliver()
    assert the(room, "ACT-001").confirm == ["due"]
    assert "is that right?" not in words(card_of(room, "ACT-001"))


async def test_a_guessed_moment_is_confirmed_as_it_was_read(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "action call the supplier @p by 17:00 IST on Friday", p=luis)
    await room.deliver()
    before = the(room, "ACT-001")
    assert before.confirm == ["due"]
    await room.press(luis, buttons(card_of(room, "ACT-001"))["Yes, Fri 13 Mar 2026"])
    after = the(room, "ACT-001")
    assert (after.confirm, after.due_at) == ([], before.due_at)


async def test_another_date_takes_the_place_of_a_guess(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "action check the hold time @p by next Friday", p=luis)
    assert "ACT-001" in words(await room.say(luis, "action plan ACT-001 by 13 March"))
    assert (str(the(room, "ACT-001").due), the(room, "ACT-001").confirm) == ("2026-03-13", [])
    assert reminders(room) == {"ACT-001 eve": "Thu 12 Mar 08:00", "ACT-001 day": "Fri 13 Mar 08:00"}


async def test_a_form_left_as_it_is_confirms_the_guess(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "action check the hold time @p by next Friday", p=luis)
    form = await room.press(anna, "action plan ACT-001")
    assert isinstance(form, Form)
    await room.fill(anna, form, action="ACT-001", owners=(luis,), due="2026-03-20")
    assert the(room, "ACT-001").confirm == []


async def test_what_is_confirmed_is_not_planned_again(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "action verify the batch record @p by Friday", p=luis)
    before = room.trail()
    other_date = words(await room.say(anna, "action plan ACT-001 by 20 March"))
    assert "ACT-001 is due on Fri 13 Mar 2026, and that is confirmed" in other_date
    other_owner = words(await room.say(anna, "action plan ACT-001 @p", p=tomas))
    assert "ACT-001 has an owner already, Luís Gonçalves" in other_owner
    assert "action reassign ACT-001 @name" in other_owner
    assert "has its owner" in words(await room.say(anna, "action plan ACT-001"))
    assert "has its owner" in words(await room.say(anna, "action plan ACT-001 @p by Friday", p=luis))
    assert room.trail() == before


async def test_half_a_plan_leaves_the_other_half_to_ask(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "action verify the batch record")
    await room.say(anna, "action plan ACT-001 by Friday")
    await room.deliver()
    assert the(room, "ACT-001").confirm == ["owner"]
    assert list(buttons(card_of(room, "ACT-001"))) == ["Name an owner…", "Cancel…", "CAPA…"]
    await room.say(anna, "action plan ACT-001 @p by Friday", p=luis)  # said whole, though half is known
    assert (the(room, "ACT-001").state, the(room, "ACT-001").confirm) == ("open", [])


async def test_the_day_can_be_past_and_is_asked_about(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "action send the report @p by 2026-03-02", p=luis)
    await room.deliver()
    assert (the(room, "ACT-001").confirm, reminders(room)) == (["due"], {})
    await room.press(anna, buttons(card_of(room, "ACT-001"))["Yes, Mon 2 Mar 2026"])
    assert the(room, "ACT-001").confirm == []


async def test_a_past_day_from_a_form_is_asked_about_too(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "action verify the batch record @luis", luis=luis)
    form = await room.press(anna, "action plan ACT-001")
    assert isinstance(form, Form)
    await room.fill(anna, form, action="ACT-001", owners=(luis,), due="2026-02-27")
    action = the(room, "ACT-001")
    assert (action.due, action.confirm) == (date(2026, 2, 27), ["due"])
    form = await room.press(anna, "action plan ACT-001")
    assert isinstance(form, Form)
    await room.fill(anna, form, action="ACT-001", owners=(luis,), due="2026-02-27")
    assert the(room, "ACT-001").confirm == []


async def test_a_day_that_does_not_exist_records_nothing(room: MeetingRoom) -> None:
    await in_nvt(room)
    assert "28 days" in words(await room.say(anna, "action send the report @p by 31 February", p=luis))
    assert room.rows(Action) == []


async def test_an_auditor_owns_nothing_and_management_may(room: MeetingRoom) -> None:
    await in_nvt(room)
    refused = words(await room.say(anna, "action read the file @p by Friday", p=auditor))
    assert "Nora Feld is an auditor here, who reads and owns nothing" in refused
    assert room.rows(Action) == []
    await room.say(anna, "action release the budget @p by Friday", p=director)
    await room.say(director, "action accept ACT-001")
    assert the(room, "ACT-001").state == "in_progress"


async def test_those_who_only_read_record_nothing(room: MeetingRoom) -> None:
    await in_nvt(room)
    for reader in (auditor, director):
        assert "needs one of these roles" in words(await room.say(reader, "action verify the batch record"))
    assert "Nothing was recorded yet" in words(await room.say(stranger, "action verify the batch record"))
    assert room.rows(Action) == []


def test_the_role_table_says_who_owns_and_who_records() -> None:
    allowed = RoleTable.read([ROLES]).allowed
    assert allowed["action.own"] == MAY_OWN
    assert allowed["action.record"] == allowed["action.plan"] == MAY_RECORD


async def test_eleven_owners_are_nobody(room: MeetingRoom) -> None:
    await in_nvt(room)
    many = [person(f"P{number:02} Example") for number in range(11)]
    for one in many:
        await room.say(anna, "member add @p side:sponsor role:expert", p=one)
    said = "action read the protocol " + " ".join(f"@p{number:02}x" for number in range(11))
    refused = words(await room.say(anna, said, **{f"p{number:02}x": one for number, one in enumerate(many)}))
    assert "11 people are too many: an action has 10 owners at most" in refused
    assert room.rows(Action) == []


async def test_two_hundred_mentions_of_strangers_are_words(room: MeetingRoom) -> None:
    await in_nvt(room)
    said = "action tell " + " ".join(f"@m{number:03}x" for number in range(200)) + " about the audit by Friday"
    mentions = {f"m{number:03}x": stranger for number in range(200)}
    assert "ACT-001" in words(await room.say(anna, said, **mentions))
    action = the(room, "ACT-001")
    assert action.text.count("@Nobody Known") == 200
    assert action.confirm == ["owner", "member"]
    assert [out.address.direct for out in await room.deliver()] == [False]


async def test_a_member_mentioned_two_hundred_times_owns_it_once(room: MeetingRoom) -> None:
    await in_nvt(room)
    said = "action verify the batch record " + " ".join(f"@m{number:03}x" for number in range(200))
    await room.say(anna, said, **{f"m{number:03}x": luis for number in range(200)})
    assert len(the(room, "ACT-001").owners) == 1


@pytest.mark.parametrize(
    "hostile",
    [
        "<!channel> look </at> {{7*7}} {% raw %} ]]> &amp; <b>x</b>",
        '#read("x") \u202e drow \x00\x1b[31m \ud800 end',
        "*bold* _it_ `code` |a|b| [l](https://x.example)",
        "W" * 2900,
    ],
)
async def test_hostile_text_is_kept_and_shown_as_it_is(room: MeetingRoom, hostile: str) -> None:
    await in_nvt(room)
    await room.say(anna, f"action {hostile} @p by Friday", p=luis)
    await room.deliver()
    card = card_of(room, "ACT-001")
    assert len(card.summary) < 250
    text = the(room, "ACT-001").text
    assert "\x00" not in text
    shown = words(card)
    assert ("{{7*7}}" in shown) == ("{{7*7}}" in hostile)
    assert ("<!channel>" in shown) == ("<!channel>" in hostile)
    listed = words(await room.say(anna, "action list"))
    assert listed.startswith("Open actions (1)")


async def test_fifty_thousand_characters_are_refused(room: MeetingRoom) -> None:
    await in_nvt(room)
    assert "3000 are the most" in words(await room.say(anna, "action " + "read the batch record " * 2300))
    assert room.rows(Action) == []


async def test_a_line_of_its_own_stays_one(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "action verify the batch record @p by Friday\nPage 3 first.\n\nThen the rest", p=luis)
    await room.deliver()
    shown = words(card_of(room, "ACT-001"))
    assert shown.startswith("Action ACT-001: verify the batch record Page 3 first. Then the rest")


async def test_the_same_delivery_three_times_is_one(room: MeetingRoom) -> None:
    await in_nvt(room)
    for _ in range(3):
        answer = words(await room.say(anna, "action verify @p by Friday", p=luis, delivery="once"))
    assert "recorded already: ACT-001" in answer
    sent = await room.deliver()
    assert len(room.rows(Action)) == 1
    assert len(to(luis, sent)) == 1
    assert len(reminders(room)) == 2


async def test_a_form_sent_twice_is_one(room: MeetingRoom) -> None:
    await in_nvt(room)
    form = await room.say(anna, "action @p by Friday", p=luis)
    assert isinstance(form, Form)
    for _ in range(2):
        answer = words(
            await room.fill(anna, form, delivery="f1", text="verify the batch record", owners=(luis,), due="2026-03-13")
        )
    assert "recorded already: ACT-001" in answer
    [action] = room.rows(Action)
    assert (action.text, str(action.due), len(action.owners)) == ("verify the batch record", "2026-03-13", 1)


async def test_a_closed_transfer_takes_none(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, "action verify the batch record @p by Friday", p=luis)
    await room.say(anna, 'transfer close reason:"moved in house"')
    await room.say(marta, "transfer agree")
    for sentence in (
        "action verify it again",
        "action accept ACT-001",
        "action plan ACT-001 by Friday",
        "action done ACT-001 evidence:TR-1",
        'action cancel ACT-001 reason:"not needed"',
        'action decline ACT-001 reason:"no time"',
    ):
        assert "NVT is closed" in words(await room.say(luis, sentence)), sentence
    assert "NVT is closed" in words(await room.say(marta, "action reassign ACT-001 @p", p=jurgen))
    assert len(room.rows(Action)) == 1


async def test_it_keeps_the_meeting_and_the_agenda_item_that_were_on(room: MeetingRoom) -> None:
    await in_nvt(room)
    await room.say(anna, 'meeting new "PPQ readiness" at:"9 Mar 2026 09:30" for:60m')
    await room.say(anna, 'agenda add "Batch record"')
    await room.say(anna, "meeting start")
    await room.say(anna, "agenda next")
    await room.say(yuki, "action verify the batch record @p by Friday", p=luis)
    action = the(room, "ACT-001")
    assert (action.meeting, action.item) == ("MTG-001", "MTG-001.1")

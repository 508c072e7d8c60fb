"""A direct message of somebody of several transfers: they name one, choose one, or are answered for all of them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from core.api import Card, Filled, Form, Notice, Place, Turn
from core.features.actions.records import Action
from core.features.transfers.records import HeldLine
from core.kernel.audit import Source
from tests.meeting_room import ROOM, MeetingRoom, anna, buttons, jurgen, luis, marta, person, priya, stranger, words
from tests.two_transfers import SECOND, direct, twice_opened

HIS = direct(luis)
zoe = person("Zoë Only-There", "T2")


async def with_actions(room: MeetingRoom) -> MeetingRoom:
    """ACT-001 of Luís in both transfers, ACT-002 in NVB alone."""
    await twice_opened(room)
    await room.say(anna, "action verify the batch record @luis by Friday", luis=luis)
    await room.say(priya, "action send the certificate @luis by Thursday", at=SECOND, luis=luis)
    await room.say(priya, "action compare the yields @luis by Thursday", at=SECOND, luis=luis)
    return room


async def test_what_is_one_s_own_comes_in_one_answer_for_all(room: MeetingRoom) -> None:
    await with_actions(room)
    card = await room.say(luis, "mine", at=HIS)
    assert isinstance(card, Card)
    said = words(card)
    assert said.index("NVB · Product Y – Your actions (2)") < said.index("NVT · Product X 50 mg – Your actions (1)")
    assert "compare the yields" in said
    assert "verify the batch record" in said
    assert buttons(card) == {
        "NVB · Done: ACT-001": "NVB/action done ACT-001",
        "NVB · Done: ACT-002": "NVB/action done ACT-002",
        "NVT · Done: ACT-001": "NVT/action done ACT-001",
    }
    assert card.place is None
    form = await room.press(luis, "NVB/action done ACT-001", at=HIS, place=card.place)
    assert isinstance(form, Form)
    assert form.place == Place("NVB")
    await room.fill(luis, form, at=HIS, action="ACT-001", evidence="COA-17")
    assert [action.state for action in room.rows(Action, "NVB")] == ["done_claimed", "open"]
    assert [action.state for action in room.rows(Action)] == ["open"]


async def test_one_transfer_is_named_before_the_noun(room: MeetingRoom) -> None:
    await with_actions(room)
    for said in ("NVT/mine", "nvt/mine", " NVT / mine"):
        card = await room.say(luis, said, at=HIS)
        assert "verify the batch record" in words(card)
        assert "yields" not in words(card)
        assert card.place == Place("NVT")
    assert "compare the yields" in words(await room.say(luis, "NVB/mine", at=SECOND))


async def test_what_is_overdue_too(room: MeetingRoom) -> None:
    await with_actions(room)
    room.clock.advance(days=4)
    said = words(await room.say(luis, "overdue", at=HIS))
    assert "NVB · Product Y – Overdue actions (2)" in said
    assert "Nothing is overdue." in said


async def test_a_long_list_is_cut_and_goes_on_in_its_own_transfer(room: MeetingRoom) -> None:
    await twice_opened(room)
    for number in range(11):
        await room.say(anna, f"action prepare sample number {number} @luis by Friday", luis=luis)
        await room.say(priya, f"action retain sample number {number} @luis by Friday", at=SECOND, luis=luis)
    card = await room.say(luis, "mine", at=HIS)
    assert isinstance(card, Card)
    lists = [block for block in card.blocks if hasattr(block, "items")]
    assert [(len(one.items), one.left, one.more) for one in lists] == [
        (10, 1, "NVB/mine page:2"),
        (10, 1, "NVT/mine page:2"),
    ]
    assert "There is no page 3" in words(await room.say(luis, "mine page:3", at=HIS))
    assert "number 10" in words(await room.press(luis, lists[0].more or "", at=HIS))


async def test_help_is_what_may_be_said_in_any_or_in_one(room: MeetingRoom) -> None:
    await twice_opened(room)
    his = direct(jurgen)
    everywhere = words(await room.say(jurgen, "help", at=his))
    assert "NVB/mine, NVT/mine" in everywhere
    assert "transfer set" in words(await room.say(jurgen, "help transfer", at=his))
    assert "transfer set" in words(await room.say(jurgen, "NVB/help transfer", at=his))
    there = words(await room.say(jurgen, "NVT/help transfer", at=his))
    assert "transfer set" not in there  # he is no lead there
    assert "NVB" not in there
    assert "decision agree" in words(await room.press(jurgen, "help decision", at=his))


async def test_a_reference_without_a_transfer_is_a_choice(room: MeetingRoom) -> None:
    await with_actions(room)
    choice = await room.say(luis, "action accept ACT-001", at=HIS)
    assert isinstance(choice, Notice)
    assert "NVB · Product Y – ACT-001 · send the certificate" in words(choice)
    assert "NVT · Product X 50 mg – ACT-001 · verify the batch record" in words(choice)
    assert buttons(choice) == {"NVB": "NVB/action accept ACT-001", "NVT": "NVT/action accept ACT-001"}
    await room.press(luis, buttons(choice)["NVT"], at=HIS, place=choice.place)
    assert [action.state for action in room.rows(Action)] == ["in_progress"]
    assert [action.state for action in room.rows(Action, "NVB")] == ["open", "open"]


async def test_the_choice_is_among_those_that_have_the_record(room: MeetingRoom) -> None:
    await with_actions(room)
    choice = await room.say(luis, "action accept ACT-002", at=HIS)
    assert "[NVB → NVB/action accept ACT-002]" in words(choice)
    assert "NVT" not in words(choice)
    assert "There is no ACT-009 in NVB, NVT." in words(await room.say(luis, "action accept ACT-009", at=HIS))


async def test_what_is_missing_is_asked_once_the_transfer_is_chosen(room: MeetingRoom) -> None:
    await with_actions(room)
    choice = await room.say(luis, "action decline ACT-001", at=HIS)
    form = await room.press(luis, buttons(choice)["NVB"], at=HIS)
    assert isinstance(form, Form)
    assert form.place == Place("NVB")
    assert "send the certificate" in words(form) + str(form.blocks)


async def test_lists_are_a_choice_with_their_words_and_people_by_id(room: MeetingRoom) -> None:
    await with_actions(room)
    choice = await room.say(luis, "action list overdue @lead", at=HIS, lead=priya)
    said = buttons(choice)["NVB"]
    assert said.startswith("NVB/action list overdue @")
    assert "Priya" not in said
    assert "Priya Raghunathan" in words(await room.press(luis, said, at=HIS))


async def test_a_reference_names_the_transfer_wherever_it_stands(room: MeetingRoom) -> None:
    await with_actions(room)
    assert "NVB" not in words(await room.say(luis, "action accept NVT/ACT-001", at=HIS))
    await room.say(luis, "action cover what NVB/ACT-002 leaves open @me by Friday", at=HIS, me=luis)
    assert [action.text for action in room.rows(Action)] == ["verify the batch record"]
    assert room.rows(Action, "NVB")[-1].text == "cover what NVB/ACT-002 leaves open"


async def test_free_text_is_kept_and_no_button_carries_it(room: MeetingRoom) -> None:
    await with_actions(room)
    asked = await room.say(luis, "action send the <b>report</b> to @anna by Friday", at=HIS, anna=anna)
    assert isinstance(asked, Notice)
    assert buttons(asked) == {"NVB": "NVB/line here LIN-001", "NVT": "NVT/line here LIN-001"}
    assert "action send the <b>report</b> to @Aoife Ní Bhriain by Friday" in words(asked)
    assert len(room.rows(Action)) == 1
    await room.say(luis, "NVB/action send the report by Friday", at=HIS)
    recorded = room.rows(Action, "NVB")[-1]
    assert recorded.text == "send the report"
    with room.core.store.read() as connection:
        kept = select(Source.text).where(Source.transfer == "NVB", Source.record == recorded.ref)
        assert connection.execute(kept).scalar() == "NVB/action send the report by Friday"


async def test_a_long_text_is_not_shown_whole_for_each(room: MeetingRoom) -> None:
    await twice_opened(room)
    assert len(words(await room.say(luis, "note " + "word " * 500, at=HIS))) < 1000


async def test_two_transfers_in_one_sentence_are_refused(room: MeetingRoom) -> None:
    await with_actions(room)
    assert "names two transfers, NVB / NVT" in words(await room.say(luis, "NVT/action accept NVB/ACT-001", at=HIS))
    assert "names two transfers, NVB / NVT" in words(await room.say(luis, "NVT/action accept NVB/ACT-001"))


async def test_a_sentence_is_read_with_the_people_and_days_of_the_transfer_that_it_names(room: MeetingRoom) -> None:
    await with_actions(room)
    await room.say(jurgen, "member add @z role:expert", at=SECOND, z=zoe)
    await room.say(priya, 'transfer milestone "PPQ-1 start" on:2026-04-20', at=SECOND)
    await room.say(jurgen, "action reassign NVB/ACT-001 @z", z=zoe)  # in the room of NVT, which does not know her
    assert [len(action.owners) for action in room.rows(Action, "NVB")] == [1, 1]
    directory = room.core.directories.look("NVB")
    assert directory.by_identity[zoe.identity] in room.rows(Action, "NVB")[0].owners
    await room.say(luis, "NVB/action ask @Zoë Only-There before PPQ-1 start", at=HIS)
    action = room.rows(Action, "NVB")[-1]
    assert action.due is not None
    assert (action.due.month, action.due.day) == (4, 17)
    assert "PPQ-1 start" in words(await room.say(luis, "NVT/action ask before PPQ-1 start", at=HIS))


async def test_whoever_is_no_member_learns_nothing(room: MeetingRoom) -> None:
    await with_actions(room)
    hers = direct(marta)
    for sentence in ("/mine", "/help", "/action accept ACT-001", "/transfer show"):
        there, nowhere = [words(await room.say(marta, code + sentence, at=hers)) for code in ("NVB", "QQQ")]
        assert there.replace("NVB", "QQQ") == nowhere
        assert nowhere == "There is no transfer QQQ that you belong to."
        here, nowhere = [words(await room.say(marta, code + sentence)) for code in ("NVB", "QQQ")]
        assert here.replace("NVB", "QQQ") == nowhere == "There is no transfer QQQ that you belong to."
    assert "There is no transfer NVB" in words(await room.say(marta, "action accept NVB/ACT-001", at=hers))
    assert "There is no transfer NVB" in words(await room.say(marta, "action accept NVB/ACT-001"))
    assert "There is no transfer NVB" in words(await room.press(marta, "NVB/mine", at=hers))
    assert "There is no transfer NVT" in words(await room.say(stranger, "NVT/mine", at=direct(stranger)))
    assert "NVB" not in words(await room.say(marta, "mine", at=hers))


async def test_whoever_left_belongs_no_more(room: MeetingRoom) -> None:
    await with_actions(room)
    await room.say(jurgen, "member remove @p reason:another_project", at=SECOND, p=luis)
    assert "There is no transfer NVB" in words(await room.say(luis, "NVB/mine", at=HIS))
    assert "NVB" not in words(await room.say(luis, "mine", at=HIS))


async def test_another_transfer_is_not_spoken_of_before_everybody(room: MeetingRoom) -> None:
    await with_actions(room)
    for sentence in ("NVB/mine", "action accept NVB/ACT-001"):
        said = words(await room.say(luis, sentence, at=ROOM, aloud=True))
        assert "Everybody here would read that" in said
        assert "certificate" not in said
    assert [action.state for action in room.rows(Action, "NVB")] == ["open", "open"]
    assert "verify" in words(await room.say(luis, "NVT/mine", aloud=True))


async def test_the_roles_of_each_transfer_count_there(room: MeetingRoom) -> None:
    await twice_opened(room)
    his = direct(jurgen)
    choice = await room.say(jurgen, "transfer set dates:MM/DD", at=his)
    assert buttons(choice) == {"NVB": "NVB/transfer set dates:MM/DD"}  # he leads there alone
    assert "may not do this" in words(await room.say(jurgen, "NVT/transfer set dates:MM/DD", at=his))
    assert "may not do this" in words(await room.say(luis, "transfer set dates:MM/DD", at=HIS))


async def test_a_line_of_two_readings_is_chosen_in_the_transfer_that_it_names(room: MeetingRoom) -> None:
    await with_actions(room)
    choice = await room.say(luis, "NVB/action accept ACT-001 and tell everybody", at=HIS)
    assert [(line.ref, line.state) for line in room.rows(HeldLine, "NVB")] == [("LIN-001", "held")]
    assert buttons(choice)["Do: action accept ACT-001"] == "action accept ACT-001"
    await room.press(luis, "line record LIN-001", at=HIS, place=choice.place)
    assert room.rows(Action, "NVB")[-1].text == "accept ACT-001 and tell everybody"
    assert room.rows(HeldLine, "NVB")[0].state == "recorded"

    asked = await room.say(luis, "action accept ACT-001 and tell everybody", at=HIS)
    assert "action accept ACT-001 and tell everybody" in words(asked)
    assert buttons(asked) == {"NVB": "NVB/line here LIN-001", "NVT": "NVT/line here LIN-001"}
    two = await room.press(luis, "NVT/line here LIN-001", at=HIS)
    assert buttons(two) == {
        "Do: action accept ACT-001": "action accept ACT-001",
        "Record it as a new text": "line record LIN-001",
    }
    await room.press(luis, "line record LIN-001", at=HIS, place=two.place)
    assert room.rows(Action)[-1].text == "accept ACT-001 and tell everybody"


async def test_the_verb_of_two_readings_keeps_its_transfer(room: MeetingRoom) -> None:
    await with_actions(room)
    choice = await room.say(luis, "action accept NVB/ACT-001 and tell everybody")
    [verb] = [says for says in buttons(choice).values() if "accept" in says]
    await room.press(luis, verb, place=choice.place)
    assert [action.state for action in room.rows(Action, "NVB")] == ["in_progress", "open"]
    assert [action.state for action in room.rows(Action)] == ["open"]


async def test_what_makes_no_sense_anywhere_is_refused_as_ever(room: MeetingRoom) -> None:
    await twice_opened(room)
    assert "I do not know “acttion”" in words(await room.say(luis, "acttion list", at=HIS))
    assert "There is no transfer QQQ" in words(await room.say(luis, "action accept QQQ/ACT-001", at=HIS))


@pytest.mark.parametrize(
    "sentence", ['transfer new "Product Z" sponsor:"A" cmo:"B" tz:Europe/Dublin', "transfer join ABCD-2345"]
)
async def test_no_transfer_lives_in_a_direct_message(room: MeetingRoom, sentence: str) -> None:
    await twice_opened(room)
    assert "in the channel" in words(await room.say(luis, sentence, at=HIS))


async def test_a_closed_transfer_is_read_by_its_name(room: MeetingRoom) -> None:
    await with_actions(room)
    await room.say(priya, 'transfer close reason:"moved to another site"', at=SECOND)
    await room.say(jurgen, "transfer agree", at=SECOND)
    assert "NVB" not in words(await room.say(luis, "mine", at=HIS))
    assert "send the certificate" in words(await room.say(luis, "NVB/action list all", at=HIS))


async def test_a_lost_account_heard_here_is_back_in_all(room: MeetingRoom) -> None:
    await twice_opened(room)
    await room.core.news.person_left(luis.identity, "deactivated")
    await room.say(luis, "mine", at=HIS)
    for transfer in ("NVT", "NVB"):
        assert luis.identity not in room.core.directories.look(transfer).lost


async def test_a_form_without_its_transfer_is_too_old(room: MeetingRoom) -> None:
    await twice_opened(room)
    turn = Turn("f1", HIS, luis, room.clock.now(), Filled("RecordAction", "{}"))
    assert "too old" in words(await room.core.hear(turn))

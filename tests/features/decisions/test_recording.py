"""Recording decisions by sentence, button and form; listing and exporting them; bad input."""

import pytest

from core.api import Card, Form, List
from core.features.actions.records import Action
from core.features.decisions.records import Decision
from core.features.questions.records import AskedQuestion
from core.kernel.access import OPERATOR
from core.kernel.ids import TransferId
from tests.meeting_room import MeetingRoom, anna, luis, marta, words

HOSTILE = '<!channel> </at> {{7*7}} ]]> &amp; #read("x") \u202etxt \x00\x1b \ud800 <b>'


async def test_a_button_opens_the_form_and_the_form_records(room: MeetingRoom) -> None:
    await room.opened()
    form = await room.press(anna, "decision")
    assert isinstance(form, Form)
    await room.fill(anna, form, delivery="form-1", text="We go with the 3-batch design")
    again = await room.fill(anna, form, delivery="form-1", text="We go with the 3-batch design")
    assert words(again) == "That is recorded already: DEC-001."
    assert [row.text for row in room.rows(Decision)] == ["We go with the 3-batch design"]


async def test_the_same_delivery_makes_one_decision(room: MeetingRoom) -> None:
    await room.opened()
    for _ in range(3):
        await room.say(anna, "decision we go with the 3-batch design", delivery="once", slash=False)
    assert [row.ref for row in room.rows(Decision)] == ["DEC-001"]
    assert len([post for post in room.posts() if post.record == "DEC-001"]) == 1


async def test_agreeing_twice_by_one_delivery_agrees_once(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(luis, "decision we go with the 3-batch design")
    await room.say(anna, "decision agree DEC-001", delivery="once")
    await room.say(anna, "decision agree DEC-001", delivery="once")
    assert len(room.rows(Decision)[0].agreed_by) == 1


async def test_a_mention_in_a_decision_stays_in_its_words(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "decision the label is signed by @p alone", p=luis)
    assert [row.text for row in room.rows(Decision)] == ["the label is signed by @Luís Gonçalves alone"]


@pytest.mark.parametrize(
    "sentence",
    ["decision agree with the report of the site", "decision list the open points", "decision object to nothing"],
)
async def test_what_begins_like_a_verb_may_be_free_text(room: MeetingRoom, sentence: str) -> None:
    await room.opened()
    await room.say(anna, sentence)
    assert [row.text for row in room.rows(Decision)] == [sentence.removeprefix("decision ")]


async def test_hostile_text_is_kept_and_shown_as_text(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, f"decision {HOSTILE}")
    await room.say(marta, 'decision object DEC-001 reason:"<!channel> {{7*7}} ]]>"')
    await room.deliver()
    shown = words(room.cards()[-1])
    assert "<!channel> </at> {{7*7}} ]]> &amp; #read" in shown
    assert "<!channel> {{7*7}} ]]>" in shown
    assert "\x00" not in room.rows(Decision)[0].text


async def test_a_decision_of_many_lines_keeps_them(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "decision three batches:\n- one in May\n- two in June")
    await room.deliver()
    assert "three batches:\n- one in May\n- two in June" in words(room.cards()[-1])


async def test_a_far_too_long_line_is_refused_and_the_longest_fits(room: MeetingRoom) -> None:
    await room.opened()
    assert "3000 are the most. Nothing was recorded." in words(await room.say(anna, "decision " + "x" * 50_000))
    assert room.rows(Decision) == []
    await room.say(anna, "decision " + "x" * 3000)
    await room.deliver()
    assert len(room.rows(Decision)[0].text) == 3000
    assert len(room.cards()[-1].summary) < 300


async def test_the_list_shows_what_waits_first_and_ten_at_a_time(room: MeetingRoom) -> None:
    await room.opened()
    assert "No decision is recorded yet" in words(await room.say(luis, "decision list"))
    for number in range(1, 13):
        await room.say(anna, f"decision number {number} of this day")
    await room.say(marta, "decision agree DEC-012")

    first = await room.say(luis, "decision list")
    assert isinstance(first, Card)
    lines = words(first).splitlines()
    assert lines[:2] == ["Decisions", "- DEC-011 number 11 of this day · waiting for Tarnbrook Manufacturing"]
    assert len(lines) == 11
    [block] = [block for block in first.blocks if isinstance(block, List)]
    assert (block.more, block.left) == ("decision list page:2", 2)

    second = words(await room.press(luis, block.more or ""))
    assert second.splitlines() == [
        "Decisions",
        "- DEC-001 number 1 of this day · waiting for Tarnbrook Manufacturing",
        "- DEC-012 number 12 of this day · agreed",
    ]
    assert "the pages are 1 to 2" in words(await room.say(luis, "decision list page:3"))
    assert "the pages are 1 to 2" in words(await room.say(luis, "decision list page:0"))
    await room.say(anna, "note the audit is in May")
    only = words(await room.say(luis, "note list page:2"))
    assert "There is no page 2: there is only one." in only


async def test_the_export_names_people(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(luis, "decision we go with the 3-batch design")
    await room.say(marta, 'decision object DEC-001 reason:"the hold time is open"')
    await room.say(anna, "decision agree DEC-001")
    directory = room.core.directories.look(TransferId("NVT"))
    with room.core.asking.reads(directory, OPERATOR) as reads:
        rows = list(room.core.registry.exporters["decisions"](reads))
    assert rows == [
        {
            "id": "DEC-001",
            "transfer": "NVT",
            "state": "proposed",
            "created_at": "2026-03-09T09:00:00.000Z",
            "created_by": "Luís Gonçalves",
            "meeting": None,
            "text": "we go with the 3-batch design",
            "by": "Luís Gonçalves",
            "agreed_by": ["Aoife Ní Bhriain"],
            "objections": [{"by": "Marta Kowalczyk", "reason": "the hold time is open"}],
        }
    ]


async def test_what_is_decided_in_a_meeting_belongs_to_it(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "decision before the meeting")
    await room.say(anna, 'meeting new "PPQ readiness review" at:"9 Mar 2026 10:00" for:60m')
    await room.say(anna, "meeting start")
    form = await room.press(luis, "decision")  # the running meeting's button
    assert isinstance(form, Form)
    await room.fill(luis, form, text="in the meeting")
    assert [row.meeting for row in room.rows(Decision)] == [None, "MTG-001"]


async def test_a_verb_that_there_is_not_makes_no_record(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "decision run PPQ-1 on line 4")
    await room.say(anna, "action send the batch record @p by Friday", p=luis)
    await room.say(anna, "question which filter is it?")
    for sentence, verb in (
        ('decision withdraw DEC-001 reason:"mistake"', "“withdraw”. It knows: agree,"),
        ("action close ACT-001", "“close”. It knows: "),
        ("question close QUE-001 reason:settled", "“close”. It knows: answer"),
    ):
        assert verb in words(await room.say(anna, sentence))
    assert [len(room.rows(kind)) for kind in (Decision, Action, AskedQuestion)] == [1, 1, 1]
    await room.say(anna, "action verify the batch record @p by Friday", p=luis)
    await room.say(anna, "action compare ACT-001 with the batch record")
    assert [row.text for row in room.rows(Action)][1:] == [
        "verify the batch record",
        "compare ACT-001 with the batch record",
    ]

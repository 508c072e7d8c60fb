"""“Capture in Tandem” at a message: its author's words become a record, by whoever picked it, once."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.api import Account, Edited, Form, Text, plain
from core.features.actions.records import Action
from core.features.decisions.records import Decision
from core.features.questions.records import AskedQuestion, Risk
from core.kernel.audit import Source
from core.kernel.picks import PickedLine
from tests.features.capture.pointing import capture, message, pick
from tests.features.capture.talking import PLEASE, named, proposal, stored, whispered
from tests.meeting_room import START, MeetingRoom, anna, jurgen, luis, marta, person, priya, stranger, tomas, words


def shown(form: Form) -> dict[str, object]:
    """What the inputs of a form show."""
    return {block.name: block.value for block in form.blocks if hasattr(block, "name")}


async def test_the_form_shows_what_the_message_was_read_as(opened: MeetingRoom) -> None:
    form = await pick(opened, luis, message(opened, tomas, PLEASE, j=jurgen))
    assert isinstance(form, Form)
    assert form.title == "Capture in Tandem"
    ids = {name: one for one, name in named(opened).items()}
    assert shown(form) == {
        "kind": ("action",),
        "text": "send the signed PPQ protocol",
        "owners": (ids["Jürgen"],),
        "due": date(2026, 3, 13),
    }
    assert "Tomáš Dvořák, Mon 9 Mar 2026 08:00 (Europe/Dublin)" in str(form.blocks[0])


async def test_it_becomes_a_record_of_its_author_by_whoever_picked_it(opened: MeetingRoom) -> None:
    line = message(opened, tomas, PLEASE, j=jurgen, at=START - timedelta(days=3))
    answer = words(await capture(opened, luis, line))
    assert "ACT-001" in answer
    [action] = opened.rows(Action)
    names = named(opened)
    assert (action.text, names[action.created_by], [names[one] for one in action.owners]) == (
        "send the signed PPQ protocol",
        "Tomáš",
        ["Jürgen"],
    )
    assert action.meeting is None
    [source] = [one for one in opened.rows_of(Source) if one.record == "ACT-001"]
    assert (source.message, source.author, source.text, source.sent_at, source.link) == (
        "1700.1",
        "slack:T1/U-tomáš",
        PLEASE,
        START - timedelta(days=3),
        "https://chat.example/1700.1",
    )
    entry = next(one for one in opened.trail() if one["record"] == "ACT-001")
    assert (entry["command"], entry["name"], entry["role"]) == ("CaptureMessage", "Luís Gonçalves", "expert")
    assert (entry["source"]["author"], entry["source"]["sha256"]) == ("slack:T1/U-tomáš", source.sha256)
    assert entry["proposed_by"].startswith("tandem ")
    assert ", rule " in entry["proposed_by"]
    assert entry["confirmed_by"] == "Luís Gonçalves"
    await opened.deliver()
    marks = [post for post in opened.posts() if post.template == "capture/marked"]
    assert [post.marks for post in marks] == ["1700.1"]


async def test_by_friday_is_the_friday_after_it_was_written(opened: MeetingRoom) -> None:
    form = await pick(opened, luis, message(opened, tomas, PLEASE, j=jurgen, at=START - timedelta(days=10)))
    assert shown(form)["due"] == date(2026, 3, 6)


async def test_in_a_running_meeting_it_is_recorded_in_that_one(talk: MeetingRoom) -> None:
    await capture(talk, marta, message(talk, tomas, "we go with three batches"), kind="decision")
    [decision] = talk.rows(Decision)
    assert not any("proposed_by" in one for one in talk.trail() if one["command"] == "CaptureMessage")
    assert (decision.meeting, decision.text) == ("MTG-001", "we go with three batches")


async def test_a_message_of_no_kind_asks_which(opened: MeetingRoom) -> None:
    form = await pick(opened, luis, message(opened, tomas, "the usual"))
    assert shown(form)["kind"] == ()
    assert shown(form)["text"] == "the usual"
    assert shown(form)["due"] is None
    before = stored(opened)
    errors = await opened.fill(luis, form, text="the usual")
    assert list(errors.fields) == ["kind"]
    assert stored(opened) == before
    await opened.fill(luis, form, kind="question", text="Who owns it?", owners=())
    assert [row.text for row in opened.rows(AskedQuestion)] == ["Who owns it?"]


async def test_several_actions_stand_whole_in_one_form(opened: MeetingRoom) -> None:
    text = "@j please send the protocol by Friday, and @l please order the filters by Friday"
    form = await pick(opened, anna, message(opened, tomas, text, j=jurgen, l=luis))
    assert shown(form)["kind"] == ("action",)
    assert len(shown(form)["owners"]) == 2
    assert "send the protocol" in str(shown(form)["text"])
    assert "order the filters" in str(shown(form)["text"])


async def test_all_that_a_message_is_marked_as_is_recorded(opened: MeetingRoom) -> None:
    """As it is when Tandem hears such a message; here whoever picks it sees first what is recorded."""
    text = "Action: @j to send the protocol by Friday\nDecision: three batches"
    line = message(opened, tomas, text, j=jurgen)
    form = await pick(opened, luis, line, "MBR-114 v4.pdf")
    assert isinstance(form, Form)
    assert shown(form) == {}
    told = [plain(block.spans) for block in form.blocks if isinstance(block, Text)]
    assert told[0].startswith("Tomáš Dvořák, Mon 9 Mar 2026 08:00")
    assert told[1:] == [
        "What you send is recorded, each by itself:",
        "Action: send the protocol [MBR-114 v4.pdf] @Jürgen Weiß by 2026-03-13",
        "Decision: three batches [MBR-114 v4.pdf]",
    ]
    assert form.says.splitlines()[1] == "decision three batches [MBR-114 v4.pdf]"
    other = await pick(opened, marta, line)
    answers = [words(await opened.fill(who, one)) for who, one in ((luis, form), (marta, other), (luis, form))]
    assert all("ACT-001" in answer and "DEC-001" in answer for answer in answers)
    [action], [decision], names = opened.rows(Action), opened.rows(Decision), named(opened)
    assert ([names[one] for one in action.owners], f"{action.due}") == (["Jürgen"], "2026-03-13")
    assert (decision.text, names[decision.created_by]) == ("three batches [MBR-114 v4.pdf]", "Tomáš")
    assert {one.text for one in opened.rows_of(Source) if one.record in ("ACT-001", "DEC-001")} == {text}
    assert {one["confirmed_by"] for one in opened.trail() if one["command"] == "CaptureAll"} == {"Luís Gonçalves"}
    assert "recorded already: ACT-001, DEC-001" in words(await pick(opened, priya, line))
    assert "Choose “Capture in Tandem” at a message" in words(await opened.say(luis, "capture all"))


@pytest.mark.parametrize(
    ("text", "who", "values", "agreed"),
    [
        ("Decision: three batches", marta, {}, ["Priya"]),
        ("Decision: three batches\nAction: @j to tell the site", marta, {}, ["Priya"]),
        ("Decision: three batches", marta, {"text": "four batches"}, []),
        ("three batches then", marta, {"kind": "decision"}, []),
        ("three batches then", priya, {"kind": "decision", "text": "four batches"}, ["Priya"]),
    ],
    ids=["as she said it", "among others", "in other words", "no decision as she said it", "her own words"],
)
async def test_to_pick_a_decision_is_not_to_agree_to_it(
    opened: MeetingRoom, text: str, who: Account, values: dict[str, str], agreed: list[str]
) -> None:
    people = {"j": jurgen} if "@j" in text else {}
    await capture(opened, who, message(opened, priya, text, **people), **values)
    [decision] = opened.rows(Decision)
    assert ([named(opened)[one["person"]] for one in decision.agreed_by], decision.state) == (agreed, "proposed")
    await opened.say(marta, "decision agree DEC-001")
    await opened.say(priya, "decision agree DEC-001")
    assert opened.rows(Decision)[0].state == "agreed"


async def test_what_is_captured_already_is_named(opened: MeetingRoom) -> None:
    line = message(opened, tomas, PLEASE, j=jurgen)
    await capture(opened, luis, line)
    before = stored(opened)
    answer = words(await pick(opened, marta, line))
    assert "This message is recorded already: ACT-001 – send the signed PPQ protocol" in answer
    assert stored(opened) == before


async def test_two_who_fill_in_a_form_for_one_message_make_one_record(opened: MeetingRoom) -> None:
    line = message(opened, tomas, "we go with three batches")
    first, second = await pick(opened, luis, line), await pick(opened, marta, line)
    filled = {"kind": "decision", "text": "three batches", "owners": ()}
    answers = await asyncio.gather(
        opened.fill(luis, first, **filled), opened.fill(marta, second, **filled), opened.fill(marta, second, **filled)
    )
    assert [row.ref for row in opened.rows(Decision)] == ["DEC-001"]
    assert all("DEC-001" in words(answer) for answer in answers)
    assert sum("recorded already" in words(answer) for answer in answers) == 2


async def test_what_was_taken_back_can_be_captured_anew(opened: MeetingRoom) -> None:
    line = message(opened, tomas, "we go with three batches")
    await capture(opened, luis, line, kind="decision")
    await opened.say(tomas, 'undo DEC-001 reason:"it was a question"')
    await capture(opened, luis, line, kind="question")
    assert [(row.ref, row.state) for row in opened.rows(Decision)] == [("DEC-001", "withdrawn")]
    assert [row.ref for row in opened.rows(AskedQuestion)] == ["QUE-001"]


async def test_it_answers_what_was_proposed_of_the_message(talk: MeetingRoom) -> None:
    await talk.talk(tomas, PLEASE, delivery="1771.5", j=jurgen)
    line = message(talk, tomas, PLEASE, number="1771.5", j=jurgen)
    await capture(talk, luis, line)
    row = proposal(talk)
    assert (row.state, row.record, named(talk)[row.settled_by or ""]) == ("confirmed", "ACT-001", "Luís")
    assert "Nothing changed now" in words(await talk.press(tomas, "proposal confirm PRP-001"))
    assert [row.ref for row in talk.rows(Action)] == ["ACT-001"]


async def test_a_tagged_line_is_recorded_already(talk: MeetingRoom) -> None:
    await talk.talk(tomas, "Action: order the filters", delivery="1771.6")
    answer = await pick(talk, luis, message(talk, tomas, "Action: order the filters", number="1771.6"))
    assert "recorded already: ACT-001" in words(answer)


async def test_files_are_noted(opened: MeetingRoom) -> None:
    form = await pick(opened, luis, message(opened, tomas, "see here"), "MBR-114 v4.pdf", "photo.png")
    assert shown(form)["text"] == "see here [MBR-114 v4.pdf, photo.png]"
    form = await pick(opened, luis, message(opened, tomas, "", number="2"), "MBR-114 v4.pdf")
    assert shown(form)["text"] == "[MBR-114 v4.pdf]"


async def test_what_cannot_be_captured_says_why_in_one_sentence(opened: MeetingRoom) -> None:
    before = stored(opened)
    for line, who, sentence in (
        (None, luis, "An app wrote this message"),
        (message(opened, tomas, "  "), luis, "There are no words in this message"),
        (message(opened, stranger, PLEASE, j=jurgen), luis, "Nobody Known does not belong to this transfer"),
        (message(opened, tomas, "[off] did we tell them?"), luis, "began this message with [off]"),
        (message(opened, tomas, PLEASE, j=jurgen), stranger, "You do not belong to this transfer yet"),
    ):
        answer = words(await pick(opened, who, line))
        assert sentence in answer, answer
    assert stored(opened) == before
    assert isinstance(await pick(opened, tomas, message(opened, tomas, "[off] did we tell them?")), Form)


async def test_where_no_transfer_lives_nothing_is_captured(opened: MeetingRoom) -> None:
    elsewhere = type(message(opened, tomas, "x").room)("slack", "T1", "C-other")
    answer = await pick(opened, luis, message(opened, tomas, "x", where=elsewhere), at=elsewhere)
    assert "No transfer lives here" in words(answer)


async def test_an_auditor_reads_and_captures_nothing(opened: MeetingRoom) -> None:
    eve = person("Eve Auditor")
    await opened.say(anna, "member add @e side:sponsor role:auditor", e=eve)
    assert "expert, lead, qa" in words(await pick(opened, eve, message(opened, tomas, "x y z")))


async def test_a_form_that_stood_open_for_a_day_is_too_old(opened: MeetingRoom) -> None:
    form = await pick(opened, luis, message(opened, tomas, "three batches"))
    opened.clock.advance(days=2)
    await pick(opened, luis, message(opened, tomas, "another", number="2"))
    answer = words(await opened.fill(luis, form, kind="decision", text="three batches"))
    assert "This form is too old. Choose “Capture in Tandem” at the message again." in answer
    assert opened.rows(Decision) == []
    assert len(opened.rows_of(PickedLine)) == 1


async def test_a_form_says_nothing_of_another_room_s_message(opened: MeetingRoom) -> None:
    form = await pick(opened, luis, message(opened, tomas, "three batches"))
    forged = replace(form, given=re.sub(r'"pick":"\w{8}', '"pick":"00000000', form.given))
    assert forged.given != form.given
    assert "too old" in words(await opened.fill(luis, forged, kind="decision", text="three batches"))
    assert opened.rows(Decision) == []


async def test_an_edited_message_is_compared_with_what_was_captured(opened: MeetingRoom) -> None:
    line = message(opened, tomas, "we go with three batches")
    await capture(opened, luis, line, kind="decision")
    await opened.core.news.source_edited(
        Edited(line.room, "1700.1", "we go with four batches", opened.clock.now(), "e1")
    )
    await opened.deliver()
    assert any("edited" in words(out.card) for out in opened.inbox.sent)


async def test_where_no_form_opens_the_sentence_says_the_same(opened: MeetingRoom) -> None:
    form = await pick(opened, luis, message(opened, tomas, PLEASE, j=jurgen))
    assert form.says == "action send the signed PPQ protocol @Jürgen Weiß by 2026-03-13"
    form = await pick(opened, luis, message(opened, tomas, "three batches"))
    assert form.says.startswith('capture "three batches" kind:')
    await opened.say(luis, "capture three batches kind:decision")
    [decision] = opened.rows(Decision)
    assert (decision.text, named(opened)[decision.created_by or ""]) == ("three batches", "Luís")


async def test_nobody_is_told_before_it_is_filled_in(opened: MeetingRoom) -> None:
    before, trail = stored(opened), opened.trail()
    await pick(opened, luis, message(opened, tomas, PLEASE, j=jurgen))
    assert {name for name, count in stored(opened).items() if count != before[name]} == {"picked_lines"}
    assert opened.trail() == trail
    await opened.deliver()
    assert whispered(opened) == []


async def test_hostile_words_stay_words(opened: MeetingRoom) -> None:
    for number, text in enumerate(("<!channel> @everyone \ud800 {{7*7}}", "a" * 6000, "\u202etxt\u202c " + "x\0" * 50)):
        form = await pick(opened, priya, message(opened, tomas, text, number=str(number)))
        answer = await opened.fill(priya, form, kind="risk", text=str(shown(form)["text"])[:3000])
        assert f"RSK-00{number + 1}" in words(answer)


@pytest.mark.parametrize("named", [True, False])
async def test_whoever_picked_a_message_takes_its_record_back(opened: MeetingRoom, named: bool) -> None:
    await opened.say(tomas, "note the pump is here")
    line = message(opened, luis, "the filters of line 4")
    await capture(opened, tomas, line, kind="risk")
    await opened.say(tomas, "undo RSK-001" if named else "undo")
    assert [row.state for row in opened.rows(Risk)] == ["withdrawn"]
    entry = opened.trail()[-1]
    assert (entry["event"], entry["name"], entry["reason"]) == ("RecordWithdrawn", "Tomáš Dvořák", "slip of the pen")
    await opened.deliver()
    told = [words(out.card) for out in opened.inbox.sent if out.address.channel == "U-luís"]
    assert "Withdrawn: RSK-001 the filters of line 4" in told[-1], "who said it hears of it"


async def test_others_are_told_who_may_take_it_back(opened: MeetingRoom) -> None:
    await capture(opened, tomas, message(opened, luis, "the filters of line 4"), kind="risk")
    answer = words(await opened.say(priya, "undo RSK-001"))
    assert "RSK-001 was said by Luís Gonçalves and recorded by Tomáš Dvořák" in answer
    await opened.say(luis, "undo RSK-001")
    assert [row.state for row in opened.rows(Risk)] == ["withdrawn"], "its author always may"


async def test_whoever_picked_it_mends_what_they_recorded(opened: MeetingRoom) -> None:
    await capture(opened, tomas, message(opened, luis, "the filters of line 4"), kind="risk")
    assert isinstance(await opened.say(tomas, "s/filters/pumps/"), Form), "they are another's words"
    await opened.say(tomas, 's/filters/pumps/ reason:"as he meant it"')
    assert [row.text for row in opened.rows(Risk)] == ["the pumps of line 4"]
    opened.clock.advance(minutes=16)
    assert isinstance(await opened.say(tomas, "undo RSK-001"), Form), "later the reason is asked for"


async def test_an_owner_who_confirmed_too_soon_takes_it_back(talk: MeetingRoom) -> None:
    await talk.talk(tomas, PLEASE, j=jurgen)
    await talk.press(jurgen, "proposal confirm PRP-001")
    await talk.say(jurgen, "undo")
    assert [row.state for row in talk.rows(Action)] == ["withdrawn"]

"""`s/old/new/`: words of one's own last record give way to others, and never where it is not plain which."""

from __future__ import annotations

from typing import Any

import pytest

from core.api import Address, Form
from core.features.actions.records import Action
from core.features.decisions.records import Decision
from core.features.questions.records import Note
from tests.features.corrections.test_correcting import corrected
from tests.meeting_room import MeetingRoom, anna, luis, marta, words


async def noted(room: MeetingRoom, text: str = "the filter of line 4 is late") -> None:
    await room.opened()
    await room.say(anna, f"note {text}")


def text_of(room: MeetingRoom) -> str:
    [note] = room.rows(Note)
    return str(note.text)


@pytest.mark.parametrize(
    ("said", "reads"),
    [
        ("s/filter/pump/", "the pump of line 4 is late"),
        ("S/filter/pump/", "the pump of line 4 is late"),
        ("s|line 4|line 3/4|", "the filter of line 3/4 is late"),
        ("s/line 4/line 5/ NOT-001", "the filter of line 5 is late"),
        ("s/line 4/line 5/ not-1 reason:it is line 5", "the filter of line 5 is late"),
        ("s/ is late//", "the filter of line 4"),
        ("s/i/1/g", "the f1lter of l1ne 4 1s late"),
        ("s/i/1/g.", "the f1lter of l1ne 4 1s late"),
        ("NVT/s/filter/pump/", "the pump of line 4 is late"),
        ('s old:"filter" new:"pump"', "the pump of line 4 is late"),
    ],
)
async def test_words_give_way_to_others(room: MeetingRoom, said: str, reads: str) -> None:
    await noted(room)
    answer = words(await room.say(anna, said))
    assert text_of(room) == reads, answer
    assert corrected(room)[0]["changes"]["text"] == ["the filter of line 4 is late", reads]


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ("s/valve/pump/", "“valve” does not stand in NOT-001, which reads: “the filter of line 4 is late”"),
        ("s/Filter/pump/", "“Filter” does not stand in NOT-001"),
        ("s/i/1/", "“i” stands 3 times in NOT-001. Say more of the words around it"),
        ("s/filter/filter/", "NOT-001 reads so already."),
        ("s/the filter of line 4 is late//", "Nothing would be left of NOT-001"),
        ("s/filter/pump", "“s/filter/pump” is not whole. This is how it is said:\ns/old/new/"),
        ("s//pump/", "is not whole"),
        ("s/filter/pump/x", "is not whole"),
        ("s/filter/pump/ and so on", "I do not know what to do with “and so on”"),
        ("s/filter/pump/ NOT-009", "There is no NOT-009 in NVT."),
        ("s/filter/pump/ MTG-001", "MTG-001 is not of a kind"),
        (f"s/filter/{'y' * 2990}/", "That would be"),
        (f"s/filter/{'y' * 3001}/", "3000 are the most"),
        (f"s/{'x' * 9000}/y/", "3000 are the most"),
    ],
)
async def test_what_is_not_plain_is_refused_and_says_what_would_be_right(
    room: MeetingRoom, said: str, says: str
) -> None:
    await noted(room)
    before = room.trail()
    assert says in words(await room.say(anna, said))
    assert room.trail() == before


@pytest.mark.parametrize(
    ("text", "said", "reads"),
    [
        ("cost is 5.00 (five)", "s/5.00 (five)/6.00 (six)/", "cost is 6.00 (six)"),
        ("a+b*c [d] ^e$", "s|a+b*c [d] ^e$|x|", "x"),
        ("it’s the supplier’s", "s/it's the/this is the/", "this is the supplier’s"),
        ("3–5 µm", "s/3-5 µm/3 to 5 µm/", "3 to 5 µm"),
        ("x \\1 y", "s/x \\1/\\g<0>/", "\\g<0> y"),
        ("a" * 2990 + "b", "s/b/c/", "a" * 2990 + "c"),
    ],
)
async def test_words_are_taken_letter_by_letter(room: MeetingRoom, text: str, said: str, reads: str) -> None:
    await noted(room, text)
    answer = words(await room.say(anna, said))
    assert text_of(room) == reads, answer


async def test_hostile_words_are_words(room: MeetingRoom) -> None:
    await noted(room)
    await room.say(anna, "s|filter|<!channel> </at> {{7*7}} ]]> &amp; <b>x</b>|")
    assert text_of(room) == "the <!channel> </at> {{7*7}} ]]> &amp; <b>x</b> of line 4 is late"
    await room.deliver()
    assert "the <!channel> </at> {{7*7}} ]]> &amp; <b>x</b> of line 4" in words(room.cards()[-1])
    refused = await room.say(anna, "s|<!here> {{1}}|x|")
    assert "“<!here> {{1}}” does not stand" in words(refused)


async def test_it_is_one_s_own_last_record_of_whatever_kind(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "note the filter is late")
    await room.say(anna, "action order a filter @p by 2026-03-20", p=luis)
    await room.say(anna, "decision we take another filter")
    await room.say(luis, "note the filter is here")
    await room.say(anna, "s/filter/pump/")
    assert [row.text for row in room.rows(Decision)] == ["we take another pump"]
    assert [row.text for row in room.rows(Note)] == ["the filter is late", "the filter is here"]
    await room.say(luis, "s/filter/pump/")
    assert [row.text for row in room.rows(Note)] == ["the filter is late", "the pump is here"]
    assert "You have made no record here yet" in words(await room.say(marta, "s/filter/pump/"))


async def test_what_is_said_in_a_company_s_own_room_is_meant_there(room: MeetingRoom) -> None:
    own = Address("slack", "T1", "C-norvane")
    await noted(room)
    await room.say(anna, "transfer room internal", at=own)
    await room.say(anna, "note the filter costs too much", at=own)
    await room.say(anna, "s/filter/pump/")
    assert [(row.ref, row.text) for row in room.rows(Note)] == [
        ("NOT-001", "the pump of line 4 is late"),
        ("NOT-S001", "the filter costs too much"),
    ]
    await room.say(anna, "s/filter/pump/", at=own)
    assert room.rows(Note)[1].text == "the pump costs too much"


async def test_later_the_reason_is_asked_for_with_the_new_text(room: MeetingRoom) -> None:
    await noted(room)
    room.clock.advance(minutes=20)
    form = await room.say(anna, "s/filter/pump/")
    assert isinstance(form, Form)
    assert form.says == 'correct NOT-001 "the pump of line 4 is late" reason:"the reason"'
    await room.fill(anna, form, record="NOT-001", text="the pump of line 4 is late", reason="it is the pump")
    [entry] = corrected(room)
    assert (entry["reason"], entry["changes"]["text"][1]) == ("it is the pump", "the pump of line 4 is late")


async def test_without_its_words_it_is_a_form(room: MeetingRoom) -> None:
    await noted(room)
    form = await room.say(anna, "s")
    assert isinstance(form, Form)
    await room.fill(anna, form, old="filter", new="pump", everywhere="", record="", reason="")
    assert text_of(room) == "the pump of line 4 is late"


async def test_only_one_s_own(room: MeetingRoom) -> None:
    await noted(room)
    refused = words(await room.say(luis, "s/filter/pump/ NOT-001 reason:it is the pump"))
    assert "NOT-001 was recorded by Aoife Ní Bhriain" in refused


@pytest.mark.parametrize("line", ["s/w update for line 4", "so/so", "status/update/done/", "/s/a/b/", "sample s/a/b/"])
async def test_what_only_looks_like_it_is_something_else(room: MeetingRoom, line: str) -> None:
    await noted(room)
    await room.say(anna, line)
    assert text_of(room) == "the filter of line 4 is late"
    assert corrected(room) == []


async def test_somebody_mentioned_in_the_words(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "note @p has the keys of room 4", p=luis)
    before = text_of(room)
    await room.say(anna, "s/@p/Marta/", p=luis)
    assert (before, text_of(room)) == ("@Luís Gonçalves has the keys of room 4", "Marta has the keys of room 4")


async def test_an_action_keeps_its_owner_and_date(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(anna, "action order a filter @p by 2026-03-20", p=luis)
    before: Any = room.rows(Action)[0]
    await room.say(anna, "s/a filter/two filters/")
    after: Any = room.rows(Action)[0]
    assert (after.text, after.owners, after.due) == ("order two filters", before.owners, before.due)

"""Somebody whose account the platform did not tell in time: nothing is made of an id that nobody is ever heard by."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core.api import Identity
from core.features.actions.records import Action
from core.features.decisions.records import Decision
from core.features.transfers.records import HeldLine
from core.kernel.transfers import PersonAccount
from tests.features.meetings.planned import started
from tests.meeting_room import MeetingRoom, anna, luis, marta, stranger, words

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

DOUBT = "Teams did not say in time who {name} is, so nothing was recorded. Say it again in a moment."
REFUSAL = DOUBT.format(name="Luís Gonçalves")
late = replace(luis, identity=Identity("teams", "T2", "29:1luis"), doubt=DOUBT)


def identities(room: MeetingRoom) -> set[str]:
    return {row.user for row in room.rows_of(PersonAccount)}


@pytest.mark.parametrize(
    "sentence",
    [
        "member add @p role:expert",
        "member same @p @q",
        'member remove @p reason:"has left"',
        "action send the batch record @p by Friday",
        "action send the batch record @q @p by Friday",
        'meeting new "PPQ readiness" at:"12 Mar 2026 14:00" for:60m chair:@p',
        "action list @p",
    ],
)
async def test_a_sentence_about_them_is_to_be_said_again(room: MeetingRoom, sentence: str) -> None:
    await room.opened()
    known = identities(room)
    mentions = {"p": late} | ({"q": marta} if "@q" in sentence else {})
    assert words(await room.say(marta, sentence, **mentions)) == REFUSAL
    assert identities(room) == known
    assert room.rows(Action) == []


async def test_a_form_stays_open(room: MeetingRoom) -> None:
    await room.opened()
    form = await room.say(marta, "member add")
    answer: Any = await room.fill(marta, form, account=(late,), role="expert")
    assert answer.fields == {"account": REFUSAL}


async def test_who_is_known_by_that_account_is_no_doubt(room: MeetingRoom) -> None:
    await room.opened()
    await room.say(marta, "action send the batch record @p by Friday", p=replace(luis, doubt=DOUBT))
    [action] = room.rows(Action)
    assert len(action.owners) == 1
    assert "ACT-001" in words(await room.say(replace(luis, doubt=DOUBT), "mine"))


@pytest.mark.parametrize("sentence", ["note the lot is late", "mine", "transfer join NVT-2345-2345", "help"])
async def test_nor_is_anything_made_of_a_speaker_who_is_not_told(room: MeetingRoom, sentence: str) -> None:
    await room.opened()
    assert words(await room.say(late, sentence)) == REFUSAL
    assert words(await room.press(late, sentence)) == REFUSAL
    assert room.rows(HeldLine) == []


async def test_talk_keeps_the_name_and_asks_for_the_owner(room: MeetingRoom) -> None:
    await started(room)
    await room.talk(anna, "Action: @p to order the filters by Monday", p=late)
    [action] = room.rows(Action)
    assert (action.owners, action.newcomers, action.confirm) == ([], None, ["owner"])
    assert action.text == "@Luís Gonçalves: order the filters"


async def test_talk_of_such_a_speaker_is_to_be_said_again_where_it_is_a_record(room: MeetingRoom) -> None:
    await started(room)
    assert await room.talk(late, "good morning") is None
    assert words(await room.talk(late, "Action: order the filters by Monday")) == REFUSAL
    assert await room.talk(stranger, "Action: order the filters by Monday") is not None
    assert [line.name for line in room.rows(HeldLine)] == [stranger.name]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("Action: @m to ask @p for @q and his filters", "ask @Luís Gonçalves for @Nobody Known and his filters"),
        ("Decision: we go with @q, and @p checks", "we go with @Nobody Known, and @Luís Gonçalves checks"),
    ],
)
async def test_a_name_that_stays_in_the_words_is_the_right_one(room: MeetingRoom, line: str, text: str) -> None:
    await started(room)
    mentions = {"p": late, "q": stranger} | ({"m": marta} if "@m" in line else {})
    await room.talk(anna, line, **mentions)
    [record] = [*room.rows(Action), *room.rows(Decision)]
    assert record.text == text

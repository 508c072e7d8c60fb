"""The shipped joint meeting, played through the real core; and scripts that cannot be played, told why."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.rehearsal.cast import load_cast
from adapters.rehearsal.guide import done, load_guide
from adapters.rehearsal.inbound import CALL
from adapters.rehearsal.play import Played, play
from adapters.rehearsal.script import JOINT_MEETING, ScriptError, read_script
from core.features.actions.records import Action
from core.features.capture.records import Proposal
from core.kernel.transfers import PersonAccount
from tests.adapters.rehearsal.stage import OPEN, Stage
from tests.meeting_room import MeetingRoom, words

SCRIPT = read_script(JOINT_MEETING.read_text(encoding="utf-8"))
TEN = '{"at": "2026-03-09T10:00:00Z", "room": "cmo", "who": "marta"'
EVE = datetime(2026, 3, 6, 8, tzinfo=UTC)
SECOND_ACT = datetime(2026, 3, 19, 14, tzinfo=UTC)
"""The meeting in which people talk, and Tandem reads."""


async def played(stage: Stage, *lines: dict[str, Any]) -> list[Played]:
    text = "\n".join(map(_json, lines))
    return [one async for one in play(stage.site, stage.clock, read_script(text))]


def _json(line: dict[str, Any]) -> str:
    return json.dumps({"at": "2026-03-09T10:00:00Z", "room": "sponsor", "who": "aoife", **line})


def test_the_shipped_meetings_are_held_by_people_of_two_companies_in_sentences_and_in_talk():
    cast = load_cast()
    speakers = {cast.named(line.who) for line in SCRIPT}
    assert len(speakers) == 7
    assert {player.side for player in speakers if player} == {"sponsor", "cmo"}
    assert len([line for line in SCRIPT if line.text and CALL.match(line.text)]) >= 40
    assert [line for line in SCRIPT if line.press]
    assert [line for line in SCRIPT if line.fill]
    assert [line for line in SCRIPT if line.text and line.text.startswith("[off]")]
    talk = [line for line in SCRIPT if line.at > SECOND_ACT and line.text and not CALL.match(line.text)]
    assert len(talk) >= 12


async def test_the_shipped_meeting_goes_through_to_its_minutes(stage: Stage):
    stage.clock.set(EVE)
    found = [one async for one in play(stage.site, stage.clock, SCRIPT)]
    refused = [f"{one.number} {one.line.text or one.line.press}: {words(one.answer)}" for one in found if one.refused]
    assert refused == []
    first = [one for one in found if one.line.at < SECOND_ACT]
    asked, ended = [words(one.answer) for one in first if one.line.text == "/tt meeting end"]
    assert "Decisions that wait for a company: DEC-004 (Tarnbrook Manufacturing)" in asked
    assert "End PPQ readiness review?" not in ended
    minutes = next(words(one.answer) for one in first[::-1] if one.line.text == "/tt minutes show")
    for said in ("DEC-003", "ACT-004", "RSK-001", "QUE-002", "NOT-001", "Priya Raghunathan", "Jürgen Weiß"):
        assert said in minutes
    assert "Tarnbrook Manufacturing: 1 of 12 verified" in minutes
    assert "- CAPA-001.1 check every requalification date" in minutes
    assert "compressor" not in minutes
    for who in ("priya", "zeynep"):
        assert "Minutes: PPQ readiness review" in stage.seen(who)
    told = stage.seen("marta", direct=True)
    assert "Due today" in told
    assert "ACT-003" in told


async def test_in_its_second_act_people_talk_and_one_press_makes_each_record(stage: Stage):
    stage.clock.set(EVE)
    found = [one async for one in play(stage.site, stage.clock, SCRIPT)]
    room = MeetingRoom(stage.core, stage.clock)
    made = [(row.kind, row.state, row.record) for row in room.rows(Proposal, "PX50")]
    assert made == [
        ("action", "confirmed", "ACT-005"),
        ("action", "confirmed", "ACT-007"),
        ("action", "confirmed", "ACT-008"),
        ("action", "confirmed", "ACT-009"),
        ("question", "confirmed", "QUE-003"),
        ("risk", "left", None),
    ]
    owners = {row.ref: [stage.site.cast.by_slug[_slug(room, one)].slug for one in row.owners] for row in
              room.rows(Action, "PX50")}  # fmt: skip
    assert owners["ACT-005"] == ["jurgen"]
    assert owners["ACT-006"] == ["luis"]
    assert owners["ACT-007"] == ["zeynep"]
    assert owners["ACT-008"] == ["jurgen", "zeynep"]
    assert owners["ACT-009"] == ["priya"]  # “Tomáš, no, Priya”
    assert next(row.state for row in room.rows(Action, "PX50") if row.ref == "ACT-001") == "done_claimed"
    minutes = words(found[-1].answer)
    assert "Not confirmed (1)" in minutes
    assert "PRP-006 risk?" in minutes
    for who in ("aoife", "luis"):
        assert "Snow again in Warsaw" in stage.seen(who)  # carried to the other room
        assert "is the sampler back" not in stage.seen("aoife")
    assert "Recorded: ACT-006" in stage.seen("luis")


def _slug(room: MeetingRoom, person: str) -> str:
    return next(row.user for row in room.rows_of(PersonAccount) if row.person == person)


async def test_what_falls_due_between_two_lines_happens_at_its_time(stage: Stage):
    stage.clock.set(EVE)
    until = [line for line in SCRIPT if line.at < datetime(2026, 3, 12, 14, tzinfo=UTC)]
    async for _ in play(stage.site, stage.clock, until):
        pass
    posts = stage.soup("priya").select(".post")
    at = {str(time["datetime"]) for post in posts for time in post.select(".who time")}
    assert "2026-03-09T14:00:00+00:00" in at
    assert "2026-03-12T13:00:00+00:00" in at


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "line 1: "),
        ('{"at": "2026-03-09T10:00:00", "room": "cmo", "who": "marta", "text": "a"}', "needs its zone"),
        ('{"at": "2026-03-09T10:00:00Z", "room": "ours", "who": "marta", "text": "a"}', "sponsor or cmo"),
        ('{"at": "2026-03-09T10:00:00Z", "room": "cmo", "who": "marta"}', "one of text, press and fill"),
        ('{"at": "2026-03-09T10:00:00Z", "room": "cmo", "who": "marta", "text": "a", "press": "b"}', "one of text"),
        (f'{TEN}, "text": "a"}}\n\n{TEN.replace("T10", "T09")}, "text": "a"}}', "line 3: it is before"),
    ],
)
def test_a_script_that_cannot_be_read_says_where_and_why(text: str, says: str):
    with pytest.raises(ScriptError, match=says):
        read_script(text)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ({"who": "nobody", "text": "hello"}, "nobody of the cast is called 'nobody': there are aoife"),
        ({"press": "Accept"}, "sees no button 'Accept'"),
        ({"fill": {"text": "x"}}, "has no form open"),
    ],
)
async def test_a_line_that_cannot_be_played_says_why(stage: Stage, line: dict[str, Any], says: str):
    with pytest.raises(ScriptError, match=says):
        await played(stage, {"text": OPEN}, line)


async def test_people_can_be_named_in_full_and_forms_filled_in(stage: Stage):
    found = await played(
        stage,
        {"text": OPEN, "who": "Aoife Ní Bhriain"},
        {"text": "/tt member add", "who": "@Aoife"},
        {"fill": {"account": "@Marta Kowalczyk", "side": "cmo", "role": "lead"}},
    )
    assert "Marta Kowalczyk" in words(found[-1].answer)
    with pytest.raises(ScriptError, match="no input 'when': it has account"):
        await played(stage, {"text": "/tt member add", "at": "2026-03-09T11:00:00Z"},
                     {"fill": {"when": "now"}, "at": "2026-03-09T11:00:00Z"})  # fmt: skip


def test_each_sentence_of_the_guide_ticks_off_its_own_step():
    steps = load_guide()
    for at in range(len(steps)):
        left = {step.leaves for step in steps[: at + 1]}
        said = [step.says for step in steps[: at + 1]]
        assert done(steps, said, left.__contains__) == [n <= at for n in range(len(steps))]
    said = ["/tt action done ACT-001", "actionable", "meeting", "/tt decision object DEC-001", "/tt action list"]
    assert done(steps, said, lambda _: False) == [False] * len(steps)


def test_the_guide_is_not_done_before_there_are_minutes_however_often_the_end_is_asked_for():
    steps = load_guide()
    assert done(steps, ["/tt meeting end"] * 3, lambda _: False).count(True) == 1
    assert done(steps, ["meeting end MTG-001 anyway"], "minutes open".__eq__)[-2:] == [True, True]


async def test_the_guides_sentences_hold_a_meeting(stage: Stage):
    """All that the page offers works, said in its order."""
    for at in range(len(load_guide())):
        step = (await (await stage.client.get("/rehearsal/state")).json())["guide"][at]
        answer = await stage.say(step["who"], step["says"])
        await stage.settled()
        assert answer == {}, step
        assert len(stage.site.rooms.taken(1)) == 1 + next(
            at for at, one in enumerate(load_guide()) if one.title == step["title"]
        ), f"{step['says']}: {stage.seen(step['who'])[-300:]}"
        stage.clock.advance(minutes=3)

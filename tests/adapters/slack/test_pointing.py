"""The shortcut at a message and the reactions below it, as Slack sends them."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.api import Address, Form, Notice, Picked, Plain, Reacted, StoreDown, Text, TextInput, Tone
from core.features.actions.records import Action
from core.features.capture.records import Proposal
from tests.adapters.slack.desk import desk_at, in_full_swing
from tests.adapters.slack.listening import AOIFE, BEN, JOINT, MARTA
from tests.tools.slack_double import BOT, TEAM, Channel, error, hang, rate_limited
from tests.tools.slack_forms import filled_values

PAYLOADS = Path(__file__).parents[4] / "shared" / "data" / "payloads" / "slack"
TS = "1767224888.280449"
MESSAGE = {"user": BEN, "text": f"<@{MARTA}> please send the protocol by Friday &amp; tell us", "ts": TS}
FORM = Form("Capture in Tandem", (TextInput("text", "Text"),), "Record", "CaptureMessage", "{}", "action …")
NO = Notice(Tone.BAD, (Text((Plain("An app wrote this message."),)),))


async def test_the_shortcut_tells_who_picked_what(office):
    files = [{"id": "F1", "name": "MBR-114 v4.pdf"}, {"id": "F2", "name": None, "title": "photo"}, {"id": "F3"}]
    office.core.answer = FORM
    message = {**MESSAGE, "thread_ts": "1767224800.1", "files": files}
    assert await office.send.shortcut(message, AOIFE, JOINT) == (200, "")
    picked = office.core.turns[0]
    assert isinstance(picked, Picked)
    assert (picked.by.name, picked.room, picked.files) == (
        "Aoife Ní Bhriain",
        Address("slack", TEAM, JOINT),
        ("MBR-114 v4.pdf", "photo"),
    )
    line = picked.line
    assert (line.account.name, line.thread, line.delivery) == (
        "Ben Carter",
        "1767224800.1",
        f"slack:{TEAM}/{JOINT}/{TS}",
    )
    assert line.at == datetime(2025, 12, 31, 23, 48, 8, 280000, tzinfo=UTC)
    assert (line.act.captured, line.act.message, line.act.called) == (MESSAGE["text"], TS, False)
    assert line.act.text.endswith("please send the protocol by Friday & tell us")
    assert [one.name for one in line.act.mentions] == ["Marta Kowalczyk"]
    assert line.act.link.startswith(f"https://norvane.slack.com/archives/{JOINT}/p1767224888280449")
    [view] = office.slack.views
    metadata = json.loads(view["private_metadata"])
    assert (metadata["channel"], metadata["thread"]) == (JOINT, "1767224800.1")


@pytest.mark.parametrize(
    "more",
    [
        {"bot_id": "B0OTHER"},
        {"user": BOT, "bot_id": "B0TANDEM"},
        {"user": None},
        {"subtype": "channel_join"},
        {"subtype": "bot_message", "bot_id": "B0OTHER", "user": None},
    ],
)
async def test_what_no_person_wrote_is_picked_as_such_and_the_answer_is_whispered(office, more):
    office.core.answer = NO
    await office.send.shortcut({**MESSAGE, **more}, AOIFE, JOINT, response_url=office.slack.response_url)
    await office.adapter.idle()
    assert office.core.turns[0].line is None
    assert "An app wrote this message." in json.dumps(office.slack.responses)
    assert office.slack.views == []


async def test_where_the_trigger_is_gone_the_sentence_is_told(office):
    office.core.answer = FORM
    office.slack.fails("views.open", error("expired_trigger_id"))
    await office.send.shortcut(MESSAGE, AOIFE, JOINT, response_url=office.slack.response_url)
    await office.adapter.idle()
    assert "Say it whole:" in json.dumps(office.slack.responses)


@pytest.mark.usefixtures("hurried")
async def test_names_that_slack_does_not_tell_are_waited_for_together(office):
    office.core.answer = FORM
    office.slack.fails("users.info", hang, hang, hang)
    before = asyncio.get_running_loop().time()
    await office.send.shortcut(MESSAGE, AOIFE, JOINT)
    assert asyncio.get_running_loop().time() - before < 2.5
    assert len(office.slack.views) == 1


async def test_with_the_store_down_the_shortcut_fails_and_slack_says_so(office):
    office.core.answer = StoreDown("x")
    assert (await office.send.shortcut(MESSAGE, AOIFE, JOINT))[0] == 503


def standing(office, name="pushpin", user=AOIFE, **more):
    """The message in the channel, with a reaction below it."""
    reactions = [{"name": name, "users": [user], "count": 1}]
    office.slack.channels[JOINT].messages.append({**MESSAGE, "reactions": reactions, **more})
    office.core.reacting.add(JOINT)


@pytest.mark.parametrize("thread", [{}, {"thread_ts": "1767224800.1"}])
async def test_a_reaction_tells_what_stands_below_which_message(office, thread):
    standing(office, **thread)
    assert (await office.send.reaction("pushpin", AOIFE, JOINT, TS))[0] == 200
    [reacted] = office.core.turns
    assert isinstance(reacted, Reacted)
    assert (reacted.emoji, reacted.message, reacted.gone, reacted.by.name) == ("📌", TS, False, "Aoife Ní Bhriain")
    assert (reacted.line.account.name, reacted.line.act.captured) == ("Ben Carter", MESSAGE["text"])


async def test_one_that_is_taken_away_needs_no_words(office):
    office.core.reacting.add(JOINT)
    await office.send.reaction("white_check_mark", AOIFE, JOINT, TS, type="reaction_removed")
    [reacted] = office.core.turns
    assert (reacted.emoji, reacted.gone, reacted.line) == ("✅", True, None)
    assert office.slack.called("conversations.history") == []


async def test_where_reactions_are_not_read_one_that_is_taken_away_is_asked_about_by_its_message(office):
    office.core.waiting.add(TS)
    await office.send.reaction("pushpin", AOIFE, JOINT, TS)
    await office.send.reaction("pushpin", AOIFE, JOINT, "1767224999.1", type="reaction_removed")
    assert office.core.turns == []
    await office.send.reaction("pushpin", AOIFE, JOINT, TS, type="reaction_removed")
    assert (office.core.turn.emoji, office.core.turn.gone) == ("📌", True)


async def test_it_is_heard_once_however_often_it_is_delivered(office):
    standing(office)
    again = {"event_ts": "1767224900.1"}
    await asyncio.gather(*(office.send.reaction("pushpin", AOIFE, JOINT, TS, **again) for _ in range(3)))
    assert len(office.core.turns) == 1


async def test_what_is_nothing_to_tandem_asks_slack_nothing(office):
    standing(office)
    await office.send.reaction("tada", AOIFE, JOINT, TS)
    await office.send.reaction("pushpin", BOT, JOINT, TS)
    await office.send.reaction("pushpin", AOIFE, "C02OTHER", TS)
    await office.send.reaction("pushpin", AOIFE, JOINT, TS, item={"type": "file", "file": "F1"})
    assert (office.core.turns, office.slack.called("conversations.history")) == ([], [])


async def test_what_is_gone_meanwhile_proposes_nothing(office):
    office.core.reacting.add(JOINT)
    await office.send.reaction("pushpin", AOIFE, JOINT, TS)  # the message was deleted
    standing(office, name="tada")
    await office.send.reaction("pushpin", AOIFE, JOINT, TS)  # the reaction was taken away
    office.slack.channels[JOINT].messages.clear()
    standing(office, user=MARTA)
    await office.send.reaction("pushpin", AOIFE, JOINT, TS)  # only hers was
    office.slack.channels[JOINT].messages.clear()
    standing(office, bot_id="B0OTHER")
    await office.send.reaction("pushpin", AOIFE, JOINT, TS)  # of an app
    assert office.core.turns == []


async def test_while_slack_does_not_tell_the_message_the_event_comes_again(office):
    standing(office)
    again = {"event_ts": "1767224900.1"}
    office.slack.fails("conversations.history", rate_limited(1))
    assert (await office.send.reaction("pushpin", AOIFE, JOINT, TS, **again))[0] == 503
    office.slack.fails("conversations.history", error("channel_not_found"))
    assert (await office.send.reaction("pushpin", AOIFE, JOINT, TS, event_ts="1767224900.2"))[0] == 200
    assert office.core.turns == []
    assert (await office.send.reaction("pushpin", AOIFE, JOINT, TS, **again))[0] == 200
    assert len(office.core.turns) == 1


async def test_a_recorded_reaction_is_taken(office):
    file = PAYLOADS / "chatsdk_actions_reactions_slack_reaction.json"
    if not file.exists():
        pytest.skip("the recorded payloads are not here")
    payload = json.loads(file.read_text())
    assert (await office.send.post(json.dumps(payload).encode(), "application/json"))[0] == 200
    assert office.core.turns == []
    event = {**payload["event"], "reaction": "pushpin"}
    channel, ts = event["item"]["channel"], event["item"]["ts"]
    office.slack.channels[channel] = Channel("recorded", messages=[{
        **MESSAGE, "ts": ts, "reactions": [{"name": "pushpin", "users": [event["user"]], "count": 1}],
    }])  # fmt: skip
    office.core.reacting.add(channel)
    await office.send.post(json.dumps({**payload, "event": event}).encode(), "application/json")
    assert office.core.turns[0].message == ts


async def test_an_old_message_becomes_a_record_by_its_form(sqlite_url):
    async with desk_at(sqlite_url) as desk:
        message = {"user": BEN, "text": f"<@{MARTA}> please send the signed protocol by Friday.", "ts": TS}
        for _ in range(2):
            assert (await desk.send.shortcut(message, AOIFE, JOINT))[0] == 200
        view = desk.slack.views[-1]
        assert view["title"]["text"] == "Capture in Tandem"
        shown = {block["label"]["text"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
        assert shown["What it is"]["initial_option"]["value"] == "action"
        assert shown["By when"]["initial_date"] == "2026-01-02"
        values = filled_values(view, {"By when": "2026-03-13"})
        who = {"id": AOIFE, "name": "aoife", "team_id": TEAM}
        sent = {"type": "view_submission", "user": who, "view": {**view, "state": {"values": values}}}
        assert (await desk.send.interaction(sent))[0] == 200
        await desk.deliver()
        [action] = desk.store.rows(Action)
        assert (action.text, str(action.due)) == ("send the signed protocol", "2026-03-13")
        assert "ACT-001" in json.dumps(desk.slack.whispers)
        assert (JOINT, TS, "white_check_mark") in desk.slack.reactions
        await desk.send.shortcut(message, MARTA, JOINT, response_url=desk.slack.response_url)
        await desk.adapter.idle()
        assert "recorded already: ACT-001" in json.dumps(desk.slack.responses)
        desk.chains()


@pytest.mark.parametrize("off", ["", "room", "meaning"])
async def test_a_reaction_proposes_and_takes_it_back(sqlite_url, off, monkeypatch):
    async with desk_at(sqlite_url) as desk:
        await in_full_swing(desk)
        message = {"user": BEN, "text": "the second compressor is late again", "ts": TS}
        message["reactions"] = [{"name": "warning", "users": [MARTA], "count": 1}]
        desk.slack.channels[JOINT].messages.append(message)
        await desk.send.reaction("warning", MARTA, JOINT, TS, event_ts="1767224900.0")
        assert desk.store.rows(Proposal) == []
        assert "⚠️ risk" in await desk.told("listen reactions:on")
        await desk.send.reaction("warning", MARTA, JOINT, TS, event_ts="1767224900.1")
        await desk.deliver()
        assert {one["user"] for one in desk.slack.whispers if "PRP-001" in json.dumps(one)} == {BEN, AOIFE}
        if off == "room":
            assert "PRP-001 was proposed by a reaction here" in await desk.told("listen reactions:off")
        elif off == "meaning":
            monkeypatch.setattr("core.reacting.MEANS", {"✅": "decision"})
        await desk.send.reaction("warning", MARTA, JOINT, TS, type="reaction_removed", event_ts="1767224900.2")
        await desk.deliver()
        assert [(row.kind, row.state) for row in desk.store.rows(Proposal)] == [("risk", "withdrawn")]
        desk.chains()

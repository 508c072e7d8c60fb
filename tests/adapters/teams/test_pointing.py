"""The action in a message's menu and the reactions below it, as Teams sends them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from core.api import MENTION, Form, FormErrors, Notice, Picked, Plain, Reacted, StoreDown, Text, TextInput, Tone
from core.features.actions.records import Action
from core.features.capture.records import Proposal
from tests.adapters.teams.listening import ALONE, CHANNEL, Office, guest, luis, marta
from tests.adapters.teams.test_talk import Desk, desk  # noqa: F401 - a fixture
from tests.tools.bot_connector import BOT, TENANT, Conversation
from tests.tools.bot_tokens import APP

PAYLOADS = Path(__file__).parents[4] / "shared" / "data" / "payloads" / "teams"
WORDS = f'<p><at id="0">{luis.name}</at>&nbsp;please send the <b>signed</b> protocol by Friday.</p>'
FORM = Form("Capture in Tandem", (TextInput("text", "Text", required=True),), "Record", "CaptureMessage", "{}", "x")
NO = Notice(Tone.BAD, (Text((Plain("An app wrote this message."),)),))


def message(**more: Any) -> dict[str, Any]:
    """A message as Teams describes it to whoever acts on it."""
    return {
        "id": "1767224888280",
        "replyToId": None,
        "createdDateTime": "2026-01-01T00:28:08.28Z",
        "from": {"user": {"id": guest.user.upper(), "displayName": guest.name, "userIdentityType": "aadUser"}},
        "body": {"contentType": "html", "content": WORDS},
        "mentions": [
            {
                "id": 0,
                "mentionText": luis.name,
                "mentioned": {"user": {"id": luis.user, "displayName": luis.name, "userIdentityType": "aadUser"}},
            }
        ],
        "attachments": [],
        "linkToMessage": "https://teams.microsoft.com/l/message/19:x/1767224888280",
        **more,
    }


async def test_the_action_tells_who_picked_what_and_opens_a_dialog(office: Office) -> None:
    office.core.answer = FORM
    files = [
        {"contentType": "reference", "name": "MBR-114 v4.pdf", "contentUrl": "https://x.example/a"},
        {"contentType": "messageReference", "id": "1", "name": "no file"},
    ]
    status, reply = await office.send.capture(message(attachments=files), marta, CHANNEL)
    assert status == 200
    assert reply["task"]["type"] == "continue"
    assert reply["task"]["value"]["title"] == "Capture in Tandem"
    [picked] = office.core.turns
    assert isinstance(picked, Picked)
    assert (picked.by.name, picked.room.channel, picked.files) == (marta.name, CHANNEL, ("MBR-114 v4.pdf",))
    line = picked.line
    assert line is not None
    assert (line.account.name, line.account.identity.user) == (guest.name, guest.user)
    assert (line.delivery, line.at) == (
        f"teams:{TENANT}/{CHANNEL}/1767224888280",
        datetime(2026, 1, 1, 0, 28, 8, 280000, tzinfo=UTC),
    )
    assert line.act.text == f"{MENTION} please send the signed protocol by Friday."
    assert [one.identity.user for one in line.act.mentions] == [luis.user]
    assert (line.act.captured, line.act.link) == (WORDS, "https://teams.microsoft.com/l/message/19:x/1767224888280")
    assert line.thread is None


async def test_a_reply_says_which_thread_it_stands_in(office: Office) -> None:
    await office.send.capture(message(replyToId="1767224000000"), marta, CHANNEL)
    assert office.core.turns[0].line.thread == "1767224000000"


@pytest.mark.parametrize(
    "more",
    [
        {"from": {"application": {"id": APP, "displayName": "Tandem", "applicationIdentityType": "bot"}}},
        {"from": None},
        {"from": "nobody"},
        {"messageType": "systemEventMessage"},
        {"id": ""},
    ],
)
async def test_what_no_person_wrote_is_picked_as_such(office: Office, more: dict[str, Any]) -> None:
    office.core.answer = NO
    _, reply = await office.send.capture(message(**more), marta, CHANNEL)
    assert office.core.turns[0].line is None
    assert reply["task"]["type"] == "message"
    assert reply["task"]["value"].endswith("An app wrote this message.")


@pytest.mark.parametrize(
    "value", [None, {}, {"messagePayload": []}, {"messagePayload": {"id": 7, "from": {"user": {"id": 3}}, "body": "x"}}]
)
async def test_a_strange_message_breaks_nothing(office: Office, value: Any) -> None:
    status, _ = await office.send.activity("invoke", marta, CHANNEL, name="composeExtension/fetchTask", value=value)
    assert status == 200


async def test_a_mention_of_tandem_in_it_is_no_word_of_the_message(office: Office) -> None:
    tandem = {"id": 0, "mentionText": "Tandem", "mentioned": {"application": {"id": APP, "displayName": "Tandem"}}}
    body = {"contentType": "html", "content": '<at id="0">Tandem</at> action send it'}
    await office.send.capture(message(body=body, mentions=[tandem]), marta, CHANNEL)
    assert office.core.turns[0].line.act.text == "action send it"


async def test_what_is_wrong_stays_in_the_dialog(office: Office) -> None:
    office.core.answer = FORM
    _, reply = await office.send.capture(message(), marta, CHANNEL)
    card = reply["task"]["value"]["card"]["content"]
    data = card["body"][-1]["actions"][0]["data"]
    office.core.answer = FormErrors({"text": "Say more."}, FORM)
    _, reply = await office.send.capture(message(), marta, CHANNEL, data={**data, "text": "x"})
    assert "Say more." in json.dumps(reply["task"]["value"])
    office.core.answer = Notice(Tone.GOOD, (Text((Plain("Recorded: ACT-001"),)),))
    _, reply = await office.send.capture(message(), marta, CHANNEL, data={**data, "text": "x"})
    assert reply["task"]["type"] == "message"
    assert "Recorded: ACT-001" in reply["task"]["value"]


async def test_a_message_of_two_people_alone_changes_no_way_to_them(office: Office) -> None:
    await office.line("@Tandem help", marta, ALONE)
    known = dict(office.core.ways)
    office.teams.conversations["19:a_b@unq.gbl.spaces"] = Conversation("personal", members=[marta, luis])
    await office.send.capture(message(), marta, "19:a_b@unq.gbl.spaces")
    assert office.core.ways == known


async def test_with_the_store_down_it_is_to_come_again(office: Office) -> None:
    office.core.answer = StoreDown("x")
    assert (await office.send.capture(message(), marta, CHANNEL))[0] == 503


async def reaction(office: Office, kind: str, who: Any = marta, name: str = "reactionsAdded", **more: Any) -> int:
    status, _ = await office.send.activity("messageReaction", who, CHANNEL, **{name: [{"type": kind}]}, **more)
    return status


async def test_a_reaction_tells_what_was_put_below_which_message(office: Office) -> None:
    office.core.reacting.add(CHANNEL)
    assert await reaction(office, "1f4cc_pushpin", replyToId="1700") == 200
    await reaction(office, "26a0_warning", name="reactionsRemoved", replyToId="1700")
    first, second = office.core.turns
    assert isinstance(first, Reacted)
    assert (first.emoji, first.message, first.gone, first.line, first.by.name) == (
        "📌",
        "1700",
        False,
        None,
        marta.name,
    )
    assert (second.emoji, second.gone) == ("⚠", True)
    assert first.delivery != second.delivery
    assert len(first.delivery) <= 200


async def test_what_is_nothing_to_tandem_is_left_alone(office: Office) -> None:
    await reaction(office, "1f4cc_pushpin", replyToId="1700")  # where nobody wants it
    office.core.reacting.add(CHANNEL)
    await reaction(office, "1f4cc_pushpin")
    await reaction(office, "1f4cc_pushpin", replyToId="1700", **{"from": {"id": BOT, "name": "Tandem"}})
    await office.send.activity("messageReaction", marta, CHANNEL, reactionsAdded="x", replyToId="1700")
    await office.send.activity("messageReaction", marta, CHANNEL, reactionsAdded=[{"type": 3}, 7], replyToId="1700")
    assert office.core.turns == []
    await reaction(office, "like", replyToId="1700")
    assert office.core.turns[0].emoji == "like"


async def test_where_reactions_are_not_read_one_that_is_taken_away_is_asked_about_by_its_message(
    office: Office,
) -> None:
    office.core.waiting.add("1700")
    await reaction(office, "1f4cc_pushpin", replyToId="1700")
    await reaction(office, "1f4cc_pushpin", name="reactionsRemoved", replyToId="1799")
    assert office.core.turns == []
    await reaction(office, "1f4cc_pushpin", name="reactionsRemoved", replyToId="1700")
    assert (office.core.turn.emoji, office.core.turn.gone) == ("📌", True)


async def test_a_recorded_reaction_is_taken(office: Office) -> None:
    file = PAYLOADS / "chatsdk_actions_reactions_teams_reaction.json"
    if not file.exists():
        pytest.skip("the recorded payloads are not here")
    activity = json.loads(file.read_text())
    office.core.reacting.add(CHANNEL)
    activity["conversation"] |= {"tenantId": TENANT, "id": f"{CHANNEL};messageid=1767326091220"}
    activity["channelData"] |= {"tenant": {"id": TENANT}, "channel": {"id": CHANNEL}}
    activity |= {"serviceUrl": office.teams.service_url, "recipient": {"id": BOT, "name": "Tandem"}}
    assert (await office.send.post(activity))[0] == 200
    [reacted] = office.core.turns
    assert (reacted.emoji, reacted.message, reacted.gone) == ("like", "1767326111492", False)


async def test_an_old_message_becomes_a_record_by_its_dialog(desk: Desk) -> None:  # noqa: F811
    send = desk.office.send
    _, reply = await send.capture(message(), marta, CHANNEL)
    card = reply["task"]["value"]["card"]["content"]
    drawn = json.dumps(card, ensure_ascii=False)
    assert f"{guest.name}, Thu 1 Jan 2026 00:28 (Europe/Dublin)" in drawn
    inputs = {one["id"]: one for one in card["body"] if "id" in one}
    assert (inputs["kind"]["value"], inputs["text"]["value"], inputs["due"]["value"]) == (
        "action",
        "send the signed protocol",
        "2026-01-02",
    )
    data = card["body"][-1]["actions"][0]["data"]
    filled = {name: one.get("value", "") for name, one in inputs.items()} | {"due": "2026-03-20"}
    for _ in range(3):
        _, reply = await send.capture(message(), marta, CHANNEL, data={**data, **filled})
        assert "ACT-001" in json.dumps(reply), reply
    await desk.deliver()
    [action] = desk.store.rows(Action)
    assert (action.text, str(action.due)) == ("send the signed protocol", "2026-03-20")
    _, reply = await send.capture(message(), luis, CHANNEL)
    assert "This message is recorded already: ACT-001" in reply["task"]["value"]


@pytest.mark.parametrize("off", ["", "room", "meaning"])
async def test_a_reaction_to_what_was_said_in_the_meeting_proposes_and_takes_it_back(
    desk: Desk,  # noqa: F811
    off: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await desk.office.line("@Tandem listen reactions:on", marta)
    await desk.office.line("the second compressor", guest, id="1700")
    assert desk.store.rows(Proposal) == []
    await reaction(desk.office, "26a0_warning", luis, replyToId="1700")
    await desk.deliver()
    [card] = desk.below("1700")
    drawn = json.dumps(card["attachments"][0]["content"], ensure_ascii=False)
    assert "Record this risk?" in drawn
    if off == "room":
        await desk.office.line("@Tandem listen reactions:off", marta)
    elif off == "meaning":
        monkeypatch.setattr("core.reacting.MEANS", {"✅": "decision"})
    await reaction(desk.office, "26a0_warning", luis, name="reactionsRemoved", replyToId="1700")
    await desk.deliver()
    [card] = desk.below("1700")
    assert "the reaction was taken away" in json.dumps(card["attachments"][0]["content"])
    assert [(row.kind, row.state) for row in desk.store.rows(Proposal)] == [("risk", "withdrawn")]


async def test_what_was_said_before_the_meeting_can_be_reacted_to_where_the_room_wants_reactions(desk: Desk) -> None:  # noqa: F811
    await desk.office.line("@Tandem listen reactions:on", marta)
    await desk.office.line("@Tandem meeting end", marta)
    await desk.office.line("the second compressor", guest, id="1700")
    await reaction(desk.office, "26a0_warning", luis, replyToId="1700")
    assert [(row.kind, row.text) for row in desk.store.rows(Proposal)] == [("risk", "the second compressor")]


async def test_whoever_reacts_to_an_old_message_reads_in_their_own_chat_how_it_is_captured(desk: Desk) -> None:  # noqa: F811
    await desk.office.line("@Tandem listen reactions:on", marta)
    await desk.deliver()
    before = len(desk.office.teams.conversations[CHANNEL].messages)
    await reaction(desk.office, "1f4cc_pushpin", marta, replyToId="1600")
    await desk.deliver()
    assert len(desk.office.teams.conversations[CHANNEL].messages) == before
    [told] = [
        drawn
        for name, one in desk.office.teams.conversations.items()
        if name != CHANNEL
        for message in one.messages
        if "that you put 📌 below" in (drawn := json.dumps(message, ensure_ascii=False))
    ]
    assert "Capture in Tandem" in told

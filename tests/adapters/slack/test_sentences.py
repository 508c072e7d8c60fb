"""Slash commands, mentions and messages: heard once, answered to the speaker."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.slack.people import LATE, NOBODY
from core.api import MENTION, Address, Card, Form, Identity, Notice, Place, Plain, Text, TextInput, Tone
from tests.adapters.slack.listening import AOIFE, BEN, CMO, JOINT, MARTA
from tests.tools.block_kit import problems
from tests.tools.slack_double import BOT, TEAM, Channel, error, hang, rate_limited

PAYLOADS = Path(__file__).parents[4] / "shared" / "data" / "payloads" / "slack"
RECORDED = Notice(Tone.GOOD, (Text((Plain("Recorded ACT-001."),)),))
FORM = Form(
    "Action", (TextInput("text", "What"),), "Record", "RecordAction", "{}", 'action "…" @p by …', place=Place("NVT")
)


def recorded(name: str):
    file = PAYLOADS / name
    if not file.exists():
        pytest.skip("the recorded payloads are not here")
    return json.loads(file.read_text())


async def test_a_command_is_answered_by_its_own_reply(office):
    office.core.answer = RECORDED
    text = "action send &lt;it&gt; <@U05BEN|ben>"
    status, reply = await office.send.command(text, AOIFE, JOINT, trigger_id="13.37.x")
    assert (status, reply["response_type"], reply["text"]) == (200, "ephemeral", "Recorded ACT-001.")
    assert problems(reply) == []
    turn = office.turn
    assert turn.delivery == f"slack:{TEAM}/command/13.37.x"
    assert turn.room == Address("slack", TEAM, JOINT)
    assert (turn.account.identity, turn.account.name) == (Identity("slack", TEAM, AOIFE), "Aoife Ní Bhriain")
    assert turn.account.zone == "Europe/Dublin"
    assert turn.act.text == f"action send <it> {MENTION}"
    assert [account.name for account in turn.act.mentions] == ["Ben Carter"]
    assert turn.act.captured == text
    assert (turn.act.message, turn.act.link, turn.thread, turn.room_name) == (None, None, None, "joint")


@pytest.mark.parametrize("text", ["note the payload of the lorry", "note payload={} & payload=7", "payload", "{x"])
async def test_a_command_may_speak_of_a_payload(office, text):
    assert (await office.send.command(text, AOIFE, JOINT))[0] == 200
    assert office.turn.act.text == text


@pytest.mark.parametrize("text", ["q+", "q-", "q+ to ask about A+B", "vote MOT-001 yes"])
async def test_a_sign_arrives_as_it_was_typed(office, text):
    assert (await office.send.command(text, AOIFE, JOINT))[0] == 200
    assert office.turn.act.text == text


@pytest.mark.parametrize("answer", [None, Card("ACT-001", (Text((Plain("Recorded."),)),))], ids=["nothing", "a card"])
async def test_a_command_may_be_answered_by_a_card_or_nothing(office, answer):
    office.core.answer = answer
    status, reply = await office.send.command("mine", AOIFE, JOINT)
    assert status == 200
    assert reply == "" if answer is None else (reply["text"] == "ACT-001" and problems(reply) == [])


async def test_people_of_the_other_company_have_their_own_tenant(office):
    await office.send.command("action check <@U06MARTA|marta>", AOIFE, JOINT)
    assert office.turn.act.mentions[0].identity == Identity("slack", CMO, MARTA)
    assert office.turn.room.tenant == TEAM


async def test_people_are_asked_for_once(office):
    await office.send.command("action check <@U05BEN> <@U05BEN>", AOIFE, JOINT)
    await office.send.command("action check <@U05BEN>", AOIFE, JOINT)
    assert sorted(asked["user"] for asked in office.slack.called("users.info")) == sorted([AOIFE, BEN])


@pytest.mark.usefixtures("hurried")
async def test_names_that_slack_does_not_tell_in_time_are_those_of_the_payload(office):
    office.slack.fails("users.info", hang, rate_limited(30), error("user_not_found"))
    began = asyncio.get_running_loop().time()
    await office.send.command("action check <@U05BEN|ben> <@U09NEW>", AOIFE, JOINT)
    assert asyncio.get_running_loop().time() - began < 2
    assert office.turn.account.name == AOIFE.lower()
    assert [account.name for account in office.turn.act.mentions] == ["ben", "U09NEW"]
    assert office.turn.act.mentions[0].identity == Identity("slack", TEAM, BEN)
    assert [account.doubt for account in (office.turn.account, *office.turn.act.mentions)] == ["", LATE, NOBODY]


async def test_two_hundred_mentions_do_not_ask_two_hundred_times(office):
    await office.send.command(" ".join(f"<@U9{number:03}|p{number}>" for number in range(200)), AOIFE, JOINT)
    assert len(office.turn.act.mentions) == 200
    assert len(office.slack.called("users.info")) <= 20


async def test_a_form_opens_at_once(office):
    office.core.answer = FORM
    assert await office.send.command("action", AOIFE, JOINT, trigger_id="13.37.x") == (200, "")
    [asked] = office.slack.called("views.open")
    assert asked["trigger_id"] == "13.37.x"
    assert json.loads(office.slack.views[0]["private_metadata"])["channel"] == JOINT


@pytest.mark.parametrize("fault", [error("expired_trigger_id"), hang, rate_limited(5)], ids=["late", "hangs", "busy"])
async def test_a_form_that_cannot_be_opened_is_a_sentence_to_type(office, fault):
    office.core.answer = FORM
    office.slack.fails("views.open", fault)
    status, reply = await office.send.command("action", AOIFE, JOINT)
    assert status == 200
    assert 'action "…" @p by …' in json.dumps(reply["blocks"], ensure_ascii=False).replace('\\"', '"')


async def test_a_form_that_slack_cannot_hold_is_a_sentence_to_type(office):
    office.core.answer = Form("Action", (TextInput("text", "What", "x" * 3500),), "Record", "R", "{}", "action …")
    _, reply = await office.send.command("action", AOIFE, JOINT)
    assert "3000" in reply["text"]
    assert office.slack.called("views.open") == []


async def test_where_tandem_is_no_member_the_answer_is_to_invite_it(office):
    office.slack.channels |= {"C0OTHER": Channel("other", joined=False), "C0SECRET": Channel("x", False, private=True)}
    for channel in ("C0OTHER", "C0SECRET"):
        _, reply = await office.send.command("transfer new X", AOIFE, channel)
        assert "/invite @Tandem" in reply["text"]
    assert office.core.turns == []
    office.slack.channels["C0OTHER"].joined = True
    await office.send.command("transfer new X", AOIFE, "C0OTHER")
    assert office.turn.room.channel == "C0OTHER"


async def test_a_room_of_a_transfer_is_not_asked_about(office):
    await office.send.command("mine", AOIFE, JOINT)
    assert office.slack.called("conversations.info") == []


@pytest.mark.usefixtures("hurried")
async def test_what_slack_does_not_tell_about_a_room_refuses_nobody(office):
    office.slack.channels["C0OTHER"] = Channel("other")
    office.slack.fails("conversations.info", hang, rate_limited(9), error("missing_scope"))
    for _ in range(4):
        await office.send.command("mine", AOIFE, "C0OTHER")
    await office.send.command("mine", AOIFE, "C0OTHER")
    assert [turn.room_name for turn in office.core.turns] == ["joint", "joint", "joint", "other", "other"]
    assert len(office.slack.called("conversations.info")) == 4


async def test_between_two_people_there_is_nothing_to_invite(office):
    _, reply = await office.send.command("mine", AOIFE, "D0PRIVATE", channel_name="directmessage")
    assert "not in this conversation" in reply["text"]


async def test_a_command_in_the_direct_conversation_is_from_there(office):
    direct = office.slack.answer("conversations.open", {"users": MARTA})["channel"]["id"]
    await office.send.command("mine", MARTA, direct, channel_name="directmessage")
    assert office.turn.room == Address("slack", CMO, MARTA, direct=True)
    assert office.turn.room_name == ""


@pytest.mark.parametrize("text", ["[off] between us", "[OFF]x"])
async def test_a_line_off_the_record_is_left_alone(office, text):
    assert await office.send.command(text, AOIFE, JOINT) == (200, "")
    await office.line(f"{text} <@{BOT}> note x")
    await office.line(f"<@{BOT}> {text}")
    assert office.core.turns == []


async def test_a_mention_is_heard_and_answered_to_the_speaker_alone(office):
    office.core.answer = RECORDED
    await office.line(f"<@{BOT}> action send it <@{BEN}>", ts="1767224888.280449")
    turn = office.turn
    assert turn.delivery == f"slack:{TEAM}/{JOINT}/1767224888.280449"
    assert turn.at == datetime(2025, 12, 31, 23, 48, 8, 280000, UTC)
    assert turn.act.text == f"action send it {MENTION}"
    assert turn.act.captured == f"<@{BOT}> action send it <@{BEN}>"
    assert turn.act.message == "1767224888.280449"
    assert turn.act.link == f"https://norvane.slack.com/archives/{JOINT}/p1767224888280449"
    [whisper] = office.slack.whispers
    assert (whisper["channel"], whisper["user"], whisper["text"]) == (JOINT, AOIFE, "Recorded ACT-001.")
    assert "thread_ts" not in whisper


async def test_in_a_thread_the_answer_is_in_the_thread(office):
    office.core.answer = RECORDED
    await office.line(f"<@{BOT}> mine", ts="1767224900.000100", thread_ts="1767224888.280449")
    assert office.turn.thread == "1767224888.280449"
    assert office.turn.act.link.endswith(f"?thread_ts=1767224888.280449&cid={JOINT}")
    assert office.slack.whispers[0]["thread_ts"] == "1767224888.280449"


async def test_both_events_of_a_mention_in_any_order_make_one_turn(office):
    office.core.answer = RECORDED
    for first, second in (("message", "app_mention"), ("app_mention", "message")):
        ts = office.slack.now()
        for kind in (first, second, first):
            assert (await office.line(f"<@{BOT}> mine", ts=ts, type=kind))[0] == 200
    assert len(office.core.turns) == len(office.slack.whispers) == 2


async def test_both_events_at_the_same_moment_make_one_turn(office):
    ts = office.slack.now()
    office.slack.fails("users.info", rate_limited())
    await asyncio.gather(*(office.line(f"<@{BOT}> mine", ts=ts, type=kind) for kind in ("message", "app_mention")))
    assert len(office.core.turns) == 1


async def test_where_only_app_mention_arrives_the_speaker_is_told_to_invite_tandem(office):
    office.core.known.clear()
    office.slack.channels[JOINT].joined = False
    ts = office.slack.now()
    for _ in range(2):
        await office.line(f"<@{BOT}> note x", ts=ts, type="app_mention")
    assert office.core.turns == []
    [told] = office.slack.called("chat.postMessage")
    assert "/invite @Tandem" in told["text"]


async def test_a_direct_message_needs_no_mention(office):
    office.core.answer = RECORDED
    direct = office.slack.answer("conversations.open", {"users": BEN})["channel"]["id"]
    await office.line("mine", BEN, channel=direct, channel_type="im")
    assert (office.turn.room, office.turn.act.text) == (Address("slack", TEAM, BEN, direct=True), "mine")
    [message] = office.slack.channels[direct].messages
    assert message["text"] == "Recorded ACT-001."


@pytest.mark.parametrize(
    "more",
    [
        {"text": "no call at all"},
        {"bot_id": "B0OTHER"},
        {"user": BOT},
        {"user": None},
        {"subtype": "channel_topic"},
        {"subtype": "bot_message"},
        {"text": None},
    ],
    ids=repr,
)
async def test_what_is_not_said_to_tandem_is_not_handed_in(office, more):
    assert (await office.line(**{"text": f"<@{BOT}> mine", **more}))[0] == 200
    assert office.core.turns == []
    assert office.slack.called("users.info") == []


@pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast"])
async def test_a_line_with_a_file_or_shown_in_the_channel_too_is_a_line(office, subtype):
    await office.line(f"<@{BOT}> mine", subtype=subtype)
    assert office.turn.act.text == "mine"


async def test_an_answer_waits_while_slack_is_busy(office):
    office.core.answer = RECORDED
    office.slack.fails("chat.postEphemeral", rate_limited(0.05), error("internal_error"))
    await office.line(f"<@{BOT}> mine")
    assert len(office.slack.whispers) == 1


async def test_an_answer_that_cannot_be_shown_harms_nothing(office):
    office.core.answer = RECORDED
    office.slack.fails("chat.postEphemeral", error("user_not_in_channel"))
    assert (await office.line(f"<@{BOT}> mine"))[0] == 200
    assert office.slack.whispers == []


async def test_a_form_for_a_mention_is_the_sentence_to_type(office):
    office.core.answer = FORM
    await office.line(f"<@{BOT}> action")
    assert office.slack.called("views.open") == []
    assert 'action "…" @p by …' in office.slack.whispers[0]["text"]


async def test_a_hostile_name_and_a_huge_line_come_through(office):
    text = "action " + "x" * 50_000 + " \x00 \ud83d \u202e <!channel>"
    await office.line(f"<@{BOT}> {text}")
    assert office.turn.act.text.startswith("action xxx")
    assert len(office.turn.act.text) > 50_000


@pytest.mark.parametrize(
    "name",
    [
        "chatsdk_slack_mention.json",
        "chatsdk_channel_slack_mention.json",
        "chatsdk_streaming_slack_aimentionwithfile.json",
        "chatsdk_dm_slack_dmmessage.json",
    ],
)
async def test_recorded_messages_are_heard(office, name):
    payload = recorded(name)
    event = json.loads(json.dumps(payload["event"]).replace("U00FAKEBOT01", BOT))
    office.slack.channels[event["channel"]] = Channel("recorded")
    office.slack.person(event["user"], "Test User", payload["team_id"])
    assert (await office.send.event(event, event_id=payload.get("event_id")))[0] == 200
    turn = office.turn
    assert turn.act.message == event["ts"]
    assert turn.account.identity == Identity("slack", payload["team_id"], event["user"])
    assert BOT not in turn.act.text


@pytest.mark.parametrize("name", ["chatsdk_slack_followup.json", "chatsdk_actions_reactions_slack_reaction.json"])
async def test_recorded_events_that_call_nobody_are_left_alone(office, name):
    assert (await office.send.event(recorded(name)["event"]))[0] == 200
    assert office.core.turns == office.core.told == []


async def test_a_recorded_command_is_heard(office):
    payload = recorded("chatsdk_slash_commands_slack_slashcommandwithargs.json") | {"command": "/tt"}
    office.slack.channels[payload["channel_id"]] = Channel("support-agent-dev")
    await office.send.command(**{"user": payload.pop("user_id"), "channel": payload.pop("channel_id"), **payload})
    assert office.turn.act.text == "some arguments here"
    assert office.turn.account.name == "testuser"

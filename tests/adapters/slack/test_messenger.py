from dataclasses import replace
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
import pytest_asyncio
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.messenger import SlackMessenger
from adapters.slack.workspace import Workspace
from core.api import Address, Card, Gone, NoTrace, Outgoing, Plain, Sentence, Text, TryLater, as_written
from tests.adapters.slack.listening import BEN, JOINT
from tests.tools.slack_double import BOT, TEAM, Channel, SlackDouble, cut, error, hang, rate_limited, status, take_and

ROOM = Address("slack", TEAM, JOINT)
CARD = Card("ACT-001", (Text((Plain("Send the batch record <!channel> *now*"),)),))
OUT = Outgoing("post-1", ROOM, CARD, {})


@pytest_asyncio.fixture
async def slack():
    async with SlackDouble() as slack:
        slack.channels[JOINT] = Channel("joint")
        slack.person(BEN, "Ben Carter")
        yield slack


@pytest_asyncio.fixture
async def messenger(slack):
    workspace = Workspace(TEAM, BOT, "B0TANDEM", "https://norvane.slack.com/")
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=2)) as session:
        client = AsyncWebClient("xoxb-test", base_url=slack.api_url, session=session, retry_handlers=[])
        yield SlackMessenger(client, lambda: workspace, as_written)


def standing(slack, channel=JOINT):
    return slack.channels[channel].messages


async def test_a_post_carries_its_id_and_calls_nobody(slack, messenger):
    sent = await messenger.send(OUT)
    [message] = standing(slack)
    assert sent.message == message["ts"]
    assert sent.link == f"https://norvane.slack.com/archives/{JOINT}/p{message['ts'].replace('.', '')}"
    assert message["metadata"] == {"event_type": "tandem_post", "event_payload": {"post": "post-1"}}
    [asked] = slack.called("chat.postMessage")
    assert (asked["unfurl_links"], asked["unfurl_media"], asked["link_names"], asked["parse"]) == (
        False, False, False, "none",
    )  # fmt: skip
    assert "<!channel>" not in asked["text"]


async def test_a_sentence_to_type_begins_with_what_calls_tandem_there(slack, messenger):
    out = replace(OUT, card=Card("Empty", (Text((Sentence("action list"),)),)))
    direct = Address("slack", TEAM, BEN, direct=True)
    for post, place in enumerate((out, replace(out, thread="1.2"), replace(out, address=direct))):
        await messenger.send(replace(place, post=f"post-{post}"))
    texts = [message["blocks"][0]["elements"][0]["elements"][0]["text"]
             for channel in (JOINT, slack.directs[BEN]) for message in standing(slack, channel)]  # fmt: skip
    assert texts == ["/tt action list", "@Tandem action list", "action list"]


async def test_a_card_changes_in_place(slack, messenger):
    sent = await messenger.send(OUT)
    changed = replace(OUT, post="post-2", card=Card("ACT-001 done", CARD.blocks), message=sent.message)
    assert await messenger.send(changed) == sent
    [message] = standing(slack)
    assert message["text"] == "ACT-001 done"
    assert message["metadata"]["event_payload"] == {"post": "post-2"}


async def test_a_card_for_one_person_in_a_room_is_seen_by_them_alone(slack, messenger):
    sent = await messenger.send(replace(OUT, only_for=BEN, thread="1.2"))
    assert (sent.message, sent.link) == (None, None)
    [whisper] = slack.whispers
    assert (whisper["channel"], whisper["user"], whisper["thread_ts"]) == (JOINT, BEN, "1.2")
    assert standing(slack) == []


async def test_a_person_is_written_to_directly(slack, messenger):
    direct = Address("slack", "T02TARNBROOK", BEN, direct=True)
    for post in ("post-1", "post-2"):
        await messenger.send(replace(OUT, address=direct, post=post))
    assert len(standing(slack, slack.directs[BEN])) == 2
    assert len(slack.called("conversations.open")) == 1


async def test_a_person_who_is_gone_is_told_apart_from_a_room(slack, messenger):
    with pytest.raises(Gone) as gone:
        await messenger.send(replace(OUT, address=Address("slack", TEAM, "U0NOBODY", direct=True)))
    assert (gone.value.reason, gone.value.what) == ("user_not_found", "person")
    slack.channels[JOINT].archived = True
    with pytest.raises(Gone) as gone:
        await messenger.send(OUT)
    assert (gone.value.reason, gone.value.what) == ("is_archived", "room")
    slack.channels[JOINT] = Channel("joint", joined=False)
    with pytest.raises(Gone) as gone:
        await messenger.send(OUT)
    assert (gone.value.reason, gone.value.what) == ("not_in_channel", "room")


async def test_whoever_cannot_be_written_to_for_a_reason_yet_unknown_is_a_person(slack, messenger):
    slack.fails("conversations.open", error("a_code_of_next_year"))
    with pytest.raises(Gone) as gone:
        await messenger.send(replace(OUT, address=Address("slack", TEAM, BEN, direct=True)))
    assert gone.value.what == "person"


async def test_a_card_that_was_deleted_cannot_change(messenger):
    with pytest.raises(Gone) as gone:
        await messenger.send(replace(OUT, message="1.2"))
    assert (gone.value.reason, gone.value.what) == ("message_not_found", "message")


async def test_a_limit_is_told_with_slacks_own_delay_and_nothing_is_tried_meanwhile(slack, messenger):
    slack.fails("chat.postMessage", rate_limited(7))
    with pytest.raises(TryLater) as later:
        await messenger.send(OUT)
    assert (later.value.after, later.value.in_doubt) == (7, False)
    assert len(slack.called("chat.postMessage")) == 1


@pytest.mark.parametrize(
    "fault", [cut, hang, status(503), error("internal_error")], ids=["cut", "hang", "503", "internal"]
)
async def test_a_call_that_broke_off_is_in_doubt_and_made_once(slack, messenger, fault):
    slack.fails("chat.postMessage", take_and(fault))
    began = datetime.now(UTC)
    with pytest.raises(TryLater) as later:
        await messenger.send(OUT)
    assert later.value.in_doubt
    assert len(slack.called("chat.postMessage")) == 1
    assert (await messenger.find(OUT, began)).message == standing(slack)[0]["ts"]


async def test_slack_out_of_reach_is_no_doubt(slack, messenger):
    await slack.__aexit__(None, None, None)
    with pytest.raises(TryLater) as later:
        await messenger.send(OUT)
    assert not later.value.in_doubt


async def test_after_a_crash_a_post_is_found_by_its_id(slack, messenger):
    began = datetime.now(UTC)
    sent = await messenger.send(OUT)
    for number in range(450):
        standing(slack).append({"ts": slack.now(), "text": f"line {number}"})
    assert await messenger.find(OUT, began) == sent
    assert await messenger.find(replace(OUT, post="post-2"), began) is None
    assert [int(asked["limit"]) for asked in slack.called("conversations.history")][:3] == [200, 200, 200]


async def test_what_was_said_long_before_is_not_searched(slack, messenger):
    old = int((datetime.now(UTC) - timedelta(days=1)).timestamp())
    standing(slack).extend({"ts": f"{old}.{number:06}", "text": "old"} for number in range(1000))
    assert await messenger.find(OUT, datetime.now(UTC)) is None
    assert len(slack.called("conversations.history")) == 1


async def test_a_trial_clock_ahead_of_slacks_still_finds(slack, messenger):
    sent = await messenger.send(OUT)
    assert await messenger.find(OUT, datetime.now(UTC) + timedelta(days=90)) == sent


async def test_a_post_in_a_thread_is_found_there(slack, messenger):
    out = replace(OUT, thread="1.2")
    began = datetime.now(UTC)
    sent = await messenger.send(out)
    assert await messenger.find(out, began) == sent
    assert slack.called("conversations.replies")


async def test_what_leaves_no_trace_is_not_looked_for(slack, messenger):
    with pytest.raises(NoTrace):
        await messenger.find(replace(OUT, only_for=BEN), datetime.now(UTC))
    assert await messenger.find(replace(OUT, message="1.2"), datetime.now(UTC)) is None
    assert slack.calls == []


async def test_a_lookup_that_fails_is_sorted_too(slack, messenger):
    slack.fails("conversations.history", rate_limited(3), error("missing_scope"))
    with pytest.raises(TryLater) as later:
        await messenger.find(OUT, datetime.now(UTC))
    assert later.value.after == 3
    with pytest.raises(Gone) as gone:
        await messenger.find(OUT, datetime.now(UTC))
    assert gone.value.what == "app"

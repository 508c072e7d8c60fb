"""The outbox on a Slack that fails: in order, at its pace, nothing twice, and what can never arrive ends visibly."""

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import messenger
from adapters.slack.messenger import SlackMessenger
from adapters.slack.workspace import Workspace
from core.api import as_written
from tests.meeting_room import ROOM, anna
from tests.tools.slack_double import BOT, Channel, SlackDouble, cut, error, hang, rate_limited, status, take_and

JOINT = ROOM.channel


class Line:
    """The outbox of a meeting room, wired to a double of Slack."""

    def __init__(self, room, slack, messenger) -> None:
        self.room, self.slack, self.messenger = room, slack, messenger

    async def deliver(self, seconds: float = 0) -> None:
        """Send what can be sent `seconds` later."""
        self.room.clock.advance(seconds=seconds)
        async with asyncio.timeout(30):
            await self.room.core.dispatcher({"slack": self.messenger}).drain()

    def standing(self, channel: str = JOINT) -> list[str]:
        """The texts in a channel, oldest first."""
        return [message["text"] for message in self.slack.channels[channel].messages]

    def told(self, user: str) -> list[str]:
        """What one person was written directly."""
        return self.standing(self.slack.directs[user]) if user in self.slack.directs else []

    def states(self) -> list[str]:
        """The state of every post to the joint room, in order; a card that a newer one replaced before is none."""
        return [post.state for post in self.room.posts() if post.address == str(ROOM) and post.state != "replaced"]


@pytest_asyncio.fixture
async def line(room):
    await room.opened()
    workspace = Workspace("T1", BOT, "B0TANDEM", "https://norvane.slack.com/")
    async with SlackDouble() as slack, aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=2)) as session:
        slack.channels[JOINT] = Channel("joint")
        for name in ("aoife", "marta", "priya", "tomáš", "jürgen", "luís"):
            slack.person(f"U-{name}", name.title())
        client = AsyncWebClient("xoxb-test", base_url=slack.api_url, session=session, retry_handlers=[])
        yield Line(room, slack, SlackMessenger(client, lambda: workspace, as_written))


@pytest.mark.parametrize("fault", [cut, status(503)], ids=["cut", "503"])
@pytest.mark.parametrize("taken", [True, False], ids=["taken", "not taken"])
async def test_a_call_that_broke_off_is_never_a_second_message(line, fault, taken):
    line.slack.fails("chat.postMessage", take_and(fault) if taken else fault)
    await line.deliver()
    await line.deliver(5)
    assert len(line.standing()) == 1
    assert line.states() == ["sent"]
    assert line.room.posts()[0].message == line.slack.channels[JOINT].messages[0]["ts"]


async def test_a_card_that_cannot_be_rendered_ends_and_its_room_goes_on(line, monkeypatch):
    render = messenger.card_message

    def failing(card, *more):
        if card.summary.startswith("DEC-001"):
            raise KeyError("a bug in the renderer")
        return render(card, *more)

    monkeypatch.setattr(messenger, "card_message", failing)
    for name in "ab":
        await line.room.say(anna, f"decision we keep batch {name}")
    await line.deliver()
    assert line.states()[-2:] == ["failed", "sent"]
    assert not any("DEC-001" in said for said in line.standing())
    assert line.told("U-aoife") == ["Not delivered: #joint"]


async def test_a_doubt_stays_one_while_the_look_up_fails(line):
    line.slack.fails("chat.postMessage", take_and(cut))
    line.slack.fails("conversations.history", rate_limited(2), cut, hang, status(502), error("fatal_error"))
    for _ in range(7):
        await line.deliver(60)
    assert len(line.slack.called("conversations.history")) == 6
    assert len(line.standing()) == len(line.slack.called("chat.postMessage")) == 1


async def test_after_a_worker_was_killed_the_next_one_looks_first(line):
    line.slack.fails("chat.postMessage", take_and(hang))
    killed = asyncio.create_task(line.room.core.dispatcher({"slack": line.messenger}).drain())
    await asyncio.wait_for(line.slack.hanging.wait(), 10)
    assert len(line.standing()) == 1
    killed.cancel()
    await asyncio.gather(killed, return_exceptions=True)
    await line.deliver(60)
    assert len(line.standing()) == 1
    assert line.states() == ["sent"]


@pytest.mark.parametrize("taken", [True, False], ids=["taken", "not taken"])
async def test_after_kill_9_in_the_middle_of_a_call_nothing_is_lost_and_nothing_twice(line, store_url, taken):
    line.slack.fails("chat.postMessage", take_and(hang) if taken else hang)
    command = [sys.executable, "-m", "tests.adapters.slack.one_worker", store_url, line.slack.api_url]
    worker = await asyncio.create_subprocess_exec(*command, cwd=Path(__file__).parents[3])
    await asyncio.wait_for(line.slack.hanging.wait(), 60)
    worker.kill()
    await worker.wait()
    line.room.clock.set(datetime.now(UTC) + timedelta(seconds=60))
    await line.deliver()
    assert len(line.standing()) == 1
    assert line.states() == ["sent"]


async def test_a_limit_is_waited_for_in_order(line):
    await line.deliver()
    await line.room.say(anna, "transfer stage kickoff")
    line.slack.fails("chat.update", rate_limited(30))
    line.slack.fails("chat.postMessage", rate_limited(30))
    await line.deliver()
    calls = len(line.slack.calls)
    await line.deliver(29)
    assert len(line.slack.calls) == calls
    await line.deliver(2)
    assert set(line.states()) == {"sent"}


async def test_an_archived_channel_is_marked_and_the_leads_told_once(line):
    line.slack.channels[JOINT].archived = True
    await line.deliver()
    await line.room.say(anna, "transfer stage kickoff")
    await line.deliver(60)
    assert not await line.room.core.room_known(ROOM)
    for lead in ("U-aoife", "U-marta"):
        assert len([text for text in line.told(lead) if "joint" in text]) == 1


@pytest.mark.parametrize("code", ["invalid_auth", "account_inactive", "token_revoked"])
async def test_without_the_app_nothing_is_tried_for_ever(line, code):
    methods = ("chat.postMessage", "chat.postEphemeral", "chat.update", "conversations.open")
    for method in methods:
        line.slack.fails(method, *[error(code)] * 200)
    await line.deliver()
    await line.deliver(60)
    assert sum(len(line.slack.called(method)) for method in methods) < 20


async def test_people_of_both_companies_are_mentioned_by_their_own_accounts(line):
    await line.room.say(anna, "transfer stage kickoff")
    await line.deliver()
    blocks = str([message["blocks"] for message in line.slack.channels[JOINT].messages])
    for lead in ("U-aoife", "U-marta"):
        assert f"'user_id': '{lead}'" in blocks

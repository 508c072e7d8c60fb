"""Against local-slack, a Slack by others: over HTTP, really signed, and over Socket Mode."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
import pytest_asyncio
from aiohttp import web

from adapters.slack import SlackAdapter, SlackKeys
from core.api import Core, Options
from tests.tools.local_slack import LocalSlack, Message
from tests.tools.slack_workspace import SlackApp, SlackChannel, SlackUser

pytestmark = pytest.mark.slack

AOIFE = SlackUser("U01AOIFE", "aoife", "Aoife Ní Bhriain", "aoife@norvane.example")
MARTA = SlackUser("U06MARTA", "marta", "Marta Kowalczyk", tz="Europe/Warsaw")
JOINT = SlackChannel("C01JOINT", "joint", [AOIFE.id, MARTA.id])
TANDEM = "<@U0TANDEM>"
OPEN = 'transfer new "Product X 50 mg" sponsor:"Norvane" cmo:"Tarnbrook" tz:Europe/Dublin code:NVT'


@dataclass
class Meeting:
    """A workspace with Tandem in it."""

    slack: LocalSlack
    adapter: SlackAdapter
    core: Core

    async def say(self, text: str, who: SlackUser = AOIFE, channel: SlackChannel = JOINT) -> str:
        """A slash command; returns what its speaker alone is told."""
        told = await self.slack.command(channel.id, who.id, text)
        return " ".join(message["text"] for message in told if message.get("ephemeral_to") == who.id)

    async def standing(self, words: str) -> Message:
        """The message in the joint channel that holds the words."""
        return await self.slack.until(JOINT.id, lambda message: words in message["text"])

    async def answer(self, words: str) -> Message:
        """What somebody alone was told in the joint channel, with these words somewhere on it."""
        return await self.slack.until(
            JOINT.id, lambda message: message.get("ephemeral_to") is not None and words in str(message)
        )

    async def deliver(self) -> None:
        """Send what waits."""
        await self.core.dispatcher({"slack": self.adapter.messenger}).drain()
        await self.adapter.idle()


@asynccontextmanager
async def over_http(core: Core) -> AsyncIterator[Meeting]:
    """Slack posts to an address, and signs."""
    door = socket.create_server(("127.0.0.1", 0))  # kept from here on, so that nobody else takes the port
    port = door.getsockname()[1]
    app = SlackApp(f"http://127.0.0.1:{port}/slack/events")
    with LocalSlack([AOIFE, MARTA], [JOINT], app) as slack:
        adapter = SlackAdapter(core, SlackKeys(app.bot_token, app.signing_secret, None, slack.api_url))
        await adapter.start()
        server = web.Application()
        server.add_routes(adapter.routes())
        runner = web.AppRunner(server, shutdown_timeout=0.1)
        await runner.setup()
        await web.SockSite(runner, door).start()
        yield Meeting(slack, adapter, core)
        await runner.cleanup()
        await adapter.close()


@asynccontextmanager
async def over_a_socket(core: Core) -> AsyncIterator[Meeting]:
    """Tandem calls Slack, and hears over that line."""
    with LocalSlack([AOIFE, MARTA], [JOINT]) as slack:
        app = slack.app
        adapter = SlackAdapter(core, SlackKeys(app.bot_token, "", app.app_token, slack.api_url))
        await adapter.start()
        await slack.connected()
        yield Meeting(slack, adapter, core)
        await adapter.close()


@pytest_asyncio.fixture(params=[over_http, over_a_socket])
async def meeting(request, sqlite_url):
    core = Core.create(sqlite_url, Options(open_to_all=True))
    core.start()
    async with request.param(core) as meeting:
        yield meeting
    await core.close()


async def test_a_command_is_answered_and_its_card_stands_in_the_room(meeting):
    assert "NVT is open" in await meeting.say(OPEN)
    await meeting.deliver()
    card = await meeting.standing("Transfer NVT")
    assert not card.get("ephemeral_to")
    assert "this room already" in await meeting.say(OPEN)


async def test_a_button_opens_a_form_that_is_refused_mended_and_taken(meeting):
    await meeting.say(OPEN)
    await meeting.deliver()
    card = await meeting.standing("Transfer NVT")
    await meeting.slack.press(AOIFE.id, card, "Add a person")
    refused = await meeting.slack.fill(AOIFE.id, {"What they do": "lead"})
    assert list(refused) == ["account"]
    assert await meeting.slack.views()
    answers = {"The person": MARTA.id, "Their company": "Tarnbrook (cmo)", "What they do": "lead"}
    assert await meeting.slack.fill(AOIFE.id, answers) == {}
    await meeting.deliver()
    assert await meeting.answer(f"'user_id': '{MARTA.id}'")
    assert MARTA.id in str(await meeting.slack.command(JOINT.id, AOIFE.id, "member list"))


async def test_a_mention_is_heard_once_and_answered_to_the_speaker(meeting):
    await meeting.say(OPEN)
    said = await meeting.slack.message(JOINT.id, AOIFE.id, f"{TANDEM} member add <@{MARTA.id}> side:cmo role:lead")
    await meeting.deliver()
    answers = [message for message in await meeting.slack.messages(JOINT.id) if message.get("ephemeral_to")]
    assert len(answers) == 2  # to the command, and to the mention
    await meeting.slack.message(JOINT.id, MARTA.id, f"{TANDEM} member list", thread=said["ts"])
    await meeting.deliver()
    listed = (await meeting.slack.messages(JOINT.id))[-1]
    assert (listed["ephemeral_to"], listed["thread_ts"]) == (MARTA.id, said["ts"])
    assert MARTA.id in str(listed["blocks"])


async def test_what_is_said_to_nobody_or_off_the_record_leaves_no_trace(meeting):
    await meeting.say(OPEN)
    before = len(await meeting.slack.messages(JOINT.id))
    for text in ("hello everybody", f"[off] {TANDEM} member list", f"{TANDEM} [off] member list"):
        await meeting.slack.message(JOINT.id, AOIFE.id, text)
    assert await meeting.say("[off] member list") == ""
    await meeting.adapter.idle()
    assert len(await meeting.slack.messages(JOINT.id)) == before + 3


async def test_in_a_direct_conversation_no_mention_is_needed(meeting):
    await meeting.say(OPEN)
    await meeting.slack.direct(AOIFE.id, "member list")
    await meeting.adapter.idle()
    assert AOIFE.id in str((await meeting.slack.direct_messages(AOIFE.id))[-1]["blocks"])


async def test_somebody_unknown_is_asked_about_by_direct_message(meeting):
    await meeting.say(OPEN)
    await meeting.slack.message(JOINT.id, MARTA.id, f"{TANDEM} transfer stage kickoff")
    await meeting.deliver()
    asked = await meeting.slack.direct_messages(AOIFE.id)
    assert "transfer stage kickoff" in str(asked)


async def test_a_hostile_line_is_answered(meeting):
    await meeting.say(OPEN)
    line = 'transfer set agenda_lead:"<!channel> {{ 7*7 }} #read(x) \x00\x1b\u202e &lt;/at&gt;" ' + "x" * 5000
    assert await meeting.say(line)
    assert await meeting.say("")
    assert AOIFE.id in str(await meeting.slack.command(JOINT.id, AOIFE.id, "member list"))

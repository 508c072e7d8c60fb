import json
import socket
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.tools.local_slack import LocalSlack
from tests.tools.slack_workspace import SlackApp, SlackChannel, SlackUser

pytestmark = pytest.mark.slack

LISTENING = "0A"

AOIFE = SlackUser("U01AOIFE", "aoife", "Aoife Ní Bhriain", "aoife@norvane.example")
BEN = SlackUser("U05BEN", "ben", "Ben Carter", tz="Europe/Warsaw")
JOINT = SlackChannel("C01JOINT", "joint", [AOIFE.id, BEN.id])
FORM = {
    "type": "modal",
    "callback_id": "action",
    "title": {"type": "plain_text", "text": "Action"},
    "submit": {"type": "plain_text", "text": "Record"},
    "blocks": [
        {
            "type": "input",
            "block_id": "text",
            "label": {"type": "plain_text", "text": "What"},
            "element": {
                "type": "plain_text_input",
                "action_id": "text",
                "initial_value": "Send the batch record",
            },
        },
        {
            "type": "input",
            "block_id": "owner",
            "label": {"type": "plain_text", "text": "Owner"},
            "element": {"type": "users_select", "action_id": "owner"},
        },
        {
            "type": "input",
            "block_id": "due",
            "label": {"type": "plain_text", "text": "Due"},
            "element": {"type": "datepicker", "action_id": "due"},
        },
    ],
}
BUTTONS = [
    {
        "type": "actions",
        "block_id": "buttons",
        "elements": [
            {
                "type": "button",
                "action_id": "accept",
                "text": {"type": "plain_text", "text": "Accept"},
                "value": "action accept ACT-001",
            }
        ],
    }
]


def small_bot(slack: LocalSlack, heard: list) -> AsyncApp:
    """An app that opens a form on `/tt form`, says what it was sent, and refuses a due date of last year."""
    client = AsyncWebClient(token=slack.app.bot_token, base_url=slack.api_url)
    app = AsyncApp(client=client, signing_secret=slack.app.signing_secret, process_before_response=True)

    @app.command("/tt")
    async def command(ack, body):
        heard.append(("command", body["text"], body["user_id"]))
        if body["text"] == "form":
            await client.views_open(trigger_id=body["trigger_id"], view=FORM)
            return await ack()
        await client.chat_postMessage(channel=body["channel_id"], text="ACT-001", blocks=BUTTONS)
        return await ack(text="Recorded ACT-001.", response_type="ephemeral")

    @app.event("message")
    async def message(event):
        heard.append((event.get("subtype", "message"), event.get("text"), event.get("user")))

    @app.event("app_mention")
    async def mention(event):
        heard.append(("app_mention", event["text"], event["user"]))

    @app.action("accept")
    async def accept(ack, body, respond):
        heard.append(("press", body["actions"][0]["value"], body["user"]["id"]))
        await ack()
        await respond(text="Accepted.", replace_original=True)

    @app.view("action")
    async def submitted(ack, view):
        values = view["state"]["values"]
        heard.append(("form", values["text"]["text"]["value"], values["owner"]["owner"]["selected_user"]))
        if values["due"]["due"]["selected_date"] < "2026":
            return await ack(response_action="errors", errors={"due": "That day has passed."})
        return await ack()

    return app


@asynccontextmanager
async def over_http(heard: list):
    door = socket.create_server(("127.0.0.1", 0))  # kept from here on, so that nobody else takes the port
    port = door.getsockname()[1]
    with LocalSlack([AOIFE, BEN], [JOINT], SlackApp(f"http://127.0.0.1:{port}/slack/events")) as slack:
        runner = web.AppRunner(small_bot(slack, heard).server(path="/slack/events").web_app)
        await runner.setup()
        await web.SockSite(runner, door).start()
        yield slack
        await runner.cleanup()


@asynccontextmanager
async def over_sockets(heard: list):
    with LocalSlack([AOIFE, BEN], [JOINT]) as slack:
        handler = AsyncSocketModeHandler(small_bot(slack, heard), slack.app.app_token)
        handler.client.web_client = AsyncWebClient(token=slack.app.app_token, base_url=slack.api_url)
        await handler.connect_async()
        await slack.connected()
        yield slack
        await handler.close_async()


@pytest.fixture(params=[over_http, over_sockets])
async def workspace(request):
    heard: list = []
    async with request.param(heard) as slack:
        yield slack, heard


async def test_a_command_is_answered_to_the_speaker_and_its_button_can_be_pressed(workspace):
    slack, heard = workspace
    card, answer = await slack.command(JOINT.id, AOIFE.id, "action send it <@U05BEN|ben>")
    assert heard == [("command", "action send it <@U05BEN|ben>", AOIFE.id)]
    assert (answer["text"], answer["ephemeral_to"]) == ("Recorded ACT-001.", AOIFE.id)
    await slack.press(BEN.id, card, "Accept")
    assert heard[-1] == ("press", "action accept ACT-001", BEN.id)
    changed = await slack.until(JOINT.id, lambda message: message["text"] == "Accepted.")
    assert changed["ts"] == card["ts"]
    with pytest.raises(AssertionError, match="no button 'Decline'"):
        await slack.press(BEN.id, card, "Decline")


async def test_a_form_is_filled_in_refused_mended_and_taken(workspace):
    slack, heard = workspace
    with pytest.raises(AssertionError, match="no form is open"):
        await slack.fill(AOIFE.id, {})
    await slack.command(JOINT.id, AOIFE.id, "form")
    with pytest.raises(AssertionError, match="'Due' must be filled in"):
        await slack.fill(AOIFE.id, {"Owner": BEN.id})
    refused = await slack.fill(AOIFE.id, {"Owner": BEN.id, "Due": "2025-01-01"})
    assert refused == {"due": "That day has passed."}
    assert await slack.fill(AOIFE.id, {"Owner": BEN.id, "Due": "2026-12-05"}) == {}
    assert heard[-1] == ("form", "Send the batch record", BEN.id)
    assert await slack.views() == []


async def test_messages_mentions_edits_and_deletions_arrive_as_events(workspace):
    slack, heard = workspace
    said = await slack.message(JOINT.id, AOIFE.id, "<@U0TANDEM> help")
    assert heard == [(kind, "<@U0TANDEM> help", AOIFE.id) for kind in ("message", "app_mention")]
    await slack.edit(JOINT.id, AOIFE.id, said["ts"], "<@U0TANDEM> mine")
    await slack.delete(JOINT.id, AOIFE.id, said["ts"])
    assert [kind for kind, *_ in heard[2:]] == ["message_changed", "message_deleted"]
    reply = await slack.message(JOINT.id, BEN.id, "in the thread", thread=said["ts"])
    assert reply["thread_ts"] == said["ts"]


async def test_reset_forgets_and_the_log_tells(workspace):
    slack, _ = workspace
    await slack.direct(BEN.id, "to you alone")
    assert [message["text"] for message in await slack.direct_messages(BEN.id)] == ["to you alone"]
    assert any(entry["direction"] == "to_bot" for entry in await slack.log())
    await slack.reset()
    assert await slack.direct_messages(BEN.id) == []
    assert await slack.messages(JOINT.id) == []


async def test_deliveries_over_http_are_signed():
    heard: list = []
    async with over_http(heard) as slack:
        await slack.message(JOINT.id, AOIFE.id, "hello")
        posted = [entry for entry in await slack.log() if entry["direction"] == "to_bot"]
        assert json.loads(posted[0]["detail"])["team_id"] == slack.team
        assert heard == [("message", "hello", AOIFE.id)]


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="Linux tells its open ports in /proc/net")
async def test_local_slack_is_reached_from_this_machine_alone():
    with LocalSlack([AOIFE], [JOINT]) as slack:
        port = int(slack.url.rpartition(":")[2])
        listening = _listening_addresses(port)
    assert listening == {"127.0.0.1"}


def _listening_addresses(port: int) -> set[str]:
    """The addresses on which this port is open, from the kernel's own table."""
    tables = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
    rows = [line.split() for table in tables if table.exists() for line in table.read_text().splitlines()[1:]]
    return {_address(row[1]) for row in rows if row[3] == LISTENING and int(row[1].partition(":")[2], 16) == port}


def _address(hexadecimal: str) -> str:
    packed = bytes.fromhex(hexadecimal.partition(":")[0])[::-1]
    return socket.inet_ntoa(packed) if len(packed) == 4 else packed.hex()

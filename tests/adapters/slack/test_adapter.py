"""The adapter's start and end: who Tandem is there, and what happens while Slack does not tell."""

import asyncio

import pytest
import pytest_asyncio
from aiohttp import web

from adapters.slack import NotInstalled, SlackAdapter, SlackKeys
from adapters.slack import adapter as adapter_module
from core.api import Address, Card, Outgoing, Plain, Text, TryLater
from tests.adapters.slack.listening import AOIFE, JOINT, Listening, serving
from tests.tools.slack_double import SECRET, Channel, Sender, SlackDouble, error, status


@pytest_asyncio.fixture
async def slack():
    async with SlackDouble() as slack:
        slack.channels[JOINT] = Channel("joint")
        yield slack


def adapter_for(slack, app_token=None):
    core = Listening(known={JOINT})
    return core, SlackAdapter(core, SlackKeys("xoxb-test", SECRET, app_token, slack.api_url))


async def test_a_refused_token_is_said_in_a_sentence(slack):
    slack.fails("auth.test", error("invalid_auth"))
    _, adapter = adapter_for(slack)
    with pytest.raises(NotInstalled, match="refuses SLACK_BOT_TOKEN"):
        await adapter.start()
    await adapter.close()


async def test_while_slack_is_down_tandem_knocks_on(slack, monkeypatch):
    monkeypatch.setattr(adapter_module, "KNOCK_AGAIN", 0.01)
    slack.fails("auth.test", status(503), status(502))
    core, adapter = adapter_for(slack)
    async with serving(adapter) as url:
        send = Sender(url)
        await adapter.start()
        assert (await send.command("mine", AOIFE, JOINT))[0] == 503
        card = Card("x", (Text((Plain("x"),)),))
        async with asyncio.timeout(5):
            while (await send.command("mine", AOIFE, JOINT))[0] == 503:
                pass
        sent = await adapter.messenger.send(Outgoing("p", Address("slack", "T01NORVANE", JOINT), card, {}))
        assert sent.link.startswith("https://norvane.slack.com/")
        await adapter.close()
    assert core.turns[0].act.text == "mine"


async def test_over_http_a_secret_is_needed(slack):
    adapter = SlackAdapter(Listening(), SlackKeys("xoxb-test", " ", None, slack.api_url))
    with pytest.raises(NotInstalled, match="SLACK_SIGNING_SECRET is missing"):
        adapter.routes()


async def test_over_a_socket_there_is_no_route(slack):
    _, adapter = adapter_for(slack, "xapp-test")
    assert adapter.routes() == []


async def test_a_refused_app_token_is_said_in_a_sentence(slack):
    slack.fails("apps.connections.open", error("not_allowed_token_type"))
    _, adapter = adapter_for(slack, "xapp-test")
    with pytest.raises(NotInstalled, match="refuses SLACK_APP_TOKEN"):
        await adapter.start()
    await adapter.close()


async def test_a_socket_that_does_not_open_holds_nothing_up(slack, monkeypatch):
    monkeypatch.setattr(adapter_module, "PLUG_SECONDS", 0.1)
    _, adapter = adapter_for(slack, "xapp-test")
    await adapter.start()
    assert adapter.messenger
    await adapter.close()


async def test_closing_while_knocking(slack):
    slack.fails("auth.test", status(503))
    _, adapter = adapter_for(slack)
    await adapter.start()
    card = Card("x", (Text((Plain("x"),)),))
    with pytest.raises(TryLater, match="which workspace"):
        await adapter.messenger.send(Outgoing("p", Address("slack", "T01NORVANE", JOINT), card, {}))
    assert slack.channels[JOINT].messages == []
    await adapter.close()


async def strange(slack, request, method, asked):
    return web.json_response({"ok": True})  # an answer without a team, a user or anything


async def test_an_answer_that_nobody_can_use_ends_no_knocking(slack, monkeypatch, caplog):
    monkeypatch.setattr(adapter_module, "KNOCK_AGAIN", 0.01)
    slack.fails("auth.test", status(503), strange)
    _, adapter = adapter_for(slack)
    await adapter.start()
    assert not await adapter.hears()
    async with asyncio.timeout(5):
        while not await adapter.hears():  # noqa: ASYNC110 - the adapter rings no bell
            await asyncio.sleep(0.01)
    assert "asking again" in caplog.text
    await adapter.close()


async def test_a_socket_that_is_not_connected_asks_for_a_new_address(slack, monkeypatch):
    monkeypatch.setattr(adapter_module, "PLUG_SECONDS", 0.01)
    monkeypatch.setattr(adapter_module, "STALE_SECONDS", 0.01)
    _, adapter = adapter_for(slack, "xapp-test")
    await adapter.start()
    assert not await adapter.hears()
    async with asyncio.timeout(5):
        while adapter._socket.client.wss_uri is not None:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    await adapter.close()

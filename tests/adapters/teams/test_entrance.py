"""The door: what is not Teams' is refused quickly and leaves no trace, and what is no activity breaks nothing."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path

import aiohttp
import pytest

from core.api import StoreDown
from tests.adapters.teams.listening import CHANNEL, Office, marta, office
from tests.adapters.teams.test_tokens import BAD
from tests.tools.bot_connector import TENANT
from tests.tools.bot_tokens import token

PAYLOADS = Path(__file__).parents[4] / "shared" / "data" / "payloads" / "teams"
RECORDED_TENANTS = {"a1b2c3d4-e5f6-7890-abcd-ef1234567890", "b28fdbfd-2b78-4f93-b0f8-8881793f0f8f",
                    "72f988bf-86f1-41af-91ab-2d7cd011db47", "00000000-0000-0000-0000-0000000000001"}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
async def test_a_bad_token_gets_401_and_nothing_is_heard(office: Office, what: str, caplog) -> None:
    bad = BAD[what]()
    header = f"Bearer {bad}".encode("utf-8", "ignore").decode()
    began = time.perf_counter()
    status, answer = await office.send.post({"type": "message"}, Authorization=header)
    assert status == 401
    assert time.perf_counter() - began < 1
    assert office.core.turns == []
    assert not any(part in f"{caplog.text}{answer}" for part in bad.split(".") if len(part) > 7)


@pytest.mark.parametrize("authorization", ["", "Basic abc", "Bearer"])
async def test_no_token_gets_401(office: Office, authorization: str) -> None:
    assert (await office.send.post({"type": "message"}, Authorization=authorization))[0] == 401


async def test_another_service_address_gets_403(office: Office) -> None:
    office.send.signs = lambda _: token("https://evil.example/")
    assert (await office.line("@Tandem mine"))[0] == 403
    office.send.signs = lambda _: token("", serviceurl=None)
    assert (await office.line("@Tandem mine"))[0] == 403
    assert office.core.turns == []


async def test_a_key_that_is_not_endorsed_for_teams_gets_403(office: Office) -> None:
    office.server.endorsements = ["webchat", "directline"]
    assert (await office.line("@Tandem mine"))[0] == 403
    assert office.core.turns == []


async def test_a_token_that_ended_two_minutes_ago_comes_in(office: Office) -> None:
    office.send.signs = lambda url: token(url, exp=int(time.time()) - 120)
    assert (await office.line("@Tandem mine"))[0] == 200


@pytest.mark.parametrize("tenant", ["99999999-2b78-4f93-b0f8-8881793f0f8f", ""])
async def test_another_organisation_gets_403(office: Office, tenant: str) -> None:
    conversation = {"id": CHANNEL, "conversationType": "channel", "tenantId": tenant}
    data = {"tenant": {"id": tenant}}
    status, _ = await office.send.line("@Tandem mine", marta, CHANNEL, conversation=conversation, channelData=data)
    assert status == 403
    assert office.core.turns == []


async def test_one_organisation_in_two_places_is_one(office: Office) -> None:
    conversation = {"id": CHANNEL, "conversationType": "channel", "tenantId": TENANT}
    data = {"tenant": {"id": "99999999-2b78-4f93-b0f8-8881793f0f8f"}}
    status, _ = await office.send.line("@Tandem mine", marta, CHANNEL, conversation=conversation, channelData=data)
    assert status == 403


@pytest.mark.parametrize("body", [b"", b"[", b"[]", b'"x"', b"{}", b'{"type": 7}', b"\xff\xfe", b"[" * 100_000])
async def test_what_is_no_activity_gets_400(office: Office, body: bytes) -> None:
    headers = {"Authorization": f"Bearer {token(office.teams.service_url)}", "Content-Type": "application/json"}
    async with aiohttp.ClientSession() as session, session.post(office.send.url, data=body, headers=headers) as answer:
        assert answer.status == 400


@pytest.mark.parametrize(
    "broken",
    [
        {"conversation": None},
        {"conversation": {}},
        {"conversation": "x"},
        {"recipient": None},
        {"entities": "x"},
        {"entities": [None, 7, {"type": "mention", "mentioned": None}, {"type": None}]},
        {"attachments": [None, 7]},
        {"text": 7},
        {"text": None},
        {"timestamp": "yesterday"},
        {"from": None},
        {"from": {"id": 7}},
        {"id": None},
        {"value": "x"},
        {"channelData": {"tenant": {"id": TENANT}, "channel": "x", "team": 7, "eventType": []}},
    ],
)
@pytest.mark.parametrize("kind", ["message", "conversationUpdate", "installationUpdate", "messageUpdate", "invoke"])
async def test_a_broken_activity_breaks_nothing(office: Office, kind: str, broken: dict) -> None:
    status, _ = await office.send.activity(kind, marta, CHANNEL, **{"text": "<at>Tandem</at> mine", **broken})
    assert status in (200, 400, 403)


@pytest.mark.parametrize("kind", ["typing", "messageReaction", "event", "endOfConversation", "trace", "somethingNew"])
async def test_an_activity_that_nobody_waits_for_is_left_alone(office: Office, kind: str) -> None:
    assert (await office.send.activity(kind, marta, CHANNEL))[0] == 200
    assert office.core.turns == []


@pytest.mark.parametrize("name", ["composeExtension/query", "signin/verifyState", "somethingNew", None])
async def test_an_invoke_that_nobody_waits_for_gets_an_empty_reply(office: Office, name: str | None) -> None:
    assert await office.send.activity("invoke", marta, CHANNEL, name=name, value={}) == (200, {})


async def test_without_a_store_teams_is_told_to_come_again(office: Office) -> None:
    office.core.answer = StoreDown("OperationalError")
    status, _ = await office.line("@Tandem mine")
    assert status == 503


async def test_a_key_server_that_hangs_keeps_nobody_else_waiting(office: Office, monkeypatch) -> None:
    await office.line("@Tandem mine")
    office.server.hangs = True
    monkeypatch.setattr("adapters.teams.signing_keys.BETWEEN_FETCHES", 0.0)
    office.send.signs = lambda url: token(url, kid="second")
    stuck = asyncio.create_task(office.send.line("@Tandem help", marta, CHANNEL))
    await asyncio.sleep(0.1)
    office.send.signs = token
    slowest = 0.0
    for _ in range(10):
        began = time.perf_counter()
        assert (await office.send.line("@Tandem mine", marta, CHANNEL))[0] == 200
        slowest = max(slowest, time.perf_counter() - began)
    assert slowest < 0.1
    assert not stuck.done()
    assert (await stuck)[0] == 401


async def test_before_the_first_key_teams_is_told_to_come_again(monkeypatch) -> None:
    monkeypatch.setattr("adapters.teams.signing_keys.PATIENCE", 0.05)
    async with office() as opened:
        opened.server.hangs = True
        assert (await opened.line("@Tandem mine"))[0] == 503
        assert opened.core.turns == []


async def test_the_agents_playground_speaks_without_a_token() -> None:
    async with office(anonymous=True) as opened:
        assert (await opened.send.line("@Tandem mine", marta, CHANNEL))[0] == 200
        opened.send.signs = lambda _: "garbage"
        assert (await opened.send.line("@Tandem mine", marta, CHANNEL))[0] == 200
        status, _ = await opened.send.activity("message", marta, CHANNEL, serviceUrl="https://evil.example/")
        assert status == 403
        assert len(opened.core.turns) == 2


@pytest.mark.skipif(not PAYLOADS.is_dir(), reason="the recorded payloads are not here")
@pytest.mark.parametrize("name", sorted(file.name for file in PAYLOADS.glob("*.json")))
async def test_recorded_payloads_are_answered(name: str) -> None:
    activity = json.loads((PAYLOADS / name).read_text(encoding="utf-8"))
    tenant = activity["channelData"]["tenant"]["id"]
    assert tenant in RECORDED_TENANTS
    async with office() as opened:
        keys = opened.adapter._keys
        object.__setattr__(keys, "tenant", tenant)
        opened.core.known = {"19:0b7f32667e064dd9b25d7969801541f4@thread.tacv2"}
        status, _ = await opened.send.post(activity)
        await opened.adapter.idle()
        assert status == 200
        assert {turn.act.text for turn in opened.core.turns} == HEARD.get(name, set())
        assert {told[0] for told in opened.core.told} == TOLD.get(name, set())


HEARD = {
    "chatsdk_channel_teams_mention.json": {"Hey"},
    "chatsdk_dm_teams_dmmessage.json": {"Hey"},
    "chatsdk_streaming_teams_aimention.json": {"AI What is love?"},
    "chatsdk_teams_mention.json": {"Hey"},
}
TOLD = {
    "msdocs_bot_added_to_team.json": {"welcome"},
    "msdocs_installation_update_add.json": {"welcome"},
}

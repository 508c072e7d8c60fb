"""What the doctor says of Teams."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
import pytest_asyncio

from adapters.teams import TeamsKeys, teams_checks
from tests.adapters.teams.listening import keys
from tests.tools.bot_connector import BotConnector, refusal
from tests.tools.bot_tokens import KeyServer


@pytest_asyncio.fixture
async def well() -> AsyncIterator[tuple[BotConnector, KeyServer, TeamsKeys]]:
    """A bot with which all is well."""
    async with BotConnector() as teams, KeyServer() as server:
        yield teams, server, keys(teams, server)


async def checked(bot: TeamsKeys, **changed: Any) -> dict[str, tuple[bool, str]]:
    return {check.name: (check.ok, check.sentence) for check in await teams_checks(replace(bot, **changed))}


async def test_all_is_well(well: Any) -> None:
    checks = await checked(well[2])
    assert list(checks) == ["teams bot", "teams keys", "teams token"]
    assert all(ok for ok, _ in checks.values())
    assert "1 keys" in checks["teams keys"][1]


@pytest.mark.parametrize("changed", [{"app_id": "tandem"}, {"tenant": "norvane.example"}])
async def test_an_id_that_is_none(well: Any, changed: dict[str, str]) -> None:
    ok, sentence = (await checked(well[2], **changed))["teams bot"]
    assert not ok
    assert "MICROSOFT_APP_" in sentence


async def test_a_secret_that_is_old(well: Any) -> None:
    ok, sentence = (await checked(well[2], password="old"))["teams token"]
    assert not ok
    assert "invalid_client" in sentence
    assert "MICROSOFT_APP_PASSWORD" in sentence
    well[0].fails("LOGIN", refusal(200))
    assert not (await checked(well[2]))["teams token"][0]


async def test_keys_that_cannot_be_had(well: Any) -> None:
    well[1].broken = True
    assert not (await checked(well[2]))["teams keys"][0]
    assert not (await checked(well[2], openid_metadata_url="http://127.0.0.1:9/"))["teams keys"][0]
    assert not (await checked(well[2], login_url="http://127.0.0.1:9"))["teams token"][0]


async def test_keys_of_another_channel(well: Any) -> None:
    well[1].endorsements = ["webchat"]
    ok, sentence = (await checked(well[2]))["teams keys"]
    assert not ok
    assert "endorsed" in sentence


async def test_what_is_for_development_is_said(well: Any) -> None:
    checks = await checked(well[2], anonymous=True, outgoing_token="x")
    assert "TEAMS_ANONYMOUS" in checks["teams keys"][1]
    assert "TEAMS_OUTGOING_TOKEN" in checks["teams token"][1]

"""Only Teams comes in: every bad token is refused by what it is, and nobody waits for the key server but who must."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import pytest
import pytest_asyncio
from aiohttp import ClientSession

from adapters.teams.keys import TeamsKeys
from adapters.teams.signing_keys import BETWEEN_FETCHES, FETCH_SECONDS, NoKeys, SigningKeys
from adapters.teams.tokens import BadToken, Tokens
from tests.tools.bot_tokens import APP, KeyServer, token

URL = "https://smba.trafficmanager.net/emea/"
ACTIVITY = {"channelId": "msteams", "serviceUrl": URL}


@dataclass
class Gate:
    server: KeyServer
    signing: SigningKeys
    tokens: Tokens

    async def take(self, bearer: str, activity=None):
        claims, key = await self.tokens.check(f"Bearer {bearer}")
        self.tokens.belongs(claims, key, activity or ACTIVITY)
        return claims


@pytest_asyncio.fixture
async def gate() -> AsyncIterator[Gate]:
    async with KeyServer() as server, ClientSession() as session:
        signing = SigningKeys(session, server.metadata_url)
        yield Gate(server, signing, Tokens(TeamsKeys(APP, openid_metadata_url=server.metadata_url), signing))
        await signing.close()


def now(seconds: float) -> int:
    return int(time.time() + seconds)


async def test_a_token_of_teams_comes_in(gate):
    assert (await gate.take(token(URL)))["aud"] == APP


async def test_clocks_may_differ_by_five_minutes(gate):
    await gate.take(token(URL, exp=now(-120)))
    await gate.take(token(URL, nbf=now(120)))


BAD: dict[str, Callable[[], str]] = {
    "expired ten minutes ago": lambda: token(URL, exp=now(-600)),
    "from the future": lambda: token(URL, nbf=now(600)),
    "without an end": lambda: token(URL, exp=None),
    "for another bot": lambda: token(URL, aud="99999999-0000-0000-0000-000000000000"),
    "by another issuer": lambda: token(URL, iss="https://sts.windows.net/evil/"),
    "by nobody": lambda: token(URL, iss=None),
    "signed by another key under a known name": lambda: token(URL, signed_by="second"),
    "signed by an unknown key": lambda: token(URL, kid="unknown"),
    "naming no key": lambda: token(URL, kid=""),
    "signed with a shared secret": lambda: token(URL, algorithm="HS256"),
    "unsigned": lambda: "eyJhbGciOiJub25lIiwia2lkIjoiZmlyc3QifQ.e30.",
    "garbage": lambda: "garbage",
    "two dots": lambda: "..",
    "no text": lambda: "\udcff\ufffd.é.ü",
    "a header that is a list": lambda: "W10.e30.e30",
}
"""Each made when it is sent: a time in it is one of then."""


@pytest.mark.parametrize("what", BAD)
async def test_a_bad_token_is_refused_and_leaves_no_trace(gate, what, caplog):
    bad = BAD[what]()
    with pytest.raises(BadToken) as refused:
        await gate.take(bad)
    assert refused.value.status == 401
    parts = [part for part in bad.split(".") if len(part) > 7]
    assert not any(part in f"{refused.value.reason} {caplog.text}" for part in parts)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic dGFuZGVtOnRhbmRlbQ==", "bearer\t", "Token abc"])
async def test_what_is_no_bearer_token_is_refused(gate, header):
    with pytest.raises(BadToken):
        await gate.tokens.check(header)


@pytest.mark.parametrize(
    ("bearer", "activity"),
    [
        (token(URL, serviceurl="https://evil.example/"), ACTIVITY),
        (token(URL, serviceurl=None), ACTIVITY),
        (token(URL), {"channelId": "msteams"}),
        (token(URL), {**ACTIVITY, "serviceUrl": "https://evil.example/"}),
        (token(URL), {**ACTIVITY, "channelId": "webchat"}),
        (token(URL), {"serviceUrl": URL}),
    ],
)
async def test_a_token_is_for_one_address_and_for_teams(gate, bearer, activity):
    with pytest.raises(BadToken) as refused:
        await gate.take(bearer, activity)
    assert refused.value.status == 403


async def test_a_key_speaks_only_for_the_channels_that_endorse_it(gate):
    gate.server.endorsements = ["webchat", "directline"]
    with pytest.raises(BadToken) as refused:
        await gate.take(token(URL))
    assert refused.value.status == 403


async def test_a_rotated_key_is_accepted_within_a_minute(gate, monkeypatch):
    await gate.take(token(URL))
    gate.server.names = ["second"]
    monkeypatch.setattr("adapters.teams.signing_keys.BETWEEN_FETCHES", 0.0)  # nobody waits a minute here
    await gate.take(token(URL, kid="second"))
    with pytest.raises(BadToken):
        await gate.take(token(URL))  # what is listed no more is believed no more


def test_a_minute_is_enough():
    assert BETWEEN_FETCHES + FETCH_SECONDS < 60


async def test_a_thousand_made_up_keys_make_one_fetch(gate):
    await gate.take(token(URL))
    made_up = [token(URL, kid=f"made up {number}", signed_by="second") for number in range(50)]
    refused = await asyncio.gather(*(gate.take(one) for one in made_up * 20), return_exceptions=True)
    assert all(isinstance(one, BadToken) for one in refused)
    assert gate.server.fetches == 1


async def test_who_comes_first_and_who_comes_meanwhile_make_one_fetch(gate):
    await asyncio.gather(*(gate.take(token(URL)) for _ in range(20)))
    assert gate.server.fetches == 1


async def test_a_key_server_that_hangs_keeps_nobody_else_waiting(gate, monkeypatch):
    await gate.take(token(URL))
    gate.server.hangs = True
    monkeypatch.setattr("adapters.teams.signing_keys.BETWEEN_FETCHES", 0.0)
    stuck = asyncio.create_task(gate.take(token(URL, kid="second")))
    await asyncio.sleep(0)
    began = time.perf_counter()
    for _ in range(20):
        await gate.take(token(URL))
    assert time.perf_counter() - began < 0.1 * 20
    assert not stuck.done()
    with pytest.raises(BadToken):
        await stuck


async def test_before_the_first_key_nobody_is_believed_or_refused(gate, monkeypatch):
    gate.server.hangs = True
    monkeypatch.setattr("adapters.teams.signing_keys.PATIENCE", 0.05)
    with pytest.raises(NoKeys):
        await gate.take(token(URL))


async def test_a_broken_key_server_is_asked_again_and_its_last_keys_count(gate, monkeypatch, caplog):
    await gate.take(token(URL))
    gate.server.broken = True
    monkeypatch.setattr("adapters.teams.signing_keys.BETWEEN_FETCHES", 0.0)
    monkeypatch.setattr("adapters.teams.signing_keys.KEEP_SECONDS", 0.0)
    await gate.take(token(URL))
    with pytest.raises(BadToken):
        await gate.take(token(URL, kid="second"))
    await gate.take(token(URL))
    assert "could not be fetched" in caplog.text

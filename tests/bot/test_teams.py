"""The bot as its own process: without its id the route is closed, with it only Teams comes in."""

from __future__ import annotations

from pathlib import Path

import aiohttp

from tests.bot.test_serving import address_in, get, serving
from tests.tools.bot_tokens import APP, KeyServer, token

URL = "https://smba.trafficmanager.net/emea/"
TENANT = "b28fdbfd-2b78-4f93-b0f8-8881793f0f8f"


async def post(address: str, bearer: str) -> int:
    """The status of an activity that asks for nothing."""
    activity = {
        "type": "typing", "channelId": "msteams", "serviceUrl": URL, "recipient": {"id": f"28:{APP}"},
        "conversation": {"id": "19:x@thread.tacv2", "conversationType": "channel", "tenantId": TENANT},
    }  # fmt: skip
    headers = {"Authorization": f"Bearer {bearer}"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{address}/api/messages", json=activity, headers=headers) as answer,
    ):
        return answer.status


async def test_without_an_id_the_route_is_closed(own_place: Path) -> None:
    with serving("web", "rehearsal room is open") as (_, line):
        assert await post(address_in(line), token(URL)) == 404


async def test_with_an_id_in_small_letters_or_capitals_teams_comes_in_and_nobody_else(own_place: Path) -> None:
    async with KeyServer() as server:
        bot = {
            "MICROSOFT_APP_ID": APP, "MICROSOFT_APP_PASSWORD": "x", "MICROSOFT_APP_TENANT_ID": TENANT.upper(),
            "TEAMS_OPENID_METADATA_URL": server.metadata_url,
        }  # fmt: skip
        with serving("web", "rehearsal room is open", **bot) as (_, line):
            address = address_in(line)
            assert await post(address, token(URL)) == 200
            assert await post(address, token(URL, aud="another")) == 401
            assert await post(address, token(URL, serviceurl="https://evil.example/")) == 403
            assert get(f"{address}/readyz")[1]["platforms"] == {"teams": "heard"}

"""What `tandem doctor` finds out about Slack: whether the keys fit, what they allow, and whether the clocks agree."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from aiohttp import ClientSession, ClientTimeout
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.adapter import SlackKeys
from adapters.slack.faults import sorted_faults
from adapters.slack.manifest import BOT_SCOPES
from core.api import Gone, TryLater

CHECK_SECONDS = 10.0
MOST_SKEW = 60.0
"""Seconds. Slack's signatures are refused at 300, and the trail's times should be true long before."""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the doctor's: what was looked at, whether it is well, and a sentence that says what would be."""

    name: str
    ok: bool
    sentence: str


async def slack_checks(keys: SlackKeys, now: Callable[[], datetime]) -> list[Check]:
    """Ask Slack about the keys; `now` is this machine's own clock in UTC. Nothing is changed there, nothing raised."""
    async with ClientSession(timeout=ClientTimeout(total=CHECK_SECONDS)) as session:
        client = AsyncWebClient(keys.bot_token, base_url=keys.api_url, session=session, retry_handlers=[])
        checks = await _token(client, now)
        checks.append(await _socket(client, keys.app_token) if keys.app_token else _secret(keys.signing_secret))
        return checks


async def _token(client: AsyncWebClient, now: Callable[[], datetime]) -> list[Check]:
    try:
        async with sorted_faults():
            answer = await client.auth_test()
    except TryLater as later:
        return [Check("slack token", False, f"Slack cannot be reached at {client.base_url}: {later.reason}.")]
    except Gone as gone:
        return [Check("slack token", False, f"Slack refuses SLACK_BOT_TOKEN ({gone.reason}); it begins with xoxb-.")]
    who = f"Tandem is {answer.get('user') or answer['user_id']} in {answer.get('team') or answer['team_id']}."
    if not answer.get("bot_id"):
        who = "SLACK_BOT_TOKEN belongs to a person; take the Bot User OAuth Token, which begins with xoxb-."
    return [Check("slack token", bool(answer.get("bot_id")), who), _scopes(answer), _clock(answer, now())]


def _scopes(answer: AsyncSlackResponse) -> Check:
    granted = set(re.split(r"[,\s]+", _header(answer, "x-oauth-scopes")))
    missing = [scope for scope in BOT_SCOPES if scope not in granted]
    if missing:
        remedy = "add them under 'OAuth & Permissions' (or paste `tandem manifest slack` anew) and reinstall the app"
        return Check("slack scopes", False, f"Missing: {', '.join(missing)}; {remedy}.")
    return Check("slack scopes", True, f"All {len(BOT_SCOPES)} scopes are granted.")


def _clock(answer: AsyncSlackResponse, now: datetime) -> Check:
    try:
        theirs = parsedate_to_datetime(_header(answer, "date")).astimezone(UTC)
    except ValueError:
        return Check("slack clock", True, "Slack does not tell its time.")
    skew = (now - theirs).total_seconds()
    if abs(skew) > MOST_SKEW:
        side = "ahead of" if skew > 0 else "behind"
        return Check("slack clock", False, f"This machine is {abs(skew):.0f} s {side} Slack: set its clock by NTP.")
    return Check("slack clock", True, f"This machine and Slack agree within {max(1, round(abs(skew)))} s.")


def _secret(secret: str) -> Check:
    if re.fullmatch(r"[0-9a-f]{32}", secret):
        return Check("slack signing secret", True, "It has the form that Slack gives.")
    remedy = "take the Signing Secret (32 characters, 0-9 and a-f) from the app's page 'Basic Information'"
    return Check("slack signing secret", False, f"SLACK_SIGNING_SECRET is not one: {remedy}.")


async def _socket(client: AsyncWebClient, app_token: str) -> Check:
    try:
        async with sorted_faults():
            await client.apps_connections_open(app_token=app_token)
    except TryLater as later:
        return Check("slack socket mode", False, f"Slack opens no socket now: {later.reason}.")
    except Gone as gone:
        remedy = "make an app-level token (xapp-…) with connections:write under 'Basic Information'"
        return Check("slack socket mode", False, f"Slack refuses SLACK_APP_TOKEN ({gone.reason}): {remedy}.")
    return Check("slack socket mode", True, "Slack opens a socket for SLACK_APP_TOKEN.")


def _header(answer: AsyncSlackResponse, name: str) -> str:
    return next((str(value) for key, value in answer.headers.items() if key.lower() == name), "")

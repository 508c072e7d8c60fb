"""Who and what is in a workspace that local-slack plays: its people, its channels and the app under test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class SlackUser:
    """A person of the workspace; `tz` is an IANA name."""

    id: str
    name: str
    real_name: str
    email: str = ""
    tz: str = "Europe/Dublin"


@dataclass(frozen=True)
class SlackChannel:
    """A channel and the user ids of its members; the bot is a member unless `bot` is false."""

    id: str
    name: str
    members: Sequence[str] = ()
    private: bool = False
    bot: bool = True


@dataclass(frozen=True)
class SlackApp:
    """The app under test: with `request_url` it is reached over HTTP, without it over Socket Mode."""

    request_url: str | None = None
    app_id: str = "A0TANDEM"
    bot_user: str = "U0TANDEM"
    bot_token: str = "xoxb-tandem-test"
    app_token: str = "xapp-tandem-test"
    signing_secret: str = "5fd924625f6ab16a19cc9807c7c506ae"


def configuration(
    users: Sequence[SlackUser], channels: Sequence[SlackChannel], app: SlackApp, team: str
) -> dict[str, Any]:
    """The file that local-slack reads at its start."""
    return {
        "workspace": {"name": "Norvane", "domain": "norvane", "teamId": team},
        "apps": [_app(app)],
        "users": [
            {
                "id": user.id,
                "name": user.name,
                "real_name": user.real_name,
                "email": user.email,
                "tz": user.tz,
            }
            for user in users
        ],
        "channels": [
            {
                "id": channel.id,
                "name": channel.name,
                "is_private": channel.private,
                "members": [*channel.members, *([app.bot_user] if channel.bot else [])],
            }
            for channel in channels
        ],
    }


def _app(app: SlackApp) -> dict[str, str]:
    delivery = {"mode": "events", "requestUrl": app.request_url} if app.request_url else {"mode": "socket"}
    return {
        "appId": app.app_id,
        "botUserId": app.bot_user,
        "botName": "tandem",
        "botToken": app.bot_token,
        "appToken": app.app_token,
        "signingSecret": app.signing_secret,
        **delivery,
    }

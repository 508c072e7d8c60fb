"""The platforms that people are heard on, as the settings name them, behind one shape."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from aiohttp import web

from adapters.slack import SlackAdapter, SlackKeys
from adapters.teams import TeamsKeys
from bot.settings import Settings, TeamsSettings
from core.api import Core, Messenger


class Platform(Protocol):
    """One platform, wired. Made before the event loop; `start` and `close` inside it."""

    def routes(self) -> Iterable[web.RouteDef]:
        """What the web server serves of it."""
        ...

    @property
    def messenger(self) -> Messenger:
        """What the worker sends by, once started."""
        ...

    async def start(self) -> None:
        """Begin to hear."""
        ...

    async def close(self) -> None:
        """Finish what was begun."""
        ...

    async def hears(self) -> bool:
        """Whether what people say there arrives in this process."""
        ...


def platforms_of(settings: Settings, core: Core, hears: bool) -> dict[str, Platform]:
    """The platforms of the settings, by name; without `hears` only what a worker needs of them."""
    found: dict[str, Platform] = {}
    if settings.slack is not None:
        slack = settings.slack
        keys = SlackKeys(slack.bot_token, slack.signing_secret, slack.app_token, slack.api_url)
        # A worker alone opens no socket: it would hear there.
        found["slack"] = SlackAdapter(core, keys if hears else replace(keys, app_token=None))
    if settings.teams is not None:
        found["teams"] = _teams(core, teams_keys(settings.teams), hears)
    return found


def teams_keys(teams: TeamsSettings) -> TeamsKeys:
    """The bot's keys; what the settings leave out is Microsoft's own."""
    keys = TeamsKeys(
        teams.app_id, teams.password, teams.tenant, outgoing_token=teams.outgoing_token, anonymous=teams.anonymous
    )
    if teams.metadata_url:
        keys = replace(keys, openid_metadata_url=teams.metadata_url)
    return replace(keys, token_issuer=teams.token_issuer) if teams.token_issuer else keys


def _teams(core: Core, keys: TeamsKeys, hears: bool) -> Platform:
    from adapters.teams.adapter import TeamsAdapter  # noqa: PLC0415 - the SDK takes most of a second to import

    return TeamsAdapter(core, keys, hears)

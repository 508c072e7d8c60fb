"""The least that a bot of botbuilder's can do: check the token, and echo what was said.

Beside adapters/teams/line.py the one module that imports the SDK, as it is what that is measured beside; it is itself
imported by the process that serves it alone.
"""

from __future__ import annotations

from typing import Any

from aiohttp import web
from botbuilder.core import ActivityHandler, CloudAdapterBase, TurnContext
from botbuilder.schema import Activity
from botframework.connector.auth import (
    AppCredentials,
    BotFrameworkAuthenticationFactory,
    PasswordServiceClientCredentialFactory,
)
from msrest.universal_http.requests import ClientRetryPolicy

from bot.bench.teams_double import APP, ECHO, ISSUER, PATH, metadata_url

SCOPE = ISSUER


def echo_app(double: int, mended: bool) -> web.Application:
    """The bot; `mended` spares it the list of 500 codes that it searches for each client it makes.

    What the SDK's own aiohttp package does between the request and `process_activity` is these lines; the package
    itself would be one more dependency of Tandem's.
    """
    if mended:
        ClientRetryPolicy.safe_codes = frozenset(ClientRetryPolicy.safe_codes)  # type: ignore[assignment]
    adapter, bot = CloudAdapterBase(_authentication(double)), _Echo()

    async def take(request: web.Request) -> web.Response:
        activity = Activity().deserialize(await request.json())
        await adapter.process_activity(request.headers["Authorization"], activity, bot.on_turn)
        return web.Response(status=201)

    app = web.Application()
    app.router.add_post(PATH, take)
    return app


def _authentication(double: int) -> Any:
    return BotFrameworkAuthenticationFactory.create(
        to_channel_from_bot_login_url="https://login.microsoftonline.com/botframework.com",
        to_channel_from_bot_oauth_scope=SCOPE,
        to_bot_from_channel_token_issuer=ISSUER,
        oauth_url="https://token.botframework.com/",
        to_bot_from_channel_open_id_metadata_url=metadata_url(double),
        to_bot_from_emulator_open_id_metadata_url=metadata_url(double),
        credential_factory=_Credentials(APP),
    )


class _Echo(ActivityHandler):  # type: ignore[misc]
    async def on_message_activity(self, turn_context: TurnContext) -> None:
        await turn_context.send_activity(f"{ECHO}{turn_context.activity.text}")


class _Credentials(PasswordServiceClientCredentialFactory):  # type: ignore[misc]
    async def create_credentials(self, app_id: str, oauth_scope: str, *_: object, **__: object) -> AppCredentials:
        return _FixedToken(app_id, None, oauth_scope)


class _FixedToken(AppCredentials):  # type: ignore[misc]
    """Microsoft's login is not on this machine."""

    def get_access_token(self, force_refresh: bool = False) -> str:  # noqa: ARG002 - as the SDK asks
        return "bench"

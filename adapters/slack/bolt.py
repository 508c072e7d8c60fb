"""The Bolt app: it sorts payloads to the listeners, the slash command first, and awaits each before it replies."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.listeners import COMMAND, Listeners
from adapters.slack.pointing import SHORTCUT, Pointing
from adapters.slack.render_modal import FORM
from adapters.slack.workspace import Workspace
from core.api import StoreDown

log = logging.getLogger("tandem.slack")
bolt_log = logging.getLogger("tandem.slack.bolt")
bolt_log.setLevel(logging.ERROR)
"""Bolt's own, and the app's name too: Bolt gives the logger that bears the app's name the level of its own."""

ANY = re.compile(".")


def bolt_app(listeners: Listeners, pointing: Pointing, client: AsyncWebClient, bot_token: str) -> AsyncApp:
    """The app for one workspace. `client` holds no token of its own, so that Bolt asks nobody who it is.

    Signatures are checked before (adapters/slack/entrance.py): Bolt parses a body before it knows who sent it.
    """
    installed = _installed(listeners.workspace, bot_token)

    async def authorize() -> AuthorizeResult:
        return installed

    app = AsyncApp(
        name=bolt_log.name, logger=bolt_log, client=client, authorize=authorize, signing_secret="",
        process_before_response=True,
        request_verification_enabled=False, attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )  # fmt: skip
    _listen(app, listeners)
    _point(app, pointing)
    app.event(ANY)(_others(listeners))
    app.error(failed)
    return app


def _listen(app: AsyncApp, listeners: Listeners) -> None:
    @app.command(COMMAND)
    async def command(body: Mapping[str, Any]) -> BoltResponse:
        return await listeners.command(body)

    @app.action(ANY)
    async def press(body: Mapping[str, Any]) -> BoltResponse:
        return await listeners.press(body)

    @app.view(FORM)
    async def form(body: Mapping[str, Any]) -> BoltResponse:
        return await listeners.form(body)

    @app.event("message")
    async def message(body: Mapping[str, Any]) -> None:
        await listeners.message(body)

    @app.event("app_mention")
    async def mention(body: Mapping[str, Any]) -> None:
        await listeners.mention(body)


def _point(app: AsyncApp, pointing: Pointing) -> None:
    @app.message_shortcut(SHORTCUT)
    async def picked(body: Mapping[str, Any]) -> BoltResponse:
        return await pointing.picked(body)

    @app.event(re.compile("reaction_(added|removed)"))
    async def reacted(body: Mapping[str, Any]) -> None:
        await pointing.reacted(body)


def _others(listeners: Listeners) -> Callable[[Mapping[str, Any]], Awaitable[None]]:
    """Takes every event that nobody took before: Bolt asks its listeners in their order."""

    async def event(body: Mapping[str, Any]) -> None:
        await listeners.event(body)

    return event


async def failed(error: Exception) -> BoltResponse:
    """503, after which Slack delivers an event again; what was recorded already is known by its delivery id."""
    if isinstance(error, StoreDown):
        log.warning("the store cannot be reached: %s", error)
    else:
        log.error("a payload could not be handled", exc_info=error)
    return BoltResponse(status=503, body="")


def _installed(workspace: Workspace, bot_token: str) -> AuthorizeResult:
    return AuthorizeResult(
        enterprise_id=None, team_id=workspace.team, bot_user_id=workspace.bot_user, bot_id=workspace.bot_id,
        bot_token=bot_token,
    )  # fmt: skip

"""The token that Tandem shows the Bot Connector: asked of Microsoft's login beside the work, and kept until it ends.

The SDK asks by msal, which blocks the event loop and first looks up the login's address elsewhere.
"""

from __future__ import annotations

import asyncio
import logging
import time

from aiohttp import ClientError, ClientSession, ClientTimeout

from adapters.teams.keys import TeamsKeys
from core.api import TryLater

log = logging.getLogger("tandem.teams")

SCOPE = "https://api.botframework.com/.default"
MANY_TENANTS = "botframework.com"
BEFORE_ITS_END = 300.0
SECONDS = 8.0


class LoginRefused(TryLater):
    """Microsoft's login does not take the app id or password; `reason` holds its own word for it."""


class OutgoingToken:
    """One bot's token."""

    def __init__(self, session: ClientSession, keys: TeamsKeys) -> None:
        self._session, self._keys = session, keys
        self._token, self._until = "", float("-inf")
        self._asking = asyncio.Lock()

    async def bearer(self) -> str | None:
        """The token; None where the bot speaks without one. Raises TryLater."""
        if self._keys.outgoing_token is not None:
            return self._keys.outgoing_token
        if self._keys.anonymous and not self._keys.password:
            return None
        if time.monotonic() < self._until:
            return self._token
        async with self._asking:
            if time.monotonic() >= self._until:
                await self._ask()
        return self._token

    def forget(self) -> None:
        """The connector did not take it."""
        self._until = float("-inf")

    async def _ask(self) -> None:
        address = f"{self._keys.login_url}/{self._keys.tenant or MANY_TENANTS}/oauth2/v2.0/token"
        asked = {
            "grant_type": "client_credentials",
            "client_id": self._keys.app_id,
            "client_secret": self._keys.password,
            "scope": SCOPE,
        }
        try:
            async with self._session.post(address, data=asked, timeout=ClientTimeout(total=SECONDS)) as answer:
                found = await answer.json(content_type=None)
        except (TimeoutError, ClientError, OSError, ValueError) as error:
            raise TryLater(f"Microsoft's login could not be reached: {type(error).__name__}") from error
        if not isinstance(found, dict) or not isinstance(found.get("access_token"), str):
            word = found.get("error") if isinstance(found, dict) else None
            log.error("Microsoft's login refuses the bot: %s", word)
            raise LoginRefused(f"Microsoft's login refuses the bot: {word or answer.status}", after=60.0)
        self._token = found["access_token"]
        self._until = time.monotonic() + max(60.0, float(found.get("expires_in") or 3600) - BEFORE_ITS_END)

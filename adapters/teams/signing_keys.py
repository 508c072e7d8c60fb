"""The keys that sign Teams' tokens: fetched beside the work, kept, and fetched anew when a token names another."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout
from jwt import PyJWK, PyJWTError

log = logging.getLogger("tandem.teams")

FETCH_SECONDS = 20.0
PATIENCE = 2.0
"""Seconds that one request waits for keys; the fetch goes on behind it for those that follow."""
BETWEEN_FETCHES = 20.0
"""Seconds: whoever names keys that do not exist makes the key server busy no more often than this."""
KEEP_SECONDS = 24 * 3600.0


class NoKeys(Exception):
    """The key server has not answered yet: nobody can be believed or refused."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A public key, and the channels that it may speak for."""

    key: PyJWK
    endorsements: frozenset[str]


class SigningKeys:
    """The keys behind an OpenID metadata address, by key id."""

    def __init__(self, session: ClientSession, metadata_url: str) -> None:
        self._session, self._url = session, metadata_url
        self._keys: dict[str, SigningKey] | None = None
        self._fetched = self._tried = float("-inf")
        self._fetching: asyncio.Task[None] | None = None

    async def find(self, key_id: str) -> SigningKey | None:
        """The key, or None where the key server has none of that name. Raises NoKeys."""
        known = (self._keys or {}).get(key_id)
        now = time.monotonic()
        if known is not None:
            if now - self._fetched > KEEP_SECONDS:
                self._fetch(now)
            return known
        fetching = self._fetch(now)
        if fetching is not None:
            await asyncio.wait([fetching], timeout=PATIENCE)
        if self._keys is None:
            raise NoKeys
        return self._keys.get(key_id)

    @property
    def known(self) -> bool:
        """Whether anybody can be believed."""
        return bool(self._keys)

    def begin(self) -> None:
        """Fetch the keys before anybody asks for one."""
        self._fetch(time.monotonic())

    async def close(self) -> None:
        """Fetch no more."""
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.gather(self._fetching, return_exceptions=True)

    def _fetch(self, now: float) -> asyncio.Task[None] | None:
        """The fetch under way, or a new one; None where the last one is not long ago."""
        if self._fetching is None and now - self._tried >= BETWEEN_FETCHES:
            self._tried = now
            self._fetching = asyncio.create_task(self._refresh())
            self._fetching.add_done_callback(self._ended)
        return self._fetching

    def _ended(self, fetching: asyncio.Task[None]) -> None:
        self._fetching = None
        if not fetching.cancelled() and (error := fetching.exception()) is not None:
            log.error("the keys for Teams' tokens could not be read", exc_info=error)

    async def _refresh(self) -> None:
        try:
            self._keys = await fetched_keys(self._session, self._url)
        except (TimeoutError, ClientError, OSError, ValueError) as error:
            log.warning("the keys for Teams' tokens could not be fetched from %s: %s", self._url, type(error).__name__)
            return
        self._fetched = time.monotonic()


async def fetched_keys(session: ClientSession, metadata_url: str) -> dict[str, SigningKey]:
    """The keys by id. Raises TimeoutError, aiohttp's ClientError, or ValueError for an answer of another shape."""
    metadata = await _json(session, metadata_url)
    address = metadata.get("jwks_uri")
    if not isinstance(address, str):
        raise ValueError(f"{metadata_url} names no jwks_uri")
    listed = (await _json(session, address)).get("keys")
    if not isinstance(listed, list):
        raise ValueError(f"{address} lists no keys")
    found = (_read(one) for one in listed)
    return dict(filter(None, found))


async def _json(session: ClientSession, address: str) -> Mapping[str, Any]:
    async with session.get(address, timeout=ClientTimeout(total=FETCH_SECONDS)) as answer:
        answer.raise_for_status()
        found = await answer.json(content_type=None)
    if not isinstance(found, dict):
        raise ValueError(f"{address} answered no object")
    return found


def _read(listed: object) -> tuple[str, SigningKey] | None:
    """One listed key; None for one of a kind that signs no tokens here."""
    if not isinstance(listed, dict) or listed.get("kty") != "RSA" or not isinstance(listed.get("kid"), str):
        return None
    endorsements = listed.get("endorsements") or []
    try:
        key = PyJWK({"alg": "RS256", **listed})
    except PyJWTError:
        return None
    return listed["kid"], SigningKey(key, frozenset(one for one in endorsements if isinstance(one, str)))

"""Whether a request is Teams': a token signed by an endorsed key, made for this bot and for the address it names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jwt

from adapters.teams.keys import TeamsKeys
from adapters.teams.signing_keys import SigningKey, SigningKeys

ALGORITHMS = ["RS256"]
LEEWAY = 300
"""Seconds that the sender's clock may differ, as Microsoft's own libraries grant."""
CHANNEL = "msteams"
_REQUIRED = ["exp", "iss", "aud"]

Claims = Mapping[str, Any]


class BadToken(Exception):
    """The request is refused with `status` (401: nobody knows who that is, 403: not that one). Names no token."""

    def __init__(self, reason: str, status: int = 401) -> None:
        super().__init__(reason)
        self.reason, self.status = reason, status


class Tokens:
    """Checks the header of a request, then that the activity in it is the one that the token was made for."""

    def __init__(self, keys: TeamsKeys, signing: SigningKeys) -> None:
        self._keys, self._signing = keys, signing

    async def check(self, header: str) -> tuple[Claims, SigningKey]:
        """The claims of `Authorization: Bearer …` and the key behind them. Raises BadToken or NoKeys."""
        scheme, _, token = header.partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise BadToken("no bearer token")
        token = token.strip()
        key_id = _key_id(token)
        key = await self._signing.find(key_id)
        if key is None:
            raise BadToken("signed by a key that nobody knows")
        try:
            claims = jwt.decode(
                token, key.key, algorithms=ALGORITHMS, audience=self._keys.app_id, issuer=self._keys.token_issuer,
                leeway=LEEWAY, options={"require": _REQUIRED},
            )  # fmt: skip
        except _UNREADABLE as error:
            raise BadToken(type(error).__name__) from None  # the error's own words may hold parts of the token
        return claims, key

    def belongs(self, claims: Claims, key: SigningKey, activity: Mapping[str, Any]) -> None:
        """Raises BadToken where the token was made for another service address or channel than the activity's."""
        if activity.get("channelId") != CHANNEL:
            raise BadToken("an activity of another channel than Teams", 403)
        if CHANNEL not in key.endorsements:
            raise BadToken("a key that is not endorsed for Teams", 403)
        claimed, named = claims.get("serviceurl"), activity.get("serviceUrl")
        if not isinstance(claimed, str) or not isinstance(named, str) or claimed.rstrip("/") != named.rstrip("/"):
            raise BadToken("a token for another service address", 403)


_UNREADABLE = (jwt.PyJWTError, ValueError, TypeError, RecursionError)


def _key_id(token: str) -> str:
    """The key that the token's own header names. Raises BadToken for what is no token, or signed in another way."""
    try:
        header = jwt.get_unverified_header(token)
    except _UNREADABLE as error:
        raise BadToken(type(error).__name__) from None
    if header.get("alg") not in ALGORITHMS:
        raise BadToken("signed in a way that Teams does not")
    key_id = header.get("kid")
    if not isinstance(key_id, str) or not key_id:
        raise BadToken("a token that names no key")
    return key_id

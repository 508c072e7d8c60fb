"""A key server and the tokens that its keys sign, as Teams signs them and as nobody should believe."""

from __future__ import annotations

import asyncio
import functools
import json
import time
from dataclasses import dataclass, field
from typing import Any, Self

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa

Json = dict[str, Any]

APP = "11111111-2222-3333-4444-555555555555"
ISSUER = "https://api.botframework.com"


@functools.cache
def key(name: str) -> rsa.RSAPrivateKey:
    """A key of 2048 bits; making one takes a tenth of a second, so each name has one for good."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def token(service_url: str, *, kid: str = "first", algorithm: str = "RS256", signed_by: str = "", **claims: Any) -> str:
    """A token for a request from `service_url`; a claim that is None is left out."""
    now = int(time.time())
    said = {"iss": ISSUER, "aud": APP, "nbf": now - 10, "exp": now + 3600, "serviceurl": service_url, **claims}
    kept = {name: value for name, value in said.items() if value is not None}
    secret: Any = "a secret that is long enough for HS256" if algorithm == "HS256" else key(signed_by or kid)
    return jwt.encode(kept, secret, algorithm=algorithm, headers={"kid": kid} if kid else None)


@dataclass
class KeyServer:
    """Serves the metadata and the keys in `names`; `hangs` makes it answer nothing until the end."""

    names: list[str] = field(default_factory=lambda: ["first"])
    endorsements: list[str] = field(default_factory=lambda: ["msteams"])
    hangs: bool = False
    broken: bool = False
    fetches: int = 0
    url: str = ""
    _closing: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def metadata_url(self) -> str:
        """What TEAMS_OPENID_METADATA_URL names."""
        return f"{self.url}/.well-known/openidconfiguration"

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/.well-known/openidconfiguration", self._metadata)
        app.router.add_get("/keys", self._keys)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closing.set()
        await self._runner.cleanup()

    async def _metadata(self, _: web.Request) -> web.StreamResponse:
        self.fetches += 1
        if self.hangs:
            await self._closing.wait()
        if self.broken:
            return web.Response(status=500, text="<html>Sorry!</html>", content_type="text/html")
        return web.json_response({"issuer": ISSUER, "jwks_uri": f"{self.url}/keys"})

    async def _keys(self, _: web.Request) -> web.StreamResponse:
        listed = [{"kty": "EC", "kid": "of another kind"}]
        for name in self.names:
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key(name).public_key()))
            listed.append({**public, "kid": name, "use": "sig", "endorsements": self.endorsements})
        return web.json_response({"keys": listed})

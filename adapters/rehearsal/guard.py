"""Who may ask: pages of this very server, so that no other site in the same browser can read or steer the rooms."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from functools import wraps
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
HERE = ("127.0.0.1", "localhost", "[::1]")
SAFE = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
        " form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Guard:
    """Checks Host (a rebound name) and Origin (another site's page) of every request.

    `sites` are addresses that the server is also reached by, as `https://tandem.example`.
    """

    def __init__(self, sites: Collection[str] = ()) -> None:
        self._sites = {site.rstrip("/").lower() for site in sites if site}

    def around(self, handler: Handler) -> Handler:
        """The handler, for requests from here alone; 403 for any other."""

        @wraps(handler)
        async def guarded(request: web.Request) -> web.StreamResponse:
            self.check(request)
            return await handler(request)

        return guarded

    def check(self, request: web.Request) -> None:
        """Raises HTTPForbidden with a sentence for an operator who reaches the page by another name."""
        origins = self._origins(request)
        host = request.headers.get("Host", "").lower()
        if host not in {urlsplit(origin).netloc for origin in origins}:
            raise web.HTTPForbidden(text=f"The rehearsal room is not at '{host}': open {min(origins)}/rehearsal.\n")
        origin = request.headers.get("Origin")
        if origin is not None and origin.lower() not in origins:
            raise web.HTTPForbidden(text="The rehearsal room answers its own page alone.\n")
        if request.headers.get("Sec-Fetch-Site") == "cross-site" and request.method != "GET":
            raise web.HTTPForbidden(text="The rehearsal room answers its own page alone.\n")

    def _origins(self, request: web.Request) -> set[str]:
        own = request.transport.get_extra_info("sockname") if request.transport else None
        if own is None:
            return self._sites
        return self._sites | {f"http://{name}:{own[1]}" for name in HERE}

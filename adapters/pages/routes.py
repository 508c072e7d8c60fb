"""The routes of the pages: a link opens a visit, the visit's cookie opens pages; both are refused in a sentence."""

from __future__ import annotations

from aiohttp import web

from core.api import Core, NotAllowed, NotFound, Refused

COOKIE = "tandem_visit"
EIGHT_HOURS = 8 * 60 * 60
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def page_routes(core: Core, prefix: str = "", secure: bool = False) -> list[web.RouteDef]:
    """The routes for one core, below `prefix`; `secure` keeps the cookie to https."""
    pages = _Pages(core, prefix, secure)
    return [
        web.get(f"{prefix}/visit/{{transfer}}/{{secret}}", pages.visit, allow_head=False),
        web.head(f"{prefix}/visit/{{transfer}}/{{secret}}", pages.look),
        web.get(f"{prefix}/t/{{transfer}}", pages.page),
        web.get(f"{prefix}/t/{{transfer}}/{{path:.*}}", pages.page),
    ]


class _Pages:
    def __init__(self, core: Core, prefix: str, secure: bool) -> None:
        self._core, self._prefix, self._secure = core, prefix, secure

    async def visit(self, request: web.Request) -> web.StreamResponse:
        transfer = request.match_info["transfer"]
        try:
            cookie, path = await self._core.reading.begin(transfer, request.match_info["secret"])
        except Refused as refused:
            return self._no(refused)
        response = self._leading(transfer, path)
        home = f"{self._prefix}/t/{transfer}"
        response.set_cookie(
            COOKIE, cookie, max_age=EIGHT_HOURS, path=home, httponly=True, samesite="Lax", secure=self._secure
        )
        return response

    async def look(self, request: web.Request) -> web.StreamResponse:
        """A look ahead by a mail scanner or a chat client, which asks for the head alone: it uses no link up."""
        transfer = request.match_info["transfer"]
        try:
            return self._leading(transfer, await self._core.reading.look(transfer, request.match_info["secret"]))
        except Refused as refused:
            return self._no(refused)

    def _leading(self, transfer: str, path: str) -> web.Response:
        return web.Response(status=303, headers={**HEADERS, "Location": f"{self._prefix}/t/{transfer}/{path}"})

    async def page(self, request: web.Request) -> web.StreamResponse:
        asked = request.match_info.get("path", ""), request.cookies.get(COOKIE, "")
        try:
            page = await self._core.reading.page(request.match_info["transfer"], *asked)
        except Refused as refused:
            return self._no(refused)
        return web.Response(text=page.text, content_type=page.media_type, charset="utf-8", headers=HEADERS)

    def _no(self, refused: Refused) -> web.Response:
        status = 403 if isinstance(refused, NotAllowed) else 404 if isinstance(refused, NotFound) else 400
        text = self._core.reading.refusal(refused)
        return web.Response(text=text, status=status, content_type="text/html", charset="utf-8", headers=HEADERS)

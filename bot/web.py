"""The web server: the platforms' routes, whether this process lives, and whether it can serve."""

from __future__ import annotations

import errno
import socket
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.health import Health
from bot.installation import Installation
from bot.problem import Problem
from core.api import StoreDown

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
LARGEST_BODY = 1024 * 1024


def application(installation: Installation) -> web.Application:
    """Everything that this installation answers."""
    app = web.Application(middlewares=[store_down], client_max_size=LARGEST_BODY)
    app.add_routes(Health(installation.core, installation.platforms).routes())
    installation.install(app)
    return app


@web.middleware
async def store_down(request: web.Request, handler: Handler) -> web.StreamResponse:
    """503 where nothing could be recorded, so that the platform delivers again."""
    try:
        return await handler(request)
    except StoreDown:
        return web.json_response(
            {"error": "The store cannot be reached, and nothing was recorded."},
            status=503,
            headers={"Retry-After": "1"},
        )


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises Problem where it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise Problem(_cannot_listen(host, port, error)) from None


def _cannot_listen(host: str, port: int, error: OSError) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return f"Port {port} on {host} is taken: stop what uses it, or choose another, such as PORT={port + 1}."
        case errno.EACCES:
            return f"Port {port} needs more rights than this user has: choose one from 1024 on, such as PORT=8080."
        case errno.EADDRNOTAVAIL | socket.EAI_NONAME | socket.EAI_AGAIN:
            return f"HOST is {host!r}, which is no address of this machine: 127.0.0.1 is."
        case _:
            return f"Nothing can listen on {host} port {port}: {error.strerror}."

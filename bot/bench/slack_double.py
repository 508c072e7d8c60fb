"""As much of Slack's Web API as a command and a post ask for, answered at once."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from aiohttp import web


async def slack_double() -> web.Application:
    """The application; every post gets a time stamp of its own."""
    stamps = itertools.count(1)

    async def answer(request: web.Request) -> web.Response:
        given = await request.post()
        return web.json_response(
            {"ok": True, **_known(request.match_info["method"], str(given.get("user", "")), stamps)}
        )

    app = web.Application()
    app.router.add_route("*", "/api/{method}", answer)
    return app


def _known(method: str, user: str, stamps: Iterator[int]) -> dict[str, Any]:
    match method:
        case "auth.test":
            return {"team_id": "T1", "user_id": "UB", "bot_id": "B1", "url": "https://norvane.slack.com/"}
        case "users.info":
            return {"user": {"id": user, "team_id": "T1", "real_name": {"U1": "Anna", "U2": "Luis"}.get(user, user)}}
        case "conversations.info":
            return {"channel": {"id": "C1", "name": "joint", "is_member": True}}
        case "conversations.open":
            return {"channel": {"id": "D1"}}
        case "chat.getPermalink":
            return {"permalink": "https://norvane.slack.com/p1"}
        case _:
            return {"ts": f"1.{next(stamps):06}", "channel": "C1", "message": {}}

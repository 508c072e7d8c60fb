"""Activities with a valid token and something odd in them: refused at the door, or read as far as they make sense."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

import pytest

from core.api import Core, Options
from tests.adapters.teams.listening import CHANNEL, Office, luis, marta, office
from tests.tools.bot_connector import BOT, TENANT
from tests.tools.bot_tokens import token

OPEN = '@Tandem transfer new "Product X" sponsor:"Norvane" cmo:"Tarnbrook" tz:Europe/Dublin code:NVT side:cmo'
LISTS = [5, "x", {"a": [1]}, [5, None, [], {"id": None}], [{"type": "mention", "mentioned": 5}]]
UNFIT = ["\ud800", "a\x00b", "x" * 200_000]
IDS = [
    ("id",),
    ("serviceUrl",),
    ("from", "id"),
    ("from", "aadObjectId"),
    ("recipient", "id"),
    ("conversation", "id"),
    ("conversation", "conversationType"),
    ("conversation", "tenantId"),
    ("channelData", "channel", "id"),
    ("channelData", "team", "id"),
]
CHAT = {"id": "19:" + "x" * 200 + "@thread.v2", "conversationType": "groupChat", "tenantId": TENANT}
ODD = {
    "message": [
        *(((name,), value) for name in ("entities", "attachments") for value in LISTS),
        *((("entities",), [{"type": "mention", "mentioned": {"id": value, "name": value}}]) for value in UNFIT),
        *((("entities",), [{"type": "clientInfo", "timezone": value}]) for value in UNFIT),
        (("conversation",), CHAT),
        *((path, value) for path in (("conversation", "name"), ("from", "name")) for value in UNFIT),
    ],
    "conversationUpdate": [(("membersAdded",), value) for value in LISTS],
    "invoke": [
        (("replyToId",), "a\x00b"),
        *((("value", "action", "data", "tandem"), value) for value in [*LISTS, {"says": "mine\x00"}]),
        *((("value", "action", "data", "tandem"), {"says": "mine", "place": {"transfer": value}}) for value in UNFIT),
    ],
}


def acts(put: Any) -> list[Any]:
    """One activity of each kind that is heard."""
    data = {"tandem": {"says": "mine"}}
    return [
        put("message", text=f"<at>Tandem</at> note hello <at>{luis.name}</at>"),
        put("invoke", name="adaptiveCard/action", value={"action": {"data": data}}, replyToId="1"),
        put("conversationUpdate", membersAdded=[{"id": BOT}]),
        put("messageUpdate", text="edited", id="1234"),
        put("messageDelete", id="1234"),
        put("installationUpdate", action="add"),
    ]


def with_odd(activity: dict[str, Any], path: tuple[str, ...], value: Any) -> dict[str, Any]:
    """The activity with another value in one place."""
    changed = copy.deepcopy(activity)
    inner = changed
    for name in path[:-1]:
        inner = inner.setdefault(name, {})
    inner[path[-1]] = value
    return changed


async def test_whatever_is_odd_in_an_activity_is_no_error_of_ours(store_url: str) -> None:
    core = Core.create(store_url, Options(open_to_all=True))
    core.start()
    async with office(core) as here:
        await here.line(OPEN)
        here.send.signs = cache(token)
        kept, send = await kept_from(here)
        wrong = []
        for activity in kept:
            odd = [(path, value) for path in IDS for value in [*UNFIT, 5]] + ODD.get(activity["type"], [])
            for path, value in odd:
                status, _ = await send(with_odd(activity, path, value) | fresh(here, activity, path))
                if status not in (200, 400, 401, 403):
                    wrong.append((activity["type"], path, repr(value)[:60], status))
        await here.adapter.idle()
    await core.close()
    assert wrong == []


async def kept_from(here: Office) -> tuple[list[dict[str, Any]], Any]:
    """The activities as they would be sent, and what sends one."""
    kept: list[dict[str, Any]] = []

    async def keep(activity: dict[str, Any], **_: str) -> None:
        kept.append(activity)

    with pytest.MonkeyPatch.context() as patch:
        send = here.send.post
        patch.setattr(here.send, "post", keep)
        for act in acts(lambda kind, **more: here.send.activity(kind, marta, CHANNEL, **more)):
            await act
    return kept, send


def fresh(here: Office, activity: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    """An id of its own, for what is not the same thing said twice."""
    return {} if path == ("id",) or activity["id"] == "1234" else {"id": here.teams.new_id()}

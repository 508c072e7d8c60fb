"""What a load balancer is told when the store is away, or is not of this version's schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.health import Health, Hears
from bot.web import store_down
from core.api import Core, StoreDown

ROOT = Path(__file__).parents[2]


async def ready(core: Core, platforms: Mapping[str, Hears] = MappingProxyType({})) -> tuple[int, dict[str, Any]]:
    """The answer of /readyz."""
    app = web.Application()
    app.add_routes(Health(core, platforms).routes())
    async with TestClient(TestServer(app)) as client:
        answer = await client.get("/readyz")
        found: dict[str, Any] = await answer.json()
    core.store.close()
    return answer.status, found


async def test_a_store_that_cannot_be_reached() -> None:
    status, found = await ready(Core.create("postgresql://127.0.0.1:9/x"))
    assert (status, found["ready"], found["store"]) == (503, False, "unreachable")


async def test_an_old_schema(tmp_path: Path) -> None:
    status, found = await ready(Core.create(f"sqlite:///{tmp_path / 'old.db'}"))
    assert (status, found["ready"], found["store"]) == (503, False, "reachable")
    assert "tandem migrate" in found["schema"]


async def test_nothing_recorded_is_503_so_that_the_platform_delivers_again() -> None:
    async def take(_: web.Request) -> web.Response:
        raise StoreDown("OperationalError")

    app = web.Application(middlewares=[store_down])
    app.router.add_post("/slack/events", take)
    async with TestClient(TestServer(app)) as client:
        answer = await client.post("/slack/events")
    assert (answer.status, answer.headers["Retry-After"]) == (503, "1")


Tandem = Callable[..., Any]


@pytest.mark.parametrize("line", (ROOT / "Procfile").read_text().splitlines())
def test_the_procfile_s_commands_are_there(tandem: Tandem, line: str) -> None:
    _, _, command = line.partition(": ")
    program, *arguments = command.split()
    assert program == "tandem"
    assert tandem(*arguments, "--help").code == 0


class _Platform:
    def __init__(self, heard: bool) -> None:
        self._heard = heard

    async def hears(self) -> bool:
        return self._heard


async def test_a_writer_that_has_ended_is_told_and_nothing_is_ready(tmp_path: Path) -> None:
    core = Core.create(f"sqlite:///{tmp_path / 'store.db'}")
    core.migrate()
    core.start()
    core.writer.close()  # as if its thread had died
    status, found = await ready(core)
    assert (status, found["ready"], found["writer"]) == (503, False, "ended")


async def test_a_platform_that_is_not_heard_is_told(tmp_path: Path) -> None:
    core = Core.create(f"sqlite:///{tmp_path / 'store.db'}")
    core.migrate()
    core.start()
    status, found = await ready(core, {"slack": _Platform(heard=False), "rehearsal": _Platform(heard=True)})
    assert (status, found["writer"]) == (200, "working")
    assert found["platforms"] == {"slack": "not heard", "rehearsal": "heard"}
    await core.close()

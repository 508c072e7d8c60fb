"""A signed slash command, the real `action` sentence, beside a bare Bolt app that only acknowledges it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.signature import SignatureVerifier

from adapters.slack import SlackAdapter, SlackKeys
from bot.bench.figures import ROUNDS, Aim, Comparison, Figure
from bot.bench.load import Load, http_post, load
from bot.bench.profile import profiled
from bot.bench.servers import served, server
from bot.bench.slack_double import slack_double
from bot.bench.stores import Scratch
from bot.interpreter import set_for_serving
from core.api import Core, Options
from core.kernel.clock import SystemClock

PATH = "/slack/events"
SECRET = "a signing secret of a benchmark"  # noqa: S105 - it signs for nobody
SENTENCE = "action verify the batch record <@U2|luis> by Friday"
OPENING = (
    'transfer new "Product X 50 mg" sponsor:"Norvane" cmo:"Tarnbrook" tz:Europe/Dublin code:NVT',
    "member add <@U2|luis> side:cmo role:lead",
)
REQUESTS = {1: (2000, 400), 64: (6000, 1600)}
"""Connections to requests of a round, theirs and ours."""
AIMS = {1: Aim(0.12), 64: Aim(0.2)}

_numbers = itertools.count(1)


async def slack_commands(scratch: Scratch) -> list[Figure]:
    """Requests a second of both, on each store, over 1 and 64 connections."""
    found = []
    for kind in scratch.kinds:
        with ExitStack() as running:
            double = running.enter_context(served(slack_double))
            bare = running.enter_context(served(bare_bolt))
            tandem = running.enter_context(served(tandem_in_slack, scratch.new(kind), double))
            for sentence in OPENING:
                await load(tandem, [*signed(sentence, 1)], 1)
            found += [await _at(kind, connections, bare, tandem) for connections in REQUESTS]
    return found


async def slack_profile(scratch: Scratch, file: Path) -> None:
    """Write to `file` where Tandem's time goes at the most connections, over SQLite. Raises Problem."""
    connections, (_, requests) = max(REQUESTS.items())
    with served(slack_double) as double, server(tandem_in_slack, scratch.new("SQLite"), double) as tandem:
        for sentence in OPENING:
            await load(tandem.port, [*signed(sentence, 1)], 1)
        await load(tandem.port, [*signed(SENTENCE, requests)], connections)  # warm
        async with profiled(tandem.process, file):
            for _ in range(ROUNDS):
                _checked(await load(tandem.port, [*signed(SENTENCE, requests)], connections))


async def _at(store: str, connections: int, bare: int, tandem: int) -> Figure:
    theirs, ours = REQUESTS[connections]
    slowest: list[float] = []

    async def bolt() -> float:
        return (await load(bare, [*signed(SENTENCE, theirs)], connections)).rate

    async def recorded() -> float:
        found = _checked(await load(tandem, [*signed(SENTENCE, ours)], connections))
        slowest.append(found.p99)
        return found.rate

    label = f"slash command, {store}, {connections} connection{'s' if connections > 1 else ''}"
    figure = await Comparison(label, "requests a second", AIMS[connections]).of(recorded, bolt)
    return replace(figure, note=f"p99 {sorted(slowest)[ROUNDS // 2]:.0f} ms")


def _checked(found: Load) -> Load:
    assert b"ACT-" in found.last, found.last
    return found


def signed(sentence: str, count: int) -> Iterator[bytes]:
    """`count` deliveries of a slash command, each with its own trigger and a true signature of now."""
    stamp = str(int(SystemClock().now().timestamp()))
    verifier = SignatureVerifier(SECRET)
    for number in itertools.islice(_numbers, count):
        fields = {
            "team_id": "T1",
            "team_domain": "norvane",
            "channel_id": "C1",
            "channel_name": "joint",
            "user_id": "U1",
            "user_name": "anna",
            "command": "/tt",
            "text": sentence,
            "api_app_id": "A1",
            "response_url": "http://127.0.0.1:1/",
            "trigger_id": f"{stamp}.{number}",
        }
        body = urlencode(fields).encode()
        signature = verifier.generate_signature(timestamp=stamp, body=body)
        yield http_post(
            PATH,
            body,
            Content_Type="application/x-www-form-urlencoded",
            X_Slack_Request_Timestamp=stamp,
            X_Slack_Signature=str(signature),
        )


async def bare_bolt() -> web.Application:
    """The least that a Bolt app can do: check the signature, find the listener, acknowledge."""
    bolt = AsyncApp(authorize=_nobody, signing_secret=SECRET, process_before_response=True)

    @bolt.command("/tt")
    async def _acknowledge(ack: Any) -> None:
        await ack("ok")

    async def take(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await bolt.async_dispatch(await to_bolt_request(request)))

    app = web.Application()
    app.router.add_post(PATH, take)
    return app


async def _nobody(**_: object) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1", bot_id="B1", bot_user_id="UB")  # noqa: S106


async def tandem_in_slack(url: str, double: int) -> web.Application:
    """Tandem over a new store, as `tandem web` serves it."""
    core = Core.create(url, Options(open_to_all=True))
    core.migrate()
    core.start()
    keys = SlackKeys("xoxb-1", SECRET, None, f"http://127.0.0.1:{double}/api/")
    adapter = SlackAdapter(core, keys)
    app = web.Application()
    app.add_routes(adapter.routes())
    await adapter.start()
    set_for_serving()
    return app

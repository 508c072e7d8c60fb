"""The story's stage in Slack: one shared channel, the real adapter and web server, against local-slack."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

import aiohttp
from aiohttp import web

from adapters.pages import page_routes
from adapters.rehearsal.cast import Player
from adapters.slack import SlackAdapter, SlackKeys
from bot.web import listening
from core.api import Core, Options
from core.kernel.clock import SetClock
from tests.acceptance.slack_reading import Reader
from tests.acceptance.stage import BEGIN, CAST, Answers, holds, rest, until
from tests.tools.local_slack import LocalSlack, Message
from tests.tools.slack_workspace import SlackApp, SlackChannel, SlackUser


def account(who: Player) -> str:
    """A person's Slack user id."""
    return f"U0{who.slug.upper()}"


USERS = [SlackUser(account(one), one.slug, one.name, tz=one.zone) for one in CAST.players]
CHANNEL = SlackChannel("C01JOINT", "product-x", [user.id for user in USERS])
NAMES = {user.id: user.real_name for user in USERS} | {"U0TANDEM": "Tandem"}


class SlackStage:
    """A workspace with Tandem in it."""

    def __init__(self, slack: LocalSlack, core: Core, clock: SetClock) -> None:
        self.slack, self.core, self.clock = slack, core, clock
        self._before: set[str] = set()

    async def say(self, who: Player, text: str) -> None:
        """A slash command, a mention or plain chat."""
        await self._mark(who)
        call, _, rest_of_it = text.partition(" ")
        if call == "/tt":
            await self.slack.command(CHANNEL.id, account(who), _mentioned(rest_of_it, "<@{0}|{1}>"))
        else:
            await self.slack.message(CHANNEL.id, account(who), _mentioned(text, "<@{0}>"))

    async def press(self, who: Player, label: str, on: str, *, direct: bool = False) -> None:
        """A click on the newest message that has the button."""
        fitting: list[Message] = []

        async def there() -> bool:
            reader, button = _reader(who), f"[{label}]"
            shown = await self._shown(who, direct)
            fitting[:] = [one for one in shown if holds(reader.words(one), (on, button))]
            return bool(fitting)

        await self._wait(there, who, f"[{label}] on {on!r}", direct)
        await self._mark(who)
        await self.slack.press(account(who), fitting[-1], label)

    async def fill(self, who: Player, answers: Answers) -> str:
        """The modal in front."""
        await until(self.slack.views, "a form to open")
        await self._mark(who)
        people = {one.name: account(one) for one in CAST.players}
        entered = {
            label: [people.get(one, one) for one in value] if not isinstance(value, str) else people.get(value, value)
            for label, value in answers.items()
        }
        return " ".join((await self.slack.fill(account(who), entered)).values())

    async def told(self, who: Player, *words: str) -> None:
        """An ephemeral message since one's last act, or in the direct conversation, an answer there."""

        async def there() -> bool:
            new = [one for one in await self._all(who) if self._key(one) not in self._before]
            mine = [one for one in new if one.get("ephemeral_to") == account(who) or one["channel"] != CHANNEL.id]
            return any(holds(_reader(who).words(one), words) for one in mine)

        await self._wait(there, who, f"an answer with {words}")

    async def see(self, who: Player, *words: str) -> None:
        """A card in the channel."""

        async def there() -> bool:
            return await self._count(who, words) > 0

        await self._wait(there, who, f"a card with {words}")

    async def inbox(self, who: Player, *words: str) -> None:
        """A direct message."""

        async def there() -> bool:
            return await self._count(who, words, direct=True) > 0

        await self._wait(there, who, f"a direct message with {words}", direct=True)

    async def stands(self, who: Player, number: int, *words: str, direct: bool = False) -> None:
        """So many cards, once everything was sent."""
        await rest(self.core)
        assert await self._count(who, words, direct) == number, words

    async def _count(self, who: Player, words: Sequence[str], direct: bool = False) -> int:
        shown = [one for one in await self._shown(who, direct) if not one.get("ephemeral_to") and one.get("blocks")]
        return sum(holds(_reader(who).words(one), words) for one in shown)

    async def picture(self, name: str) -> None:
        """There is no screen."""

    async def page(self, who: Player) -> str:
        """The page as a browser gets it, with the visit's cookie."""
        found = [url for one in await self._all(who) for url in _links(one.get("blocks") or [])]
        jar = aiohttp.CookieJar(unsafe=True)  # loopback is an address, not a name
        async with aiohttp.ClientSession(cookie_jar=jar) as session, session.get(found[-1]) as response:
            assert response.status == 200, await response.text()
            return await response.text()

    async def _shown(self, who: Player, direct: bool) -> list[Message]:
        if direct:
            return await self.slack.direct_messages(account(who))
        return [
            one for one in await self.slack.messages(CHANNEL.id) if one.get("ephemeral_to") in (None, "", account(who))
        ]

    async def _all(self, who: Player) -> list[Message]:
        return [*await self._shown(who, direct=False), *await self._shown(who, direct=True)]

    async def _mark(self, who: Player) -> None:
        await rest(self.core)
        self._before = {self._key(one) for one in await self._all(who)}

    @staticmethod
    def _key(message: Message) -> str:
        return f"{message['channel']} {message['ts']} {message.get('blocks')}"

    async def _wait(self, there: Any, who: Player, what: str, direct: bool = False) -> None:
        try:
            await until(there, what)
        except AssertionError as error:
            seen = [_reader(who).words(one) for one in await self._shown(who, direct)]
            raise AssertionError(f"{who.name} {error}; there is:\n" + "\n".join(seen[-12:])) from None


def _reader(who: Player) -> Reader:
    return Reader(NAMES, who.zone)


def _mentioned(text: str, pattern: str) -> str:
    for one in CAST.players:
        text = text.replace(f"@{one.name}", pattern.format(account(one), one.slug))
    return re.sub("@Tandem", "<@U0TANDEM>", text, flags=re.IGNORECASE)


def _links(blocks: Sequence[Any]) -> list[str]:
    return [one["url"] for block in blocks for one in block.get("elements", ()) if "url" in one]


@asynccontextmanager
async def over_http(store: str) -> AsyncIterator[SlackStage]:
    """Slack posts to an address, and signs."""
    door = listening("127.0.0.1", 0)
    address = f"http://127.0.0.1:{door.getsockname()[1]}"
    core, clock = _new_core(store, address)
    app = SlackApp(f"{address}/slack/events")
    with LocalSlack(USERS, [CHANNEL], app) as slack:
        adapter = SlackAdapter(core, SlackKeys(app.bot_token, app.signing_secret, None, slack.api_url))
        server = web.Application()
        server.add_routes([*adapter.routes(), *page_routes(core)])
        runner = web.AppRunner(server, shutdown_timeout=0.1)
        await runner.setup()
        await web.SockSite(runner, door).start()
        try:
            async with _at_work(core, adapter):
                yield SlackStage(slack, core, clock)
        finally:
            await runner.cleanup()


@asynccontextmanager
async def over_a_socket(store: str) -> AsyncIterator[SlackStage]:
    """Tandem calls Slack, and hears over that line."""
    core, clock = _new_core(store, "http://127.0.0.1:9")
    with LocalSlack(USERS, [CHANNEL]) as slack:
        adapter = SlackAdapter(core, SlackKeys(slack.app.bot_token, "", slack.app.app_token, slack.api_url))
        async with _at_work(core, adapter):
            await slack.connected()
            yield SlackStage(slack, core, clock)


@asynccontextmanager
async def _at_work(core: Core, adapter: SlackAdapter) -> AsyncIterator[None]:
    """Hear and send, until the end."""
    core.start()
    await adapter.start()
    work = asyncio.create_task(core.work({"slack": adapter.messenger}))
    try:
        yield
        assert not work.done(), work.exception()
    finally:
        work.cancel()
        with suppress(asyncio.CancelledError):
            await work
        await adapter.close()
        await core.close()


def _new_core(store: str, address: str) -> tuple[Core, SetClock]:
    clock = SetClock(BEGIN)
    return Core.create(store, Options(clock=clock, open_to_all=True, public_url=address)), clock

"""The story's stage in Slack: one shared channel, the real adapter and web server, against local-slack."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser

from adapters.rehearsal.cast import Player
from adapters.slack import SlackAdapter, SlackKeys
from adapters.slack.pointing import EMOJI
from core.api import Core
from tests.acceptance.serving import at_work, door, new_core, page_at, serving
from tests.acceptance.slack_reading import Reader
from tests.acceptance.stage import CAST, Answers, holds, rest, until
from tests.tools import slack_pictures
from tests.tools.local_slack import LocalSlack, Message
from tests.tools.slack_double import Sender
from tests.tools.slack_workspace import SlackApp, SlackChannel, SlackUser


def account(who: Player) -> str:
    """A person's Slack user id."""
    return f"U0{who.slug.upper()}"


CHANNEL = "C01JOINT"
NAMES = {account(one): one.name for one in CAST.players} | {"U0TANDEM": "Tandem"}


def workspace(people: Sequence[Player] = CAST.players, app: SlackApp | None = None) -> LocalSlack:
    """A workspace of these people, who share one channel."""
    users = [SlackUser(account(one), one.slug, one.name, tz=one.zone) for one in people]
    channel = SlackChannel(CHANNEL, "product-x", [user.id for user in users])
    return LocalSlack(users, [channel], app or SlackApp())


class SlackStage:
    """A workspace with Tandem in it."""

    rooms, edits = 1, True

    def __init__(self, slack: LocalSlack, core: Core) -> None:
        self.slack, self.core, self.clock = slack, core, core.clock
        self._people = [one for one in CAST.players if account(one) in {user.id for user in slack.users}]
        self._before: set[str] = set()

    async def say(self, who: Player, text: str) -> None:
        """A slash command, a mention or plain chat."""
        await self._mark(who)
        call, _, rest_of_it = text.partition(" ")
        if call == "/tt":
            await self.slack.command(CHANNEL, account(who), self._mentioned(rest_of_it, "<@{0}|{1}>"))
        else:
            await self.slack.message(CHANNEL, account(who), self._mentioned(text, "<@{0}>"))

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
        pickers = _pickers((await self.slack.views())[-1])
        people = {one.name: account(one) for one in self._people}
        entered = {label: _picked(value, people) if label in pickers else value for label, value in answers.items()}
        return " ".join((await self.slack.fill(account(who), entered)).values())

    async def capture(self, who: Player, words: str) -> None:
        """The shortcut in the message's menu, which local-slack's page lacks, with a trigger of its own."""
        await self._mark(who)
        message, user = await self._line(words), account(who)
        send = Sender(str(self.slack.app.request_url), self.slack.app.signing_secret)
        trigger = await self.slack.trigger(user, message)
        assert await send.shortcut(message, user, CHANNEL, trigger_id=trigger) == (200, "")

    async def react(self, who: Player, emoji: str, words: str, *, gone: bool = False) -> None:
        """By Slack's name of it."""
        await self._mark(who)
        name = next(name for name, shown in EMOJI.items() if shown == emoji)
        await self.slack.react(CHANNEL, account(who), (await self._line(words))["ts"], name, present=not gone)

    async def reply(self, who: Player, text: str, on: str) -> None:
        """In the thread of the card."""
        await rest(self.core)
        cards = [
            one for one in await self._shown(who, direct=False) if one.get("blocks") and not one.get("ephemeral_to")
        ]
        card = [one for one in cards if holds(_reader(who).words(one), (on,))][-1]
        await self._mark(who)
        await self.slack.message(CHANNEL, account(who), self._mentioned(text, "<@{0}>"), thread=card["ts"])

    async def edit(self, who: Player, old: str, new: str) -> None:
        """A `message_changed` event."""
        message = await self._line(old)
        await self.slack.edit(CHANNEL, account(who), message["ts"], message["text"].replace(old, new))

    async def delete(self, who: Player, words: str) -> None:
        """A `message_deleted` event."""
        await self.slack.delete(CHANNEL, account(who), (await self._line(words))["ts"])

    async def _line(self, words: str) -> Message:
        """The newest message of a person with the words."""
        said = [one for one in await self.slack.messages(CHANNEL) if not one.get("bot_id")]
        return [one for one in said if words in str(one.get("text"))][-1]

    async def told(self, who: Player, *words: str) -> str:
        """An ephemeral message since one's last act, or in the direct conversation, an answer there."""
        fitting: list[str] = []

        async def there() -> bool:
            new = [one for one in await self._all(who) if self._key(one) not in self._before]
            mine = [one for one in new if one.get("ephemeral_to") == account(who) or one["channel"] != CHANNEL]
            fitting[:] = [said for said in map(_reader(who).words, mine) if holds(said, words)]
            return bool(fitting)

        await self._wait(there, who, f"an answer with {words}")
        return fitting[-1]

    async def untold(self, who: Player, *words: str) -> None:
        """In the channel, where the ephemeral messages of others are not one's own, and alone with Tandem."""
        await rest(self.core)
        assert not [said for said in map(_reader(who).words, await self._all(who)) if holds(said, words)]

    async def marked(self, who: Player, words: str) -> None:
        """By a reaction of Tandem's."""

        async def there() -> bool:
            found = (await self._line(words)).get("reactions") or ()
            return any("U0TANDEM" in one["users"] for one in found)

        await self._wait(there, who, f"a mark at {words!r}")

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

    async def screenshot(self, browser: Browser, who: Player, path: Path) -> None:
        """What somebody sees in the channel, with the form in front."""
        await rest(self.core)
        await slack_pictures.screenshot(browser, self.slack, account(who), path)

    async def page(self, who: Player) -> str:
        """The page as a browser gets it, with the visit's cookie."""
        found = [url for one in await self._all(who) for url in _links(one.get("blocks") or [])]
        return await page_at(found[-1])

    def _mentioned(self, text: str, pattern: str) -> str:
        """The text as Slack sends it; whoever has no account here is typed by name."""
        for one in self._people:
            text = text.replace(f"@{one.name}", pattern.format(account(one), one.slug))
        return re.sub("@Tandem", "<@U0TANDEM>", text, flags=re.IGNORECASE)

    async def _shown(self, who: Player, direct: bool) -> list[Message]:
        if direct:
            return await self.slack.direct_messages(account(who))
        return [
            one for one in await self.slack.messages(CHANNEL) if one.get("ephemeral_to") in (None, "", account(who))
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


def _pickers(view: Message) -> set[str]:
    """The labels of the inputs that are Slack's own pickers of people; others list members by name."""
    asked = [block for block in view["blocks"] if block["type"] == "input"]
    return {block["label"]["text"] for block in asked if block["element"]["type"].endswith("users_select")}


def _picked(value: str | Sequence[str], people: Mapping[str, str]) -> str | list[str]:
    return people[value] if isinstance(value, str) else [people[one] for one in value]


def _links(blocks: Sequence[Any]) -> list[str]:
    return [one["url"] for block in blocks for one in block.get("elements", ()) if "url" in one]


def adapter(core: Core, slack: LocalSlack, app_token: str | None = None, api_url: str = "") -> SlackAdapter:
    """The real adapter, before this workspace, which it asks at `api_url` where that is another than its own."""
    keys = SlackKeys(slack.app.bot_token, slack.app.signing_secret, app_token, api_url or slack.api_url)
    return SlackAdapter(core, keys)


@asynccontextmanager
async def over_http(store: str) -> AsyncIterator[SlackStage]:
    """Slack posts to an address, and signs."""
    listens, address = door()
    core = new_core(store, address)
    with workspace(app=SlackApp(f"{address}/slack/events")) as slack:
        async with serving(core, listens, {"slack": adapter(core, slack)}):
            yield SlackStage(slack, core)


@asynccontextmanager
async def over_a_socket(store: str) -> AsyncIterator[SlackStage]:
    """Tandem calls Slack, and hears over that line."""
    core = new_core(store, "http://127.0.0.1:9")
    with workspace() as slack:
        async with at_work(core, {"slack": adapter(core, slack, slack.app.app_token)}):
            await slack.connected()
            yield SlackStage(slack, core)

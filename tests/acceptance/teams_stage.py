"""The story's stage in Teams: one channel, the real adapter and web server, against a connector with signed tokens."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.async_api import Browser

from adapters.rehearsal.cast import Player
from adapters.teams.adapter import TeamsAdapter
from adapters.teams.keys import TeamsKeys
from core.api import Core
from tests.acceptance.serving import door, new_core, page_at, serving
from tests.acceptance.stage import CAST, Answers, holds, plainly, rest, until
from tests.acceptance.teams_reading import Reader, actions, inputs
from tests.tools import adaptive_pictures
from tests.tools.bot_connector import SECRET, TENANT, BotConnector, BotSender, Conversation, Person, person
from tests.tools.bot_tokens import APP, KeyServer

Json = dict[str, Any]

ROOM = "19:d441d38c655c47a085215b2726e76927@thread.tacv2"
PEOPLE: dict[str, Person] = {one.slug: person(one.name, number, one.zone) for number, one in enumerate(CAST.players, 1)}


def alone(who: Player) -> str:
    """The conversation of a person and Tandem."""
    return f"a:1{PEOPLE[who.slug].user:x<120}"


class TeamsStage:
    """A team's channel with Tandem in it."""

    rooms, edits = 1, True

    def __init__(self, teams: BotConnector, send: BotSender, adapter: TeamsAdapter, core: Core) -> None:
        self.teams, self.send, self.adapter = teams, send, adapter
        self.core, self.clock = core, core.clock
        self._people = [one for one in CAST.players if PEOPLE[one.slug] in teams.conversations[ROOM].members]
        self._reply: Json = {}
        self._form: tuple[Json, str, Callable[..., Any]] | None = None
        self._said: str | None = None
        self._pressed = ""
        self._before: dict[str, int] = {}

    async def say(self, who: Player, text: str) -> None:
        """A line in the channel, where Tandem hears all of them; whoever has no account here is typed by name."""
        await self._mark(who)
        named = {f"@{one.name}": PEOPLE[one.slug] for one in self._people}
        found = re.finditer("|".join(map(re.escape, named)), text)
        mentions = [(named[one[0]],) for one in found]
        for words, one in named.items():
            text = text.replace(words, f"<at>{one.name}</at>")
        self._said = self.teams.new_id()
        status, _ = await self.send.line(text, PEOPLE[who.slug], ROOM, id=self._said, mentions=mentions)
        assert status == 200
        await self.adapter.idle()
        self._open_form(who, ROOM, self._replies(ROOM), self._answer_form)

    async def press(self, who: Player, label: str, on: str, *, direct: bool = False) -> None:
        """A click on the newest card that has the button."""
        room = alone(who) if direct else ROOM
        fitting: list[Json] = []

        async def there() -> bool:
            cards = [*self._posted(room), *self._in_place()]
            fitting[:] = [deepcopy(one) for one in cards if holds(self._words(who, one), (on, f"[{label}]"))]
            return bool(fitting)

        await self._wait(there, who, f"[{label}] on {on!r}", room)
        await self._mark(who)
        message = fitting[-1]
        action = next(one for one in actions(_content(message)) if one["title"] == label)
        await self._click(who, room, message, action)

    async def _click(self, who: Player, room: str, message: Json, action: Json, **filled: Any) -> None:
        """A press as Teams sends it, and what the reply opens."""
        me, self._said, self._pressed = PEOPLE[who.slug], None, message["id"]
        if action["type"] == "Action.Execute":
            status, self._reply = await self.send.press(action, me, room, message["id"], **filled)
        else:
            status, self._reply = await self.send.dialog("fetch", action["data"], me, room, message["id"])
        assert status == 200
        await self.adapter.idle()
        card = _card_of(self._reply)
        self._form = (card, room, self._answer_dialog) if card and inputs(card) else None
        if self._form and action["type"] == "Action.Execute":
            self._form = (card or {}, message["id"], self._answer_in_place)

    async def fill(self, who: Player, answers: Answers) -> str:
        """The form in front."""
        assert self._form is not None, "no form is open"
        await self._mark(who)
        card, place, answer = self._form
        entered = {part["id"]: part.get("value", "") for part in inputs(card).values()}
        for label, value in answers.items():
            part = inputs(card)[label]
            entered[part["id"]] = _entered(part, value)
        return str(await answer(who, card, place, entered))

    async def _answer_dialog(self, who: Player, card: Json, room: str, entered: Mapping[str, str]) -> str:
        (submit,) = _sending(card)
        _, self._reply = await self.send.dialog("submit", submit["data"], PEOPLE[who.slug], room, **entered)
        return await self._after_form(who)

    async def _answer_form(self, who: Player, card: Json, message: str, entered: Mapping[str, str]) -> str:
        return await self._answer_in_place(who, card, message, entered)

    async def _answer_in_place(self, who: Player, card: Json, message: str, entered: Mapping[str, str]) -> str:
        (execute,) = _sending(card)
        room = ROOM if any(one["id"] == message for one in self.teams.conversations[ROOM].messages) else alone(who)
        _, self._reply = await self.send.press(execute, PEOPLE[who.slug], room, message, **entered)
        return await self._after_form(who)

    async def _after_form(self, who: Player) -> str:
        await self.adapter.idle()
        card = _card_of(self._reply)
        if card is None or not inputs(card):
            self._form = None
            return ""
        assert self._form is not None
        self._form = (card, *self._form[1:])
        return Reader(who.zone).complaints(card)

    def _open_form(self, who: Player, room: str, answers: Sequence[Json], answer: Callable[..., Any]) -> None:
        forms = [one for one in answers if inputs(_content(one))]
        self._form = (_content(forms[-1]), forms[-1]["id"], answer) if forms else None

    async def capture(self, who: Player, words: str) -> None:
        """The action in the message's menu, with the message as Teams describes it."""
        await self._mark(who)
        line, self._said = self._line(words), None
        message = _described(line, self.clock.now())
        status, self._reply = await self.send.capture(message, PEOPLE[who.slug], ROOM)
        assert status == 200

        async def answer(who: Player, card: Json, _: str, entered: Mapping[str, str]) -> str:
            (submit,) = _sending(card)
            data = {**submit["data"], **entered}
            _, self._reply = await self.send.capture(message, PEOPLE[who.slug], ROOM, data=data)
            return await self._after_form(who)

        card = _card_of(self._reply)
        self._form = (card, ROOM, answer) if card and inputs(card) else None

    async def react(self, who: Player, emoji: str, words: str, *, gone: bool = False) -> None:
        """Teams names it by its code, and tells no words."""
        await self._mark(who)
        name, kind = ("reactionsRemoved" if gone else "reactionsAdded"), f"{ord(emoji[0]):x}_any"
        about = {"replyToId": self._line(words)["id"], name: [{"type": kind}]}
        status, _ = await self.send.activity("messageReaction", PEOPLE[who.slug], ROOM, **about)
        assert status == 200
        await self.adapter.idle()

    async def reply(self, who: Player, text: str, on: str) -> None:
        """Where the card stands, quoting it: a meeting's cards are all below one post."""
        await rest(self.core)
        card = [one for one in self._cards(ROOM) if holds(self._words(who, one), (on,))][-1]
        await self._mark(who)
        quote = f'<blockquote itemtype="http://schema.skype.com/Reply" itemid="{card["id"]}"><p>{on}</p></blockquote>'
        twin = {"contentType": "text/html", "content": f"{quote}<p>{text}</p>"}
        self._said = self.teams.new_id()
        thread = card.get("root") or card["id"]
        status, _ = await self.send.line(
            f"{on}\r\n{text}", PEOPLE[who.slug], ROOM, id=self._said, thread=thread, attachments=[twin]
        )
        assert status == 200
        await self.adapter.idle()

    async def edit(self, who: Player, old: str, new: str) -> None:
        """As Teams tells of it."""
        line = self._line(old)
        line["text"] = line["text"].replace(old, new)
        await self._changed(who, "messageUpdate", "editMessage", line, text=line["text"])

    async def delete(self, who: Player, words: str) -> None:
        """As Teams tells of it."""
        await self._changed(who, "messageDelete", "softDeleteMessage", self._line(words))

    async def _changed(self, who: Player, kind: str, event: str, line: Json, **more: Any) -> None:
        about = {"id": line["id"], "channelData": {"eventType": event}, **more}
        status, _ = await self.send.activity(kind, PEOPLE[who.slug], ROOM, **about)
        assert status == 200
        await self.adapter.idle()

    def _line(self, words: str) -> Json:
        """The newest message of a person with the words."""
        messages = self.teams.conversations[ROOM].messages
        return [one for one in messages if "attachments" not in one and words in str(one.get("text"))][-1]

    async def told(self, who: Player, *words: str) -> str:
        """The reply to one's last act: below the line, in the press's own reply, or in one's chat with Tandem."""
        fitting: list[str] = []

        async def there() -> bool:
            reply, card = self._reply, _card_of(self._reply)
            shown = [str(reply.get("value", "")), str((reply.get("task") or {}).get("value", ""))]
            shown += [Reader(who.zone).words(card)] if card else []
            shown += [self._words(who, one) for one in self._replies(ROOM)]
            shown += [self._words(who, one) for one in self._cards(alone(who))[self._before.get(alone(who), 0) :]]
            fitting[:] = [said for said in map(plainly, shown) if holds(said, words)]
            return bool(fitting)

        await self._wait(there, who, f"an answer with {words}", ROOM)
        return fitting[-1]

    async def untold(self, who: Player, *words: str) -> None:
        """In the channel, but for what was replied to a line, and alone with Tandem."""
        await rest(self.core)
        assert self._count(who, ROOM, words) + self._count(who, alone(who), words) == 0, words

    async def marked(self, who: Player, words: str) -> None:
        """By a short reply below the line."""

        async def there() -> bool:
            line = self._line(words)["id"]
            below = [one for one in self.teams.conversations[ROOM].messages if one.get("root") == line]
            return any("Recorded" in self._words(who, one) for one in below)

        await self._wait(there, who, f"a mark at {words!r}", ROOM)

    async def see(self, who: Player, *words: str) -> None:
        """A card in the channel."""

        async def there() -> bool:
            return self._count(who, ROOM, words) > 0

        await self._wait(there, who, f"a card with {words}", ROOM)

    async def inbox(self, who: Player, *words: str) -> None:
        """A message in one's own chat."""

        async def there() -> bool:
            return self._count(who, alone(who), words) > 0

        await self._wait(there, who, f"a direct message with {words}", alone(who))

    async def stands(self, who: Player, number: int, *words: str, direct: bool = False) -> None:
        """So many cards, once everything was sent."""
        await rest(self.core)
        assert self._count(who, alone(who) if direct else ROOM, words) == number, words

    async def picture(self, name: str) -> None:
        """There is no screen."""

    async def screenshot(self, browser: Browser, who: Player, path: Path) -> None:
        """What somebody sees in the channel, with the form in front below it."""
        await rest(self.core)
        form = [{"id": "form", "attachments": [{"content": self._form[0]}]}] if self._form else []
        shown = [*self.teams.conversations[ROOM].messages, *form]
        await adaptive_pictures.screenshot(browser, shown, who.zone, path)

    async def page(self, who: Player) -> str:
        """The page as a browser gets it, with the visit's cookie."""
        found = [act["url"] for one in self._cards(alone(who)) for act in actions(_content(one)) if "url" in act]
        return await page_at(found[-1])

    def _cards(self, room: str) -> list[Json]:
        """The bot's own messages there, and not what it replied to a person's line."""
        found = self.teams.conversations.get(room)
        messages = found.messages if found else []
        lines = {one["id"] for one in messages if "attachments" not in one}
        return [one for one in messages if "attachments" in one and one.get("root") not in lines]

    def _posted(self, room: str) -> list[Json]:
        """All that the bot wrote there, below lines too."""
        found = self.teams.conversations.get(room)
        return [one for one in (found.messages if found else []) if "attachments" in one]

    def _in_place(self) -> list[Json]:
        """The card that the last press put in the pressed one's place, for the presser alone."""
        card = _card_of(self._reply)
        return [{"id": self._pressed, "attachments": [{"content": card}]}] if card else []

    def _replies(self, room: str) -> list[Json]:
        """What was replied to the last line."""
        return [one for one in self._posted(room) if self._said and one.get("root") == self._said]

    def _count(self, who: Player, room: str, words: Sequence[str]) -> int:
        return sum(holds(self._words(who, one), words) for one in self._cards(room))

    @staticmethod
    def _words(who: Player, message: Json) -> str:
        return Reader(who.zone).words(_content(message))

    async def _mark(self, who: Player) -> None:
        await rest(self.core)
        self._reply = {}
        self._before = {alone(who): len(self._cards(alone(who)))}

    async def _wait(self, there: Any, who: Player, what: str, room: str) -> None:
        try:
            await until(there, what)
        except AssertionError as error:
            seen = [self._words(who, one) for one in self._cards(room)][-12:]
            seen += [f"reply: {self._words(who, one)}" for one in self._replies(ROOM)]
            raise AssertionError(
                f"{who.name} {error}; there is:\n" + "\n".join([*seen, str(self._reply)[:800]])
            ) from None


def _described(line: Json, now: datetime) -> Json:
    """A message as Teams hands it over where somebody points at it."""
    by_handle = {one.handle: one for one in PEOPLE.values()}
    author = by_handle[line["from"]["id"]]
    shown = re.findall("<at>(.*?)</at>", line["text"])
    named = [next(one for one in PEOPLE.values() if one.name == name) for name in shown]
    places = iter(range(len(named)))
    return {
        "id": line["id"],
        "createdDateTime": now.isoformat(),
        "from": {"user": {"id": author.user, "displayName": author.name}},
        "body": {
            "contentType": "html",
            "content": re.sub("<at>", lambda _: f'<at id="{next(places)}">', line["text"]),
        },
        "mentions": [
            {"id": at, "mentionText": one.name, "mentioned": {"user": {"id": one.user, "displayName": one.name}}}
            for at, one in enumerate(named)
        ],
    }


def _content(message: Json) -> Json:
    content: Json = message["attachments"][0]["content"]
    return content


def _sending(card: Json) -> list[Json]:
    """The actions that send a form, beside the way back."""
    return [action for action in actions(card) if action.get("data", {}).get("tandem", {}).get("message")]


def _card_of(reply: Json) -> Json | None:
    """The card in a reply to a press or a dialog."""
    if not isinstance(reply, dict):
        return None
    if isinstance(reply.get("value"), dict):
        card: Json = reply["value"]
        return card
    task = reply.get("task") or {}
    return task["value"]["card"]["content"] if task.get("type") == "continue" else None


def _entered(part: Json, value: str | Sequence[str]) -> str:
    """What Teams sends for what a person chose: the choice's value, or the account of a person."""
    chosen = [value] if isinstance(value, str) else list(value)
    if part["type"] != "Input.ChoiceSet":
        return chosen[0]
    by_title = {choice["title"]: choice["value"] for choice in part["choices"]}
    accounts = {one.name: one.user for one in PEOPLE.values()}
    return ",".join(_choice(one, by_title) or accounts.get(one) or one for one in chosen)


def _choice(words: str, by_title: Mapping[str, str]) -> str | None:
    if words in by_title:
        return by_title[words]
    return next((value for title, value in by_title.items() if title.startswith(words)), None)


@asynccontextmanager
async def organisation(people: Sequence[Player] = CAST.players) -> AsyncIterator[tuple[BotConnector, TeamsKeys]]:
    """A team's channel with these people, and what its bot is told with."""
    async with BotConnector() as teams, KeyServer() as server:
        members = [PEOPLE[one.slug] for one in people]
        teams.conversations[ROOM] = Conversation("channel", "Product X", "19:team", members=members)
        yield (
            teams,
            TeamsKeys(APP, SECRET, TENANT, openid_metadata_url=server.metadata_url, login_url=teams.login_url),
        )


@asynccontextmanager
async def in_a_channel(store: str) -> AsyncIterator[TeamsStage]:
    """Teams posts to an address, and signs."""
    listens, address = door()
    core = new_core(store, address)
    async with organisation() as (teams, keys):
        adapter = TeamsAdapter(core, keys)
        async with serving(core, listens, {"teams": adapter}):
            yield TeamsStage(teams, BotSender(f"{address}/api/messages", teams), adapter, core)

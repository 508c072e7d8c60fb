"""Slack's payloads as turns: who did what, where and when, under an id that every delivery of the act shares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from adapters.slack.opened import Opened, read_opened
from adapters.slack.people import People
from adapters.slack.render_carried import read_value
from adapters.slack.render_modal import read_submission
from adapters.slack.rooms import Rooms
from adapters.slack.slack_text import Mentioned, called, is_off, read
from adapters.slack.workspace import PLATFORM, Workspace, moment
from core.api import Account, Address, Filled, Pressed, Said, Turn

Payload = Mapping[str, Any]

HEARD_SUBTYPES = frozenset({None, "file_share", "thread_broadcast", "me_message"})
"""Messages that a person wrote; every other subtype is Slack's own remark."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A message that a person wrote: its `escaped` words, before anyone in it is looked up; `called`: for Tandem."""

    event: Payload
    escaped: str
    called: bool = True

    @property
    def channel(self) -> str:
        """Where it was written."""
        return str(self.event["channel"])

    @property
    def direct(self) -> bool:
        """Whether it was said to Tandem alone."""
        return bool(self.event.get("channel_type") == "im" or str(self.event["channel"]).startswith("D"))


class Inbound:
    """Reads payloads. `now` is the time of acts whose payload holds none."""

    def __init__(self, workspace: Workspace, people: People, rooms: Rooms, now: Callable[[], datetime]) -> None:
        self._workspace, self._people, self._rooms, self._now = workspace, people, rooms, now

    def spoken(self, event: Payload) -> Spoken | None:
        """The message, if a person wrote it; not a line that begins with [off], nor a /me that calls nobody."""
        text = event.get("text") or ""
        if event.get("subtype") not in HEARD_SUBTYPES or event.get("bot_id") or not event.get("user"):
            return None
        if event["user"] == self._workspace.bot_user or is_off(text):
            return None
        sentence = called(text, self._workspace.bot_user)
        if sentence is not None:
            return None if is_off(sentence) else Spoken(event, sentence)
        spoken = Spoken(event, text)
        if spoken.direct:
            return spoken
        return None if event.get("subtype") == "me_message" else replace(spoken, called=False)

    async def written(self, message: Payload, channel: str) -> Turn | None:
        """A message as its author's own turn, whatever it begins with; None for one that no person wrote."""
        if message.get("bot_id") or message.get("subtype") not in HEARD_SUBTYPES:
            return None
        if message.get("user") in (None, "", self._workspace.bot_user):
            return None
        text = message.get("text") or ""
        sentence = called(text, self._workspace.bot_user)
        spoken = Spoken({**message, "channel": channel}, text if sentence is None else sentence, called=False)
        return await self.message(spoken)

    def message_id(self, event: Payload) -> str:
        """The delivery id of a message event, which `message` and `app_mention` share."""
        return self._workspace.message(event["channel"], event["ts"])

    async def message(self, spoken: Spoken) -> Turn:
        """The turn of a message."""
        event = spoken.event
        channel, ts, thread = event["channel"], event["ts"], event.get("thread_ts")
        team = event.get("user_team") or event.get("team")
        speaker, words, mentions = await self._who(event["user"], "", team, spoken.escaped)
        link = self._workspace.link(channel, ts, thread)
        said = Said(words, mentions, event.get("text") or "", ts, link, spoken.called)
        return Turn(
            self.message_id(event), self.room(channel, speaker, spoken.direct), speaker, moment(ts), said,
            thread if thread != ts else None, self._name(channel),
        )  # fmt: skip

    async def command(self, body: Payload) -> Turn:
        """The turn of a slash command."""
        channel, text = body["channel_id"], body.get("text") or ""
        speaker, words, mentions = await self._who(body["user_id"], body.get("user_name") or "", None, text)
        name = self._name(channel) or _public(body.get("channel_name") or "")
        return Turn(
            f"slack:{self._workspace.team}/command/{body['trigger_id']}",
            self.room(channel, speaker, channel.startswith("D")), speaker, self._now(),
            Said(words.strip(), mentions, text), None, name,
        )  # fmt: skip

    async def press(self, body: Payload) -> Turn | None:
        """The turn of a pressed button; None for one that leads to a page. Raises ValueError for a strange value."""
        action = body["actions"][0]
        if "value" not in action:
            return None
        carried = read_value(action["value"])
        container = body.get("container") or {}
        channel = container.get("channel_id") or body["channel"]["id"]
        thread = container.get("thread_ts") or (body.get("message") or {}).get("thread_ts")
        speaker = await self._presser(body["user"])
        at = moment(action["action_ts"]) if action.get("action_ts") else self._now()
        return Turn(
            f"slack:{self._workspace.team}/press/{body['trigger_id']}",
            self.room(channel, speaker, channel.startswith("D")), speaker, at,
            Pressed(carried.says, carried.place), thread, self._name(channel),
        )  # fmt: skip

    async def form(self, body: Payload) -> tuple[Turn, Opened]:
        """The turn of a submitted form, and where it was opened. Raises ValueError for a form that is not Tandem's."""
        view = body["view"]
        opened = read_opened(view["private_metadata"])
        submission = read_submission(view["state"])
        values: dict[str, str | tuple[str, ...] | tuple[Account, ...]] = dict(submission.values)
        speaker = await self._presser(body["user"])
        for name, users in submission.people.items():
            values[name] = await self._people.accounts([Mentioned(user) for user in users])
        known = opened.form
        turn = Turn(
            f"slack:{self._workspace.team}/form/{view['id']}/{view.get('hash', '')}",
            self.room(opened.channel, speaker, opened.channel.startswith("D")), speaker, self._now(),
            Filled(known.message, known.given, values, known.place), opened.thread, self._name(opened.channel),
        )  # fmt: skip
        return turn, opened

    def room(self, channel: str, speaker: Account, direct: bool) -> Address:
        """The address of a channel, or of the conversation with the speaker alone."""
        if direct:
            return Address(PLATFORM, speaker.identity.tenant, speaker.identity.user, direct=True)
        return self._workspace.room(channel)

    async def _who(
        self, user: str, name: str, team: str | None, escaped: str
    ) -> tuple[Account, str, tuple[Account, ...]]:
        """The speaker, the sentence as words, and the accounts of its mentions: looked up all together."""
        words = read(escaped, self._workspace.bot_user)
        teams = {user: team or self._workspace.team}
        found = await self._people.accounts([Mentioned(user, name or None), *words.people], teams)
        return found[0], words.text, found[1:]

    async def _presser(self, user: Payload) -> Account:
        name = user.get("name") or user.get("username") or ""
        return await self._people.account(user["id"], name, user.get("team_id"))

    def _name(self, channel: str) -> str:
        info = self._rooms.known(channel)
        return info.name if info else ""


def _public(name: str) -> str:
    """The channel's name as a command tells it; for private rooms and conversations it tells only the kind."""
    return "" if name in ("privategroup", "directmessage") else name

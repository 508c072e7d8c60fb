"""What Bolt hands over, heard by the core and answered: nothing is answered before it is committed."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from slack_bolt.response import BoltResponse

from adapters.slack.answers import Answers, Spot, said
from adapters.slack.changes import Changes
from adapters.slack.deliveries import Deliveries
from adapters.slack.forms import refusals
from adapters.slack.inbound import Inbound, Spoken
from adapters.slack.opened import Opened, opened_view
from adapters.slack.render import DoesNotFit
from adapters.slack.render_blocks import Ink
from adapters.slack.render_text import Accounts, Json, call_in
from adapters.slack.rooms import Rooms
from adapters.slack.slack_text import is_off
from adapters.slack.workspace import Workspace
from core.api import Address, Card, Core, Form, Notice, Pressed, Tone, Turn, View, called, msg, shows_people

log = logging.getLogger("tandem.slack")

COMMAND = "/tt"
NOT_HERE = msg("Tandem is not in this channel, so nothing was recorded. Type: /invite @Tandem – then say it again.")
NOT_BETWEEN = msg(
    "Tandem is not in this conversation, so nothing was recorded. Say it in a channel that Tandem was invited to "
    "(/invite @Tandem), or to Tandem directly."
)
STRANGE_BUTTON = msg("This button cannot be read any more, and nothing was recorded. /tt help tells what to type.")
STRANGE_FORM = msg("This form cannot be read any more, and nothing was recorded. Close it and open it again.")

Body = Mapping[str, Any]
_VIEWS = (Card, Form, Notice)


@dataclass(frozen=True, slots=True)
class Listeners:
    """One method for each kind of payload. Raises StoreDown, for Slack to deliver again."""

    core: Core
    workspace: Workspace
    inbound: Inbound
    changes: Changes
    rooms: Rooms
    answers: Answers
    deliveries: Deliveries

    async def command(self, body: Body) -> BoltResponse:
        """A slash command: the reply is the answer."""
        if is_off(body.get("text") or ""):
            return _empty()
        channel = body["channel_id"]
        if await self._absent(channel):
            return _json(self.answers.message(self._said(NOT_BETWEEN if channel.startswith("D") else NOT_HERE)))
        turn = await self.inbound.command(body)
        answer = await self.core.hear(turn)
        if not isinstance(answer, _VIEWS):
            return _empty()
        spot = Spot(channel, body["user_id"], trigger=body["trigger_id"], response_url=body.get("response_url"))
        message = await self.answers.reply(answer, spot, await self._accounts(answer, turn.room))
        return _empty() if message is None else _json(message)

    async def press(self, body: Body) -> BoltResponse:
        """A pressed button: answered to the presser alone, after the reply."""
        spot = _spot_of(body)
        try:
            turn = await self.inbound.press(body)
        except ValueError:
            await self.answers.after_press(self._said(STRANGE_BUTTON, Tone.BAD), spot, {})
            return _empty()
        if turn is None:
            return _empty()
        answer = await self.core.hear(turn)
        if isinstance(answer, _VIEWS):
            accounts = await self._accounts(answer, turn.room)
            await self.answers.after_press(answer, spot, accounts, instead=_takes_its_place(turn, answer, body))
        return _empty()

    async def form(self, body: Body) -> BoltResponse:
        """A submitted form: taken, or kept open with what is wrong beside its inputs."""
        inputs = [block["block_id"] for block in body["view"]["blocks"] if block["type"] == "input"]
        try:
            turn, opened = await self.inbound.form(body)
        except ValueError:
            return _errors(dict.fromkeys(inputs[:1], self.core.say(STRANGE_FORM)))
        answer = await self.core.hear(turn)
        call = call_in(opened.channel.startswith("D"), opened.thread)
        told = called(answer, call) if isinstance(answer, Notice) else answer
        if refused := refusals(told, inputs):
            return _errors(refused)
        if not isinstance(answer, _VIEWS):
            return _empty()
        accounts = await self._accounts(answer, turn.room)
        if isinstance(answer, Form):
            return self._next_form(answer, accounts, opened, inputs)
        spot = Spot(opened.channel, turn.account.identity.user, opened.thread)
        await self.answers.after_message(answer, spot, accounts)
        return _empty()

    async def message(self, body: Body) -> None:
        """A message event: a sentence, talk, or what became of an older one."""
        event = body["event"]
        match event.get("subtype"):
            case "message_changed":
                await self.changes.edited(event)
            case "message_deleted":
                await self.changes.deleted(event)
            case _:
                await self._line(event)

    async def mention(self, body: Body) -> None:
        """An `app_mention`: all that arrives of a line where Tandem is no member; elsewhere a second delivery."""
        event = body["event"]
        spoken = self.inbound.spoken(event)
        if spoken is None or not spoken.called:
            return
        if await self._absent(event["channel"]):
            with self.deliveries.first(self.inbound.message_id(event)) as first:
                if first:
                    self.answers.tell(self._said(NOT_HERE), event["user"])
            return
        await self._line(event)

    async def event(self, body: Body) -> None:
        """Any other event."""
        with self.deliveries.first(f"event/{body.get('event_id')}") as first:
            if first:
                await self.changes.take(body["event"])

    async def _line(self, event: Body) -> None:
        spoken = self.inbound.spoken(event)
        if spoken is None:
            return
        with self.deliveries.first(self.inbound.message_id(event)) as first:
            turn = await self._turn(spoken) if first else None
            if turn is None:
                return
            answer = await self.core.hear(turn)
        if isinstance(answer, _VIEWS):
            spot = Spot(event["channel"], event["user"], turn.thread)
            await self.answers.after_message(answer, spot, await self._accounts(answer, turn.room))

    async def _turn(self, spoken: Spoken) -> Turn | None:
        """The turn of a message; None for talk that nobody reads. Talk keeps its order while people are looked up."""
        if spoken.called:
            return await self.inbound.message(spoken)
        async with self.deliveries.in_order(spoken.channel):
            if not await self.core.listens(self.workspace.room(spoken.channel), spoken.event.get("thread_ts")):
                return None
            return await self.inbound.message(spoken)

    async def _absent(self, channel: str) -> bool:
        """Whether Tandem is certainly not in the room: no room of a transfer, and Slack says so."""
        if self.rooms.known(channel):
            return False
        if await self.core.room_known(self.workspace.room(channel)):
            self.rooms.joined(channel)
            return False
        return (await self.rooms.look(channel)).joined is False

    def _next_form(self, form: Form, accounts: Accounts, opened: Opened, inputs: list[str]) -> BoltResponse:
        """A form whose answer is another form: in the same modal, or as the sentence to type."""
        try:
            view = opened_view(form, Ink(accounts, say=self.core.say), opened.channel, opened.thread)
        except DoesNotFit as does_not_fit:
            why = self.core.say(does_not_fit.sentence, **does_not_fit.values)
            whole = called(form, call_in(opened.channel.startswith("D"), opened.thread)).says
            return _errors(dict.fromkeys(inputs[:1], f"{why} {self.core.say('Say it whole:')} {whole}"))
        return _json({"response_action": "update", "view": view})

    def _said(self, sentence: str, tone: Tone = Tone.WARN) -> Notice:
        return said(tone, self.core.say(sentence))

    async def _accounts(self, view: View, room: Address) -> Accounts:
        return await self.core.accounts(room) if shows_people(view) else {}


def _takes_its_place(turn: Turn, answer: View, body: Body) -> bool:
    """Whether an answer replaces what was pressed: a record's own card that only its presser saw."""
    alone = bool((body.get("container") or {}).get("is_ephemeral"))
    place = turn.act.place if isinstance(turn.act, Pressed) else None
    return alone and isinstance(answer, Card) and answer.instead and place is not None and place.record is not None


def _spot_of(body: Body) -> Spot:
    """Where a button was pressed."""
    container, message = body.get("container") or {}, body.get("message") or {}
    channel = container.get("channel_id") or (body.get("channel") or {}).get("id") or ""
    thread = container.get("thread_ts") or message.get("thread_ts")
    return Spot(channel, body["user"]["id"], thread, body["trigger_id"], body.get("response_url"))


def _empty() -> BoltResponse:
    return BoltResponse(status=200, body="")


def _json(body: Json) -> BoltResponse:
    return BoltResponse(status=200, body=msgspec.json.encode(body).decode())


def _errors(errors: Mapping[str, str]) -> BoltResponse:
    return _json({"response_action": "errors", "errors": dict(errors)})

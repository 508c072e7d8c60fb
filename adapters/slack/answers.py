"""What the core answers, brought to the one person who asked: as the reply, a modal, or a message only they see."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, assert_never

from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.faults import sorted_faults
from adapters.slack.opened import opened_view
from adapters.slack.render import DoesNotFit, card_message, notice_message
from adapters.slack.render_blocks import Ink
from adapters.slack.render_text import Accounts, Json, call_in
from core.api import Card, Errands, Form, Gone, Notice, Plain, Say, Sentence, Text, Tone, TryLater, View, called

log = logging.getLogger("tandem.slack")

_NOBODY: Accounts = MappingProxyType({})
OPEN_SECONDS = 2.0
"""A trigger lives 3 seconds, and so does the patience of whoever waits for the reply."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an answer goes: to `user` in `channel` (and `thread`), with what the request offers to answer by."""

    channel: str
    user: str
    thread: str | None = None
    trigger: str | None = None
    response_url: str | None = None

    @property
    def direct(self) -> bool:
        """Whether it is the conversation between the person and Tandem."""
        return self.channel.startswith("D")

    @property
    def call(self) -> str:
        """What calls Tandem there."""
        return call_in(self.direct, self.thread)


class Answers:
    """Brings answers. Those that follow the reply are errands."""

    def __init__(self, client: AsyncWebClient, session: ClientSession, errands: Errands, say: Say) -> None:
        self._client, self._session, self._errands, self._say = client, session, errands, say

    async def reply(self, view: View, spot: Spot, accounts: Accounts) -> Json | None:
        """The answer as a reply's own body; None where a modal was opened instead."""
        if isinstance(view, Form):
            return await self._open(view, spot, accounts)
        return self.message(called(view, spot.call), accounts)

    async def after_press(self, view: View, spot: Spot, accounts: Accounts, instead: bool = False) -> None:
        """Answer a pressed button. What was pressed stays, as a list may offer more than one, but for `instead`."""
        message = await self.reply(view, spot, accounts)
        if message is not None:
            shown = {**message, "replace_original": instead}
            self._errands.start(lambda: self._respond(shown, spot))

    async def after_message(self, view: View, spot: Spot, accounts: Accounts) -> None:
        """Answer a line in the room, which offers no way to open a form."""
        shown = self._instead_of(view) if isinstance(view, Form) else view
        message = self.message(called(shown, spot.call), accounts)
        self._errands.start(lambda: self._whisper(message, spot))

    def tell(self, view: Notice, user: str) -> None:
        """Write to a person directly, where Tandem cannot speak in the room."""
        message = self.message(view)
        self._errands.start(lambda: self._client.chat_postMessage(channel=user, **_posted(message)))

    async def _open(self, form: Form, spot: Spot, accounts: Accounts) -> Json | None:
        try:
            view = opened_view(form, Ink(accounts, say=self._say), spot.channel, spot.thread)
            if spot.trigger is None:
                return self.message(called(self._instead_of(form), spot.call), accounts)
            async with sorted_faults(), asyncio.timeout(OPEN_SECONDS):
                await self._client.views_open(trigger_id=spot.trigger, view=view)
        except DoesNotFit as does_not_fit:
            why = self._say(does_not_fit.sentence, **does_not_fit.values)
            return self.message(called(self._instead_of(form, why), spot.call))
        except (TryLater, Gone) as fault:
            log.warning("a form could not be opened: %s", fault.reason)
            return self.message(called(self._instead_of(form), spot.call), accounts)
        return None

    def message(self, view: Card | Notice, accounts: Accounts = _NOBODY) -> Json:
        """A card or notice as an answer to one person."""
        match view:
            case Card():
                answer: Json = {"response_type": "ephemeral", "replace_original": False}
                return {**answer, **card_message(view, accounts, self._say)}
            case Notice():
                return notice_message(view, accounts, self._say)
            case _:
                assert_never(view)

    def _instead_of(self, form: Form, why: str = "") -> Notice:
        """The sentence to type where a form cannot be opened."""
        words = why or self._say("Some parts are missing."), self._say("Say it whole:"), ""
        return Notice(Tone.WARN, (Text((Plain(" ".join(words)), Sentence(form.says))),), form.training, form.place)

    async def _respond(self, message: Json, spot: Spot) -> None:
        """Post to the response_url, which takes 5 answers in 30 minutes; else whisper."""
        thread: Json = {"thread_ts": spot.thread} if spot.thread else {}
        if spot.response_url is not None:
            async with self._session.post(spot.response_url, json={**message, **thread}) as answered:
                if answered.status < 400:
                    return
        await self._whisper(message, spot)

    async def _whisper(self, message: Json, spot: Spot) -> None:
        thread: Json = {"thread_ts": spot.thread} if spot.thread else {}
        if spot.direct:
            await self._client.chat_postMessage(channel=spot.channel, **_posted(message), **thread)
            return
        await self._client.chat_postEphemeral(channel=spot.channel, user=spot.user, **_posted(message), **thread)


def said(tone: Tone, *sentences: str) -> Notice:
    """A notice of the adapter's own, a paragraph for each sentence."""
    return Notice(tone, tuple(Text((Plain(sentence),)) for sentence in sentences))


def _posted(message: Mapping[str, Any]) -> Json:
    """A message without what only a response may hold, and without what Slack might make of its words."""
    return {"text": message["text"], "blocks": message["blocks"], "link_names": False, "parse": "none"}

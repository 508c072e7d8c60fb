"""Posts on their way to Slack: each carries its id as metadata, by which it is found again after a broken call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.faults import code_of, sorted_faults
from adapters.slack.render import card_message
from adapters.slack.render_text import Json, call_in
from adapters.slack.workspace import Workspace, moment
from core.api import Address, NoTrace, Outgoing, Say, Sent, called, rendering

EVENT = "tandem_post"
MARGIN = timedelta(minutes=5)
"""How far Slack's clock and this machine's may differ."""
MARK = "white_check_mark"
MARKED = frozenset({"already_reacted", "message_not_found", "no_item_specified", "bad_timestamp"})
UNMARKABLE = frozenset({"missing_scope", "not_reactable", "too_many_emoji", "too_many_reactions", "invalid_name"})
"""Where no reaction can stand, as for an app that was installed before it asked for them: a short reply says it."""
PAGE = 200
MOST_PAGES = 50
_QUIET: Json = {"unfurl_links": False, "unfurl_media": False, "link_names": False, "parse": "none"}


class SlackMessenger:
    """The Messenger of platform `slack`."""

    def __init__(self, client: AsyncWebClient, workspace: Callable[[], Workspace], say: Say) -> None:
        self._client, self._workspace, self._say = client, workspace, say
        self._directs: dict[str, str] = {}

    async def send(self, out: Outgoing) -> Sent:
        """Post the card, change `out.message` to it, or show it to `out.only_for` alone. Raises TryLater or Gone."""
        async with sorted_faults(out.address.direct):
            return await self._send(out, await self._channel(out.address))

    async def find(self, out: Outgoing, since: datetime) -> Sent | None:
        """The message that an attempt at `since` left, by its metadata. Raises TryLater or Gone.

        A change can be made twice without harm and is not looked for; an ephemeral carries no metadata: NoTrace.
        """
        if out.only_for and not out.address.direct:
            raise NoTrace
        if out.message:
            return None
        async with sorted_faults(out.address.direct):
            return await self._search(out, await self._channel(out.address), since - MARGIN)

    async def _channel(self, address: Address) -> str:
        self._workspace()  # raises TryLater while nobody knows where this is
        if not address.direct:
            return address.channel
        if address.channel not in self._directs:
            async with sorted_faults(direct=True, otherwise="person"):
                opened = await self._client.conversations_open(users=[address.channel])
            self._directs[address.channel] = opened["channel"]["id"]
        return self._directs[address.channel]

    async def _send(self, out: Outgoing, channel: str) -> Sent:
        if out.marks is not None and await self._reacts(out.marks, channel):
            return Sent()
        with rendering(out.post):
            card = called(out.card, call_in(out.address.direct, out.thread))
            message = card_message(card, out.accounts, self._say)
        thread: Json = {"thread_ts": out.thread} if out.thread else {}
        if out.only_for and not out.address.direct:
            return await self._whisper(out, out.only_for, channel, {**message, **thread})
        metadata = {"event_type": EVENT, "event_payload": {"post": out.post}}
        if out.message:
            await self._client.chat_update(
                channel=channel, ts=out.message, metadata=metadata, link_names=False, parse="none", **message
            )
            ts = out.message
        else:
            posted = await self._client.chat_postMessage(
                channel=channel, metadata=metadata, **message, **thread, **_QUIET
            )
            ts = posted["ts"]
        return Sent(ts, self._workspace().link(channel, ts, out.thread))

    async def _whisper(self, out: Outgoing, user: str, channel: str, message: Json) -> Sent:
        """Show it to one person alone; who is not in the channel gets it in their own conversation."""
        try:
            await self._client.chat_postEphemeral(channel=channel, user=user, link_names=False, parse="none", **message)
        except SlackApiError as error:
            if code_of(error) != "user_not_in_channel":
                raise
            alone = Address(out.address.platform, out.address.tenant, user, direct=True)
            return await self._send(replace(out, address=alone, thread=None), await self._channel(alone))
        return Sent()

    async def _reacts(self, message: str, channel: str) -> bool:
        """Whether a reaction says it, or nothing has to: a message that is gone needs no mark."""
        try:
            await self._client.reactions_add(channel=channel, timestamp=message, name=MARK)
        except SlackApiError as error:
            if code_of(error) in UNMARKABLE:
                return False
            if code_of(error) not in MARKED:
                raise
        return True

    async def _search(self, out: Outgoing, channel: str, since: datetime) -> Sent | None:
        """Page back from the newest message to `since`; one page at least, as the core's clock may be a trial one."""
        cursor = None
        for _ in range(MOST_PAGES):
            page = await self._page(out, channel, cursor)
            for message in page["messages"]:
                if _carries(message, out.post):
                    return Sent(message["ts"], self._workspace().link(channel, message["ts"], out.thread))
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            oldest = min((moment(message["ts"]) for message in page["messages"]), default=None)
            if not cursor or (not out.thread and oldest and oldest < since):
                break
        return None

    async def _page(self, out: Outgoing, channel: str, cursor: str | None) -> Any:
        asked: Json = {"channel": channel, "limit": PAGE, "include_all_metadata": True}
        if cursor:
            asked["cursor"] = cursor
        if out.thread:
            return await self._client.conversations_replies(ts=out.thread, **asked)
        return await self._client.conversations_history(**asked)


def _carries(message: Json, post: str) -> bool:
    metadata = message.get("metadata") or {}
    return metadata.get("event_type") == EVENT and (metadata.get("event_payload") or {}).get("post") == post

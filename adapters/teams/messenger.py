"""Posts on their way to Teams: by the way that the store keeps of each room and person, each at most once in doubt."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from adapters.teams.activity import CHANNEL, PERSONAL, PLATFORM, Way, link_of, read_way, write_way
from adapters.teams.faults import Refusal, sorted_faults
from adapters.teams.line import Json, Line
from adapters.teams.render import card_content, summary_of, watched
from adapters.teams.teams_text import call_in
from adapters.teams.watching import Watchers
from core.api import Address, Buttons, Core, Gone, NoTrace, Outgoing, Sent, TryLater, called, msg, rendering

UNMET = msg("Tandem has not met anybody of this organisation yet")
ANYWHERE = "*"
"""The channel of the address under which a tenant's service address and bot are kept."""


class Ways:
    """How to write to rooms and people, as the store keeps it for every process."""

    def __init__(self, core: Core) -> None:
        self._core = core

    async def keep(self, address: Address, way: Way) -> None:
        """Keep the way to a room or person, and how to write to anybody of the tenant."""
        anywhere = Way(way.service_url, "", way.bot, PERSONAL)
        await self._core.keep_way(address, write_way(way))
        await self._core.keep_way(Address(PLATFORM, address.tenant, ANYWHERE), write_way(anywhere))

    async def find(self, address: Address) -> Way | None:
        """The way to an address, None where nobody ever spoke there."""
        kept = await self._core.way(address)
        return read_way(kept) if kept else None

    async def open(self, address: Address, line: Line) -> Way:
        """The way to somebody who was never written to, kept for the next time. Raises Gone or TryLater."""
        anywhere = await self.find(Address(PLATFORM, address.tenant, ANYWHERE))
        if anywhere is None:
            raise Gone("nobody of the tenant was met", "person", told=UNMET)
        async with sorted_faults(direct=True, opens=True):
            conversation = await line.open(anywhere.service_url, anywhere.bot, address.tenant, address.channel)
        way = Way(anywhere.service_url, conversation, anywhere.bot, PERSONAL)
        await self.keep(address, way)
        return way


class TeamsMessenger:
    """The Messenger for platform `teams`."""

    def __init__(self, core: Core, line: Line, ways: Ways, watchers: Watchers) -> None:
        self._core, self._line, self._ways, self._watchers = core, line, ways, watchers

    async def send(self, out: Outgoing) -> Sent:
        """Post the card, or change `out.message` to it. Raises TryLater or Gone.

        Teams shows nothing to one person alone in a room: what is `only_for` somebody goes to their own chat. What
        `marks` a message is a short reply, as a bot has no reactions.
        """
        address = self._reader_s(out)
        way = await self._way(address)
        card, summary = await self._content(out, way), summary_of(out.card)
        if out.message is not None:
            async with sorted_faults(address.direct, changes=True):
                await self._line.change(way, out.message, card, summary)
            return Sent(out.message, link_of(way, address.tenant, out.message))
        async with sorted_faults(address.direct):
            message, thread = await self._post(out, way, card, summary)
        return Sent(message, link_of(way, address.tenant, message, thread=thread))

    async def _content(self, out: Outgoing, way: Way) -> Json:
        """The card; one that offers something to press has a view of their own for the members who are there."""
        with rendering(out.post):
            shown = called(out.card, call_in(self._reader_s(out)))
            content = card_content(shown, out.accounts, self._core.is_aside, self._core.say)
        if not any(isinstance(block, Buttons) for block in out.card.blocks):
            return content
        return watched(content, await self._watchers.of(way, out.accounts), self._core.say)

    async def _post(self, out: Outgoing, way: Way, card: Json, summary: str) -> tuple[str, str | None]:
        """The message and its thread: below what was said, else where what belongs to its record stands."""
        if out.thread and way.kind == CHANNEL:
            try:
                return await self._line.post(way, card, summary, out.thread), out.thread
            except Refusal as refusal:
                if refusal.status != 404:  # else the line above it is gone, and not the room
                    raise
        thread = await self._core.first_post(out) if way.kind == CHANNEL else None
        return await self._line.post(way, card, summary, thread), thread

    async def find(self, out: Outgoing, since: datetime) -> Sent | None:  # noqa: ARG002 - what any messenger is asked
        """Raises NoTrace: the connector tells nobody what stands in a conversation; TryLater while it does not answer.

        What is in doubt is sent once more at most, and that is not wasted while Teams is down.
        """
        address = self._reader_s(out)
        with suppress(Gone):  # an answer, whatever it says
            way = await self._way(address)
            async with sorted_faults(address.direct):
                await self._line.knock(way)
        raise NoTrace("Teams tells nobody what stands in a conversation")

    @staticmethod
    def _reader_s(out: Outgoing) -> Address:
        """Where the post goes: what is for one person alone, to their own chat."""
        if out.only_for and not out.address.direct:
            return Address(PLATFORM, out.address.tenant, out.only_for, direct=True)
        return out.address

    async def _way(self, address: Address) -> Way:
        way = await self._ways.find(address)
        if way is None and not address.direct:
            raise TryLater("nobody has spoken in this room yet, so Teams has not told how to write there", after=300.0)
        return way or await self._ways.open(address, self._line)

"""Whose view of a room's cards may be their own: the transfer's members who are there, by the ids that Teams has."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping

from adapters.teams.activity import PERSONAL, Way
from adapters.teams.faults import sorted_faults
from adapters.teams.line import Member
from core.api import Gone, TryLater

log = logging.getLogger("tandem.teams")

KEEP_SECONDS = 3600.0
FAULT_SECONDS = 300.0
"""How long a room whose members cannot be told is left alone."""
MOST_ROOMS = 2000

Ask = Callable[[Way], Awaitable[list[Member]]]


class Watchers:
    """Asks a room for its members once an hour."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._known: OrderedDict[str, tuple[float, Mapping[str, str]]] = OrderedDict()

    async def of(self, way: Way, accounts: Mapping[str, str]) -> tuple[str, ...]:
        """The ids of those `accounts` (AAD object ids by person) who are in the room; none in somebody's own chat."""
        if way.kind == PERSONAL or not accounts:
            return ()
        there = await self._members(way)
        return tuple(dict.fromkeys(there[user] for user in accounts.values() if user in there))

    async def _members(self, way: Way) -> Mapping[str, str]:
        until, there = self._known.get(way.conversation, (0.0, {}))
        if until > time.monotonic():
            return there
        try:
            async with sorted_faults():
                there, keep = {one.user: one.handle for one in await self._ask(way)}, KEEP_SECONDS
        except (TryLater, Gone) as fault:
            log.warning("the members of a room could not be asked for: %s", fault.reason)
            keep = FAULT_SECONDS  # cards are the same for everybody meanwhile
        self._known[way.conversation] = (time.monotonic() + keep, there)
        self._known.move_to_end(way.conversation)
        while len(self._known) > MOST_ROOMS:
            self._known.popitem(last=False)
        return there

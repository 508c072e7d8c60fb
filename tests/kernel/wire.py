"""A platform for the outbox's tests: it keeps each post's id beside its message, and fails as it is told."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from core.api import Address, Gone, NoTrace, Outgoing, Sent
from tests.meeting_room import Inbox, words

Fault = Callable[["Wire", Outgoing], Awaitable[Sent]]


@dataclass
class Wire(Inbox):
    """`fails(room, fault, …)` lets the next calls for a room meet these faults, one each; `looked_up` are doubts.

    A `traceless` one keeps no mark of what it took, as Teams.
    """

    carried: dict[str, str] = field(default_factory=dict)
    whispers: list[Outgoing] = field(default_factory=list)
    tried: list[Outgoing] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)
    faults: defaultdict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    hanging: asyncio.Event = field(default_factory=asyncio.Event)
    traceless: bool = False

    def fails(self, room: Address, *faults: Fault) -> None:
        """The next calls for `room`, a fault each."""
        self.faults[str(room)].extend(faults)

    async def send(self, out: Outgoing) -> Sent:
        """Take the card, or fail."""
        self.tried.append(out)
        waiting = self.faults[str(out.address)]
        return await waiting.popleft()(self, out) if waiting else self.take(out)

    def take(self, out: Outgoing) -> Sent:
        """The card stands in its room, under its post's id; one for one person alone leaves no trace."""
        if out.message and (str(out.address), out.message) not in self.messages:
            raise Gone("message_not_found", "message")
        self.sent.append(out)
        if out.only_for and not out.address.direct:
            self.whispers.append(out)
            return Sent()
        message = out.message or f"m{len(self.sent)}"
        self.messages[(str(out.address), message)] = out.card
        self.carried[out.post] = message
        return Sent(message, f"https://chat.example/{message}")

    async def find(self, out: Outgoing, since: datetime) -> Sent | None:
        """By the post's id."""
        self.looked_up.append(out.post)
        if self.traceless or (out.only_for and not out.address.direct):
            raise NoTrace
        message = self.carried.get(out.post)
        return Sent(message, f"https://chat.example/{message}") if message else None

    def said(self, room: Address) -> list[str]:
        """The badges that were sent to a room, in order, changes too."""
        return [words(out.card).split("\n")[0].partition(" · ")[2] for out in self.sent if out.address == room]


def raising(error: Exception) -> Fault:
    """Fail without taking the card."""

    async def fault(_wire: Wire, _out: Outgoing) -> Sent:
        raise error

    return fault


def taking_and_raising(error: Exception) -> Fault:
    """Take the card and fail all the same, as a line that is cut does."""

    async def fault(wire: Wire, out: Outgoing) -> Sent:
        wire.take(out)
        raise error

    return fault


async def taking_and_hanging(wire: Wire, out: Outgoing) -> Sent:
    """Take the card and never answer."""
    wire.take(out)
    return await hanging(wire, out)


async def hanging(wire: Wire, _out: Outgoing) -> Sent:
    """Never answer."""
    wire.hanging.set()
    await asyncio.Event().wait()
    raise AssertionError


def meanwhile(act: Callable[[], Awaitable[object]]) -> Fault:
    """Take the card, and let something happen before it is answered."""

    async def fault(wire: Wire, out: Outgoing) -> Sent:
        sent = wire.take(out)
        await act()
        return sent

    return fault

"""How Tandem's posts come into the rooms: a room's file is the platform, so nothing is ever late or in doubt."""

from __future__ import annotations

import json
from datetime import datetime

from adapters.rehearsal import keeping
from adapters.rehearsal.cast import Cast
from adapters.rehearsal.inbound import room
from adapters.rehearsal.rooms import POST, Entry, Line, Rooms, number_of
from core.api import Address, Card, Core, Gone, Outgoing, Sent, Text, plain


class RehearsalMessenger:
    """Puts cards into the rooms and changes them there; a post that arrives twice stands there once."""

    def __init__(self, core: Core, rooms: Rooms, cast: Cast, site: str = "") -> None:
        self._core, self._rooms, self._cast, self._site = core, rooms, cast, site

    async def send(self, out: Outgoing) -> Sent:
        """Post the card, or change `out.message` to it. Raises Gone for somebody who is not of the cast."""
        if out.address.direct and out.address.channel not in self._cast.by_slug:
            raise Gone(self._core.say("nobody here is called {name}", name=out.address.channel), what="person")
        if out.marks is not None:
            self._rooms.mark(int(out.marks), said(out.card))
            return Sent()
        found = self._rooms.keyed(key(out))
        return self._sent(found or self._put(out))

    async def find(self, out: Outgoing, since: datetime) -> Sent | None:  # noqa: ARG002 - a key is found at once
        """The message that holds this post, if it came through."""
        found = self._rooms.keyed(key(out))
        return self._sent(found) if found else None

    def _put(self, out: Outgoing) -> Line:
        accounts = json.dumps(dict(out.accounts))
        entry = Entry(self._where(out), POST, key(out), keeping.write(out.card), None, out.only_for, accounts)
        now = self._core.clock.now()
        if out.message is not None and self._rooms.change(int(out.message), entry, now):
            changed = self._rooms.keyed(entry.key)
            assert changed is not None
            return changed
        return self._rooms.add(entry, now)

    def _where(self, out: Outgoing) -> Address:
        """What is for one person alone stands in the room of their own company, which is where they sit."""
        player = self._cast.by_slug.get(out.only_for or "")
        return out.address if player is None else room(player.side, number_of(out.address))

    def _sent(self, line: Line) -> Sent:
        return Sent(str(line.id), f"{self._site}/rehearsal#line-{line.id}")


def said(card: Card) -> str:
    """What a short card says, on one line."""
    return " ".join(plain(block.spans) for block in card.blocks if isinstance(block, Text))


def key(out: Outgoing) -> str:
    """Under which a post stands in its room."""
    return f"post:{out.post}"

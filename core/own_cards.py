"""A card of a room as one person gets it: with those of its buttons that their roles let them press."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import replace

from core.kernel.directories import Directories
from core.kernel.door import Door
from core.kernel.ids import HOUSE, Account, TransferId
from core.listening import Listening
from core.speech import Incomplete, Understood
from core.view import Block, Button, Buttons, Card


class OwnCards:
    """Draws nothing and hides nothing but buttons: what a card says stands in the room for everybody."""

    def __init__(self, door: Door, listening: Listening, directories: Directories) -> None:
        self._door, self._listening, self._directories = door, listening, directories

    async def of(self, card: Card, account: Account) -> Card:
        """The card for an account; all its buttons for who is no member, who is told on a press what is missing."""
        transfer = TransferId(card.place.transfer) if card.place else HOUSE
        directory = await asyncio.to_thread(self._directories.look, transfer)
        roles = self._door.actor(account, directory).roles
        return card if "stranger" in roles else replace(card, blocks=tuple(self._blocks(card.blocks, roles)))

    def _blocks(self, blocks: Iterable[Block], roles: frozenset[str]) -> Iterator[Block]:
        for block in blocks:
            if not isinstance(block, Buttons):
                yield block
            elif kept := tuple(one for one in block.buttons if self._may_press(one, roles)):
                yield Buttons(kept)

    def _may_press(self, button: Button, roles: frozenset[str]) -> bool:
        reading = self._listening.reading_of(button.says or "")
        if not isinstance(reading, (Understood, Incomplete)):
            return True
        return self._door.roles.role_for(reading.kind.needs, roles) is not None

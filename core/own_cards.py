"""A card as one person gets it, of a room or as an answer: with the buttons that their roles let them press."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from core.kernel.access import Directory
from core.kernel.directories import Directories
from core.kernel.door import Door
from core.kernel.ids import HOUSE, Account, TransferId
from core.listening import Listening
from core.speech import Incomplete, Understood
from core.view import Button, Buttons, Card, Notice, View

MOST = 5000
"""Sentences of buttons that are remembered."""


class OwnCards:
    """Draws nothing and hides nothing but buttons: what a card says stands in the room for everybody."""

    def __init__(self, door: Door, listening: Listening, directories: Directories) -> None:
        self._door, self._listening, self._directories = door, listening, directories
        self._needs: dict[str, str | None] = {}

    async def of(self, card: Card, account: Account) -> Card:
        """The card for an account; all its buttons for who is no member, who is told on a press what is missing."""
        transfer = TransferId(card.place.transfer) if card.place else HOUSE
        directory = await asyncio.to_thread(self._directories.look, transfer)
        own = self.for_one(card, account, directory)
        assert isinstance(own, Card)
        return own

    def for_one(self, view: View, account: Account, directory: Directory) -> View:
        """The same of a card or an answer where the directory is at hand."""
        roles = self._door.actor(account, directory).roles
        if "stranger" in roles or not isinstance(view, (Card, Notice)):
            return view
        return replace(view, blocks=tuple(self._blocks(view.blocks, roles)))

    def _blocks(self, blocks: Iterable[Any], roles: frozenset[str]) -> Iterator[Any]:
        for block in blocks:
            if not isinstance(block, Buttons):
                yield block
            elif kept := tuple(one for one in block.buttons if self._may_press(one, roles)):
                yield Buttons(kept)

    def _may_press(self, button: Button, roles: frozenset[str]) -> bool:
        needs = self._needed_for(button.says or "")
        return needs is None or self._door.roles.role_for(needs, roles) is not None

    def _needed_for(self, says: str) -> str | None:
        """What a sentence needs, remembered: the same buttons stand on list after list. None where anybody may."""
        if says not in self._needs:
            if len(self._needs) >= MOST:
                self._needs.clear()
            reading = self._listening.reading_of(says)
            self._needs[says] = reading.kind.needs if isinstance(reading, (Understood, Incomplete)) else None
        return self._needs[says]

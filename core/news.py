"""What a platform tells in no sentence: of rooms and people lost, back or renamed, of messages edited or deleted."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from core.features.transfers.accounts import LoseAccount
from core.features.transfers.numbering import LONGEST_NAME
from core.features.transfers.rooms import LoseRoom, RegainRoom, RenameRoom, WelcomeRoom
from core.features.transfers.sources import NoteSourceDeleted, NoteSourceEdited, NoteSourceRestored
from core.kernel.clock import new_id
from core.kernel.directories import Directories
from core.kernel.ids import HOUSE, Identity, TransferId
from core.kernel.messages import Command
from core.kernel.turn import Address
from core.kernel.writer import Writer
from core.origins import captured
from core.rereading import Edited
from core.returning import regain
from core.speech import clean

Order = Callable[[Command, str, TransferId], Awaitable[None]]
Reword = Callable[[Edited, TransferId], Awaitable[None]]


class News:
    """One method for each. `order` carries out a command, `reword` reads an edited line again."""

    def __init__(self, directories: Directories, writer: Writer, order: Order, reword: Reword) -> None:
        self._directories, self._writer = directories, writer
        self._order, self._reword = order, reword

    async def welcome(self, room: Address, room_name: str) -> None:
        """Tandem was added to a room: a room without a transfer gets the one sentence to type."""
        if await asyncio.to_thread(self._directories.look_up, room) is None:
            await self._order(WelcomeRoom(room=room, name=room_name), f"welcome:{new_id()}", HOUSE)
        else:
            await self.room_back(room)

    async def room_lost(self, room: Address, why: str) -> None:
        """Tandem can post there no more: archived, removed, deleted."""
        directory = await asyncio.to_thread(self._directories.look_up, room)
        if directory is not None:
            await self._order(LoseRoom(room=room, why=why), f"lost:{new_id()}", directory.transfer)

    async def room_renamed(self, room: Address, name: str) -> None:
        """What a room is called now: nothing happens where it is known as that, or no transfer lives there."""
        name = clean(name)[:LONGEST_NAME]
        directory = self._directories.fresh(room)
        if directory is None and not self._directories.is_nowhere(room):
            directory = await asyncio.to_thread(self._directories.look_up, room)
        known = directory.room_at(room) if directory else None
        if directory is not None and known is not None and name not in ("", known.name):
            await self._order(RenameRoom(room=room, name=name), f"renamed:{new_id()}", directory.transfer)

    async def app_lost(self, platform: str, tenant: str, why: str) -> None:
        """Tandem was removed from a whole workspace: none of its rooms can be posted in."""
        for room in await asyncio.to_thread(self._directories.rooms_of, platform, tenant):
            await self.room_lost(room, why)

    async def room_back(self, room: Address) -> None:
        """Tandem can post there again."""
        directory = await asyncio.to_thread(self._directories.look_up, room)
        if directory is not None:
            await self._order(RegainRoom(room=room), f"back:{new_id()}", directory.transfer)

    async def person_left(self, identity: Identity, why: str) -> None:
        """An account was deactivated on its platform, or cannot be written to."""
        for transfer in await asyncio.to_thread(self._directories.transfers_of, identity):
            await self._order(LoseAccount(identity=identity, why=why), f"left:{new_id()}", transfer)

    async def person_back(self, identity: Identity) -> None:
        """The platform knows an account as active: nothing happens for one that was never lost."""
        if await asyncio.to_thread(self._directories.is_lost, identity):
            await regain(identity, self._writer, self._directories)

    async def source_edited(self, edited: Edited) -> None:
        """A message reads otherwise. Nothing for one never captured.

        Its own turn is asked for where what was read of it waits for an answer.
        """
        words, digest = captured(edited.text)
        note = NoteSourceEdited(room=edited.room, message=edited.message, text=words, sha256=digest, at=edited.at)
        for transfer in await self._noted(note, edited.delivery):
            await self._reword(edited, transfer)

    async def source_deleted(self, room: Address, message: str, at: datetime, delivery: str) -> None:
        """A message is gone from its room since `at`. Nothing for one that was never captured."""
        await self._noted(NoteSourceDeleted(room=room, message=message, at=at), delivery)

    async def source_restored(self, room: Address, message: str, at: datetime, delivery: str) -> None:
        """A message that was deleted stands in its room again since `at`."""
        await self._noted(NoteSourceRestored(room=room, message=message, at=at), delivery)

    async def _noted(
        self, note: NoteSourceEdited | NoteSourceDeleted | NoteSourceRestored, delivery: str
    ) -> Sequence[TransferId]:
        """Keep what became of a message, in each transfer that has something of it; which those are."""
        quoting = await asyncio.to_thread(self._directories.transfers_quoting, note.room, note.message)
        for transfer in quoting:
            await self._order(note, delivery, transfer)
        return quoting

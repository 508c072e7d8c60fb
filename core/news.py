"""What a platform tells in no sentence: of rooms and people lost, back or renamed, of messages edited or deleted."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from weakref import WeakValueDictionary

from core.early import PLACE, WORDS, Change, Early
from core.features.capture.picking import pick_of
from core.features.transfers.accounts import LoseAccount
from core.features.transfers.numbering import LONGEST_NAME
from core.features.transfers.rooms import LoseRoom, RegainRoom, RenameRoom, WelcomeRoom
from core.features.transfers.sources import NoteSourceDeleted, NoteSourceEdited, NoteSourceRestored
from core.kernel.clock import new_id
from core.kernel.directories import Directories
from core.kernel.errors import Busy
from core.kernel.ids import HOUSE, Identity, TransferId
from core.kernel.messages import Command
from core.kernel.picks import Picks
from core.kernel.turn import Address, Filled, Picked, Reacted, Said, Turn
from core.kernel.writer import Writer
from core.origins import captured
from core.rereading import Edited
from core.returning import regain
from core.speech import clean

Order = Callable[[Command, str, TransferId], Awaitable[None]]
Reword = Callable[[Edited, TransferId], Awaitable[None]]


class News:
    """One method for each. `order` carries out a command, `reword` reads an edited line again."""

    def __init__(self, directories: Directories, writer: Writer, picks: Picks, order: Order, reword: Reword) -> None:
        self._directories, self._writer, self._picks = directories, writer, picks
        self._order, self._reword = order, reword
        self._early = Early()
        self._queues: WeakValueDictionary[tuple[Address, str], asyncio.Lock] = WeakValueDictionary()

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
        await self._changed(edited.room, edited.message, Change(WORDS, edited.at, partial(self._edited, edited)))

    async def source_deleted(self, room: Address, message: str, at: datetime, delivery: str) -> None:
        """A message is gone from its room since `at`. Nothing for one that was never captured."""
        note = NoteSourceDeleted(room=room, message=message, at=at)
        await self._changed(room, message, Change(PLACE, at, partial(self._noted, note, delivery)))

    async def source_restored(self, room: Address, message: str, at: datetime, delivery: str) -> None:
        """A message that was deleted stands in its room again since `at`."""
        note = NoteSourceRestored(room=room, message=message, at=at)
        await self._changed(room, message, Change(PLACE, at, partial(self._noted, note, delivery)))

    async def overtaken(self, turn: Turn | Picked | Reacted) -> None:
        """Tell now what became of the message of a turn before anything was made of it: news may overtake the line that
        it is about, and comes while one is read."""
        with suppress(Busy):  # Tandem is being closed: nothing was made of it, or the next process is told
            match turn:
                case Turn(room=room, act=Said(message=str() as message)):
                    await self._tell(room, message)
                case Reacted(room=room, message=message, gone=False):
                    await self._tell(room, message)
                case Turn(room=room, act=Filled() as filled):
                    await self._picked(room, filled)

    async def _picked(self, room: Address, filled: Filled) -> None:
        """The message of a form that captures one: it may have changed since the form was opened."""
        pick = pick_of(filled)
        if pick is None or not self._early.knows(room):
            return
        origin = await asyncio.to_thread(self._picks.origin_of, pick)
        if origin is not None and origin.message is not None:
            await self._tell(room, origin.message, since=origin.heard_at)

    async def _changed(self, room: Address, message: str, change: Change) -> None:
        """Remembered before anybody looks what was made of the message: what is made later asks for it."""
        self._early.keep(room, message, change)
        await self._tell(room, message)

    async def _tell(self, room: Address, message: str, since: datetime | None = None) -> None:
        """Tell, in turn, what is remembered of a message of which something was made; `since` then it was read."""
        if not self._early.of(room, message):
            return
        async with self._queues.setdefault((room, message), asyncio.Lock()):
            quoting = await asyncio.to_thread(self._directories.transfers_quoting, room, message)
            for change in self._early.of(room, message) if quoting else ():
                if since is None or change.at > since:
                    await change.tell(quoting)
                self._early.forget(room, message, change)

    async def _edited(self, edited: Edited, quoting: Sequence[TransferId]) -> None:
        words, digest = captured(edited.text)
        note = NoteSourceEdited(room=edited.room, message=edited.message, text=words, sha256=digest, at=edited.at)
        for transfer in quoting:
            await self._order(note, edited.delivery, transfer)
            await self._reword(edited, transfer)

    async def _noted(self, note: Command, delivery: str, quoting: Sequence[TransferId]) -> None:
        for transfer in quoting:
            await self._order(note, delivery, transfer)

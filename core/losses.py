"""What could never be sent: the room or account is lost, or its person is reached elsewhere, or called in a room."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from core.features.transfers.calling import CallInRoom, room_of
from core.features.transfers.reports import ReportPost
from core.features.transfers.rooms import REFUSED, LoseRoom
from core.kernel.access import Directory
from core.kernel.database import Store
from core.kernel.directories import Directories
from core.kernel.errors import Gone
from core.kernel.ids import Identity, TransferId
from core.kernel.messages import Command
from core.kernel.pending import Pending
from core.kernel.posted import Posted
from core.kernel.readers import direct
from core.kernel.turn import Address

Order = Callable[[Command, str, TransferId], Awaitable[None]]
Lose = Callable[[Identity, str], Awaitable[None]]


class Losses:
    """Decides on lost posts. `order` carries out a command, `lose` marks an account as lost in all its transfers."""

    def __init__(self, store: Store, directories: Directories, order: Order, lose: Lose) -> None:
        self._posted, self._directories = Posted(store), directories
        self._order, self._lose = order, lose

    async def of(self, post: Pending, address: Address, gone: Gone, why: str) -> Address | None:
        """Mark the room or the person's account as lost, or keep the lost post in the trail; a lead is told `why`.

        The person's other account where they have one: their posts go there.
        """
        transfer = TransferId(post.transfer)
        if gone.what in ("room", "app") and not address.direct:
            await self._order(LoseRoom(room=address, why=why), f"{REFUSED}{post.id}", transfer)
            return None
        user = address.channel if address.direct else post.only_for
        lost = gone.what == "person" and address.direct
        if gone.what == "person" and user is not None:
            account = Identity(address.platform, address.tenant, user)
            directory = await asyncio.to_thread(self._directories.look, transfer)
            other = directory.other_account(account) if address.direct else None
            if gone.there and await asyncio.to_thread(self._posted.met, post, gone.reason):
                other = None  # it was sent on once for this, and would go to and fro between two guests for ever
            if gone.there and other is None and await self._called(account, post, directory, why):
                return None
            if lost and not (gone.there and other):
                await self._lose(account, why)
            if other is not None:
                return direct(other)
        report = ReportPost(
            post=post.id, template=post.template, record=post.record, where=str(address), why=why, told=lost
        )
        await self._order(report, f"undelivered:{post.id}", transfer)
        return None

    async def _called(self, account: Identity, post: Pending, directory: Directory, why: str) -> bool:
        """Mention somebody who is there in a room, where that can be done: what is for them alone stays unsaid."""
        room = room_of(account, directory)
        if room is None:
            return False
        waits = await asyncio.to_thread(self._posted.waits_for, direct(account), post.transfer, room.address)
        command = CallInRoom(identity=account, records=waits, why=why)
        await self._order(command, f"call:{post.id}", directory.transfer)
        return True

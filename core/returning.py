"""Accounts that were lost and are heard again, in every transfer of their person."""

from __future__ import annotations

import asyncio

from core.features.transfers.accounts import RegainAccount
from core.kernel.access import SYSTEM
from core.kernel.clock import new_id
from core.kernel.directories import Directories
from core.kernel.door import Envelope
from core.kernel.errors import Busy, Refused
from core.kernel.ids import Identity
from core.kernel.writer import Writer


async def regain(identity: Identity, writer: Writer, directories: Directories) -> None:
    """Mark an account as one that can be written to, with an entry in the trail of each of its open transfers.

    Nothing for one that is not lost. Raises Busy.
    """
    for transfer in await asyncio.to_thread(directories.transfers_of, identity):
        command = RegainAccount(identity=identity)
        try:
            await writer.say(Envelope(command, f"back:{new_id()}", transfer, SYSTEM))
        except Busy:
            raise
        except Refused:
            continue  # another turn of theirs was quicker

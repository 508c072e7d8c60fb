"""A room that no transfer lives in says a code: which transfer that is, and what becomes of wrong ones."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from core.features.transfers.inviting import NoteJoinRefused, check_tries, invited_to
from core.kernel.access import SYSTEM, Directory
from core.kernel.asking import Asking
from core.kernel.clock import new_id
from core.kernel.door import Envelope
from core.kernel.errors import Busy, Refused, msg
from core.kernel.ids import HOUSE, TransferId
from core.kernel.turn import Turn
from core.kernel.writer import Writer


@asynccontextmanager
async def admission(
    turn: Turn, code: str, here: Directory | None, asking: Asking, writer: Writer
) -> AsyncIterator[TransferId]:
    """The transfer whose code was said; a refusal, also of what is done inside, stands in the house's trail.

    Raises Refused where the room cannot join any, where the account said too many bad codes, and for a wrong one.
    """
    if turn.room.direct:
        raise Refused(msg("Say this in the channel that is to join: a direct conversation is no room of a transfer."))
    await asyncio.to_thread(_check_tries, turn, asking)
    try:
        if here is not None:
            raise Refused(msg("{code} lives in this room already; a room belongs to one transfer."), code=here.transfer)
        yield await asyncio.to_thread(_invited, code, asking)
    except Busy:
        raise
    except Refused as refused:
        note = NoteJoinRefused(identity=turn.account.identity, room=turn.room, why=str(refused))
        with suppress(Refused):
            await writer.say(Envelope(note, f"refused:{new_id()}", HOUSE, SYSTEM))
        raise


def _check_tries(turn: Turn, asking: Asking) -> None:
    with asking.reads(Directory(HOUSE, 0), SYSTEM) as house:
        check_tries(turn.account.identity, house)


def _invited(code: str, asking: Asking) -> TransferId:
    with asking.reads(Directory(HOUSE, 0), SYSTEM) as house:
        return invited_to(code, house)

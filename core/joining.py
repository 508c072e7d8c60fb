"""A room that no transfer lives in says a code: which transfer that is, and what becomes of wrong ones."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from core.features.transfers.inviting import NoteJoinRefused, check_tries, invited_to
from core.features.transfers.join_tries import TellJoinTried
from core.kernel.access import SYSTEM, Directory
from core.kernel.asking import Asking
from core.kernel.clock import new_id
from core.kernel.door import Envelope
from core.kernel.errors import Busy, Refused, msg
from core.kernel.ids import HOUSE, Ref, TransferId
from core.kernel.messages import Command
from core.kernel.turn import Turn
from core.kernel.writer import Writer


@asynccontextmanager
async def admission(
    turn: Turn, code: str, here: Directory | None, asking: Asking, writer: Writer
) -> AsyncIterator[TransferId]:
    """The transfer whose code was said; a refusal, also of what is done inside, stands in the house's trail, and who
    gave a right code that could not be used is told.

    Raises Refused where the room cannot join any, where the account said too many bad codes, and for a wrong one.
    """
    if turn.room.direct:
        raise Refused(msg("Say this in the channel that is to join: a direct conversation is no room of a transfer."))
    await asyncio.to_thread(_check_tries, turn, asking)
    invited: tuple[TransferId, Ref] | None = None
    try:
        if here is not None:
            raise Refused(msg("{code} lives in this room already; a room belongs to one transfer."), code=here.transfer)
        invited = await asyncio.to_thread(_invited, code, asking)
        yield invited[0]
    except Busy:
        raise
    except Refused as refused:
        note = NoteJoinRefused(identity=turn.account.identity, room=turn.room, why=str(refused))
        await _noted(note, HOUSE, writer)
        if invited is not None:
            transfer, invite = invited
            tried = TellJoinTried(invite=invite, account=turn.account, room=turn.room, name=turn.room_name)
            await _noted(tried, transfer, writer)
        raise


async def _noted(note: Command, transfer: TransferId, writer: Writer) -> None:
    with suppress(Refused):
        await writer.say(Envelope(note, f"refused:{new_id()}", transfer, SYSTEM))


def _check_tries(turn: Turn, asking: Asking) -> None:
    with asking.reads(Directory(HOUSE, 0), SYSTEM) as house:
        check_tries(turn.account.identity, house)


def _invited(code: str, asking: Asking) -> tuple[TransferId, Ref]:
    with asking.reads(Directory(HOUSE, 0), SYSTEM) as house:
        return invited_to(code, house)

"""What hearing somebody tells beside their words: a lost account or room is back, their zone, where they speak."""

from __future__ import annotations

import asyncio

from core.features.transfers.accounts import NoteSpokenFrom, NoteZone, RegainAccount
from core.features.transfers.rooms import HEARD, RegainRoom
from core.kernel.access import SYSTEM, Directory
from core.kernel.clock import new_id
from core.kernel.directories import Directories
from core.kernel.door import Envelope
from core.kernel.errors import Busy, Refused
from core.kernel.ids import Account, Identity
from core.kernel.turn import Said, Turn
from core.kernel.writer import Writer
from core.rules.errors import BadZone
from core.rules.zones import known_zone


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


def heard_from_lost(turn: Turn, directory: Directory) -> bool:
    """Whether a message was posted in a room that is known as lost. A slash command, a press and a form are no messages
    of the room's: Slack brings them from where Tandem is not."""
    said = turn.act
    return turn.room in directory.lost_rooms and isinstance(said, Said) and said.message is not None


async def regain_room(turn: Turn, directory: Directory, writer: Writer) -> None:
    """Mark the room as open again: a platform brings messages only from where Tandem is. Raises Busy."""
    command = RegainRoom(room=turn.room, heard=turn.at)
    try:
        await writer.say(Envelope(command, f"{HEARD}{new_id()}", directory.transfer, SYSTEM))
    except Busy:
        raise
    except Refused:
        return  # another turn there was quicker, or the room takes no post


def zone_is_news(account: Account, directory: Directory) -> bool:
    """Whether the account tells the zone of a member of whom none is known."""
    person = directory.by_identity.get(account.identity)
    if account.zone is None or person is None or directory.members[person].zone is not None:
        return False
    try:
        return known_zone(account.zone) == account.zone
    except BadZone:
        return False


async def note_zone(account: Account, directory: Directory, writer: Writer) -> None:
    """Keep it: reminders come at nine in the morning there. Raises Busy."""
    assert account.zone is not None
    command = NoteZone(identity=account.identity, zone=account.zone)
    try:
        await writer.say(Envelope(command, f"zone:{new_id()}", directory.transfer, SYSTEM))
    except Busy:
        raise
    except Refused:
        return  # another turn of theirs was quicker


def speaks_elsewhere(account: Account, directory: Directory) -> bool:
    """Whether a member of several accounts spoke from another of them than the last time."""
    person = directory.by_identity.get(account.identity)
    reached = directory.members[person].accounts if person is not None else ()
    return len(reached) > 1 and account.identity in reached and reached[0] != account.identity


async def note_spoken_from(account: Account, directory: Directory, writer: Writer) -> None:
    """Keep it: what is for them alone is said there from now on. Raises Busy."""
    command = NoteSpokenFrom(identity=account.identity)
    try:
        await writer.say(Envelope(command, f"from:{new_id()}", directory.transfer, SYSTEM))
    except Busy:
        raise
    except Refused:
        return  # another turn of theirs was quicker

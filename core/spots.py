"""Where a turn stands: the transfer of its room or of its button, or the one that it names."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from core.features.transfers.inviting import JoinTransfer
from core.features.transfers.opening import MONTH_FIRST, OpenTransfer
from core.features.transfers.own_rooms import AddOwnRoom
from core.kernel.access import Directory, TransferOf
from core.kernel.directories import Directories
from core.kernel.door import Door
from core.kernel.errors import Refused, Unclear, msg
from core.kernel.ids import HOUSE, TransferId
from core.kernel.messages import Message
from core.kernel.turn import Filled, Pressed, Said, Turn
from core.kernel.work import HeldBy
from core.kernel.writer import Writer
from core.returning import (
    heard_from_lost,
    note_spoken_from,
    note_zone,
    regain,
    regain_room,
    speaks_elsewhere,
    zone_is_news,
)
from core.speech import Hearing, addressed, named_in
from core.speech.leftover import named

ROOMLESS = (OpenTransfer, JoinTransfer, AddOwnRoom)
"""What is said where no transfer lives yet."""
LONGEST = 300
"""Characters of a sentence that is shown back whole."""
_ROOMLESS_FORMS = frozenset(kind.called() for kind in ROOMLESS)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a turn stands: its directory, None in a room that no transfer lives in.

    `among`: the transfers that it could be about, in a direct message of somebody of several who names none. `held`:
    it was kept, and somebody has it recorded now.
    """

    turn: Turn
    directory: Directory | None
    hearing: Hearing
    among: tuple[Spot, ...] = ()
    held: HeldBy | None = None

    @property
    def facts(self) -> TransferOf:
        """What is known of the transfer, where one stands."""
        assert self.directory is not None
        assert self.directory.facts is not None
        return self.directory.facts

    @property
    def transfer(self) -> TransferId | None:
        """The transfer's code."""
        return self.directory.transfer if self.directory else None


class Spots:
    """Finds where turns stand."""

    def __init__(self, door: Door, writer: Writer, directories: Directories) -> None:
        self._door, self._writer, self._directories = door, writer, directories

    async def of(self, turn: Turn, within: TransferId | None = None) -> Spot:
        """Where a turn stands; `within` is the transfer that a kept one was heard in. Raises Refused, see `named`."""
        if within is not None:
            return await self._in(turn, await asyncio.to_thread(self._directories.look, within))
        directory = await self._home(turn)
        code, _ = addressed(sentence_of(turn))
        if code is not None and (directory is None or directory.transfer != code):
            return await self.named(turn, code)
        if directory is None and turn.room.direct:
            return await self._direct(turn)
        return await self._in(turn, directory)

    async def at_home(self, turn: Turn) -> Spot | None:
        """Where a line of talk stands: in the transfer of its room, whatever it names; None where none lives."""
        directory = await self._home(turn)
        return Spot(turn, directory, self._hearing(directory)) if directory is not None else None

    async def named(self, turn: Turn, code: TransferId) -> Spot:
        """In a transfer that the turn names, away from its room.

        Raises Refused for one that the speaker is no member of, known or not, and where all the room would read
        the answer.
        """
        if turn.aloud:
            raise Refused(
                msg("Everybody here would read that: say it to me in a direct message, or in the channel of {code}."),
                code=code,
            )
        directory = await asyncio.to_thread(self._directories.look, code)
        if directory.facts is None or turn.account.identity not in directory.active_accounts:
            raise Unclear(msg("There is no transfer {code} that you belong to."), code=code)
        return await self._in(turn, directory)

    def check(self, spot: Spot, kind: type[Message]) -> None:
        """Refuse whom the door would refuse, whatever the message says in full. Raises NotAllowed or Unclear."""
        if spot.directory is None and not issubclass(kind, ROOMLESS):
            raise Unclear(
                msg("No transfer lives in this room yet. Open one:"),
                examples=('transfer new "Product X 50 mg" sponsor:"Norvane" cmo:"Tarnbrook" tz:Europe/Dublin',),
            )
        directory = spot.directory or self._directories.look(HOUSE)
        self._door.roles.check(kind.needs, self._door.actor(spot.turn.account, directory), directory)

    async def _home(self, turn: Turn) -> Directory | None:
        """The directory of the turn's room or button; None in a room of no transfer and in direct messages."""
        directory = await self._lives_in(turn)
        if directory is not None and heard_from_lost(turn, directory):
            await regain_room(turn, directory, self._writer)
            directory = await asyncio.to_thread(self._directories.look, directory.transfer)
        return directory

    async def _lives_in(self, turn: Turn) -> Directory | None:
        directory = self._directories.fresh(turn.room)
        if directory is None:
            return await asyncio.to_thread(self._find, turn)
        if turn.account.identity not in directory.by_identity:
            return await asyncio.to_thread(self._directories.look, directory.transfer)
        return directory

    def _find(self, turn: Turn) -> Directory | None:
        place = getattr(turn.act, "place", None)
        if place is not None and place.transfer != HOUSE:
            return self._directories.look(TransferId(place.transfer))
        return None if turn.room.direct else self._directories.look_up(turn.room)

    async def _direct(self, turn: Turn) -> Spot:
        """A direct message: in the speaker's one transfer, or the one that a reference names, or among several."""
        known = await asyncio.to_thread(self._directories.transfers_of, turn.account.identity)
        meant = [code for code in named_in(sentence_of(turn)) if code in known]
        if len(meant) == 1:
            known = meant
        if len(known) > 1 and isinstance(turn.act, Filled) and turn.act.message not in _ROOMLESS_FORMS:
            raise Unclear(msg("This form is too old. Open it again."))
        spots = [await self._in(turn, await asyncio.to_thread(self._directories.look, code)) for code in known]
        return spots[0] if len(spots) == 1 else Spot(turn, None, self._hearing(None), tuple(spots))

    async def _in(self, turn: Turn, directory: Directory | None) -> Spot:
        if directory is not None and turn.account.identity in directory.lost:  # whoever speaks is there again
            await regain(turn.account.identity, self._writer, self._directories)
            directory = await asyncio.to_thread(self._directories.look, directory.transfer)
        if directory is not None and zone_is_news(turn.account, directory):
            await note_zone(turn.account, directory, self._writer)
            directory = await asyncio.to_thread(self._directories.look, directory.transfer)
        if directory is not None and speaks_elsewhere(turn.account, directory):
            await note_spoken_from(turn.account, directory, self._writer)
            directory = await asyncio.to_thread(self._directories.look, directory.transfer)
        return Spot(turn, directory, self._hearing(directory))

    def _hearing(self, directory: Directory | None) -> Hearing:
        now = self._door.clock.now()
        if directory is None or directory.facts is None:
            return Hearing(now, "UTC")
        facts = directory.facts
        month_first = facts.settings.get("dates") == MONTH_FIRST
        return Hearing(
            now,
            directory.zone,
            facts.milestones,
            directory.active_accounts,
            directory.active_names,
            month_first=month_first,
        )


def sentence_of(turn: Turn) -> str:
    """What was said, or would have been in place of a press; nothing for a form."""
    match turn.act:
        case Said(text):
            return text
        case Pressed(says):
            return says
        case Filled():
            return ""


def shown_of(turn: Turn) -> str:
    """What was said as people read it, with the names of whom it mentions; its beginning where it is long."""
    text = sentence_of(turn)
    names = [account.name for account in turn.act.mentions] if isinstance(turn.act, Said) else []
    whole = " ".join(named(text, 0, len(text), names).split())
    return whole if len(whole) <= LONGEST else whole[:LONGEST].rstrip() + " …"

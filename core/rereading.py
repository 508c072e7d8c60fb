"""A line that was edited while what it was read as waits for an answer: it is read once more, where it was said."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.features.capture.making import Proposed
from core.features.capture.records import Proposal
from core.features.capture.rereading import RereadProposals, edit_unread, proposals_of
from core.features.transfers.sources import source_of
from core.kernel.access import SYSTEM, Directory
from core.kernel.asking import Asking
from core.kernel.audit import Source
from core.kernel.directories import Directories
from core.kernel.door import Door, Envelope
from core.kernel.errors import Refused
from core.kernel.ids import Account, Identity, PersonId, TransferId
from core.kernel.turn import MENTION, Address, Said, Turn
from core.kernel.writer import Writer
from core.origins import cleaned, origin_of
from core.overheard import Overheard, Overhears
from core.overhearing import LEFT_ALONE
from core.reacting import read_as
from core.release import software
from core.spots import Spot, Spots

log = logging.getLogger("tandem.turns")


@dataclass(frozen=True, slots=True)
class Edited:
    """A message that reads otherwise since `at` (UTC): `text` is the platform's own, `line` makes the message its
    author's own turn, where the platform tells as much."""

    room: Address
    message: str
    text: str
    at: datetime
    delivery: str
    line: Callable[[], Awaitable[Turn | None]] | None = None


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What waits for an answer: whose line it is, how it was captured, and the kinds that reactions ask for."""

    author: PersonId
    said_at: datetime
    source: Source
    sha256: str
    reacted: tuple[str, ...]
    natural: bool


@dataclass(frozen=True, slots=True)
class Rereading:
    """Reads edited lines. Nothing is said to whoever edits: what was proposed changes in its place."""

    door: Door
    writer: Writer
    asking: Asking
    spots: Spots
    directories: Directories
    overhears: Overhears

    async def take(self, edited: Edited, transfer: TransferId) -> None:
        """What comes of an edit that is noted."""
        directory = await asyncio.to_thread(self.directories.look, transfer)
        waiting = await asyncio.to_thread(self._waiting, edited, directory)
        if waiting is None:
            return
        line = await edited.line() if edited.line is not None else None
        turn = self._turn(edited, line, waiting, directory)
        spot = await self.spots.at_home(turn)
        if spot is None or spot.transfer != transfer:
            return
        said, items = await self._read(replace(spot, hearing=replace(spot.hearing, now=waiting.said_at)), waiting)
        command = RereadProposals(
            line=f"{edited.room}/{edited.message}",
            sha256=waiting.sha256,
            author=waiting.author,
            said=said,
            items=items,
            software=software(),
        )
        origin = origin_of(turn, self.door.clock.now())
        envelope = Envelope(command, f"{edited.delivery}/read", transfer, SYSTEM, origin, aloud=turn.aloud)
        try:
            await self.writer.say(envelope, patience=None)
        except Refused as refused:
            log.info("an edited line came to nothing: %s", refused)

    def _waiting(self, edited: Edited, directory: Directory) -> _Waiting | None:
        with self.asking.reads(directory, SYSTEM) as reads:
            rows = [row for row in proposals_of(f"{edited.room}/{edited.message}", reads) if row.open]
            unread = [(row, sha256) for row in rows if (sha256 := edit_unread(row, reads)) is not None]
            source = source_of(unread[0][0].ref, reads) if unread else None
            if source is None:
                return None
            reacted = tuple(dict.fromkeys(row.kind for row in rows if row.reacted is not None))
            return _Waiting(unread[0][0].author, source.sent_at, source, unread[0][1], reacted, _natural(rows))

    def _turn(self, edited: Edited, line: Turn | None, waiting: _Waiting, directory: Directory) -> Turn:
        """The line as it reads now, said when it was said; where the platform tells no more, by its words alone."""
        if line is not None:
            return cleaned(replace(line, at=waiting.said_at, thread=waiting.source.thread))
        known = self.overhears.remembered(edited.room, edited.message)
        platform, _, rest = waiting.source.author.partition(":")
        tenant, _, user = rest.partition("/")
        author = Account(Identity(platform, tenant, user), directory.name_of(waiting.author))
        words = edited.text.replace(MENTION, "\ufffd")
        said = Said(words, (), edited.text, edited.message, waiting.source.link, called=False)
        aloud = known.aloud if known is not None else False
        return cleaned(
            Turn(edited.delivery, edited.room, author, waiting.said_at, said, waiting.source.thread, aloud=aloud)
        )

    async def _read(self, spot: Spot, waiting: _Waiting) -> tuple[str, tuple[Proposed, ...]]:
        """The line as people read it, and what it holds to record; nothing where it is to be left alone."""
        said = spot.turn.act
        assert isinstance(said, Said)
        overheard = await self.overhears.reworded(spot)
        if LEFT_ALONE.match(said.text) or not said.text.strip():
            return overheard.said, ()
        return overheard.said, (*await self._reacted(spot, waiting.reacted), *_new(overheard, waiting))

    async def _reacted(self, spot: Spot, kinds: Sequence[str]) -> list[Proposed]:
        return [(await read_as(kind, spot, self.overhears))[1] for kind in kinds]


def _natural(rows: Sequence[Proposal]) -> bool:
    return any(row.reacted is None for row in rows)


def _new(overheard: Overheard, waiting: _Waiting) -> tuple[Proposed, ...]:
    return tuple(item for item in overheard.new if item.kind not in waiting.reacted) if waiting.natural else ()

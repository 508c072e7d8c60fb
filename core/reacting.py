"""Reactions below messages, where a room wants them read: each proposes a record, or takes such a proposal back."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from core.features.capture.making import ACTION, LONGEST, Proposed
from core.features.capture.picking import CaptureMessage
from core.features.capture.reacting import (
    MEANS,
    ProposeByReaction,
    TakeReactionAway,
    TellUnheard,
    plain,
    reacts_at,
    said_before,
    waiting_of,
)
from core.features.capture.records import DUE, OWNER
from core.kernel.access import SYSTEM, Directory
from core.kernel.asking import Asking
from core.kernel.door import Door, Envelope
from core.kernel.errors import Refused
from core.kernel.ids import Account, Audience, Identity, PersonId
from core.kernel.messages import Command
from core.kernel.turn import MENTION, Address, Pressed, Reacted, Said, Turn
from core.kernel.writer import Writer
from core.origins import cleaned, origin_of
from core.overheard import OFF, Overheard, Overhears
from core.release import software
from core.spots import Spot, Spots

log = logging.getLogger("tandem.turns")

MOST = 2000
"""Reactions that were taken away and are remembered, as their being put there may arrive later."""
AGAIN = timedelta(minutes=10)
"""How long nobody is told anew in a room that the words of a message are not known."""


@dataclass(frozen=True, slots=True)
class Reacting:
    """Reads reactions. A refusal is only logged; whoever reacts hears where the words of a message are not known."""

    door: Door
    writer: Writer
    asking: Asking
    spots: Spots
    overhears: Overhears
    gone: OrderedDict[tuple[str, str, str], datetime] = field(default_factory=OrderedDict)
    told: OrderedDict[tuple[Address, PersonId], datetime] = field(default_factory=OrderedDict)

    async def take(self, reacted: Reacted) -> None:
        """What comes of a reaction."""
        kind = MEANS.get(plain(reacted.emoji))
        turn = Turn(reacted.delivery, reacted.room, reacted.by, reacted.at, Pressed(""))
        spot = await self.spots.at_home(cleaned(turn)) if kind or reacted.gone else None
        if spot is None:
            return
        if reacted.gone:
            await self._take_away(reacted, spot)
        elif kind is not None and (person := self._reader(spot)) is not None:
            gone = self.gone.get((_line_of(reacted), person, plain(reacted.emoji)))
            if gone is None or gone < reacted.at:
                await self._propose(reacted, kind, spot, person)

    async def _take_away(self, reacted: Reacted, spot: Spot) -> None:
        """Whoever reacted may take it away: also where reactions are read no more, or theirs no more."""
        assert spot.directory is not None
        person = spot.directory.by_identity.get(spot.turn.account.identity)
        if person is None:
            return
        line, emoji = _line_of(reacted), plain(reacted.emoji)
        self._remember((line, person, emoji), reacted.at)
        await self._order(TakeReactionAway(line=line, emoji=emoji, by=person), spot, None)

    async def waits(self, room: Address, message: str, directory: Directory) -> bool:
        """Whether something that reactions propose of a message waits for an answer."""
        return await asyncio.to_thread(self._waits, f"{room}/{message}", directory)

    def _waits(self, line: str, directory: Directory) -> bool:
        with self.asking.reads(directory, SYSTEM) as reads:
            return bool(waiting_of(line, reads))

    def _reader(self, spot: Spot) -> PersonId | None:
        """Who reacts, where their word counts: a member who may record, in a room that they may know of."""
        directory, turn = spot.directory, spot.turn
        assert directory is not None
        person = directory.active_accounts.get(turn.account.identity)
        if person is None or not reacts_at(directory, turn.room):
            return None
        here = directory.audience_at(turn.room)
        actor = self.door.actor(turn.account, directory)
        may = self.door.roles.role_for(CaptureMessage.needs, actor.roles) is not None
        return person if may and here in (Audience.JOINT, directory.own(actor.side)) else None

    def _remember(self, key: tuple[str, str, str], at: datetime) -> None:
        self.gone[key] = max(at, self.gone.get(key, at))
        self.gone.move_to_end(key)
        if len(self.gone) > MOST:
            self.gone.popitem(last=False)

    async def _propose(self, reacted: Reacted, kind: str, spot: Spot, person: PersonId) -> None:
        """Propose what the message says, as a record of this kind; nothing for one whose words nobody knows."""
        told = reacted.line or self.overhears.remembered(reacted.room, reacted.message)
        if told is None:
            told = await asyncio.to_thread(self._kept, reacted, spot)
        if told is None:
            await self._tell_unheard(reacted, spot, person)
            return
        line = self._line(told, reacted, spot)
        if line is None:
            return
        natural, item = await read_as(kind, line, self.overhears)
        if natural.person is None or not item.text.strip():
            return
        item = replace(item, rule="reaction", trigger=reacted.emoji)
        command = ProposeByReaction(author=natural.person, said=natural.said, item=item, software=software(), by=person)
        await self._order(command, spot, line)

    def _kept(self, reacted: Reacted, spot: Spot) -> Turn | None:
        """A line by what the store keeps of it: a restart forgets what was only heard."""
        directory = spot.directory
        assert directory is not None
        with self.asking.reads(directory, SYSTEM) as reads:
            kept = said_before(_line_of(reacted), reads)
        if kept is None:
            return None
        source = kept.source
        platform, _, rest = source.author.partition(":")
        tenant, _, user = rest.partition("/")
        identity = Identity(platform, tenant, user)
        person = directory.by_identity.get(identity)
        author = Account(identity, directory.name_of(person) if person else user)
        said = Said(kept.words.replace(MENTION, "\ufffd"), (), source.text, source.message, source.link, called=False)
        return Turn(reacted.delivery, reacted.room, author, source.sent_at, said, source.thread, aloud=kept.aloud)

    async def _tell_unheard(self, reacted: Reacted, spot: Spot, person: PersonId) -> None:
        """Say it once for a while: whoever reacts to ten old messages knows it after the first."""
        last = self.told.get((reacted.room, person))
        if last is not None and abs(reacted.at - last) < AGAIN:
            return
        self.told[(reacted.room, person)] = reacted.at
        self.told.move_to_end((reacted.room, person))
        if len(self.told) > MOST:
            self.told.popitem(last=False)
        tell = TellUnheard(room=reacted.room, message=reacted.message, emoji=reacted.emoji, by=person)
        await self._order(tell, spot, None)

    def _line(self, told: Turn, reacted: Reacted, spot: Spot) -> Spot | None:
        """Where the message stands, heard when it was written; None for one that is left alone."""
        turn = cleaned(told)
        assert spot.directory is not None
        said, author = turn.act, turn.account.identity
        if not isinstance(said, Said) or author not in spot.directory.active_accounts:
            return None
        if OFF.match(said.text) and author != reacted.by.identity:
            return None
        return replace(spot, turn=turn, hearing=replace(spot.hearing, now=turn.at))

    async def _order(self, command: Command, spot: Spot, line: Spot | None) -> None:
        """Carry it out as Tandem's own, of the words of the line."""
        assert spot.directory is not None
        origin = origin_of(line.turn, self.door.clock.now()) if line is not None else None
        envelope = Envelope(
            command,
            spot.turn.delivery,
            spot.directory.transfer,
            SYSTEM,
            origin,
            aloud=line.turn.aloud if line is not None else False,
        )
        try:
            await self.writer.say(envelope, patience=None)
        except Refused as refused:
            log.info("a reaction came to nothing: %s", refused)


def _line_of(reacted: Reacted) -> str:
    return f"{reacted.room}/{reacted.message}"


async def read_as(kind: str, line: Spot, overhears: Overhears) -> tuple[Overheard, Proposed]:
    """A message by itself, and what of it is a record of a kind: the whole of it where nothing is read so."""
    natural = await overhears.alone(line)
    item = _of_kind(natural, kind) or _of_kind(await overhears.alone(line, kind), kind)
    return natural, item or _in_its_words(kind, natural.said)


def _of_kind(overheard: Overheard, kind: str) -> Proposed | None:
    """The first thing of a kind that a message was read as."""
    items = (overheard.proposed(item) for item in overheard.reading.items)
    return next((item for item in items if item.kind == kind), None)


def _in_its_words(kind: str, said: str) -> Proposed:
    """The whole message as a record of a kind, of which its author says the rest."""
    asks = (OWNER, DUE) if kind == ACTION else ()
    return Proposed(kind=kind, text=" ".join(said.split())[:LONGEST], confirm=(*asks, "summary"))

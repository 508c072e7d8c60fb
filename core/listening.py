"""What a turn says: read where it stands, or in the transfer that its references name."""

from __future__ import annotations

from dataclasses import replace

from core.kernel.door import Door
from core.kernel.errors import Refused, Unclear, msg
from core.kernel.ids import TransferId
from core.kernel.messages import Question
from core.kernel.turn import Filled, Pressed, Said
from core.speech import (
    AskedForHelp,
    Grammar,
    Hearing,
    Incomplete,
    Reading,
    Understood,
    fill,
    named_in,
    understand,
)
from core.spots import Spot, Spots, sentence_of


class Listening:
    """Reads turns by the grammar of every message that is spoken."""

    def __init__(self, door: Door, spots: Spots) -> None:
        self._clock, self._kinds, self._spots = door.clock, door.registry.messages, spots
        self.grammar = Grammar(kind for kind in self._kinds.values() if kind.says)

    def knows(self, form: Filled) -> bool:
        """Whether a form makes a message that there is still."""
        return form.message in self._kinds

    def is_aside(self, says: str) -> bool:
        """Whether a button's sentence changes nothing by itself: a form has to complete it, or it only asks."""
        reading = self.reading_of(says) if says else None
        return isinstance(reading, (Incomplete, AskedForHelp)) or (
            isinstance(reading, Understood) and isinstance(reading.message, Question)
        )

    def reading_of(self, says: str) -> Reading | None:
        """What a button's sentence says, wherever it stands; None where it cannot be read."""
        try:
            return understand(says, (), self.grammar, Hearing(self._clock.now(), "UTC"))
        except Refused:
            return None

    async def heard(self, spot: Spot) -> tuple[Spot, Reading]:
        """What a turn says, and where: one that names another transfer is read with that one's people and zone."""
        try:
            reading = self.read(spot)
        except Refused as refused:
            return await self._elsewhere(spot, refused)
        named = transfer_named(reading)
        if named in (None, spot.transfer):
            return spot, reading
        there = await self._there(spot, named)
        return there, self.read(there)

    async def _there(self, spot: Spot, code: TransferId) -> Spot:
        there = await self._spots.named(spot.turn, code)
        return replace(there, hearing=replace(there.hearing, now=spot.hearing.now))

    async def _elsewhere(self, spot: Spot, refused: Refused) -> tuple[Spot, Reading]:
        """What makes no sense here may make sense in the transfer that a reference names, whose people it is about."""
        for code in named_in(sentence_of(spot.turn)):
            if code != spot.transfer:
                try:
                    there = await self._there(spot, code)
                except Refused:
                    continue  # no transfer of theirs: it may be anything
                reading = self.read(there)
                if transfer_named(reading) == code:
                    return there, reading
        raise refused

    def read(self, spot: Spot) -> Reading:
        match spot.turn.act:
            case Said(text, mentions):
                return understand(text, mentions, self.grammar, spot.hearing)
            case Pressed(says):
                return understand(says, (), self.grammar, spot.hearing)
            case Filled(message) as filled:
                kind = self._kinds.get(message)
                if kind is None:
                    raise Unclear(msg("This form is too old. Open it again."))
                return fill(kind, filled, spot.hearing)

    def heard_among(self, spot: Spot) -> list[tuple[Spot, Reading]]:
        """What a turn says in each of the transfers that it could be about. Raises Refused where it says nothing."""
        heard: list[tuple[Spot, Reading]] = []
        refused: list[Refused] = []
        for there in spot.among:
            try:
                heard.append((there, self.read(there)))
            except Refused as no:
                refused.append(no)
        if not heard:
            raise refused[0]
        return heard


def transfer_named(reading: Reading) -> TransferId | None:
    """The transfer that a reading's references name."""
    return reading.transfer if isinstance(reading, (Understood, Incomplete)) else None

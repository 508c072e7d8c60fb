"""People point at lines of the rehearsal room: by the menu of one, which captures it, and by reactions below it."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.rehearsal.inbound import Answer, Inbound, Seat
from adapters.rehearsal.rooms import SAID, Line, Rooms
from core.api import Card, Core, Notice, Picked, Reacted

REACTIONS = {"✅": "decision", "📌": "action", "❓": "question", "⚠️": "risk"}
"""What the menu of a line offers, and as what each proposes it."""


@dataclass(frozen=True, slots=True)
class Pointing:
    """One method for each way to point; a line that is not there, or no talk, is pointed at in vain."""

    core: Core
    rooms: Rooms
    inbound: Inbound

    async def pick(self, seat: Seat, number: int, pick_id: str) -> Answer:
        """“Capture in Tandem” at a line, perhaps an old one: its form, or why there is none. Raises StoreDown."""
        line = self._line(seat, number)
        if line is None:
            return None
        by, now = seat.player.account(seat.rehearsal), self.core.clock.now()
        picked = Picked(f"rehearsal:{pick_id}", seat.room, by, now, self.inbound.turn_of(line))
        answer = await self.core.hear(picked)
        if isinstance(answer, Card | Notice):
            await self.inbound.show(seat, answer, pick_id)
        return answer

    async def react(self, seat: Seat, number: int, emoji: str, gone: bool, act_id: str) -> None:
        """A reaction that is put below a line, or taken away: everybody sees it. Raises StoreDown."""
        line = self._line(seat, number)
        if line is None or not self.rooms.react(number, emoji, seat.player.slug, gone):
            return
        if not await self.core.reacts(seat.room, str(number) if gone else None):
            return
        by, now = seat.player.account(seat.rehearsal), self.core.clock.now()
        told = None if gone else self.inbound.turn_of(line)
        await self.core.hear(Reacted(f"rehearsal:{act_id}", seat.room, by, now, str(number), emoji, told, gone))

    def _line(self, seat: Seat, number: int) -> Line | None:
        line = self.rooms.line(number)
        return line if line is not None and line.entry.kind == SAID and line.entry.room == seat.room else None

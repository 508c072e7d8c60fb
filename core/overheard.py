"""A line of talk read where it stands: with the people of its transfer, the meeting, and the line that it answers."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.features.capture.circle import Made, attendees, circle_of, made_of, next_meeting
from core.features.capture.making import Proposed
from core.kernel.access import Directory
from core.kernel.asking import Asking
from core.kernel.door import Door
from core.kernel.ids import PersonId, TransferId
from core.kernel.messages import Due
from core.kernel.turn import MENTION, Address, Said, Turn
from core.origins import origin_of
from core.rules.due_phrases import DueReading
from core.rules.reading.reader import read
from core.rules.reading.shapes import EVERYBODY, Circle, Confirm, Item, Kind, Line, Parent, Reading
from core.rules.setting import Setting
from core.speech.leftover import named, named_within, with_last_mention
from core.spots import Spot
from core.talk import Remembered, Talk

SHORT = 600
"""Characters that are read on the spot; what is longer is read beside the event loop."""
OFF = re.compile(r"\s*\[off\]", re.IGNORECASE)
"""How a line begins that its author wants left alone."""
LONGEST = 4000
"""Characters of a line that are read at all."""


@dataclass(frozen=True, slots=True)
class Overheard:
    """A `line` as it was read: `person` said it, None for somebody unknown.

    `made` is of the line that it answers, whose words are `answered`, as far as they are remembered; `everybody` are
    those whom a group stands for.
    """

    reading: Reading
    person: PersonId | None
    line: Said
    made: Made
    everybody: tuple[PersonId, ...] = ()
    answered: Said | None = None

    @property
    def said(self) -> str:
        """The line as people read it."""
        return in_words(self.line)

    @property
    def changes(self) -> list[Item]:
        """What of it changes something that was made of the line that it answers."""
        return [item for item in self.reading.items if item.updates and (self.made.proposal or self.made.record)]

    @property
    def new(self) -> tuple[Proposed, ...]:
        """What it says to record that is not known yet."""
        changes = self.changes
        return tuple(self.proposed(item) for item in self.reading.items if item not in changes and item.text.strip())

    @property
    def marked(self) -> tuple[Proposed, ...]:
        """All that its author marked as records; who of it is not sure is left open, and asked for."""
        items = map(self.proposed, self.reading.items if self.reading.tagged else ())
        return tuple(replace(one, owners=() if Confirm.OWNER in one.confirm else one.owners) for one in items)

    def proposed(self, item: Item) -> Proposed:
        """An item as it is proposed. A group that is too large for one record has no owners, and is asked about."""
        is_group = item.owners == (EVERYBODY,)
        owners = self.everybody if is_group else tuple(PersonId(one) for one in item.owners)
        confirm = [what.value for what in item.confirm]
        if is_group and not owners:
            confirm.append(Confirm.OWNER.value)
        return Proposed(
            kind=item.kind.value,
            text=self._in_words(item),
            owners=owners,
            asked_of=tuple(PersonId(one) for one in item.asked_of),
            due=_due(item.due, Confirm.DUE in item.confirm),
            confirm=tuple(dict.fromkeys(confirm)),
            recurrence=item.recurrence,
            rule=item.rule,
            trigger=item.trigger,
        )

    def _in_words(self, item: Item) -> str:
        """Its text, with the names of those whom this line mentions, or the one that it answers."""
        heard = [self.line, *([self.answered] if self.answered is not None else [])]
        names = [account.name for said in heard for account in said.mentions]
        text = with_last_mention(item.text, self.line.text)
        return named_within(text, "\n".join(said.text for said in heard), names)


def _due(reading: DueReading | None, ask: bool) -> Due | None:
    return Due(reading.day, reading.at, reading.ask or ask) if reading else None


@dataclass(frozen=True, slots=True)
class _Near:
    """What the store knows of a line's surroundings: what was made of the lines it may answer, and the next meeting."""

    made: dict[str, Made]
    milestones: dict[str, date]


class Overhears:
    """Reads lines. It remembers the talk of this process, so that a reply is read with what it answers."""

    def __init__(self, door: Door, asking: Asking) -> None:
        self._door, self._asking = door, asking
        self._talk, self._unread = Talk(), Talk()
        self._circles: dict[TransferId, tuple[int, Circle]] = {}

    async def read(self, spot: Spot) -> Overheard:
        """What a line is."""
        said = spot.turn.act
        assert isinstance(said, Said)
        assert spot.directory is not None
        person = person_of(spot)
        answers = self._talk.answered_by(spot.turn, said.message, person)
        line = _line(said, person, spot.directory)
        if said.message is not None:
            self._talk.keep(_remembered(spot.turn, said.message, line, answers))
        overheard = await self._answering(spot, line, answers)
        if said.message is not None:
            self._talk.note_idle(spot.turn.room, said.message, not _is_something(overheard.reading))
        return overheard

    def answered_early(self, turn: Turn) -> list[Turn]:
        """The lines that answer one that was read, and arrived before it; a look in memory."""
        message = turn.act.message if isinstance(turn.act, Said) else None
        return self._talk.answered_early(turn, message) if message is not None else []

    async def reworded(self, spot: Spot) -> Overheard:
        """What a line is since it was edited: read with what it answered, and remembered as it is now."""
        said = spot.turn.act
        assert isinstance(said, Said)
        assert said.message is not None
        assert spot.directory is not None
        line = _line(said, person_of(spot), spot.directory)
        answers = self._talk.reword(_remembered(spot.turn, said.message, line, ()))
        return await self._answering(spot, line, answers)

    async def _answering(self, spot: Spot, line: Line, answers: Sequence[str]) -> Overheard:
        said = spot.turn.act
        assert isinstance(said, Said)
        near = await self._near(spot, answers, said.text)
        setting = replace(spot.hearing.setting, milestones={**near.milestones, **spot.hearing.milestones})
        reading, made, answered = await self._with_parents(spot, line, answers, near, setting)
        group = any(EVERYBODY in item.owners for item in reading.items)
        everybody = await asyncio.to_thread(self._attendees, spot) if group else ()
        return Overheard(reading, person_of(spot), said, made, everybody, answered)

    def keep_unread(self, spot: Spot) -> None:
        """Remember a line that nobody reads, in case that somebody points at it: it answers nothing, and no line it."""
        said = spot.turn.act
        assert isinstance(said, Said)
        assert spot.directory is not None
        if said.message is not None:
            line = _line(said, person_of(spot), spot.directory)
            self._unread.keep(_remembered(spot.turn, said.message, line, ()))

    def remembered(self, room: Address, message: str) -> Turn | None:
        """A line of talk by its message, while this process remembers it: for platforms that tell no old words."""
        line = self._talk.line(room, message) or self._unread.line(room, message)
        return line.turn if line is not None else None

    async def alone(self, spot: Spot, kind: str = "") -> Overheard:
        """What a message is that somebody points at: by itself, and not kept as talk; read as one of a `kind`, as if
        its author had marked it so."""
        said = spot.turn.act
        assert isinstance(said, Said)
        assert spot.directory is not None
        person = person_of(spot)
        line = _line(said, person, spot.directory)
        if kind:
            line = replace(line, text=f"{kind.capitalize()}: {' '.join(line.text.split())}")
        near = await self._near(spot, (), said.text)
        setting = replace(spot.hearing.setting, milestones={**near.milestones, **spot.hearing.milestones})
        reading = await self._read(line, spot, setting)
        group = any(EVERYBODY in item.owners for item in reading.items)
        everybody = await asyncio.to_thread(self._attendees, spot) if group else ()
        return Overheard(reading, person, said, Made(), everybody)

    async def _with_parents(
        self, spot: Spot, line: Line, answers: Sequence[str], near: _Near, setting: Setting
    ) -> tuple[Reading, Made, Said | None]:
        """The first reading that is something, with the line that makes it so, and its words where they are remembered;
        else what the line is by itself.

        What is marked as a record is one, whatever it answers.
        """
        alone = await self._read(line, spot, setting)
        for message in () if alone.tagged else answers:
            made = near.made.get(message, Made())
            parent = self._parent(spot, message, made)
            if parent is None:
                continue
            reading = await self._read(replace(line, parent=parent), spot, setting)
            if _is_something(reading) and await self._holds(reading, parent, made, spot, setting):
                remembered = self.remembered(spot.turn.room, message)
                return reading, made, _said(remembered)
        return alone, Made(), None

    async def _holds(self, reading: Reading, parent: Parent, made: Made, spot: Spot, setting: Setting) -> bool:
        """Whether there is something to take on where a line says so: proposed, recorded, or asked for and unheard."""
        if not any(item.updates for item in reading.items) or made.record or made.proposal:
            return True
        if made.answered:
            return False
        asked = await self._read(Line(parent.text, parent.author or "", parent.mentions), spot, setting)
        return bool(asked.items)

    async def _read(self, line: Line, spot: Spot, setting: Setting) -> Reading:
        assert spot.directory is not None
        circle = self._circle(spot.directory)
        if len(line.text) <= SHORT:
            return read(line, circle, setting)
        return await asyncio.to_thread(read, line, circle, setting)

    def _circle(self, directory: Directory) -> Circle:
        known = self._circles.get(directory.transfer)
        if known is None or known[0] != directory.version:
            known = self._circles[directory.transfer] = (directory.version, circle_of(directory))
        return known[1]

    def _parent(self, spot: Spot, message: str, made: Made) -> Parent | None:
        """The line of a message; None for one of which nothing is known."""
        line = self._talk.line(spot.turn.room, message)
        record = made.record or made.proposal
        if line is not None:
            return Parent(line.text, line.author, record, line.mentions)
        return Parent(made.text, made.author, record) if made.text or record else None

    async def _near(self, spot: Spot, answers: Sequence[str], text: str) -> _Near:
        """Nothing is asked of the store for a line that answers none and speaks of no meeting."""
        speaks_of_meeting = "meeting" in text.lower()
        if not answers and not speaks_of_meeting:
            return _Near({}, {})
        return await asyncio.to_thread(self._look, spot, answers, speaks_of_meeting)

    def _look(self, spot: Spot, answers: Sequence[str], speaks_of_meeting: bool) -> _Near:
        assert spot.directory is not None
        turn = spot.turn
        actor = self._door.actor(turn.account, spot.directory)
        with self._asking.reads(spot.directory, actor, origin_of(turn, spot.hearing.now), aloud=turn.aloud) as reads:
            made = {message: made_of(message, turn.room, reads) for message in answers}
            return _Near(made, next_meeting(reads) if speaks_of_meeting else {})

    def _attendees(self, spot: Spot) -> tuple[PersonId, ...]:
        assert spot.directory is not None
        turn = spot.turn
        actor = self._door.actor(turn.account, spot.directory)
        with self._asking.reads(spot.directory, actor, origin_of(turn, spot.hearing.now), aloud=turn.aloud) as reads:
            return attendees(reads)


def person_of(spot: Spot) -> PersonId | None:
    """Who speaks, if it is a member of the transfer."""
    assert spot.directory is not None
    return spot.directory.active_accounts.get(spot.turn.account.identity)


def in_words(said: Said) -> str:
    """A line as people read it: each mention by name."""
    return named(said.text, 0, len(said.text), [account.name for account in said.mentions])


def _said(turn: Turn | None) -> Said | None:
    return turn.act if turn is not None and isinstance(turn.act, Said) else None


def _remembered(turn: Turn, message: str, line: Line, answers: Sequence[str]) -> Remembered:
    author = PersonId(line.author) if line.author else None
    return Remembered(message, line.text, _known(line), author, turn.at, turn, tuple(answers))


def _known(line: Line) -> tuple[PersonId | None, ...]:
    return tuple(PersonId(one) if one else None for one in line.mentions)


def _is_something(reading: Reading) -> bool:
    return reading.kind is not Kind.NONE or reading.claim is not None or reading.change is not None


def _line(said: Said, person: PersonId | None, directory: Directory) -> Line:
    """The line as it is read: its beginning where it is very long."""
    text = said.text[:LONGEST]
    known = directory.active_accounts
    mentions = tuple(known.get(account.identity) for account in said.mentions[: text.count(MENTION)])
    return Line(text, person or "", mentions)

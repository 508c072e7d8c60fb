"""Where more than one fits: the sentence of a button for each, or the line kept until its speaker has chosen."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec

from core.features.transfers.lines import HoldLine
from core.features.transfers.members import added_at
from core.kernel.access import MemberOf
from core.kernel.asking import Asking
from core.kernel.door import Door, Envelope
from core.kernel.errors import Choice, Refused, WhichOne, msg
from core.kernel.ids import PersonId, TransferId
from core.kernel.messages import Message, Reference, parts_of
from core.kernel.templates import day_words
from core.kernel.turn import Filled, Said
from core.kernel.writer import Writer
from core.listening import Listening
from core.origins import keep, origin_of
from core.speech import BadForm, Incomplete, Namesakes, Reading, Understood, literal_for
from core.spots import Spot, shown_of
from core.turn_views import Answers, Way
from core.view import View

Single = Understood | Incomplete | Namesakes


class Unsure(Exception):
    """What was heard, of which one thing may be this or that; the speaker is to choose."""

    def __init__(self, spot: Spot, reading: Single, which: WhichOne) -> None:
        super().__init__(which.sentence)
        self.spot, self.reading, self.which = spot, reading, which

    def field(self, kind: type[Message]) -> str | None:
        """The field that a choice fills; None where the message has none for it."""
        if self.which.field:
            return self.which.field
        prefix = self.which.choices[0].value.partition("-")[0]
        parts = parts_of(kind).items()
        return next((name for name, part in parts if isinstance(part, Reference) and part.prefix == prefix), None)


class Choosing:
    """Asks which one is meant."""

    def __init__(self, door: Door, writer: Writer, asking: Asking, listening: Listening, answers: Answers) -> None:
        self._door, self._writer, self._asking = door, writer, asking
        self._listening, self._answers = listening, answers

    async def between(self, spot: Spot, reading: Namesakes) -> WhichOne:
        """The choice between people of one name, told apart by company and roles, and where those are alike by more."""
        assert spot.directory is not None
        members = [spot.directory.members[person] for person in reading.people]
        told = [(spot.directory.company(member.side), *sorted(member.roles)) for member in members]
        alike = [member for member, words in zip(members, told, strict=True) if told.count(words) > 1]
        since = await asyncio.to_thread(self._since, spot, alike) if alike else {}
        choices = tuple(
            Choice(member.person, " · ".join((member.name, *since.get(member.person, ()), *words)))
            for member, words in zip(members, told, strict=True)
        )
        return WhichOne(
            msg("{count} people here are called {name}. Which one do you mean?"),
            choices=choices, count=len(choices), name=reading.name,
        )  # fmt: skip

    def _since(self, spot: Spot, members: Sequence[MemberOf]) -> dict[PersonId, tuple[str, ...]]:
        """What tells people of one name, company and role apart: their mark, and since when they are here."""
        assert spot.directory is not None
        turn, say = spot.turn, self._door.words.translate
        actor = self._door.actor(turn.account, spot.directory)
        with self._asking.reads(spot.directory, actor, origin_of(turn, spot.hearing.now), aloud=turn.aloud) as reads:
            found = {}
            for member in members:
                added = added_at(member, reads)
                day = say(msg("since {day}")).format(day=day_words(added.date())) if added else ""
                found[member.person] = tuple(mark for mark in (member.mark, day) if mark)
        return found

    def chosen(self, unsure: Unsure, value: str) -> tuple[Spot, Reading] | None:
        """What was heard with one of the choices in its place; None where it has no place for it."""
        spot, reading = unsure.spot, unsure.reading
        if isinstance(reading, Namesakes):
            hearing = replace(spot.hearing, chosen={*spot.hearing.chosen, value})
            spot = replace(spot, hearing=hearing)
            return spot, self._listening.read(spot)
        field = unsure.field(reading.kind)
        return (spot, _with(reading, field, value)) if field else None

    async def ask(self, unsure: Unsure, held: str | None = None, before: tuple[str, ...] = ()) -> View:
        """The choice, a button for each; the line is kept where one needs the speaker's own words.

        `held` is the line's reference where it was kept before, and `before` what was chosen for it. Raises BadForm
        for a form, which stays open, and the question itself where no choice would answer it.
        """
        spot, which = unsure.spot, unsure.which
        if isinstance(spot.turn.act, Filled):
            raise self._beside_input(unsure)
        says = {} if held else {choice.value: self._literal(unsure, choice.value) for choice in which.choices}
        if held is None and None in says.values():
            if spot.transfer is None or not isinstance(spot.turn.act, Said):
                raise which
            held = await self.keep(spot, spot.transfer)
        ways = tuple(
            Way(one.value, one.words, says.get(one.value) or f"line choose {held} one:{','.join((*before, one.value))}")
            for one in which.choices
        )
        text = shown_of(spot.turn) if held else ""
        return self._answers.choose(which, ways, text, spot.transfer)

    def _literal(self, unsure: Unsure, value: str) -> str | None:
        heard = self.chosen(unsure, value)
        if heard is None:
            raise unsure.which
        spot, reading = heard
        if not isinstance(reading, (Understood, Incomplete)):
            return None
        ours = {field} if (field := unsure.field(reading.kind)) else set[str]()
        said = literal_for(reading.kind, reading.values, spot.hearing, ours)
        return said if said is None or reading.transfer is None else f"{reading.transfer}/{said}"

    async def keep(self, spot: Spot, transfer: TransferId) -> str:
        """Keep what was said, in a transfer or in the house, until its speaker has chosen; the line's reference."""
        turn = spot.turn
        assert isinstance(turn.act, Said)
        kept = keep(turn, turn.act, spot.hearing.now, as_text=False, chooses=True)
        command = HoldLine(text=kept.words, turn=msgspec.json.encode(kept).decode(), chooses=True)
        delivery = f"which:{transfer}:{turn.delivery}"
        reply = await self._writer.say(
            Envelope(command, delivery, transfer, turn.account, origin_of(turn, spot.hearing.now))
        )
        return reply.records[0]

    def _beside_input(self, unsure: Unsure) -> Refused:
        """A form that is filled in stays open, with what there is to choose from beside its input."""
        assert isinstance(unsure.reading, Understood)
        which = unsure.which
        asked = self._door.words.refusal(which)
        choices = " / ".join(f"{one.value} {one.words}".strip() for one in which.choices)
        field = unsure.field(unsure.reading.kind) or ""
        return BadForm(which.sentence, faults={field: Refused("{asked} {choices}", asked=asked, choices=choices)})


def _with(reading: Understood | Incomplete, field: str, value: str) -> Understood | Incomplete:
    """The reading with a field filled in."""
    values: Mapping[str, Any] = {**reading.values, field: value}
    match reading:
        case Understood(transfer=transfer):
            return Understood(reading.kind(**values), transfer)
        case Incomplete(kind, _, missing, transfer):
            return Incomplete(kind, values, tuple(name for name in missing if name != field), transfer)

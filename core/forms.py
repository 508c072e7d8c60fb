"""Forms: opened only where they are of use, asked with what is known, and asked again where they cannot stand."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from core.asked import AsAsked, filled_in, with_members, with_titles
from core.kernel.asking import Asking
from core.kernel.clock import new_id
from core.kernel.door import Door, Envelope
from core.kernel.errors import Refused, Unclear, msg
from core.kernel.messages import Command, Due, Message, Reason, Reference
from core.kernel.turn import Filled, Turn
from core.kernel.work import Ask
from core.kernel.writer import Writer
from core.origins import origin_of
from core.rules.typography import upright
from core.speech import BadForm, form_for, sentence_for, settled
from core.speech.shape import Slot, shape_of
from core.speech.wording import about, as_is
from core.spots import Spot, Spots
from core.trials import one_reason, told_of, tries
from core.view import Form, FormBlock, Input, Place, Plain, Text, TextInput


def asked_anew(ask: Ask, command: Message, turn: Turn) -> Ask:
    """What a handler asks for. Raises BadForm where its own form was just filled in: an input was left empty that is
    needed, and the form is not to come back without a word."""
    if ask.kind is not type(command):
        return ask
    empty = _left_empty(ask, command)
    if empty and isinstance(turn.act, Filled):
        raise BadForm(msg("Something in this form cannot be read. Nothing was recorded."), faults=_faults(empty))
    reasons = [slot.name for slot in empty if isinstance(slot.part, Reason)]
    return replace(ask, needs=tuple(dict.fromkeys([*ask.needs, *reasons])))


def _left_empty(ask: Ask, command: Message) -> list[Slot]:
    """What is asked for anew: the parts that are needed, else what it is about, else the reason; nothing where a
    guess is asked about."""
    values = vars(command)
    if any(isinstance(value, Due) and value.ask for value in values.values()):
        return []
    slots = [slot for slot in shape_of(type(command)).slots if values[slot.name] in (None, (), "")]
    about = [slot for slot in slots if not isinstance(slot.part, (Reason, Reference)) and slot.name not in ask.leaves]
    reasons = [slot for slot in slots if isinstance(slot.part, Reason)]
    return [slot for slot in slots if slot.name in ask.needs] or about or reasons


def _faults(empty: Sequence[Slot]) -> dict[str, Refused]:
    if len(empty) > 1:
        return {slot.name: Unclear(msg("Fill in one of these at least.")) for slot in empty}
    return {slot.name: Unclear(msg("This is needed: {field}."), field=about(slot, as_is)[0]) for slot in empty}


def needing(form: Form, names: Collection[str]) -> Form:
    """The form with the reason that is needed marked so, where the message can do without one at other times."""

    def marked(block: FormBlock) -> FormBlock:
        if isinstance(block, TextInput) and block.name == "reason" and block.name in names:
            return replace(block, required=True)
        return block

    return replace(form, blocks=tuple(map(marked, form.blocks)))


class Forms:
    """Asks for what is missing."""

    def __init__(self, door: Door, writer: Writer, asking: Asking, spots: Spots) -> None:
        self._door, self._writer, self._asking, self._spots = door, writer, asking, spots
        self._tables = door.registry.records()

    async def check(self, spot: Spot, kind: type[Message], values: Mapping[str, Any]) -> None:
        """Refuse at the door what could only be refused once it is filled in; nothing is kept of the trial."""
        self._spots.check(spot, kind)
        if spot.directory is None or not issubclass(kind, Command):
            return
        refused: list[Refused] = []
        for number, tried in enumerate(tries(kind, values, spot.hearing, spot.directory)):
            turn = spot.turn
            delivery = f"trial:{number}:{turn.delivery}"
            origin = origin_of(turn, spot.hearing.now)
            assert isinstance(tried, Command)
            transfer, aloud = spot.directory.transfer, turn.aloud
            try:
                await self._writer.say(
                    Envelope(tried, delivery, transfer, turn.account, origin, trial=True, aloud=aloud)
                )
            except Refused as no:
                refused.append(no)
            else:
                return
        if reason := one_reason(refused):
            raise reason

    async def ask(self, spot: Spot, ask: Ask) -> Form:
        """The form for what is missing, under what it is `about`, else under the records that it names.

        Not for somebody whom the door would refuse in the end.
        """
        kind, values = ask.kind, ask.values
        self._spots.check(spot, kind)
        told = () if ask.about else await asyncio.to_thread(self.told, spot, kind, values)
        form = self._bare(spot, kind, values, told)
        if ask.needs or ask.leaves:
            form = replace(form, says=sentence_for(kind, values, spot.hearing, ask.needs))
        asked = AsAsked.of(ask, new_id())
        form = _as_asked(form, replace(asked, about=ask.about))
        form = replace(form, given=asked.carry(form.given))
        place = Place(spot.transfer) if spot.transfer else None
        return replace(form, training=self._door.training, place=place)

    def told(self, spot: Spot, kind: type[Message], values: Mapping[str, Any]) -> tuple[str, ...]:
        if spot.directory is None or spot.directory.facts is None:
            return ()
        turn = spot.turn
        actor, origin = self._door.actor(turn.account, spot.directory), origin_of(turn, spot.hearing.now)
        with self._asking.reads(spot.directory, actor, origin, aloud=turn.aloud) as reads:
            return told_of(kind, values, self._tables, reads)

    def _bare(self, spot: Spot, kind: type[Message], values: Mapping[str, Any], told: Sequence[str]) -> Form:
        """The form as its message alone makes it, with this transfer's people and companies to choose from."""
        words = self._door.words
        form = form_for(kind, values, spot.hearing, words.translate, told)
        return with_members(with_titles(form, words), kind, spot.directory)

    async def again(self, spot: Spot) -> Form:
        """A form that was filled in and cannot stand, as it was."""
        filled = spot.turn.act
        assert isinstance(filled, Filled)
        kind = self._door.registry.messages[filled.message]
        known = settled(kind, filled)
        asked = AsAsked.carried(filled.given)
        told = await asyncio.to_thread(self.told, spot, kind, known) if known and not asked.about else ()
        bare = _as_asked(self._bare(spot, kind, known, told), asked)
        form = filled_in(bare, filled.values, spot.directory)
        return replace(form, given=filled.given, training=self._door.training, place=filled.place)


def _as_asked(form: Form, asked: AsAsked) -> Form:
    """The form under its own line, without the inputs that are left out, with those required that are needed."""
    above = (Text((Plain(upright(asked.about)),)),) if asked.about else ()
    return replace(form, blocks=(*above, *_inputs(form.blocks, asked)))


def _inputs(blocks: Iterable[FormBlock], asked: AsAsked) -> Iterator[FormBlock]:
    for block in blocks:
        if not isinstance(block, Input):
            yield block
        elif block.name not in asked.leaves:
            yield replace(block, required=block.required or block.name in asked.needs)

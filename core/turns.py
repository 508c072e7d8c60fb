"""From a turn to a command or question and its answer: who spoke, where, and what it was."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import msgspec

from core.asked import filled_in, with_members
from core.features.transfers.inviting import JoinTransfer
from core.features.transfers.lines import HoldLine, NoteLineRecorded
from core.features.transfers.opening import MONTH_FIRST, OpenTransfer, code_for
from core.joining import admission
from core.kernel.access import SYSTEM, Directory
from core.kernel.asking import Asking
from core.kernel.clock import new_id
from core.kernel.directories import Directories
from core.kernel.door import Door, Envelope, Reply
from core.kernel.errors import NotAllowed, Refused, Unclear, msg
from core.kernel.ids import HOUSE, TransferId
from core.kernel.messages import Command, Message, Question, Reference, parts_of
from core.kernel.turn import Filled, Pressed, Said, Turn
from core.kernel.work import Hear, HeldTurn
from core.kernel.writer import Writer
from core.origins import Kept, cleaned, keep, origin_of
from core.returning import regain
from core.speech import (
    Ambiguous,
    AskedForHelp,
    BadForm,
    Grammar,
    Hearing,
    Incomplete,
    Reading,
    Understood,
    fill,
    form_for,
    help_for,
    sentence_for,
    understand,
)
from core.trials import one_reason, told_of, tries
from core.turn_views import Answers
from core.view import Form, Place, Plain, Text, View

log = logging.getLogger("tandem.turns")


@dataclass(frozen=True, slots=True)
class FormErrors:
    """A submitted form with inputs that cannot stand: a sentence for each, by input name.

    `form` shows what was filled in, for a platform where a submitted form does not stay.
    """

    fields: Mapping[str, str]
    form: Form | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a turn stands: its directory, None in a room that no transfer lives in."""

    turn: Turn
    directory: Directory | None
    hearing: Hearing

    @property
    def transfer(self) -> TransferId | None:
        """The transfer's code."""
        return self.directory.transfer if self.directory else None


class Ears:
    """Hears turns: the one road from any adapter to the door and the questions."""

    def __init__(self, door: Door, writer: Writer, asking: Asking, directories: Directories, words: Answers) -> None:
        self._door, self._writer, self._asking = door, writer, asking
        self._directories, self._answers = directories, words
        kinds = door.registry.messages.values()
        self._grammar = Grammar(kind for kind in kinds if kind.says)
        self._kinds = door.registry.messages

    async def hear(self, turn: Turn) -> View | FormErrors | None:
        """The answer to a turn; people's mistakes are answers too."""
        try:
            return await self._heard(cleaned(turn))
        except BadForm as bad:
            faults = {name: self._door.words.refusal(fault) for name, fault in bad.faults.items()}
            return FormErrors(faults, await self._again(cleaned(turn)))
        except Refused as refused:
            return self._answers.refusal(refused)

    async def form_again(self, turn: Turn) -> Form | None:
        """A form with what was filled in; None for a turn of another kind, or a form that nobody knows any more."""
        if not isinstance(turn.act, Filled) or turn.act.message not in self._kinds:
            return None
        try:
            return await self._again(cleaned(turn))
        except Refused:
            return None

    def asks_more(self, says: str) -> bool:
        """Whether a button's sentence is one that a form has to complete."""
        try:
            reading = understand(says, (), self._grammar, Hearing(self._door.clock.now(), "UTC"))
        except Refused:
            return False
        return isinstance(reading, Incomplete)

    async def _heard(
        self, turn: Turn, as_text: bool = False, heard_at: datetime | None = None
    ) -> View | FormErrors | None:
        spot = await self._spot(turn)
        if heard_at is not None:  # a kept line's “by Friday” is the Friday after it was said
            spot = replace(spot, hearing=replace(spot.hearing, now=heard_at))
        reading = self._read(spot, as_text)
        named = getattr(reading, "transfer", None)
        if named is not None and named != spot.transfer:
            spot = await self._elsewhere(turn, named)
        match reading:
            case AskedForHelp(noun):
                return self._help(spot, noun)
            case Ambiguous(readings):
                return await self._choice(spot, readings)
            case Incomplete(kind, values):
                await self._try(spot, kind, values)
                return await self._ask(spot, kind, values)
            case Understood(message):
                return await self._say(spot, message)

    async def _spot(self, turn: Turn) -> Spot:
        directory = self._directories.fresh(turn.room)
        if directory is None:
            directory = await asyncio.to_thread(self._find, turn)
        elif turn.account.identity not in directory.by_identity:
            directory = await asyncio.to_thread(self._directories.look, directory.transfer)
        if directory is not None and turn.account.identity in directory.lost:  # whoever speaks is there again
            await regain(turn.account.identity, self._writer, self._directories)
            directory = await asyncio.to_thread(self._directories.look, directory.transfer)
        return Spot(turn, directory, self._hearing(directory))

    def _find(self, turn: Turn) -> Directory | None:
        place = getattr(turn.act, "place", None)
        if place is not None and place.transfer != HOUSE:
            return self._directories.look(TransferId(place.transfer))
        if not turn.room.direct:
            return self._directories.look_up(turn.room)
        known = self._directories.transfers_of(turn.account.identity)
        if len(known) > 1:
            raise Unclear(
                msg("You belong to {codes}: say this in the channel of the transfer that you mean."),
                codes=", ".join(known),
            )
        return self._directories.look(known[0]) if known else None

    async def _elsewhere(self, turn: Turn, transfer: TransferId) -> Spot:
        directory = await asyncio.to_thread(self._directories.look, transfer)
        if directory.facts is None or turn.account.identity not in directory.by_identity:
            raise Unclear(msg("There is no transfer {code} that you belong to."), code=transfer)
        return Spot(turn, directory, self._hearing(directory))

    def _hearing(self, directory: Directory | None) -> Hearing:
        now = self._door.clock.now()
        if directory is None or directory.facts is None:
            return Hearing(now, "UTC")
        active = {
            identity: person for identity, person in directory.by_identity.items() if directory.members[person].active
        }
        names = {person: member.name for person, member in directory.members.items() if member.active}
        facts = directory.facts
        month_first = facts.settings.get("dates") == MONTH_FIRST
        return Hearing(now, directory.zone, facts.milestones, active, names, month_first=month_first)

    def _read(self, spot: Spot, as_text: bool) -> Reading:
        match spot.turn.act:
            case Said(text, mentions):
                reading = understand(text, mentions, self._grammar, spot.hearing)
                return reading.readings[-1] if as_text and isinstance(reading, Ambiguous) else reading
            case Pressed(says):
                return understand(says, (), self._grammar, spot.hearing)
            case Filled(message) as filled:
                kind = self._kinds.get(message)
                if kind is None:
                    raise Unclear(msg("This form is too old. Open it again."))
                return fill(kind, filled, spot.hearing)

    def _help(self, spot: Spot, noun: str | None) -> View:
        actor = self._door.actor(spot.turn.account, spot.directory or Directory(HOUSE, 0))
        may: Callable[[type[Message]], bool] = lambda kind: self._may(kind, actor.roles)  # noqa: E731
        return self._answers.help(help_for(self._grammar, may, noun, self._door.words.translate), spot.hearing.zone)

    def _may(self, kind: type[Message], roles: frozenset[str]) -> bool:
        return self._door.roles.role_for(kind.needs, roles) is not None

    async def _try(self, spot: Spot, kind: type[Message], values: Mapping[str, Any]) -> None:
        """Refuse at the door what could only be refused once it is filled in; nothing is kept of the trial."""
        self._check(spot, kind)
        if spot.directory is None or not issubclass(kind, Command):
            return
        refused: list[Refused] = []
        for number, tried in enumerate(tries(kind, values, spot.hearing, spot.directory)):
            turn = spot.turn
            delivery = f"trial:{number}:{turn.delivery}"
            origin = origin_of(turn, spot.hearing.now)
            assert isinstance(tried, Command)
            try:
                await self._writer.say(
                    Envelope(tried, delivery, spot.directory.transfer, turn.account, origin, trial=True)
                )
            except Refused as no:
                refused.append(no)
            else:
                return
        if why := one_reason(refused):
            raise why

    async def _ask(self, spot: Spot, kind: type[Message], values: Mapping[str, Any], about: str = "") -> Form:
        """The form for what is missing, under `about`; not for somebody whom the door would refuse in the end."""
        self._check(spot, kind)
        told = await asyncio.to_thread(self._told, spot, kind, values)
        form = with_members(
            form_for(kind, values, spot.hearing, self._door.words.translate, told), kind, spot.directory
        )
        if about:
            form = replace(form, blocks=(Text((Plain(about),)), *form.blocks))
        place = Place(spot.transfer) if spot.transfer else None
        return replace(form, training=self._door.training, place=place)

    async def _again(self, turn: Turn) -> Form:
        """A form that was filled in and cannot stand, as it was."""
        assert isinstance(turn.act, Filled)
        spot, kind = await self._spot(turn), self._kinds[turn.act.message]
        bare = with_members(form_for(kind, {}, spot.hearing, self._door.words.translate), kind, spot.directory)
        form = filled_in(bare, turn.act.values, spot.directory)
        return replace(form, given=turn.act.given, training=self._door.training, place=turn.act.place)

    def _told(self, spot: Spot, kind: type[Message], values: Mapping[str, Any]) -> tuple[str, ...]:
        if spot.directory is None or spot.directory.facts is None:
            return ()
        actor = self._door.actor(spot.turn.account, spot.directory)
        with self._asking.reads(spot.directory, actor) as reads:
            return told_of(kind, values, reads)

    def _check(self, spot: Spot, kind: type[Message]) -> None:
        if spot.directory is None and not issubclass(kind, (OpenTransfer, JoinTransfer)):
            raise Unclear(
                msg("No transfer lives in this room yet. Open one:"),
                examples=('transfer new "Product X 50 mg" sponsor:"Norvane" cmo:"Tarnbrook" tz:Europe/Dublin',),
            )
        self._door.roles.check(
            kind.needs, self._door.actor(spot.turn.account, spot.directory or self._directories.look(HOUSE))
        )

    async def _say(self, spot: Spot, message: Message) -> View | FormErrors | None:
        if isinstance(message, OpenTransfer):
            return await self._open(spot, message)
        if isinstance(message, JoinTransfer):
            async with admission(spot.turn, message.code, spot.directory, self._asking, self._writer) as transfer:
                return await self._through_the_door(spot, message, transfer)
        try:
            self._check(spot, type(message))
        except NotAllowed:
            if not self._is_stranger(spot) or not isinstance(message, Command):
                raise
            return await self._hold(spot)
        assert spot.directory is not None
        if isinstance(message, Question):
            return await self._answer(spot, message)
        assert isinstance(message, Command)
        return await self._through_the_door(spot, message, spot.directory.transfer)

    async def _answer(self, spot: Spot, question: Question) -> View:
        assert spot.directory is not None
        markup = await asyncio.to_thread(
            self._asking.answer,
            question,
            spot.directory.transfer,
            spot.turn.account,
            origin_of(spot.turn, spot.hearing.now),
            aloud=spot.turn.aloud,
        )
        return self._answers.drawn(markup, spot.transfer)

    async def _open(self, spot: Spot, message: OpenTransfer) -> View | FormErrors | None:
        if spot.directory is not None:
            raise Refused(msg("{code} lives in this room already; a room belongs to one transfer."), code=spot.transfer)
        house = await asyncio.to_thread(self._directories.look, HOUSE)
        self._door.roles.check(message.needs, self._door.actor(spot.turn.account, house))
        taken = await asyncio.to_thread(self._directories.codes)
        code = TransferId(message.code.upper()) if message.code else code_for(message.title, taken)
        return await self._through_the_door(spot, message, code)

    def _is_stranger(self, spot: Spot) -> bool:
        directory = spot.directory
        person = directory.by_identity.get(spot.turn.account.identity) if directory else None
        return directory is not None and (person is None or not directory.members[person].active)

    async def _hold(self, spot: Spot, verb: str = "") -> View | FormErrors | None:
        turn = spot.turn
        if not isinstance(turn.act, Said):
            raise NotAllowed(msg("You do not belong to this transfer yet. A lead can add you: member add @you …"))
        kept = keep(turn, turn.act, spot.hearing.now, as_text=bool(verb))
        command = HoldLine(text=kept.words, turn=msgspec.json.encode(kept).decode(), verb=verb)
        held = replace(turn, delivery=f"{'choose' if verb else 'hold'}:{turn.delivery}")
        assert spot.directory is not None
        return await self._through_the_door(replace(spot, turn=held), command, spot.directory.transfer)

    async def _choice(self, spot: Spot, readings: tuple[Understood | Incomplete, ...]) -> View | FormErrors | None:
        """Both readings hold: the line is kept and two buttons ask; neither carries what the person typed."""
        return await self._hold(spot, verb=_verb_alone(readings[0]))

    async def _through_the_door(self, spot: Spot, command: Command, transfer: TransferId) -> View | FormErrors | None:
        turn = spot.turn
        sentence = self._sentence(spot, command) if isinstance(turn.act, Filled) else ""
        origin = origin_of(turn, spot.hearing.now, sentence)
        envelope = Envelope(command, turn.delivery, transfer, turn.account, origin, aloud=turn.aloud)
        reply = await self._writer.say(envelope)
        if reply.again and isinstance(turn.act, Said) and turn.act.message is not None:
            return None  # a message arrives in several events, and the first was answered
        if reply.hear is not None:
            return await self._hear_kept(reply.hear, spot)
        if reply.ask is not None:
            return await self._ask(spot, reply.ask.kind, reply.ask.values, reply.ask.about)
        return self._answers.reply(reply, transfer, quiet=_seen_in_room(turn, reply))

    def _sentence(self, spot: Spot, command: Command) -> str:
        """What a person would have typed in place of the form: the words that its record keeps as its source."""
        return sentence_for(type(command), vars(command), spot.hearing)

    async def _hear_kept(self, hear: Hear, spot: Spot) -> View | FormErrors | None:
        """Hear kept turns, each as its author's; a line that still makes no record goes on waiting."""
        heard = [(held.line, await self._hear_again(held, spot)) for held in hear.turns]
        return heard[0][1] if len(heard) == 1 else self._answers.heard(heard)

    async def _hear_again(self, held: HeldTurn, spot: Spot) -> View:
        kept = msgspec.json.decode(held.turn, type=Kept)
        try:
            view = await self._heard(kept.turn, as_text=kept.as_text, heard_at=kept.heard_at)
        except Refused as refused:
            return self._answers.refusal(refused)
        if isinstance(view, Form) and kept.account.identity != spot.turn.account.identity:
            return self._answers.refusal(
                Refused(
                    msg("Something is missing in {line}: {name} says it again, as only its speaker can complete it."),
                    line=held.line,
                    name=kept.account.name,
                )
            )
        assert spot.transfer is not None
        assert not isinstance(view, FormErrors)
        with suppress(Refused):  # it was noted already; or Tandem is busy, and the next press notes it
            note = NoteLineRecorded(line=held.line)
            await self._writer.say(Envelope(note, f"recorded:{new_id()}", spot.transfer, SYSTEM))
        return view or self._answers.done(spot.transfer)


def _seen_in_room(turn: Turn, reply: Reply) -> bool:
    """A press or a mention whose card stands in the room needs no second answer; a slash command and a form do."""
    shown = str(turn.room) in reply.rooms
    match turn.act:
        case Said(message=message):
            return shown and message is not None
        case Pressed():
            return shown
        case Filled():
            return False


def _verb_alone(reading: Understood | Incomplete) -> str:
    """The verb reading as a button may carry it: noun, verb and references, without any words of the speaker."""
    match reading:
        case Understood(message):
            kind, values = type(message), vars(message)
        case Incomplete(kind, values):
            pass
    references = [
        str(values[name]) for name, part in parts_of(kind).items() if isinstance(part, Reference) and values.get(name)
    ]
    return " ".join([kind.says or "", *references])

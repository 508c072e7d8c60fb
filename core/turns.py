"""From a turn to a command or question and its answer: who spoke, where, and what it was."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import msgspec

from core.card_threads import CardThreads
from core.choosing import Choosing, Unsure
from core.features.capture.listening import is_of_use
from core.features.capture.picking import CaptureAll, CaptureMessage
from core.features.capture.reacting import reacts_at
from core.features.transfers.inviting import JoinTransfer
from core.features.transfers.lines import HoldLine, NoteLineRecorded, PlaceLine
from core.features.transfers.opening import OpenTransfer, code_for
from core.features.transfers.own_rooms import AddOwnRoom, transfer_meant
from core.forms import Forms, asked_anew, needing
from core.joining import admission
from core.kernel.access import SYSTEM, Directory
from core.kernel.asking import Asking
from core.kernel.clock import new_id
from core.kernel.directories import Directories
from core.kernel.door import Door, Envelope, Reply
from core.kernel.errors import NotAllowed, Refused, WhichOne, msg
from core.kernel.ids import HOUSE, TransferId
from core.kernel.messages import Command, Message, Question
from core.kernel.picks import Picks
from core.kernel.role_table import NO_MEMBER
from core.kernel.turn import Address, Filled, Picked, Pressed, Reacted, Said, Turn
from core.kernel.work import Ask, Hear, HeldBy, HeldTurn
from core.kernel.writer import Writer
from core.listening import Listening, transfer_named
from core.origins import Kept, cleaned, keep, origin_of
from core.overheard import Overhears
from core.overhearing import Mouth, Overhearing
from core.own_cards import OwnCards
from core.picking import Picking
from core.reacting import Reacting
from core.rereading import Edited, Rereading
from core.sent import SentForms, as_one_act
from core.several import Several
from core.speech import (
    Ambiguous,
    AskedForHelp,
    BadForm,
    Incomplete,
    Namesakes,
    Reading,
    Understood,
    help_for,
    sentence_for,
    verb_with,
)
from core.speech.convert import check_told
from core.spots import ROOMLESS, Spot, Spots, shown_of
from core.turn_views import Answers, FormErrors
from core.view import Form, View

log = logging.getLogger("tandem.turns")


class Ears:
    """Hears turns: the one road from any adapter to the door and the questions."""

    def __init__(  # noqa: PLR0913 - what it hears with
        self, door: Door, writer: Writer, asking: Asking, directories: Directories, picks: Picks, words: Answers
    ) -> None:
        self._door, self._writer, self._asking = door, writer, asking
        self._directories, self._answers = directories, words
        self._spots = Spots(door, writer, directories)
        self._listening = Listening(door, self._spots)
        self._forms, self._sent = Forms(door, writer, asking, self._spots), SentForms(door, asking)
        self.own_cards = OwnCards(door, self._listening, directories)
        self._several = Several(door, self._spots, self._forms)
        self._choosing = Choosing(door, writer, asking, self._listening, words)
        overhears = Overhears(door, asking)
        self._picking = Picking(door, asking, self._spots, self._forms, overhears, picks)
        self._reacting = Reacting(door, writer, asking, self._spots, overhears)
        self._rereading = Rereading(door, writer, asking, self._spots, directories, overhears)
        self._cards = CardThreads(asking, self._listening)
        self._overhearing = Overhearing(door, writer, self._spots, self._listening, overhears, self._cards)
        self._mouth = Mouth(self._answered, self._hold, self._answer)

    async def hear(self, turn: Turn | Picked | Reacted) -> View | FormErrors | None:
        """The answer to a turn; people's mistakes are answers too."""
        try:
            match turn:
                case Picked():
                    return await self._picking.form_for(turn)
                case Reacted():
                    await self._reacting.take(turn)
                    return None
                case Turn():
                    return await self._turned(turn)
        except Refused as refused:
            return self._answers.refusal(refused)

    async def reword(self, edited: Edited, transfer: TransferId) -> None:
        """Read a line of a transfer once more that was edited, if something that was read of it waits for an answer."""
        await self._rereading.take(edited, transfer)

    async def _turned(self, turn: Turn) -> View | FormErrors | None:
        try:
            return await self._heard(as_one_act(cleaned(turn)))
        except BadForm as bad:
            faults = {name: self._door.words.refusal(fault) for name, fault in bad.faults.items()}
            again = await self._forms.again(await self._spots.of(cleaned(turn)))
            return FormErrors(faults, needing(again, bad.faults))

    async def form_again(self, turn: Turn) -> Form | None:
        """A form with what was filled in; None for a turn of another kind, or a form that nobody knows any more, or
        that was taken."""
        if not isinstance(turn.act, Filled) or not self._listening.knows(turn.act):
            return None
        if await self._sent.is_taken(turn):
            return None
        try:
            return await self._forms.again(await self._spots.of(cleaned(turn)))
        except Refused:
            return None

    def is_aside(self, says: str) -> bool:
        """Whether a button's sentence only asks or shows something."""
        return self._listening.is_aside(says)

    async def listens(self, room: Address, thread: str | None = None, quotes: str | None = None) -> bool:
        """Whether lines of a room that do not call Tandem are read now, or of a thread there, as of a record's card, or
        that quote such a card; a look in memory, but for now and then."""
        directory = await self._known(room)
        if directory is None or is_of_use(directory, room) or room in directory.lost_rooms:
            return directory is not None  # a line from a room that is lost shows that Tandem is there again
        return await self._cards.card_of(directory, room, thread, quotes) is not None

    async def reacts(self, room: Address, taken_from: str | None = None) -> bool:
        """Whether reactions in a room are read; a look in memory, but for now and then. Where they are not, whether
        what one proposed waits that is taken from a message."""
        directory = await self._known(room)
        if directory is None or reacts_at(directory, room):
            return directory is not None
        return taken_from is not None and await self._reacting.waits(room, taken_from, directory)

    async def _known(self, room: Address) -> Directory | None:
        directory = self._directories.fresh(room)
        if directory is None and not self._directories.is_nowhere(room):
            return await asyncio.to_thread(self._directories.look_up, room)
        return directory

    async def _heard(self, turn: Turn) -> View | FormErrors | None:
        if isinstance(turn.act, Said) and not turn.act.called:
            return await self._overhearing.hear(turn, self._mouth)
        await self._check_told(turn)
        spot = await self._spots.of(turn)
        if spot.among:
            return await self._of_several(spot)
        return await self._answered(*await self._listening.heard(spot))

    async def _answered(self, spot: Spot, reading: Reading) -> View | FormErrors | None:
        try:
            return await self._chosen(spot, reading)
        except Unsure as unsure:
            return await self._choosing.ask(unsure)

    async def _chosen(self, spot: Spot, reading: Reading, chosen: tuple[str, ...] = ()) -> View | FormErrors | None:
        """The answer to a reading, in which `chosen` stands where several fit. Raises Unsure where nobody chose yet."""
        try:
            return await self._meant(spot, reading)
        except WhichOne as which:
            assert isinstance(reading, (Understood, Incomplete, Namesakes))
            unsure = Unsure(spot, reading, which)
        one = next((choice.value for choice in unsure.which.choices if choice.value in chosen), None)
        heard = self._choosing.chosen(unsure, one) if one is not None else None
        if heard is None:
            raise unsure
        return await self._chosen(*heard, chosen)

    async def _meant(self, spot: Spot, reading: Reading) -> View | FormErrors | None:
        match reading:
            case AskedForHelp(noun):
                return self._help(spot, noun)
            case Ambiguous(readings):
                return await self._choice(spot, readings)
            case Namesakes():
                raise await self._choosing.between(spot, reading)
            case Incomplete(kind, values):
                await self._forms.check(spot, kind, values)
                return await self._forms.ask(spot, Ask(kind, values))
            case Understood(message):
                return await self._say(spot, message)

    async def _of_several(self, spot: Spot) -> View | FormErrors | None:
        """A direct message that names none of its speaker's transfers: one answer for all of them, or a choice."""
        heard = self._listening.heard_among(spot)
        there, reading = heard[0]
        match reading:
            case AskedForHelp(noun):
                return self._help(spot, noun)
            case Understood() | Incomplete() if issubclass(reading.kind, ROOMLESS):
                return await self._answered(spot, reading)
            case Understood(message=Question(joins=True) as question):
                return await self._several.joined(spot, question, self._answer)
        if transfer_named(reading) is not None:  # one of theirs that is closed, or none
            return await self._answered(*await self._listening.heard(there))
        ways = await asyncio.to_thread(self._several.which, heard)
        if all(way.says for way in ways):
            return self._answers.which(ways)
        line = await self._choosing.keep(spot, HOUSE)
        ways = [way if way.says else replace(way, says=f"{way.code}/line here {line}") for way in ways]
        return self._answers.which(ways, shown_of(spot.turn))

    def _help(self, spot: Spot, noun: str | None) -> View:
        actors = [
            self._door.actor(spot.turn.account, one.directory or Directory(HOUSE, 0)) for one in spot.among or (spot,)
        ]
        roles = frozenset[str]().union(*(actor.roles for actor in actors))
        may: Callable[[type[Message]], bool] = lambda kind: self._may(kind, roles)  # noqa: E731
        view = help_for(self._listening.grammar, may, noun, self._door.words.translate)
        view = replace(
            view,
            codes=tuple(one.facts.code for one in spot.among),
            here=bool(spot.among or spot.directory),
            member="member" in roles,
            opens=may(OpenTransfer),
        )
        return self._answers.help(view, spot.hearing.zone)

    def _may(self, kind: type[Message], roles: frozenset[str]) -> bool:
        return self._door.roles.role_for(kind.needs, roles) is not None

    async def _say(self, spot: Spot, message: Message) -> View | FormErrors | None:
        if isinstance(message, OpenTransfer):
            return await self._open(spot, message)
        if isinstance(message, AddOwnRoom) and spot.directory is None:
            known = await asyncio.to_thread(self._directories.transfers_of, spot.turn.account.identity)
            return await self._through_the_door(spot, message, transfer_meant(message.code, known))
        if isinstance(message, JoinTransfer):
            async with admission(spot.turn, message.code, spot.directory, self._asking, self._writer) as transfer:
                return await self._through_the_door(spot, message, transfer)
        try:
            self._spots.check(spot, type(message))
        except NotAllowed:
            if not self._waits(spot, message):
                raise
            return await self._hold(spot)
        assert spot.directory is not None
        if isinstance(message, Question):
            return await self._answer(spot, message)
        assert isinstance(message, Command)
        if isinstance(message, PlaceLine):
            return await self._through_the_door(spot, message, HOUSE)
        return await self._through_the_door(_as_captured(spot, message), message, spot.directory.transfer)

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
        view = self._answers.drawn(markup, spot.transfer)
        return view if spot.turn.aloud else self.own_cards.for_one(view, spot.turn.account, spot.directory)

    async def _open(self, spot: Spot, message: OpenTransfer) -> View | FormErrors | None:
        if spot.directory is not None:
            raise Refused(msg("{code} lives in this room already; a room belongs to one transfer."), code=spot.transfer)
        house = await asyncio.to_thread(self._directories.look, HOUSE)
        self._door.roles.check(message.needs, self._door.actor(spot.turn.account, house), house)
        taken = await asyncio.to_thread(self._directories.codes)
        code = TransferId(message.code.upper()) if message.code else code_for(message.title, taken)
        return await self._through_the_door(spot, message, code)

    def _waits(self, spot: Spot, message: Message) -> bool:
        """Whether it is kept until somebody says who its speaker is: what is pressed, only where it speaks of them."""
        pressed = isinstance(spot.turn.act, Pressed)
        return self._is_stranger(spot) and isinstance(message, Command) and (message.of_oneself or not pressed)

    def _is_stranger(self, spot: Spot) -> bool:
        directory = spot.directory
        person = directory.by_identity.get(spot.turn.account.identity) if directory else None
        return directory is not None and (person is None or not directory.members[person].active)

    async def _check_told(self, turn: Turn) -> None:
        """Refuse somebody of whom the platform did not tell who speaks, but for one who is known by that account."""
        account = turn.account
        if account.doubt and not await asyncio.to_thread(self._directories.transfers_of, account.identity):
            check_told(account)

    async def _hold(self, spot: Spot, verb: str = "") -> View | FormErrors | None:
        turn = spot.turn
        check_told(turn.account)
        match turn.act:
            case Said() as said:
                pressed = False
            case Pressed(says):  # a button's sentence could have been typed; pressed again, it waits once
                said, pressed = Said(says, captured=says), True
            case Filled():
                raise NotAllowed(NO_MEMBER)
        kept = keep(turn, said, spot.hearing.now, as_text=bool(verb))
        command = HoldLine(text=kept.words, turn=msgspec.json.encode(kept).decode(), verb=verb, once=pressed)
        held = replace(turn, delivery=f"{'choose' if verb else 'hold'}:{turn.delivery}")
        assert spot.directory is not None
        return await self._through_the_door(replace(spot, turn=held), command, spot.directory.transfer)

    async def _choice(self, spot: Spot, readings: tuple[Understood | Incomplete, ...]) -> View | FormErrors | None:
        """Both readings hold: the line is kept and two buttons ask; neither carries what the person typed."""
        return await self._hold(spot, verb=_verb_alone(readings[0], spot))

    async def _through_the_door(self, spot: Spot, command: Command, transfer: TransferId) -> View | FormErrors | None:
        turn = spot.turn
        sentence = self._sentence(spot, command) if isinstance(turn.act, Filled) else ""
        origin = origin_of(turn, spot.hearing.now, sentence)
        if spot.held is not None:
            origin = replace(origin, held=spot.held)
        envelope = Envelope(command, turn.delivery, transfer, turn.account, origin, aloud=turn.aloud)
        reply = await self._writer.say(envelope)
        if reply.again and isinstance(turn.act, Said) and turn.act.message is not None:
            return None  # a message arrives in several events, and the first was answered
        await self._sent.check_own(spot, command, reply)
        if reply.hear is not None:
            return await self._hear_kept(reply.hear, spot, transfer)
        if reply.ask is not None:
            return await self._forms.ask(spot, asked_anew(reply.ask, command, turn))
        return self._answers.reply(reply, transfer, quiet=_seen_in_room(turn, reply))

    def _sentence(self, spot: Spot, command: Command) -> str:
        """What a person would have typed in place of the form: the words that its record keeps as its source."""
        return sentence_for(type(command), vars(command), spot.hearing)

    async def _hear_kept(self, hear: Hear, spot: Spot, kept_in: TransferId) -> View | FormErrors | None:
        """Hear kept turns, each as its author's; a line that still makes no record goes on waiting."""
        heard = [(held.line, await self._hear_again(held, spot, kept_in)) for held in hear.turns]
        return heard[0][1] if len(heard) == 1 else self._answers.heard(heard)

    async def _heard_then(self, kept: Kept, held: HeldTurn, by: Spot, transfer: TransferId) -> View | FormErrors | None:
        """What a kept turn says in a transfer; its “by Friday” is the Friday after it was said. Raises Unsure."""
        spot = await self._spots.of(kept.turn, transfer)
        if not kept.said.called:
            spot = replace(spot, hearing=replace(spot.hearing, now=kept.heard_at))
            return await self._overhearing.again(spot, self._mouth)
        spot, reading = await self._listening.heard(replace(spot, hearing=replace(spot.hearing, now=kept.heard_at)))
        if kept.as_text and isinstance(reading, Ambiguous):
            reading = reading.readings[-1]
        who = by.turn.account
        spot = replace(spot, held=HeldBy(held.line, str(who.identity), who.name))
        return await self._chosen(spot, reading, held.chosen)

    async def _hear_again(self, held: HeldTurn, spot: Spot, kept_in: TransferId) -> View:
        kept = msgspec.json.decode(held.turn, type=Kept)
        assert spot.transfer is not None
        try:
            view = await self._heard_then(kept, held, spot, spot.transfer)
        except Unsure as unsure:
            if kept_in == spot.transfer:
                return await self._choosing.ask(unsure, held.line, held.chosen)
            view = await self._choosing.ask(unsure)  # it is kept anew, in the transfer that it belongs to
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
        assert not isinstance(view, FormErrors)
        with suppress(Refused):  # it was noted already; or Tandem is busy, and the next press notes it
            note = NoteLineRecorded(line=held.line)
            await self._writer.say(Envelope(note, f"recorded:{new_id()}", kept_in, SYSTEM))
        return view or self._answers.done(spot.transfer)


def _as_captured(spot: Spot, message: Message) -> Spot:
    """Several people may fill in a form for one message: all of them do one act, and the second hears what it made."""
    if not isinstance(message, CaptureMessage | CaptureAll) or not message.pick:
        return spot
    return replace(spot, turn=replace(spot.turn, delivery=f"captured:{message.pick}"))


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


def _verb_alone(reading: Understood | Incomplete, spot: Spot) -> str:
    """The verb reading as a button may carry it: noun, verb and references, without any words of the speaker."""
    said = verb_with(reading.kind, reading.values)
    return said if reading.transfer in (None, spot.transfer) else f"{reading.transfer}/{said}"

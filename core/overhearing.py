"""Lines that do not call Tandem, heard while a meeting runs: a sentence all the same, a record, a proposal, or talk."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from weakref import WeakValueDictionary

from core.card_threads import CardThreads, Replied
from core.features.capture.confirming import ConfirmProposal
from core.features.capture.listening import reads_at, relays_at
from core.features.capture.making import Proposed, command_for
from core.features.capture.offering import ACCEPT, BY_WHEN, CANCEL, DONE, OWNER, OfferSentence
from core.features.capture.proposing import ChangeProposal, ProposeRecords
from core.features.capture.reacting import reacts_at
from core.features.capture.relaying import RelayLine
from core.kernel.access import NATURAL, OFF, SYSTEM, Actor
from core.kernel.door import Door, Envelope, Reply
from core.kernel.errors import Refused
from core.kernel.ids import Account, Audience, PersonId, Ref
from core.kernel.messages import Command, Due, Question
from core.kernel.turn import MENTION, Address, Said, Turn
from core.kernel.writer import Writer
from core.listening import Listening
from core.origins import origin_of
from core.overheard import Overheard, Overhears, in_words, person_of
from core.release import software
from core.rules.reading.replies import AGREED
from core.speech import Reading as Heard
from core.speech import Understood
from core.spots import Spot, Spots
from core.turn_views import FormErrors
from core.view import View

log = logging.getLogger("tandem.turns")

LEFT_ALONE = re.compile(r"\s*(?:\[off\]|/me(?!\w))", re.IGNORECASE)
"""How a line begins that is not read."""
_CLAIMS = {"done": DONE, "started": ACCEPT, "accepted": ACCEPT}
_CHANGES = {"cancel": CANCEL, "owner": OWNER, "due": BY_WHEN}


Answer = View | FormErrors | None
Then = Callable[[], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Becomes:
    """What a line becomes: commands, said by its speaker or by Tandem itself, or a sentence that is offered."""

    commands: Sequence[Command] = ()
    speaker: Account | Actor = SYSTEM
    offer: OfferSentence | None = None


@dataclass(frozen=True, slots=True)
class Mouth:
    """What is said and done about a line as if it had called Tandem; the ears lend it."""

    answer: Callable[[Spot, Heard], Awaitable[Answer]]
    hold: Callable[[Spot], Awaitable[Answer]]
    ask: Callable[[Spot, Question], Awaitable[View]]


async def _nothing() -> None:
    """What most lines come to."""


class Overhearing:
    """Hears lines of talk, each room's in the order in which they arrive."""

    def __init__(  # noqa: PLR0913 - what it hears with
        self, door: Door, writer: Writer, spots: Spots, listening: Listening, overhears: Overhears, cards: CardThreads
    ) -> None:
        self._door, self._writer, self._cards = door, writer, cards
        self._spots, self._listening, self._overhears = spots, listening, overhears
        kinds = door.registry.messages.values()
        self._sentences = tuple(kind.says.lower() for kind in kinds if kind.overheard and kind.says)
        self._queues: WeakValueDictionary[Address, asyncio.Lock] = WeakValueDictionary()

    async def hear(self, turn: Turn, mouth: Mouth) -> Answer:
        """What comes of a line, if anything does."""
        said = turn.act
        if not isinstance(said, Said) or LEFT_ALONE.match(said.text):
            return None
        if said.text.count(MENTION) != len(said.mentions):  # somebody typed what stands for a person
            return None
        async with self._queues.setdefault(turn.room, asyncio.Lock()):
            spot = await self._spots.at_home(turn)
            then = await self._begun(spot, mouth) if spot is not None else _nothing
        return await then()

    async def again(self, spot: Spot, mouth: Mouth) -> Answer:
        """A line that was held, now that its speaker is known: what was marked as a record is one now."""
        sentence = self._sentence(spot)
        if sentence is not None:
            return await mouth.answer(spot, sentence)
        overheard = await self._overhears.read(spot)
        return await self._tagged(spot, overheard)() if overheard.reading.tagged else None

    async def _begun(self, spot: Spot, mouth: Mouth) -> Then:
        """Read a line and hand what it becomes to the writer, so that the next one comes after it."""
        assert spot.directory is not None
        if not self._belongs(spot):
            return _nothing
        mode = reads_at(spot.directory, spot.turn.room)
        card = await self._cards.card_of(spot.directory, spot.turn.room, spot.turn.thread, spot.turn.quotes)
        if card is not None and (replied := self._cards.reply(spot, card)) is not None:
            return partial(_replied, spot, replied, mouth)
        if mode == OFF:
            if reacts_at(spot.directory, spot.turn.room):
                self._overhears.keep_unread(spot)
            return await self._about(spot, card, mouth) if card is not None else _nothing
        sentence = self._sentence(spot)
        if sentence is not None:
            return partial(mouth.answer, spot, sentence)
        overheard = await self._overhears.read(spot)
        then = self._made(spot, overheard, mouth, mode, card)
        early = self._overhears.answered_early(spot.turn)
        return partial(self._and_answers, then, early) if early else then

    def _made(self, spot: Spot, overheard: Overheard, mouth: Mouth, mode: str, card: Ref | None) -> Then:
        """What a line becomes that was read."""
        if overheard.reading.tagged:
            return self._tagged(spot, overheard) if overheard.person else partial(mouth.hold, spot)
        carried = self._talk(spot)
        if mode == NATURAL and overheard.person and self._may_answer(spot):
            return partial(_first_of, self._natural(spot, overheard, mouth, card), carried)
        return carried

    async def _and_answers(self, then: Then, early: Sequence[Turn]) -> Answer:
        """What comes of a line, and then of those that answer it and arrived before it."""
        answer = await then()
        for turn in early:
            async with self._queues.setdefault(turn.room, asyncio.Lock()):
                spot = await self._spots.at_home(turn)
                replies = await self._read_late(spot) if spot is not None else []
            await _quietly(replies)
        return answer

    async def _read_late(self, spot: Spot) -> list[Future[Reply]]:
        """Read a line once more, now that what it answers is known. Nothing is offered: its own answer was given."""
        assert spot.directory is not None
        reads = reads_at(spot.directory, spot.turn.room) == NATURAL and self._belongs(spot)
        if not reads or person_of(spot) is None or not self._may_answer(spot):
            return []
        overheard = await self._overhears.read(spot)
        return self._submit(spot, _becomes(overheard, replied=spot.turn.thread is not None))

    async def _about(self, spot: Spot, card: Ref, mouth: Mouth) -> Then:
        """A reply to a record's card while no meeting runs: it says something of the record, or is left alone."""
        if not self._cards.reads_talk(spot) or person_of(spot) is None or not self._may_answer(spot):
            return _nothing
        overheard = await self._overhears.read(spot)
        offer = _becomes(overheard, replied=True).offer if overheard.made.record == card else None
        return self._offer(spot, offer, overheard, mouth, card) if offer is not None else _nothing

    def _sentence(self, spot: Spot) -> Heard | None:
        """The sentence that a line is though it calls nobody; talk that only begins with its words is none."""
        said = spot.turn.act
        text = said.text.lstrip().lower() if isinstance(said, Said) else ""
        if not any(_begins(text, says) for says in self._sentences):
            return None
        try:
            reading = self._listening.read(spot)
        except Refused:
            return None
        return reading if isinstance(reading, Understood) and reading.kind.overheard else None

    def _belongs(self, spot: Spot) -> bool:
        """Whether the speaker may know of the room: a guest of the other company in a company's own says nothing."""
        assert spot.directory is not None
        here, person = spot.directory.audience_at(spot.turn.room), person_of(spot)
        return person is None or here == Audience.JOINT or spot.directory.own(spot.directory.side_of(person)) == here

    def _may_answer(self, spot: Spot) -> bool:
        """Whether the speaker could confirm what is proposed to them."""
        assert spot.directory is not None
        actor = self._door.actor(spot.turn.account, spot.directory)
        return self._door.roles.role_for(ConfirmProposal.needs, actor.roles) is not None

    def _tagged(self, spot: Spot, overheard: Overheard) -> Then:
        """Record at once, by the same commands as sentences."""
        commands = [command_for(one, self._door.words.translate) for one in overheard.marked]
        replies = self._submit(spot, Becomes(commands, spot.turn.account))
        return partial(_settled, replies)

    def _natural(self, spot: Spot, overheard: Overheard, mouth: Mouth, card: Ref | None) -> Then:
        becomes = _becomes(overheard, replied=spot.turn.thread is not None)
        replies = self._submit(spot, becomes)
        if becomes.offer is not None:
            offered = self._offer(spot, becomes.offer, overheard, mouth, card)
            return partial(_first_of, offered, partial(_quietly, replies))
        return partial(_quietly, replies)

    def _offer(self, spot: Spot, offer: OfferSentence, overheard: Overheard, mouth: Mouth, card: Ref | None) -> Then:
        """Offer a sentence. Who asks for a change below a record's card, and may not, hears why."""
        if card == offer.record and overheard.reading.change is not None:
            return partial(_replied, spot, self._cards.instead(offer, spot), mouth)
        return partial(_offered, mouth.ask(spot, offer))

    def _talk(self, spot: Spot) -> Then:
        """Carry a line that makes no record to the other rooms of the meeting, where that is wanted."""
        said, directory = spot.turn.act, spot.directory
        assert isinstance(said, Said)
        assert directory is not None
        if not relays_at(directory, spot.turn.room) or not said.text.strip():
            return _nothing
        person = person_of(spot)
        name = directory.known_as(person) if person else spot.turn.account.name
        line = RelayLine(name=name, person=person, text=in_words(said))
        return partial(_quietly, self._submit(spot, Becomes([line]), "relay:"))

    def _submit(self, spot: Spot, becomes: Becomes, prefix: str = "") -> list[Future[Reply]]:
        """Queue the commands now. A line waits as long as it has to: nobody would say it again."""
        assert spot.directory is not None
        turn, transfer = spot.turn, spot.directory.transfer
        origin, first = origin_of(turn, spot.hearing.now), f"{prefix}{turn.delivery}"
        replies = []
        for number, command in enumerate(becomes.commands, 1):
            command_id = first if number == 1 else f"{first}/{number}"
            envelope = Envelope(command, command_id, transfer, becomes.speaker, origin, aloud=turn.aloud)
            replies.append(self._writer.submit(envelope, patience=None))
        return replies


def _begins(text: str, says: str) -> bool:
    """Whether a line begins with these words, and not in the middle of one."""
    after = text[len(says) : len(says) + 1]
    return text.startswith(says) and not (says[-1].isalnum() and after.isalnum())


def _becomes(overheard: Overheard, replied: bool) -> Becomes:
    """What a natural line becomes. What it says of something that exists is offered or changes a proposal."""
    reading, made, person = overheard.reading, overheard.made, overheard.person
    assert person is not None
    told = _about(overheard, person) if reading.claim is not None or reading.change is not None else Becomes()
    if not reading.items:
        return told
    changes = overheard.changes
    if changes and made.proposal is None:
        owners = overheard.proposed(changes[0]).owners
        return Becomes(offer=OfferSentence(record=made.record or Ref(""), what=ACCEPT, owners=owners))
    commands: list[Command] = []
    for item in changes:
        one = overheard.proposed(item)
        assert made.proposal is not None
        commands.append(
            ChangeProposal(proposal=made.proposal, by=person, owners=one.owners, due=one.due, replied=replied)
        )
    offer, new = _agreeing(overheard)
    if new:
        answers = (overheard.answered.message if overheard.answered else None) or ""
        propose = ProposeRecords(author=person, said=overheard.said, items=new, software=software(), answers=answers)
        commands.append(propose)
    return Becomes(commands, offer=offer or told.offer)


def _agreeing(overheard: Overheard) -> tuple[OfferSentence | None, tuple[Proposed, ...]]:
    """What a line that says yes to what is a decision already is offered, and what it says besides."""
    new, decision = overheard.new, overheard.made.agreed
    left = tuple(one for one in new if one.rule != AGREED)
    if decision is None or left == new:
        return None, new
    return OfferSentence(record=decision, what=ACCEPT), left


def _about(overheard: Overheard, person: PersonId) -> Becomes:
    """What somebody says became of a record, or wants changed of it."""
    claim, change, made = overheard.reading.claim, overheard.reading.change, overheard.made
    if claim is not None:
        ref, what = Ref(claim.reference) or made.record, _CLAIMS.get(claim.status)
        if ref is None and made.proposal is not None and what == ACCEPT:
            return Becomes([ChangeProposal(proposal=made.proposal, by=person)])
        return Becomes(offer=OfferSentence(record=ref, what=what)) if ref and what else Becomes()
    assert change is not None
    ref, what = Ref(change.reference) or made.record, _CHANGES.get(change.field)
    if not ref or not what:
        return Becomes()
    owners = tuple(PersonId(one) for one in change.owners)
    due = Due(change.due.day, change.due.at, change.due.ask) if change.due else None
    return Becomes(offer=OfferSentence(record=ref, what=what, owners=owners, due=due))


async def _first_of(main: Then, beside: Then) -> Answer:
    """What comes of a line, once what goes on beside it is done as well."""
    answer = await main()
    await beside()
    return answer


async def _settled(replies: Sequence[Future[Reply]]) -> None:
    """Wait until each is committed. Raises what the first was refused with."""
    done = await asyncio.gather(*map(asyncio.wrap_future, replies), return_exceptions=True)
    for one in done:
        if isinstance(one, BaseException):
            raise one


async def _quietly(replies: Sequence[Future[Reply]]) -> None:
    """The same for what nobody asked for: a refusal is nobody's concern."""
    try:
        await _settled(replies)
    except Refused as refused:
        log.info("a line came to nothing: %s", refused)


async def _replied(spot: Spot, replied: Replied, mouth: Mouth) -> Answer:
    """A sentence that is carried out, or first offered; where there is no such offer, what refuses the sentence."""
    if replied.offer is not None:
        try:
            return await mouth.ask(spot, replied.offer)
        except Refused as refused:
            log.info("nothing is offered: %s", refused)
    return await mouth.answer(spot, replied.sentence)


async def _offered(asked: Awaitable[View]) -> View | None:
    """The sentence that does what a line says; nothing where there is none that its speaker could say."""
    try:
        return await asked
    except Refused:
        return None

"""Replies in the thread of a record's card: a sentence about the record, said without its reference."""

from __future__ import annotations

import asyncio
import re
import unicodedata
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from core.features.actions.handing import ReassignAction
from core.features.capture.circle import shown_at
from core.features.capture.offering import ACCEPT, BY_WHEN, CANCEL, OWNER, OfferSentence
from core.kernel.access import NATURAL, OFF, SYSTEM, Directory
from core.kernel.asking import Asking
from core.kernel.errors import Refused
from core.kernel.ids import SERIES, PersonId, Ref
from core.kernel.turn import MENTION, Address, Said
from core.listening import Listening
from core.overheard import person_of
from core.rules.card_replies import REASSIGN, RECORDS, CardReply, card_replies
from core.rules.typography import in_quotes
from core.speech import Reading as Heard
from core.speech import Understood
from core.spots import Spot

HEADS = RECORDS | {"MTG"}
"""Whose cards head a thread that is read: records, and meetings, below whose post their cards stand in Teams."""
_REFERENCE = rf"(?P<ref>(?:{'|'.join(sorted(RECORDS))})-{SERIES}\d{{3,}})"
_FIRST = re.compile(rf"\s*{_REFERENCE}(?:\s*[:,–-]\s*|\s+)(?P<rest>\S.*)", re.IGNORECASE | re.DOTALL)
_LAST = re.compile(rf"\s*(?P<rest>\w[\w ]{{2,30}}?)\s+{_REFERENCE}\s*[.!]*\s*\Z", re.IGNORECASE)
MOST = 2000
"""Cards whose messages are remembered."""


@dataclass(frozen=True, slots=True)
class Replied:
    """What a reply says: a sentence to be carried out, or first an offer of it, as something is missing or was said
    loosely; who may not say it hears why."""

    sentence: Heard
    offer: OfferSentence | None = None


@dataclass(frozen=True, slots=True)
class CardThreads:
    """Finds the record, or meeting, whose card a thread is of, and reads what is said there. Also while no meeting
    runs: whoever replies to Tandem's card speaks to it."""

    asking: Asking
    listening: Listening
    known: OrderedDict[tuple[Address, str], Ref] = field(default_factory=OrderedDict)

    async def card_of(
        self, directory: Directory, address: Address, thread: str | None, quotes: str | None = None
    ) -> Ref | None:
        """The record whose card a reply quotes, or else whose card stands at the head of its thread, where the room is
        read at all."""
        room = directory.room_at(address)
        if room is None or not room.open or room.listen == OFF:
            return None
        for message in (quotes, thread):
            found = await self._at(directory, address, message) if message is not None else None
            if found is not None:
                return found
        return None

    async def _at(self, directory: Directory, address: Address, message: str) -> Ref | None:
        found = self.known.get((address, message))
        if found is None:
            found = await asyncio.to_thread(self._look, directory, address, message)
        if found is not None:
            self.known[(address, message)] = found
            if len(self.known) > MOST:
                self.known.popitem(last=False)
        return found

    def _look(self, directory: Directory, address: Address, message: str) -> Ref | None:
        with self.asking.reads(directory, SYSTEM) as reads:
            found = shown_at(message, address, reads)
        return found if found is not None and found.partition("-")[0] in HEADS else None

    def reads_talk(self, spot: Spot) -> bool:
        """Whether what is said loosely is read there, too."""
        assert spot.directory is not None
        room = spot.directory.room_at(spot.turn.room)
        return room is not None and room.listen == NATURAL

    def reply(self, spot: Spot, card: Ref) -> Replied | None:
        """What a reply says in so many words; None for talk. Raises Refused for a sentence that cannot be read.

        Where many cards stand below one, as those of a meeting do in Teams, it names the record: `DEC-003 agree`.
        """
        said = spot.turn.act
        assert isinstance(said, Said)
        if person_of(spot) is None:
            return None
        card, text = _named_in(said.text, card)
        for one in card_replies(text, card.partition("-")[0]):
            if one.verb == REASSIGN:
                if (given := self._given(one, card, spot)) is not None:
                    return given
            elif one.whole:
                return Replied(self._heard(_sentence(one, card), spot))
            else:
                return Replied(self._heard(f"{one.says} {card}", spot), OfferSentence(record=card, what=one.verb))
        return None

    def instead(self, offer: OfferSentence, spot: Spot) -> Replied:
        """An offer, with the sentence whose refusal tells why somebody is not offered it."""
        people = " ".join(f"@{person}" for person in offer.owners)
        day = f"by {offer.due.day.isoformat()}" if offer.due is not None else ""
        says = {
            BY_WHEN: f"correct {offer.record} {day}",
            OWNER: f"action reassign {offer.record} {people}",
            CANCEL: f"action cancel {offer.record}",
            ACCEPT: f"action accept {offer.record}",
        }
        sentence = says.get(offer.what, f"action {offer.what} {offer.record}")
        silent = replace(spot, turn=replace(spot.turn, act=Said(sentence.strip(), called=False)))
        return Replied(self.listening.read(silent), offer)

    def _given(self, one: CardReply, card: Ref, spot: Spot) -> Replied | None:
        """“Not me, Priya”: offered, where it names members."""
        assert spot.directory is not None
        called = _named(one.rest, spot.directory.active_names)
        try:
            heard = self._heard(_sentence(replace(one, rest=called or one.rest), card), spot)
        except Refused:
            return None
        message = heard.message if isinstance(heard, Understood) else None
        if not isinstance(message, ReassignAction):
            return None
        return Replied(heard, OfferSentence(record=card, what=OWNER, owners=message.owners))

    def _heard(self, sentence: str, spot: Spot) -> Heard:
        said = spot.turn.act
        assert isinstance(said, Said)
        mentions = said.mentions if sentence.count(MENTION) == len(said.mentions) else ()
        act = Said(sentence, mentions, called=False)
        return self.listening.read(replace(spot, turn=replace(spot.turn, act=act)))


def _named_in(text: str, card: Ref) -> tuple[Ref, str]:
    """The record that a reply is about, and what it says: one that it names goes before the card's."""
    found = _FIRST.match(text) or _LAST.match(text)
    return (Ref(found["ref"].upper()), found["rest"]) if found else (card, text)


def _named(said: str, names: Mapping[PersonId, str]) -> PersonId | None:
    """The one member who is called so, by first or whole name, with or without accents."""
    wanted = _folded(said)
    found = [one for one, name in names.items() if wanted in (_folded(name), _folded(name).partition(" ")[0])]
    return found[0] if len(found) == 1 else None


def _folded(name: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(sign))


def _sentence(reply: CardReply, card: Ref) -> str:
    match reply.takes:
        case "":
            return f"{reply.says} {card}"
        case "text":
            return f"{reply.says} {card} {in_quotes(reply.rest)}"
        case "owner":
            return f"{reply.says} {card} {reply.rest if MENTION in reply.rest else f'@{reply.rest}'}"
        case named:
            return f"{reply.says} {card} {named}:{in_quotes(reply.rest)}"

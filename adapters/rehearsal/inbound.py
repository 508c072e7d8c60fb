"""What a person does in the rehearsal room becomes a turn, and the core's answer is shown to that person alone."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from adapters.rehearsal import keeping
from adapters.rehearsal.cast import PLATFORM, SIDES, Cast, Player, tenant
from adapters.rehearsal.rooms import ACT, ANSWER, SAID, Entry, Line, Rooms
from core.api import (
    Account,
    Address,
    Card,
    Core,
    Filled,
    Form,
    FormErrors,
    Notice,
    Place,
    Plain,
    Pressed,
    Said,
    Sentence,
    Text,
    Tone,
    Turn,
    called,
    msg,
    plain,
)

CALL = re.compile(r"\s*(?:/tt|@tandem)(?:[,:]?\s+|\s*$)", re.IGNORECASE)
"""What calls Tandem: any other line of a room is talk."""

COMMAND = "/tt "
_NEARLY = re.compile(r"\s*(?:/(?!me\b)\w|tt\s|help\s*$)", re.IGNORECASE)
"""A line that was meant for Tandem and does not call it: silence would teach nobody how."""
UNCALLED = msg("Nothing was recorded: in a room Tandem takes what begins with its call. What it can do is told by:")

Answer = Card | Form | Notice | FormErrors | None


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody in one room of one rehearsal, or (`direct`) in their own conversation with Tandem."""

    player: Player
    side: str
    rehearsal: int = 1
    direct: bool = False

    @property
    def room(self) -> Address:
        """Where they speak."""
        return self.player.direct(self.rehearsal) if self.direct else room(self.side, self.rehearsal)

    @property
    def companions(self) -> tuple[Address, ...]:
        """The other company's room of the same rehearsal."""
        if self.direct:
            return ()
        return tuple(room(side, self.rehearsal) for side in SIDES if side != self.side)


@dataclass(frozen=True, slots=True)
class Submitted:
    """A form as the page sends it; `says` is the sentence that the form stands for."""

    message: str
    given: str
    says: str
    values: Mapping[str, str | tuple[str | Account, ...]]
    place: Place | None = None


def room(side: str, rehearsal: int = 1) -> Address:
    """One company's room of a rehearsal."""
    return Address(PLATFORM, tenant(rehearsal), side if rehearsal == 1 else f"{side}-{rehearsal}")


def call_in(room: Address) -> str:
    """What a sentence to type begins with there: nothing where one speaks to Tandem alone."""
    return "" if room.direct else COMMAND


class Inbound:
    """Hands turns to the core, shows what was said, and what was answered to whoever it was answered to."""

    def __init__(self, core: Core, rooms: Rooms, cast: Cast, site: str = "") -> None:
        self._core, self._rooms, self._cast, self._site = core, rooms, cast, site

    async def say(self, seat: Seat, text: str, message_id: str, replies_to: int | None = None) -> Answer:
        """A line of chat. The browser's `message_id` makes a line that was sent twice one line and one record.

        Raises StoreDown when nothing can be recorded; the line stands in the room, and sending it again is safe.
        """
        shown = whole(text)
        thread = self._root(seat, replies_to)
        entry = Entry(seat.room, SAID, f"say:{message_id}", shown, seat.player.slug, thread=thread)
        line = self._rooms.add(entry, self._core.clock.now())
        called = CALL.match(shown) is not None or seat.direct
        if not called and _NEARLY.match(shown):
            await self.show(seat, self._uncalled(), message_id)
            return None
        if not called and not await self._core.listens(seat.room, _thread(line)):
            return None
        answer = await self._hear(seat, message_id, self._said(line, text, called), _thread(line))
        if called and is_taken(answer):
            self._rooms.mark_taken(line.id)
        return answer

    def turn_of(self, line: Line) -> Turn | None:
        """A line that somebody said as that person's own turn, when it was said, though it called nobody."""
        player = self._cast.by_slug.get(line.entry.author or "")
        if player is None:
            return None
        said = self._said(line, line.entry.body, called=False)
        by, delivery = player.account(line.rehearsal), line.entry.key.removeprefix("say:")
        return Turn(f"rehearsal:{delivery}", line.entry.room, by, line.at, said, _thread(line))

    def _said(self, line: Line, text: str, called: bool) -> Said:
        """What a line says, without its call."""
        shown = line.entry.body
        call = CALL.match(shown)
        words, mentions = self._cast.heard(shown[call.end() :] if call else shown, line.rehearsal)
        return Said(words, mentions, text, str(line.id), f"{self._site}/rehearsal#line-{line.id}", called)

    def _root(self, seat: Seat, replies_to: int | None) -> int | None:
        """The line at the head of the thread that a reply belongs to; None where there is no such line here."""
        line = self._rooms.line(replies_to) if replies_to is not None else None
        if line is None or line.entry.room != seat.room or line.entry.only_for is not None:
            return None
        return line.entry.thread or line.id

    def _uncalled(self) -> Notice:
        return Notice(Tone.WARN, (Text((Plain(f"{self._core.say(UNCALLED)} "), Sentence("help"))),), training=True)

    async def press(self, seat: Seat, says: str, place: Place | None, press_id: str) -> Answer:
        """A button. Raises StoreDown."""
        answer = await self._hear(seat, press_id, Pressed(says, place))
        self._remember(seat, says, press_id, answer)
        return answer

    async def fill(self, seat: Seat, form: Submitted, fill_id: str) -> Answer:
        """A form. FormErrors go back into it, as a refusal does: it is sent again under another id, nothing retyped."""
        filled = Filled(form.message, form.given, form.values, form.place)
        answer = await self._hear(seat, fill_id, filled)
        self._remember(seat, CALL.sub("", form.says, count=1), fill_id, answer)
        return answer

    async def _hear(self, seat: Seat, delivery: str, act: Said | Pressed | Filled, thread: str | None = None) -> Answer:
        turn = Turn(
            f"rehearsal:{delivery}", seat.room, seat.player.account(seat.rehearsal), self._core.clock.now(), act,
            thread, room_name=self._cast.companies[seat.side], companions=seat.companions,
        )  # fmt: skip
        answer = await self._core.hear(turn)
        if isinstance(act, Filled) and isinstance(answer, Notice) and not is_taken(answer):
            told = called(answer, call_in(seat.room)).blocks
            return FormErrors({"": " ".join(plain(block.spans) for block in told if isinstance(block, Text))})
        if isinstance(answer, Card | Notice) and not _stands_there(act, answer):
            await self.show(seat, answer, delivery)
        return answer

    async def show(self, seat: Seat, answer: Card | Notice, delivery: str) -> None:
        """Show an answer to whoever acted, and to nobody else."""
        slug = seat.player.slug
        accounts = json.dumps(dict(await self._core.accounts(seat.room)))
        entry = Entry(seat.room, ANSWER, f"answer:{delivery}", keeping.write(answer), None, slug, accounts)
        now = self._core.clock.now()
        line = self._rooms.add(entry, now)
        if line.entry.body != entry.body:
            self._rooms.change(line.id, entry, now)

    def _remember(self, seat: Seat, says: str, act_id: str, answer: Answer) -> None:
        if is_taken(answer):
            entry = Entry(seat.room, ACT, f"act:{act_id}", whole(says), seat.player.slug)
            self._rooms.mark_taken(self._rooms.add(entry, self._core.clock.now()).id)


def _thread(line: Line) -> str | None:
    return str(line.entry.thread) if line.entry.thread is not None else None


def _stands_there(act: Said | Pressed | Filled, answer: Card | Notice) -> bool:
    """Whether what was pressed changes in its place, so that the answer would say it twice."""
    place = act.place if isinstance(act, Pressed) else None
    return isinstance(answer, Card) and answer.instead and place is not None and place.record is not None


def is_taken(answer: Answer) -> bool:
    """Whether Tandem did what was said, as far as its answer tells."""
    if isinstance(answer, Notice):
        return answer.tone not in (Tone.WARN, Tone.BAD)
    return not isinstance(answer, Form | FormErrors)


def whole(text: str) -> str:
    """The text with U+FFFD for lone surrogates, which neither the page nor the file can hold."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

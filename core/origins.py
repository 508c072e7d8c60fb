"""A turn's own words: made fit to be kept, kept until their speaker is known, and the source of what they become."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from core.kernel.ids import Account
from core.kernel.turn import Address, Filled, Pressed, Said, Turn
from core.kernel.work import Origin
from core.speech import clean
from core.speech.leftover import named

T = TypeVar("T", Account, Said, Pressed, Filled, Turn)
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Kept:
    """A said turn as a held line keeps it; `as_text` reads it as free text where two readings hold.

    `chooses`: its speaker is known and says which of several it is about.
    """

    delivery: str
    room: Address
    account: Account
    at: datetime
    heard_at: datetime
    said: Said
    thread: str | None
    as_text: bool
    chooses: bool = False

    @property
    def words(self) -> str:
        """What was said, fit to be kept and shown: each mention by name, and not as the platform writes it."""
        text = clean(self.said.text)
        shown = named(text, 0, len(text), [clean(one.name) for one in self.said.mentions])
        return shown or clean(self.said.captured)

    @property
    def turn(self) -> Turn:
        """The turn, to be heard again as if it were said now."""
        return Turn(self.delivery, self.room, self.account, self.at, self.said, self.thread)


def keep(turn: Turn, said: Said, heard_at: datetime, as_text: bool, chooses: bool = False) -> Kept:
    """A said turn as a held line keeps it: as it came, for its hash, but for half characters, which no JSON holds."""
    said = replace(said, captured=_SURROGATE.sub("\ufffd", said.captured))
    return Kept(turn.delivery, turn.room, turn.account, turn.at, heard_at, said, turn.thread, as_text, chooses)


def cleaned(turn: Turn) -> Turn:
    """The turn with every text that a person chose made fit to be kept and shown."""
    account = _with(turn.account, name=clean(turn.account.name))
    match turn.act:
        case Said() as said:
            mentions = tuple(_with(one, name=clean(one.name)) for one in said.mentions)
            act: Said | Pressed | Filled = _with(said, text=clean(said.text), mentions=mentions)
        case Pressed() as pressed:
            act = _with(pressed, says=clean(pressed.says))
        case Filled() as filled:
            act = _with(filled, values={name: _clean_value(value) for name, value in filled.values.items()})
    return _with(turn, account=account, act=act, room_name=clean(turn.room_name))


def _with(thing: T, **values: Any) -> T:
    """The thing with these values: itself where it has them, as most of what people type is clean."""
    same = all(getattr(thing, name) == value for name, value in values.items())
    return thing if same else replace(thing, **values)


def _clean_value(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_clean_value, value))
    return clean(value) if isinstance(value, str) else value


def origin_of(turn: Turn, heard_at: datetime, sentence: str = "") -> Origin:
    """Where and when (UTC) the turn was heard, with its words as captured and their hash, taken before any cleaning.

    A form has no words of its own: `sentence` is what would have been typed in its place.
    """
    called = True
    match turn.act:
        case Said(text, captured=raw, message=message, link=link, called=called):
            words = raw or text
        case Pressed(says):
            words, message, link = says, None, None
        case Filled():
            words, message, link = sentence, None, None
    kept, digest = captured(words)
    return Origin(
        turn.room,
        str(turn.account.identity),
        turn.account.name,
        turn.at,
        kept,
        digest,
        message,
        turn.thread,
        link,
        turn.companions,
        turn.room_name,
        heard_at,
        called,
    )


def captured(words: str) -> tuple[str, str]:
    """A message's own text as it is kept, cleaned, and the SHA-256 of what it was before."""
    return clean(words), hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()

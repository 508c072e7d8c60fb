"""A turn: one person's act in one room, as every adapter hands it to the core, whatever the platform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.kernel.ids import Account
from core.view import Place

MENTION = "\ufffc"
"""Stands in a said text for each mention, in order (U+FFFC, object replacement character)."""


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """Where something is said or posted: a channel, or (`direct`) the conversation with one account."""

    platform: str
    tenant: str
    channel: str
    direct: bool = False

    def __str__(self) -> str:
        return f"{self.platform}:{self.tenant}/{'@' if self.direct else ''}{self.channel}"


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence: `text` with MENTION for each of `mentions`, cleaned and without the call (`/tt`, `@Tandem`).

    `captured` is the platform's own text, byte for byte; `message` is the platform's id of the message, None
    for a slash command, which has no message of its own; `link` leads to the message. `called`: it was said to
    Tandem; a line that was not is heard only while a meeting reads its room.
    """

    text: str
    mentions: tuple[Account, ...] = ()
    captured: str = ""
    message: str | None = None
    link: str | None = None
    called: bool = True


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button: the sentence that it carries and the place that it was drawn for."""

    says: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """A submitted form: the form's `message` and `given`, and what was filled in, by input name.

    A text, a day (ISO) or one choice is a str; several choices are a tuple of str; people are a tuple of
    person ids and Accounts, as the platform's picker yields.
    """

    message: str
    given: str
    values: Mapping[str, str | tuple[str | Account, ...]] = field(default_factory=dict)
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """Who did what, where and when. `delivery` is the command id: the same delivery always has the same. A form that
    was opened by the core has its own, from its opening.

    `at` is the platform's own time of the act (UTC). `companions` are the rooms that always share a transfer
    with this one, as the two of a rehearsal do. `aloud`: the answer will be read by everybody in the room, so a
    question is answered with what both companies may see. `quotes` is the message that a reply in a thread quotes.
    """

    delivery: str
    room: Address
    account: Account
    at: datetime
    act: Said | Pressed | Filled
    thread: str | None = None
    room_name: str = ""
    companions: tuple[Address, ...] = ()
    aloud: bool = False
    quotes: str | None = None


@dataclass(frozen=True, slots=True)
class Picked:
    """A message that somebody (`by`) picked to be captured, perhaps an old one, with what a platform offers at it.

    `line` is the message as its author's own turn, None where an app wrote it; `files` are the names of what is
    attached to it. `delivery`, `room` and `at` are those of the picking.
    """

    delivery: str
    room: Address
    by: Account
    at: datetime
    line: Turn | None
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reacted:
    """A reaction (`emoji`, as its character) that somebody (`by`) put below a message, or took away: `gone`.

    `line` is the message as its author's own turn, None where the platform does not tell its words.
    """

    delivery: str
    room: Address
    by: Account
    at: datetime
    message: str
    emoji: str
    line: Turn | None = None
    gone: bool = False

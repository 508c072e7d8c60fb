"""What the worker and a platform's adapter agree on: a card on its way, and what became of it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.kernel.errors import Gone
from core.kernel.pending import Pending
from core.kernel.turn import Address
from core.view import Card

log = logging.getLogger("tandem.outbox")


@contextmanager
def rendering(post: str) -> Iterator[None]:
    """Around a platform's renderer: what it cannot draw now it never can, and no call was made. Raises Gone."""
    try:
        yield
    except Exception as error:
        log.exception("post %s could not be rendered", post)
        raise Gone(f"its card cannot be rendered: {type(error).__name__}") from error


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A card on its way: where to, whether it changes a `message`, and the accounts that mentions name there.

    `under` is the record of `transfer` below whose first post it belongs, where the platform has replies. `marks` is
    the message that it is to be seen at: a reaction says it where the platform has them.
    """

    post: str
    address: Address
    card: Card
    accounts: Mapping[str, str]
    message: str | None = None
    only_for: str | None = None
    thread: str | None = None
    transfer: str = ""
    under: str | None = None
    marks: str | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform's id of the message and a link to it; both None where the platform gives none."""

    message: str | None = None
    link: str | None = None


class Messenger(Protocol):
    """One platform's way of sending. Raises TryLater or Gone; anything else counts as TryLater and is logged."""

    async def send(self, out: Outgoing) -> Sent:
        """Post the card, or change `out.message` to it."""
        ...

    async def find(self, out: Outgoing, since: datetime) -> Sent | None:
        """The message that an attempt at `since` may have left, found by `out.post`; None if there is none.

        Raises NoTrace where the platform keeps no mark to find it by.
        """
        ...


class Desk(Protocol):
    """What the dispatcher needs of the house: to tell what was lost, and to draw many cards as one."""

    training: bool

    def markup(self, post: Pending) -> str:
        """The markup of a post's card. Raises CannotDraw."""
        ...

    async def undelivered(self, post: Pending, address: Address, gone: Gone) -> Address | None:
        """A post could never be sent there; where else its person is reached, if anywhere."""
        ...

    def listing(self, cards: Sequence[Card], talk: bool, part: int, parts: int) -> str:
        """The markup of one card that names `cards`, a line each: new records, or lines of `talk`; one of `parts`."""
        ...

"""Posts as the worker holds them: one that waits, and a claim of all that waits for one outlet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from core.kernel.posting import SENDING, TALK
from core.kernel.turn import Address

Subject = tuple[str, str | None, str | None]
"""Which card of an outlet a post is: transfer, key and whom alone it is for. A person's own outlet is shared by
their transfers, each of which has its ACT-001."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A post as the worker holds it; `message` is the platform's id of the one to change, None to send anew.

    `tries` are the calls that the platform may have taken, `tried` whether one was made at all.
    """

    id: str
    transfer: str
    key: str | None
    template: str
    card: str
    view: str | None
    record: str | None
    record_version: int | None
    under: str | None
    only_for: str | None
    thread: str | None
    urgent: bool
    tries: int
    tried: bool
    in_doubt_since: datetime | None
    created_at: datetime
    marks: str | None
    in_place: bool
    message: str | None = None

    @classmethod
    def of(cls, row: Row[Any], message: str | None) -> Pending:
        """The post of a row of its table."""
        return cls(
            row.id,
            row.transfer,
            row.key,
            row.template,
            row.card,
            row.view,
            row.record,
            row.record_version,
            row.under,
            row.only_for,
            row.thread,
            row.urgent,
            row.tries,
            row.attempt_at is not None,
            row.attempt_at if row.state == SENDING else None,
            row.created_at,
            row.marks,
            row.in_place,
            message,
        )

    @property
    def subject(self) -> Subject:
        """Which card it is."""
        return (self.transfer, self.key, self.only_for)

    @property
    def is_record_card(self) -> bool:
        """Whether it is a record's own card (`card:ACT-012`); an agenda or minutes never vanish into a list."""
        return self.record is not None and self.key == f"card:{self.record}"

    @property
    def is_talk(self) -> bool:
        """Whether it is a line of talk that is carried from another room."""
        return self.key is not None and self.key.startswith(TALK)

    @property
    def is_plain(self) -> bool:
        """Whether it can be sent with nothing looked up before: no doubt is to be cleared, nothing to be found."""
        return self.in_doubt_since is None and not self.in_place


@dataclass(frozen=True, slots=True)
class Drawn:
    """A plain post, and the markup of its card."""

    post: Pending
    markup: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One outlet in a worker's hands since `at`, with what is to be sent there, in order; `lease` is this claim's own,
    so that one which was given back or ran out holds nothing any more.

    `begun`: its first post is marked as being sent already, as it was drawn before.
    """

    address: Address
    lease: str
    at: datetime
    posts: tuple[Pending, ...]
    begun: Drawn | None = None

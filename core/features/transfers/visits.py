"""The way to a web page: a link for one person, for one use, for 15 minutes, and the visit that it opens."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from core.kernel.clock import new_secret
from core.kernel.database import UtcDateTime
from core.kernel.errors import NotAllowed, msg
from core.kernel.ids import PersonId, TransferId
from core.kernel.messages import Command, Event
from core.kernel.records import Trailed
from core.kernel.registry import handles, shows
from core.kernel.work import Draw, Reads, Work

LINK_LASTS = timedelta(minutes=15)
VISIT_LASTS = timedelta(hours=8)


class PageLink(Trailed):
    """A link that was given to one person; `secret` and `visit` are SHA-256 of what the link and the cookie hold."""

    __tablename__ = "page_links"

    secret: Mapped[str] = mapped_column(String(64), primary_key=True)
    transfer: Mapped[TransferId] = mapped_column(String(12))
    person: Mapped[PersonId] = mapped_column(String(40))
    path: Mapped[str] = mapped_column(String(200))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    visit: Mapped[str | None] = mapped_column(String(64), unique=True)

    def trail_name(self) -> str:
        """`page-link:` and the start of its hash."""
        return f"page-link:{self.secret[:12]}"


@dataclass(frozen=True, kw_only=True)
class LinkGiven(Event):
    """A person was given a link to a page."""


@dataclass(frozen=True, kw_only=True)
class VisitBegan(Event):
    """A link was used: its person reads pages for 8 hours."""


@dataclass(frozen=True, kw_only=True)
class BeginVisit(Command):
    """Use a link: `secret` is what it holds, `visit` what the reader's cookie will hold."""

    needs: ClassVar[str] = "visit.begin"

    secret: str
    visit: str


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link to a page, for its reader alone."""

    href: str
    minutes: int


@shows("transfers/link")
def link_view(reads: Reads, href: str) -> LinkView:
    return LinkView(href, LINK_LASTS // timedelta(minutes=1))


def give_link(work: Work, path: str) -> Draw:
    """The answer that holds a link to `path` below the transfer's pages, for the asker alone."""
    if work.actor.person is None:
        raise NotAllowed(msg("A page is opened by a person of this transfer."))
    secret = new_secret()
    link = PageLink(
        secret=hashed(secret), transfer=work.transfer, person=work.actor.person, path=path, given_at=work.now
    )
    work.add(link)
    work.record(LinkGiven(record=link.trail_name()))
    return work.card("transfers/link", href=f"{work.public_url}/visit/{work.transfer}/{secret}")


def link_behind(secret: str, reads: Reads) -> PageLink:
    """The link that holds this secret. Raises NotAllowed where it opens nothing any more, or is none."""
    link = reads.one(select(PageLink).where(PageLink.secret == hashed(secret)))
    if link is None or link.transfer != reads.transfer or link.used_at is not None:
        raise NotAllowed(msg("This link was used already or is none. Ask for a new one in chat: minutes open"))
    if reads.now - link.given_at > LINK_LASTS:
        raise NotAllowed(msg("This link is older than 15 minutes. Ask for a new one in chat: minutes open"))
    return link


@handles(BeginVisit)
def begin_visit(cmd: BeginVisit, work: Work) -> None:
    link = link_behind(cmd.secret, work)
    link.used_at, link.visit = work.now, hashed(cmd.visit)
    work.record(VisitBegan(record=link.trail_name()))


def visitor(reads: Reads, visit: str) -> PageLink | None:
    """The link behind a reader's cookie, while the visit lasts and its person is still a member."""
    link = reads.one(select(PageLink).where(PageLink.visit == hashed(visit)))
    if link is None or link.used_at is None or reads.now - link.used_at > VISIT_LASTS:
        return None
    member = reads.directory.members.get(link.person)
    return link if link.transfer == reads.transfer and member is not None and member.active else None


def hashed(secret: str) -> str:
    """What the store keeps of a secret: its SHA-256, never itself."""
    return hashlib.sha256(secret.encode()).hexdigest()

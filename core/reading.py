"""Pages for people who were let in: a link is used once, and its visit sees what its person's side may see."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from core.features.transfers.visits import BeginVisit, link_behind, visitor
from core.kernel.access import SYSTEM, Actor, Directory
from core.kernel.asking import Asking
from core.kernel.clock import new_id, new_secret
from core.kernel.directories import Directories
from core.kernel.door import Door, Envelope
from core.kernel.errors import NotAllowed, NotFound, Refused, msg
from core.kernel.ids import TransferId
from core.kernel.registry import Page
from core.kernel.writer import Writer


@dataclass(frozen=True, slots=True)
class _RefusedPage:
    sentence: str


class Reading:
    """Opens visits and serves the registry's pages to them."""

    def __init__(self, door: Door, writer: Writer, asking: Asking, directories: Directories) -> None:
        self._door, self._writer, self._asking, self._directories = door, writer, asking, directories

    async def begin(self, transfer: str, secret: str) -> tuple[str, str]:
        """Use a link: the cookie's value and the path to go on to, below the transfer's pages. Raises Refused."""
        cookie = new_secret()
        envelope = Envelope(BeginVisit(secret=secret, visit=cookie), f"visit:{new_id()}", TransferId(transfer), SYSTEM)
        await self._writer.say(envelope)
        return cookie, await asyncio.to_thread(self._path, transfer, cookie)

    async def look(self, transfer: str, secret: str) -> str:
        """The path that a link would lead to, which stays unused. Raises Refused."""
        return await asyncio.to_thread(self._look, TransferId(transfer), secret)

    def _look(self, transfer: TransferId, secret: str) -> str:
        with self._asking.reads(self._directories.look(transfer), SYSTEM) as reads:
            return link_behind(secret, reads).path

    def _path(self, transfer: str, cookie: str) -> str:
        directory = self._directories.look(TransferId(transfer))
        with self._asking.reads(directory, SYSTEM) as reads:
            link = visitor(reads, cookie)
            return link.path if link else ""

    async def page(self, transfer: str, path: str, cookie: str) -> Page:
        """A page for the visit behind `cookie`. Raises NotAllowed without one, NotFound where there is no page."""
        return await asyncio.to_thread(self._page, TransferId(transfer), path, cookie)

    def _page(self, transfer: TransferId, path: str, cookie: str) -> Page:
        directory = self._directories.look(transfer)
        actor = self._reader(directory, cookie)
        name, _, rest = path.strip("/").partition("/")
        serve = self._door.registry.pages.get(name)
        if serve is None:
            raise NotFound(msg("There is no such page."))
        with self._asking.reads(directory, actor) as reads:
            page: Page = serve(reads, rest)
            return page

    def _reader(self, directory: Directory, cookie: str) -> Actor:
        with self._asking.reads(directory, SYSTEM) as reads:
            link = visitor(reads, cookie) if cookie else None
            if link is None:
                raise NotAllowed(msg("This page opens by a link from chat: type `minutes open` there."))
            member = directory.members[link.person]
            return Actor("person", member.name, member.person, member.side, member.roles, zone=member.zone)

    def refusal(self, refused: Refused) -> str:
        """The page that says no."""
        view = _RefusedPage(self._door.words.refusal(refused))
        return self._door.words.page("pages/refused.html", view, training=self._door.training)

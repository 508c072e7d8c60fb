"""What the core answers to a message, brought to where it was said; what is for one person alone, to their own chat."""

from __future__ import annotations

import logging
from collections import OrderedDict
from dataclasses import replace

from adapters.teams.activity import CHANNEL, PLATFORM, Way, Where
from adapters.teams.faults import sorted_faults
from adapters.teams.line import Line
from adapters.teams.messenger import Ways
from adapters.teams.render import summary_of
from adapters.teams.replies import Drawing
from core.api import Account, Address, Buttons, Errands, Form, Gone, Notice, Plain, Say, Text, Tone, View, msg

log = logging.getLogger("tandem.teams")

OPEN_A_CHAT = msg(
    "The answer is for you alone, and Teams lets Tandem write to you only in a chat that you begin: open one with "
    "Tandem, and say it there."
)

MOST = 1000
"""Forms that were filled in of which it is remembered."""


class Answers:
    """Brings answers, after the request was replied to: each is an errand."""

    def __init__(self, line: Line, ways: Ways, say: Say) -> None:
        self._line, self._ways, self._say = line, ways, say
        self._errands = Errands(PLATFORM, sorted_faults)
        self._replaced: OrderedDict[tuple[str, str], None] = OrderedDict()

    def answer(self, view: View, place: Where, message: str, asker: Account, drawing: Drawing) -> None:
        """Answer a message: below it, or in the asker's own chat what is only for them."""
        if place.direct or not for_one_alone(view):
            self._errands.start(lambda: self._post(place.way, view, drawing, place.thread or message))
        else:
            self._errands.start(lambda: self._confide(view, place, message, asker, drawing))

    def replace(self, view: View, place: Where, message: str, drawing: Drawing) -> None:
        """Put a view in the place of a form that was filled in. Sent again, it goes on saying what it made."""
        if (place.room, message) in self._replaced:
            return
        if not isinstance(view, Form):  # which is to be filled in as well
            self._replaced[place.room, message] = None
        if len(self._replaced) > MOST:
            self._replaced.popitem(last=False)
        self._errands.start(lambda: self._line.change(place.way, message, drawing.content(view), summary_of(view)))

    async def idle(self) -> None:
        """Wait until nothing is under way."""
        await self._errands.idle()

    async def close(self) -> None:
        """Give what is under way some seconds, then break it off."""
        await self._errands.close()

    async def _post(self, way: Way, view: View, drawing: Drawing, message: str) -> None:
        thread = message if way.kind == CHANNEL else None
        await self._line.post(way, drawing.content(view), summary_of(view), thread)

    async def _confide(self, view: View, place: Where, message: str, asker: Account, drawing: Drawing) -> None:
        """Write to the asker alone; a guest, whom Teams may not let Tandem write to, is told so in the room."""
        address = Address(PLATFORM, asker.identity.tenant, asker.identity.user, direct=True)
        try:
            async with sorted_faults(direct=True):
                way = await self._ways.find(address) or await self._ways.open(address, self._line)
                await self._line.post(way, replace(drawing, call="").content(view), summary_of(view))
        except Gone as gone:
            log.info("nobody can be written to there: %s", gone.reason)
            told = Notice(Tone.WARN, (Text((Plain(self._say(OPEN_A_CHAT)),)),))
            await self._post(place.way, told, drawing, place.thread or message)


def for_one_alone(view: View) -> bool:
    """Whether a view opens a page: such a link is its asker's own."""
    if isinstance(view, Form):
        return False
    rows = (block for block in view.blocks if isinstance(block, Buttons))
    return any(button.href is not None for row in rows for button in row.buttons)

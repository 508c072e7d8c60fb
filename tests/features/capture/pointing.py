"""People point at messages: by the shortcut that captures one, or by a reaction below it."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from typing import Any

from core.api import MENTION, Account, Address, Picked, Reacted, Said, Turn
from tests.meeting_room import ROOM, MeetingRoom

_numbers = itertools.count(1)


def message(
    room: MeetingRoom, author: Account, text: str, *, number: str = "1700.1", at: datetime | None = None,
    where: Address = ROOM, **mentions: Account,
) -> Turn:  # fmt: skip
    """A message as its author's own turn, whether Tandem ever heard it or not; an hour old unless said so."""
    heard = text
    for name in sorted(mentions, key=lambda name: text.index(f"@{name}")):
        heard = heard.replace(f"@{name}", MENTION, 1)
    named = sorted(mentions.items(), key=lambda item: text.index(f"@{item[0]}"))
    link = f"https://chat.example/{number}"
    said = Said(heard, tuple(who for _, who in named), text, number, link, called=False)
    when = at or room.clock.now() - timedelta(hours=1)
    return Turn(f"slack:T1/{where.channel}/{number}", where, author, when, said)


async def pick(room: MeetingRoom, who: Account, line: Turn | None, *files: str, at: Address = ROOM) -> Any:
    """Choose “Capture in Tandem” at a message; None is one of an app."""
    return await room.core.hear(Picked(f"pick:{next(_numbers)}", at, who, room.clock.now(), line, files))


async def capture(room: MeetingRoom, who: Account, line: Turn, **values: Any) -> Any:
    """Choose it and send the form as it is, but for `values`."""
    form = await pick(room, who, line, at=line.room)
    shown = {block.name: getattr(block, "value", "") for block in form.blocks if hasattr(block, "name")}
    if shown.get("due"):
        shown["due"] = shown["due"].isoformat()
    return await room.fill(
        who, form, at=line.room, **{name: value or "" for name, value in {**shown, **values}.items()}
    )


async def react(
    room: MeetingRoom, who: Account, emoji: str, line: Turn | None, *, message: str = "1700.1", gone: bool = False,
    delivery: str | None = None, at: datetime | None = None, where: Address = ROOM,
) -> None:  # fmt: skip
    """Put a reaction below a message, or take it away."""
    known = delivery or f"react:{next(_numbers)}"
    told = line.act.message if line is not None and isinstance(line.act, Said) else message
    heard = Reacted(known, where, who, at or room.clock.now(), told or message, emoji, None if gone else line, gone)
    assert await room.core.hear(heard) is None

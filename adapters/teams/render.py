"""A card or notice as an Adaptive Card; whatever it holds, it stays inside Teams' limits.

A bot's message may hold about 100 KB in UTF-16, a webhook's 28 KB: 28 KB is what every client is known to take
(msteams-docs, `includes/agent-message-size-limit.md`), and the bytes of the JSON are what is counted here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from types import MappingProxyType

import msgspec

from adapters.teams.carried import of_again
from adapters.teams.render_blocks import AGAIN, back, draw, quiet_line, words
from adapters.teams.render_text import TRAINING, Accounts, Ink, Json, unread
from core.api import (
    Block,
    Card,
    Fields,
    List,
    Notice,
    Picture,
    Plain,
    Say,
    Table,
    Text,
    Title,
    View,
    as_written,
    cutting,
    fitting,
    msg,
    plain,
)

SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
VERSION = "1.5"
MOST_BYTES = 26_000
"""Of the card alone; what is around it in the message takes the rest of 28 KB."""
MOST_WATCHED_BYTES = 27_000
MOST_USERS = 60
WATCHER_BYTES = 110
"""What an id of Teams' own takes at most."""
REFRESH = msg("Show it as it is now")
LONGEST_FALLBACK = 1000
LONGEST_SUMMARY = 250
NOBODY: Accounts = MappingProxyType({})
Opens = Callable[[str], bool]
"""Whether a button's sentence only asks or shows something, so that it opens a dialog."""


class Stands(StrEnum):
    """Where a view stands: in a dialog, as a message of its own, or for one reader in another card's place."""

    DIALOG = "dialog"
    MESSAGE = "message"
    CARD = "card"


def card_content(
    card: Card,
    accounts: Accounts = NOBODY,
    opens: Opens | None = None,
    say: Say = as_written,
    stands: Stands = Stands.MESSAGE,
) -> Json:
    """An Adaptive Card; `accounts`: AAD object ids by person id."""
    blocks = fitting.signed(card.blocks or (Text((Plain(card.summary),)),), card.tone)
    return _content(card, blocks, Ink(accounts, card.place, opens, say, inside=stands is Stands.DIALOG), stands)


def notice_content(
    notice: Notice,
    accounts: Accounts = NOBODY,
    opens: Opens | None = None,
    say: Say = as_written,
    stands: Stands = Stands.MESSAGE,
) -> Json:
    """A notice as an Adaptive Card."""
    blocks = fitting.signed(notice.blocks or (Text((Plain("…"),)),), notice.tone)
    return _content(notice, blocks, Ink(accounts, notice.place, opens, say, inside=stands is Stands.DIALOG), stands)


def _content(view: Card | Notice, blocks: Sequence[Block], ink: Ink, stands: Stands) -> Json:
    body = _fitting(blocks, ink, view)
    return envelope([*body, back(ink)] if stands is Stands.CARD else body, ink, summary_of(view), view.training)


def watched(content: Json, users: Sequence[str], say: Say) -> Json:
    """The card with a view of their own for these users, by Teams' own ids: as many as fit, 60 at most.

    Teams asks for it when they look at the card; everybody else sees the card itself.
    """
    room = MOST_WATCHED_BYTES - weight(content)
    fitting = list(users[: max(0, min(MOST_USERS, room // WATCHER_BYTES))])
    if not fitting:
        return content
    action = {"type": "Action.Execute", "title": say(REFRESH), "verb": AGAIN, "data": of_again()}
    return {**content, "refresh": {"action": action, "userIds": fitting}}


def summary_of(view: View) -> str:
    """The one line that notifications and lists show."""
    match view:
        case Card(summary=shown):
            found = shown
        case Notice():
            found = said(view)
        case _:
            found = view.title
    line = " ".join(f"{TRAINING}: {found}".split() if view.training else found.split())
    return cutting.cut(line, LONGEST_SUMMARY) or "…"


def said(view: Card | Notice) -> str:
    """All that a view says, as one text: for where Teams shows no card."""
    return "\n".join(filter(None, map(_words, view.blocks))) or "…"


def envelope(body: list[Json], ink: Ink, summary: str, training: bool) -> Json:
    """A whole card around its elements."""
    first = [words(TRAINING, weight="Bolder", color="Accent")] if training else []
    msteams: Json = {"width": "Full"}
    shown = "\n".join(_texts(body))
    entities = [entity for entity in ink.mentioned.values() if entity["text"] in shown]
    if entities:
        msteams["entities"] = entities
    return {
        "type": "AdaptiveCard",
        "$schema": SCHEMA,
        "version": VERSION,
        "fallbackText": unread(cutting.cut(summary, LONGEST_FALLBACK)),
        "body": first + (body or [quiet_line("…")]),
        "msteams": msteams,
    }


def _texts(elements: object) -> Iterator[str]:
    """Every text of the elements: a mention that was cut away names nobody."""
    match elements:
        case str():
            yield elements
        case dict():
            for value in elements.values():
                yield from _texts(value)
        case list():
            for value in elements:
                yield from _texts(value)


def weight(elements: object) -> int:
    """Bytes of the elements' JSON."""
    return len(msgspec.json.encode(elements))


def _fitting(blocks: Sequence[Block], ink: Ink, view: Card | Notice) -> list[Json]:
    """The elements of the blocks, smaller where that helps, that fit; and a line that counts the blocks that do not."""
    groups = [draw(block, ink, MOST_BYTES, view.tone) for block in blocks]
    room = MOST_BYTES - weight(list(ink.mentioned.values())) - 600
    if weight(groups) > room:
        groups = fitting.shrunk(groups, room, weight, lambda at, share: draw(blocks[at], ink, share, view.tone))
    weights = [weight(group) for group in groups]
    gone = fitting.left_out(
        blocks, lambda gone: sum(weighs for index, weighs in enumerate(weights) if index not in gone) <= room
    )
    kept = [element for index, group in enumerate(groups) if index not in gone for element in group]
    return [*kept, quiet_line(ink.say("… and {left} more parts", left=len(gone)))] if gone else kept


def _words(block: Block) -> str:
    match block:
        case Title(spans) | Text(spans):
            return plain(spans)
        case List(items):
            return "\n".join(f"• {plain(item)}" for item in items)
        case Fields(fields):
            return "\n".join(f"{field.label}: {plain(field.value)}" for field in fields)
        case Table(head, rows):
            return "\n".join([" · ".join(head), *(" · ".join(map(plain, row)) for row in rows)])
        case Picture(alt=alt):
            return alt
        case _:
            return ""

"""A card, notice or form as what Slack's methods take; whatever they hold, it stays inside Slack's limits.

Slack takes 50 blocks a message, and about 13,200 characters in all of them together (`msg_blocks_too_long`;
how it counts it does not tell: slackapi/bolt-js issues 2509 and 2867). The bytes of the blocks' JSON are an
upper bound of every count that may be meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import assert_never

import msgspec

from adapters.slack.render_blocks import Ink, draw, number, quiet_line, rich
from adapters.slack.render_carried import DoesNotFit as DoesNotFit
from adapters.slack.render_modal import form_view as form_view
from adapters.slack.render_text import TRAINING, Accounts, Json, bold, fallback, section
from core.api import (
    Block,
    Buttons,
    Card,
    Divider,
    Fields,
    List,
    Notice,
    Picture,
    Plain,
    Say,
    Table,
    Text,
    Title,
    as_written,
    fitting,
    plain,
)

MOST_BLOCKS = 50
MOST_BYTES = 13_000
_RESERVE = 200
_NOBODY: Accounts = MappingProxyType({})


def card_message(card: Card, accounts: Accounts = _NOBODY, say: Say = as_written) -> Json:
    """`text` and `blocks` for chat.postMessage and chat.update; `accounts`: Slack user ids by person id."""
    blocks = fitting.signed(card.blocks or (Text((Plain(card.summary),)),), card.tone)
    return {
        "text": fallback(card.summary, card.training, say),
        "blocks": _message(blocks, Ink(accounts, card.place, say), card.training),
    }


def notice_message(notice: Notice, accounts: Accounts = _NOBODY, say: Say = as_written) -> Json:
    """An answer to one person: to a slash command or response_url, or parts of chat.postEphemeral."""
    words = " ".join(filter(None, map(_words, notice.blocks))) or "…"
    blocks = fitting.signed(notice.blocks or (Text((Plain(words),)),), notice.tone)
    return {
        "response_type": "ephemeral",
        "replace_original": False,
        "text": fallback(words, notice.training, say),
        "blocks": _message(blocks, Ink(accounts, notice.place, say), notice.training),
    }


def _message(blocks: Sequence[Block], ink: Ink, training: bool) -> list[Json]:
    first = [rich(section([bold(ink.say(TRAINING))]))] if training else []
    parts = _parts(blocks)
    groups = [draw(block, ink, MOST_BYTES, native) for block, native in parts]
    drawn = first + [block for group in groups for block in group]
    if len(drawn) > MOST_BLOCKS or weight(drawn) > MOST_BYTES:
        drawn = first + _kept(parts, groups, ink, MOST_BYTES - weight(first) - _RESERVE, MOST_BLOCKS - len(first))
    number(drawn)
    return drawn or [quiet_line("…")]


def _kept(parts: Sequence[tuple[Block, bool]], groups: list[list[Json]], ink: Ink, room: int, most: int) -> list[Json]:
    """The groups, smaller where that helps, that fit; and a line that counts the others."""
    groups = fitting.shrunk(groups, room, weight, lambda at, share: draw(parts[at][0], ink, share, parts[at][1]))
    weights = [weight(group) for group in groups]

    def fits(gone: set[int]) -> bool:
        kept = [index for index in range(len(groups)) if index not in gone]
        count = sum(len(groups[index]) for index in kept)
        return count <= most - bool(gone) and sum(weights[index] for index in kept) <= room

    gone = fitting.left_out([block for block, _ in parts], fits)
    shown = [block for index, group in enumerate(groups) if index not in gone for block in group]
    return [*shown, quiet_line(ink.say("… and {left} more parts", left=len(gone)))] if gone else shown


def _parts(blocks: Sequence[Block]) -> list[tuple[Block, bool]]:
    """The blocks, each with whether it may be Slack's own table: the first one may, since Slack takes one."""
    table = next((index for index, block in enumerate(blocks) if isinstance(block, Table)), -1)
    return [(block, index == table) for index, block in enumerate(blocks)]


def weight(blocks: Json | list[Json]) -> int:
    """Bytes of the blocks, with `& < >` as Slack keeps them."""
    encoded = msgspec.json.encode(blocks)
    return len(encoded) + 4 * encoded.count(b"&") + 3 * (encoded.count(b"<") + encoded.count(b">"))


def _words(block: Block) -> str:
    match block:
        case Title(spans) | Text(spans):
            return plain(spans)
        case List(items):
            return "; ".join(plain(item) for item in items)
        case Fields(fields):
            return "; ".join(f"{field.label}: {plain(field.value)}" for field in fields)
        case Picture(alt=alt):
            return alt
        case Buttons() | Divider() | Table():
            return ""
        case _:
            assert_never(block)

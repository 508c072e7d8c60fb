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
    Bold,
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
    Tone,
    as_written,
    plain,
)

MOST_BLOCKS = 50
MOST_BYTES = 13_000
_RESERVE = 200
_NOBODY: Accounts = MappingProxyType({})
_SIGNS = {Tone.GOOD: "✓ ", Tone.WARN: "▲ ", Tone.BAD: "✗ "}
"""A tone is a sign before the first words: a shape, so that nothing hangs on a colour."""


def card_message(card: Card, accounts: Accounts = _NOBODY, say: Say = as_written) -> Json:
    """`text` and `blocks` for chat.postMessage and chat.update; `accounts`: Slack user ids by person id."""
    blocks = _signed(card.blocks or (Text((Plain(card.summary),)),), card.tone)
    return {
        "text": fallback(card.summary, card.training, say),
        "blocks": _message(blocks, Ink(accounts, card.place, say), card.training),
    }


def notice_message(notice: Notice, accounts: Accounts = _NOBODY, say: Say = as_written) -> Json:
    """An answer to one person: to a slash command or response_url, or parts of chat.postEphemeral."""
    words = " ".join(filter(None, map(_words, notice.blocks))) or "…"
    blocks = _signed(notice.blocks or (Text((Plain(words),)),), notice.tone)
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
        room = MOST_BYTES - weight(first) - _RESERVE
        kept, gone = _kept(parts, _shrunk(parts, groups, ink, room), MOST_BLOCKS - len(first), room)
        drawn = first + kept + ([quiet_line(ink.say("… and {left} more parts", left=gone))] if gone else [])
    number(drawn)
    return drawn or [quiet_line("…")]


def _parts(blocks: Sequence[Block]) -> list[tuple[Block, bool]]:
    """The blocks, each with whether it may be Slack's own table: the first one may, since Slack takes one."""
    table = next((index for index, block in enumerate(blocks) if isinstance(block, Table)), -1)
    return [(block, index == table) for index, block in enumerate(blocks)]


def weight(blocks: Json | list[Json]) -> int:
    """Bytes of the blocks, with `& < >` as Slack keeps them."""
    encoded = msgspec.json.encode(blocks)
    return len(encoded) + 4 * encoded.count(b"&") + 3 * (encoded.count(b"<") + encoded.count(b">"))


def _shrunk(parts: list[tuple[Block, bool]], groups: list[list[Json]], ink: Ink, room: int) -> list[list[Json]]:
    """The groups, those that take more than their fair share of `room` drawn anew and smaller."""
    weights = [weight(group) for group in groups]
    share = _fair_share(weights, room)
    return [
        group if weighs <= share else _smaller(*part, ink, share)
        for part, group, weighs in zip(parts, groups, weights, strict=True)
    ]


def _fair_share(weights: list[int], room: int) -> int:
    """The largest weight that everything may have, so that all together weigh `room`."""
    for done, weighs in enumerate(sorted(weights)):
        share = room // (len(weights) - done)
        if weighs > share:
            return share
        room -= weighs
    return max(weights, default=room)


def _smaller(block: Block, native: bool, ink: Ink, share: int) -> list[Json]:
    room = share
    group = draw(block, ink, room, native)
    for _ in range(8):
        weighs = weight(group)
        if weighs <= share:
            break
        room = room * share * 9 // (weighs * 10)
        group = draw(block, ink, max(room, 1), native)
    return group


def _kept(parts: list[tuple[Block, bool]], groups: list[list[Json]], most: int, room: int) -> tuple[list[Json], int]:
    """The groups that fit, and how many others there are: the last go first, buttons after all else."""
    count, weighs = sum(map(len, groups)), sum(map(weight, groups))
    gone: set[int] = set()
    for index in sorted(range(len(groups)), key=lambda at: (isinstance(parts[at][0], Buttons), -at)):
        if count <= most - bool(gone) and weighs <= room:
            break
        count -= len(groups[index])
        weighs -= weight(groups[index])
        gone.add(index)
    return [block for index, group in enumerate(groups) if index not in gone for block in group], len(gone)


def _signed(blocks: Sequence[Block], tone: Tone) -> Sequence[Block]:
    """The blocks with the tone's sign before the first words."""
    sign = _SIGNS.get(tone)
    if sign is None or not blocks:
        return blocks
    first, *others = blocks
    match first:
        case Title(spans):
            return (Title((Plain(sign), *spans)), *others)
        case Text(spans, quiet):
            return (Text((Bold(sign), *spans), quiet), *others)
        case _:
            return (Text((Bold(sign.strip()),)), *blocks)


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

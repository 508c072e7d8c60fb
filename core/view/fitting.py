"""A card on a platform that has no room for all of it: which of its drawn blocks shrink, and which go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from core.view.shapes import Block, Bold, Buttons, Plain, Text, Title, Tone

Group = TypeVar("Group")
"""A block as a platform draws it."""

_SIGNS = {Tone.GOOD: "✓ ", Tone.WARN: "▲ ", Tone.BAD: "✗ "}
"""A tone is a sign before the first words: a shape, so that nothing hangs on a colour."""
_TIMES = 8


def signed(blocks: Sequence[Block], tone: Tone) -> Sequence[Block]:
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


def shrunk(
    groups: Sequence[Group], room: int, weight: Callable[[Group], int], smaller: Callable[[int, int], Group]
) -> list[Group]:
    """The groups, those that take more than their fair share of `room` drawn anew: `smaller` draws the group at an
    index in about as much room as it is given."""
    weights = [weight(group) for group in groups]
    share = _fair_share(weights, room)
    return [
        group if weighs <= share else _within(share, weight, partial(smaller, index))
        for index, (group, weighs) in enumerate(zip(groups, weights, strict=True))
    ]


def _fair_share(weights: list[int], room: int) -> int:
    """The largest weight that everything may have, so that all together weigh `room`."""
    for done, weighs in enumerate(sorted(weights)):
        share = room // (len(weights) - done)
        if weighs > share:
            return share
        room -= weighs
    return max(weights, default=room)


def _within(share: int, weight: Callable[[Group], int], drawn: Callable[[int], Group]) -> Group:
    """A group as small as its share, or as it can be: words take more room drawn than they count."""
    room = share
    group = drawn(room)
    for _ in range(_TIMES):
        weighs = weight(group)
        if weighs <= share:
            break
        room = max(1, room * share * 9 // (weighs * 10))
        group = drawn(room)
    return group


def left_out(blocks: Sequence[Block], fits: Callable[[set[int]], bool]) -> set[int]:
    """The indexes of the blocks that go, so that the others fit: the last go first, buttons after all else."""
    gone: set[int] = set()
    for index in sorted(range(len(blocks)), key=lambda at: (isinstance(blocks[at], Buttons), -at)):
        if fits(gone):
            break
        gone.add(index)
    return gone

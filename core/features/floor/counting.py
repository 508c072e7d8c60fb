"""Counting a motion's votes, in all and for each company, and saying it in a line."""

from __future__ import annotations

from core.features.floor.records import Motion
from core.kernel.errors import msg
from core.kernel.ids import PersonId, Side
from core.kernel.work import Reads
from core.rules.votes import Count, count


def count_of(motion: Motion, side: Side | None = None) -> Count:
    """The votes of one company, or of both."""
    return count(one["vote"] for one in motion.votes if side in (None, one["side"]))


def who_voted(motion: Motion, vote: str, side: Side) -> tuple[PersonId, ...]:
    """The people of a company who voted so, in the order in which they did."""
    return tuple(one["person"] for one in motion.votes if (one["vote"], one["side"]) == (vote, side))


def vote_of(person: PersonId | None, motion: Motion) -> str:
    """How somebody voted; nothing where they did not."""
    return next((one["vote"] for one in motion.votes if one["person"] == person), "")


def count_words(counted: Count, reads: Reads) -> str:
    """`4 yes, 1 no, 2 abstained`."""
    said = reads.words.translate(msg("{yes} yes, {no} no, {abstained} abstained"))
    return said.format(yes=counted.yes, no=counted.no, abstained=counted.abstained)

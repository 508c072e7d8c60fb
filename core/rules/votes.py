"""Counting votes: one voice a person, abstentions beside the count, and what carries a motion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

YES, NO, ABSTAIN = "yes", "no", "abstain"
VOTES = (YES, NO, ABSTAIN)


@dataclass(frozen=True, slots=True)
class Count:
    """How many voted yes and no, and how many abstained."""

    yes: int
    no: int
    abstained: int

    @property
    def total(self) -> int:
        """How many voted, those who abstained among them."""
        return self.yes + self.no + self.abstained

    @property
    def carried(self) -> bool:
        """Whether more are for it than against it; whoever abstains is neither, and a tie carries nothing."""
        return self.yes > self.no


def count(votes: Iterable[str]) -> Count:
    """The count of votes, each YES, NO or ABSTAIN and one person's."""
    found = Counter(votes)
    return Count(found[YES], found[NO], found[ABSTAIN])

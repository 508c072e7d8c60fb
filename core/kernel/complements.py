"""What a later feature adds to an earlier one's card: facts and buttons, so that the earlier never names the later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.kernel.templates import PersonView, TimeView


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a card: its label and its words, both as people read them; `grave` makes the words stand out.

    `by` and `at` tell, before the words, whose doing it was and when. `lines` say the same at length, where there is
    room for a list.
    """

    label: str
    words: str
    grave: bool = False
    by: PersonView | None = None
    at: TimeView | None = None
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """A button: its label as people read it, and the sentence of references and literals that it says."""

    label: str
    says: str


@dataclass(frozen=True, slots=True)
class Complement:
    """What one or more later features add to one card, in the written order of the features.

    `title` counts what its facts are of: “3 CAPA lines”.
    """

    facts: tuple[Fact, ...] = ()
    offers: tuple[Offer, ...] = ()
    title: str = ""


def joined(complements: Iterable[Complement | None]) -> Complement:
    """All of them as one; None adds nothing."""
    found = [one for one in complements if one is not None]
    return Complement(
        tuple(fact for one in found for fact in one.facts),
        tuple(offer for one in found for offer in one.offers),
        " · ".join(one.title for one in found if one.title),
    )


NOTHING = Complement()

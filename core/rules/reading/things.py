"""What names a thing to be done by somebody where no verb says so, `column data`, and what only tells of them."""

from __future__ import annotations

from core.rules.reading.parts import Part
from core.rules.reading.verbs import STARTING
from core.rules.reading.words import word_set

ARTICLES = word_set("the a an our your my his her their this that these those it")
GERMAN_ARTICLES = word_set("der die das den dem ein eine einen unser unsere unseren dein deine deinen seine ihre")
NO_THINGS = word_set(
    """off back away out moment minute minutes second seconds quiet patience absent remote travelling traveling travels
    holiday holidays vacation leave sick ill free busy available onsite home here there present unavailable
    offline online late early abroad pto ooo urlaub krank weg frei unterwegs da abwesend dienstreise zurück heim
    great good nice thanks thank you excellent perfect well super danke prima toll since seit too also only very
    so as like is are was were geburtstag says said asked asks thinks believes does did ja nein yes no joins
    join left leaves arrives arrived works worked wants hopes likes loves expects wollte wollten konnte konnten
    musste durfte hätte wäre würde knows sits stays started starts looks seems feels fährt fliegt kommt geht
    bleibt ist hat war sagt meint denkt findet wartet hofft weiß"""
)
"""Words that tell where somebody is or what they think, and name nothing to be done."""
_NOT_FIRST = word_set(
    "for of to by from about via per with without on in at an von zu nach mit für auf im am bei um gegen aus über"
)
_NOT_LAST = word_set(
    """meeting call visit audit flight workshop training lunch dinner birthday session trip termin besuch holiday
    appointment schulung job work one news day weekend point question"""
)


def is_thing(parts: list[Part], first: int, end: int, *, headed: bool) -> bool:
    """Whether some parts name a thing to be done, `column data`, and do not tell where somebody is or what happened."""
    said = parts[first:end]
    articled = said[0].low in ARTICLES or said[0].low in GERMAN_ARTICLES
    if any(part.low in NO_THINGS for part in said) or is_past(said[0]) or said[-1].code == "y":
        return False
    if any(part.code == "b" and part.low in _WAS for part in parts[end : end + 2]):
        return False
    if said[0].low in _NOT_FIRST or said[-1].low in _NOT_LAST:
        return False
    if any(part.code in "fv" and part.low in STARTING for part in said):
        return False
    following = parts[end] if end < len(parts) else None
    alone = len(said) - articled < _LEAST and not headed
    return not alone or articled or (following is not None and following.code == "d")


def is_past(part: Part) -> bool:
    """Whether it says by its form what somebody did: `watched`."""
    return part.code == "y" or (part.code == "N" and len(part.low) > _SHORTEST_PAST and part.low.endswith("ed"))


_WAS = word_set("was were war waren wurde wurden")
_SHORTEST_PAST = 4
_LEAST = 2
"""Words that name a thing clearly enough to be somebody's task where only a day stands with them."""

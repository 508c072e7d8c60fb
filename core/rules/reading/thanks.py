"""Thanks and greetings at the end of a sentence, `thx`, `danke dir`, `cheers, Tomáš`: no part of what it asks for."""

from __future__ import annotations

from core.rules.reading.parts import Part, Sentence, Who, cut, words_said
from core.rules.reading.words import word_set

THANKS = word_set(
    """thanks thank thx thnx tx ty tia ta tks cheers merci danke dank dankeschön appreciated appreciate gruß gruss grüße
    gruesse lg vg mfg br regards"""
)
"""Of them at least one is said by whoever thanks or takes their leave."""
_AROUND = THANKS | word_set(
    """vielen many much lots best kind warm you very a lot so in advance it im voraus dir euch ihnen viele liebe lieben
    schön schöne schönen beste besten und and for your help support everyone all again nochmal super tausend great i'd
    i we we'd would really that'd be wäre"""
)
_FIRST = THANKS | word_set(
    "vielen many much best kind viele liebe besten beste schöne schönen great super tausend lieben i'd we'd"
)
_SIGNED = "PM"


def without_thanks(sentence: Sentence, author: str) -> tuple[Sentence, Who | None]:
    """The sentence without the thanks at its end, and whoever but the author is named in them; as it is where it says
    nothing else."""
    parts = sentence.parts
    if _FIRST.isdisjoint([part.low for part in parts]):
        return sentence, None
    end = len(sentence.row.rstrip("*.j?"))
    at, thanking = end, end
    while at and _thanks(sentence, parts[at - 1], at == end):
        at -= 1
        if words_said(sentence, parts[at : at + 1]) & THANKS:
            thanking = at
    while thanking > at and words_said(sentence, parts[thanking - 1 : thanking]) <= _AROUND - _JOINING:
        thanking -= 1
    kept = len(sentence.row[:thanking].rstrip(",-k.*jr"))
    if thanking == end or not any(code not in "lpku,-" for code in sentence.row[:kept]):
        return sentence, None
    named = [part.value for part in parts[thanking:end] if part.code in _SIGNED]
    who = next((one for one in named if author not in one.people), None)
    question = [part for part in parts[end:] if part.code == "?"][:1]
    return cut(sentence, [*parts[:kept], *question]), who


_JOINING = word_set("and und for all a it so you in everyone be")


def _thanks(sentence: Sentence, part: Part, last: bool) -> bool:
    """Whether a part may belong to thanks; a name only at their very end."""
    if part.code in ",-.*jk":
        return True
    if part.code in _SIGNED:
        return last
    return part.code not in "dDR0UCS" and words_said(sentence, [part]) <= _AROUND


def only_thanks(sentence: Sentence) -> Who | None:
    """The one who is thanked in a sentence that says nothing else: `Thanks Yuki`."""
    parts = [part for part in sentence.parts if part.code not in ",-.*jk"]
    if not parts or parts[-1].code not in _SIGNED:
        return None
    said = words_said(sentence, parts[:-1])
    thanked: Who = parts[-1].value
    return thanked if said <= _AROUND and said & THANKS else None

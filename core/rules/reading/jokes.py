"""What of a line is meant where somebody jokes in it: nothing, or what they say in earnest after it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.rules.reading.parts import Part, Sentence, cut
from core.rules.reading.words import word_set

EARNEST = frozenset(
    """spaß beiseite,scherz beiseite,im ernst,jetzt im ernst,mal im ernst,aber im ernst,joking aside,jokes aside,
all joking aside,kidding aside,all kidding aside,fun's over,fun is over,joke over,but seriously,on a serious note,
serious now,seriously now,now seriously""".replace("\n", "").split(",")
)
"""Cues by which somebody says that the joke is over: a wink after one is only friendly."""
_KIDDING = frozenset({"kidding", "just kidding", "jk", "j/k", "scherz", "spaß", "nur spaß", "kleiner scherz"})
_BUT = re.compile(r"[-,)*.]*u")
"""`… – kidding – but …`."""


def meant(sentences: Sequence[Sentence]) -> Sequence[Sentence]:
    """The sentences that are meant, or the rest of one: none of those that are a joke."""
    if all("j" not in sentence.row for sentence in sentences):
        return sentences
    if (asked := _insisted(sentences)) is not None:
        return asked
    for at in range(len(sentences) - 1, -1, -1):
        if (rest := _in_earnest(sentences, at)) is not None:
            return rest
    return ()


_INSISTING = word_set("wirklich really tatsächlich ehrlich actually")


def _insisted(sentences: Sequence[Sentence]) -> Sequence[Sentence] | None:
    """A request before a wink that only insists on it: `bitte lesen. Wirklich lesen, nicht nur aufmachen ;-)`."""
    last = sentences[-1]
    if any("j" in sentence.row for sentence in sentences[:-1]) or not any("p" in one.row for one in sentences):
        return None
    if len(sentences) > 1 and last.parts[0].low in _INSISTING and _repeats(last.parts, sentences[-2].parts):
        return sentences[:-1]
    for place in range(1, len(last.parts)):
        before, after = last.parts[: place - 1], last.parts[place:]
        if last.parts[place - 1].code in ",-" and after[0].low in _INSISTING and _repeats(after, before):
            return [*sentences[:-1], cut(last, before)]
    return None


def _repeats(parts: Sequence[Part], before: Sequence[Part]) -> bool:
    """Whether a verb of some parts was said before."""
    return bool({part.low for part in parts if part.code in "vz"} & {part.low for part in before})


def _in_earnest(sentences: Sequence[Sentence], at: int) -> Sequence[Sentence] | None:
    """What is meant from one of the sentences on; None where nothing in it says so."""
    sentence, later = sentences[at], sentences[at + 1 :]
    for place in range(len(sentence.parts) - 1, -1, -1):
        part = sentence.parts[place]
        if part.code == "l" and part.value in EARNEST:
            return [*_from(sentence, place + 1), *later]
        if part.code == "j" and part.value in _KIDDING:
            rest = [*_from(sentence, place + 1), *later]
            begins = rest and _BUT.match(rest[0].row)
            return rest if begins and all("j" not in one.row for one in rest) else None
    return None


def _from(sentence: Sentence, place: int) -> list[Sentence]:
    """A sentence from a part on, if anything is said there."""
    while place < len(sentence.parts) and sentence.parts[place].code in "-,:;.*)":
        place += 1
    return [cut(sentence, sentence.parts[place:])] if place < len(sentence.parts) else []

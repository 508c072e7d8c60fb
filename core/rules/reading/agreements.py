"""What is to hold, with whoever agreed to it: `Let's go with three batches, agreed with Aoife`, `mit Aoife abgestimmt:
…`. One person's proposal alone is no decision, and what was agreed before something was done is none either."""

from __future__ import annotations

import re

from core.rules.reading.parts import Part, Sentence, words_said
from core.rules.reading.shapes import Item, Kind
from core.rules.reading.statements import said_in
from core.rules.reading.words import word_set

_AGREED = word_set("agreed agrees aligned einverstanden abgestimmt vereinbart abgesprochen zu")
_FINE = word_set("fine ok okay happy")
_WITH = word_set("with by mit")
_AGREEING = (
    _AGREED
    | _FINE
    | _WITH
    | word_set(
        """as so already just now has have had is are ist sind stimmt stimmen that it this today heute morning afternoon
        evening call phone on in the am eben gerade vorhin bereits schon auch both all and und too also i've i we've we
        ich wir habe haben beide beiden telefon allen everybody everyone
        dann damit also so das seiten entschieden beschlossen festgelegt"""
    )
)
"""The words of a clause that says nothing but who agreed."""
_PEOPLE = "PMUCE"
_ALL = word_set("allen beiden")
_OPENING = re.compile("[,(;-]")
_CLOSING = ".*j)?l"
_HEADING = re.compile(r"[^:,.?]{2,10}?(?::|N(?=W))")
"""`Agreed with Aoife:`, `Agreed with Aoife that we …`."""
_HELD = re.compile(r"[lku,\-]*(?:W(?P<verb>.)|2)")
"""How somebody begins who says what is to hold: `we go with …`, `wir bleiben bei …`."""
_CHOOSING = word_set(
    """go stick keep use take stay run do make skip drop start leave test continue stop choose accept proceed ship
    gehen nehmen bleiben machen fahren verwenden nutzen behalten setzen lassen verzichten testen starten führen
    fangen arbeiten behandeln liefern streichen"""
)
_TALKING = word_set("talk meet wait see discuss call sync chat speak catch grab reden treffen warten sprechen")
"""Verbs of those who only want to talk."""
_NAMED = re.compile(r"[lku,\-]*(?=[GN0])[GN0vgE.D/R:-]+$")
"""A thing alone, without anything that is said of it."""
_ARTICLES = word_set("the a an our this that der die das ein eine unser unsere")
_NEVER = set("xi?QqAyI1PMVdh")
_LEAST = 4
"""Words of a thing that is a decision by itself."""


def agreed_with(sentence: Sentence, text: str) -> Item | None:
    """What a sentence says to hold, with somebody who agreed."""
    named = set(_PEOPLE) & set(sentence.row) or any(part.low in _ALL for part in sentence.parts)
    if sentence.mark("agreeing") is None or not named or "?" in sentence.row:
        return None
    return _agreed_behind(sentence, text) or _agreed_before(sentence, text)


def _agreed_behind(sentence: Sentence, text: str) -> Item | None:
    """`We stick to 18 rpm, agreed with Tomáš`, `let's take option B (Priya is fine with it)`."""
    marks = [found.start() for found in _OPENING.finditer(sentence.row)]
    if not marks or not _says_who(sentence, sentence.parts[marks[-1] + 1 : len(sentence.row.rstrip(_CLOSING))]):
        return None
    row, parted = sentence.row[: marks[-1]], sentence.parts[marks[-1]]
    head = [part for part in sentence.parts[: marks[-1]] if part.code not in "lku,-"]
    if _NEVER & set(row) or not head:
        return None
    proposing = sentence.mark("proposing")
    if proposing is not None:
        begin = sentence.words[proposing[0] + proposing[1].length - 1].end
        return None if any(part.low in _TALKING for part in head) else _decision(sentence, text, begin, parted.start)
    return _decision(sentence, text, head[0].start, parted.start) if _is_to_hold(sentence, row, head) else None


def _is_to_hold(sentence: Sentence, row: str, head: list[Part]) -> bool:
    """Whether somebody says how it is to be done, or a thing is only named that is to be so."""
    if held := _HELD.match(row):
        return not held["verb"] or sentence.parts[held.start("verb")].low in _CHOOSING
    named = _NAMED.match(row) is not None and head[0].low not in _ARTICLES
    return named and len(words_said(sentence, head)) >= _LEAST


def _agreed_before(sentence: Sentence, text: str) -> Item | None:
    """`Mit Aoife abgestimmt: drei Chargen`, `agreed with Aoife that we make three batches`."""
    found = _HEADING.match(sentence.row)
    if found is None or not _says_who(sentence, sentence.parts[: found.end() - 1]):
        return None
    rest = sentence.row[found.end() :]
    if set("dPMi") & set(rest) or not rest:
        return None
    return _decision(sentence, text, sentence.parts[found.end() - 1].end, sentence.end)


def _says_who(sentence: Sentence, parts: list[Part]) -> bool:
    """Whether a clause says who agreed, and nothing else."""
    if any(part.code in "xwiQ" for part in parts):
        return False
    if not any(part.code in _PEOPLE or part.low in _ALL for part in parts):
        return False
    words = words_said(sentence, parts)
    agreed = words & _AGREED or (words & _FINE and words & _WITH)
    return bool(agreed) and words <= _AGREEING


def _decision(sentence: Sentence, text: str, begin: int, end: int) -> Item | None:
    said = said_in(sentence, text, begin, end)
    if " " not in said:
        return None
    mark = sentence.mark("agreeing")
    return Item(Kind.DECISION, said, rule="agreed with somebody", trigger=mark[1].value if mark else "")

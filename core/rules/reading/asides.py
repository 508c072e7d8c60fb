"""What a sentence only says beside the matter: why no sooner, what comes after, that somebody repeats themselves or has
to leave. A day or a verb in it is no task's."""

from __future__ import annotations

import re

from core.rules.reading.parts import Sentence, cut
from core.rules.reading.words import word_set

_PROMISED = frozenset("1256wWPMIEpao4@")
"""Signs of which one stands in what is promised or asked, without which nothing is an aside to it."""
_DAYS_OWN = re.compile(r"[dD][^,;dD]{0,8}[,;\-](?P<aside>D(?:kD)?(?:(?:b|4|[ITP]b)[^dD]*|[^dD,;]*x[^dD]*))$")
"""`… tomorrow, today is full`, `… am Mittwoch, Dienstag ist er nicht da`."""
_AFTERWARDS = re.compile(r"[,;\-](?P<aside>(?:k|[lN])(?:b[ITPW]|4|[ITPW][bh])[^dDfvz]*)$")
"""`…, danach bin ich im Urlaub`."""
_BESIDES = re.compile(r"[,;\-](?P<aside>[lN][^dD,;]*x[^dD,;]*)$")
"""`…, vorher kommt da keiner ran`, `…, dafür brauchen wir keine eigene Runde`."""
_NO_TIME = re.compile(r"[dD][^,;dD]{0,8}[,;\-](?P<aside>x[^,;dD]{1,4}D)$")
"""`… on Monday, no time today`."""
_TIME = word_set("no kein keine")
_HAVING = word_set("time zeit chance capacity luft way slot")
_AFTER = word_set("danach dann then afterwards anschließend hinterher")
_REASONS = word_set("vorher davor früher eher dafür da dazu earlier sooner")
_OFFERED = word_set("fine ok okay good better best enough works reicht passt geht gut besser latest spätestens")
"""Words of a clause that names another day by which something may be done."""
_ASIDES = ((_DAYS_OWN, None), (_NO_TIME, _TIME), (_AFTERWARDS, _AFTER), (_BESIDES, _REASONS))

_SAYING = re.compile(r"[lku,\-]*(?:I[fosvN]|4g|1v)[^:]{0,8}:(?=.)")
_SAID = word_set(
    """wiederhole wiederholen sage sagen sag betone betonen erinnere erinnern repeat repeating say saying stress
    stressing remind reminding sound"""
)
_AGAIN = word_set("mich es ungern daran nochmal noch einmal nur leider myself it again once this like that gern erneut")
_LEAVING = re.compile(
    r"""(?:\W|\b(?:so|ok|okay|sorry|guys|leute|also|ja|oh|well|right)\b)*
    (?:(?:ich|i|wir|we)[ ])?(?:muss|müssen|gotta|must|(?:have|need|got)[ ]to|i've[ ]got[ ]to)
    (?:[ ](?:jetzt|leider|dann|gleich|mal|nun|schon|now|unfortunately|sadly|really|wirklich|dringend|schnell))*
    [ ](?:los|weg|raus|heim|fort|nach[ ]hause|gehen|aussteigen|auflegen|leave|go|run|dash|off|head[ ](?:off|out|home))
    (?=[ ]*(?:[,.;:!–-]|$))""",
    re.VERBOSE | re.IGNORECASE,
)
"""`So, ich muss los, …`."""
_CITING = re.compile(
    r"""\W*(?:(?:the|our|die|der|das|in[ ]der|im|in|unsere)[ ])?(?:[\w.-]{1,30}[ ]){0,3}
    (?:method|sop|record|contract|vertrag|procedure|protocol|manual|section|chapter|guideline|instruction|instructions|spec|specification|standard
    |methode|anweisung|arbeitsanweisung|vorschrift|handbuch|prüfvorschrift|kapitel|abschnitt|[\d.]+)
    (?:[ ](?:of|in|from|der|des|von)[ ](?:[\w.-]{1,30}[ ]){1,4}|[ ][\w.-]*\d[\w.-]*)?
    [ ]?(?:says|states|reads|requires|prescribes|sagt|steht|schreibt[ ]vor|lautet)[ ]*:""",
    re.VERBOSE | re.IGNORECASE,
)
"""`The method says: …`."""


def is_cited(sentence: Sentence) -> bool:
    """Whether it only quotes what a document asks of everybody."""
    return _CITING.match(sentence.view, sentence.start, sentence.end) is not None


def without_asides(sentence: Sentence) -> Sentence | None:
    """A sentence without what it says beside the matter; None where nothing is left."""
    if _LEAVING.match(sentence.view, sentence.start, sentence.end):
        return _past_leaving(sentence)
    return _without_reasons(sentence)


def said_again(sentence: Sentence) -> Sentence | None:
    """What somebody says once more, `ich wiederhole mich ungern: …`; None where they do not say so."""
    found = _SAYING.match(sentence.row)
    if found is None:
        return None
    lows = [part.low for part in sentence.parts[: found.end()]]
    if _SAID.isdisjoint(lows) or _AGAIN.isdisjoint(lows):
        return None
    return cut(sentence, sentence.parts[found.end() :])


def _past_leaving(sentence: Sentence) -> Sentence | None:
    """What somebody says besides that they have to leave, if they do more than to tell what for."""
    leaving = _LEAVING.match(sentence.view, sentence.start, sentence.end)
    end = leaving.end() if leaving else sentence.start
    rest = [part for part in sentence.parts if part.start >= end and part.code not in ",.;:-*"]
    if not _PROMISED & {part.code for part in rest}:
        return None
    return cut(sentence, [part for part in sentence.parts if part.start >= rest[0].start])


def _without_reasons(sentence: Sentence) -> Sentence:
    row = sentence.row.rstrip(".*jl")
    if "i" in row or "?" in row or not _PROMISED & set(row):
        return sentence
    for pattern, firsts in _ASIDES:
        found = pattern.search(row)
        if found is None or not found.start() or "y" in row[: found.start("aside")]:
            continue
        lows = [part.low for part in sentence.parts[found.start("aside") :]]
        if firsts is _TIME and _HAVING.isdisjoint(lows):
            continue
        if (firsts is None or lows[0] in firsts) and _OFFERED.isdisjoint(lows):
            return cut(sentence, sentence.parts[: found.start("aside") - 1])
    return sentence

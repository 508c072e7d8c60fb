"""Whom `he` and `she` mean behind somebody who is named: `Siobhán isn't on today, but she is down for the report`."""

from __future__ import annotations

import re

from core.rules.reading.parts import CODES, Part, Sentence, cut
from core.rules.reading.reported import tells
from core.rules.reading.words import word_set

_WITHIN = re.compile(r"[lku,\-]*(?P<who>[PM])(?P<told>[bxDch][^PMIWYpa1.?*]{0,14}?)(?:[,;\-]u?|u)(?P<they>[T3])")
_BEFORE = re.compile(r"[lku,\-]*(?P<who>[PM])(?P<told>[bxDch][^PMIWYpa1]{0,14})$")
_BEGINNING = re.compile(r"[lku,]*(?P<they>[T3])")
_THEY = word_set("he she er sie he'll she'll")
_OTHERS = frozenset("GCXUES")


def named_for(sentence: Sentence, before: Sentence | None) -> Sentence | None:
    """What is said of `he` or `she`, with whoever is named before in their place; whoever may be another is asked
    about."""
    if "T" not in sentence.row and "3" not in sentence.row:
        return None
    if found := _WITHIN.match(sentence.row):
        return _replaced(sentence, found.start("they"), sentence.parts[found.start("who") : found.end("told")])
    started, named = _BEGINNING.match(sentence.row), _BEFORE.match(before.row) if before is not None else None
    if started is None or named is None or before is None:
        return None
    return _replaced(sentence, started.start("they"), before.parts[named.start("who") : named.end("told")])


def _replaced(sentence: Sentence, place: int, told: list[Part]) -> Sentence | None:
    they, who = sentence.parts[place], told[0].value
    if they.low not in _THEY or tells(told) or len(who.people) != 1:
        return None
    sure = _OTHERS.isdisjoint(part.code for part in told)
    person = Part(CODES["person"], they.start, they.end, who._replace(ask=who.ask or not sure), they.low)
    will = [they._replace(code=CODES["will"])] if they.code == CODES["they will"] else []
    rest = cut(sentence, sentence.parts[place:])
    return cut(rest, [person, *will, *rest.parts[1:]])

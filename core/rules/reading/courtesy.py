"""What only makes a request polite: a condition around it, `if it is no trouble, …`, and `…, would you?` behind it."""

from __future__ import annotations

import re
from dataclasses import replace

from core.rules.reading.parts import CODES, Sentence, cut, words_said
from core.rules.reading.words import word_set

_BEFORE = re.compile(r"(?P<leads>[lku\-,]*)(?P<condition>[iO][^,:;.?*]{1,10}),(?![lku]*[I1W2456])(?=[^.;?*]*[paf8@v])")
_BEHIND = re.compile(r"[,(\-](?P<condition>i[^,:;.?*()]{1,10})[)?.*jlp]*$")
_TAG = re.compile(r"[,\-]?(?P<tag>a)[?.*jl]*$")
_TAGS = frozenset({"would you", "will you", "could you", "can you"})
_COMMAND = re.compile(r"(?:[lku,\-]*|.*[PME][,:\-])l?[vp@]")
_CONDITIONS = word_set("if when should wenn falls sofern sobald sollte solltest")
_COURTEOUS = word_set(
    """if when should wenn falls sofern sobald sollte solltest it it's its that that's that'd this is isn't not no be i
    me you your u we the a an any all at too much to ask trouble bother burden problem hassle imposition mind minds
    don't won't wouldn't get got find have has had can could may might manage make makes made time times minute minutes
    moment chance allows allow permits permit possible feasible convenient suits suit works work fits fit ok okay fine
    handy so kind inclined happy schedule diary calendar workload day go
    es das dir ihnen euch du ihr sie nichts keine kein umstände umstand mühe macht machen passt dazu kommst kommt
    kommen zeit hast habt haben findest findet möglich ausmacht ausmachen geht recht ist lust magst klappt kannst könnt
    können schaffst schafft mal kurz eine einen minute gelegenheit gerade zu viel nicht wäre für dich"""
)
"""Words of a condition that nobody means to be one."""
_FREE = word_set(
    """trouble bother burden problem hassle imposition mind minds ask time times minute minutes moment chance possible
    feasible convenient suits suit works work fits fit ok okay fine handy kind inclined may allows permits can could
    umstände mühe passt dazu zeit möglich ausmacht ausmachen geht recht lust magst klappt kannst könnt können schaffst
    schafft gelegenheit"""
)
"""Words of which one has to be in it."""


def without_courtesy(sentence: Sentence) -> Sentence:
    """The sentence without what only makes its request polite."""
    if "i" in sentence.row or "O" in sentence.row:
        if (found := _BEFORE.match(sentence.row)) and _is_courteous(sentence, found):
            rest = [*sentence.parts[: found.end("leads")], *sentence.parts[found.end() :]]
            return _asking(cut(sentence, rest))
        if (found := _BEHIND.search(sentence.row)) and _is_courteous(sentence, found):
            return _asking(cut(sentence, sentence.parts[: found.start()])) if found.start() else sentence
    return _asking(sentence)


def _is_courteous(sentence: Sentence, found: re.Match[str]) -> bool:
    condition = sentence.parts[found.start("condition") : found.end("condition")]
    said = words_said(sentence, condition)
    return condition[0].low in _CONDITIONS and said <= _COURTEOUS and not said.isdisjoint(_FREE)


def _asking(sentence: Sentence) -> Sentence:
    """A command without the `would you?` behind it, which is a `please`."""
    found = _TAG.search(sentence.row) if "a" in sentence.row else None
    if found is None or sentence.parts[found.start("tag")].value not in _TAGS or not _COMMAND.match(sentence.row):
        return sentence
    tag = sentence.parts[found.start("tag")]
    return replace(sentence, parts=[*sentence.parts[: found.start()], tag._replace(code=CODES["please"])], marks=None)

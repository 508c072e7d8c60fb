"""Where tasks begin in a sentence of natural talk: by which rule, whose each is, and what it needs to be one."""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from core.rules.reading.fitting import LEADING, Candidate, meets
from core.rules.reading.grammar import Rule
from core.rules.reading.opening_rules import RULES
from core.rules.reading.parts import CODES, Part, Scene, Sentence, Who
from core.rules.reading.things import ARTICLES, GERMAN_ARTICLES
from core.rules.reading.words import word_set

NOT_NAMES = word_set(
    """happy glad good great nice ready able keen time due back up down next hoping trying planning aiming looking
    working starting going used sorry pleased free willing welcome easy hard important best better enough likely
    subject similar close access according contrary relative respect prior feel love hate wish like hope intend
    expect promise offer order plan attempt reason way option chance ability need want remember reminder try
    proposal suggestion request note status update background context summary scope goal aim idea point result
    agenda topic attention question answer everything anything something nothing delighted excited unable
    unlikely set meant"""
)
"""Words that stand with a capital before `to` without being anybody."""

MOST_MATCHES = 40
"""Places in a sentence at which a rule is tried."""


class Opening(NamedTuple):
    """Where a task begins: the rule and its demands, the first part of all, that of the task, and the owner said."""

    rule: str
    flags: frozenset[str]
    first: int
    task: int
    owner: Who | None = None
    stranger: int | None = None
    """The part that names somebody or some company who is no member, to be kept in the summary."""
    reach: int = 0
    """Where what the rule is about ends: no other task begins before."""


def openings(sentence: Sentence, scene: Scene) -> list[Opening]:
    """Where tasks begin in a sentence, in order, each by the strongest rule for it."""
    found: dict[int, tuple[int, Opening]] = {}
    row = sentence.row
    for one in RULES.for_row(row):
        for match in islice(one.pattern.finditer(row), MOST_MATCHES):
            opening = _opening(one, match, sentence, scene)
            if opening is not None and (opening.task not in found or found[opening.task][0] > one.strength):
                found[opening.task] = (one.strength, opening)
    apart: list[Opening] = []
    for _, opening in sorted(found.values(), key=lambda one: (one[1].first, one[0])):
        before = apart[-1] if apart else None
        if before is None or (
            opening.first >= max(before.task, before.reach) and not _is_same_request(before, opening, row)
        ):
            apart.append(opening)
    return apart


_PARTING = frozenset(",;:-(k")


def _is_same_request(asked: Opening, again: Opening, row: str) -> bool:
    """Whether a `please` only stands within a request: `could you on Monday please check …`."""
    within = _PARTING.isdisjoint(row[asked.task : again.first])
    return within and again.rule == "please" and "polite" in asked.flags and "a" in row[asked.first : asked.task]


def _opening(one: Rule, match: re.Match[str], sentence: Sentence, scene: Scene) -> Opening | None:
    flags = one.flags
    task = match.start("task") if match["task"] is not None else match.end()
    if "skip" in flags:
        while task < len(sentence.parts) - 1 and sentence.parts[task].low in LEADING:
            task += 1
    if task >= len(sentence.parts) or not meets(flags, Candidate(match, task, sentence)):
        return None
    said = _who(flags, match, sentence.parts, scene)
    if said is None:
        return None
    who, stranger = said
    return Opening(one.name, flags, match.start(), task, who, stranger, match.end())


def _who(
    flags: frozenset[str], match: re.Match[str], parts: list[Part], scene: Scene
) -> tuple[Who | None, int | None] | None:
    """Whose a task is, and where a stranger stands that keeps a place in its summary; None where a word before `to`
    is nobody."""
    groups = match.re.groupindex
    if "stranger" in groups:
        place = match.start("stranger")
        said = [parts[at].low for at in range(place, match.end("stranger"))]
        named = NOT_NAMES.isdisjoint(said) and not ("foreign" in flags and said[0] in ARTICLES | GERMAN_ARTICLES)
        return (Who((), True), place) if named else None
    if "owner" in groups and match["owner"]:
        place = match.start("owner")
        who: Who = parts[place].value
        if "also" in flags:
            who = Who((*who.people, *scene.speaker.people), who.ask or scene.speaker.ask)
        return who, place if parts[place].code in "UC" else None
    if "nobody" in flags:
        return Who((), True), match.start() if parts[match.start()].code == CODES["third"] else None
    if "self" in flags or ("inverted" in flags and "I" in match[0]):
        return scene.speaker, None
    if flags & {"we", "inverted"}:
        return Who(scene.speaker.people, True), None
    return None, None

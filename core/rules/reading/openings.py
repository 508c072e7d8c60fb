"""Where tasks begin in a sentence of natural talk: by which rule, whose each is, and what it needs to be one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.rules.reading.grammar import rule
from core.rules.reading.parts import Part, Scene, Sentence, Who
from core.rules.reading.verbs import PREFIXES
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

_ARTICLES = word_set("the a an our your my his her their this that these those it")

RULES = tuple(
    (rule(name, row), frozenset(flags.split()))
    for name, row, flags in (
        ("asked by name", "begin please? owner sep? please? lead? sep? please? ask sep? please? task", "polite"),
        ("asked by name", "begin stranger sep? please? ask sep? please? task", "polite"),
        ("asked whether somebody can", "begin please? can please? owner please? task", "verb"),
        ("asked", "begin please? ask sep? please? task", "polite"),
        ("somebody is to do it", "begin owner please? sep? please? to please? task", "verb"),
        ("somebody will do it", "begin owner please? will please? task", "verb"),
        ("somebody has to do it", "begin owner please? must please? task", "must"),
        ("somebody should do it", "begin owner should task", "weak"),
        ("told with please", "begin owner sep? softener? sep? please softener? sep? task", "polite"),
        ("told with please", "begin please sep? owner sep? task", "polite"),
        ("told with please", "begin stranger sep? please sep? task", "polite verb"),
        ("told to do it soon", "begin owner sep? please? soon sep? please? sep? task", ""),
        ("told with please", "begin owner , task word word? word? word? word? please", "nouns"),
        ("told with please", "begin owner ,? does me? please task", "own"),
        ("please", "begin softener? sep? please soon? softener? sep? task", "polite"),
        ("somebody and I will", "begin owner and i_will task", "also verb"),
        ("I will", "begin i_will task", "self verb"),
        ("we will", "begin we_will task", "we verb"),
        ("I will", "begin due|day sep? i_will task", "self verb"),
        ("I have to", "begin i must task", "self must"),
        ("we have to", "begin we must task", "we date must"),
        ("we should", "begin we should task", "we date"),
        ("I can by then", "begin i_can task", "self date verb"),
        ("let me", "begin let_me task", "self verb"),
        ("I am doing it by then", "begin i_am_doing doing", "self date doing"),
        ("I owe", "begin i owe task", "self"),
        ("somebody owns it", "begin owner take task", "date"),
        ("I do it", "begin i does task", "self own"),
        ("I do it by then", "begin i verb task", "self date"),
        ("we do it by then", "begin we does|infinitive|verb task", "we date"),
        ("somebody does it by then", "begin owner does|infinitive task", "date"),
        ("by then somebody does it", "begin due|day does|infinitive owner|i|we task?", "date inverted"),
        ("name and task", "begin owner : verb task", "told"),
        ("name and task", "begin owner :|dash|arrow task", "date colon"),
        ("mentioned with a task", "begin mention sep? task", "date"),
        ("told by name", "begin owner ,? verb task", "date imperative"),
        ("told by name", "begin owner , does me? task", "date"),
        ("somebody unknown is to do it", "begin stranger please? to please? task", "verb date"),
        ("somebody unknown will do it", "begin stranger will please? task", "verb date"),
        ("somebody unknown does it by then", "begin stranger does task", "date german"),
    )
)
"""Name, the row of parts, and what else counts, the strongest first.

`verb`: the task has to be something to do. `date`: only with a day. `self`, `we`: the author's. `polite`: put to
whoever is addressed. `weak`: a suggestion. `must`: perhaps a rule's text.
"""


@dataclass(frozen=True, slots=True)
class Opening:
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
    for strength, (one, flags) in enumerate(RULES):
        for match in one.pattern.finditer(sentence.row):
            opening = _opening(one.name, flags, match, sentence, scene)
            if opening is not None and (opening.task not in found or found[opening.task][0] > strength):
                found[opening.task] = (strength, opening)
    apart: list[Opening] = []
    for _, opening in sorted(found.values(), key=lambda one: (one[1].first, one[0])):
        if not apart or opening.first >= max(apart[-1].task, apart[-1].reach):
            apart.append(opening)
    return apart


def _opening(
    name: str, flags: frozenset[str], match: re.Match[str], sentence: Sentence, scene: Scene
) -> Opening | None:
    parts, groups = sentence.parts, match.re.groupindex
    who: Who | None = None
    stranger: int | None = None
    if "owner" in groups and match["owner"]:
        place = match.start("owner")
        who = parts[place].value
        stranger = place if parts[place].code in "UC" else None
    elif "stranger" in groups:
        place = match.start("stranger")
        if any(parts[at].low in NOT_NAMES for at in range(place, match.end("stranger"))):
            return None
        who, stranger = Who((), True), place
    if "mention" in name:
        who = parts[match.start()].value
    if "also" in flags and who is not None:
        who = Who((*who.people, *scene.speaker.people), who.ask or scene.speaker.ask)
    if "self" in flags or ("inverted" in flags and who is None and "I" in match[0]):
        who = scene.speaker
    elif "we" in flags or ("inverted" in flags and who is None):
        who = Who(scene.speaker.people, True)
    task = match.start("task") if "task" in groups and match.start("task") >= 0 else match.end()
    if {"imperative", "told"} & flags:
        task -= 1
    if not _whole(parts, match.start(), task, sentence):
        return None
    if "self" in flags and task and parts[task - 1].code == "v" and parts[task - 1].low in _SAYING:
        return None
    if task >= len(parts) or ("verb" in flags and not _is_task(parts, task)):
        return None
    return Opening(name, flags, match.start(), task, who, stranger, match.end())


_SAYING = word_set(
    """propose suggest recommend request ask plan support advise estimate note understand question quote"""
)
"""Verbs by which `I …` does nothing but say something."""


def _whole(parts: list[Part], first: int, task: int, sentence: Sentence) -> bool:
    """Whether a verb that is a task only with its prefix, as `passt … an`, has it."""
    parted = [part for part in parts[first:task] if part.code == "f" and str(part.value).startswith("|")]
    if not parted:
        return True
    return any(word.low in PREFIXES for word in sentence.words[-4:])


def _is_task(parts: list[Part], task: int) -> bool:
    """Whether what follows is something to do, and no state such as `be there`."""
    part = parts[task]
    following = parts[task + 1] if task + 1 < len(parts) else None
    if part.low == "have":
        return following is not None and following.low in _ARTICLES
    if part.low == "be":
        return following is not None and following.low in ("responsible", "accountable")
    if part.low == "do":
        return True
    return part.code not in "sbhxtAq" and part.low not in _ARTICLES

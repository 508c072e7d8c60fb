"""What an opening has to have to be a task: a day where its rule demands one, and nothing that speaks against it."""

from __future__ import annotations

import re

from core.rules.reading.conditions import GRATEFUL
from core.rules.reading.drafts import Span
from core.rules.reading.dues import Due
from core.rules.reading.held import is_firm
from core.rules.reading.openings import Opening
from core.rules.reading.parts import Part
from core.rules.reading.shapes import EVERYBODY
from core.rules.reading.verbs import GERMAN_STATES, PREFIXES, STARTING, separable
from core.rules.reading.words import spelling, word_set

_GERMAN_NOT = word_set("nicht kein keine keinen keiner keinem nie nichts niemand nee")
_FEW = 9
"""Words of a sentence that does nothing but say whose something is."""
_TALKING = word_set(
    """discuss talk decide speak meet see hear sync catch reconvene regroup revisit pick continue besprechen
    sprechen reden treffen entscheiden sehen hören klären"""
)
"""Verbs by which `we will …` only says when to meet again."""
_TELLING = frozenset({"told by name", "somebody does it by then"})
_MEETING = word_set("meet visit join attend host")
"""Verbs of what is only on somebody's calendar where a day is said but no date by which."""
_HOSTING = frozenset({"leiten", "moderieren", "begleiten", "besuchen"})
_SOME_EVENT = word_set("a an another our the")


def _is_held(task: list[Part]) -> bool:
    """Whether what is to come is only announced: `we will have a fire drill on Friday`, and not `have it ready`."""
    begins = len(task) > 1 and task[0].low == "have" and task[1].low in _SOME_EVENT
    return begins and not any(part.low in _READY for part in task)


_READY = word_set("ready done finished complete available")
_CLAUSE = re.compile(r"[^,;:.\n(]*")


_HEDGES = word_set("perhaps maybe might ideally possibly wohl vielleicht eventuell evtl")
"""Words that in a question by when somebody can do something are only polite."""


def is_vague(opening: Opening, parts: list[Part]) -> bool:
    """Whether a vague word stands among some parts, other than the thanks for what is wished, and hedges of what is
    asked for."""
    vague = [spelling(str(part.value)).split()[-1] for part in parts if part.code == "V"]
    fine = GRATEFUL if "if" in opening.flags else _HEDGES if "asks" in opening.flags else frozenset()
    return any(word not in fine for word in vague)


def denied(opening: Opening, span: Span) -> bool:
    """A negation: before or at the task in English, in its clause in German."""
    sentence = span.sentence
    doing = opening.task + 1 + (sentence.parts[opening.task].low == "do")
    if "x" in sentence.row[max(0, opening.first - 1) : doing]:
        return True
    clause = _CLAUSE.match(sentence.row, opening.task, max(opening.task, span.end))
    last = clause.end() if clause else opening.task
    return any(part.code == "x" and part.low in _GERMAN_NOT for part in sentence.parts[opening.first : last])


def holds(opening: Opening, span: Span, due: Due) -> bool:
    """Whether the opening has what its rule demands, and nothing speaks against it."""
    if opening.rule == "named as its owner" and span.sentence.row.count("%") > 1:
        return False  # a list of who does what, and no task
    if _is_rule(opening, span) or _is_social(opening, span) or _goes_on(opening, span) or _is_done_to(opening, span):
        return False
    if not {"passive", "bare"} & opening.flags and _ends_in_state(opening, span):
        return False
    if not _is_asked_of(opening, span) or (opening.rule == "asked" and span.sentence.parts[opening.task].code == "F"):
        return False
    return _fits_its_day(opening, span, due) if due.reading is not None else _needs_no_day(opening, span)


def _is_asked_of(opening: Opening, span: Span) -> bool:
    """Whether it is no habit, no report of what is done, and no `we will talk again`."""
    flags, owner = opening.flags, opening.owner
    if "must" in flags and not set("dD") & set(span.row) and any(part.value in _AS_EVER for part in span.parts):
        return False
    if {"date", "owns"} & flags and any(part.low in _HABITS for part in span.parts):
        return False
    if "by" in flags and not any(map(is_firm, span.parts)):
        return False
    if opening.rule in _TELLING and "d" not in span.row and _meets(opening, span):
        return False
    first = next((part for part in span.parts if part.code not in "lku,-"), None)
    if "date" in flags and first is not None and first.low in ("until", "till"):
        return False  # until when something lasts: `until Friday we run in manual mode`
    if opening.rule == "we will" and "d" not in span.row and _is_held(span.sentence.parts[opening.task :]):
        return False
    if "colon" in flags and _REPORTED.match(span.sentence.row, opening.task):
        return False
    told = span.sentence.parts[opening.first : max(opening.task + 2, opening.reach)]
    return not (owner is not None and owner.ask and owner.people and any(part.low in _TALKING for part in told))


def _meets(opening: Opening, span: Span) -> bool:
    """Whether somebody only meets others or leads them through a meeting."""
    told = span.sentence.parts[opening.first : opening.task + 1]
    return any(part.low in _MEETING or part.value in _HOSTING for part in told)


def _fits_its_day(opening: Opening, span: Span, due: Due) -> bool:
    return "thing" not in opening.flags or due.shared or _adjoins(opening, span)


def _needs_no_day(opening: Opening, span: Span) -> bool:
    """Whether it is one without a day: no long aside, nothing about the call itself, no suggestion, no rule's text."""
    flags, owner = opening.flags, opening.owner
    nobody = owner is not None and not owner.people
    if (
        "owns" in flags
        and span.sentence.mark("both") is None
        and (len(span.sentence.words) > _FEW or span.sentence.parts[opening.task].low in _SOME)
    ):
        return False
    if (owner is None and _ANYBODY.match(span.trigger(opening).lower())) or span.sentence.mark("in the call"):
        return False
    if "weak" in flags and not (nobody and opening.stranger is None):
        return False
    company = opening.stranger is not None and nobody
    everybody = owner is not None and owner.people == (EVERYBODY,)
    return not ("must" in flags and (company or everybody))


_SOME = word_set("a an ein eine einen two three zwei drei some")
"""What somebody owns of which others have some too is no task: `she owns a boat`."""


def _is_done_to(opening: Opening, span: Span) -> bool:
    """Whether `wird` is no future but a passive: `der Alarm wird getestet`."""
    told = span.sentence.parts[opening.first : opening.task]
    if not any(part.low in ("wird", "werden") for part in told):
        return False
    clause = span.sentence.row.find(",", opening.task, span.end)
    parts = span.sentence.parts[opening.first : clause if clause > 0 else span.end]
    last = next((part for part in reversed(parts) if part.code not in "dD.,!*?jlp)"), None)
    return last is not None and (last.code == "y" or (last.code in "fN" and last.low.endswith("t")))


_OF_THEIRS = STARTING | word_set(
    "visit inspect audit tour attend join retire besuchen auditieren inspizieren teilnehmen"
)
"""Verbs of what somebody from outside does that is no task of the project."""


def _goes_on(opening: Opening, span: Span) -> bool:
    """Whether some thing or function only begins or ends: `Production will start on Monday`."""
    if opening.stranger is None or opening.rule == "somebody is to do it" or "polite" in opening.flags:
        return False
    told = span.sentence.parts[opening.first : opening.task + 1]
    return any(part.low in _OF_THEIRS or part.value in _OF_THEIRS for part in told if part.code in "vfzs")


def _is_rule(opening: Opening, span: Span) -> bool:
    """Whether it is the text of a rule that binds a company, a function or everybody, or names no one."""
    single = opening.owner is not None and opening.owner.people and opening.owner.people != (EVERYBODY,)
    if single or {"polite", "colon", "told"} & opening.flags - {"passive"} or opening.rule == "somebody is to do it":
        return False
    within = any(part.code == "d" and part.low in _WITHIN for part in span.parts)
    return bool(within or span.sentence.mark("rule"))


_REPORTED = re.compile(r"[NGvg0Rf]+y[,;.]")
"""What follows a name with a colon in a status report: `Hùng: 12 samples done, …`."""


_DAY_BEHIND = re.compile(r"[)\]]?[,\-:>|/(]?[dD]")


def _adjoins(opening: Opening, span: Span) -> bool:
    """Whether the day stands right behind the thing that is due, or heads it: not `Luís the best, see you Monday`."""
    row = span.sentence.row
    return bool(_DAY_BEHIND.match(row, opening.reach)) or bool(set("dD") & set(row[: opening.task]))


_ANYBODY = re.compile(r"you(?:'ll|'d)? (?:have|need) to\b")
"""What tells anybody how a thing is done, where nobody is addressed and no day is said."""
_AS_EVER = frozenset(["as usual", "as always", "wie immer"])
_HABITS = word_set("immer always usually normally generally typically normalerweise meistens generell stets often oft")
_WITHIN = word_set("within in innerhalb binnen")


def _is_social(opening: Opening, span: Span) -> bool:
    """Whether somebody only tells of cake, or of their day off."""
    telling = {"verb", "own", "owns", "date"} & opening.flags and "polite" not in opening.flags
    return bool(telling and span.sentence.mark("social"))


_MUST = word_set("muss musst müsst müssen")
_SOMEWHERE = word_set("in ins zum zur nach zu an ans auf aufs")


def _goes_somewhere(opening: Opening, span: Span, said: list[Part]) -> bool:
    """Whether somebody only has to be elsewhere: `ich muss um 15 Uhr in ein anderes Meeting`."""
    told = span.sentence.parts[opening.first : opening.task]
    if not any(part.low in _MUST for part in told) or "z" in span.row or said[-1].low in PREFIXES:
        return False
    task = [part for part in span.sentence.parts[opening.task : span.end] if part.code not in "dD"]
    return bool(task) and task[0].low in _SOMEWHERE


_INFINITIVE = re.compile(r"[^,]*z(?=,)")
"""A German task before what else is said: `… hochladen, muss bis Montag drin sein`."""


def _ends_in_state(opening: Opening, span: Span) -> bool:
    """Whether a German sentence says where somebody goes or what they feel: `ich muss um 15 Uhr los`."""
    clause = _INFINITIVE.match(span.sentence.row, opening.task, span.end)
    parts = span.sentence.parts[span.first : clause.end()] if clause else span.parts
    said = [part for part in parts if part.code not in "dD.,!*?jlp)"]
    if not said or said[-1].low not in GERMAN_STATES:
        return bool(said) and _goes_somewhere(opening, span, said)
    verbs = (spelling(str(part.value).removeprefix("|")) for part in said if part.code in "fz@")
    if any(f"{said[-1].low}{verb}" in separable() for verb in verbs):
        return False
    return said[-1].low not in PREFIXES or not any(part.code in "fz" and str(part.value)[:1] != "|" for part in said)

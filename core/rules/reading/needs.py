"""Tasks that name no doer before them: a need with a date, a passive, a bare command, a task with its owner behind."""

from __future__ import annotations

import re

from core.rules.due_phrases import DueReading
from core.rules.reading.grammar import rule
from core.rules.reading.openings import Opening
from core.rules.reading.parts import Sentence
from core.rules.reading.words import word_set

RULES = tuple(
    (rule(name, row), frozenset(flags.split()))
    for name, row, flags in (
        ("somebody is told what is needed of them", "begin owner sep? i|we need task", "need"),
        ("somebody is told what is needed of them", "begin owner sep? want task", "need"),
        ("needed by then", "begin i|we|they? need task", "need"),
        ("wanted by then", "begin want task", "need"),
        ("to be done by then", "^ lead* sep? must task", "bare"),
        ("told", "^ lead* sep? softener? sep? verb task", "command"),
        ("told", "^ lead* sep? due|day sep? verb task", "command"),
    )
)
_PASSIVE = re.compile(r"^[lku,\-]*(?P<subject>[^,.:;?*()|>_\nxi!]{1,12}?)(?P<must>[oO]|e|twb|tb)(?P<rest>.*)$")
_GENERIC = word_set(
    """all each every any samples operators alle jede jeder jedes immer everybody everyone no nobody whoever
    deviations entries records"""
)


def ownerless(sentence: Sentence, due: DueReading | None) -> Opening | None:
    """The task of a sentence in which no opening was found; the date that it needs is `due`."""
    for one, flags in RULES:
        found = one.pattern.search(sentence.row)
        if found is None or (due is None and not _owned(found)):
            continue
        task = found.start("task") - ("command" in flags)
        if "command" in flags and not _command(sentence, task):
            continue
        if "bare" in flags and _within_span(sentence):
            continue
        who = sentence.parts[found.start("owner")].value if _owned(found) else None
        return Opening(one.name, flags | {"polite"}, found.start(), task, who)
    if due is not None and (passive := _passive(sentence, due)) is not None:
        return passive
    return None


def _owned(found: re.Match[str]) -> bool:
    return "owner" in found.re.groupindex and found["owner"] is not None


def _command(sentence: Sentence, task: int) -> bool:
    following = sentence.parts[task + 1] if task + 1 < len(sentence.parts) else None
    if (
        following is None
        or following.low in ("of", "is", "was", "are", "were", "-", "has")
        or following.code in "bhwoO"
    ):
        return False
    return any(part.code == "d" for part in sentence.parts)


def _passive(sentence: Sentence, due: DueReading) -> Opening | None:
    """`The gap list must be closed by Friday`, `Das Protokoll muss bis Freitag raus`; not a rule's text."""
    found = _PASSIVE.match(sentence.row)
    if found is None or (due.basis == "relative" and _within_span(sentence)):
        return None
    subject = sentence.parts[found.start("subject") : found.end("subject")]
    if any(part.low in _GENERIC for part in subject) or any(part.code in "PIWYTqaAcQFV" for part in subject):
        return None
    begin = found.start("subject")
    return Opening("to be done by then", frozenset(["polite", "passive"]), begin, begin, None)


def _within_span(sentence: Sentence) -> bool:
    return any(part.code == "d" and part.low in ("within", "innerhalb", "in", "binnen") for part in sentence.parts)

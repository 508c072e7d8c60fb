"""Who does something, asked and answered in one line: `Who updates the register? Luís, by 20 March.`"""

from __future__ import annotations

import re

from core.rules.reading.dues import due_in
from core.rules.reading.owners import confirming
from core.rules.reading.parts import Part, Scene, Sentence, Who
from core.rules.reading.shapes import Item, Kind
from core.rules.reading.summaries import summary, tidied
from core.rules.reading.verbs import german_task
from core.rules.reading.words import spelling, word_set

_WHO = word_set("who who's whos who'll wholl wer")
_ASKED = re.compile(r"[lku,\-]*q(?P<modal>[wc]t?)?(?P<verb>[vfzKA]?)(?P<task>[^?]*?)[dD]?\?[?*jlp]*$")
_ANSWERED = re.compile(r"[lku,\-]*(?P<owner>[PM])(?P<rest>.*)|[lku,\-]*(?P<self>[I1457m])(?P<more>.*)", re.DOTALL)
_ANSWERING = word_set(
    """does do it this that can will please bitte macht mach mach's machs mache übernimmt übernehme das es gerne gern ok
    takes take has got on handle handles i'll i'm me ich mich would could könnte kann wird würde den die one probably"""
)


def answered(question: Sentence, sentence: Sentence, scene: Scene, text: str) -> Item | None:
    """The task of whoever answers a question who does it, or is named in its answer."""
    asked, named = _ASKED.match(question.row), _ANSWERED.match(sentence.row)
    if asked is None or named is None or not (asked["verb"] or asked["modal"]):
        return None
    parts = question.parts
    if next(part for part in parts if part.code == "q").low not in _WHO or not asked["task"]:
        return None
    if any(part.code not in "dD,-.*jlp" and not _answers(sentence, part) for part in sentence.parts[1:]):
        return None
    owner: Who = sentence.parts[named.start("owner")].value if named["owner"] else scene.speaker
    due = due_in(sentence.parts, scene.setting).reading or due_in(parts, scene.setting).reading
    task = parts[asked.start("task") : asked.end("task")]
    said = _task(parts[asked.start("verb")] if asked["verb"] else None, summary(text, task[0].start, task[-1].end))
    asks = confirming(owner.people, owner, due)
    return Item(Kind.ACTION, said, owner.people, due, asks, rule="who does it is asked and answered", trigger="who")


def _answers(sentence: Sentence, part: Part) -> bool:
    words = sentence.view[part.start : part.end].lower().split()
    return part.low in _ANSWERING or all(spelling(word) in _ANSWERING for word in words)


def _task(verb: Part | None, said: str) -> str:
    if verb is None or verb.code in "KA":
        return said
    if str(verb.value).endswith(("en", "ln", "rn", "tun")):
        return german_task(said, str(verb.value))
    return tidied(f"{verb.value} {said}")

"""Actions in natural talk: each opening of a sentence weighed, and made an item with owner, date and summary."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from core.rules.reading.dues import Due, due_in
from core.rules.reading.needs import ownerless
from core.rules.reading.openings import Opening, openings
from core.rules.reading.owners import Behind, called, confirming, placed
from core.rules.reading.parts import Part, Scene, Sentence, Who
from core.rules.reading.recurrence import recurring
from core.rules.reading.shapes import EVERYBODY, Confirm, Item, Kind
from core.rules.reading.summaries import summary, tidied
from core.rules.reading.verbs import german_task
from core.rules.reading.words import word_set

_CHECKING = word_set(
    """check confirm verify see clarify know find ask tell investigate determine decide pruefen klaeren prueft
    prueft pruefe evaluate assess test out sure wissen bescheid me us whether"""
)
_GERMAN_NOT = word_set("nicht kein keine keinen keiner keinem nie nichts niemand nee")
_CLAUSE = re.compile(r"[^,;:.\n(]*")


@dataclass(frozen=True, slots=True)
class Draft:
    """An action as far as its own sentence tells: `waiting` for a date that others of its line may bring."""

    item: Item
    waiting: bool = False
    shares: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """The parts of a sentence that one task takes, with what precedes it."""

    sentence: Sentence
    first: int
    end: int
    text: str

    @property
    def parts(self) -> list[Part]:
        """All of them."""
        return self.sentence.parts[self.first : self.end]

    @property
    def row(self) -> str:
        """Their signs."""
        return self.sentence.row[self.first : self.end]


def natural_actions(sentence: Sentence, scene: Scene, text: str) -> list[Draft]:
    """The actions that a sentence asks for or promises."""
    if is_conditional(sentence):
        return []
    found = openings(sentence, scene)
    drafts: list[Draft] = []
    for number, opening in enumerate(found):
        end = found[number + 1].first if number + 1 < len(found) else len(sentence.parts)
        span = Span(sentence, 0 if number == 0 else opening.first, end, text)
        draft = _draft(opening, span, scene)
        if draft is not None:
            drafts.append(draft)
    if drafts or any(opening.owner is not None and "date" not in opening.flags for opening in found):
        return drafts
    lonely = _ownerless(sentence, scene, text)
    return [lonely] if lonely else []


def _ownerless(sentence: Sentence, scene: Scene, text: str) -> Draft | None:
    """A task that no owner stands before."""
    span = Span(sentence, 0, len(sentence.parts), text)
    if "V" in span.row or "J" in span.row or "j" in span.row or "?" in span.row:
        return None
    due = due_in(span.parts, scene.setting)
    behind = placed(span.parts)
    opening = ownerless(sentence, due.reading)
    if opening is None and behind is not None and behind.place and (due.reading or ">" in span.row):
        task = next((place for place, part in enumerate(sentence.parts) if part.code not in "lku,-:"), 0)
        if task < behind.place and sentence.parts[task].code not in "PMIWYTbhA":
            opening = Opening("a task with its owner behind", frozenset(["behind"]), task, task)
    return _draft(opening, span, scene, behind) if opening is not None else None


def is_conditional(sentence: Sentence) -> bool:
    """Whether the sentence holds only if something else does; `check if` and `if possible` are no conditions."""
    for place, part in enumerate(sentence.parts):
        if part.code == "i":
            before = sentence.parts[place - 1] if place else None
            if before is not None and before.low in _CHECKING:
                continue
            if part.low in ("once", "when", "as", "sobald", "whenever") and place:
                continue
            return True
    return False


def _draft(opening: Opening, span: Span, scene: Scene, behind: Behind | None = None) -> Draft | None:
    end = span.end
    while end > opening.task and span.sentence.parts[end - 1].code in "ku,-;:":
        end -= 1
    span = replace(span, end=end)
    if "V" in span.row or "J" in span.row or _denied(opening, span):
        return None
    again = recurring(span.sentence.view, span.sentence.start, span.sentence.end, scene.setting)
    due = due_in(span.parts, scene.setting)
    if again is not None and span.first == 0:
        due = Due(due.reading if again.due is None else again.due, again.stretches)
    if behind is None and opening.owner is None:
        behind = called(span.sentence.parts[opening.task : end]) or called(span.sentence.parts[: opening.first])
    owner = opening.owner or (behind.who if behind else None)
    if not _holds(opening, span, due):
        return None
    waiting = "date" in opening.flags and due.reading is None
    if waiting and ("colon" not in opening.flags or "?" in span.row):
        return None
    item = _item(opening, owner, span, due, behind)
    urgent = "$" in span.row
    return Draft(replace(item, recurrence=again.rule if again else "", urgent=urgent), waiting, due.shared)


def _denied(opening: Opening, span: Span) -> bool:
    """A negation: before or at the task in English, in its clause in German."""
    sentence = span.sentence
    if "x" in sentence.row[max(0, opening.first - 1) : opening.task + 1]:
        return True
    clause = _CLAUSE.match(sentence.row, opening.task, max(opening.task, span.end))
    last = clause.end() if clause else opening.task
    return any(part.code == "x" and part.low in _GERMAN_NOT for part in sentence.parts[opening.first : last])


def _holds(opening: Opening, span: Span, due: Due) -> bool:
    """Whether the opening has what its rule demands."""
    flags, owner = opening.flags, opening.owner
    nobody = owner is not None and not owner.people
    if "weak" in flags and due.reading is None and not (nobody and opening.stranger is None):
        return False
    company = opening.stranger is not None and nobody
    everybody = owner is not None and owner.people == (EVERYBODY,)
    if "must" in flags and due.reading is None and (company or everybody):
        return False
    return not (opening.rule == "asked" and span.sentence.parts[opening.task].code == "F")


def _item(opening: Opening, owner: Who | None, span: Span, due: Due, behind: Behind | None) -> Item:
    parts, text = span.sentence.parts, span.text
    words = _summary(opening, span, [*due.stretches, *([behind.stretch] if behind else [])])
    people = owner.people if owner is not None else ()
    if len(people) > 1 and owner is not None and owner.ask:
        people = ()
    if opening.stranger is not None and not people and parts[opening.stranger].code != "C":
        words = f"{text[parts[opening.stranger].start : parts[opening.task - 1].end]} {words}".strip()
    confirm = confirming(people, owner, due.reading)
    if _pointing(words):
        confirm = (*confirm, Confirm.SUMMARY)
    links = tuple(dict.fromkeys(part.value for part in span.parts if part.code == "R"))
    trigger = _trigger(opening, span)
    return Item(Kind.ACTION, words, people, due.reading, confirm, links=links, rule=opening.rule, trigger=trigger)


def _trigger(opening: Opening, span: Span) -> str:
    """The words by which the task was known."""
    parts = span.sentence.parts
    first, task = parts[min(opening.first, len(parts) - 1)], parts[min(opening.task, len(parts) - 1)]
    return span.text[first.start : task.start].strip(" ,:-–—") or span.text[first.start : first.end]


def _pointing(words: str) -> bool:
    """Whether a German summary holds a verb and a pronoun alone."""
    said = words.split()
    return (
        0 < len(said) <= 3
        and said[0].lower() in ("das", "dies", "es")
        and not any(word[0].isupper() for word in said[1:])
    )


def _summary(opening: Opening, span: Span, without: list[tuple[int, int]]) -> str:
    parts = span.sentence.parts
    task = parts[opening.task : span.end]
    if not task:
        return tidied(span.text[parts[0].start : parts[-1].end])
    out = [*without, *((part.start, part.end) for part in task if part.code in "pHj$")]
    said = summary(span.text, task[0].start, task[-1].end, out)
    before = parts[opening.first : opening.task]
    verb = next((part for part in reversed(before) if part.code in "fz"), None)
    if verb is None:
        return said
    if str(verb.value).endswith(("en", "ln", "rn", "tun")):
        return german_task(said, str(verb.value))
    return tidied(f"{verb.value} {said}")

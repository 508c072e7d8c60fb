"""Actions in natural talk: each opening of a sentence weighed, and made an item with owner, date and summary."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from core.rules.due_phrases import DueReading
from core.rules.reading.dues import Due, due_in
from core.rules.reading.grouping import correction
from core.rules.reading.held import FIRM, held
from core.rules.reading.needs import ownerless
from core.rules.reading.openings import Opening, openings
from core.rules.reading.owners import Behind, asked_last, begun_with, called, confirming, placed
from core.rules.reading.parts import Part, Scene, Sentence, Who
from core.rules.reading.recurrence import Recurring, recurring
from core.rules.reading.shapes import EVERYBODY, Confirm, Item, Kind
from core.rules.reading.summaries import summary, tidied
from core.rules.reading.verbs import GERMAN_STATES, PREFIXES, STARTING, german_task, separable
from core.rules.reading.words import spelling, word_set

_CHECKING = word_set(
    """check confirm verify see clarify know find ask tell investigate determine decide pruefen klaeren prueft
    prueft pruefe evaluate assess test out sure wissen bescheid me us whether"""
)
_GERMAN_NOT = word_set("nicht kein keine keinen keiner keinem nie nichts niemand nee")
_FEW = 9
"""Words of a sentence that does nothing but say whose something is."""
_TALKING = word_set(
    """discuss talk decide speak meet see hear sync catch reconvene regroup revisit pick continue besprechen
    sprechen reden treffen entscheiden sehen hören klären"""
)
"""Verbs by which `we will …` only says when to meet again."""
MOST_ITEMS = 20
"""Tasks of one sentence; more of them are no talk."""
_CLAUSE = re.compile(r"[^,;:.\n(]*")


@dataclass(frozen=True, slots=True)
class Draft:
    """An action as far as its own sentence tells: `waiting` for a date that others of its line may bring."""

    item: Item
    waiting: bool = False
    shares: bool = False
    start: int = 0


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


def natural_actions(sentence: Sentence, scene: Scene, text: str, *, tagged: bool = False) -> list[Draft]:
    """The actions that a sentence asks for or promises; of a `tagged` one nobody need say that it is meant."""
    if _DID.search(sentence.row):
        return []
    conditional = is_conditional(sentence) and not _is_wished(sentence)
    if not tagged and (conditional or is_condition(sentence) or _is_proposed(sentence)):
        return []
    found = openings(sentence, scene)[:MOST_ITEMS]
    again = recurring(sentence.view, sentence.start, sentence.end, scene.setting) if found else None
    drafts: list[Draft] = []
    for number, opening in enumerate(found):
        end = found[number + 1].first if number + 1 < len(found) else len(sentence.parts)
        span = Span(sentence, 0 if number == 0 else opening.first, end, text)
        draft = _draft(opening, span, scene, again=again if number == 0 else None)
        if draft is not None:
            drafts.append(draft)
    drafts = _dated_alike(drafts, headed=_HEADED.match(sentence.row) is not None)
    if drafts or any(opening.owner is not None and "date" not in opening.flags for opening in found):
        return drafts
    lonely = _ownerless(sentence, scene, text)
    return [lonely] if lonely else []


_HEADED = re.compile(r"[lku,\-]*[dD][:\-]")
"""`By Monday: Luís the register, Hùng the table`."""


def _dated_alike(drafts: list[Draft], *, headed: bool) -> list[Draft]:
    """The drafts with the one date of their sentence where it begins with that; where it ends with it, those that
    wait for a date have it too, and it is asked about."""
    dues = [draft.item.due for draft in drafts]
    due = next((due for due in (dues if headed else dues[::-1]) if due is not None), None)
    if len(drafts) < 2 or due is None or (not headed and (dues[-1] is None or any(draft.shares for draft in drafts))):
        return drafts
    return [_given(draft, due, ask=not headed) if draft.waiting and draft.item.text else draft for draft in drafts]


def _given(draft: Draft, due: DueReading, *, ask: bool) -> Draft:
    """A draft that waited, with the date of others."""
    asks = tuple(one for one in draft.item.confirm if one is not Confirm.DUE)
    item = replace(draft.item, due=due, confirm=(*asks, Confirm.DUE) if ask or due.ask else asks)
    return replace(draft, item=item, waiting=False)


def _ownerless(sentence: Sentence, scene: Scene, text: str) -> Draft | None:
    """A task that no owner stands before."""
    span = Span(sentence, 0, len(sentence.parts), text)
    if set("VJj") & set(span.row) or sentence.mark("social") or ("?" in span.row and not set("cLS") & set(span.row)):
        return None
    due = due_in(span.parts, scene.setting)
    behind = placed(span.parts)
    opening = ownerless(sentence, scene, due.reading)
    if opening is None and behind is not None and behind.place and (due.reading or ">" in span.row):
        task = next((place for place, part in enumerate(sentence.parts) if part.code not in "lku,-:"), 0)
        if task < behind.place and sentence.parts[task].code not in "PMIWYTbhA":
            opening = Opening("a task with its owner behind", frozenset(["behind"]), task, task)
    if opening is not None:
        return _draft(opening, span, scene, behind)
    found = held(sentence, scene, due.reading)
    return _draft(found.opening, span, scene, found.behind) if found is not None else None


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


_DID = re.compile(r"[ku,][TPWI][yh][.*]*$")
"""`… and he did`."""
_IF_SOMEBODY = re.compile(r"[lku,\-]*(?:[PM],?)?i[PMEY]c")
_GRATEFUL = word_set("great good nice lovely helpful appreciated grateful perfect super toll prima dankbar schoen gut")


def _is_wished(sentence: Sentence) -> bool:
    """`If Hùng could send it, that would be great`: a request whose condition is only polite."""
    last = [word.low for word in sentence.words[-3:]]
    return bool(_IF_SOMEBODY.match(sentence.row) and any(word in _GRATEFUL for word in last))


def _is_vague(opening: Opening, parts: list[Part]) -> bool:
    """Whether a vague word stands among some parts, other than the thanks for what is wished."""
    vague = [str(part.value).split()[-1] for part in parts if part.code == "V"]
    return any("if" not in opening.flags or word not in _GRATEFUL for word in vague)


def _is_proposed(sentence: Sentence) -> bool:
    """Whether somebody only proposes it; `let us have` and `let's have Hùng …` ask for something."""
    found = sentence.mark("proposing")
    return found is not None and found[0] <= _FEW // 2 and not set("L8") & set(sentence.row)


def is_condition(sentence: Sentence) -> bool:
    """`Should the agency ask, …`."""
    first = next((part for part in sentence.parts if part.code not in "lku,-:"), None)
    return (
        first is not None
        and first.low in ("should", "sollte", "sollten", "had", "hätte", "haette")
        and "?" not in sentence.row
        and "," in sentence.row
    )


def _draft(
    opening: Opening, span: Span, scene: Scene, behind: Behind | None = None, again: Recurring | None = None
) -> Draft | None:
    """The task that an opening begins; None where it is none after all."""
    end = span.end
    while end > opening.task and span.sentence.parts[end - 1].code in "ku,-;:":
        end -= 1
    span = replace(span, end=end)
    if _is_vague(opening, span.parts) or "J" in span.sentence.row[span.first : opening.task] or _denied(opening, span):
        return None
    due = due_in(span.parts, scene.setting)
    if again is not None:
        due = Due(due.reading if again.due is None else again.due, again.stretches)
    if due.reading is not None and _is_anothers(opening, span):
        due = due._replace(reading=replace(due.reading, ask=True))
    owner, behind, span = _owner(opening, behind, span)
    if not _holds(opening, span, due):
        return None
    waiting = "date" in opening.flags and due.reading is None
    if waiting and end <= opening.task:
        return None  # `Luís: Hùng will send it`
    if waiting and (not ("colon" in opening.flags or span.sentence.mark("both")) or "?" in span.row):
        return None
    item = _item(opening, owner, span, due, behind)
    if not item.owners and item.due is None and " " not in item.text:
        return None
    item = replace(item, recurrence=again.rule if again else "", urgent="$" in span.row)
    return Draft(item, waiting, due.shared, span.sentence.parts[opening.first].start)


def _is_anothers(opening: Opening, span: Span) -> bool:
    """Whether every day stands before the task, with somebody else: perhaps it is their day."""
    days = [place for place, part in enumerate(span.sentence.parts[: span.end]) if part.code in "dD"]
    before = span.sentence.parts[span.first : opening.first]
    return bool(days) and days[-1] < opening.first and any(part.code in "PM" for part in before)


def _owner(opening: Opening, behind: Behind | None, span: Span) -> tuple[Who | None, Behind | None, Span]:
    """Whose a task is: named by its rule, called behind or before it, or put right at its end, which is cut off."""
    parts = span.sentence.parts
    if behind is None and opening.owner is None:
        before = parts[: opening.first]
        task = parts[opening.task : span.end]
        behind = called(task) or called(before) or begun_with(before)
        if behind is None and opening.rule == "asked":
            behind = asked_last(task)
    corrected = correction(span.parts)
    if corrected is not None and span.first + corrected[1] > opening.task:
        return corrected[0], behind, replace(span, end=span.first + corrected[1])
    return opening.owner or (behind.who if behind else None), behind, span


def _denied(opening: Opening, span: Span) -> bool:
    """A negation: before or at the task in English, in its clause in German."""
    sentence = span.sentence
    doing = opening.task + 1 + (sentence.parts[opening.task].low == "do")
    if "x" in sentence.row[max(0, opening.first - 1) : doing]:
        return True
    clause = _CLAUSE.match(sentence.row, opening.task, max(opening.task, span.end))
    last = clause.end() if clause else opening.task
    return any(part.code == "x" and part.low in _GERMAN_NOT for part in sentence.parts[opening.first : last])


def _holds(opening: Opening, span: Span, due: Due) -> bool:
    """Whether the opening has what its rule demands."""
    flags, owner = opening.flags, opening.owner
    nobody = owner is not None and not owner.people
    if opening.flags & {"date", "owns"} and any(part.low in _HABITS for part in span.parts):
        return False
    if _is_rule(opening, span) or _is_social(opening, span) or _goes_on(opening, span):
        return False
    if "by" in flags and not any(part.code == "d" and part.value.strength >= FIRM for part in span.parts):
        return False
    if "thing" in flags and due.reading is not None and not (due.shared or _adjoins(opening, span)):
        return False
    if "colon" in flags and _REPORTED.match(span.sentence.row, opening.task):
        return False
    if "owns" in flags and due.reading is None and len(span.sentence.words) > _FEW:
        return False
    if _is_done_to(opening, span):
        return False
    if "passive" not in flags and "bare" not in flags and _ends_in_state(span):
        return False
    told = span.sentence.parts[opening.first : max(opening.task + 2, opening.reach)]
    if owner is not None and owner.ask and owner.people and any(part.low in _TALKING for part in told):
        return False
    if due.reading is None and owner is None and _ANYBODY.match(_trigger(opening, span).lower()):
        return False
    if due.reading is None and span.sentence.mark("in the call"):
        return False
    if "weak" in flags and due.reading is None and not (nobody and opening.stranger is None):
        return False
    company = opening.stranger is not None and nobody
    everybody = owner is not None and owner.people == (EVERYBODY,)
    if "must" in flags and due.reading is None and (company or everybody):
        return False
    return not (opening.rule == "asked" and span.sentence.parts[opening.task].code == "F")


def _is_done_to(opening: Opening, span: Span) -> bool:
    """Whether `wird` is no future but a passive: `der Alarm wird getestet`."""
    told = span.sentence.parts[opening.first : opening.task]
    if not any(part.low in ("wird", "werden") for part in told):
        return False
    last = next((part for part in reversed(span.parts) if part.code not in "dD.,!*?jlp)"), None)
    return last is not None and last.code == "y"


def _goes_on(opening: Opening, span: Span) -> bool:
    """Whether some thing or function only begins or ends: `Production will start on Monday`."""
    if opening.stranger is None or opening.rule == "somebody is to do it" or "polite" in opening.flags:
        return False
    told = span.sentence.parts[opening.first : opening.task + 1]
    return any(part.low in STARTING or part.value in STARTING for part in told if part.code in "vfzs")


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
    return bool(_DAY_BEHIND.match(row, opening.reach)) or bool(set("dD") & set(row[: opening.first]))


_ANYBODY = re.compile(r"you(?:'ll|'d)? (?:have|need) to\b")
"""What tells anybody how a thing is done, where nobody is addressed and no day is said."""
_HABITS = word_set("immer always usually normally generally typically normalerweise meistens generell stets often oft")
_WITHIN = word_set("within in innerhalb binnen")


def _is_social(opening: Opening, span: Span) -> bool:
    """Whether somebody only tells of cake, or of their day off."""
    telling = {"verb", "own", "date"} & opening.flags and "polite" not in opening.flags
    return bool(telling and span.sentence.mark("social"))


def _ends_in_state(span: Span) -> bool:
    """Whether a German sentence says where somebody goes or what they feel: `ich muss um 15 Uhr los`."""
    said = [part for part in span.parts if part.code not in "dD.,!*?jlp)"]
    if not said or said[-1].low not in GERMAN_STATES:
        return False
    verbs = (spelling(str(part.value).removeprefix("|")) for part in said if part.code in "fz@")
    if any(f"{said[-1].low}{verb}" in separable() for verb in verbs):
        return False
    return said[-1].low not in PREFIXES or not any(part.code in "fz" and str(part.value)[:1] != "|" for part in said)


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
    if "object" in opening.flags:
        before = task
    verb = next((part for part in reversed(before) if part.code in "fz@"), None)
    if verb is None:
        return said
    if "object" in opening.flags:
        doer = task[task.index(verb) + 1]
        said = summary(span.text, task[0].start, task[-1].end, [*out, (verb.start, doer.end)])
    if str(verb.value).endswith(("en", "ln", "rn", "tun")):
        return german_task(said, str(verb.value))
    return tidied(f"{verb.value} {said}")

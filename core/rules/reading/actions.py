"""Actions in natural talk: each opening of a sentence weighed, and made an item with owner, date and summary."""

from __future__ import annotations

import re
from dataclasses import replace

from core.rules.due_phrases import DueReading
from core.rules.reading.conditions import is_over, is_supposed
from core.rules.reading.demands import denied, holds, is_vague
from core.rules.reading.drafts import Draft, Span
from core.rules.reading.dues import Due, due_in, without_reasons
from core.rules.reading.grouping import correction
from core.rules.reading.held import held
from core.rules.reading.needs import ownerless
from core.rules.reading.openings import Opening, openings
from core.rules.reading.owners import Behind, asked_last, begun_with, called, confirming, placed, taken_on
from core.rules.reading.parts import Part, Scene, Sentence, Who, cut
from core.rules.reading.recurrence import Recurring, recurring
from core.rules.reading.shapes import Confirm, Item, Kind
from core.rules.reading.summaries import summary, tidied
from core.rules.reading.verbs import german_task
from core.rules.reading.words import word_set

MOST_ITEMS = 20
"""Tasks of one sentence; more of them are no talk."""
MOST_SIGNS = 400
"""Signs of a sentence that is its own summary."""


def natural_actions(sentence: Sentence, scene: Scene, text: str, *, tagged: bool = False) -> list[Draft]:
    """The actions that a sentence asks for or promises; of a `tagged` one nobody need say that it is meant."""
    if len(_DAYS.findall(sentence.row)) > 1:
        sentence = without_reasons(sentence)
    sentence = _without_absence(sentence)
    if is_over(sentence) or (not tagged and is_supposed(sentence)):
        return []
    if "7" in sentence.row and (mine := _MINE_FIRST.match(sentence.row)) is not None:
        front, rest = cut(sentence, sentence.parts[: mine.end()]), cut(sentence, sentence.parts[mine.end() :])
        own = _ownerless(front, scene, text)
        return [*([own] if own else []), *natural_actions(rest, scene, text, tagged=tagged)]
    found = _each(openings(sentence, scene), sentence)
    again = recurring(sentence, scene.setting) if found else None
    drafts: list[Draft] = []
    for number, opening in enumerate(found[:MOST_ITEMS]):
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


def _without_absence(sentence: Sentence) -> Sentence:
    """A sentence without what it begins with where that tells until when somebody is away: that day is no task's."""
    comma = sentence.row.find(",")
    if comma < 0 or "b" not in sentence.row[:comma] or (away := sentence.mark("away")) is None:
        return sentence
    within = sentence.words[away[0]].start < sentence.parts[comma].start
    return cut(sentence, sentence.parts[comma + 1 :]) if within and comma + 1 < len(sentence.parts) else sentence


_DAYS = re.compile("[dD]")
_MINE_FIRST = re.compile("[^PMISCE,?]*7[dD],(?=[PM])")
"""`draft from my side by the 24th, Priya to review by …`: what is the speaker's stands before what is another's."""
_AND_THEN = re.compile(r"[dD]{1,2}(?P<link>,k?|k)(?P<task>v)(?=[^,.:;?*][^.;?*]*[dD])")
"""`chase the CoC by Monday, and update the register by Friday`: a day, and what else is to be done by another."""


def _each(found: list[Opening], sentence: Sentence) -> list[Opening]:
    """The openings, with one for each further task of the same owner that has a day of its own."""
    every: list[Opening] = []
    for number, opening in enumerate(found):
        every.append(opening)
        end = found[number + 1].first if number + 1 < len(found) else len(sentence.parts)
        if {"object", "inverted"} & opening.flags:
            continue
        for again in _AND_THEN.finditer(sentence.row, opening.task, end):
            place = again.start("task")
            every.append(opening._replace(first=place, task=place, reach=place, stranger=None))
    return every


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
    behind = placed(span.parts) or taken_on(span.parts, scene.speaker)
    opening = ownerless(sentence, scene, due.reading)
    if opening is None and behind is not None and behind.place and (due.reading or ">" in span.row):
        task = next((place for place, part in enumerate(sentence.parts) if part.code not in "lku,-:"), 0)
        if task < behind.place and _may_begin(sentence, task):
            opening = Opening("a task with its owner behind", frozenset(["behind"]), task, task)
    if opening is not None:
        return _draft(opening, span, scene, behind)
    found = held(sentence, scene, due.reading)
    if found is not None:
        return _draft(found.opening, span, scene, found.behind)
    return _told_to(sentence, scene, text, due.reading) if due.reading is not None else None


def _told_to(sentence: Sentence, scene: Scene, text: str, due: DueReading) -> Draft | None:
    """What somebody who is called is told to be done by then: `Luís, the pallets must be out by Friday`."""
    named = begun_with(sentence.parts)
    rest = sentence.parts[named.place + 2 :] if named is not None else []
    if not rest or "o" not in sentence.row or "x" in sentence.row:
        return None
    told = cut(sentence, rest)
    opening = ownerless(told, scene, due)
    if opening is None or "passive" not in opening.flags or opening.owner is not None:
        return None
    return _draft(opening, Span(told, 0, len(rest), text), scene, named)


def _may_begin(sentence: Sentence, task: int) -> bool:
    """Whether what stands before an owner is to be done: no comment, `nice pictures`, and not over, `checked: …`."""
    said = sentence.parts[task]
    if said.code == "y" and sentence.row[task + 1 : task + 2] == ":":
        return False
    return said.code not in "PMIWYTbhA" and said.low not in _PRAISE


_PRAISE = word_set("nice great good super lovely best beautiful wonderful schöne schöner tolle toller gute guter")


def _draft(
    opening: Opening, span: Span, scene: Scene, behind: Behind | None = None, again: Recurring | None = None
) -> Draft | None:
    """The task that an opening begins; None where it is none after all."""
    end = span.end
    while end > opening.task and span.sentence.parts[end - 1].code in "ku,-;:":
        end -= 1
    if end != span.end:
        span = span._replace(end=end)
    told = span.sentence.row[span.first : span.end if opening.stranger is not None else opening.task]
    if is_vague(opening, span.parts) or "J" in told or denied(opening, span):
        return None
    due = due_in(span.parts, scene.setting)
    if again is not None:
        if opening.owner is not None and opening.owner.titled and opening.rule in _TELLING:
            return None  # what a function does again and again is a habit: `the shift lead signs the logbook every day`
        due = Due(due.reading if again.due is None else again.due, again.stretches)
    if due.reading is not None and _is_anothers(opening, span):
        due = due._replace(reading=replace(due.reading, ask=True))
    owner, behind, span = _owner(opening, behind, span)
    if not holds(opening, span, due):
        return None
    both = span.sentence.mark("both") is not None
    waiting = due.reading is None and ("date" in opening.flags or (both and "owns" in opening.flags))
    if waiting and end <= opening.task:
        return None  # `Luís: Hùng will send it`
    waiting = waiting and not _is_by_milestone(owner, span)
    if waiting and (not ("colon" in opening.flags or both) or "?" in span.row):
        return None
    item = _item(opening, owner, span, due, behind)
    if not item.owners and item.due is None and " " not in item.text:
        return None
    if again is not None or "$" in span.row:
        item = replace(item, recurrence=again.rule if again else "", urgent="$" in span.row)
    return Draft(item, waiting, due.shared, span.sentence.parts[opening.first].start)


_MILESTONE = re.compile(
    r"""\b(?:before|by|prior[ ]to|ahead[ ]of|vor|bis(?:[ ]zum|[ ]zur)?)[ ](?:the[ ]|our[ ]|dem[ ]|der[ ]|den[ ])?
    (?:ppq|pv|fat|sat|go[- ]live|design[ ]freeze|kick-?off|(?:next[ ]|nächsten[ ])?(?:audit|inspection|inspektion)
    |engineering[- ](?:run|batch|lauf|charge)|(?:batch|campaign|kampagne|charge)[ ]\d)""",
    re.VERBOSE | re.IGNORECASE,
)
"""What somebody does something before, where no such milestone is stored or which one is meant is not said."""


def _is_by_milestone(owner: Who | None, span: Span) -> bool:
    """Whether a task of somebody who is named is to be done by a milestone whose day is not known, and so is asked."""
    if owner is None or owner.ask or owner.titled:
        return False
    return _MILESTONE.search(span.sentence.view, span.sentence.parts[span.first].start, span.parts[-1].end) is not None


_TELLING = frozenset({"somebody does it by then", "it is done by somebody by then", "by then somebody does it"})
"""The rules of what somebody does, as it may be done now or ever."""


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
        return corrected[0], behind, span._replace(end=span.first + corrected[1])
    return opening.owner or (behind.who if behind else None), behind, span


def _item(opening: Opening, owner: Who | None, span: Span, due: Due, behind: Behind | None) -> Item:
    parts, text = span.sentence.parts, span.text
    words = _summary(opening, span, [*due.stretches, *([behind.stretch] if behind else [])])
    words = words or summary(text, parts[0].start, parts[opening.first].start, due.stretches)
    people = owner.people if owner is not None else ()
    if len(people) > 1 and owner is not None and owner.ask:
        people = ()
    if opening.stranger is not None and not people and parts[opening.stranger].code != "C":
        words = f"{_name(opening.stranger, span)}: {words}" if words else text[parts[opening.stranger].start :]
    confirm = confirming(people, owner, due.reading)
    if _pointing(words):
        confirm = (*confirm, Confirm.SUMMARY)
    links = tuple(dict.fromkeys(part.value for part in span.parts if part.code == "R"))
    trigger = span.trigger(opening)
    return Item(Kind.ACTION, words, people, due.reading, confirm, links=links, rule=opening.rule, trigger=trigger)


def _name(place: int, span: Span) -> str:
    """The name of somebody who is no member."""
    parts = span.sentence.parts
    last = place
    while parts[place].code == "G" and last + 1 < span.end and parts[last + 1].code == "G":
        last += 1
    return span.text[parts[place].start : parts[last].end].rstrip(" ,")


def _pointing(words: str) -> bool:
    """Whether a German summary holds a verb and a pronoun alone."""
    said = words.split()
    return (
        0 < len(said) <= 3
        and (said[0].lower() in ("das", "dies", "es") or said[-1] == "ich")
        and not any(word[0].isupper() for word in said[1:])
        and not any(len(word) > _ADVERB for word in said[1:-1])
    )


_ADVERB = 8
"""Letters beyond which a word without a capital is a thing all the same: `das zeitfenster umbuchen`."""


def _summary(opening: Opening, span: Span, without: list[tuple[int, int]]) -> str:
    parts = span.sentence.parts
    task = parts[opening.task : span.end]
    if not task:
        return tidied(span.text[parts[0].start : min(parts[-1].end, parts[0].start + MOST_SIGNS)])
    out = [*without, *_unsaid(task)]
    said = summary(span.text, task[0].start, task[-1].end, out)
    before = parts[opening.first : opening.task]
    if "object" in opening.flags:
        before = parts[opening.task : opening.reach]
        verb = next(part for part in reversed(before) if part.code in "fzwo")
        said = summary(span.text, task[0].start, task[-1].end, [*out, (verb.start, before[-1].end)])
    verb = next((part for part in reversed(before) if part.code in "fzv@"), None)
    if verb is None and task[0].code == "@":
        verb, said = task[0], summary(span.text, task[0].end, task[-1].end, out)
    if verb is None or (opening.flags >= {"object", "ends"}):
        return said
    if str(verb.value).endswith(("en", "ln", "rn", "tun")):
        return german_task(said, str(verb.value))
    return tidied(f"{verb.value} {said}")


_COULD = word_set("kannst könnt könntest könntet könnte könnten würdest würdet")
"""Verbs behind an infinitive that only ask: `…, wenn du den Plan schicken könntest`."""


def _unsaid(task: list[Part]) -> list[tuple[int, int]]:
    """What of a task is politeness or a joke, or tells with whom it was spoken of: `as agreed with Priya`."""
    out = []
    for place, part in enumerate(task):
        if part.low in _COULD and place and task[place - 1].code == "z":
            out.append((part.start, part.end))
        if part.code not in "pHj$":
            continue
        following = task[place + 1 : place + 3]
        told = part.code == "H" and len(following) > 1 and following[0].low in ("with", "mit")
        out.append((part.start, following[1].end if told and following[1].code in "PMCEm" else part.end))
    return out

"""What is said of records that exist: that one is done, begun or late, or that it shall read otherwise."""

from __future__ import annotations

import re

from core.rules.due_phrases import DueReading, due_reading
from core.rules.reading.lexicon import lexicon_of
from core.rules.reading.parts import DaySaid, Scene, Sentence
from core.rules.reading.shapes import Change, Claim
from core.rules.reading.words import word_set

_CLAIMED = re.compile(r"ACT-|CAPA-")
_NEAR = 3
_FEW = 5
_TICK = re.compile("[✅☑✔]")


def about_record(sentence: Sentence, scene: Scene, text: str) -> Claim | Change | None:
    """A claim on a record that is named, or a change to one."""
    place = sentence.row.find("R")
    if place < 0 or not _CLAIMED.search(sentence.parts[place].value):
        return None
    before = sentence.parts[place - 1].low if place else ""
    if (
        before in ("with", "by", "from", "see", "per", "in", "siehe", "mit", "durch", "under")
        and "done with" not in text.lower()
    ):
        return None
    reference = sentence.parts[place].value
    return (
        _change(sentence, place, reference, scene, text)
        or _dated(sentence, reference, scene, text)
        or _claim(sentence, reference, scene, text)
    )


_DATED = re.compile(r"^[lku,-]*R[-:>=]+[NG]{0,2}[dD][^?v]*$")


def _dated(sentence: Sentence, reference: str, scene: Scene, text: str) -> Change | None:
    """`ACT-017 -> 20 March`, `ACT-017: 20 March instead of Friday`."""
    if not _DATED.match(sentence.row):
        return None
    part = next(part for part in sentence.parts if part.code in "dD")
    due = part.value.reading if part.code == "d" else due_reading(part.value.when, scene.setting)
    said = text[part.start : part.end]
    return Change(reference, "due", said, scene.author, due=due, rule="another due date for a record", trigger=said)


def _change(sentence: Sentence, place: int, reference: str, scene: Scene, text: str) -> Change | None:
    words, reference_part = sentence.words, sentence.parts[place]
    lexicon = lexicon_of("move", "hand", "cancel", "reword")
    at = 0
    while at < len(words):
        cue = lexicon.at(words, at)
        if cue is None:
            at += 1
            continue
        near = _distance(words, at, at + cue.length, reference_part.start)
        trigger = text[words[at].start : words[at + cue.length - 1].end]
        change: Change | None = None
        if near and cue.name == "move":
            change = _moved(sentence, reference, scene, text, trigger)
        elif near and cue.name == "hand":
            change = _handed(sentence, reference, scene, trigger)
        elif near and cue.name == "cancel" and not set("dD") & set(sentence.row):
            change = Change(reference, "cancel", "", scene.author, rule="a record shall be dropped", trigger=trigger)
        if change is not None:
            return change
        at += cue.length
    return None


def _distance(words: object, begin: int, end: int, start: int) -> bool:
    """Whether the reference is what the cue is about: near it, or at the sentence's beginning."""
    listed = list(words)  # type: ignore[call-overload]
    at = next((number for number, word in enumerate(listed) if word.start >= start), len(listed))
    return at <= 2 or abs(at - end) <= _NEAR + 1 or abs(begin - at) <= _NEAR + 3


def _moved(sentence: Sentence, reference: str, scene: Scene, text: str, trigger: str) -> Change | None:
    due, stretches = _day_in(sentence, scene)
    if due is None:
        return None
    to = text[stretches[0][0] : stretches[0][1]].strip() if stretches else ""
    return Change(reference, "due", to, scene.author, due=due, rule="another due date for a record", trigger=trigger)


def _day_in(sentence: Sentence, scene: Scene) -> tuple[DueReading | None, list[tuple[int, int]]]:
    """The new day: the last that is named, whatever stands before it."""
    parts = [part for part in sentence.parts if part.code in "dD"]
    if not parts:
        return None, []
    part = parts[-1]
    if part.code == "d":
        return part.value.reading, [(part.start, part.end)]
    day: DaySaid = part.value
    return due_reading(day.when, scene.setting), [(part.start, part.end)]


def _handed(sentence: Sentence, reference: str, scene: Scene, trigger: str) -> Change | None:
    people = [part for part in sentence.parts if part.code in "PM" and part.value.people]
    if not people:
        return None
    to = people[0].value.people
    return Change(
        reference, "owner", ", ".join(to), scene.author, owners=to, rule="another owner for a record", trigger=trigger
    )


def _claim(sentence: Sentence, reference: str, scene: Scene, text: str) -> Claim | None:
    if sentence.row.rstrip("jl").endswith("?") or (
        any(code in sentence.row for code in "w1o") and "h" not in sentence.row
    ):
        return None
    found: dict[str, str] = {}
    words, lexicon = sentence.words, lexicon_of("late", "started", "reported")
    for place in range(len(words)):
        cue = lexicon.at(words, place)
        if cue is not None:
            found.setdefault(cue.name, cue.value)
    did = next((part for part in sentence.parts if part.code == "y" and part.low in _FINISHED), None)
    status = next((name for name in ("late", "started", "reported") if name in found), "reported" if did else "")
    if not status and len(sentence.words) < _FEW and _TICK.search(text):
        return Claim(reference, "done", scene.author, rule="a report on a record", trigger="✅")
    if not status:
        return None
    negated = "x" in sentence.row
    if status == "reported" and negated:
        status = "started"
    said = {"late": "late", "started": "started", "reported": "done"}[status]
    trigger = found.get(status) or (did.low if did else reference)
    return Claim(reference, said, scene.author, rule="a report on a record", trigger=trigger)


_FINISHED = word_set(
    """finished completed closed done booked finalised finalized uploaded submitted sent abgeschlossen erledigt
    geschlossen fertiggestellt abgearbeitet wrapped delivered signed"""
)

"""What is said of records that exist: that one is done, begun or late, or that it shall read otherwise."""

from __future__ import annotations

import re

from core.rules.due_phrases import DueReading, due_reading
from core.rules.reading.lexicon import Cue, lexicon_of
from core.rules.reading.parts import DaySaid, Part, Scene, Sentence
from core.rules.reading.shapes import Change, Claim
from core.rules.reading.wanted import wanted_otherwise
from core.rules.reading.words import word_set
from core.rules.setting import PAST

_CLAIMED = re.compile(r"ACT-|CAPA-")
_NEAR = 3
_FEW = 5
_TICK = re.compile("[✅☑✔]")
_LEADING_TO = word_set("with by from see per in siehe mit durch under")
"""What stands before a record that something else goes by."""
_TILL_THEN = word_set("until till before bevor ehe bis")
_PARTING = ",;-:()"
"""Marks between what is said of a record and what else is said."""


def about_record(sentence: Sentence, scene: Scene, text: str) -> Claim | Change | None:
    """A claim on a record that is named, or a change to one."""
    place = sentence.row.find("R")
    if place < 0 or not _CLAIMED.search(sentence.parts[place].value):
        return None
    before = sentence.parts[place - 1].low if place else ""
    if before in _TILL_THEN or (before in _LEADING_TO and "done with" not in text.lower()):
        return None
    if any(part.code in "iQ" for part in sentence.parts[:place]):
        return None  # `once ACT-002 is done, …`, `I wonder whether ACT-002 is done`
    reference = sentence.parts[place].value
    return (
        _change(sentence, place, reference, scene, text)
        or _dated(sentence, reference, scene, text)
        or wanted_otherwise(sentence, place, scene, text)
        or _claim(sentence, place, scene, text)
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
    if _asks_what_was(sentence):
        return None
    lexicon = lexicon_of("move", "hand", "cancel", "reword")
    at = 0
    while at < len(words):
        cue = lexicon.at(words, at)
        if cue is None:
            at += 1
            continue
        near = _distance(words, at, at + cue.length, reference_part.start)
        near = near and not _denied(sentence, words[at].start) and not _was_changed(sentence, words[at].start, cue)
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


_WAS = word_set("did do does have has had was were wurde wurden war waren haben hat hatten habt been is are ist sind")
_MOVED = word_set("moved pushed postponed extended shifted rescheduled verschoben verlängert given handed reassigned")
_ABOUT = ("about", "waere")
_WISHING = set("caLOonp~")
"""Parts by which a participle is wanted and not told: `can it be moved`, `I need it moved`."""


def _asks_what_was(sentence: Sentence) -> bool:
    """`Did we move ACT-001 to Wednesday?`, `why did we …`; not `how about Wednesday?`."""
    row = sentence.row
    first = next((place for place, code in enumerate(row) if code not in "lku,-"), 0)
    if not row.rstrip("*.jl").endswith("?"):
        return False
    following = sentence.parts[first + 1].low if first + 1 < len(row) else ""
    return (row[first] == "q" and following not in _ABOUT) or sentence.parts[first].low in _WAS - {"is", "are"}


def _denied(sentence: Sentence, start: int) -> bool:
    """Whether what begins at a place is denied in its own clause: `don't move …`, `we can't move …`."""
    for part in reversed([part for part in sentence.parts if part.start < start]):
        if part.code in ",;:-.capu":
            return False
        if part.code == "x":
            return True
    return False


def _was_changed(sentence: Sentence, start: int, cue: Cue) -> bool:
    """Whether it only tells that something was moved: `we moved ACT-001 to Wednesday`, `wurde verschoben`."""
    if not _MOVED.intersection(cue.value.split()) or _WISHING & set(sentence.row):
        return False
    before = [part for part in sentence.parts if part.start < start]
    return any(part.low in _WAS for part in before) or bool(before and before[-1].code in "IWPMT")


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
    said = zip([None, *sentence.parts], sentence.parts, strict=False)
    parts = [part for before, part in said if part.code in "dD" and (before is None or before.low not in _IN_PLACE)]
    parts = [part for part in parts if part.code == "d" or part.value.when.days.basis != PAST]
    if not parts:
        return None, []
    part = parts[-1]
    if part.code == "d":
        return part.value.reading, [(part.start, part.end)]
    day: DaySaid = part.value
    return due_reading(day.when, scene.setting), [(part.start, part.end)]


_IN_PLACE = word_set("instead than statt anstatt not nicht")
"""Words before the day that is given up: `Monday rather than Friday`."""


def _handed(sentence: Sentence, reference: str, scene: Scene, trigger: str) -> Change | None:
    people = [part for part in sentence.parts if part.code in "PM" and part.value.people]
    if not people:
        return None
    to = people[0].value.people
    return Change(
        reference, "owner", ", ".join(to), scene.author, owners=to, rule="another owner for a record", trigger=trigger
    )


def _claim(sentence: Sentence, place: int, scene: Scene, text: str) -> Claim | None:
    if sentence.row.rstrip("jl").endswith("?") or _is_asked_for(sentence, place):
        return None
    reference, found = sentence.parts[place].value, _reports(sentence)
    status = next((name for name in ("late", "started", "reported") if name in found), "")
    if not status and len(sentence.words) < _FEW and _TICK.search(text):
        return Claim(reference, "done", scene.author, rule="a report on a record", trigger="✅")
    if not status:
        return None
    report = found[status]
    if _is_ahead(sentence, report, late=status == "late") or _is_hoped(sentence, place, report):
        return None
    if status == "reported" and _is_negated(sentence, report):
        status = "started"
    said = {"late": "late", "started": "started", "reported": "done"}[status]
    return Claim(reference, said, scene.author, rule="a report on a record", trigger=report.low)


def _reports(sentence: Sentence) -> dict[str, Part]:
    """The first words that tell what became of a record, of each sort."""
    found: dict[str, Part] = {}
    words, lexicon = sentence.words, lexicon_of("late", "started", "reported")
    for at in range(len(words)):
        cue = lexicon.at(words, at)
        if cue is not None:
            found.setdefault(cue.name, Part("", words[at].start, words[at + cue.length - 1].end, None, cue.value))
    did = next((part for part in sentence.parts if part.code == "y" and part.low in _FINISHED), None)
    closing = _CLOSING.search(sentence.row)
    if closing is not None and any(part.low in _CLOSE for part in sentence.parts[closing.start() : closing.end()]):
        did = did or sentence.parts[closing.start()]
    if did is not None:
        found.setdefault("reported", did)
    return found


_CLOSING = re.compile("[YW][cN](?:.R|R.)")
_CLOSE = word_set("close schließen zumachen abhaken")
"""`You can close ACT-002`, `ihr könnt ACT-002 schließen`."""
_ASKING = word_set("is are ist sind do does did has have hat haben")


def _is_asked_for(sentence: Sentence, place: int) -> bool:
    """Whether a question without its mark asks what became of it: `is ACT-002 done`."""
    first = next((at for at, code in enumerate(sentence.row) if code not in "lk,-:"), 0)
    asking = sentence.parts[first]
    return asking.code in "Aq" or (asking.code == "b" and asking.low in _ASKING and first + 1 == place)


def _is_ahead(sentence: Sentence, report: Part, *, late: bool) -> bool:
    """Whether it tells what will or has to be done; that something will be late is known now."""
    row = {part.code for part in sentence.parts if not report.start <= part.start < report.end}
    return "h" not in row and bool(row & set("o" if late else "w1o"))


def _is_hoped(sentence: Sentence, place: int, report: Part) -> bool:
    """Whether it is only hoped or due to be so, in the clause that says it: `ACT-002 should be done by now`."""
    reference = sentence.parts[place]
    first, last = min(reference.start, report.start), max(reference.end, report.end)
    hoped = False
    for part in sentence.parts:
        if part.code in _PARTING and part.end <= first:
            hoped = False
        elif part.start >= last:
            break
        else:
            hoped = hoped or part.code == "O" or part.low in _WOULD
            hoped = hoped or (part.code == "V" and part.value not in _THOUGHT)
    return hoped


_WOULD = word_set("would could might wäre würde könnte")
_THOUGHT = frozenset({"i think", "i believe", "i guess", "i reckon", "ich glaube", "ich denke", "ich meine"})


def _is_negated(sentence: Sentence, report: Part) -> bool:
    """Whether the report itself is denied, and not something beside it: `done, no need to chase`."""
    negated = False
    for part in sentence.parts:
        if part.start >= report.end:
            break
        negated = part.code == "x" or (negated and part.code != ",")
    return negated


_FINISHED = word_set(
    """finished completed closed done booked finalised finalized uploaded submitted sent abgeschlossen erledigt
    geschlossen fertiggestellt abgearbeitet wrapped delivered signed"""
)

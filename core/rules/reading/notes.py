"""What is said of a task in a clause or sentence of its own: `owner Zeynep`, `latest Wed`, `the deadline is Friday`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from core.rules.due_phrases import DueReading, due_reading
from core.rules.reading.parts import Part, Scene, Sentence, Who, cut, words_said
from core.rules.reading.words import word_set
from core.rules.setting import PAST, Setting

DEADLINES = word_set("deadline deadlines frist termin stichtag eta due fällig fälligkeit target zieltermin endtermin")
HOLDING = word_set(
    """owner owners owned owning resp responsible responsibility accountable assigned assignee pic poc verantwortlich
    verantwortliche verantwortlicher verantwortlichen verantwortung federführend federführung zuständig zuständige
    zuständiger verantw vera lead"""
)
OVER = word_set("was were war waren had hatte hatten been gewesen missed met verpasst gehalten moved verschoben until")
"""Words that tell what was, or that something else goes on till then."""
_GLUE = word_set(
    """the a an is 's it it's of for this that that's be will as here by to das der die es ist bleibt dafür hierfür dazu
    stays remains shall soll wird action task he she and und nur person becomes her his bin am"""
)
_RUNNING = word_set(
    """drives runs leads manages coordinates covers drive run manage coordinate cover treibt leitet betreut führt
    koordiniert leite betreue führe koordiniere"""
)
"""Verbs of whoever has something in hand."""
_TAKING = (
    _GLUE
    | _RUNNING
    | word_set(
        """own owns take takes do does handle handles has have hat habe hab one gets get picks pick up on care them 'll
    i'll macht mach mache machen übernimmt übernehme übernehmen erledigt erledige kümmert kümmere kümmern sich mich
    darum drum mach's macht's going now mal kann drauf dran gonna liefert besorgt"""
    )
)
_TAKES = _RUNNING | word_set(
    """own owns take takes do does handle handles picks pick care macht mach mache machen übernimmt übernehme übernehmen
    erledigt erledige kümmert kümmere kümmern mach's macht's
    liefert besorgt"""
)
_OBJECTS = word_set(
    """it this that them das es darum drum lead action pen ball hut own owns übernimmt übernehme übernehmen macht
    mach mache erledigt mach's macht's liefert besorgt to"""
)
_AGENTS = word_set("by durch on bei")
_THAT_IS = word_set("that's that is it's this das ist wäre")
_HAS = word_set("has have hat habe hab")
_HAVING = _HAS | word_set("it this that one das den es the lead action pen ball hut auf")
_ACTION = word_set("action todo ap aktion aufgabe")
_GIVING = word_set("an to for für")
_GIVEN = _GIVING | word_set("goes geht gehen this that is it das ist one's that's one")
_AT_IT = word_set("on dran drauf")
"""Words of whoever `is on it`."""
_WILL_DO = (frozenset(["will", "do"]), frozenset(["on", "it"]), frozenset(["will", "do", "it"]))
_ON = frozenset(["action on", "action owner"])
_NOBODY = word_set(
    "open tbd tbc tba offen needed missing fehlt unclear unklar noch still nobody wanted gesucht no yet kein keinen"
)
_WHEN = word_set(
    """deadline frist termin stichtag eta target due date fällig fälligkeit the is 's it it's that's this that ist der
    die das es den dem latest at spätestens spätester on am by bis till for zum need needed needs i i'd we we'd
    you ich wir brauche brauchen bräuchte bräuchten benötige benötigen would must muss has have should soll sollte
    to be done ready there here fertig da vorliegen erledigt sein haben reicht passt genügt fine ok okay good
    great perfect grand enough sufficient works work me mir uns us them please pls plz bitte if possible möglich wenn
    noch then dann hard super gut toll ideal prima schön wäre in von also early suffices or oder very so sharp eob
    things finished complete completed closed kindly jeweils und and best better lieber auch schon erst
    rechtzeitig unbedingt dringend urgently asap geht though want wanted erforderlich gebraucht wird werden will
    'll happen passieren geschehen geschafft get receive ihr du sie bekommt bekommst kriegt kriegst hast habt nice
    lovely ideally my mein meine his her their our do besten sorry short notice she he they she'll he'll they'll
    völlig vollkommen locker dicke"""
)
_WISHED = word_set("wäre super toll gut nett lieb prima schön klasse would be great good nice lovely that it das")
"""Words that only say that a request would be welcome."""
_FILLERS = word_set("sorry so well ok okay also na gut")
_NO_HURRY = word_set("no not kein keine nicht mad great big real huge rush hurry urgent eilt eile stress hetze super")
_DUE = DEADLINES | word_set(
    """need needed needs brauche brauchen bräuchte bräuchten happen passieren geschehen get receive bekommt bekommst
    kriegt kriegst latest spätestens fine reicht passt genügt enough must muss ready done fertig gebraucht"""
)
"""Words of which one has to be there where the day itself is pointed at, unlike in `it is Friday`."""
_POINTING = word_set("it it's that's das es today heute this that")
_PEOPLE = "PMCUIm145"
_MARKED = f"{_PEOPLE},;:->()|./*?jlpk%7"
_DAYS = "dD,;:->()|./*?jlpkH"
_SAYING_WHOSE = HOLDING | _TAKING | _AGENTS | _NOBODY | _THAT_IS | _ACTION | _GIVEN | _HAVING
_BREAKS = ",;->()|k"
_LONE = "(>|-"
"""Marks behind which a name alone says whose a task is."""
_NAME_LAST = re.compile(r"[-:,][dD],[PM]$")
"""A name behind a day that is said alone: `pickup confirmation = tomorrow, Björn`."""
_MENTIONED = re.compile(r"[dDp]M$")
"""A mention right behind a day."""
_MOST = 4
"""Such clauses that are taken off the end of a sentence."""


class Notes(NamedTuple):
    """What clauses say of a task: whose it is, by when, or that it is nobody's yet; `sure`: in words, not by a mark
    alone. `days` and `people` are the parts that name the day and whoever it is."""

    who: Who | None = None
    due: DueReading | None = None
    nobody: bool = False
    sure: bool = False
    days: tuple[Part, ...] = ()
    people: tuple[Part, ...] = ()
    trigger: str = ""

    def and_before(self, other: Notes) -> Notes:
        """These with another that stands before them and goes before them."""
        return Notes(
            other.who or self.who,
            other.due or self.due,
            self.nobody or other.nobody,
            self.sure or other.sure,
            other.days or self.days,
            other.people or self.people,
            other.trigger or self.trigger,
        )


class Noted(NamedTuple):
    """A sentence taken apart: what it says beside its notes, None where that is nothing, and what those say."""

    core: Sentence | None
    notes: Notes


def noted(sentence: Sentence, scene: Scene) -> Noted | None:
    """A sentence without the notes at its end and at its beginning; None where it has none."""
    parts, notes = sentence.parts, Notes()
    end = kept = len(parts)
    for _ in range(_MOST):
        begin, last = _last_clause(sentence.row, end)
        note = _note(sentence, parts[begin:last], _mark(sentence.row, begin, last, end), scene)
        if note is None and _NAME_LAST.search(sentence.row, 0, last):
            note = Notes(parts[last - 1].value, people=(parts[last - 1],))
        if note is None and begin and sentence.row[begin - 1] == "(":
            begin = max(begin, *(sentence.row.rfind(mark, begin, last) + 1 for mark in ",;-"))
            note = _note(sentence, parts[begin:last], sentence.row[begin - 1], scene)
        if note is None and 0 < (colon := sentence.row.find(":", begin, last)) < last - 1:
            begin = colon + 1
            note = _note(sentence, parts[begin:last], ":", scene)
        if note is None or (note.due is not None and set("dD") & set(sentence.row[: max(0, begin)])):
            break
        notes, kept = notes.and_before(note), begin
        end = max(0, begin - 1)
        if not end:
            break
    first, heading = _heading(sentence, kept, scene.setting)
    if heading is not None:
        notes = notes.and_before(heading)
    if kept == len(parts) and heading is None:
        return None
    kept = len(sentence.row[:kept].rstrip(",-;k(>|:"))
    if _is_empty(sentence, parts[first:kept], notes):
        return Noted(None, notes)
    question = [part for part in parts[kept:] if part.code == "?"][:1]
    return Noted(cut(sentence, [*parts[first:kept], *question]), notes)


def _is_empty(sentence: Sentence, parts: Sequence[Part], notes: Notes) -> bool:
    """Whether parts say nothing beside the notes, or only that a day they name is soon enough."""
    if all(part.code in "lpkjr*.,?" or part.low in _FILLERS for part in parts):
        return True
    said = words_said(sentence, parts)
    return notes.due is not None and bool(said) and said <= _NO_HURRY


def yours(sentence: Sentence) -> Notes | None:
    """`Jürgen, that's yours`: whose it is, said to them."""
    parts = [part for part in sentence.parts if part.code not in ",-:.*jlp"]
    people = [part for part in parts if part.code in "PM"]
    said = words_said(sentence, parts)
    if len(people) != 1 or not said & _YOURS or not said <= _YOURS | _THAT_IS:
        return None
    return Notes(people[0].value, sure=True, people=tuple(people))


_YOURS = word_set("yours deins deine eures dein")


def _heading(sentence: Sentence, end: int, setting: Setting) -> tuple[int, Notes | None]:
    """Where the task begins behind a date and a colon: `Wednesday latest: Tomáš, please send …`."""
    colon = sentence.row.find(":", 0, end)
    if 0 < colon < end - 1 and words_said(sentence, sentence.parts[:colon]) & _DUE:
        note = _when(sentence, sentence.parts[:colon], setting)
        return (colon + 1, note) if note is not None else (0, None)
    return 0, None


def _mark(row: str, begin: int, last: int, end: int) -> str:
    """The mark before a clause; where somebody is asked in it, `Luís bitte`, one behind which a name is enough."""
    mark = row[begin - 1] if begin else ""
    return "-" if "p" in row[last:end] and mark in ",.-" else mark


def _last_clause(row: str, end: int) -> tuple[int, int]:
    """Where the last clause before a place begins, and where it ends without the marks behind it."""
    last = len(row[:end].rstrip(".*j?),;lp"))
    if _MENTIONED.search(row, 0, last):
        return last - 1, last
    breaks = "(" if ")" in row[last:end] and "(" in row[:last] else _BREAKS
    begin = last
    while begin and row[begin - 1] not in breaks:
        begin -= 1
    return begin, last


def _note(sentence: Sentence, parts: list[Part], mark: str, scene: Scene) -> Notes | None:
    """What a clause says of a task; None where it says anything else."""
    row = {part.code for part in parts}
    if not parts or not row.isdisjoint("Qi_R") or any(part.low in OVER for part in parts if part.code not in "dD"):
        return None
    if "d" in row or "D" in row:
        return _when(sentence, parts, scene.setting)
    if "V" in row and mark and words_said(sentence, parts) <= _WISHED:
        return Notes()
    found = _whose(sentence, parts, mark, scene)
    return found._replace(trigger=sentence.view[parts[0].start : parts[-1].end]) if found is not None else None


def _when(sentence: Sentence, parts: Sequence[Part], setting: Setting) -> Notes | None:
    """`latest Wed`, `deadline is 18 Dec`, `I need it by Tuesday`, `bis Freitag reicht`."""
    if any(part.code in "PMUCq0x" or (part.low not in _WHEN and part.code not in _DAYS) for part in parts):
        return None
    days = [part for part in parts if part.code in "dD"]
    words = words_said(sentence, parts)
    if not days or not words <= _WHEN:
        return None
    if any(part.code == "D" and part.value.when.days.basis == PAST for part in days):
        return None
    firm = any(part.code == "d" for part in days)
    if not firm and words & _POINTING and not words & _DUE:
        return None
    last = days[-1]
    read = last.value.reading if last.code == "d" else due_reading(last.value.when, setting)
    several = sum(map(sentence.row.count, "dD")) > 1
    asked = "?" in sentence.row and "a" not in sentence.row  # of `can you …, by Friday?` the mark is the request's
    if asked or several:
        read = replace(read, ask=True)
    trigger = sentence.view[parts[0].start : parts[-1].end]
    return Notes(due=read, sure=firm or bool(words & _DUE), days=(last,), trigger=trigger)


def _whose(sentence: Sentence, parts: list[Part], mark: str, scene: Scene) -> Notes | None:
    """`owner: Zeynep`, `Luís is responsible`, `Siobhán owns it`, `macht Zeynep`, `(Zeynep)`."""
    if any(part.code not in _MARKED and part.low not in _SAYING_WHOSE for part in parts):
        return None
    if any(part.code in "xV" and part.low not in _NOBODY for part in parts):
        return None
    lead = [
        part for part in parts if part.code == "C" and sentence.view[part.start : part.end].lower().endswith("lead")
    ]
    people = [_person(part, scene) for part in parts if part.code in _PEOPLE and part not in lead]
    words = words_said(sentence, [part for part in parts if part.code not in "45"]) | ({"lead"} if lead else set())
    if not people and ([part.code for part in parts] == ["7"] or (words in _WILL_DO and mark)):
        return Notes(scene.speaker, sure=True)
    if not people:
        open_ = bool(words & HOLDING) and bool(words & _NOBODY) and words <= HOLDING | _NOBODY | _GLUE
        return Notes(nobody=True, sure=True) if open_ else None
    if "?" in sentence.row:
        alone = len(people) == len(parts) == 1 and not mark and parts[0].code in "PM"
        return Notes(people[0].value._replace(ask=True)) if alone else None
    who = _together(people)
    holding = (words & HOLDING and words <= HOLDING | _GLUE) or any(part.value in _ON for part in parts)
    taking = words & _TAKES and words & _OBJECTS and words <= _TAKING and words.isdisjoint(_HAS)
    taking = taking or (words & _HAS and words & _OBJECTS and words <= _HAVING)
    taking = taking or (words & _AT_IT and words <= _AT_IT | _POINTING | _THAT_IS)
    if holding or taking:
        return Notes(who, sure=True, people=tuple(people))
    if words & (HOLDING | _TAKES) or any(part.code in "xV" for part in parts):
        return None
    if words <= _ACTION and words:
        return Notes(who, sure=True, people=tuple(people))
    if words <= _GIVEN and words & _GIVING and mark:
        return Notes(who)
    if not words or (words <= _AGENTS and mark in ",(-") or words <= _THAT_IS:
        alone = parts[0].code == "M" or (mark in _LONE if mark and not words else bool(words))
        return Notes(who) if alone and all(part.code in "PMU,/k" for part in parts if part.code != "N") else None
    return None


def _person(part: Part, scene: Scene) -> Part:
    """Somebody; of `I'll` and `I can` the speaker."""
    return part._replace(value=scene.speaker) if part.code in "145" else part


def _together(people: Sequence[Part]) -> Who:
    """Everybody of a list in brackets."""
    ids = tuple(dict.fromkeys(one for part in people for one in part.value.people))
    return Who(ids, any(part.value.ask for part in people), all(part.value.mentioned for part in people))

"""A record that shall read otherwise, said without a verb of moving: `ACT-001 should be due next Wednesday instead`,
`can Luís take ACT-001?`. The clause that says so has few words, and none beside them."""

from __future__ import annotations

from core.rules.due_phrases import due_reading
from core.rules.reading.parts import Part, Scene, Sentence, Who, words_said
from core.rules.reading.shapes import Change
from core.rules.reading.words import word_set
from core.rules.setting import PAST

_LEFT, _RIGHT = ",;-(.lku", ",;-).?*j"
"""Where such a clause begins and ends."""
_GLUE = word_set(
    """the a an of for on by to with it that this is be are i i'd we us me you please pls can could would like really
    actually maybe let's lets also rather then der die das den dem bei für von auf zum zu am an ist sein wird werden
    wäre ich wir du ihr uns mir bitte kann können könnte könnten lass lasst auch dann doch mal eigentlich"""
)
_DATE_WORDS = _GLUE | word_set(
    "due date deadline target fällig fälligkeit termin frist datum zieldatum have need want get only"
)
_OTHERWISE = word_set(
    """instead rather better make change set now erst stattdessen lieber besser setzen
    ändern legen stellen jetzt nun move push"""
)
"""Words by which a day is another one than that of the record."""
_SHOULD = word_set("should ought sollte sollten")
_FITTING = word_set("work works wait be due fine ok okay passen passt geht ginge gehen reicht reichen warten suit do")
"""Words by which a question asks for another day: `would Wednesday work for ACT-001?`."""
_LONGER = word_set("until till")
_DATED = _DATE_WORDS | _OTHERWISE | _SHOULD | _FITTING | _LONGER
_DEMANDED = word_set(
    """must has have needs need to muss müssen be sein done finished closed completed ready erledigt fertig
    abgeschlossen geschlossen"""
)
"""What stands beside `must` where a record has to be done by a day."""
_OWNER_WORDS = _GLUE | word_set("owner now jetzt nun go gehen have do does bei verantwortlich responsible from as als")
_HANDING = word_set(
    """should sollte own owns owned take takes belong belongs gehört machen macht mache mach übernehmen übernehme
    nehmen nehme instead move give gebt geben stattdessen rather lieber besser better now jetzt"""
)
"""Words by which a record is somebody's."""
_SPEAKER = "I15"


def wanted_otherwise(sentence: Sentence, place: int, scene: Scene, text: str) -> Change | None:
    """Another day or another owner that a record shall have."""
    row, parts = sentence.row, sentence.parts
    days = [at for at, code in enumerate(row) if code in "dD"]
    day = next((at for at in days if at > place), days[-1] if days else None)
    people = [at for at, code in enumerate(row) if code in "PM" + _SPEAKER]
    if day is not None and (change := _redated(sentence, place, day, scene, text)) is not None:
        return change
    if not people or (days and set(row[place : days[0]]).isdisjoint(",;")):
        return None
    somebody = next((at for at in people if parts[at].code in "PM"), people[0])
    return _reowned(sentence, place, somebody, scene)


def _clause(sentence: Sentence, one: int, other: int) -> list[Part]:
    """The clause around two of its parts, or the clauses from that of the one to that of the other."""
    row, first, last = sentence.row, min(one, other), max(one, other)
    begin = max(row.rfind(mark, 0, first) for mark in _LEFT) + 1
    ends = [at for mark in _RIGHT if (at := row.find(mark, last)) > 0]
    return sentence.parts[begin : min(ends, default=len(row))]


def _redated(sentence: Sentence, place: int, day: int, scene: Scene, text: str) -> Change | None:
    part = sentence.parts[day]
    if not _is_dated_otherwise(sentence, _clause(sentence, place, day), day):
        return None
    if part.code == "D" and part.value.when.days.basis == PAST:
        return None
    due = part.value.reading if part.code == "d" else due_reading(part.value.when, scene.setting)
    said, reference = text[part.start : part.end], sentence.parts[place].value
    return Change(reference, "due", said, scene.author, due=due, rule="another due date for a record", trigger=said)


def _is_dated_otherwise(sentence: Sentence, clause: list[Part], day: int) -> bool:
    """Whether a clause says nothing but that a day shall be the record's."""
    words = words_said(sentence, [one for one in clause if one.code not in "RHp"])
    signs = "".join([one.code for one in clause])
    if not _is_wanted(signs, "dD"):
        return False
    if "o" in signs and words <= _DEMANDED:
        return True
    if not words <= _DATED:
        return False
    if words & _OTHERWISE or (words & _SHOULD and set("IWYPM").isdisjoint(signs)):
        return True
    led = [sentence.parts[day].low, sentence.parts[day - 1].low if day else ""]
    if words & _FITTING and ("c" in signs or "L" in signs or sentence.row.rstrip("*.jl").endswith("?")):
        return True
    if led[0] in _LONGER:
        return bool(words & _FITTING) or not set("Ln").isdisjoint(signs)
    return "p" in signs and (led[0] == "to" or "auf" in led)


def _reowned(sentence: Sentence, place: int, somebody: int, scene: Scene) -> Change | None:
    clause, part = _clause(sentence, place, somebody), sentence.parts[somebody]
    words = words_said(sentence, [one for one in clause if one.code not in "RHp"])
    signs = "".join([one.code for one in clause])
    speaking = part.code in _SPEAKER
    if not words <= _OWNER_WORDS | _HANDING or not words & _HANDING:
        return None
    if not _is_wanted(signs, _SPEAKER if speaking else "PM") or (speaking and "?" in sentence.row):
        return None
    who: Who = scene.speaker if speaking else part.value
    if not who.people:
        return None
    said, reference = sentence.view[part.start : part.end], sentence.parts[place].value
    to = ", ".join(who.people)
    rule = "another owner for a record"
    return Change(reference, "owner", to, scene.author, owners=who.people, rule=rule, trigger=said)


def _is_wanted(signs: str, value: str) -> bool:
    """Whether a clause names one value and one record, denies nothing, and does not ask how it is."""
    lone = sum(signs.count(sign) for sign in value) == 1 and signs.count("R") == 1
    return lone and "x" not in signs and signs[0] not in "bAqhO"
